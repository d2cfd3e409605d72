"""The office's side of a poll while it is voted on: its page, the opening, the closing, void cards."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import counting, voting
from domain.accounts.permissions import Act
from domain.polls.poll import PollStage
from domain.shared import Refused
from interfaces.public.ballot.views import page_hash
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls import steps
from interfaces.web.polls.desk import poll_desk
from interfaces.web.polls.reporting import grades, result
from interfaces.web.polls.views import next_step

router = APIRouter()

Opener = Annotated[Place, Depends(needing(Act.OPEN_POLL))]
Closer = Annotated[Place, Depends(needing(Act.CLOSE_POLL))]
Counter = Annotated[Place, Depends(needing(Act.COUNT_POLL))]
Voider = Annotated[Place, Depends(needing(Act.VOID_CARD))]


@router.get("/staff/{slug}/polls/{poll}")
def one(request: Request, house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The stages, the next thing to do, the numbers."""
    desk = poll_desk(house, here, poll)
    context = steps.with_numbers(request, desk)
    context |= {"next": next_step(desk, context["numbers"]), "stage_name": steps.stage_name(desk), "Act": Act}
    seen = desk.has_count and desk.sees_count
    context |= {"result": result(desk) if seen else None, "grades": grades(desk) if seen else None}
    return page(request, "polls/one.html", PollStage=PollStage, **context)


@router.get("/staff/{slug}/polls/{poll}/numbers")
def numbers(request: Request, house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """What the page asks for again by itself."""
    return steps.numbers_again(request, poll_desk(house, here, poll))


@router.get("/staff/{slug}/polls/{poll}/open")
def opening(request: Request, house: TheHouse, here: Opener, poll: UUID) -> Response:
    """The numbers once more before voting begins."""
    return page(request, "polls/open.html", **steps.with_numbers(request, poll_desk(house, here, poll)))


@router.post("/staff/{slug}/polls/{poll}/open")
def open_(request: Request, house: TheHouse, here: Opener, typed: Form, poll: UUID) -> Response:
    """Voting begins."""
    desk = poll_desk(house, here, poll)
    try:
        position = voting.open_poll(
            house.office, house.box, here.by(typed), poll, hall_words=house.hall_words, page=page_hash()
        )
    except Refused as refused:
        return again(request, "polls/open.html", typed, refused, **steps.with_numbers(request, desk))
    return done(request, position, desk.root, _("投票已经开始。"))


@router.get("/staff/{slug}/polls/{poll}/void-cards")
def voiding(request: Request, house: TheHouse, here: Voider, poll: UUID) -> Response:
    """The field for the scanner."""
    return steps.void_page(request, poll_desk(house, here, poll))


@router.post("/staff/{slug}/polls/{poll}/void-cards")
def void(request: Request, house: TheHouse, here: Voider, typed: Form, poll: UUID) -> Response:
    """One card less."""
    return steps.void(request, poll_desk(house, here, poll), typed)


@router.post("/staff/{slug}/polls/{poll}/last-call")
def last_call(request: Request, house: TheHouse, here: Closer, typed: Form, poll: UUID) -> Response:
    """The first step of closing."""
    return steps.call_last(request, poll_desk(house, here, poll), typed)


@router.get("/staff/{slug}/polls/{poll}/close")
def closing(request: Request, house: TheHouse, here: Closer, poll: UUID) -> Response:
    """The second step, to be confirmed."""
    return steps.close_page(request, poll_desk(house, here, poll))


@router.post("/staff/{slug}/polls/{poll}/close")
def close(request: Request, house: TheHouse, here: Closer, typed: Form, poll: UUID) -> Response:
    """Voting is over."""
    return steps.close(request, poll_desk(house, here, poll), typed)


@router.get("/staff/{slug}/polls/{poll}/recount")
def recounting(request: Request, house: TheHouse, here: Counter, poll: UUID) -> Response:
    """What a recount does to the signatures."""
    return page(request, "polls/recount.html", **steps.with_numbers(request, poll_desk(house, here, poll)))


@router.post("/staff/{slug}/polls/{poll}/count")
def count(request: Request, house: TheHouse, here: Counter, typed: Form, poll: UUID) -> Response:
    """Counts, or counts again."""
    desk = poll_desk(house, here, poll)
    position = counting.count_poll(house.office, house.box, house.private, here.by(typed), poll)
    return done(request, position, f"{desk.root}/report", _("计票完成。请核对报告单。"))
