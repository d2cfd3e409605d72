"""Working days: which days an office works, as prepared for everybody and as congresses mark them.

Holidays move weekdays, and make-up working days 调休 move weekends; both are announced year by year. A congress marks
days for itself and for all below it; the nearest mark counts (rule 19 of the domain).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, NotFound, Refused

LONGEST_NAME = 40
LONGEST_SPAN = 31
"""Days that may be marked at once."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is, whatever its place in the week."""

    FREE = "free"
    WORKING = "working"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day that is said to be free or worked, and why, e.g. 春节."""

    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysMarked:
    """The days from the first to the last, both included, are free or worked in this congress and below it."""

    congress: UUID
    starts_on: date
    ends_on: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMarksTakenBack:
    """The congress marks none of these days any more: what is prepared, or marked above, counts again."""

    congress: UUID
    starts_on: date
    ends_on: date


WorkingDaysFact = DaysMarked | DayMarksTakenBack


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDays:
    """The days that one congress has marked."""

    days: Mapping[date, Mark] = field(default_factory=dict)


@dataclass(eq=False)
class DaysMarkedAlready(Refused):
    """Every one of these days is marked exactly so."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days are worked: Monday to Friday but `holidays`, and the make-up days of `make_up`."""

    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""
        if day in self.make_up:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def next_working(self, day: date) -> date:
        """The day itself when it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def after(self, day: date, number: int) -> date:
        """The `number`-th working day after the day, which does not count itself; 0 is the day, worked or not.

        Raises ValueError for a negative number.
        """
        if number < 0:
            raise ValueError(number)
        for _ in range(number):
            day = self.next_working(day + _DAY)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; 0 when `end` is not later.

        With a due day first, so many working days something is late. Rule 19 counts the days of a late report by the
        calendar instead: what was due on Friday 2026-03-20 is one day late on Saturday.
        """
        return sum(self.is_working(start + _DAY * number) for number in range(1, (end - start).days + 1))


def effective_days(layers: Iterable[Mapping[date, Mark]]) -> WorkingDays:
    """What counts after all layers, each stronger than those before it: what is prepared first, the own marks last."""
    kinds: dict[date, DayKind] = {}
    for layer in layers:
        kinds.update((day, mark.kind) for day, mark in layer.items())
    return WorkingDays(
        holidays=frozenset(day for day, kind in kinds.items() if kind is DayKind.FREE),
        make_up=frozenset(day for day, kind in kinds.items() if kind is DayKind.WORKING),
    )


def working_days_stream(congress: UUID) -> UUID:
    """A congress marks its days in one stream."""
    return uuid5(congress, "working-days")


def mark_days(
    marked: MarkedDays | None, congress: UUID, *, starts_on: date, ends_on: date, kind: DayKind, name: str
) -> DaysMarked:
    """Raises Missing (name), Invalid (name, starts_on, ends_on) or DaysMarkedAlready."""
    name = name.strip()
    if not name:
        raise Missing(fields=("name",))
    if len(name) > LONGEST_NAME:
        raise Invalid(field="name", reason="too_long", value=str(LONGEST_NAME))
    wanted, known = Mark(kind=kind, name=name), marked.days if marked else {}
    if all(known.get(day) == wanted for day in _span(starts_on, ends_on)):
        raise DaysMarkedAlready(name=name)
    return DaysMarked(congress=congress, starts_on=starts_on, ends_on=ends_on, kind=kind, name=name)


def take_back_marks(marked: MarkedDays | None, congress: UUID, starts_on: date, ends_on: date) -> DayMarksTakenBack:
    """Raises Invalid (starts_on, ends_on), or NotFound where the congress marks none of these days."""
    known = marked.days if marked else {}
    if not any(day in known for day in _span(starts_on, ends_on)):
        raise NotFound(kind="marked_day", id=starts_on.isoformat())
    return DayMarksTakenBack(congress=congress, starts_on=starts_on, ends_on=ends_on)


def evolve(marked: MarkedDays | None, fact: WorkingDaysFact) -> MarkedDays:
    """The marked days after one more fact."""
    marks = dict(marked.days) if marked else {}
    for day in days_from(fact.starts_on, fact.ends_on):
        if isinstance(fact, DaysMarked):
            marks[day] = Mark(kind=fact.kind, name=fact.name)
        else:
            marks.pop(day, None)
    return MarkedDays(days=marks)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return (first + _DAY * number for number in range((last - first).days + 1))


def _span(starts_on: date, ends_on: date) -> tuple[date, ...]:
    if not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        raise Invalid(field="starts_on", reason="day_year", value=str(starts_on.year))
    if ends_on < starts_on:
        raise Invalid(field="ends_on", reason="ends_before_start", value=ends_on.isoformat())
    if (ends_on - starts_on).days >= LONGEST_SPAN:
        raise Invalid(field="ends_on", reason="too_many_days", value=str(LONGEST_SPAN))
    return tuple(days_from(starts_on, ends_on))
