"""Commands that count, sign and declare a closed poll."""

from datetime import date
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.adopting import adopted_by_count, follow_declaration
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from application.private.store import PrivateStore
from application.signing_in import confirm_password
from domain.accounts.permissions import Act
from domain.polls import declaring
from domain.polls import poll as polls
from domain.polls.ballot import BallotUnreadable
from domain.polls.ballot_form import BallotForm, Row, opened
from domain.polls.columns import Columns, add_up
from domain.polls.count import canonical_count, count_hash, form_of
from domain.polls.declaring import BoxDiffers
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.poll import Poll, PollCounted, PollInWrongStage, PollPrepared


def count_poll(office: Office, box: Box, by: By, poll: UUID) -> int:
    """Counts what lies in the closed box by the poll's profile; a recount voids the signatures (rule 11).

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, CardsNotAccounted, BoxDiffers or
    TryAgain.
    """
    state = known_poll(office, poll)
    require_at_table(by.actor, Act.COUNT_POLL, state)
    counted = _count(box, poll, state)
    return office.change(by, poll, polls.evolve, lambda known: declaring.record_count(known, counted))


def _count(box: Box, poll: UUID, state: Poll) -> PollCounted:
    if state.opened is None or state.closed is None:
        raise PollInWrongStage(stage=state.stage.value)
    closing, ballots = box.closing(poll), box.ballots(poll)
    if (len(ballots), closing.root) != (state.closed.ballots, state.closed.root):
        raise BoxDiffers(recorded=state.closed.ballots, found=len(ballots))
    columns = _columns(form_of(poll, state.prepared), state.prepared, ballots)
    turnout = Turnout(
        all_delegates=state.opened.all_delegates, attending=state.opened.attending, issued=state.opened.issued
    )
    parts = Parts(electronic=columns)
    outcome = tally_parts(state.prepared.profile, state.prepared.items, turnout, parts)
    text = canonical_count(poll, state, turnout, parts, outcome)
    void_because = outcome.reason.value if isinstance(outcome, NoOutcome) else ""
    return PollCounted(version=1, count=text, count_hash=count_hash(text), void_because=void_because)


def _columns(form: BallotForm, prepared: PollPrepared, ballots: list[bytes]) -> Columns:
    rows: list[Row] = []
    undecodable = 0
    for ballot in ballots:
        try:
            rows.append(opened(ballot, form))
        except BallotUnreadable:
            undecodable += 1
    return add_up(prepared.profile, [item.id for item in prepared.items], rows, undecodable=undecodable)


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


def declare_poll(office: Office, by: By, poll: UUID, *, notice_number: str, on: date) -> int:
    """Declares the signed result: projects adopted or passed over, the voted list, the asks of the year.

    Raises NotPermitted, NotFound, PollInWrongStage, CountNotValid, SignaturesMissing, Missing or
    ListAlreadyAnnounced.
    """
    congress = known_poll(office, poll).prepared.congress
    by.actor.require(Act.DECLARE_POLL, congress)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(poll, polls.evolve))
        adopted = adopted_by_count(state) if state.counted else ()
        desk.add(poll, declaring.declare_poll(state, on=on, notice_number=notice_number, adopted=adopted))
        follow_declaration(desk, poll, state, on=on, notice_number=notice_number)

    return office.record(by, decide)
