"""The chapter of the book on what happens after the vote: plans, reports, adjustments, acceptance, look-backs."""

from typing import Final

from domain.projects.adjustment_facts import (
    AdjustmentDecided,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.duty_list import DutyListPublished
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
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
from domain.projects.periods import ProgressRulesAdopted

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("projects.plan-filed", 1, PlanFiled),
    ("projects.plan-sent-back", 1, PlanSentBack),
    ("projects.plan-published", 1, PlanPublished),
    ("projects.milestone-reached", 1, MilestoneReached),
    ("projects.milestone-taken-back", 1, MilestoneTakenBack),
    ("projects.progress-reported", 1, ProgressReported),
    ("projects.report-sent-back", 1, ReportSentBack),
    ("projects.report-approved", 1, ReportApproved),
    ("projects.progress-photo-erased", 1, ProgressPhotoErased),
    ("projects.adjustment-logged", 1, AdjustmentLogged),
    ("projects.adjustment-proposed", 1, AdjustmentProposed),
    ("projects.adjustment-decided", 1, AdjustmentDecided),
    ("projects.adjustment-refused", 1, AdjustmentRefused),
    ("projects.adjustment-withdrawn", 1, AdjustmentWithdrawn),
    ("projects.session-informed", 1, SessionInformed),
    ("projects.difficulty-raised", 1, DifficultyRaised),
    ("projects.difficulty-decided", 1, DifficultyDecided),
    ("projects.difficulty-resolved", 1, DifficultyResolved),
    ("projects.project-urged", 1, ProjectUrged),
    ("projects.project-accepted", 1, ProjectAccepted),
    ("projects.acceptance-undone", 1, AcceptanceUndone),
    ("projects.completion-recorded", 1, CompletionRecorded),
    ("projects.look-back-recorded", 1, LookBackRecorded),
    ("projects.leading-group-met", 1, LeadingGroupMet),
    ("projects.duty-list-published", 1, DutyListPublished),
    ("projects.progress-rules-adopted", 1, ProgressRulesAdopted),
)
