"""What the four asks are answered with, and what an answer must hold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.shared import Invalid, Missing, Money


class Completion(StrEnum):
    """How a project of the year ended (stage 8)."""

    COMPLETED = "completed"
    BASICALLY_COMPLETED = "basically_completed"
    NOT_COMPLETED = "not_completed"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """Ask 1 问计划: how next year's vote is being prepared."""

    call_from: date | None = None
    call_until: date | None = None
    channels: str = ""
    proposals_received: int | None = None
    draft_candidates: int | None = None
    funds: Money | None = None
    party_review_on: date | None = None
    rule_profile_draft: str = ""
    training: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAnswer:
    """Ask 2 问结果: the declared poll, prefilled from it."""

    poll: UUID
    all_delegates: int
    attending: int
    issued: int
    returned: int
    candidates: int
    quota: int | None
    adopted: int
    notice_number: str
    duty_list_on: date | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressAnswer:
    """Ask 3 问进展: how far a project is, from its lead unit."""

    percent: int
    funds_spent: Money
    milestones: str
    problems: str = ""
    adjustments: str = ""
    inspections: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAnswer:
    """Ask 4 问总结: how a project ended and what it taught."""

    completion: Completion
    results: str
    leftovers: str = ""
    lessons: str = ""
    proposals: str = ""


Answer = PlanAnswer | ResultAnswer | ProgressAnswer | SummaryAnswer


def checked_plan(answer: PlanAnswer) -> PlanAnswer:
    """Raises Missing, or Invalid for a call that ends before it begins."""
    missing = tuple(name for name in ("call_from", "call_until", "channels") if not getattr(answer, name))
    if missing:
        raise Missing(fields=missing)
    if answer.call_from and answer.call_until and answer.call_until < answer.call_from:
        raise Invalid(field="call_until", reason="ends_before_start", value=answer.call_until.isoformat())
    return answer


def checked_progress(answer: ProgressAnswer) -> ProgressAnswer:
    """Raises Invalid (percent, funds, inspections) or Missing (milestones)."""
    if not 0 <= answer.percent <= 100:
        raise Invalid(field="percent", reason="percent", value=str(answer.percent))
    if answer.funds_spent < Decimal(0):
        raise Invalid(field="funds_spent", reason="negative", value=str(answer.funds_spent))
    if answer.inspections < 0:
        raise Invalid(field="inspections", reason="negative", value=str(answer.inspections))
    if not answer.milestones.strip():
        raise Missing(fields=("milestones",))
    return answer


def checked_summary(answer: SummaryAnswer) -> SummaryAnswer:
    """Raises Missing (results)."""
    if not answer.results.strip():
        raise Missing(fields=("results",))
    return answer
