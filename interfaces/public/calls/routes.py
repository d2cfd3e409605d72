"""The call of a year as residents read it: what, until when, how, where."""

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from domain.proposals.call import YEARS
from domain.shared import NotFound
from interfaces.public.calls import views
from interfaces.public.kept import is_large, keep
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from projections.congress_directory import congress_at

router = APIRouter()


@router.get("/{slug}/{year:int}/call")
def show(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """The call, also before it opens, when it is over, and where there is none."""
    with house.reading.connect() as conn:
        congress = congress_at(conn, slug)
        if congress is None or year not in YEARS:
            raise NotFound(kind="page", id=slug)
        shown = views.call(conn, congress, year, house.office.today())
    html = render("calls_public/call.html", large=is_large(request), **shown)
    return keep(request, HTMLResponse(html), of=congress.id)
