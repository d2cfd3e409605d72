"""Finds what each concept's folder offers, so that a new page is a new folder and nothing else."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from fastapi import APIRouter
from starlette.routing import BaseRoute

_INTERFACES = Path(__file__).parents[2]
_SITES = ("web", "public")
_APART = ("_base", "ballot")
"""Folders without pages of the office; the ballot is an application of its own."""


def modules_named(name: str) -> Iterator[str]:
    """The modules `interfaces.web.<concept>.<name>` and `interfaces.public.<concept>.<name>`, in order."""
    for site in _SITES:
        for path in sorted((_INTERFACES / site).glob(f"*/{name}.py")):
            if path.parent.name not in _APART or name == "sentences":
                yield f"interfaces.{site}.{path.parent.name}.{name}"


@cache
def template_folders() -> tuple[Path, ...]:
    """Every `templates` folder; a template is named with its concept, `<concept>/<page>.html`."""
    found = [path for site in _SITES for path in sorted((_INTERFACES / site).glob("*/templates"))]
    return tuple(found)


@cache
def all_routes() -> tuple[BaseRoute, ...]:
    """The routes of every concept's `router`; addresses written out come before those with places to fill."""
    routes: list[BaseRoute] = []
    for name in ("interfaces.web._base.assets", *modules_named("routes")):
        router = import_module(name).router
        if not isinstance(router, APIRouter):
            message = f"{name}.router is not an APIRouter"
            raise TypeError(message)
        routes.extend(router.routes)
    return tuple(sorted(routes, key=_exactness))


def _exactness(route: BaseRoute) -> tuple[tuple[bool, bool], ...]:
    parts = str(getattr(route, "path", "")).split("/")
    return tuple((part.startswith("{"), ":path" in part) for part in parts)
