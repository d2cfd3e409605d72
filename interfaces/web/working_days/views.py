"""A year of working days as a page shows it: twelve months, and the days that the week does not decide."""

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from application.working_days import layers_at
from domain.congress.prepared_days import FIRST_PREPARED, LAST_ANNOUNCED, LAST_PREPARED, PREPARED
from domain.congress.working_days import DayKind, Mark, WorkingDays, effective_days
from interfaces.composition import House
from interfaces.web._base import shown
from interfaces.web._base.language import gettext as _
from interfaces.web.working_days.words import DAY_KINDS, FESTIVALS
from projections.congress_directory import ListedCongress, congresses_named

_DAY = timedelta(days=1)


class Preparation(StrEnum):
    """How the days of a year came here before anybody marked one."""

    ANNOUNCED = "announced"
    """As the State Council's office announced them, make-up days included."""
    CALCULATED = "calculated"
    """Festivals as the law gives them; the announcement was not out when they were prepared."""
    NONE = "none"
    """Only Monday to Friday is known."""


class Day(NamedTuple):
    """A day of a month; `mark` None where its place in the week decides."""

    on: date
    working: bool
    mark: Mark | None
    own: bool

    @property
    def tells(self) -> str:
        """What the day is, for those who read with a screen reader or point at it."""
        kind, on = _("上班") if self.working else _("休息"), shown.day(self.on)
        if not self.mark:
            return _("%(on)s，%(kind)s", on=on, kind=kind)
        return _("%(on)s，%(kind)s（%(mark)s）", on=on, kind=kind, mark=name_words(self.mark))


class Month(NamedTuple):
    """A month in weeks from Monday; a place outside of the month is None."""

    number: int
    weeks: list[list[Day | None]]
    working: int
    """How many days are worked."""


class Span(NamedTuple):
    """Days side by side that are marked alike by the same body; `by` is None for what is prepared."""

    starts_on: date
    ends_on: date
    mark: Mark
    by: ListedCongress | None
    own: bool

    @property
    def days(self) -> int:
        """How many days."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def words(self) -> str:
        """Its name as shown."""
        return name_words(self.mark)

    @property
    def kind_words(self) -> str:
        """Free or worked."""
        return str(DAY_KINDS[self.mark.kind])


class Year(NamedTuple):
    """Everything that a page or a program is shown of a year."""

    number: int
    preparation: Preparation
    months: list[Month]
    spans: list[Span]

    @property
    def working(self) -> int:
        """How many days of the year are worked."""
        return sum(month.working for month in self.months)


def preparation_of(year: int) -> Preparation:
    """What is known of the year beforehand."""
    if FIRST_PREPARED <= year <= LAST_ANNOUNCED:
        return Preparation.ANNOUNCED
    return Preparation.CALCULATED if LAST_ANNOUNCED < year <= LAST_PREPARED else Preparation.NONE


def year_of(house: House, congress: UUID, year: int) -> Year:
    """The year as it counts in this congress."""
    layers = layers_at(house.office.desk(), congress)
    with house.reading.connect() as conn:
        bodies = {body.id: body for body in congresses_named(conn, [body for body, _marks in layers])}
    said = _said(layers)
    days = effective_days((PREPARED, *(marks for _body, marks in layers)))
    months = [_month(days, said, year, number, congress) for number in range(1, 13)]
    spans = [span._replace(by=bodies.get(by) if by else None, own=by == congress) for span, by in _spans(said, year)]
    return Year(year, preparation_of(year), months, spans)


def name_words(mark: Mark | None) -> str:
    """The name of a marked day; a prepared make-up day says what it makes up for."""
    if mark is None:
        return ""
    festival = FESTIVALS.get(mark.name)
    if festival is None:
        return mark.name
    return _("%(festival)s调休", festival=festival) if mark.kind is DayKind.WORKING else str(festival)


def _said(layers: Sequence[tuple[UUID, Mapping[date, Mark]]]) -> dict[date, tuple[UUID | None, Mark]]:
    """Who has the last word on each marked day; None for what is prepared."""
    said: dict[date, tuple[UUID | None, Mark]] = {day: (None, mark) for day, mark in PREPARED.items()}
    for body, marks in layers:
        said.update((day, (body, mark)) for day, mark in marks.items())
    return said


def _month(
    days: WorkingDays, said: Mapping[date, tuple[UUID | None, Mark]], year: int, number: int, congress: UUID
) -> Month:
    def shown(on: date) -> Day:
        by, mark = said.get(on, (None, None))
        return Day(on, days.is_working(on), mark, own=by == congress)

    whole = Calendar().monthdatescalendar(year, number)
    weeks = [[shown(on) if on.month == number else None for on in week] for week in whole]
    return Month(number, weeks, sum(day.working for week in weeks for day in week if day))


def _spans(said: Mapping[date, tuple[UUID | None, Mark]], year: int) -> Iterator[tuple[Span, UUID | None]]:
    found: Span | None = None
    by: UUID | None = None
    for on in sorted(day for day in said if day.year == year):
        body, mark = said[on]
        if found and (body, mark, on) == (by, found.mark, found.ends_on + _DAY):
            found = found._replace(ends_on=on)
            continue
        if found:
            yield found, by
        found, by = Span(on, on, mark, None, own=False), body
    if found:
        yield found, by
