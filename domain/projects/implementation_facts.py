"""What happens to an adopted project between the vote and the last look-back: the facts of one stream."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.asks.answers import Completion
from domain.files import Attached
from domain.projects.adjustment_facts import (
    AdjustmentDecided,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.plan import ImplementationPlan
from domain.shared import Money, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFiled:
    """A plan was filed, or filed anew, for an adopted project; it may have gaps.

    `adopted` is what the delegates adopted, read off the card they voted on: adjustments are measured against it.
    """

    congress: UUID
    year: Year
    project: UUID
    name: str
    adopted: ImplementationPlan
    plan: ImplementationPlan
    on: date
    import_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSentBack:
    """The filed plan is to be reworked 退回, with the reason."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPublished:
    """The filed plan came into force."""

    plan: ImplementationPlan
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneReached:
    """A milestone of the plan was reached."""

    number: int
    name: str
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneTakenBack:
    """It had not been reached after all."""

    number: int
    name: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported:
    """A progress report 进度填报 of one period; another one for the same period takes its place."""

    report: UUID
    due_on: date
    """The day the period's report was due (rule 19)."""
    on: date
    percent: Decimal
    """Physical progress; of the annual milestone where the project crosses years (rule 21)."""
    funds_spent: Money
    """Yuan spent since the beginning of the year of `due_on`."""
    words: str
    problems: str = ""
    photos: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSentBack:
    """The report is to be reworked; it does not count any more."""

    report: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportApproved:
    """The report was checked; residents read it from now on."""

    report: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPhotoErased:
    """A photo of a report or a look-back was erased everywhere; that it was there stays on record."""

    file: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyRaised:
    """Something the lead unit cannot settle alone."""

    difficulty: UUID
    words: str
    needs: str
    """What is asked for."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyDecided:
    """The leading group's meeting 领导小组会议 decided on a difficulty."""

    difficulty: UUID
    meeting: UUID
    title: str
    held_on: date
    words: str
    unit_name: str = ""
    """Who is to carry it out."""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyResolved:
    """The difficulty is out of the way."""

    difficulty: UUID
    words: str
    on: date


class UrgingLevel(StrEnum):
    """The steps of escalation, in their order."""

    REMINDER = "reminder"
    SUPERVISION = "supervision"
    """督办通知."""
    INTERVIEW = "interview"
    """约谈负责人."""
    LEADING_GROUP = "leading_group"
    """提请领导小组."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectUrged:
    """The lead unit was urged, one step after the other."""

    level: UrgingLevel
    words: str
    on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAccepted:
    """The finished work was accepted 验收."""

    on: date
    body: str
    number: str
    words: str
    documents: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceUndone:
    """The acceptance was recorded by mistake or does not hold."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRecorded:
    """How the project ended the year (stage 8)."""

    completion: Completion
    words: str
    on: date
    carried_to: int | None = None
    """The year it goes on in, where it is carried over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackRecorded:
    """A look-back 回头看: whether what was built still does its work."""

    look_back: UUID
    nth: int
    """1 to 3: years after it was finished."""
    on: date
    in_use: bool
    findings: str
    measures: str = ""
    photos: tuple[Attached, ...] = ()


ImplementationFact = (
    PlanFiled
    | PlanSentBack
    | PlanPublished
    | MilestoneReached
    | MilestoneTakenBack
    | ProgressReported
    | ReportSentBack
    | ReportApproved
    | ProgressPhotoErased
    | AdjustmentLogged
    | AdjustmentProposed
    | AdjustmentDecided
    | AdjustmentRefused
    | AdjustmentWithdrawn
    | SessionInformed
    | DifficultyRaised
    | DifficultyDecided
    | DifficultyResolved
    | ProjectUrged
    | ProjectAccepted
    | AcceptanceUndone
    | CompletionRecorded
    | LookBackRecorded
)
