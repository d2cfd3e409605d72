"""Guidance visits 督导: the upper level goes to a congress below it, notes what it finds, and is answered.

One stream for each visit, kept by the upper congress; each finding is answered by the congress that was visited, sent
back or approved by the one that came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.shared import NotFound, Year


class VisitStage(StrEnum):
    """How far it has come."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class FindingStage(StrEnum):
    """Whose turn it is with a finding."""

    OPEN = "open"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


UNANSWERED = frozenset({FindingStage.OPEN, FindingStage.SENT_BACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """When and where, what about, who comes; `projects` are those of the congress that is visited."""

    on: date
    place: str
    topic: str
    members: str
    projects: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlanned:
    """The upper congress puts a visit on its plan; the lower one sees it at once."""

    congress: UUID
    year: Year
    visit: UUID
    visited: UUID
    visited_name: str
    plan: VisitPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRearranged:
    """The plan was changed before the day."""

    visit: UUID
    plan: VisitPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCancelled:
    """Nobody comes."""

    visit: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitHeld:
    """They came; said again, the report is put right."""

    visit: UUID
    on: date
    report: str
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFindingNoted:
    """Something the lower congress is to see to and to answer."""

    visit: UUID
    finding: UUID
    words: str
    project: UUID | None
    on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFindingWithdrawn:
    """It was noted by mistake."""

    visit: UUID
    finding: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFindingAnswered:
    """The lower congress said what it did."""

    visit: UUID
    finding: UUID
    words: str
    files: tuple[Attached, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFindingSentBack:
    """The answer is not enough."""

    visit: UUID
    finding: UUID
    reason: str
    on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFindingApproved:
    """The answer was taken as good."""

    visit: UUID
    finding: UUID
    remark: str
    on: date


FindingFact = (
    VisitFindingNoted | VisitFindingWithdrawn | VisitFindingAnswered | VisitFindingSentBack | VisitFindingApproved
)
VisitFact = VisitPlanned | VisitRearranged | VisitCancelled | VisitHeld | FindingFact


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFinding:
    """A finding as it stands."""

    words: str
    project: UUID | None
    due_on: date
    stage: FindingStage = FindingStage.OPEN
    answer: str = ""
    files: tuple[Attached, ...] = ()

    def is_overdue(self, today: date) -> bool:
        """Whether the lower congress should have answered by now."""
        return self.stage in UNANSWERED and today > self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit as it stands."""

    congress: UUID
    year: Year
    visited: UUID
    visited_name: str
    plan: VisitPlan
    stage: VisitStage = VisitStage.PLANNED
    report: str = ""
    held_on: date | None = None
    files: tuple[Attached, ...] = ()
    findings: Mapping[UUID, VisitFinding] = field(default_factory=dict)


def evolve(current: Visit | None, fact: VisitFact) -> Visit:
    """The visit after one more fact."""
    if isinstance(fact, VisitPlanned):
        return Visit(
            congress=fact.congress,
            year=fact.year,
            visited=fact.visited,
            visited_name=fact.visited_name,
            plan=fact.plan,
        )
    known = known_visit(current, fact.visit)
    match fact:
        case VisitRearranged():
            return replace(known, plan=fact.plan, year=Year(fact.plan.on.year))
        case VisitCancelled():
            return replace(known, stage=VisitStage.CANCELLED)
        case VisitHeld():
            return replace(known, stage=VisitStage.HELD, held_on=fact.on, report=fact.report, files=fact.files)
        case _:
            return replace(known, findings=_found(known.findings, fact))


def known_visit(current: Visit | None, visit: UUID) -> Visit:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="visit", id=str(visit))
    return current


def known_finding(visit: Visit, finding: UUID) -> VisitFinding:
    """Raises NotFound."""
    if finding not in visit.findings:
        raise NotFound(kind="visit_finding", id=str(finding))
    return visit.findings[finding]


def _found(before: Mapping[UUID, VisitFinding], fact: FindingFact) -> Mapping[UUID, VisitFinding]:
    if isinstance(fact, VisitFindingWithdrawn):
        return {finding: one for finding, one in before.items() if finding != fact.finding}
    if isinstance(fact, VisitFindingNoted):
        return {**before, fact.finding: VisitFinding(words=fact.words, project=fact.project, due_on=fact.due_on)}
    return {**before, fact.finding: _moved(before[fact.finding], fact)}


def _moved(
    known: VisitFinding, fact: VisitFindingAnswered | VisitFindingSentBack | VisitFindingApproved
) -> VisitFinding:
    match fact:
        case VisitFindingAnswered():
            return replace(known, stage=FindingStage.ANSWERED, answer=fact.words, files=fact.files)
        case VisitFindingSentBack():
            return replace(known, stage=FindingStage.SENT_BACK, due_on=fact.due_on)
        case VisitFindingApproved():
            return replace(known, stage=FindingStage.APPROVED)
