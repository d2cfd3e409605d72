"""The answers of the four asks as they are typed, and what the system fills in."""

from datetime import date
from uuid import UUID

from application.office import Office
from domain.asks.answers import Answer, Completion, PlanAnswer, ProgressAnswer, ResultAnswer, SummaryAnswer
from domain.asks.ask import AskKind
from domain.asks.result import result_answer
from domain.polls import poll as polls
from domain.shared import NotFound
from interfaces.web._base.forms import Typed
from projections.asks_board import AskRow


def read_answer(typed: Typed, ask: AskRow, office: Office, poll: UUID | None) -> Answer:
    """The answer that was typed. Raises WrongFields, or NotFound for a result without a declared poll."""
    match AskKind(ask.kind):
        case AskKind.PLAN:
            answer: Answer = _plan(typed)
        case AskKind.RESULT:
            answer = _result(typed, office, poll)
        case AskKind.PROGRESS:
            answer = ProgressAnswer(
                percent=typed.integer("percent"),
                funds_spent=typed.money_in_wan("funds_spent"),
                milestones=typed.required("milestones"),
                problems=typed.text("problems"),
                adjustments=typed.text("adjustments"),
                inspections=typed.integer("inspections") if typed.text("inspections") else 0,
            )
        case AskKind.SUMMARY:
            answer = SummaryAnswer(
                completion=typed.choice("completion", Completion),
                results=typed.required("results"),
                leftovers=typed.text("leftovers"),
                lessons=typed.text("lessons"),
                proposals=typed.text("proposals"),
            )
    typed.settle()
    return answer


def _plan(typed: Typed) -> PlanAnswer:
    return PlanAnswer(
        call_from=typed.date("call_from"),
        call_until=typed.date("call_until"),
        channels=typed.required("channels"),
        proposals_received=typed.integer("proposals_received") if typed.text("proposals_received") else None,
        draft_candidates=typed.integer("draft_candidates") if typed.text("draft_candidates") else None,
        funds=typed.money_in_wan("funds") if typed.text("funds") else None,
        party_review_on=_optional_date(typed, "party_review_on"),
        rule_profile_draft=typed.text("rule_profile_draft"),
        training=typed.text("training"),
    )


def _result(typed: Typed, office: Office, poll: UUID | None) -> ResultAnswer:
    state = office.state_of(poll, polls.evolve) if poll else None
    if poll is None or state is None:
        raise NotFound(kind="voted_list", id="")
    return result_answer(poll, state, duty_list_on=_optional_date(typed, "duty_list_on"), remarks=typed.text("remarks"))


def _optional_date(typed: Typed, name: str) -> date | None:
    return typed.date(name) if typed.text(name) else None
