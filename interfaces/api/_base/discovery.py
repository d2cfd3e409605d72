"""Finds what each concept's folder offers, so that new operations are a new folder and nothing else."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from fastapi import APIRouter

from interfaces.api._base.operations import Operation

_API = Path(__file__).parents[1]


@cache
def all_operations() -> tuple[Operation, ...]:
    """The operations of every `interfaces/api/<concept>/routes.py`; addresses written out before those with places.

    Raises TypeError for a route that was not made by `operations(...)`.
    """
    found: list[Operation] = []
    for name in _modules():
        router = import_module(name).router
        if not isinstance(router, APIRouter):
            raise TypeError(f"{name}.router is not an APIRouter")
        for route in router.routes:
            if not isinstance(route, Operation):
                raise TypeError(f"{name}: {route} is not an operation of the API")
            found.append(route)
    return tuple(sorted(found, key=_exactness))


def _modules() -> Iterator[str]:
    for path in sorted(_API.glob("*/routes.py")):
        yield f"interfaces.api.{path.parent.name}.routes"


def _exactness(route: Operation) -> tuple[bool, ...]:
    return tuple(part.startswith("{") for part in route.path.split("/"))
