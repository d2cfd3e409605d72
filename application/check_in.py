"""Commands at the check-in desk: attendance, and that a ballot card was drawn or a paper handed out."""

from collections.abc import Callable, Iterator
from typing import cast
from unicodedata import normalize
from uuid import UUID, uuid5

from application.congress import session_at
from application.history.box import Box
from application.history.history import History, Noticed
from application.office import By, Desk, Office
from application.polls.cards import card_numbers, scanned_card
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
    PaperIssued,
    PaperIssueUndone,
    Session,
)
from domain.polls import card_set as card_sets
from domain.polls import opening
from domain.polls import poll as polls
from domain.polls.ballot import CardIsVoid, VoidReason
from domain.polls.card import CardId
from domain.polls.opening import CardSetNeeded
from domain.polls.poll import Poll, PollOpened, PollStage
from domain.polls.voiding import VoidingNoted, voiding_stream
from domain.polls.voiding import evolve as evolve_voidings
from domain.shared import CROCKFORD, NotFound, normal_code

CODES = UUID("3f0c9f1e-3b0e-5a0c-9a43-7f0d1e6c5b21")
CODE_DIGITS = 10

_VOTING = (PollStage.PREPARED, PollStage.OPEN)
"""While cards and papers of a poll are in people's hands."""

_COMING_AND_GOING = (DelegateCheckedIn, CheckInUndone)
_BATCH = 500


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
    """Takes a wrong check-in back, or notes that somebody left between two polls.

    Raises NotPermitted, NotFound, NotCheckedIn, HoldsCard or HoldsPaper.
    """
    over: set[UUID] = set()

    def before(desk: Desk) -> None:
        state = desk.load(sessions.attendance_stream(session, delegate), sessions.evolve_attendance)
        held = state.drawn | state.papers if state else frozenset()
        over.clear()
        over.update(poll for poll, known in desk.load_many(held, polls.evolve).items() if known.stage not in _VOTING)

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = CheckInUndone(congress=convened.congress, session=session, delegate=delegate)
        return sessions.undo_check_in(state, fact, name, over=frozenset(over))

    return _attend(office, by, Act.CHECK_IN, session, delegate, decide, before, trusting=False)


def draw_card(office: Office, by: By, session: UUID, poll: UUID, delegate: UUID) -> int:
    """Notes that a delegate drew a card for the poll, never which (rule 13).

    Raises NotPermitted, NotFound, NotCheckedIn, CardAlreadyDrawn, HoldsPaper, VotesByKeypad, SetNotReleased or
    CardSetNeeded while the cards are dead, PollInWrongStage once voting began.
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


def issue_paper(office: Office, by: By, session: UUID, poll: UUID, delegate: UUID) -> int:
    """Notes that a delegate was handed a ballot paper: before voting begins, and to late arrivals by the profile.

    Raises NotPermitted, NotFound, NotCheckedIn, PaperAlreadyIssued, HoldsCard, VotesByKeypad, TooLateForThisPoll or
    PollInWrongStage.
    """
    late = False

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = PaperIssued(congress=convened.congress, session=session, delegate=delegate, poll=poll, late=late)
        return sessions.issue_paper(state, fact, name)

    def before(desk: Desk) -> None:
        nonlocal late
        state = opening.require_papers(_poll_of(desk, session, poll))
        require_elector(state.prepared, delegate)
        stream = sessions.attendance_stream(session, delegate)
        late = state.stage is PollStage.OPEN and came_late(office.history, poll, stream)

    return _attend(office, by, Act.DRAW_CARD, session, delegate, decide, before)


def undo_paper(office: Office, by: By, session: UUID, poll: UUID, delegate: UUID) -> int:
    """Takes a paper back that was entered by mistake or comes back unused.

    A poll that was cancelled holds nobody fast. Raises NotPermitted, NotFound or PollInWrongStage.
    """

    def decide(convened: Session, state: Attendance | None, name: str) -> AttendanceFact:
        fact = PaperIssueUndone(congress=convened.congress, session=session, delegate=delegate, poll=poll)
        return sessions.undo_paper(state, fact, name)

    def before(desk: Desk) -> None:
        state = _poll_of(desk, session, poll)
        if state.stage is not PollStage.CANCELLED or state.opened is not None:
            opening.require_papers(state)

    return _attend(office, by, Act.DRAW_CARD, session, delegate, decide, before)


def exchange_card(office: Office, box: Box, by: By, session: UUID, poll: UUID, delegate: UUID, typed: str) -> int:
    """While voting goes on, a delegate whose card cannot be used gives it back and is handed a paper.

    Only against the card itself, which is scanned and voided; I stays as it was (rule 13). Raises NotPermitted,
    NotFound, PollInWrongStage, MistypedCode, UnknownCard, CardOfAnotherSet, CardIsVoid, CardHasBallot, Busy or
    TryAgain.
    """
    stream, desk_stream = sessions.attendance_stream(session, delegate), voiding_stream(poll, by.actor.account)
    is_voided = False

    def decide(convened: Session, state: Attendance | None, name: str) -> tuple[AttendanceFact, ...]:
        congress = convened.congress
        gone = CardDrawUndone(congress=congress, session=session, delegate=delegate, poll=poll)
        given = PaperIssued(congress=congress, session=session, delegate=delegate, poll=poll)
        back = sessions.undo_draw(state, gone, name)
        return back, sessions.issue_paper(sessions.evolve_attendance(state, back), given, name)

    def before(desk: Desk) -> None:
        nonlocal is_voided
        state = polls.in_stage(_poll_of(desk, session, poll), PollStage.OPEN)
        by.actor.require(Act.VOID_CARD, state.prepared.congress)
        card = scanned_card(office, poll, typed)
        holder = desk.load(stream, sessions.evolve_attendance)
        if holder is None or poll not in holder.drawn:
            raise NotFound(kind="card", id=str(delegate))
        if not is_voided:
            _require_live(desk, box, poll, state, card)
            box.void(poll, card, VoidReason.SPOILED)
            is_voided = True
        desk.load(desk_stream, evolve_voidings)
        noted = VoidingNoted(congress=state.prepared.congress, poll=poll, reason=VoidReason.SPOILED)
        desk.add(desk_stream, noted)

    return _attend(office, by, Act.DRAW_CARD, session, delegate, decide, before, trusting=False)


def _require_live(desk: Desk, box: Box, poll: UUID, state: Poll, card: CardId) -> None:
    """A void card is exchanged only where a process ended between voiding it and recording that: one card is missing.

    Raises CardIsVoid.
    """
    if box.is_void(poll, card):
        numbers = card_numbers(desk, box, poll, state)
        if numbers.live != numbers.drawn - 1:
            raise CardIsVoid


def came_late(history: History, poll: UUID, attendance: UUID) -> bool:
    """Whether a delegate was not there when the poll opened, by the order in which both were recorded."""
    opened = next(one.position for one in _noticed(history, 0, (PollOpened,)) if one.stream == poll)
    since = (one.version for one in _noticed(history, opened, _COMING_AND_GOING) if one.stream == attendance)
    facts = history.facts_of([attendance]).get(attendance, [])
    then: Attendance | None = None
    for fact in facts[: min(since, default=len(facts) + 1) - 1]:
        then = sessions.evolve_attendance(then, cast("AttendanceFact", fact))
    return then is None or not then.present


def _noticed(history: History, after: int, kinds: tuple[type, ...]) -> Iterator[Noticed]:
    upto = history.last_position()
    while after < upto:
        found = history.select(after, _BATCH, upto=upto, kinds=kinds)
        yield from found
        after = found[-1].position if len(found) == _BATCH else upto


def _attend(
    office: Office,
    by: By,
    act: Act,
    session: UUID,
    delegate: UUID,
    decide: Callable[[Session, Attendance | None, str], AttendanceFact | tuple[AttendanceFact, ...]],
    before: Callable[[Desk], None] = lambda _desk: None,
    *,
    trusting: bool = True,
) -> int:
    """What touches more than the desk, such as the box, is not decided on memory alone."""
    stream = sessions.attendance_stream(session, delegate)

    def at(desk: Desk) -> None:
        convened = session_at(desk, session)
        by.actor.require(act, convened.congress)
        roll = desk.load(rolls.roll_stream(convened.congress), rolls.evolve)
        if roll is None or not roll.admits(delegate):
            raise NotFound(kind="delegate", id=str(delegate))
        before(desk)
        state = desk.load(stream, sessions.evolve_attendance)
        decided = decide(convened, state, roll.entries[delegate].name)
        desk.add(stream, *(decided if isinstance(decided, tuple) else (decided,)))

    return office.record(by, at, trusting=trusting)


def _require_drawing(desk: Desk, session: UUID, poll: UUID) -> Poll:
    """Cards are drawn once they are released and before the poll opens; who comes later votes on paper."""
    state = _poll_of(desk, session, poll)
    card_set = desk.load(opening.require_cards(state), card_sets.evolve)
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
