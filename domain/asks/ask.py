"""The four asks 四问: checkpoints of the year, each issued, answered, sent back or approved."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, Money, NotFound, Refused, Year


class AskKind(StrEnum):
    """Which of the four checkpoints."""

    PLAN = "plan"
    RESULT = "result"
    PROGRESS = "progress"
    SUMMARY = "summary"


class AskStage(StrEnum):
    """Whose turn it is."""

    ISSUED = "issued"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


class Completion(StrEnum):
    """How a project of the year ended (stage 8)."""

    COMPLETED = "completed"
    BASICALLY_COMPLETED = "basically_completed"
    NOT_COMPLETED = "not_completed"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIssued:
    """A checkpoint was put to somebody: to a unit, or to the congress's own office when `unit` is None."""

    congress: UUID
    year: Year
    kind: AskKind
    project: UUID | None
    unit: UUID | None
    unit_name: str
    opens_on: date
    due_on: date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswered:
    """Ask 1 was answered."""

    answer: PlanAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAnswered:
    """Ask 2 was answered."""

    answer: ResultAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressAnswered:
    """Ask 3 was answered."""

    answer: ProgressAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAnswered:
    """Ask 4 was answered."""

    answer: SummaryAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSentBack:
    """The answer is to be reworked 退回, with the reason."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApproved:
    """The answer was approved 认可."""

    on: date
    remark: str = ""


AskFact = AskIssued | PlanAnswered | ResultAnswered | ProgressAnswered | SummaryAnswered | AskSentBack | AskApproved


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A checkpoint as it stands."""

    congress: UUID
    year: Year
    kind: AskKind
    project: UUID | None
    unit: UUID | None
    opens_on: date
    due_on: date
    stage: AskStage = AskStage.ISSUED
    answer: Answer | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the addressee should have answered by now."""
        return self.stage in (AskStage.ISSUED, AskStage.SENT_BACK) and today > self.due_on


@dataclass(eq=False)
class AskNotOpen(Refused):
    """An ask can be answered from the day its window opens."""

    opens_on: date


@dataclass(eq=False)
class AskInWrongStage(Refused):
    """The step does not fit where the ask stands."""

    stage: str


@dataclass(eq=False)
class AskAlreadyIssued(Refused):
    """An ask of the kind and year is out already."""

    kind: str
    year: int


def ask_id(congress: UUID, year: int, kind: AskKind, project: UUID | None = None) -> UUID:
    """One ask of each kind a year, or a year and project."""
    return uuid5(congress, f"ask/{year}/{kind.value}/{project or ''}")


def window(kind: AskKind, year: int, session_ends_on: date | None = None) -> tuple[date, date]:
    """The default window of an ask (domain.md, section 3): first and last day.

    The result is asked from the day the session ends and due fifteen days after it.
    """
    match kind:
        case AskKind.PLAN:
            return date(year - 1, 10, 1), date(year - 1, 12, 31)
        case AskKind.RESULT:
            end = session_ends_on or date(year, 1, 31)
            return end, end + timedelta(days=15)
        case AskKind.PROGRESS:
            return date(year, 6, 1), date(year, 7, 31)
        case AskKind.SUMMARY:
            return date(year, 11, 1), date(year, 12, 31)


def issue_ask(ask: Ask | None, fact: AskIssued) -> AskIssued:
    """Raises AskAlreadyIssued, or Invalid when it would be due before it opens."""
    if ask is not None:
        raise AskAlreadyIssued(kind=fact.kind.value, year=fact.year)
    if fact.due_on < fact.opens_on:
        raise Invalid(field="due_on", reason="ends_before_start", value=fact.due_on.isoformat())
    return fact


def answer_ask(ask: Ask | None, answer: Answer, today: date) -> AskFact:
    """An answer may be replaced until it is approved.

    Raises AskNotOpen, AskInWrongStage, Missing, or Invalid for an answer of another kind.
    """
    ask = _known(ask)
    if today < ask.opens_on:
        raise AskNotOpen(opens_on=ask.opens_on)
    if ask.stage is AskStage.APPROVED:
        raise AskInWrongStage(stage=ask.stage.value)
    match ask.kind, answer:
        case AskKind.PLAN, PlanAnswer():
            return PlanAnswered(answer=_checked_plan(answer), on=today)
        case AskKind.RESULT, ResultAnswer():
            return ResultAnswered(answer=answer, on=today)
        case AskKind.PROGRESS, ProgressAnswer():
            return ProgressAnswered(answer=_checked_progress(answer), on=today)
        case AskKind.SUMMARY, SummaryAnswer():
            return SummaryAnswered(answer=_checked_summary(answer), on=today)
    raise Invalid(field="kind", reason="other_kind", value=ask.kind.value)


def send_back_ask(ask: Ask | None, reason: str, today: date) -> AskSentBack:
    """Raises Missing (reason) or AskInWrongStage unless there is an answer to look at."""
    _in_stage(ask, AskStage.ANSWERED)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AskSentBack(reason=reason.strip(), on=today)


def approve_ask(ask: Ask | None, today: date, remark: str = "") -> AskApproved:
    """Raises AskInWrongStage unless there is an answer to approve."""
    _in_stage(ask, AskStage.ANSWERED)
    return AskApproved(on=today, remark=remark.strip())


def evolve(ask: Ask | None, fact: AskFact) -> Ask:
    """The ask after one more fact."""
    match fact:
        case AskIssued():
            return Ask(
                congress=fact.congress,
                year=fact.year,
                kind=fact.kind,
                project=fact.project,
                unit=fact.unit,
                opens_on=fact.opens_on,
                due_on=fact.due_on,
            )
        case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered():
            return replace(_known(ask), stage=AskStage.ANSWERED, answer=fact.answer)
        case AskSentBack():
            return replace(_known(ask), stage=AskStage.SENT_BACK)
        case AskApproved():
            return replace(_known(ask), stage=AskStage.APPROVED)


def _known(ask: Ask | None) -> Ask:
    if ask is None:
        raise NotFound(kind="ask", id="")
    return ask


def _in_stage(ask: Ask | None, stage: AskStage) -> None:
    if _known(ask).stage is not stage:
        raise AskInWrongStage(stage=_known(ask).stage.value)


def _checked_plan(answer: PlanAnswer) -> PlanAnswer:
    missing = tuple(name for name in ("call_from", "call_until", "channels") if not getattr(answer, name))
    if missing:
        raise Missing(fields=missing)
    if answer.call_from and answer.call_until and answer.call_until < answer.call_from:
        raise Invalid(field="call_until", reason="ends_before_start", value=answer.call_until.isoformat())
    return answer


def _checked_progress(answer: ProgressAnswer) -> ProgressAnswer:
    if not 0 <= answer.percent <= 100:
        raise Invalid(field="percent", reason="percent", value=str(answer.percent))
    if answer.funds_spent < Decimal(0):
        raise Invalid(field="funds_spent", reason="negative", value=str(answer.funds_spent))
    if answer.inspections < 0:
        raise Invalid(field="inspections", reason="negative", value=str(answer.inspections))
    if not answer.milestones.strip():
        raise Missing(fields=("milestones",))
    return answer


def _checked_summary(answer: SummaryAnswer) -> SummaryAnswer:
    if not answer.results.strip():
        raise Missing(fields=("results",))
    return answer
