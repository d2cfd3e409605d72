"""Commands about deliberation: remarks of delegations, questions of delegates, answers of units."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act, Actor, Role
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.projects import candidate_list as lists
from domain.projects import deliberation
from domain.projects import project as projects
from domain.projects.deliberation import Deliberation
from domain.projects.project import Project, Stage, WrongStage
from domain.projects.remark import DeliberationFact, QuestionAsked, Remark, RemarkKind, RemarkRecorded
from domain.shared import Invalid, NotFound, NotPermitted

Moves = Callable[[Deliberation], DeliberationFact | tuple[DeliberationFact, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said about a project: for a delegation, on a day; `question` is a delegate's own."""

    kind: RemarkKind
    words: str
    delegation: str = ""
    """Whose remark the office records; a delegate speaks for the own delegation."""
    on: date | None = None
    """None: today."""


def record_remark(office: Office, by: By, project: UUID, remark: UUID, said: Said) -> int:
    """Records what a delegation remarked: the office for any delegation, a delegate for the own.

    Raises NotPermitted, NotFound, RemarksAreClosed, WrongStage, Missing or Invalid.
    """
    return _say(office, by, project, remark, said, is_question=False)


def ask_question(office: Office, by: By, project: UUID, remark: UUID, words: str) -> int:
    """A delegate asks about a listed candidate. Raises as `record_remark`."""
    return _say(office, by, project, remark, Said(kind=RemarkKind.QUESTION, words=words), is_question=True)


def correct_remark(office: Office, by: By, project: UUID, remark: UUID, said: Said) -> int:
    """Puts right what was remarked or asked, before it is answered. `said.delegation` plays no part.

    Raises NotPermitted, NotFound, RemarksAreClosed, RemarkInWrongStage, Missing or Invalid.
    """
    _require_own(by, _remark(office, project, remark))
    return _while_open(
        office,
        by,
        project,
        lambda now: deliberation.correct_remark(
            now, remark, kind=said.kind, words=said.words, on=said.on or office.today(), today=office.today()
        ),
    )


def take_back_remark(office: Office, by: By, project: UUID, remark: UUID, reason: str) -> int:
    """Takes back what was remarked or asked. Raises as `correct_remark`."""
    _require_own(by, _remark(office, project, remark))
    return _while_open(office, by, project, lambda now: deliberation.take_back_remark(now, remark, reason))


def assign_remark(office: Office, by: By, project: UUID, remark: UUID, unit: UUID, due_on: date) -> int:
    """Gives a remark to a unit. Raises NotPermitted, NotFound, RemarkInWrongStage or Invalid."""
    known = _remark(office, project, remark)
    by.actor.require(Act.RECORD_REMARKS, known.congress)
    name = _unit_name(office, known.congress, unit)
    return _move(
        office,
        by,
        project,
        lambda now: deliberation.assign_remark(
            now, remark, unit=unit, unit_name=name, due_on=due_on, today=office.today()
        ),
    )


def answer_remark(office: Office, by: By, project: UUID, remark: UUID, words: str) -> int:
    """Answers: a department for the own unit, the government office for any, the congress's office on their behalf.

    Raises NotPermitted, NotFound, RemarkInWrongStage, Missing or Invalid.
    """
    known = _remark(office, project, remark)
    by.actor.require(Act.ANSWER_REMARKS, known.congress)
    if not answers_for(by.actor, known.congress, known.unit):
        raise NotPermitted(act=Act.ANSWER_REMARKS.value)
    unit, name = _answering(by, known)
    return _move(
        office,
        by,
        project,
        lambda now: deliberation.answer_remark(
            now, remark, words=words, unit=unit, unit_name=name, today=office.today()
        ),
    )


def send_back_answer(office: Office, by: By, project: UUID, remark: UUID, reason: str) -> int:
    """Asks for a better answer: the office, or the delegate whose remark or question it is.

    Raises NotPermitted, NotFound, RemarkInWrongStage or Missing.
    """
    _require_own(by, _remark(office, project, remark))
    return _move(office, by, project, lambda now: deliberation.send_back_answer(now, remark, reason, office.today()))


def accept_answer(office: Office, by: By, project: UUID, remark: UUID) -> int:
    """Takes an answer as good. Raises as `send_back_answer`."""
    _require_own(by, _remark(office, project, remark))
    return _move(office, by, project, lambda now: deliberation.accept_answer(now, remark, office.today()))


def close_remarks(office: Office, by: By, congress: UUID, year: int) -> int:
    """Takes no more remarks on the year's candidates. Raises NotPermitted."""
    by.actor.require(Act.RECORD_REMARKS, congress)
    stream = deliberation.closing_stream(congress, year)
    return office.change(
        by,
        stream,
        deliberation.evolve_closing,
        lambda now: deliberation.close_remarks(now, congress, year, office.today()),
    )


def reopen_remarks(office: Office, by: By, congress: UUID, year: int) -> int:
    """Takes remarks again. Raises NotPermitted, RemarksNotClosed, or RemarksAreClosed while the list is at the vote."""
    by.actor.require(Act.RECORD_REMARKS, congress)
    stream = deliberation.closing_stream(congress, year)

    def decide(desk: Desk) -> None:
        listed = desk.load(lists.list_stream(congress, year), lists.evolve)
        closing = desk.load(stream, deliberation.evolve_closing)
        desk.add(stream, deliberation.reopen_remarks(closing, listed, year, office.today()))

    return office.record(by, decide)


def answers_for(actor: Actor, congress: UUID, unit: UUID | None) -> bool:
    """Whether the actor may answer what was assigned to the unit: a department's officers the own unit's only."""
    if _roles(actor, congress) & {Role.STAFF, Role.GOVERNMENT}:
        return True
    return unit is not None and actor.unit_in(congress) == unit


def _say(office: Office, by: By, project: UUID, remark: UUID, said: Said, *, is_question: bool) -> int:
    known = _project(office, project)
    is_delegates = is_question or _speaks_for_own(by.actor, known.congress, said)
    by.actor.require(Act.REMARK if is_delegates else Act.RECORD_REMARKS, known.congress)
    delegate = by.actor.delegate_in(known.congress) if is_delegates else None

    def decide(desk: Desk) -> None:
        of = _open_project(desk, project)
        if is_delegates and of.stage is not Stage.LISTED:
            raise NotFound(kind="project", id=str(project))
        entry = _delegation(desk, of.congress, delegate, said.delegation if delegate is None else "")
        fact = _fact(of, project, remark, said, entry, delegate if is_delegates else None, office.today())
        if is_question:
            fact = _as_question(fact, office.today())
        stream = deliberation.deliberation_stream(project, of.year)
        desk.add(stream, deliberation.record_remark(desk.load(stream, deliberation.evolve), fact, office.today()))

    if is_delegates and delegate is None:
        raise NotFound(kind="delegate", id="")
    return office.record(by, decide)


def _speaks_for_own(actor: Actor, congress: UUID, said: Said) -> bool:
    """A delegate speaks for the own delegation; who keeps the office's record too names one to record for it."""
    if not actor.may(Act.RECORD_REMARKS, congress):
        return True
    return not said.delegation.strip() and actor.delegate_in(congress) is not None and actor.may(Act.REMARK, congress)


def _fact(
    of: Project, project: UUID, remark: UUID, said: Said, delegation: str, delegate: UUID | None, today: date
) -> RemarkRecorded | QuestionAsked:
    return RemarkRecorded(
        congress=of.congress,
        year=of.year,
        project=project,
        remark=remark,
        delegation=delegation,
        kind=said.kind,
        words=said.words,
        on=said.on or today,
        delegate=delegate,
        unit=of.card.lead_unit,
        unit_name=of.card.lead_unit_name if of.card.lead_unit else "",
        due_on=deliberation.due_day(said.kind, today),
    )


def _as_question(fact: RemarkRecorded | QuestionAsked, today: date) -> RemarkRecorded | QuestionAsked:
    if fact.delegate is None:
        raise NotFound(kind="delegate", id="")
    return QuestionAsked(
        congress=fact.congress,
        year=fact.year,
        project=fact.project,
        remark=fact.remark,
        delegation=fact.delegation,
        words=fact.words,
        on=fact.on,
        delegate=fact.delegate,
        unit=fact.unit,
        unit_name=fact.unit_name,
        due_on=today + deliberation.ANSWER_WITHIN,
    )


def _delegation(desk: Desk, congress: UUID, delegate: UUID | None, named: str) -> str:
    """The delegate's own delegation, or the one the office named, which must be on the roll."""
    roll = desk.load(rolls.roll_stream(congress), rolls.evolve) or rolls.Roll()
    if delegate is not None:
        if not roll.admits(delegate):
            raise NotFound(kind="delegate", id="")
        return roll.entries[delegate].delegation
    if named.strip() and named.strip() not in roll.delegations:
        raise Invalid(field="delegation", reason="unknown_delegation", value=named)
    return named.strip()


def _while_open(office: Office, by: By, project: UUID, moves: Moves) -> int:
    def decide(desk: Desk) -> None:
        of = _open_project(desk, project)
        stream = deliberation.deliberation_stream(project, of.year)
        moved = moves(desk.load(stream, deliberation.evolve) or Deliberation())
        desk.add(stream, *(moved if isinstance(moved, tuple) else (moved,)))

    return office.record(by, decide)


def _move(office: Office, by: By, project: UUID, moves: Moves) -> int:
    stream = deliberation.deliberation_stream(project, _project(office, project).year)
    return office.change(by, stream, deliberation.evolve, lambda now: moves(now or Deliberation()))


def _open_project(desk: Desk, project: UUID) -> Project:
    """The candidate on which remarks are taken. Raises NotFound, RemarksAreClosed or WrongStage."""
    known = desk.load(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    listed = desk.load(lists.list_stream(known.congress, known.year), lists.evolve)
    closing = desk.load(deliberation.closing_stream(known.congress, known.year), deliberation.evolve_closing)
    deliberation.require_open(closing, listed, known.year)
    if known.stage not in (Stage.DRAFT, Stage.LISTED):
        raise WrongStage(name=known.card.name, stage=known.stage.value)
    return known


def _project(office: Office, project: UUID) -> Project:
    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    return known


def _remark(office: Office, project: UUID, remark: UUID) -> Remark:
    stream = deliberation.deliberation_stream(project, _project(office, project).year)
    return deliberation.known_remark(office.state_of(stream, deliberation.evolve), remark)


def _require_own(by: By, remark: Remark) -> None:
    """The office keeps all remarks, a delegate the own ones. Raises NotPermitted."""
    if by.actor.may(Act.RECORD_REMARKS, remark.congress):
        return
    by.actor.require(Act.REMARK, remark.congress)
    if remark.delegate is None or by.actor.delegate_in(remark.congress) != remark.delegate:
        raise NotPermitted(act=Act.REMARK.value)


def _answering(by: By, remark: Remark) -> tuple[UUID | None, str]:
    """In whose name the answer stands; no name for the government office."""
    if Role.GOVERNMENT in _roles(by.actor, remark.congress) and by.actor.unit_in(remark.congress) != remark.unit:
        return None, ""
    return remark.unit, remark.unit_name


def _roles(actor: Actor, congress: UUID) -> set[Role]:
    return {grant.role for grant in actor.grants if grant.congress in (None, congress)}


def _unit_name(office: Office, congress: UUID, unit: UUID) -> str:
    known = office.state_of(congress, congresses.evolve)
    found = known.units.get(unit) if known else None
    if found is None or found.withdrawn:
        raise NotFound(kind="unit", id=str(unit))
    return found.name
