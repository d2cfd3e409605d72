"""Holding a poll again: the second ballot on open places, the repetition of one without a result."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.office import By
from application.polls import second_ballots as commands
from domain.accounts.permissions import Act
from domain.polls.poll import PollStage
from domain.polls.second_ballots import NothingLeftOpen, open_places, waits_for_second_ballot
from domain.shared import Refused
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.desk import PollDesk, around, poll_desk
from interfaces.web.polls.giving import Giving, giving, known, offered

router = APIRouter()

Preparer = Annotated[Place, Depends(needing(Act.PREPARE_POLL))]


@router.get("/staff/{slug}/polls/{poll}/again")
def asking(request: Request, house: TheHouse, here: Preparer, poll: UUID) -> Response:
    """Everything filled in: a spare set is all there is to choose."""
    desk = poll_desk(house, here, poll)
    context = _context(desk)
    form = blank(request, title=_title(desk), **known(context, desk.state.prepared))
    return page(request, "polls/again.html", form=form, **context)


@router.post("/staff/{slug}/polls/{poll}/again")
def prepare(request: Request, house: TheHouse, here: Preparer, typed: Form, poll: UUID) -> Response:
    """Prepares the poll that follows this one."""
    desk = poll_desk(house, here, poll)
    new = house.office.new_id(here.by(typed), "poll")
    try:
        title, given, waiver = typed.required("title"), giving(typed), typed.text("waiver")
        typed.settle()
        position = hold_again(desk, here.by(typed), new, title=title, given=given, waiver=waiver)
    except Refused as refused:
        return again(request, "polls/again.html", typed, refused, **_context(desk))
    url = f"/staff/{here.congress.slug}/polls/{new}"
    return done(request, position, url, _("已经准备好，监票人沿用上一次的。请接着启用票卡、发卡。"))


def hold_again(desk: PollDesk, by: By, new: UUID, *, title: str, given: Giving, waiver: str) -> int:
    """A declared poll has a second ballot, a cancelled one is repeated. Raises what the commands refuse."""
    house = desk.house
    holding: Callable[..., int] = commands.repeat_poll
    if desk.stage is not PollStage.CANCELLED:
        holding = partial(commands.prepare_second_ballot, waiver=waiver)
    return holding(
        house.office,
        house.box,
        by,
        new,
        parent=desk.id,
        title=title,
        card_set=given.card_set,
        sealing=given.sealing,
        paper_colour=given.paper_colour,
    )


def _title(desk: PollDesk) -> str:
    title = desk.state.prepared.title
    if desk.stage is PollStage.CANCELLED:
        return _("%(title)s（重新票决）", title=title)
    return _("%(title)s（第二轮）", title=title)


def _context(desk: PollDesk) -> dict[str, Any]:
    """Raises NothingLeftOpen for a poll that nothing follows."""
    state = desk.state
    repeats = state.stage is PollStage.CANCELLED and state.opened is not None
    if not repeats and not waits_for_second_ballot(state):
        raise NothingLeftOpen(title=state.prepared.title)
    left = None if repeats else open_places(state)
    items = [item for item in state.prepared.items if left is None or item.id in left.items]
    equal = left is not None and len(items) <= left.places
    return around(desk) | {
        "repeats": repeats,
        "left": left,
        "items": items,
        "equal": equal,
        **offered(desk.house, state.prepared.session),
    }
