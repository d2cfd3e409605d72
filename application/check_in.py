"""Commands at the check-in desk: attendance, and that a ballot card was drawn."""

from collections.abc import Callable
from unicodedata import normalize
from uuid import UUID, uuid5

from application.congress import session_at
from application.office import By, Desk, Office
from application.polls.electorate import require_elector
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.roll import Roll
from domain.congress.session import (
    Attendance,
    AttendanceFact,
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    Session,
)
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls.opening import CardSetNeeded
from domain.polls.poll import Poll, PollStage
from domain.shared import CROCKFORD, NotFound, normal_code

CODES = UUID("3f0c9f1e-3b0e-5a0c-9a43-7f0d1e6c5b21")
CODE_DIGITS = 10


def check_in_code(session: UUID, delegate: UUID) -> str:
    """What the QR code of a delegate's badge says: ten digits that nobody can guess from a name or a number.

    A code belongs to one session; it only ever checks its holder in, so it is no secret like a card's.
    """
    number = uuid5(CODES, f"{session}/{delegate}").int
    return "".join(CROCKFORD[(number >> 5 * place) & 31] for place in range(CODE_DIGITS))


def found_by(roll: Roll | None, session: UUID, typed: str) -> UUID:
    """The delegate meant by a scanned address, a check-in code or a certificate number. Raises NotFound.

    A scanner types like a keyboard: a Chinese input method may have made its signs full-width.
    """
    last = normalize("NFKC", typed).strip().rstrip("/").rsplit("/", 1)[-1]
    entries = roll.entries if roll else {}
    code = normal_code(last)
    by_number = (delegate for delegate, entry in entries.items() if entry.number == last)
    by_code = (delegate for delegate in entries if check_in_code(session, delegate) == code)
    found = next(by_number, None) or (next(by_code, None) if len(code) == CODE_DIGITS else None)
    if found is None:
        raise NotFound(kind="delegate", id=last[:40])
    return found


def check_in(office: Office, by: By, session: UUID, delegate: UUID) -> int:
    """Notes that a delegate is present. Raises NotPermitted, NotFound or AlreadyCheckedIn."""

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = DelegateCheckedIn(congress=convened.congress, session=session, delegate=delegate)
        return sessions.check_in(state, fact, name)

    return _attend(office, by, Act.CHECK_IN, session, delegate, decide)


def undo_check_in(office: Office, by: By, session: UUID, delegate: UUID) -> int:
    """Takes a wrong check-in back. Raises NotPermitted, NotFound, NotCheckedIn or HoldsCard."""

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = CheckInUndone(congress=convened.congress, session=session, delegate=delegate)
        return sessions.undo_check_in(state, fact, name)

    return _attend(office, by, Act.CHECK_IN, session, delegate, decide)


def draw_card(office: Office, by: By, session: UUID, poll: UUID, delegate: UUID) -> int:
    """Notes that a delegate drew a card for the poll, never which (rule 13).

    Raises NotPermitted, NotFound, NotCheckedIn, CardAlreadyDrawn, SetNotReleased or CardSetNeeded while the cards
    are dead, PollInWrongStage once voting began.
    """

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = CardDrawn(congress=convened.congress, session=session, delegate=delegate, poll=poll)
        return sessions.draw_card(state, fact, name)

    def before(desk: Desk) -> None:
        require_elector(_require_drawing(desk, session, poll).prepared, delegate)

    return _attend(office, by, Act.DRAW_CARD, session, delegate, decide, before)


def undo_draw(office: Office, by: By, session: UUID, poll: UUID, delegate: UUID) -> int:
    """Takes a hand-out back until voting begins; the card itself is voided by scan.

    A poll that was cancelled before it opened holds nobody fast. Raises NotPermitted, NotFound, PollInWrongStage.
    """

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = CardDrawUndone(congress=convened.congress, session=session, delegate=delegate, poll=poll)
        return sessions.undo_draw(state, fact, name)

    def before(desk: Desk) -> None:
        state = _poll_of(desk, session, poll)
        if state.stage is not PollStage.CANCELLED or state.opened is not None:
            polls.in_stage(state, PollStage.PREPARED)

    return _attend(office, by, Act.DRAW_CARD, session, delegate, decide, before)


def _attend(
    office: Office,
    by: By,
    act: Act,
    session: UUID,
    delegate: UUID,
    decide: Callable[[Session, Attendance | None, str], AttendanceFact],
    before: Callable[[Desk], None] = lambda _desk: None,
) -> int:
    stream = sessions.attendance_stream(session, delegate)

    def at(desk: Desk) -> None:
        convened = session_at(desk, session)
        by.actor.require(act, convened.congress)
        roll = desk.load(rolls.roll_stream(convened.congress), rolls.evolve)
        if roll is None or not roll.admits(delegate):
            raise NotFound(kind="delegate", id=str(delegate))
        before(desk)
        state = desk.load(stream, sessions.evolve_attendance)
        desk.add(stream, decide(convened, state, roll.entries[delegate].name))

    return office.record(by, at, trusting=True)


def _require_drawing(desk: Desk, session: UUID, poll: UUID) -> Poll:
    """Cards are drawn once they are released and before the poll opens; who comes later votes on paper."""
    state = polls.in_stage(_poll_of(desk, session, poll), PollStage.PREPARED)
    card_set = desk.load(state.prepared.card_set, card_sets.evolve) if state.prepared.card_set else None
    if card_set is None:
        raise CardSetNeeded
    card_sets.require_live(card_set)
    return state


def _poll_of(desk: Desk, session: UUID, poll: UUID) -> Poll:
    """The poll. Raises NotFound for one of another session."""
    state = desk.load(poll, polls.evolve)
    if state is None or state.prepared.session != session:
        raise NotFound(kind="poll", id=str(poll))
    return state
