from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.asks import ask as asks
from domain.asks import deciding
from domain.asks.answers import Completion, PlanAnswer, ProgressAnswer, SummaryAnswer
from domain.asks.ask import Ask, AskAlreadyIssued, AskFact, AskInWrongStage, AskIssued, AskKind, AskNotOpen, window
from domain.shared import Invalid, Missing, Money, Year

CONGRESS, PROJECT, UNIT = UUID(int=1), UUID(int=2), UUID(int=3)
PROGRESS = ProgressAnswer(percent=52, funds_spent=Money(Decimal(32000000)), milestones="完成49个小区")
JULY = date(2026, 7, 8)


def issued(kind: AskKind = AskKind.PROGRESS) -> AskIssued:
    opens_on, due_on = window(kind, 2026)
    return AskIssued(
        congress=CONGRESS,
        year=Year(2026),
        kind=kind,
        project=PROJECT,
        unit=UNIT,
        unit_name="住房和城乡建设局",
        opens_on=opens_on,
        due_on=due_on,
    )


def after(*facts: AskFact) -> Ask:
    state: Ask | None = None
    for fact in facts:
        state = asks.evolve(state, fact)
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("kind", "opens", "due"),
    [
        (AskKind.PLAN, date(2025, 10, 1), date(2025, 12, 31)),
        (AskKind.PROGRESS, date(2026, 6, 1), date(2026, 7, 31)),
        (AskKind.SUMMARY, date(2026, 11, 1), date(2026, 12, 31)),
    ],
)
def test_the_default_windows_of_the_year(kind: AskKind, opens: date, due: date) -> None:
    assert window(kind, 2026) == (opens, due)


def test_the_result_is_asked_within_fifteen_days_after_the_session() -> None:
    assert window(AskKind.RESULT, 2026, date(2026, 1, 24)) == (date(2026, 1, 24), date(2026, 2, 8))


def test_an_ask_is_issued_once() -> None:
    with pytest.raises(AskAlreadyIssued):
        deciding.issue_ask(after(issued()), issued())


def test_an_ask_cannot_be_answered_before_its_window_opens() -> None:
    with pytest.raises(AskNotOpen) as refused:
        deciding.answer_ask(after(issued()), PROGRESS, date(2026, 5, 31))
    assert refused.value.opens_on == date(2026, 6, 1)


def test_an_answer_may_be_replaced_until_it_is_approved() -> None:
    answered = after(issued(), deciding.answer_ask(after(issued()), PROGRESS, JULY))
    again = asks.evolve(answered, deciding.answer_ask(answered, PROGRESS, JULY))
    approved = asks.evolve(again, deciding.approve_ask(again, JULY))
    with pytest.raises(AskInWrongStage):
        deciding.answer_ask(approved, PROGRESS, JULY)


def test_an_answer_is_sent_back_with_a_reason_and_answered_again() -> None:
    answered = after(issued(), deciding.answer_ask(after(issued()), PROGRESS, JULY))
    with pytest.raises(Missing):
        deciding.send_back_ask(answered, "", JULY)
    sent_back = asks.evolve(answered, deciding.send_back_ask(answered, "请补充资金", JULY))
    assert sent_back.stage is asks.AskStage.SENT_BACK
    with pytest.raises(AskInWrongStage):
        deciding.approve_ask(sent_back, JULY)
    assert asks.evolve(sent_back, deciding.answer_ask(sent_back, PROGRESS, JULY)).stage is asks.AskStage.ANSWERED


def test_an_ask_is_overdue_from_the_day_after_its_due_date_until_it_is_answered() -> None:
    open_ask = after(issued())
    assert not open_ask.is_overdue(date(2026, 7, 31))
    assert open_ask.is_overdue(date(2026, 8, 1))
    answered = asks.evolve(open_ask, deciding.answer_ask(open_ask, PROGRESS, date(2026, 8, 1)))
    assert not answered.is_overdue(date(2026, 8, 2))
    assert asks.evolve(answered, deciding.send_back_ask(answered, "数字有误", date(2026, 8, 2))).is_overdue(
        date(2026, 8, 2)
    )


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_a_percentage(percent: int) -> None:
    wrong = ProgressAnswer(percent=percent, funds_spent=Money(Decimal(0)), milestones="开工")
    with pytest.raises(Invalid) as refused:
        deciding.answer_ask(after(issued()), wrong, JULY)
    assert refused.value.field == "percent"


def test_an_ask_takes_only_an_answer_of_its_own_kind() -> None:
    with pytest.raises(Invalid):
        deciding.answer_ask(after(issued()), SummaryAnswer(completion=Completion.COMPLETED, results="全部完成"), JULY)


def test_the_plan_answer_names_what_is_missing_and_a_window_that_ends_before_it_starts() -> None:
    plan = after(issued(AskKind.PLAN))
    today = date(2025, 11, 1)
    with pytest.raises(Missing) as missing:
        deciding.answer_ask(plan, PlanAnswer(channels="网络"), today)
    assert missing.value.fields == ("call_from", "call_until")
    backwards = PlanAnswer(call_from=date(2025, 10, 19), call_until=date(2025, 9, 20), channels="网络")
    with pytest.raises(Invalid):
        deciding.answer_ask(plan, backwards, today)
