"""What may be done with a guidance visit: by the congress that goes, and by the one that is visited."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.shared import Invalid, Missing, Refused, Year
from domain.supervision.visit import (
    UNANSWERED,
    FindingStage,
    Visit,
    VisitCancelled,
    VisitFinding,
    VisitFindingAnswered,
    VisitFindingApproved,
    VisitFindingNoted,
    VisitFindingSentBack,
    VisitFindingWithdrawn,
    VisitHeld,
    VisitPlan,
    VisitPlanned,
    VisitRearranged,
    VisitStage,
    known_finding,
    known_visit,
)
from domain.supervision.wording import FIRST_YEAR, LAST_YEAR, LONGEST_REASON, MOST_FILES, free_text, line, text

MOST_FINDINGS: Final = 50


@dataclass(eq=False)
class VisitedNotBelow(Refused):
    """Only congresses that stand below are visited for guidance."""

    congress: str


@dataclass(eq=False)
class VisitInWrongStage(Refused):
    """The step does not fit how far the visit has come."""

    stage: str


@dataclass(eq=False)
class FindingInWrongStage(Refused):
    """The step does not fit where the finding stands."""

    stage: str


def plan_visit(*, congress: UUID, visit: UUID, visited: UUID, visited_name: str, plan: VisitPlan) -> VisitPlanned:
    """Raises Missing (topic) or Invalid (on, too long)."""
    plan = _checked_plan(plan)
    return VisitPlanned(
        congress=congress,
        year=Year(plan.on.year),
        visit=visit,
        visited=visited,
        visited_name=visited_name,
        plan=plan,
    )


def rearrange_visit(current: Visit | None, visit: UUID, plan: VisitPlan) -> tuple[VisitRearranged, ...]:
    """Nothing where nothing changes. Raises NotFound, VisitInWrongStage, Missing or Invalid."""
    known, plan = _in(current, visit, VisitStage.PLANNED), _checked_plan(plan)
    return () if plan == known.plan else (VisitRearranged(visit=visit, plan=plan),)


def cancel_visit(current: Visit | None, visit: UUID, reason: str, on: date) -> VisitCancelled:
    """Raises NotFound, VisitInWrongStage, Missing (reason) or Invalid."""
    _in(current, visit, VisitStage.PLANNED)
    return VisitCancelled(visit=visit, reason=text("reason", reason, LONGEST_REASON), on=on)


def hold_visit(current: Visit | None, fact: VisitHeld, today: date) -> VisitHeld:
    """Raises NotFound, VisitInWrongStage, Missing (report) or Invalid (on, files)."""
    _in(current, fact.visit, VisitStage.PLANNED, VisitStage.HELD)
    if fact.on > today:
        raise Invalid(field="on", reason="in_future", value=fact.on.isoformat())
    _check_files(len(fact.files))
    return replace(fact, report=text("report", fact.report))


def note_finding(current: Visit | None, fact: VisitFindingNoted) -> VisitFindingNoted:
    """Raises NotFound, VisitInWrongStage, Missing (words) or Invalid."""
    known = _in(current, fact.visit, VisitStage.HELD)
    if len(known.findings) >= MOST_FINDINGS:
        raise Invalid(field="words", reason="more_than", value=str(MOST_FINDINGS))
    return replace(fact, words=text("words", fact.words))


def withdraw_finding(current: Visit | None, visit: UUID, finding: UUID, reason: str) -> VisitFindingWithdrawn:
    """Raises NotFound, FindingInWrongStage once it is approved, Missing (reason) or Invalid."""
    _finding(current, visit, finding, *UNANSWERED, FindingStage.ANSWERED)
    return VisitFindingWithdrawn(visit=visit, finding=finding, reason=text("reason", reason, LONGEST_REASON))


def answer_finding(current: Visit | None, fact: VisitFindingAnswered) -> VisitFindingAnswered:
    """May be replaced until it is approved. Raises NotFound, FindingInWrongStage, Missing (words) or Invalid."""
    _finding(current, fact.visit, fact.finding, *UNANSWERED, FindingStage.ANSWERED)
    _check_files(len(fact.files))
    return replace(fact, words=text("words", fact.words))


def send_back_finding(current: Visit | None, fact: VisitFindingSentBack) -> VisitFindingSentBack:
    """Raises NotFound, FindingInWrongStage, Missing (reason) or Invalid."""
    _finding(current, fact.visit, fact.finding, FindingStage.ANSWERED)
    return replace(fact, reason=text("reason", fact.reason, LONGEST_REASON))


def approve_finding(current: Visit | None, fact: VisitFindingApproved) -> VisitFindingApproved:
    """Raises NotFound, FindingInWrongStage or Invalid."""
    _finding(current, fact.visit, fact.finding, FindingStage.ANSWERED)
    return replace(fact, remark=free_text("remark", fact.remark, LONGEST_REASON))


def _in(current: Visit | None, visit: UUID, *stages: VisitStage) -> Visit:
    known = known_visit(current, visit)
    if known.stage not in stages:
        raise VisitInWrongStage(stage=known.stage.value)
    return known


def _finding(current: Visit | None, visit: UUID, finding: UUID, *stages: FindingStage) -> VisitFinding:
    known = known_finding(known_visit(current, visit), finding)
    if known.stage not in stages:
        raise FindingInWrongStage(stage=known.stage.value)
    return known


def _check_files(number: int) -> None:
    if number > MOST_FILES:
        raise Invalid(field="files", reason="more_than", value=str(MOST_FILES))


def _checked_plan(plan: VisitPlan) -> VisitPlan:
    lines: dict[str, Any] = {name: line(name, getattr(plan, name)) for name in ("place", "topic", "members")}
    if not lines["topic"]:
        raise Missing(fields=("topic",))
    if not FIRST_YEAR <= plan.on.year <= LAST_YEAR:
        raise Invalid(field="on", reason="year", value=str(plan.on.year))
    return replace(plan, **lines)
