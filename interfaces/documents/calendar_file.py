"""Dated entries as an iCalendar file (RFC 5545), which calendars on phones and desks take in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

_LONGEST_LINE: Final = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """Something that lasts one or several whole days."""

    id: UUID
    title: str
    starts_on: date
    ends_on: date
    words: str = ""


def calendar_file(name: str, days: Iterable[CalendarDay], *, made_at: datetime) -> bytes:
    """The .ics of these days; taking it in again changes the entries that are there, for each keeps its identity."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Piaojue//Calendar//ZH", "CALSCALE:GREGORIAN"),
        f"X-WR-CALNAME:{_text(name)}",
        *(line for day in days for line in _event(day, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(day: CalendarDay, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.id}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.starts_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.ends_on + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{_text(day.title)}"
    if day.words:
        yield f"DESCRIPTION:{_text(day.words)}"
    yield "END:VEVENT"


def _text(value: str) -> str:
    for mark in ("\\", ";", ","):
        value = value.replace(mark, f"\\{mark}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A long line goes on behind a space; characters are not cut apart."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
