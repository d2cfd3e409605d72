"""The public part of a congress's calendar."""

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from domain.shared import NotFound
from interfaces.composition import House
from interfaces.public.kept import is_large
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web.calendar import views
from interfaces.web.calendar.routes import CALENDAR_FILE, shown_year, written
from interfaces.web.calendar.views import Day
from interfaces.web.roll.views import download
from projections.congress_directory import ListedCongress, congress_at

router = APIRouter()

ASKED_EACH_TIME = {"Cache-Control": "no-cache"}


@router.get("/{slug}/calendar")
def calendar(request: Request, house: TheHouse, slug: str, year: int = 0) -> Response:
    """The year for everybody: when to propose, when the session votes, and what the office has made public."""
    congress, chosen, days = _public(house, slug, year)
    html = render(
        "calendar_public/year.html",
        large=is_large(request),
        congress=congress,
        year=chosen,
        months=views.by_month(days, chosen),
        today=house.office.today(),
    )
    return HTMLResponse(html, headers=ASKED_EACH_TIME)


@router.get("/{slug}/calendar.ics")
def as_file(house: TheHouse, slug: str, year: int = 0) -> Response:
    """The same for the calendar on a phone."""
    congress, chosen, days = _public(house, slug, year)
    name = f"{congress.public_name}{chosen}年日程"
    return download(written(house, name, days), f"{name}.ics", CALENDAR_FILE)


def _public(house: House, slug: str, year: int) -> tuple[ListedCongress, int, list[Day]]:
    chosen = shown_year(house, year)
    with house.reading.connect() as conn:
        congress = congress_at(conn, slug)
    if congress is None:
        raise NotFound(kind="congress", id=slug)
    return congress, chosen, views.year_of(house, congress, chosen, public_only=True)
