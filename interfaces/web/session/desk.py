"""The check-in desk: one field for scanner and keyboard, one person at a time, cards and papers handed out there."""

from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from application import check_in as commands
from application.office import By
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress.session import AlreadyCheckedIn, CardAlreadyDrawn, PaperAlreadyIssued
from domain.polls import opening
from domain.polls import poll as polls
from domain.polls.poll import Poll, PollStage
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
    """A poll whose cards or papers are handed out at this desk, or are held by the delegate who stands there."""

    id: UUID
    title: str
    is_drawing: bool
    """Whether cards are released and voting has not begun."""
    has_drawn: bool
    may_come_back: bool
    """Whether a card of it can still be taken back: voting has not begun and never will without it."""
    gives_paper: bool = False
    """Whether papers were printed and may be handed out now, after the opening to late arrivals."""
    has_paper: bool = False
    paper_may_come_back: bool = False
    is_open: bool = False

    @property
    def concerns_the_desk(self) -> bool:
        """Whether there is anything to hand out or to take back."""
        return self.is_drawing or self.gives_paper or self.has_drawn or self.has_paper

    @property
    def has_any(self) -> bool:
        """Whether the delegate holds a card or a paper."""
        return self.has_drawn or self.has_paper


class Giving(NamedTuple):
    """What is handed out with the check-in: a card or a paper of a poll, never both."""

    card: UUID | None = None
    paper: UUID | None = None

    @property
    def query(self) -> dict[str, UUID]:
        """As it stands in an address."""
        return {name: poll for name, poll in self._asdict().items() if poll is not None}


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
    paper: UUID | None = None,
    ask: str = "",
) -> Response:
    """The field, and the delegate who was checked in last; with `ask` first the one whose code a phone scanned."""
    return _page(request, house, here, session, delegate=delegate, giving=Giving(card, paper), ask=bool(ask))


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
    giving, asked = _giving(typed), typed.text("q")
    if giving.card and giving.paper:
        said = Said("bad", _("票卡和纸质票只能领一样，请只勾选一样。"))
        return _page(request, house, here, session, status=422, said=said)
    if not asked and not typed.text("delegate"):
        return _page(request, house, here, session, giving=giving)
    try:
        delegate = typed.id("delegate") if typed.text("delegate") else _found(house, here, session, asked)
        typed.settle()
    except NotFound:
        return _offer(request, house, here, session, asked, giving)
    try:
        position = _check_in(house, here, session, delegate, typed, giving)
    except Refused as refused:
        return _refused(request, house, here, session, refused, delegate=delegate, giving=giving)
    return done(request, position, _address(here, session, delegate, giving))


@router.post(f"{PATH}/{{act}}")
def put_right(request: Request, house: TheHouse, here: Attendant, session: UUID, act: str, typed: Form) -> Response:
    """Takes a check-in back; hands a card or a paper out or takes that back."""
    delegate, giving = typed.id("delegate"), _giving(typed)
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
            case "paper":
                position = commands.issue_paper(office, by, session, poll, delegate)
            case "exchange":
                by = By(actor=here.actor, key=f"{typed.key}/{delegate}" if typed.key else "")
                card = typed.required("code")
                typed.settle()
                position = commands.exchange_card(office, house.box, by, session, poll, delegate, card)
            case "undo-paper":
                position = commands.undo_paper(office, by, session, poll, delegate)
            case _:
                raise NotFound(kind="page", id=act)
    except Refused as refused:
        return _refused(request, house, here, session, refused, delegate=delegate, giving=giving)
    return done(request, position, _address(here, session, delegate, giving))


def _giving(typed: Typed) -> Giving:
    return Giving(*(typed.id(name) if typed.text(name) else None for name in Giving._fields))


def _check_in(house: House, here: Place, session: UUID, delegate: UUID, typed: Typed, giving: Giving) -> int:
    """Checks in and, where that is wanted, hands a card or paper out; who is present already only gets that."""
    _require_ours(house, here, session)
    by = here.by(typed)
    try:
        position = commands.check_in(house.office, by, session, delegate)
    except AlreadyCheckedIn:
        if not giving.query:
            raise
        position = 0
    try:
        if giving.card is not None:
            return commands.draw_card(house.office, by.step("card"), session, giving.card, delegate)
        if giving.paper is not None:
            return commands.issue_paper(house.office, by.step("paper"), session, giving.paper, delegate)
    except (CardAlreadyDrawn, PaperAlreadyIssued):
        if not position:
            raise
    return position


def _offer(request: Request, house: House, here: Place, session: UUID, asked: str, giving: Giving) -> Response:
    with house.reading.connect() as connection:
        known_session(connection, here, session)
        found = attendance.attendees(connection, here.congress.id, session, named=asked, limit=MOST_FOUND + 1)
    if not found:
        said = Said("bad", _("没有找到“%(asked)s”。请核对姓名或代表证号。", asked=asked[:40]))
        return _page(request, house, here, session, status=404, said=said, giving=giving)
    more = len(found) > MOST_FOUND
    return _page(request, house, here, session, found=found[:MOST_FOUND], more=more, asked=asked, giving=giving)


def _refused(
    request: Request, house: House, here: Place, session: UUID, refused: Refused, *, delegate: UUID, giving: Giving
) -> Response:
    kind = "warn" if isinstance(refused, (AlreadyCheckedIn, CardAlreadyDrawn, PaperAlreadyIssued)) else "bad"
    said = Said(kind, sentence(refused))
    return _page(request, house, here, session, status=status_of(refused), said=said, delegate=delegate, giving=giving)


def _page(
    request: Request,
    house: House,
    here: Place,
    session: UUID,
    *,
    status: int = 200,
    said: Said | None = None,
    delegate: UUID | None = None,
    giving: Giving = Giving(),  # noqa: B008  # a tuple that nobody can change
    ask: bool = False,
    **shown: object,
) -> Response:
    with house.reading.connect() as connection:
        known = known_session(connection, here, session)
        now = standing(house, connection, here, session)
        person = attendance.attendee(connection, here.congress.id, session, delegate) if delegate else None
        shown_polls = _polls(house, connection, here, session, person)
        latest = attendance.latest(connection, here.congress.id, session, by=here.actor.account, limit=LATEST)
    drawing = [poll for poll in shown_polls if poll.is_drawing]
    on_paper = [poll for poll in shown_polls if poll.gives_paper]
    giving = Giving(
        card=giving.card if any(poll.id == giving.card for poll in drawing) else None,
        paper=giving.paper if any(poll.id == giving.paper for poll in on_paper) else None,
    )
    context: dict[str, Any] = {"found": [], "more": False, "asked": "", **shown}
    return page(
        request,
        "session/desk.html",
        status=status,
        session=known,
        standing=now,
        person=person,
        asks=ask and person is not None and not person.is_present,
        polls=shown_polls,
        drawing=drawing,
        on_paper=on_paper,
        giving=giving.query,
        asked_with=urlencode(giving.query),
        desk_says=said,
        latest=[one for one in latest if person is None or one.id != person.id],
        may_draw=here.may(Act.DRAW_CARD),
        root=f"/staff/{here.congress.slug}/sessions/{session}",
        **context,
    )


def _polls(house: House, connection: Connection, here: Place, session: UUID, person: Attendee | None) -> list[DeskPoll]:
    cards = attendance.cards_of(connection, here.congress.id, session, person.id) if person else set()
    papers = attendance.papers_of(connection, here.congress.id, session, person.id) if person else set()
    live = {one.id for one in card_shelf.sets_of(connection, session) if one.released and one.discarded is None}
    listed = [poll.id for poll in poll_board.polls_of_session(connection, session)]
    states = house.office.states_of(listed, polls.evolve)
    shown = [_desk_poll(poll, states[poll], live, cards, papers) for poll in listed]
    return [poll for poll in shown if poll.concerns_the_desk]


def _desk_poll(poll: UUID, state: Poll, live: set[UUID], cards: set[UUID], papers: set[UUID]) -> DeskPoll:
    prepared, preparing = state.prepared, state.stage is PollStage.PREPARED
    gone = state.stage is PollStage.CANCELLED and state.opened is None
    on_paper = _hands_out_papers(state)
    return DeskPoll(
        id=poll,
        title=prepared.title,
        is_drawing=preparing and prepared.card_set in live,
        has_drawn=poll in cards,
        may_come_back=preparing or gone,
        gives_paper=on_paper and (state.papers.printed > 0 or prepared.card_set is None),
        has_paper=poll in papers,
        paper_may_come_back=on_paper or gone,
        is_open=state.stage is PollStage.OPEN,
    )


def _hands_out_papers(state: Poll) -> bool:
    try:
        opening.require_papers(state)
    except Refused:
        return False
    return True


def _found(house: House, here: Place, session: UUID, typed: str) -> UUID:
    """Whom a code, an address or a certificate number names. Raises NotFound."""
    roll = house.office.state_of(rolls.roll_stream(here.congress.id), rolls.evolve)
    return commands.found_by(roll, session, typed)


def _require_ours(house: House, here: Place, session: UUID) -> None:
    """Raises NotFound for a session of another congress."""
    with house.reading.connect() as connection:
        known_session(connection, here, session)


def _address(here: Place, session: UUID, delegate: UUID, giving: Giving) -> str:
    query = urlencode({"delegate": delegate} | giving.query)
    return f"/staff/{here.congress.slug}/sessions/{session}/check-in?{query}"
