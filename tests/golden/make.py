"""Writes a golden file for every fact of the book that has none yet; never overwrites one.

    python -m tests.golden.make

A golden file holds a fact as the history holds it. Once committed it is never changed: it stands for
what is stored in offices out there, and every later program must read it.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from application.history.book import BOOK
from application.history.fact_book import Entry
from application.history.mapper import FactMapper
from application.history.recorded import Recorded
from domain.polls.reckoning import Operator, Threshold
from domain.shared import CHINA

FOLDER = Path(__file__).parent
_IDS = UUID("00000000-0000-5000-8000-00000000901d")

_SAMPLES: dict[Any, Callable[[str], object]] = {
    str: lambda name: f"{name} 文字",
    int: len,
    bool: lambda _: True,
    Decimal: lambda name: Decimal(len(name)) + Decimal("0.50"),
    Fraction: lambda _: Fraction(2, 3),
    UUID: lambda name: uuid5(_IDS, name),
    date: lambda _: date(2026, 1, 20),
    datetime: lambda _: datetime(2026, 1, 20, 9, 41, 3, 250000, tzinfo=CHINA),
    timedelta: lambda _: timedelta(minutes=5),
    Threshold: lambda _: Threshold(fraction="2/3", operator=Operator.AT_LEAST),
}


def file_of(entry: Entry) -> Path:
    """Where the golden file of a fact's present version lies."""
    return FOLDER / f"{entry.name}.v{entry.version}.json"


def sample(kind: Any, name: str) -> Any:
    """A value of the type in which every field is filled, the same on every machine."""
    kind = getattr(kind, "__supertype__", kind)
    if kind in _SAMPLES:
        return _SAMPLES[kind](name)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{field.name: sample(hints[field.name], field.name) for field in fields(kind) if field.init})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    return _generic(kind, name)


def _generic(kind: Any, name: str) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return sample(next(one for one in inside if one is not NoneType), name)
    if origin is Literal:
        return inside[-1]
    if origin is tuple and inside[-1] is Ellipsis:
        return (sample(inside[0], name), sample(inside[0], f"{name} 2"))
    if origin is tuple:
        return tuple(sample(one, f"{name} {place}") for place, one in enumerate(inside))
    if origin is dict:
        return {sample(inside[0], name): sample(inside[1], name)}
    if origin is frozenset:
        return frozenset({sample(inside[0], name)})
    raise TypeError(f"no sample for {kind!r}; add one to _SAMPLES")


def recorded(entry: Entry) -> Recorded:
    """A sample of the fact in its envelope."""
    at, by = sample(datetime, "at"), sample(UUID, "by")
    return Recorded(sample(UUID, entry.name), 1, at, by, sample(entry.fact, entry.name))


def make() -> list[Path]:
    """Writes what is missing and returns it."""
    written = []
    for entry in BOOK.entries():
        path = file_of(entry)
        if not path.exists():
            state = json.loads(FactMapper(BOOK).to_stored_event(recorded(entry)).state)
            path.write_text(json.dumps(state, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            written.append(path)
    return written


if __name__ == "__main__":
    for made in make():
        print(made.name)  # noqa: T201 # says what to commit
