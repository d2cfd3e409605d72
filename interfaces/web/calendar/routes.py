"""The year calendar of a congress: months, entries of the office, a file for other calendars."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import calendars as commands
from domain.accounts.permissions import Act
from domain.congress.calendar import LONGEST_TITLE, LONGEST_WORDS, Entry, EntryKind
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.documents.calendar_file import CalendarDay, calendar_file
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.calendar import views
from interfaces.web.calendar.views import Day
from interfaces.web.congress.words import KINDS
from interfaces.web.roll.views import download
from projections import year_calendar
from projections.year_calendar import CalendarEntry

router = APIRouter()

PATH = "/staff/{slug}/calendar"
FIRST_YEAR, LAST_YEAR = 2000, 2100
CALENDAR_FILE = "text/calendar; charset=utf-8"
Keeper = Annotated[Place, Depends(needing(Act.KEEP_CALENDAR))]


@router.get(PATH)
def calendar(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year, this one unless another is asked for."""
    chosen = shown_year(house, year)
    days = views.year_of(house, here.congress, chosen)
    return page(
        request,
        "calendar/year.html",
        year=chosen,
        months=views.by_month(days, chosen),
        today=house.office.today(),
        may_keep=here.may(Act.KEEP_CALENDAR),
        office=f"/staff/{here.congress.slug}",
        root=_root(here),
    )


@router.get(f"{PATH}/calendar.ics")
def as_file(house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year for the calendar on a phone or desk."""
    chosen = shown_year(house, year)
    days = views.year_of(house, here.congress, chosen)
    name = f"{here.congress.short_name}{chosen}年日程"
    return download(written(house, name, days), f"{name}.ics", CALENDAR_FILE)


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Keeper, year: int = 0) -> Response:
    """The form for an entry."""
    chosen, today = shown_year(house, year), house.office.today()
    starts_on = today if chosen == today.year else date(chosen, 1, 1)
    form = blank(request, kind=EntryKind.OTHER, starts_on=starts_on.isoformat())
    return page(request, "calendar/entry.html", form=form, **_form(here, None))


@router.post(f"{PATH}/new")
def add(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Writes an entry."""
    try:
        wanted, by = read_entry(typed), here.by(typed)
        position = commands.add_entry(house.office, by, here.congress.id, house.office.new_id(by, "entry"), wanted)
    except Refused as refused:
        return again(request, "calendar/entry.html", typed, refused, **_form(here, None))
    return done(request, position, _at(here, wanted), _("“%(title)s”已写入日程。", title=wanted.title))


@router.get(f"{PATH}/{{entry}}")
def one(request: Request, house: TheHouse, here: Keeper, entry: UUID) -> Response:
    """The form for an entry that is there."""
    known = _known(house, here, entry)
    marked = {"public": "yes"} if known.public else {}
    form = blank(
        request,
        title=known.title,
        starts_on=known.starts_on.isoformat(),
        ends_on="" if known.ends_on == known.starts_on else known.ends_on.isoformat(),
        kind=known.kind,
        words=known.words,
        **marked,
    )
    return page(request, "calendar/entry.html", form=form, **_form(here, known))


@router.post(f"{PATH}/{{entry}}")
def change(request: Request, house: TheHouse, here: Keeper, entry: UUID, typed: Form) -> Response:
    """Puts an entry right."""
    known = _known(house, here, entry)
    try:
        wanted = read_entry(typed)
        position = commands.change_entry(house.office, here.by(typed), here.congress.id, entry, wanted)
    except Refused as refused:
        return again(request, "calendar/entry.html", typed, refused, **_form(here, known))
    return done(request, position, _at(here, wanted), _("“%(title)s”已更改。", title=wanted.title))


@router.post(f"{PATH}/{{entry}}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Keeper, entry: UUID, typed: Form) -> Response:
    """Takes an entry out."""
    known = _known(house, here, entry)
    position = commands.withdraw_entry(house.office, here.by(typed), here.congress.id, entry)
    url = f"{_root(here)}?year={known.starts_on.year}"
    return done(request, position, url, _("“%(title)s”已从日程中取消。", title=known.title))


def shown_year(house: House, asked: int) -> int:
    """The year asked for, where there can be one; else this year."""
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else house.office.today().year


def written(house: House, name: str, days: list[Day]) -> bytes:
    """The days as a calendar file."""
    told = [
        CalendarDay(id=one.id, title=one.title, starts_on=one.starts_on, ends_on=one.ends_on, words=one.words)
        for one in days
    ]
    return calendar_file(name, told, made_at=house.office.now())


def read_entry(typed: Typed) -> Entry:
    """What was typed. Raises WrongFields."""
    title, starts_on = typed.required("title"), typed.date("starts_on")
    ends_on = typed.date("ends_on") if typed.text("ends_on") else starts_on
    kind = typed.choice("kind", EntryKind)
    typed.settle()
    public = typed.ticked("public")
    return Entry(title=title, starts_on=starts_on, ends_on=ends_on, kind=kind, words=typed.text("words"), public=public)


def _known(house: House, here: Place, entry: UUID) -> CalendarEntry:
    with house.reading.connect() as conn:
        known = year_calendar.entry_at(conn, here.congress.id, entry)
    if known is None:
        raise NotFound(kind="calendar_entry", id=str(entry))
    return known


def _form(here: Place, known: CalendarEntry | None) -> dict[str, Any]:
    return {
        "known": known,
        "kinds": list(KINDS.items()),
        "longest_title": LONGEST_TITLE,
        "longest_words": LONGEST_WORDS,
        "root": _root(here),
        "public_page": f"/{here.congress.slug}/calendar",
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/calendar"


def _at(here: Place, wanted: Entry) -> str:
    return f"{_root(here)}?year={wanted.starts_on.year}"
