"""The public result of a poll: of a vote, a second ballot, an evaluation; or that it was void, without any figure."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from interfaces.public.kept import is_large, keep
from interfaces.public.results import views
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render

router = APIRouter()


@router.get("/{slug}/polls/{poll:uuid}")
def result(request: Request, house: TheHouse, slug: str, poll: UUID) -> Response:
    """What was declared, and what became of places left open."""
    shown = views.shown(house, slug, poll)
    html = render("results/one.html", large=is_large(request), **shown)
    return keep(request, HTMLResponse(html), of=shown["congress"].id)
