"""The rules of the four asks: the table of domain.md, stage 6, and what a congress may make of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.asks import rules as ask_rules
from domain.asks.rules import (
    READY_MADE,
    Addressee,
    AskKind,
    AskRules,
    CountedFrom,
    EscalationStep,
    Question,
    SessionUnknown,
    WindowDay,
)
from domain.shared import Invalid, Missing

CONGRESS = UUID(int=1)


def with_rule(kind: AskKind, **changed: object) -> AskRules:
    made = tuple(replace(rule, **changed) if rule.kind is kind else rule for rule in READY_MADE.rules)  # type: ignore[arg-type]  # fields by name
    return replace(READY_MADE, rules=made)


def adopt(rules: AskRules) -> AskRules:
    return ask_rules.adopt_rules(None, CONGRESS, rules, "主任会议第40次会议").rules


@pytest.mark.parametrize(
    ("kind", "window", "to"),
    [
        (AskKind.PLAN, (date(2025, 10, 1), date(2025, 12, 31)), Addressee.GOVERNMENT),
        (AskKind.RESULT, (date(2026, 1, 24), date(2026, 2, 8)), Addressee.OFFICE),
        (AskKind.PROGRESS, (date(2026, 6, 1), date(2026, 7, 31)), Addressee.LEAD_UNITS),
        (AskKind.SUMMARY, (date(2026, 11, 1), date(2026, 12, 31)), Addressee.LEAD_UNITS),
    ],
)
def test_the_ready_made_rules_are_the_table_of_the_field(
    kind: AskKind, window: tuple[date, date], to: Addressee
) -> None:
    rule = READY_MADE.of(kind)
    assert rule.window(2026, date(2026, 1, 24)) == window
    assert rule.to == (to,)
    assert adopt(READY_MADE) == READY_MADE


def test_a_window_may_be_counted_from_the_session_which_must_be_known() -> None:
    fortieth = WindowDay(counted_from=CountedFrom.SESSION, days=40)
    rule = adopt(with_rule(AskKind.PROGRESS, opens=replace(fortieth, days=10), due=fortieth)).of(AskKind.PROGRESS)
    assert rule.window(2026, date(2026, 1, 24)) == (date(2026, 2, 3), date(2026, 3, 5))
    with pytest.raises(SessionUnknown):
        rule.window(2026, None)


def test_the_last_day_of_february_follows_the_year() -> None:
    day = WindowDay(month=2, day=29)
    assert (day.of(2028, None), day.of(2026, None)) == (date(2028, 2, 29), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (with_rule(AskKind.PROGRESS, opens=WindowDay(month=8)), "due_on"),
        (with_rule(AskKind.PLAN, due=WindowDay(month=13)), "plan_due"),
        (with_rule(AskKind.RESULT, due=WindowDay(month=3)), "result_due"),
        (with_rule(AskKind.PROGRESS, to=(Addressee.GOVERNMENT,)), "progress_to"),
        (with_rule(AskKind.PLAN, required=("photos",)), "plan_required"),
        (replace(READY_MADE, rework_days=0), "rework_days"),
        (
            replace(READY_MADE, escalation=(EscalationStep(after=5, to="甲"), EscalationStep(after=5, to="乙"))),
            "escalation",
        ),
        (with_rule(AskKind.SUMMARY, questions=(Question(code="", words="问"),) * 11), "summary_questions"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused_at_their_field(rules: AskRules, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        adopt(rules)
    assert refused.value.field == field


def test_rules_need_a_decision_addressees_and_words() -> None:
    with pytest.raises(Missing) as undecided:
        ask_rules.adopt_rules(None, CONGRESS, READY_MADE, " ")
    assert undecided.value.fields == ("decision",)
    with pytest.raises(Missing):
        adopt(with_rule(AskKind.PLAN, to=()))
    with pytest.raises(Missing):
        adopt(with_rule(AskKind.PLAN, questions=(Question(code="", words=" "),)))


def test_questions_get_their_codes_and_versions_count_up() -> None:
    asked = with_rule(
        AskKind.SUMMARY, questions=(Question(code="", words="群众怎样参与？"), Question(code="", words="乙"))
    )
    first = ask_rules.adopt_rules(None, CONGRESS, asked, "一")
    assert [one.code for one in first.rules.of(AskKind.SUMMARY).questions] == ["q1", "q2"]
    second = ask_rules.adopt_rules(ask_rules.evolve_rules(None, first), CONGRESS, READY_MADE, "二")
    assert (first.version, second.version) == (1, 2)


def test_a_window_that_would_end_after_the_last_day_there_is_is_refused() -> None:
    with pytest.raises(Invalid):
        READY_MADE.of(AskKind.RESULT).window(2026, date(9999, 12, 20))
    assert READY_MADE.of(AskKind.RESULT).window(2026, date(9999, 12, 16))[1] == date.max
