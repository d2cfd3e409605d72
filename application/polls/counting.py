"""Commands that count, sign and declare a closed poll."""

from datetime import date
from typing import Any
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from application.private.store import PrivateStore
from application.signing_in import confirm_password
from domain.accounts.permissions import Act
from domain.asks import ask as asks
from domain.asks.ask import AskIssued, AskKind
from domain.congress import session as sessions
from domain.polls import declaring
from domain.polls import poll as polls
from domain.polls.ballot import BallotUnreadable
from domain.polls.ballot_form import BallotForm, Row, opened
from domain.polls.columns import Columns, add_up
from domain.polls.count import canonical_count, count_hash, form_of, open_items, read_count
from domain.polls.declaring import BoxDiffers
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.poll import Poll, PollCounted, PollInWrongStage, PollPrepared
from domain.polls.tally import tally
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.projects.project import Project, VoteOnProject
from domain.projects.voted_list import AdoptedProject
from domain.shared import NotFound


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
    outcome = tally(state.prepared.profile, state.prepared.items, turnout, columns)
    text = canonical_count(poll, state, state.closed, turnout, columns, outcome)
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
        count = read_count(polls.counted_in(state).count)
        adopted_ids = count["outcome"].get("adopted", [])
        project_of = {item.id: item.project for item in state.prepared.items}
        adopted = tuple(project_of[item] for item in adopted_ids)
        desk.add(poll, declaring.declare_poll(state, on=on, notice_number=notice_number, adopted=adopted))
        known = desk.load_many(project_of.values(), projects.evolve)
        _decide_projects(desk, poll, state, count, known, on=on, notice_number=notice_number.strip())
        _announce(desk, poll, state, known, adopted, on=on, notice_number=notice_number)
        _issue_asks(desk, state, known, adopted)

    return office.record(by, decide)


def _decide_projects(
    desk: Desk,
    poll: UUID,
    state: Poll,
    count: dict[str, Any],
    known: dict[UUID, Project],
    *,
    on: date,
    notice_number: str,
) -> None:
    left_open = open_items(count)
    numbers = {item: number for number, item in enumerate(count["outcome"]["adopted"], start=1)}
    results = {item["id"]: item for item in count["outcome"]["items"]}
    for item in state.prepared.items:
        vote = _vote(poll, count, results[item.id])
        project = known.get(item.project)
        if item.id in numbers:
            number = numbers[item.id]
            fact = projects.adopt_project(project, number=number, on=on, notice_number=notice_number, vote=vote)
            desk.add(item.project, fact)
        elif item.id not in left_open:
            desk.add(item.project, projects.pass_over_project(project, on=on, vote=vote))


def _vote(poll: UUID, count: dict[str, Any], result: dict[str, Any]) -> VoteOnProject:
    return VoteOnProject(
        poll=poll,
        votes_for=result["for"],
        against=result["against"],
        abstain=result["abstain"],
        all_delegates=count["all_delegates"],
        attending=count["attending"],
        needed=result["needed"],
        rank=result["rank"],
        passed=result["passed"],
        candidates=len(count["items"]),
    )


def _announce(
    desk: Desk,
    poll: UUID,
    state: Poll,
    known: dict[UUID, Project],
    adopted: tuple[UUID, ...],
    *,
    on: date,
    notice_number: str,
) -> None:
    congress, year = state.prepared.congress, state.prepared.year
    stream = voted_lists.voted_list_stream(congress, year)
    lines = tuple(
        AdoptedProject(project=project, number=number, name=known[project].card.name)
        for number, project in enumerate(adopted, start=1)
    )
    current = desk.load(stream, voted_lists.evolve)
    desk.add(
        stream,
        voted_lists.announce_list(
            current, congress=congress, year=year, poll=poll, notice_number=notice_number, on=on, projects=lines
        ),
    )


def _issue_asks(desk: Desk, state: Poll, known: dict[UUID, Project], adopted: tuple[UUID, ...]) -> None:
    """Ask 2 goes to the congress's own office, asks 3 and 4 to the lead unit of every adopted project."""
    session = desk.load(state.prepared.session, sessions.evolve)
    if session is None:
        raise NotFound(kind="session", id=str(state.prepared.session))
    _issue(desk, state, AskKind.RESULT, None, session_ends_on=session.ends_on)
    for project in adopted:
        for kind in (AskKind.PROGRESS, AskKind.SUMMARY):
            _issue(desk, state, kind, (project, known[project]))


def _issue(
    desk: Desk,
    state: Poll,
    kind: AskKind,
    about: tuple[UUID, Project] | None,
    session_ends_on: date | None = None,
) -> None:
    congress, year = state.prepared.congress, state.prepared.year
    opens_on, due_on = asks.window(kind, year, session_ends_on)
    stream = asks.ask_id(congress, year, kind, about[0] if about else None)
    issued = AskIssued(
        congress=congress,
        year=year,
        kind=kind,
        project=about[0] if about else None,
        unit=about[1].card.lead_unit if about else None,
        unit_name=about[1].card.lead_unit_name if about else "",
        opens_on=opens_on,
        due_on=due_on,
    )
    desk.add(stream, asks.issue_ask(desk.load(stream, asks.evolve), issued))
