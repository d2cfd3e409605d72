"""What a day without an answer brings about for a duty: overdue once, harder steps by working days, nothing twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.congress.working_days import WorkingDays
from domain.shared import Invalid, Missing
from domain.supervision.duty import (
    Duty,
    DutyEscalated,
    DutyFact,
    DutyFellOverdue,
    DutyOutcome,
    EscalationStep,
    evolve,
)
from domain.supervision.duty_overdue import note_overdue
from domain.supervision.duty_rules import READY_MADE, DutyRules, DutyRung, adopt_duty_rules, evolve_duty_rules
from tests.domain.supervision.test_duties import APPROVED, CONGRESS, DUE, DUTY, RAISED, SENT_BACK, answered, escalated
from tests.support.given import given

REMINDED, PRESSED, REPORTED = EscalationStep
FREE, MADE_UP = date(2026, 6, 26), date(2026, 6, 28)
DAYS = WorkingDays(holidays=frozenset({FREE}), make_up=frozenset({MADE_UP}))
"""Due on Tuesday 2026-06-23; then two days, a free Friday, a worked Sunday, Monday: the fifth is the 30th."""


def noted(known: Duty | None, today: date, rules: DutyRules = READY_MADE) -> tuple[DutyFact, ...]:
    return note_overdue(known, DUTY, rules, DAYS, today)


def after(*facts: DutyFact) -> Duty:
    state: Duty | None = None
    for fact in facts:
        state = evolve(state, fact)
    assert state is not None
    return state


def fell(on: date, due_on: date = DUE) -> DutyFellOverdue:
    return DutyFellOverdue(duty=DUTY, due_on=due_on, on=on)


def by_rule(step: EscalationStep, on: date, late: int, to: str = "") -> DutyEscalated:
    return DutyEscalated(duty=DUTY, step=step, to=to, words="", on=on, working_days=late)


def test_on_its_day_nothing_is_noted_and_the_day_after_it_fell_overdue_and_the_unit_is_reminded() -> None:
    next_day = DUE + timedelta(days=1)
    assert noted(after(RAISED), DUE) == ()
    assert noted(after(RAISED), next_day) == (fell(next_day), by_rule(REMINDED, next_day, 1))


def test_after_5_and_10_working_days_it_goes_up_and_holidays_and_made_up_days_count_as_they_should() -> None:
    known = after(RAISED, fell(date(2026, 6, 24)), by_rule(REMINDED, date(2026, 6, 24), 1))
    assert noted(known, date(2026, 6, 29)) == (), "the fourth working day: the 26th is free, the 28th is worked"
    fifth = by_rule(PRESSED, date(2026, 6, 30), 5, "政府办公室")
    assert noted(known, date(2026, 6, 30)) == (fifth,)
    pressed = after(RAISED, fell(date(2026, 6, 24)), by_rule(REMINDED, date(2026, 6, 24), 1), fifth)
    assert noted(pressed, date(2026, 7, 6)) == ()
    assert noted(pressed, date(2026, 7, 7)) == (by_rule(REPORTED, date(2026, 7, 7), 10, "主任会议"),)


def test_after_a_long_silence_every_step_is_taken_in_its_order_and_never_again() -> None:
    on = date(2026, 8, 3)
    facts = noted(after(RAISED), on)
    assert [type(one) for one in facts] == [DutyFellOverdue, *[DutyEscalated] * 3]
    assert [one.step for one in facts if isinstance(one, DutyEscalated)] == list(EscalationStep)
    assert noted(after(RAISED, *facts), on + timedelta(days=90)) == ()


def test_a_step_taken_by_hand_is_not_taken_again() -> None:
    known = after(RAISED, escalated(REMINDED))
    on = date(2026, 6, 30)
    assert noted(known, on) == (fell(on), by_rule(PRESSED, on, 5, "政府办公室"))


def test_an_answer_stops_it_and_sent_back_it_falls_overdue_anew_from_where_it_stood() -> None:
    first = noted(after(RAISED), date(2026, 6, 24))
    assert noted(after(RAISED, *first, answered()), date(2026, 9, 1)) == ()
    again = replace(SENT_BACK, due_on=date(2026, 7, 10))
    known = after(RAISED, *first, answered(), again)
    assert noted(known, date(2026, 7, 10)) == ()
    assert noted(known, date(2026, 7, 13)) == (fell(date(2026, 7, 13), date(2026, 7, 10)),), "reminded already"


def test_a_promise_that_is_not_kept_is_noted_by_the_promised_day() -> None:
    promised = answered(DutyOutcome.UNDER_WAY, promised=date(2026, 7, 31))
    known = after(RAISED, promised, APPROVED)
    assert noted(known, date(2026, 7, 31)) == ()
    monday = date(2026, 8, 3)
    assert noted(known, monday) == (fell(monday, date(2026, 7, 31)), by_rule(REMINDED, monday, 1))


@any_of(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_however_often_it_is_looked_at_each_thing_is_noted_once(days: list[int]) -> None:
    facts: list[DutyFact] = [RAISED]
    for later in sorted(days):
        facts += noted(after(*facts), DUE + timedelta(days=later))
    fallen = [one for one in facts if isinstance(one, DutyFellOverdue)]
    steps = [one.step for one in facts if isinstance(one, DutyEscalated)]
    assert len(fallen) == (max(days) > 0)
    assert steps == list(EscalationStep)[: len(steps)]


def test_rules_are_steps_from_the_first_on_each_later_than_the_one_before() -> None:
    rules = DutyRules(rungs=(DutyRung(step=REMINDED, after=2), DutyRung(step=PRESSED, after=8, to=" 督查室 ")))
    fact = adopt_duty_rules(None, CONGRESS, rules, " 主任会议第3次会议 ")
    assert (fact.version, fact.decision, fact.rules.rungs[1].to) == (1, "主任会议第3次会议", "督查室")
    second = adopt_duty_rules(evolve_duty_rules(None, fact), CONGRESS, DutyRules(), "二")
    assert (second.version, second.rules.rungs) == (2, ()), "everything by hand"
    assert noted(after(RAISED), date(2026, 9, 1), second.rules) == (fell(date(2026, 9, 1)),)


@pytest.mark.parametrize(
    "rungs",
    [
        [(PRESSED, 1, "督查室")],
        [(REMINDED, 5, ""), (PRESSED, 5, "督查室")],
        [(REMINDED, 0, "")],
        [(REMINDED, 251, "")],
        [(REMINDED, 1, ""), (REMINDED, 2, "")],
    ],
)
def test_rules_that_leave_a_step_out_or_do_not_rise_are_refused(rungs: list[tuple[EscalationStep, int, str]]) -> None:
    rules = DutyRules(rungs=tuple(DutyRung(step=step, after=days, to=to) for step, days, to in rungs))
    given(evolve=evolve_duty_rules).when(lambda now: adopt_duty_rules(now, CONGRESS, rules, "一")).refused(
        Invalid, field="rungs"
    )


def test_who_is_told_of_a_harder_step_and_by_which_decision_has_to_be_said() -> None:
    nobody = DutyRules(rungs=(DutyRung(step=REMINDED, after=1), DutyRung(step=PRESSED, after=2, to=" ")))
    for rules, decision in ((nobody, "一"), (READY_MADE, " ")):
        with pytest.raises(Missing):
            adopt_duty_rules(None, CONGRESS, rules, decision)
