"""What may be done with an ask: issue, answer, send back, approve, urge, withdraw."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.asks.answers import (
    Answer,
    PlanAnswer,
    ProgressAnswer,
    ResultAnswer,
    SummaryAnswer,
    require_sound,
    require_told,
)
from domain.asks.ask import (
    WAITING,
    Answered,
    Ask,
    AskAlreadyIssued,
    AskApproved,
    AskHandedOver,
    AskInWrongStage,
    AskIssued,
    AskNotOpen,
    AskPhotoErased,
    AskSentBack,
    AskStage,
    AskUrged,
    AskWithdrawn,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
    known_ask,
)
from domain.asks.rules import ALWAYS, AskKind, Question
from domain.shared import Invalid, Missing, NotFound


def issue_ask(ask: Ask | None, fact: AskIssued) -> AskIssued:
    """Raises AskAlreadyIssued, or Invalid when it would be due before it opens."""
    if ask is not None:
        raise AskAlreadyIssued(kind=fact.kind.value, year=fact.year)
    if fact.due_on < fact.opens_on:
        raise Invalid(field="due_on", reason="ends_before_start", value=fact.due_on.isoformat())
    return fact


def answer_ask(ask: Ask | None, answer: Answer, today: date) -> Answered:
    """An answer may be replaced until it is approved.

    Raises AskNotOpen, AskInWrongStage, Missing, or Invalid for an answer of another kind.
    """
    ask = known_ask(ask)
    if today < ask.opens_on:
        raise AskNotOpen(opens_on=ask.opens_on)
    if ask.stage in (AskStage.APPROVED, AskStage.WITHDRAWN):
        raise AskInWrongStage(stage=ask.stage.value)
    fact = _answered(ask.kind, answer, today)
    require_told(answer, (*ALWAYS[ask.kind], *ask.required))
    require_sound(answer)
    _require_replies(ask.questions, answer)
    return fact


def send_back_ask(ask: Ask | None, reason: str, today: date, due_on: date | None = None) -> AskSentBack:
    """Raises Missing (reason), Invalid (due_on) or AskInWrongStage unless there is an answer to look at."""
    known = _in_stage(ask, AskStage.ANSWERED)
    if not reason.strip():
        raise Missing(fields=("reason",))
    if due_on is not None and due_on < today:
        raise Invalid(field="due_on", reason="ask_due_in_the_past", value=due_on.isoformat())
    return AskSentBack(reason=reason.strip(), on=today, due_on=None if due_on == known.due_on else due_on)


def approve_ask(ask: Ask | None, today: date, remark: str = "") -> AskApproved:
    """Raises AskInWrongStage unless there is an answer to approve."""
    _in_stage(ask, AskStage.ANSWERED)
    return AskApproved(on=today, remark=remark.strip())


def urge_ask(ask: Ask | None, words: str, today: date) -> AskUrged:
    """Raises AskInWrongStage unless an answer is waited for."""
    _waiting(ask)
    return AskUrged(words=words.strip(), on=today)


def withdraw_ask(ask: Ask | None, reason: str, today: date) -> AskWithdrawn:
    """Raises Missing (reason), or AskInWrongStage once the answer was approved."""
    known = known_ask(ask)
    if known.stage in (AskStage.APPROVED, AskStage.WITHDRAWN):
        raise AskInWrongStage(stage=known.stage.value)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AskWithdrawn(reason=reason.strip(), on=today)


def hand_over(ask: Ask | None, unit: UUID, unit_name: str, today: date) -> tuple[AskHandedOver, ...]:
    """The ask goes to the unit that leads the project now; nothing where it does already, or needs no answer more."""
    if ask is None or ask.unit == unit or ask.stage in (AskStage.APPROVED, AskStage.WITHDRAWN):
        return ()
    return (AskHandedOver(unit=unit, unit_name=unit_name, on=today),)


def erase_photo(ask: Ask | None, file: UUID, reason: str, today: date) -> AskPhotoErased:
    """Raises NotFound for a file that is no photo of the answer, or Missing (reason)."""
    known = known_ask(ask)
    photos = known.answer.photos if isinstance(known.answer, ProgressAnswer) else ()
    if file not in {one.file for one in photos}:
        raise NotFound(kind="file", id=str(file))
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AskPhotoErased(file=file, reason=reason.strip(), on=today)


def _answered(kind: AskKind, answer: Answer, on: date) -> Answered:
    match kind, answer:
        case AskKind.PLAN, PlanAnswer():
            return PlanAnswered(answer=answer, on=on)
        case AskKind.RESULT, ResultAnswer():
            return ResultAnswered(answer=answer, on=on)
        case AskKind.PROGRESS, ProgressAnswer():
            return ProgressAnswered(answer=answer, on=on)
        case AskKind.SUMMARY, SummaryAnswer():
            return SummaryAnswered(answer=answer, on=on)
    raise Invalid(field="kind", reason="other_kind", value=kind.value)


def _require_replies(questions: Sequence[Question], answer: Answer) -> None:
    """Raises Missing for a required question without words, Invalid for a reply to none."""
    replied = {reply.question: reply.words for reply in answer.replies}
    if strange := replied.keys() - {one.code for one in questions}:
        raise Invalid(field="replies", reason="no_such_question", value=min(strange))
    unanswered = tuple(one.code for one in questions if one.required and not replied.get(one.code, "").strip())
    if unanswered:
        raise Missing(fields=unanswered)


def _in_stage(ask: Ask | None, stage: AskStage) -> Ask:
    known = known_ask(ask)
    if known.stage is not stage:
        raise AskInWrongStage(stage=known.stage.value)
    return known


def _waiting(ask: Ask | None) -> Ask:
    known = known_ask(ask)
    if known.stage not in WAITING:
        raise AskInWrongStage(stage=known.stage.value)
    return known
