"""The check-in desk: one field for scanner and keyboard, one person at a time, cards handed out beside it."""

from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from application import check_in as commands
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress.session import AlreadyCheckedIn, CardAlreadyDrawn
from domain.polls.poll import PollStage
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Here, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import done, led_to, page
from interfaces.web._base.sentences import sentence, status_of
from interfaces.web.session.codes import session_of_number
from interfaces.web.session.views import known_session, standing
from projections import attendance, card_shelf, poll_board
from projections.attendance import Attendee

router = APIRouter()

PATH = "/staff/{slug}/sessions/{session}/check-in"
MOST_FOUND = 20
LATEST = 6

Attendant = Annotated[Place, Depends(needing(Act.CHECK_IN))]


class DeskPoll(NamedTuple):
    """A poll whose cards are drawn at this desk, or were drawn by the delegate who stands there."""

    id: UUID
    title: str
    is_drawing: bool
    """Whether cards are released and voting has not begun."""
    has_drawn: bool
    may_come_back: bool
    """Whether a card of it can still be taken back: voting has not begun and never will without it."""


class Said(NamedTuple):
    """What the desk says about what was just typed or scanned; `kind` as for tags."""

    kind: str
    words: str


@router.get(PATH)
def desk(
    request: Request,
    house: TheHouse,
    here: Attendant,
    session: UUID,
    delegate: UUID | None = None,
    card: UUID | None = None,
    ask: str = "",
) -> Response:
    """The field, and the delegate who was checked in last; with `ask` first the one whose code a phone scanned."""
    return _page(request, house, here, session, delegate=delegate, card=card, ask=bool(ask))


@router.get("/staff/{slug}/check-in/{number}/{code}")
def scanned(request: Request, house: TheHouse, here: Here, number: str, code: str) -> Response:
    """What a phone opens that scanned a delegate's code: the delegate with a button to check in."""
    if not here.may(Act.CHECK_IN):
        return page(request, "session/not_yours.html")
    session = session_of_number(here.congress.id, number)
    if session is None:
        raise NotFound(kind="session", id=number)
    with house.reading.connect() as connection:
        known_session(connection, here, session)
    delegate = _found(house, here, session, code)
    return led_to(request, f"/staff/{here.congress.slug}/sessions/{session}/check-in?delegate={delegate}&ask=yes")


@router.post(PATH)
def check_in(request: Request, house: TheHouse, here: Attendant, session: UUID, typed: Form) -> Response:
    """Checks in whom the code or number names, or offers those whose name was typed."""
    card = typed.id("card") if typed.text("card") else None
    asked = typed.text("q")
    if not asked and not typed.text("delegate"):
        return _page(request, house, here, session, card=card)
    try:
        delegate = typed.id("delegate") if typed.text("delegate") else _found(house, here, session, asked)
        typed.settle()
    except NotFound:
        return _offer(request, house, here, session, asked, card)
    try:
        position = _check_in(house, here, session, delegate, typed, card)
    except Refused as refused:
        return _refused(request, house, here, session, refused, delegate=delegate, card=card)
    return done(request, position, _address(here, session, delegate, card))


@router.post(f"{PATH}/{{act}}")
def put_right(request: Request, house: TheHouse, here: Attendant, session: UUID, act: str, typed: Form) -> Response:
    """Takes a check-in back; hands a card out or takes that back."""
    delegate, card = typed.id("delegate"), typed.id("card") if typed.text("card") else None
    by, office = here.by(typed), house.office
    _require_ours(house, here, session)
    try:
        poll = typed.id("poll") if act != "undo" else UUID(int=0)
        typed.settle()
        match act:
            case "undo":
                position = commands.undo_check_in(office, by, session, delegate)
            case "draw":
                position = commands.draw_card(office, by, session, poll, delegate)
            case "undo-draw":
                position = commands.undo_draw(office, by, session, poll, delegate)
            case _:
                raise NotFound(kind="page", id=act)
    except Refused as refused:
        return _refused(request, house, here, session, refused, delegate=delegate, card=card)
    return done(request, position, _address(here, session, delegate, card))


def _check_in(house: House, here: Place, session: UUID, delegate: UUID, typed: Typed, card: UUID | None) -> int:
    """Checks in and, where that is wanted, hands out a card; who is present already only gets the card."""
    _require_ours(house, here, session)
    by = here.by(typed)
    try:
        position = commands.check_in(house.office, by, session, delegate)
    except AlreadyCheckedIn:
        if card is None:
            raise
        position = 0
    if card is None:
        return position
    try:
        return commands.draw_card(house.office, by.step("card"), session, card, delegate)
    except CardAlreadyDrawn:
        if position:
            return position
        raise


def _offer(request: Request, house: House, here: Place, session: UUID, asked: str, card: UUID | None) -> Response:
    with house.reading.connect() as connection:
        known_session(connection, here, session)
        found = attendance.attendees(connection, here.congress.id, session, named=asked, limit=MOST_FOUND + 1)
    if not found:
        said = Said("bad", _("没有找到“%(asked)s”。请核对姓名或代表证号。", asked=asked[:40]))
        return _page(request, house, here, session, status=404, said=said, card=card)
    more = len(found) > MOST_FOUND
    return _page(request, house, here, session, found=found[:MOST_FOUND], more=more, asked=asked, card=card)


def _refused(
    request: Request, house: House, here: Place, session: UUID, refused: Refused, *, delegate: UUID, card: UUID | None
) -> Response:
    kind = "warn" if isinstance(refused, (AlreadyCheckedIn, CardAlreadyDrawn)) else "bad"
    said = Said(kind, sentence(refused))
    return _page(request, house, here, session, status=status_of(refused), said=said, delegate=delegate, card=card)


def _page(
    request: Request,
    house: House,
    here: Place,
    session: UUID,
    *,
    status: int = 200,
    said: Said | None = None,
    delegate: UUID | None = None,
    card: UUID | None = None,
    ask: bool = False,
    **shown: object,
) -> Response:
    with house.reading.connect() as connection:
        known = known_session(connection, here, session)
        now = standing(house, connection, here, session)
        person = attendance.attendee(connection, here.congress.id, session, delegate) if delegate else None
        polls = _polls(connection, here, session, person)
        latest = attendance.latest(connection, here.congress.id, session, by=here.actor.account, limit=LATEST)
    drawing = [poll for poll in polls if poll.is_drawing]
    context: dict[str, Any] = {"found": [], "more": False, "asked": "", **shown}
    return page(
        request,
        "session/desk.html",
        status=status,
        session=known,
        standing=now,
        person=person,
        asks=ask and person is not None and not person.is_present,
        polls=polls,
        drawing=drawing,
        card=card if any(poll.id == card for poll in drawing) else None,
        desk_says=said,
        latest=[one for one in latest if person is None or one.id != person.id],
        may_draw=here.may(Act.DRAW_CARD),
        root=f"/staff/{here.congress.slug}/sessions/{session}",
        **context,
    )


def _polls(connection: Connection, here: Place, session: UUID, person: Attendee | None) -> list[DeskPoll]:
    held = attendance.cards_of(connection, here.congress.id, session, person.id) if person else set()
    live = {one.id for one in card_shelf.sets_of(connection, session) if one.released and one.discarded is None}
    shown = [
        DeskPoll(
            id=poll.id,
            title=poll.title,
            is_drawing=poll.stage is PollStage.PREPARED and poll.card_set in live,
            has_drawn=poll.id in held,
            may_come_back=poll.stage is PollStage.PREPARED
            or (poll.stage is PollStage.CANCELLED and poll.opened_at is None),
        )
        for poll in poll_board.polls_of_session(connection, session)
    ]
    return [poll for poll in shown if poll.is_drawing or poll.has_drawn]


def _found(house: House, here: Place, session: UUID, typed: str) -> UUID:
    """Whom a code, an address or a certificate number names. Raises NotFound."""
    roll = house.office.state_of(rolls.roll_stream(here.congress.id), rolls.evolve)
    return commands.found_by(roll, session, typed)


def _require_ours(house: House, here: Place, session: UUID) -> None:
    """Raises NotFound for a session of another congress."""
    with house.reading.connect() as connection:
        known_session(connection, here, session)


def _address(here: Place, session: UUID, delegate: UUID, card: UUID | None) -> str:
    query = urlencode({"delegate": delegate} | ({"card": card} if card else {}))
    return f"/staff/{here.congress.slug}/sessions/{session}/check-in?{query}"
