"""What a council chose in a year, meeting by meeting, and the street's own list: for everybody."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from domain.congress.congress import Level
from domain.congress.council import ItemResult
from domain.proposals.call import YEARS
from domain.shared import NotFound
from interfaces.public.kept import is_large, keep
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web.council.views import bodies_of
from interfaces.web.council.words import CHOSEN_BY, RESULT_KINDS, RESULTS, hands_words
from projections import agenda
from projections.agenda import AgendaRow
from projections.congress_directory import ListedCongress, congress_at, congresses_named
from projections.congress_register import ListedSession, sessions_of

router = APIRouter()

_ORDER = (ItemResult.CHOSEN, ItemResult.DEFERRED, ItemResult.NOT_CHOSEN)


@router.get("/{slug}/{year:int}/council")
def show(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """The results of the year's meetings and the list, newest meeting first. Nothing of what was said is public."""
    with house.reading.connect() as conn:
        congress = congress_at(conn, slug)
        if congress is None or year not in YEARS:
            raise NotFound(kind="page", id=slug)
        shown = _shown(conn, congress, year)
    html = render("council_public/year.html", large=is_large(request), congress=congress, year=year, **shown)
    return keep(request, HTMLResponse(html), of=congress.id)


def _shown(conn: Connection, congress: ListedCongress, year: int) -> dict[str, Any]:
    held = [one for one in sessions_of(conn, congress.id) if one.year == year and not one.rehearsal]
    meetings = [(one, _decided(conn, one)) for one in held]
    passed = bodies_of([item for _one, decided in meetings for item in decided])
    return {
        "listed": agenda.street_list(conn, congress.id, year),
        "meetings": [(one, decided) for one, decided in meetings if decided],
        "passed_to": {one.id: one for one in congresses_named(conn, passed)},
        "is_street": congress.level == Level.STREET,
        "results": RESULTS,
        "result_kinds": RESULT_KINDS,
        "chosen_by": CHOSEN_BY,
        "hands_words": hands_words,
    }


def _decided(conn: Connection, session: ListedSession) -> list[AgendaRow]:
    """What was chosen first, then what waits, then what was not chosen; each in the order of the agenda."""
    decided = [one for one in agenda.items_of(conn, session.id) if one.result is not None]
    return sorted(decided, key=lambda one: _ORDER.index(ItemResult(str(one.result))))
