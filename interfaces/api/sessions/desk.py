"""The check-in desk: who is there, who drew a card, and who was handed a paper."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Connection

from application import check_in as commands
from application.check_in import check_in_code
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress import roll as rolls
from domain.congress.session import attendance_stream
from domain.shared import NotFound
from interfaces.api._base.callers import At, needing
from interfaces.api._base.operations import operations
from interfaces.api.sessions.models import AtDesk, Exchange, PollBody, Scanned, TheDelegate, TheSession, attendee_shown
from interfaces.web.session.views import known_session
from projections import attendance

router = operations("sessions", read=Scope.SESSIONS_READ, write=Scope.SESSIONS_WRITE)

SESSION = "/congresses/{slug}/sessions/{session}"
ONE = f"{SESSION}/attendees/{{delegate}}"

Attendant = Annotated[At, Depends(needing(Act.CHECK_IN))]


@router.get(ONE, summary="一位代表的签到和领票")
def attendee(here: Attendant, session: TheSession, delegate: TheDelegate) -> AtDesk:
    """One delegate at the desk."""
    here.shows(attendance_stream(session, delegate))
    with here.house.reading.connect() as connection:
        known_session(connection, here.place, session)
        return at_desk(connection, here, session, delegate)


@router.post(f"{SESSION}/check-in", summary="凭码签到", description="签到码、扫到的地址或代表证号，与签到台相同。")
def scan(here: Attendant, session: TheSession, body: Scanned) -> AtDesk:
    """Whoever the code names is present."""
    _require_ours(here, session)
    roll = here.house.office.state_of(rolls.roll_stream(here.congress.id), rolls.evolve)
    delegate = commands.found_by(roll, session, body.code)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.check_in(here.house.office, by, session, delegate))
    return attendee(here, session, delegate)


@router.post(f"{ONE}/check-in", summary="签到")
def check_in(here: Attendant, session: TheSession, delegate: TheDelegate) -> AtDesk:
    """The delegate is present."""
    _require_ours(here, session)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.check_in(here.house.office, by, session, delegate))
    return attendee(here, session, delegate)


@router.post(f"{ONE}/undo-check-in", summary="撤销签到")
def undo_check_in(here: Attendant, session: TheSession, delegate: TheDelegate) -> AtDesk:
    """A wrong check-in is taken back."""
    _require_ours(here, session)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.undo_check_in(here.house.office, by, session, delegate))
    return attendee(here, session, delegate)


@router.post(f"{ONE}/draw", summary="登记领票", description="只登记领了票卡，从不登记是哪一张。")
def draw(here: Attendant, session: TheSession, delegate: TheDelegate, body: PollBody) -> AtDesk:
    """The delegate drew a card, never which."""
    _require_ours(here, session)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.draw_card(here.house.office, by, session, body.poll, delegate))
    return attendee(here, session, delegate)


@router.post(f"{ONE}/undo-draw", summary="撤销领票", description="票卡收回后办理；票卡本身另行作废。")
def undo_draw(here: Attendant, session: TheSession, delegate: TheDelegate, body: PollBody) -> AtDesk:
    """The card came back."""
    _require_ours(here, session)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.undo_draw(here.house.office, by, session, body.poll, delegate))
    return attendee(here, session, delegate)


@router.post(f"{ONE}/issue-paper", summary="登记领纸质票", description="一位代表只能领票卡或纸质票中的一样。")
def issue_paper(here: Attendant, session: TheSession, delegate: TheDelegate, body: PollBody) -> AtDesk:
    """The delegate was handed a paper; after the opening only late arrivals are, where the profile says so."""
    _require_ours(here, session)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.issue_paper(here.house.office, by, session, body.poll, delegate))
    return attendee(here, session, delegate)


@router.post(
    f"{ONE}/exchange-card",
    summary="票卡换纸质票",
    description="投票开始以后，票卡用不了的，收回、扫描、作废，换领纸质票；发出的张数不变。从不记是哪一张。",
)
def exchange_card(here: Attendant, session: TheSession, delegate: TheDelegate, body: Exchange) -> AtDesk:
    """A card that cannot be used came back, and a paper was handed out for it."""
    _require_ours(here, session)
    house, stream = here.house, attendance_stream(session, delegate)
    by = replace(here.by(stream), content=f"{delegate} {body.poll}")
    here.done(commands.exchange_card(house.office, house.box, by, session, body.poll, delegate, body.code))
    return attendee(here, session, delegate)


@router.post(f"{ONE}/undo-paper", summary="退回纸质票", description="没有用过的纸质票收回后办理。")
def undo_paper(here: Attendant, session: TheSession, delegate: TheDelegate, body: PollBody) -> AtDesk:
    """The paper came back unused."""
    _require_ours(here, session)
    by = here.by(attendance_stream(session, delegate))
    here.done(commands.undo_paper(here.house.office, by, session, body.poll, delegate))
    return attendee(here, session, delegate)


def at_desk(connection: Connection, here: At, session: UUID, delegate: UUID) -> AtDesk:
    """A delegate as the desk sees them. Raises NotFound for somebody who is not on the roll."""
    known = attendance.attendee(connection, here.congress.id, session, delegate)
    if known is None:
        raise NotFound(kind="delegate", id=str(delegate))
    cards = sorted(attendance.cards_of(connection, here.congress.id, session, delegate))
    papers = sorted(attendance.papers_of(connection, here.congress.id, session, delegate))
    return AtDesk(
        **attendee_shown(known).model_dump(), code=check_in_code(session, delegate), cards=cards, papers=papers
    )


def _require_ours(here: At, session: UUID) -> None:
    """Raises NotFound for a session of another congress."""
    with here.house.reading.connect() as connection:
        known_session(connection, here.place, session)
