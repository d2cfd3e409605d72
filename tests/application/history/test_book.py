"""The book of the office knows every fact of the domain."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import domain
from application.history.book import BOOK

IN_THE_BOX = {"domain.polls.ballot"}
"""Ballots and voided cards lie in the box, a store of their own, and never in the history."""

NAME = re.compile(r"[a-z]+\.[a-z]+(?:-[a-z]+)*")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        if found.name not in IN_THE_BOX:
            yield importlib.import_module(found.name)


def named_as_facts(module: ModuleType) -> Iterator[type]:
    """The members of every `…Fact` union, and whatever an `evolve…` function takes as `fact`."""
    for name, value in vars(module).items():
        if name.endswith("Fact"):
            yield from members(value)
        if name.startswith("evolve") and getattr(value, "__module__", "") == module.__name__:
            yield from members(get_type_hints(value).get("fact", ()))


def members(kind: Any) -> Iterator[type]:
    if isinstance(kind, UnionType) or get_origin(kind) is not None:
        yield from get_args(kind)
    elif isinstance(kind, type):
        yield kind


def test_every_fact_of_the_domain_is_in_the_book() -> None:
    known = {entry.fact for entry in BOOK.entries()}
    missing = {
        f"{fact.__module__}.{fact.__qualname__}"
        for module in modules()
        for fact in named_as_facts(module)
        if fact not in known
    }
    assert not missing


def test_nothing_else_is_in_the_book() -> None:
    named = {fact for module in modules() for fact in named_as_facts(module)}
    assert {entry.fact.__qualname__ for entry in BOOK.entries() if entry.fact not in named} == set()


def test_names_are_words_of_the_office_under_the_concept_they_belong_to() -> None:
    odd = [entry.name for entry in BOOK.entries() if not NAME.fullmatch(entry.name)]
    elsewhere = [
        entry.name for entry in BOOK.entries() if entry.name.split(".", 1)[0] != entry.fact.__module__.split(".")[1]
    ]
    assert (odd, elsewhere) == ([], [])


def test_facts_are_frozen() -> None:
    thawed = [entry.name for entry in BOOK.entries() if not entry.fact.__dataclass_params__.frozen]  # type: ignore[attr-defined] # what dataclass() leaves on a class
    assert thawed == []
