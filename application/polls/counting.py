"""Commands that count, sign and declare a closed poll."""

from datetime import date
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.adopting import adopted_by_count, follow_declaration
from application.polls.opening_the_box import agreed_columns
from application.polls.paper_count import differing_in, keypad_columns, paper_columns
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from application.private.store import PrivateStore
from application.private.workings import erase_workings, polls_at_work
from application.signing_in import confirm_password
from domain.accounts.permissions import Act
from domain.polls import declaring
from domain.polls import poll as polls
from domain.polls.ballot import BallotUnreadable
from domain.polls.ballot_form import BallotForm, Row, opened
from domain.polls.before_count import obstacles_to_count, require_countable
from domain.polls.columns import Columns, add_up
from domain.polls.count import canonical_count, count_hash, form_of, returned_in, turnout_of
from domain.polls.declaring import BoxDiffers
from domain.polls.outcome import NoOutcome, Outcome, VoidBecause
from domain.polls.parts import Parts, rules_of, tally_parts
from domain.polls.poll import Poll, PollCounted, PollStage
from domain.polls.raw_columns import as_columns
from domain.shared import Refused


def count_poll(office: Office, box: Box, private: PrivateStore, by: By, poll: UUID) -> int:
    """Counts the closed box, the papers and the keypads by the poll's profile; voids signatures (rule 11).

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, the first of `obstacles_to_count`,
    BoxDiffers, FiguresLost, what the tally refuses (DoesNotAddUp), or TryAgain.
    """
    require_at_table(by.actor, Act.COUNT_POLL, known_poll(office, poll))

    def decide(known: Poll | None) -> PollCounted:
        state = declaring.require_being_counted(known)
        return declaring.record_count(state, _counted(box, private, poll, state))

    return office.change(by, poll, polls.evolve, decide)


def obstacles(private: PrivateStore, poll: UUID, state: Poll) -> tuple[Refused, ...]:
    """Everything that keeps the closed poll from being counted, for a page to name."""
    return obstacles_to_count(state, differing_in(private, poll, state))


def _counted(box: Box, private: PrivateStore, poll: UUID, state: Poll) -> PollCounted:
    parts, outcome = _outcome(box, private, poll, state)
    text = canonical_count(poll, state, turnout_of(state), parts, outcome)
    void_because = outcome.reason.value if isinstance(outcome, NoOutcome) else ""
    return PollCounted(version=1, count=text, count_hash=count_hash(text), void_because=void_because)


def _outcome(box: Box, private: PrivateStore, poll: UUID, state: Poll) -> tuple[Parts, Outcome]:
    """Where R > I the poll is void before anything of it is opened or added up (rule 2)."""
    require_countable(state, differing_in(private, poll, state))
    if returned_in(state) > state.issued:
        return Parts(), NoOutcome(reason=VoidBecause.RETURNED_EXCEEDS_ISSUED)
    parts = Parts(
        electronic=_in_the_box(box, private, poll, state),
        paper=paper_columns(private, poll, state),
        keypad=keypad_columns(private, poll, state),
    )
    return parts, tally_parts(rules_of(state.prepared), state.prepared.items, turnout_of(state), parts)


def _in_the_box(box: Box, private: PrivateStore, poll: UUID, state: Poll) -> Columns | None:
    """The server adds up what is not sealed; of a sealed box it only ever gets columns. Raises BoxDiffers."""
    closed, form = state.closed, form_of(poll, state.prepared)
    if closed is None or not closed.ballots:
        return None
    closing = box.closing(poll)
    if state.is_sealed:
        if (closing.ballots, closing.root) != (closed.ballots, closed.root):
            raise BoxDiffers(recorded=closed.ballots, found=closing.ballots)
        return as_columns(agreed_columns(private, poll, state), rules_of(state.prepared), form)
    ballots = box.ballots(poll)
    if (len(ballots), closing.root) != (closed.ballots, closed.root):
        raise BoxDiffers(recorded=closed.ballots, found=len(ballots))
    return _added_up(form, state, ballots)


def _added_up(form: BallotForm, state: Poll, ballots: list[bytes]) -> Columns:
    rows: list[Row] = []
    undecodable = 0
    for ballot in ballots:
        try:
            rows.append(opened(ballot, form))
        except BallotUnreadable:
            undecodable += 1
    return add_up(rules_of(state.prepared), [item.id for item in state.prepared.items], rows, undecodable=undecodable)


def sign_count(office: Office, private: PrivateStore, by: By, poll: UUID, *, password: str, shown_hash: str) -> int:
    """Signs exactly the count that was shown, proven by the sign-in password (rule 14).

    Raises NotPermitted, NotFound, NotThisPollsScrutineer, PollInWrongStage, CountChanged, AlreadySigned,
    CountNotValid, WrongPassword or TooManyAttempts.
    """
    state = known_poll(office, poll)
    by.actor.require(Act.SIGN_COUNT, state.prepared.congress)
    delegate = by.actor.delegate_in(state.prepared.congress)
    if delegate is None:
        raise declaring.NotThisPollsScrutineer(name=by.actor.name)
    confirm_password(office, private, by.actor.account, password)
    return office.change(
        by,
        poll,
        polls.evolve,
        lambda known: declaring.sign_count(known, delegate=delegate, name=by.actor.name, shown_hash=shown_hash),
    )


def declare_poll(office: Office, private: PrivateStore, by: By, poll: UUID, *, notice_number: str, on: date) -> int:
    """Declares the signed result: projects adopted or passed over, the voted list, the asks of the year.

    The figures before the count are erased then; after a crash in between the next sweep erases them. Raises
    NotPermitted, NotFound, PollInWrongStage, CountNotValid, SignaturesMissing, Missing or ListAlreadyAnnounced.
    """
    congress = known_poll(office, poll).prepared.congress
    by.actor.require(Act.DECLARE_POLL, congress)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(poll, polls.evolve))
        adopted = adopted_by_count(state) if state.counted else ()
        desk.add(poll, declaring.declare_poll(state, on=on, notice_number=notice_number, adopted=adopted))
        follow_declaration(desk, poll, state, on=on, notice_number=notice_number)

    position = office.record(by, decide)
    erase_ended(office, private)
    return position


def erase_ended(office: Office, private: PrivateStore) -> None:
    """Erases the workings of every poll that is declared or ended without a result; nothing happens twice."""
    kept = polls_at_work(private)
    for poll, state in office.states_of(kept, polls.evolve).items():
        if state.stage in (PollStage.DECLARED, PollStage.CANCELLED):
            erase_workings(private, poll)
