"""The implementation of an adopted project as it stands: its plan, how far it is, what waits for a decision."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from domain.files import Attached
from domain.projects.adjustment_facts import (
    AdjustmentDecided,
    AdjustmentKind,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
    ImplementationFact,
    LookBackRecorded,
    MilestoneReached,
    MilestoneTakenBack,
    PlanFiled,
    PlanPublished,
    PlanSentBack,
    ProgressPhotoErased,
    ProgressReported,
    ProjectAccepted,
    ProjectUrged,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.lights import Course, Reached, judged_year
from domain.projects.plan import ImplementationPlan
from domain.shared import NotFound, Refused, Year


class Standing(StrEnum):
    """Whether the work goes on."""

    UNDER_WAY = "under_way"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class ReportStage(StrEnum):
    """Where a report stands."""

    GIVEN = "given"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of one period."""

    given: ProgressReported
    stage: ReportStage = ReportStage.GIVEN
    reason: str = ""
    """Why it was sent back."""


class AdjustmentStage(StrEnum):
    """Where an adjustment stands."""

    LOGGED = "logged"
    PROPOSED = "proposed"
    DECIDED = "decided"
    """In force; the next session is still to be told."""
    TOLD = "told"
    """In force, and the session was told."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One adjustment with what became of it."""

    adjustment: UUID
    kind: AdjustmentKind
    plan: ImplementationPlan | None
    stage: AdjustmentStage
    decided: AdjustmentDecided | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """One difficulty with what became of it."""

    raised: DifficultyRaised
    decisions: tuple[DifficultyDecided, ...] = ()
    resolved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Implementation:
    """A project under way."""

    congress: UUID
    year: Year
    project: UUID
    name: str
    adopted: ImplementationPlan
    """What the delegates adopted: the measure of every adjustment, whatever was decided since (rule 20)."""
    filed: ImplementationPlan | None
    """Waits to be published."""
    plan: ImplementationPlan | None = None
    """In force."""
    sent_back: str = ""
    """Why the filed plan is to be reworked; empty while it is not."""
    published_on: date | None = None
    standing: Standing = Standing.UNDER_WAY
    reached: tuple[Reached, ...] = ()
    reports: tuple[Report, ...] = ()
    """By due date."""
    adjustments: tuple[Adjustment, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    urged: tuple[ProjectUrged, ...] = ()
    accepted: ProjectAccepted | None = None
    completion: CompletionRecorded | None = None
    look_backs: tuple[LookBackRecorded, ...] = ()
    photos: frozenset[UUID] = frozenset()
    """The files of all photos that were not erased, also of reports that were given anew."""

    def actual_percent(self, today: date) -> Decimal:
        """The last reported percent of the judged year; a missed report keeps the last one (rule 22)."""
        plan = self.plan or self.adopted
        judged = judged_year(plan, self.year, today)
        counting = [one.given for one in self.reports if one.stage is not ReportStage.SENT_BACK]
        # Work that outlasts its plan is reported on in a later year and judged by its own year still.
        of_year = [one.percent for one in counting if judged_year(plan, self.year, one.due_on) == judged]
        return of_year[-1] if of_year else Decimal(0)

    def course(self, today: date) -> Course:
        """What the light is computed from (rule 22). Raises PlanNotPublished."""
        return Course(
            plan=in_force(self),
            year=self.year,
            actual=self.actual_percent(today),
            reached=frozenset(one.number for one in self.reached),
            accepted=self.accepted is not None,
            suspended=self.standing is Standing.SUSPENDED,
            terminated=self.standing is Standing.TERMINATED,
        )


@dataclass(eq=False)
class PlanNotPublished(Refused):
    """The step needs a plan in force."""

    name: str


@dataclass(eq=False)
class NotUnderWay(Refused):
    """The project is suspended, terminated or accepted; `standing` says which."""

    name: str
    standing: str


def implementation_stream(project: UUID) -> UUID:
    """A project is carried out once."""
    return uuid5(project, "implementation")


def known(implementation: Implementation | None) -> Implementation:
    """Raises NotFound."""
    if implementation is None:
        raise NotFound(kind="implementation", id="")
    return implementation


def in_force(implementation: Implementation | None) -> ImplementationPlan:
    """The published plan. Raises PlanNotPublished, or NotFound."""
    state = known(implementation)
    if state.plan is None:
        raise PlanNotPublished(name=state.name)
    return state.plan


def under_way(implementation: Implementation | None) -> Implementation:
    """The implementation while work goes on. Raises PlanNotPublished, NotUnderWay or NotFound."""
    in_force(implementation)
    state = known(implementation)
    if state.accepted is not None:
        raise NotUnderWay(name=state.name, standing="accepted")
    if state.standing is not Standing.UNDER_WAY:
        raise NotUnderWay(name=state.name, standing=state.standing.value)
    return state


def evolve(state: Implementation | None, fact: ImplementationFact) -> Implementation:
    """The implementation after one more fact."""
    if isinstance(fact, PlanFiled):
        return _filed(state, fact)
    now = known(state)
    match fact:
        case PlanSentBack(reason=reason):
            return replace(now, sent_back=reason)
        case PlanPublished(plan=plan, on=on):
            return replace(now, plan=plan, filed=None, sent_back="", published_on=on)
        case MilestoneReached(number=number, on=on):
            return replace(now, reached=(*now.reached, Reached(number=number, on=on)))
        case MilestoneTakenBack(number=number):
            return replace(now, reached=tuple(one for one in now.reached if one.number != number))
        case ProgressReported():
            others = tuple(one for one in now.reports if one.given.due_on != fact.due_on)
            reports = sorted((*others, Report(given=fact)), key=lambda one: one.given.due_on)
            return replace(now, reports=tuple(reports), photos=now.photos | _files(fact.photos))
        case ReportSentBack(report=report, reason=reason):
            return _with_report(now, report, lambda one: replace(one, stage=ReportStage.SENT_BACK, reason=reason))
        case ReportApproved(report=report):
            return _with_report(now, report, lambda one: replace(one, stage=ReportStage.APPROVED))
        case ProgressPhotoErased(file=file):
            return replace(now, photos=now.photos - {file})
        case (
            AdjustmentLogged()
            | AdjustmentProposed()
            | AdjustmentDecided()
            | AdjustmentRefused()
            | AdjustmentWithdrawn()
            | SessionInformed()
        ):
            return _adjusted(now, fact)
        case DifficultyRaised():
            return replace(now, difficulties=(*now.difficulties, Difficulty(raised=fact)))
        case DifficultyDecided(difficulty=of):
            return _with_difficulty(now, of, lambda one: replace(one, decisions=(*one.decisions, fact)))
        case DifficultyResolved(difficulty=of, on=on):
            return _with_difficulty(now, of, lambda one: replace(one, resolved_on=on))
        case ProjectUrged():
            return replace(now, urged=(*now.urged, fact))
        case ProjectAccepted():
            return replace(now, accepted=fact)
        case AcceptanceUndone():
            return replace(now, accepted=None)
        case CompletionRecorded():
            return replace(now, completion=fact)
        case LookBackRecorded():
            return replace(now, look_backs=(*now.look_backs, fact), photos=now.photos | _files(fact.photos))


def _filed(state: Implementation | None, fact: PlanFiled) -> Implementation:
    if state is not None:
        return replace(state, filed=fact.plan, sent_back="")
    return Implementation(
        congress=fact.congress,
        year=fact.year,
        project=fact.project,
        name=fact.name,
        adopted=fact.adopted,
        filed=fact.plan,
    )


def _files(photos: tuple[Attached, ...]) -> frozenset[UUID]:
    return frozenset(one.file for one in photos)


def _with_report(now: Implementation, report: UUID, change: Callable[[Report], Report]) -> Implementation:
    return replace(now, reports=tuple(change(one) if one.given.report == report else one for one in now.reports))


def _with_difficulty(now: Implementation, of: UUID, change: Callable[[Difficulty], Difficulty]) -> Implementation:
    found = tuple(change(one) if one.raised.difficulty == of else one for one in now.difficulties)
    return replace(now, difficulties=found)


_STANDING_AFTER = {
    AdjustmentKind.SUSPENSION: Standing.SUSPENDED,
    AdjustmentKind.TERMINATION: Standing.TERMINATED,
    AdjustmentKind.RESUMPTION: Standing.UNDER_WAY,
}


def _adjusted(
    now: Implementation,
    fact: AdjustmentLogged
    | AdjustmentProposed
    | AdjustmentDecided
    | AdjustmentRefused
    | AdjustmentWithdrawn
    | SessionInformed,
) -> Implementation:
    match fact:
        case AdjustmentLogged(adjustment=of, plan=plan):
            kind, stage = AdjustmentKind.CHANGE, AdjustmentStage.LOGGED
            logged = Adjustment(adjustment=of, kind=kind, plan=plan, stage=stage)
            return replace(now, plan=plan, adjustments=(*now.adjustments, logged))
        case AdjustmentProposed(adjustment=of, kind=kind, plan=wanted):
            proposed = Adjustment(adjustment=of, kind=kind, plan=wanted, stage=AdjustmentStage.PROPOSED)
            return replace(now, adjustments=(*now.adjustments, proposed))
        case AdjustmentDecided(adjustment=of):
            decided = next(one for one in now.adjustments if one.adjustment == of)
            changed = _at(now, of, AdjustmentStage.DECIDED, fact)
            if decided.plan is not None:
                changed = replace(changed, plan=decided.plan)
            return replace(changed, standing=_STANDING_AFTER.get(decided.kind, now.standing))
        case AdjustmentRefused(adjustment=of):
            return _at(now, of, AdjustmentStage.REFUSED)
        case AdjustmentWithdrawn(adjustment=of):
            return _at(now, of, AdjustmentStage.WITHDRAWN)
        case SessionInformed(adjustment=of):
            return _at(now, of, AdjustmentStage.TOLD)


def _at(now: Implementation, of: UUID, stage: AdjustmentStage, by: AdjustmentDecided | None = None) -> Implementation:
    changed = tuple(
        replace(one, stage=stage, decided=by or one.decided) if one.adjustment == of else one for one in now.adjustments
    )
    return replace(now, adjustments=changed)
