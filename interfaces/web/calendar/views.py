"""A congress's year in dates: what its office wrote, and what the record knows by itself."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import Connection

from domain.asks.ask import AskKind
from domain.congress.calendar import EntryKind
from interfaces.composition import House
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import gettext as _
from interfaces.web.candidates.desk import pre_reading_in
from interfaces.web.congress.words import KINDS
from projections import asks_board, calls, congress_register, year_calendar, year_rail
from projections.congress_directory import ListedCongress
from projections.year_calendar import CalendarEntry
from projections.year_rail import YearRail


class Day(NamedTuple):
    """One line of the calendar; `entry` is None for what the record knows by itself."""

    id: UUID
    starts_on: date
    ends_on: date
    title: str
    kind: str
    words: str
    public: bool
    entry: UUID | None = None
    path: str = ""
    """Where more is found, below the congress's address in the office."""

    @property
    def kind_words(self) -> str:
        """The kind of day in words."""
        return str(KINDS[EntryKind(self.kind)])

    @property
    def is_one_day(self) -> bool:
        """Whether it begins and ends on the same day."""
        return self.starts_on == self.ends_on


class Month(NamedTuple):
    """The days that begin in a month; what began before the year stands in January."""

    number: int
    days: list[Day]


def year_of(house: House, congress: ListedCongress, year: int, *, public_only: bool = False) -> list[Day]:
    """Every line of which a day lies in the year, in the order of the days."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    with house.reading.connect() as conn:
        written = year_calendar.entries_between(conn, congress.id, first, last, public_only=public_only)
        known = [*_known(conn, congress.id), *_lists(house, conn, congress.id)]
    days = [_written(one) for one in written]
    days += [one for one in known if one.starts_on <= last and one.ends_on >= first and (one.public or not public_only)]
    return sorted(days, key=lambda one: (one.starts_on, one.ends_on, one.entry is not None, one.title))


def by_month(days: Iterable[Day], year: int) -> list[Month]:
    """The months in which something begins."""
    months: dict[int, list[Day]] = {}
    for one in days:
        months.setdefault(one.starts_on.month if one.starts_on.year == year else 1, []).append(one)
    return [Month(number, months[number]) for number in sorted(months)]


def _known(conn: Connection, congress: UUID) -> Iterator[Day]:
    for call in calls.calls_of(conn, congress):
        title = _("%(year)s 年民生实事项目征集", year=call.year)
        yield _day(congress, "call", call.year, call.opens_on, call.closes_on, title, EntryKind.PUBLICITY, "calls")
    for session in congress_register.sessions_of(conn, congress):
        path = f"sessions/{session.id}"
        key = str(session.id)
        yield _day(congress, "session", key, session.starts_on, session.ends_on, session.title, EntryKind.MEETING, path)
    for year in asks_board.years(conn, congress):
        yield from _asks_due(conn, congress, year)


def _lists(house: House, conn: Connection, congress: UUID) -> Iterator[Day]:
    for year in year_rail.years(conn, congress):
        rail = year_rail.rail(conn, congress, year)
        if rail is not None and rail.listed_on is not None:
            yield from _of_the_list(house, congress, rail, rail.listed_on)


def _of_the_list(house: House, congress: UUID, rail: YearRail, listed_on: date) -> Iterator[Day]:
    """When it was published, from when it may be voted on (rule 16), and when it was."""
    year = rail.year
    title = _("%(year)s 年候选项目名单公布（%(n)s 项）", year=year, n=rail.listed)
    yield _day(congress, "list", year, listed_on, listed_on, title, EntryKind.PUBLICITY, "projects/list")
    if rail.session is not None:
        earliest = pre_reading_in(house, congress, rail.session, listed_on).earliest
        title = _("%(year)s 年候选项目从这天起可以票决", year=year)
        path = "projects/list"
        yield _day(congress, "earliest", year, earliest, earliest, title, EntryKind.DEADLINE, path, public=False)
    if rail.voted_on is not None:
        title = _("%(year)s 年民生实事项目票决", year=year)
        yield _day(congress, "vote", year, rail.voted_on, rail.voted_on, title, EntryKind.MEETING, f"polls/{rail.poll}")


def _asks_due(conn: Connection, congress: UUID, year: int) -> Iterator[Day]:
    due: dict[tuple[date, str], int] = {}
    for ask in asks_board.asks_of(conn, congress, year):
        due[ask.due_on, ask.kind] = due.get((ask.due_on, ask.kind), 0) + 1
    for (on, kind), number in due.items():
        title = _("%(year)s 年%(ask)s答复截止（%(n)s 件）", year=year, ask=ASKS[AskKind(kind).value], n=number)
        key = f"{year}/{kind}/{on}"
        yield _day(congress, "ask", key, on, on, title, EntryKind.DEADLINE, f"asks?year={year}", public=False)


def _written(one: CalendarEntry) -> Day:
    return Day(
        id=one.entry,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        title=one.title,
        kind=one.kind,
        words=one.words,
        public=one.public,
        entry=one.entry,
    )


def _day(
    congress: UUID,
    what: str,
    key: object,
    starts_on: date,
    ends_on: date,
    title: str,
    kind: EntryKind,
    path: str,
    *,
    public: bool = True,
) -> Day:
    identity = uuid5(congress, f"calendar/{what}/{key}")
    return Day(identity, starts_on, ends_on, title, kind.value, "", public, path=path)
