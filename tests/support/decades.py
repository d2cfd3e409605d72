"""The demonstration's year over and over, in other cities each time: a history as long as a measurement wants it."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from application.history.history import History
from application.history.recorded import Noticed, Recorded
from domain.shared import project_code

OWN_WORDS = ("slug", "login")
"""Words that may be there once in an installation."""

GROUP = 500


def prolong(history: History, years: Sequence[Noticed], times: int) -> int:
    """Records the facts so many times more, with other identities; returns how many there are then."""
    told = list(years)
    for time in range(times):
        again = [_again(notice, time) for notice in told]
        for start in range(0, len(again), GROUP):
            history.append(again[start : start + GROUP], seen={})
    return len(told) * (times + 1)


def _again(notice: Noticed, time: int) -> Recorded:
    stream = _other(notice.stream, time)
    fact = _renamed(notice.fact, time)
    if hasattr(fact, "code"):
        fact = replace(fact, code=project_code(stream))
    return Recorded(stream, notice.version, notice.at, notice.by, fact)


def _renamed(value: Any, time: int) -> Any:
    match value:
        case UUID():
            return _other(value, time)
        case tuple():
            return tuple(_renamed(one, time) for one in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **dict(_renamed_fields(value, time)))
        case _:
            return value


def _renamed_fields(value: Any, time: int) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        found = getattr(value, field.name)
        yield field.name, f"{found}-{time}" if field.name in OWN_WORDS else _renamed(found, time)


def _other(known: UUID, time: int) -> UUID:
    return uuid5(known, str(time))
