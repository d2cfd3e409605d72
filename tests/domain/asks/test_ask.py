from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.asks import ask as asks
from domain.asks import deciding
from domain.asks.answers import Completion, PlanAnswer, ProgressAnswer, Reply, SummaryAnswer
from domain.asks.ask import Ask, AskAlreadyIssued, AskFact, AskInWrongStage, AskIssued, AskKind, AskNotOpen, window
from domain.asks.rules import Question
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


def test_an_answer_must_tell_what_the_rules_ask_for() -> None:
    question = Question(code="q1", words="群众怎样参与？", required=True)
    strict = replace(issued(), required=("problems",), questions=(question,))
    with pytest.raises(Missing) as missing:
        deciding.answer_ask(after(strict), PROGRESS, JULY)
    assert missing.value.fields == ("problems",)
    told = replace(PROGRESS, problems="无")
    with pytest.raises(Missing) as unanswered:
        deciding.answer_ask(after(strict), told, JULY)
    assert unanswered.value.fields == ("q1",)
    with pytest.raises(Invalid):
        deciding.answer_ask(after(strict), replace(told, replies=(Reply(question="q2", words="什么"),)), JULY)
    deciding.answer_ask(after(strict), replace(told, replies=(Reply(question="q1", words="监督员"),)), JULY)


def test_zero_is_an_answer() -> None:
    plan = replace(issued(AskKind.PLAN), required=("proposals_received",))
    told = PlanAnswer(call_from=date(2025, 9, 20), call_until=date(2025, 10, 19), channels="网络")
    with pytest.raises(Missing):
        deciding.answer_ask(after(plan), told, date(2025, 11, 1))
    deciding.answer_ask(after(plan), replace(told, proposals_received=0), date(2025, 11, 1))


def test_what_is_sent_back_may_get_another_due_date_but_none_that_has_passed() -> None:
    answered = after(issued(), deciding.answer_ask(after(issued()), PROGRESS, JULY))
    assert asks.evolve(answered, deciding.send_back_ask(answered, "补充", JULY)).due_on == date(2026, 7, 31)
    later = deciding.send_back_ask(answered, "补充", JULY, date(2026, 8, 14))
    assert asks.evolve(answered, later).due_on == date(2026, 8, 14)
    with pytest.raises(Invalid):
        deciding.send_back_ask(answered, "补充", JULY, date(2026, 7, 7))


def test_an_ask_is_urged_while_an_answer_is_waited_for_and_withdrawn_until_it_is_approved() -> None:
    deciding.urge_ask(after(issued()), "", JULY)
    answered = after(issued(), deciding.answer_ask(after(issued()), PROGRESS, JULY))
    with pytest.raises(AskInWrongStage):
        deciding.urge_ask(answered, "", JULY)
    withdrawn = asks.evolve(answered, deciding.withdraw_ask(answered, "项目已经终止", JULY))
    assert not withdrawn.is_overdue(date(2027, 1, 1))
    with pytest.raises(AskInWrongStage):
        deciding.answer_ask(withdrawn, PROGRESS, JULY)
    approved = asks.evolve(answered, deciding.approve_ask(answered, JULY))
    with pytest.raises(AskInWrongStage):
        deciding.withdraw_ask(approved, "不必", JULY)


def test_an_ask_from_above_is_beside_the_own_one() -> None:
    upper = UUID(int=77)
    own = asks.ask_id(CONGRESS, 2026, AskKind.SUMMARY)
    assert own == asks.ask_id(CONGRESS, 2026, AskKind.SUMMARY, to=asks.Addressee.LEAD_UNITS)
    assert len({own, asks.ask_id(CONGRESS, 2026, AskKind.SUMMARY, asked_by=upper)}) == 2
    assert asks.addressee(issued(AskKind.PLAN)) is asks.Addressee.GOVERNMENT
    assert asks.addressee(replace(issued(AskKind.PLAN), asked_by=upper)) is asks.Addressee.OFFICE
