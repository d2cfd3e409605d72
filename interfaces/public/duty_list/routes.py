"""The published duty list of a year: who answers for which project, by when, with what money."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from domain.projects.implementation import Standing
from domain.shared import NotFound
from interfaces.public.kept import is_large, keep
from interfaces.public.lists import views
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web.plans.words import STANDINGS
from projections import plans, voted_list
from projections.congress_directory import ListedCongress

router = APIRouter()


@router.get("/{slug}/{year:int}/duty-list")
def duty_list(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """The plans in force, under the numbers by which they were published. Raises NotFound before that."""
    with house.reading.connect() as conn:
        congress = views.congress(conn, slug)
        listed = _published(conn, congress, year)
    html = render("duty_list/list.html", large=is_large(request), congress=congress, year=year, **listed)
    return keep(request, HTMLResponse(html), of=congress.id)


def _published(conn: Connection, congress: ListedCongress, year: int) -> dict[str, Any]:
    parts = plans.publications_of(conn, congress.id, year)
    if not parts:
        raise NotFound(kind="duty_list", id=str(year))
    rows = {row.project: row for row in plans.plans_of(conn, congress.id, year)}
    adopted = voted_list.adopted(conn, congress.id, year)
    return {
        "parts": [
            (part, [(one, rows[one.project]) for one in adopted if one.project in part.projects]) for part in parts
        ],
        "stopped": {
            row.project: STANDINGS[row.standing] for row in rows.values() if row.standing != Standing.UNDER_WAY.value
        },
    }
