"""The four asks 四问: checkpoints of the year, each issued, answered, sent back or approved."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from domain.asks.answers import (
    Answer,
    PlanAnswer,
    ProgressAnswer,
    ResultAnswer,
    SummaryAnswer,
    checked_plan,
    checked_progress,
    checked_summary,
)
from domain.shared import Invalid, Missing, NotFound, Refused, Year


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
            return PlanAnswered(answer=checked_plan(answer), on=today)
        case AskKind.RESULT, ResultAnswer():
            return ResultAnswered(answer=answer, on=today)
        case AskKind.PROGRESS, ProgressAnswer():
            return ProgressAnswered(answer=checked_progress(answer), on=today)
        case AskKind.SUMMARY, SummaryAnswer():
            return SummaryAnswered(answer=checked_summary(answer), on=today)
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
