"""The whole course of one adopted project as facts: plan, reports, adjustments, difficulties, closing, look-back.

Facts come from the samples of the golden files with the identities put right, as in `year.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

from domain.asks.answers import Completion
from domain.projects import adjustment_facts as adjusted
from domain.projects import implementation_facts as facts
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.implementation import implementation_stream
from domain.projects.periods import NOTHING_ADOPTED, ProgressRulesAdopted, progress_rules_stream
from domain.projects.plan import ImplementationPlan, Milestone
from domain.shared import Money, Year
from tests.golden.make import sample

F = TypeVar("F")
Told = tuple[UUID, object]

PLAN = ImplementationPlan(
    lead_unit_name="市住建局",
    starts_on=date(2026, 1, 1),
    deadline=date(2026, 12, 31),
    total_funds=Money(Decimal(5_000_000)),
    year_funds=Money(Decimal(5_000_000)),
    safeguards="专班推进",
    milestones=(
        Milestone(number=1, name="全面开工", due_on=date(2026, 3, 31), percent=Decimal(20)),
        Milestone(number=2, name="主体完工", due_on=date(2026, 9, 30), percent=Decimal(80)),
    ),
)


def of(kind: type[F], /, **known: Any) -> F:
    """A sample of the fact in which these fields are as they must be."""
    made: Any = sample(kind, kind.__name__)
    return cast("F", replace(made, **known))


def rules(congress: UUID) -> Told:
    """The congress adopts the default rules in so many words."""
    return progress_rules_stream(congress), ProgressRulesAdopted(
        congress=congress, version=1, rules=NOTHING_ADOPTED.rules
    )


def course(congress: UUID, year: Year, project: UUID, plan: ImplementationPlan = PLAN) -> Iterator[Told]:
    """Every kind of fact on the project's stream, in an order that can happen."""
    meeting = uuid5(congress, "leading group")
    yield meeting, of(LeadingGroupMet, congress=congress, year=year, minutes=None)
    stream = implementation_stream(project)
    for fact in (*_plan(congress, year, project, plan), *_reports(), *_adjustments(plan), *_rest(meeting)):
        yield stream, fact


def _plan(congress: UUID, year: Year, project: UUID, plan: ImplementationPlan) -> Iterator[object]:
    known = {"congress": congress, "year": year, "project": project, "import_id": None}
    yield of(facts.PlanFiled, **known, adopted=plan, plan=plan)
    yield of(facts.PlanSentBack)
    yield of(facts.PlanFiled, **known, adopted=plan, plan=plan)
    yield of(facts.PlanPublished, plan=plan)


def _reports() -> Iterator[object]:
    first, again, second = (UUID(int=number) for number in (801, 802, 803))
    march, june = date(2026, 3, 20), date(2026, 6, 22)
    yield of(facts.ProgressReported, report=first, due_on=march, on=march, percent=Decimal(12), photos=())
    yield of(facts.MilestoneReached, number=1)
    yield of(facts.MilestoneTakenBack, number=1)
    yield of(facts.ReportSentBack, report=first)
    yield of(facts.ProgressReported, report=again, due_on=march, on=date(2026, 3, 21), percent=Decimal(15), photos=())
    yield of(facts.ReportApproved, report=again)
    yield of(facts.MilestoneReached, number=1)
    given = of(facts.ProgressReported, report=second, due_on=june, on=june, percent=Decimal(46))
    yield given
    yield of(facts.ProgressPhotoErased, file=given.photos[0].file)
    yield of(facts.MilestoneReached, number=2)


def _adjustments(plan: ImplementationPlan) -> Iterator[object]:
    logged, refused, withdrawn, decided = (UUID(int=number) for number in (811, 812, 813, 814))
    yield of(adjusted.AdjustmentLogged, adjustment=logged, plan=plan)
    for adjustment in (refused, withdrawn, decided):
        kind = adjusted.AdjustmentKind.CHANGE
        yield of(adjusted.AdjustmentProposed, adjustment=adjustment, kind=kind, plan=plan, departures=())
    yield of(adjusted.AdjustmentRefused, adjustment=refused)
    yield of(adjusted.AdjustmentWithdrawn, adjustment=withdrawn)
    yield of(adjusted.AdjustmentDecided, adjustment=decided)
    yield of(adjusted.SessionInformed, adjustment=decided)


def _rest(meeting: UUID) -> Iterator[object]:
    solved, waiting = UUID(int=821), UUID(int=822)
    for difficulty in (solved, waiting):
        yield of(facts.DifficultyRaised, difficulty=difficulty)
    yield of(facts.DifficultyDecided, difficulty=solved, meeting=meeting)
    yield of(facts.DifficultyResolved, difficulty=solved)
    yield of(facts.ProjectUrged, level=facts.UrgingLevel.REMINDER)
    yield of(facts.ProjectAccepted)
    yield of(facts.AcceptanceUndone)
    yield of(facts.ProjectAccepted)
    yield of(facts.CompletionRecorded, completion=Completion.COMPLETED, carried_to=None)
    yield of(facts.LookBackRecorded, nth=1)
