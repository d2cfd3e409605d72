"""The presidium's or the standing committee's decision on open places, as it is recorded."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import second_ballots as commands
from domain.accounts.permissions import Act
from domain.polls.places import DecidedBy
from domain.polls.second_ballots import NothingLeftOpen, open_places
from domain.shared import Refused
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.declaring import require_whole_number
from interfaces.web.polls.desk import PollDesk, around, poll_desk
from interfaces.web.polls.reporting import result
from interfaces.web.polls.sequel import BODIES

router = APIRouter()

Decider = Annotated[Place, Depends(needing(Act.DECIDE_PLACES))]


@router.get("/staff/{slug}/polls/{poll}/places")
def asking(request: Request, house: TheHouse, here: Decider, poll: UUID) -> Response:
    """The items that were left open, to be ticked."""
    desk = poll_desk(house, here, poll)
    form = blank(request, number=f"〔{desk.state.prepared.year}〕", on=house.office.today())
    return page(request, "polls/places.html", form=form, **_context(desk))


@router.post("/staff/{slug}/polls/{poll}/places")
def decide(request: Request, house: TheHouse, here: Decider, typed: Form, poll: UUID) -> Response:
    """Records the decision; the list is supplemented."""
    desk = poll_desk(house, here, poll)
    try:
        number, on, adopted = typed.required("number"), typed.date("on"), _ticked(typed, desk)
        typed.settle()
        require_whole_number(number, "number")
        position = commands.decide_places(house.office, here.by(typed), poll, number=number, on=on, adopted=adopted)
    except Refused as refused:
        return again(request, "polls/places.html", typed, refused, **_context(desk))
    said = _("决定已登记，年度票决清单已增补。") if adopted else _("决定已登记，空缺的名额不再补足。")
    return done(request, position, desk.root, said)


def _ticked(typed: Typed, desk: PollDesk) -> tuple[UUID, ...]:
    chosen = set(typed.texts("adopted"))
    return tuple(item.project for item in desk.state.prepared.items if item.id in chosen)


def _context(desk: PollDesk) -> dict[str, Any]:
    """Raises NothingLeftOpen, or NotFound for a poll that is not counted."""
    left = open_places(desk.state)
    if left is None:
        raise NothingLeftOpen(title=desk.state.prepared.title)
    open_items = [(item.id, f"{item.id}. {item.name}") for item in desk.state.prepared.items if item.id in left.items]
    return around(desk) | {
        "left": left,
        "who": BODIES[(left.by or DecidedBy.PRESIDIUM).value],
        "open_items": open_items,
        "result": result(desk),
    }
