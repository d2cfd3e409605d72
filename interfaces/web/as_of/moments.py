"""The moment a page is asked for: typed to the day, the minute or exactly, and over when it is over."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.shared import CHINA, Invalid

FIELD: Final = "on"
_DATED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST: Final = 40
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed, and until when facts count; None asks for today, or could not be read."""

    typed: str = ""
    until: datetime | None = None
    wrong: Invalid | None = None


def asked_for(typed: str, now: datetime) -> Asked:
    """`2026-01-15` is the whole day, `2026-01-15T09:00` the whole minute, what has seconds is meant exactly."""
    typed = typed.strip()
    if not typed:
        return Asked()
    until = end_of(typed)
    if until is None:
        return Asked(typed=typed, wrong=Invalid(field=FIELD, reason="as_of_moment", value=typed[:40]))
    if until - now >= timedelta(days=1):
        return Asked(typed=typed, wrong=Invalid(field=FIELD, reason="as_of_future", value=typed[:40]))
    return Asked(typed=typed, until=until)


def end_of(typed: str) -> datetime | None:
    """The last instant of what was typed, None when it is no moment."""
    if not _DATED.match(typed) or len(typed) > _LONGEST:
        return None
    for read in (_day, _moment):
        try:
            return read(typed)
        except (ValueError, OverflowError):
            continue
    return None


def exactly(at: datetime) -> str:
    """A moment as it is written in an address."""
    return at.astimezone(CHINA).replace(tzinfo=None).isoformat()


def _day(typed: str) -> datetime:
    return datetime.combine(date.fromisoformat(typed) + timedelta(days=1), time(), CHINA) - _INSTANT


def _moment(typed: str) -> datetime:
    at = datetime.fromisoformat(typed)
    at = at.replace(tzinfo=CHINA) if at.tzinfo is None else at.astimezone(CHINA)
    length = {1: timedelta(minutes=1), 2: timedelta(seconds=1)}.get(typed.partition("+")[0].count(":"))
    return at + length - _INSTANT if length and not at.microsecond else at
