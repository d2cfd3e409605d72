"""What the four asks are answered with, and what an answer must hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.shared import Invalid, Missing, Money

MOST_PHOTOS = 9
"""With one answer about progress."""

LONGEST_TEXT = 4000


class Completion(StrEnum):
    """How a project of the year ended (stage 8)."""

    COMPLETED = "completed"
    BASICALLY_COMPLETED = "basically_completed"
    NOT_COMPLETED = "not_completed"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was said to an additional question of the rules; `question` is its code."""

    question: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVotes:
    """How one candidate project fared, as it was declared."""

    name: str
    votes_for: int
    against: int | None
    abstain: int | None
    adopted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionCount:
    """How many projects of a year ended in one way."""

    completion: Completion
    projects: int


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
    replies: tuple[Reply, ...] = ()


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
    counts: tuple[ItemVotes, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressAnswer:
    """Ask 3 问进展: how far a project is, from its lead unit; or the year as a whole, from a congress below."""

    percent: int
    funds_spent: Money
    milestones: str
    problems: str = ""
    adjustments: str = ""
    inspections: int = 0
    photos: tuple[Attached, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAnswer:
    """Ask 4 问总结: how a project (or, from a congress below, the year) ended and what it taught."""

    completion: Completion
    results: str
    leftovers: str = ""
    lessons: str = ""
    proposals: str = ""
    evaluation: str = ""
    """How it was rated 满意度测评."""
    counts: tuple[CompletionCount, ...] = ()
    """Of all projects of the year, where the answer is about the year."""
    replies: tuple[Reply, ...] = ()


Answer = PlanAnswer | ResultAnswer | ProgressAnswer | SummaryAnswer


def require_told(answer: Answer, names: Iterable[str]) -> None:
    """Raises Missing for every field of these that says nothing; zero is an answer."""
    if missing := tuple(name for name in names if _says_nothing(getattr(answer, name))):
        raise Missing(fields=missing)


def require_sound(answer: Answer) -> None:
    """Raises Invalid for figures and dates that cannot be, and for texts that are too long."""
    match answer:
        case PlanAnswer():
            _require_plan(answer)
        case ProgressAnswer():
            _require_progress(answer)
        case SummaryAnswer():
            for count in answer.counts:
                _not_negative("counts", count.projects)
        case ResultAnswer():
            pass
    for name in answer.__dataclass_fields__:
        value = getattr(answer, name)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise Invalid(field=name, reason="too_long", value=str(LONGEST_TEXT))


def _require_plan(answer: PlanAnswer) -> None:
    if answer.call_from and answer.call_until and answer.call_until < answer.call_from:
        raise Invalid(field="call_until", reason="ends_before_start", value=answer.call_until.isoformat())
    for name in ("proposals_received", "draft_candidates", "funds"):
        _not_negative(name, getattr(answer, name))


def _require_progress(answer: ProgressAnswer) -> None:
    if not 0 <= answer.percent <= 100:
        raise Invalid(field="percent", reason="percent", value=str(answer.percent))
    _not_negative("funds_spent", answer.funds_spent)
    _not_negative("inspections", answer.inspections)
    if len(answer.photos) > MOST_PHOTOS:
        raise Invalid(field="photos", reason="too_many_photos", value=str(MOST_PHOTOS))


def _not_negative(field: str, value: Decimal | int | None) -> None:
    if value is not None and value < 0:
        raise Invalid(field=field, reason="negative", value=str(value))


def _says_nothing(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())
