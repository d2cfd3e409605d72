"""Commands about guidance visits: kept by the congress that goes, answered by the one below that is visited."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from application.supervision.duties import raise_duty_at
from application.supervision.inquiries import require_adopted
from application.working_days import working_days_at
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.files import Attached
from domain.shared import NotFound
from domain.supervision import handling, visiting
from domain.supervision import visit as visits
from domain.supervision.duty import DutyOrder, DutySource, Origin
from domain.supervision.visit import (
    Visit,
    VisitFact,
    VisitFindingAnswered,
    VisitFindingApproved,
    VisitFindingNoted,
    VisitFindingSentBack,
    VisitHeld,
    VisitPlan,
)
from domain.supervision.visiting import VisitedNotBelow

Decide = Callable[[Desk, Visit], tuple[VisitFact, ...]]
FINDING_TITLE = 60
"""Characters of a finding by which a duty says where it comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is said of the visit when it is over."""

    on: date
    words: str
    files: tuple[Attached, ...] = ()


def plan_visit(office: Office, by: By, congress: UUID, visit: UUID, visited: UUID, plan: VisitPlan) -> int:
    """Raises NotPermitted, NotFound (congress, project), VisitedNotBelow, WrongStage, Missing (topic) or Invalid."""
    by.actor.require(Act.VISIT_BELOW, congress)

    def decide(desk: Desk) -> None:
        name = _require_below(desk, congress, visited)
        require_adopted(desk, visited, plan.projects)
        planned = visiting.plan_visit(congress=congress, visit=visit, visited=visited, visited_name=name, plan=plan)
        desk.add(visit, planned)

    return office.record(by, decide)


def rearrange_visit(office: Office, by: By, visit: UUID, plan: VisitPlan) -> int:
    """Raises NotPermitted, NotFound, VisitInWrongStage, WrongStage, Missing or Invalid."""

    def decide(desk: Desk, known: Visit) -> tuple[VisitFact, ...]:
        require_adopted(desk, known.visited, tuple(one for one in plan.projects if one not in known.plan.projects))
        return visiting.rearrange_visit(known, visit, plan)

    return _visit(office, by, visit, decide)


def cancel_visit(office: Office, by: By, visit: UUID, reason: str) -> int:
    """Raises NotPermitted, NotFound, VisitInWrongStage or Missing (reason)."""
    today = office.today()
    return _visit(office, by, visit, lambda _, known: (visiting.cancel_visit(known, visit, reason, today),))


def hold_visit(office: Office, by: By, visit: UUID, report: Report) -> int:
    """Raises NotPermitted, NotFound, VisitInWrongStage, Missing (report) or Invalid."""
    fact = VisitHeld(visit=visit, on=report.on, report=report.words, files=report.files)
    return _visit(office, by, visit, lambda _, known: (visiting.hold_visit(known, fact, office.today()),))


def note_finding(
    office: Office, by: By, visit: UUID, finding: UUID, words: str, *, working_days: int, project: UUID | None = None
) -> int:
    """What the lower congress is to answer within so many of its working days.

    Raises NotPermitted, NotFound, VisitInWrongStage, WrongStage, Missing (words) or Invalid.
    """

    def decide(desk: Desk, known: Visit) -> tuple[VisitFact, ...]:
        handling.check_term(working_days)
        if project is not None:
            require_adopted(desk, known.visited, (project,))
        fact = VisitFindingNoted(
            visit=visit,
            finding=finding,
            words=words,
            project=project,
            on=office.today(),
            due_on=working_days_at(desk, known.visited).after(office.today(), working_days),
        )
        return (visiting.note_finding(known, fact),)

    return _visit(office, by, visit, decide)


def withdraw_finding(office: Office, by: By, visit: UUID, finding: UUID, reason: str) -> int:
    """Raises NotPermitted, NotFound, FindingInWrongStage or Missing (reason)."""
    return _visit(office, by, visit, lambda _, known: (visiting.withdraw_finding(known, visit, finding, reason),))


def answer_finding(
    office: Office, by: By, visit: UUID, finding: UUID, words: str, files: tuple[Attached, ...] = ()
) -> int:
    """The lower congress's office answers. Raises NotPermitted, NotFound, FindingInWrongStage, Missing or Invalid."""
    by.actor.require(Act.KEEP_SUPERVISION, known_visit(office, visit).visited)
    fact = VisitFindingAnswered(visit=visit, finding=finding, words=words, files=files, on=office.today())
    return office.change(by, visit, visits.evolve, lambda now: visiting.answer_finding(now, fact))


def send_back_finding(office: Office, by: By, visit: UUID, finding: UUID, reason: str, working_days: int) -> int:
    """Raises NotPermitted, NotFound, FindingInWrongStage, Missing (reason) or Invalid."""

    def decide(desk: Desk, known: Visit) -> tuple[VisitFact, ...]:
        handling.check_term(working_days)
        today = office.today()
        due_on = working_days_at(desk, known.visited).after(today, working_days)
        fact = VisitFindingSentBack(visit=visit, finding=finding, reason=reason, on=today, due_on=due_on)
        return (visiting.send_back_finding(known, fact),)

    return _visit(office, by, visit, decide)


def approve_finding(office: Office, by: By, visit: UUID, finding: UUID, remark: str = "") -> int:
    """Raises NotPermitted, NotFound, FindingInWrongStage or Invalid."""
    fact = VisitFindingApproved(visit=visit, finding=finding, remark=remark, on=office.today())
    return _visit(office, by, visit, lambda _, known: (visiting.approve_finding(known, fact),))


def raise_duty(office: Office, by: By, visit: UUID, finding: UUID, duty: UUID, order: DutyOrder) -> int:
    """The lower congress gives a finding on to one of its units.

    Raises NotPermitted, NotFound, Missing (words) or Invalid.
    """
    visited = known_visit(office, visit).visited
    by.actor.require(Act.KEEP_SUPERVISION, visited)

    def decide(desk: Desk) -> None:
        known = visits.known_finding(visits.known_visit(desk.load(visit, visits.evolve), visit), finding)
        origin = Origin(kind=DutySource.VISIT, id=finding, title=_short(known.words))
        raise_duty_at(desk, office, visited, duty, origin, order)

    return office.record(by, decide)


def known_visit(office: Office, visit: UUID) -> Visit:
    """As it stands at this moment. Raises NotFound."""
    return visits.known_visit(office.state_of(visit, visits.evolve), visit)


def _visit(office: Office, by: By, visit: UUID, decide: Decide) -> int:
    """What the congress that goes may do."""
    by.actor.require(Act.VISIT_BELOW, known_visit(office, visit).congress)

    def at(desk: Desk) -> None:
        desk.add(visit, *decide(desk, visits.known_visit(desk.load(visit, visits.evolve), visit)))

    return office.record(by, at)


def _require_below(desk: Desk, congress: UUID, visited: UUID) -> str:
    """The name of the congress below. Raises NotFound or VisitedNotBelow."""
    known = existing(desk, visited)
    above = known.parent
    while above is not None and above != congress:
        state = desk.load(above, congresses.evolve)
        if state is None:
            raise NotFound(kind="congress", id=str(above))
        above = state.parent
    if above is None:
        raise VisitedNotBelow(congress=known.name)
    return known.name


def _short(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= FINDING_TITLE else f"{said[: FINDING_TITLE - 1]}…"
