"""The screen in the hall 会场大屏: a page for everybody, and the stream that keeps it up to date."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, StreamingResponse

from application.polls.preparing import known_poll
from application.private import sign_ins
from domain.accounts import account as accounts
from domain.accounts.permissions import Act
from domain.polls.poll import Poll, PollStage
from interfaces.composition import House
from interfaces.documents.typesetting import qr_svg
from interfaces.web._base.addressed import level_of
from interfaces.web._base.asking import TheHouse, house_of
from interfaces.web._base.language import CHINESE, ENGLISH, speak_of, speaking
from interfaces.web._base.pages import render
from interfaces.web._base.tokens import SIGN_IN_COOKIE
from interfaces.web.hall.board import board_of
from interfaces.web.hall.channel import Halls, View, event_id

router = APIRouter()

SHOWS_WORD: Final = Act.VOID_CARD
"""Held by the office, the scrutineers and the people of the venue: they may put the hall word on the wall."""

_STREAM: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/hall/{poll}")
def screen(request: Request, house: TheHouse, poll: UUID) -> Response:
    """The whole screen; without script it is loaded anew by the browser every few seconds."""
    view = _view(request, house, known_poll(house.office, poll))
    body = _body(house, poll, view)
    with speaking(view.language):
        speak_of(level_of(house, known_poll(house.office, poll).prepared.congress))
        html = render("hall/screen.html", poll=poll, body=body, seen=event_id(body), language=view.language)
    return HTMLResponse(html)


@router.get("/hall/{poll}/events", include_in_schema=False)
async def events(request: Request, poll: UUID) -> Response:
    """The screen again whenever something on it has changed, as server-sent events.

    Nothing is asked for as a dependency: each would run in one of the office's threads.
    """
    house = house_of(request)
    halls = _halls(request, house)
    view = await halls.aside(partial(_known_view, request, house, poll))
    seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
    return StreamingResponse(halls.listen(poll, view, seen), media_type="text/event-stream", headers=_STREAM)


def _halls(request: Request, house: House) -> Halls:
    kept: Halls | None = getattr(request.app.state, "halls", None)
    if kept is None:
        edge = request.app.edge
        kept = Halls(partial(_bodies, house), house.history.wake, lambda: bool(edge.is_stopping))
        request.app.state.halls = kept
    return kept


def _known_view(request: Request, house: House, poll: UUID) -> View:
    return _view(request, house, known_poll(house.office, poll))


def _view(request: Request, house: House, state: Poll) -> View:
    """The hall speaks Chinese, whatever the computer at the projector prefers."""
    language = ENGLISH if request.query_params.get("lang") == ENGLISH else CHINESE
    return View(language, with_word=_may_show_word(request, house, state))


def _may_show_word(request: Request, house: House, state: Poll) -> bool:
    """Whether somebody is signed in here who may; the screen keeps their sign-in alive while voting goes on."""
    token = request.cookies.get(SIGN_IN_COOKIE, "")
    if not token:
        return False
    voting = state.stage is PollStage.OPEN
    account = sign_ins.account_of(house.private, token, house.office.now(), house.endurance, used=voting)
    known = house.office.state_of(account, accounts.evolve) if account else None
    if account is None or known is None or known.disabled:
        return False
    return known.actor(account).may(SHOWS_WORD, state.prepared.congress)


def _bodies(house: House, poll: UUID, views: Iterable[View]) -> dict[View, str]:
    return {view: _body(house, poll, view) for view in views}


def _body(house: House, poll: UUID, view: View) -> str:
    page = f"{house.settings.public_url.rstrip('/')}/v"
    with speaking(view.language):
        board = board_of(house, poll)
        word = house.hall_words.hall_word_of(poll, known_poll(house.office, poll)) if view.with_word else None
        return render(
            "hall/_body.html",
            board=board,
            PollStage=PollStage,
            word=word or "",
            address=page.partition("://")[2],
            qr=qr_svg(page),
        )
