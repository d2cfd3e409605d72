"""The answers of the four asks as they are typed."""

from collections.abc import Sequence
from datetime import date

from domain.asks.answers import (
    Answer,
    Completion,
    CompletionCount,
    PlanAnswer,
    ProgressAnswer,
    Reply,
    SummaryAnswer,
)
from domain.asks.ask import AskKind
from domain.files import Attached
from interfaces.web._base.forms import Typed
from projections.asks_board import AskRow


def read_answer(typed: Typed, ask: AskRow, photos: Sequence[Attached] = ()) -> Answer | None:
    """The answer that was typed; None for ask 2, which the declared poll answers. Raises WrongFields."""
    answer: Answer | None = None
    match AskKind(ask.kind):
        case AskKind.PLAN:
            answer = _plan(typed, ask)
        case AskKind.RESULT:
            pass
        case AskKind.PROGRESS:
            answer = _progress(typed, ask, photos)
        case AskKind.SUMMARY:
            answer = _summary(typed, ask)
    typed.settle()
    return answer


def read_replies(typed: Typed, ask: AskRow) -> tuple[Reply, ...]:
    """What was said to the additional questions; those left empty are left out."""
    told = [(question["code"], typed.text(question["code"])) for question in ask.questions]
    return tuple(Reply(question=code, words=words) for code, words in told if words)


def optional_date(typed: Typed, name: str) -> date | None:
    """A date that may be left out."""
    return typed.date(name) if typed.text(name) else None


def _plan(typed: Typed, ask: AskRow) -> PlanAnswer:
    return PlanAnswer(
        call_from=typed.date("call_from"),
        call_until=typed.date("call_until"),
        channels=typed.required("channels"),
        proposals_received=_optional_number(typed, "proposals_received"),
        draft_candidates=_optional_number(typed, "draft_candidates"),
        funds=typed.money_in_wan("funds") if typed.text("funds") else None,
        party_review_on=optional_date(typed, "party_review_on"),
        rule_profile_draft=typed.text("rule_profile_draft"),
        training=typed.text("training"),
        replies=read_replies(typed, ask),
    )


def _progress(typed: Typed, ask: AskRow, photos: Sequence[Attached]) -> ProgressAnswer:
    return ProgressAnswer(
        percent=typed.integer("percent"),
        funds_spent=typed.money_in_wan("funds_spent"),
        milestones=typed.required("milestones"),
        problems=typed.text("problems"),
        adjustments=typed.text("adjustments"),
        inspections=_optional_number(typed, "inspections") or 0,
        photos=tuple(photos),
        replies=read_replies(typed, ask),
    )


def _summary(typed: Typed, ask: AskRow) -> SummaryAnswer:
    counts = [(one, _optional_number(typed, f"count_{one.value}")) for one in Completion]
    return SummaryAnswer(
        completion=typed.choice("completion", Completion),
        results=typed.required("results"),
        evaluation=typed.text("evaluation"),
        leftovers=typed.text("leftovers"),
        lessons=typed.text("lessons"),
        proposals=typed.text("proposals"),
        counts=tuple(CompletionCount(completion=one, projects=number) for one, number in counts if number),
        replies=read_replies(typed, ask),
    )


def _optional_number(typed: Typed, name: str) -> int | None:
    return typed.integer(name) if typed.text(name) else None
