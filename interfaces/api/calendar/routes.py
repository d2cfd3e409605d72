"""The year calendar of a congress."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response
from pydantic import Field

from application import calendars as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.calendar import LONGEST_TITLE, LONGEST_WORDS, Entry, EntryKind, year_calendar_stream
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, LINES, Asked, Day, Flag, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.web.calendar import routes as pages
from interfaces.web.calendar import views
from projections import year_calendar
from projections.year_calendar import CalendarEntry

router = operations("calendar", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)

PATH = "/congresses/{slug}/calendar"
ONE = f"{PATH}/{{entry}}"

Keeper = Annotated[At, Depends(needing(Act.KEEP_CALENDAR))]
TheEntry = Annotated[UUID, Path(description="日程的标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])]
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年，默认今年。", examples=[2026])]


class EntryBody(Asked):
    """Something that takes place on a day or over several."""

    title: str = Field(pattern=LINE, max_length=LONGEST_TITLE, description="标题。", examples=["代表视察候选项目现场"])
    starts_on: Day = Field(description="开始日期。", examples=["2026-03-05"])
    ends_on: Day | None = Field(default=None, description="结束日期；只有一天则为 null。", examples=["2026-03-06"])
    kind: EntryKind = Field(description="种类。", examples=["visit"])
    words: str = Field(
        default="", pattern=LINES, max_length=LONGEST_WORDS, description="说明，可以为空。", examples=[""]
    )
    public: Flag = Field(default=False, description="是否对居民公开。", examples=[False])


class EntryShown(Shown):
    """An entry of the office."""

    id: UUID = Field(description="标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])
    title: str = Field(description="标题。", examples=["代表视察候选项目现场"])
    starts_on: date = Field(description="开始日期。", examples=["2026-03-05"])
    ends_on: date = Field(description="结束日期。", examples=["2026-03-06"])
    kind: EntryKind = Field(description="种类。", examples=["visit"])
    words: str = Field(description="说明，可以为空。", examples=[""])
    public: bool = Field(description="是否对居民公开。", examples=[False])


class DayShown(EntryShown):
    """A line of the calendar."""

    written: bool = Field(description="由办公室写入；否则是系统从征集、会议、名单和四问中得知的。", examples=[True])


@router.get(PATH, summary="年度日程", description="办公室写入的日程，加上征集、会议、名单、四问等系统已知的日期。")
def listed(here: OfficeReader, paging: Paged, year: OfYear = None) -> Page[DayShown]:
    """Every line of the year, in the order of the days."""
    days = views.year_of(here.house, here.congress, pages.shown_year(here.house, year or 0))
    return paging.part(here.told, days, lambda day: day.id, _day)


@router.post(PATH, status_code=201, summary="写入日程")
def add(here: Keeper, body: EntryBody) -> EntryShown:
    """One more entry."""
    by = here.by(year_calendar_stream(here.congress.id))
    entry = here.house.office.new_id(by, "entry")
    position = commands.add_entry(here.house.office, by, here.congress.id, entry, _wanted(body))
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/calendar/{entry}")
    return one(here, entry)


@router.get(f"{PATH}.ics", summary="年度日程（iCalendar）", **file_of("text/calendar"))
def as_file(here: OfficeReader, year: OfYear = None) -> Response:
    """The year for other calendars."""
    return pages.as_file(here.house, here.place, year or 0)


@router.get(ONE, summary="一条日程")
def one(here: OfficeReader, entry: TheEntry) -> EntryShown:
    """One entry of the office."""
    here.shows(year_calendar_stream(here.congress.id))
    with here.house.reading.connect() as conn:
        known = year_calendar.entry_at(conn, here.congress.id, entry)
    if known is None:
        raise NotFound(kind="calendar_entry", id=str(entry))
    return _entry(known)


@router.put(ONE, summary="更改日程")
def change(here: Keeper, entry: TheEntry, body: EntryBody) -> EntryShown:
    """An entry is put right or moved."""
    by = here.by(year_calendar_stream(here.congress.id))
    here.done(commands.change_entry(here.house.office, by, here.congress.id, entry, _wanted(body)))
    return one(here, entry)


@router.delete(ONE, status_code=204, summary="取消日程")
def withdraw(here: Keeper, entry: TheEntry) -> None:
    """An entry is taken out."""
    by = here.by(year_calendar_stream(here.congress.id))
    here.done(commands.withdraw_entry(here.house.office, by, here.congress.id, entry))


def _wanted(body: EntryBody) -> Entry:
    return Entry(
        title=body.title,
        starts_on=body.starts_on,
        ends_on=body.ends_on or body.starts_on,
        kind=body.kind,
        words=body.words,
        public=body.public,
    )


def _entry(known: CalendarEntry) -> EntryShown:
    return EntryShown(
        id=known.entry,
        title=known.title,
        starts_on=known.starts_on,
        ends_on=known.ends_on,
        kind=EntryKind(known.kind),
        words=known.words,
        public=known.public,
    )


def _day(day: views.Day) -> DayShown:
    return DayShown(
        id=day.id,
        title=day.title,
        starts_on=day.starts_on,
        ends_on=day.ends_on,
        kind=EntryKind(day.kind),
        words=day.words,
        public=day.public,
        written=day.entry is not None,
    )
