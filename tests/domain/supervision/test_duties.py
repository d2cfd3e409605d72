"""Duties: given, answered, sent back, approved, escalated one step after the other; promises are watched."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.shared import Invalid, Missing, NotFound, Year
from domain.supervision import handling
from domain.supervision.duty import (
    STEPS,
    Duty,
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyOrder,
    DutyOutcome,
    DutyRaised,
    DutySentBack,
    DutySource,
    DutyStage,
    DutyWithdrawn,
    EscalationStep,
    Origin,
    evolve,
)
from domain.supervision.handling import DutyInWrongStage, DutyNotOverdue, EscalationMovedOn, NoHarderStep
from tests.support.given import given

CONGRESS, DUTY, UNIT, OTHER, PROJECT = (UUID(int=number) for number in range(1, 6))
TODAY = date(2026, 6, 1)
DUE = date(2026, 6, 23)
ORIGIN = Origin(kind=DutySource.INQUIRY, id=UUID(int=9), title="老旧小区改造")

RAISED = DutyRaised(
    congress=CONGRESS,
    year=Year(2026),
    duty=DUTY,
    origin=ORIGIN,
    project=PROJECT,
    unit=UNIT,
    unit_name="市住建局",
    words="三处积水未整改",
    on=TODAY,
    working_days=15,
    due_on=DUE,
)


def answered(outcome: DutyOutcome = DutyOutcome.DONE, *, promised: date | None = None, **of: Any) -> DutyAnswered:
    fact = DutyAnswered(
        duty=DUTY,
        words="已整改",
        outcome=outcome,
        promised_on=promised,
        files=(),
        unit=UNIT,
        unit_name="市住建局",
        on=date(2026, 6, 10),
    )
    return replace(fact, **of)


def escalated(step: EscalationStep, on: date = TODAY, to: str = "市政府办公室") -> DutyEscalated:
    return DutyEscalated(duty=DUTY, step=step, to=to, words="", on=on)


SENT_BACK = DutySentBack(duty=DUTY, reason="没有写完成时间", on=date(2026, 6, 11), due_on=date(2026, 6, 25))
APPROVED = DutyApproved(duty=DUTY, remark="", on=date(2026, 6, 12))


def raised(order: DutyOrder) -> DutyRaised:
    return handling.raise_duty(
        congress=CONGRESS,
        year=2026,
        duty=DUTY,
        origin=ORIGIN,
        order=order,
        unit_name="市住建局",
        on=TODAY,
        due_on=DUE,
    )


def test_a_duty_names_its_unit_its_words_and_a_day() -> None:
    assert raised(DutyOrder(unit=UNIT, words=" 三处积水未整改 ", project=PROJECT)) == RAISED
    with pytest.raises(Missing):
        raised(DutyOrder(unit=UNIT, words="  "))


@pytest.mark.parametrize("days", [0, -1, 251])
def test_a_term_is_a_day_to_about_a_year(days: int) -> None:
    with pytest.raises(Invalid):
        raised(DutyOrder(unit=UNIT, words="积水", working_days=days))


def test_it_is_overdue_the_day_after_its_day_and_not_while_its_answer_is_judged() -> None:
    open_ = given(RAISED, evolve=evolve).state
    judged = given(RAISED, answered(), evolve=evolve).state
    assert isinstance(open_, Duty)
    assert isinstance(judged, Duty)
    assert [open_.is_overdue(DUE), open_.is_overdue(DUE + timedelta(days=1))] == [False, True]
    assert not judged.is_overdue(DUE + timedelta(days=100))


def test_an_answer_is_replaced_until_it_is_approved() -> None:
    again = answered(words="三处都已整改")
    given(RAISED, answered(), evolve=evolve).when(lambda d: handling.answer_duty(d, again)).then(again)
    given(RAISED, answered(), APPROVED, evolve=evolve).when(lambda d: handling.answer_duty(d, again)).refused(
        DutyInWrongStage, stage="approved"
    )


def test_what_takes_longer_promises_a_day_which_is_watched_after_the_approval() -> None:
    given(RAISED, evolve=evolve).when(lambda d: handling.answer_duty(d, answered(DutyOutcome.UNDER_WAY))).refused(
        Missing, fields=("promised_on",)
    )
    promised = answered(DutyOutcome.UNDER_WAY, promised=date(2026, 9, 30))
    kept = given(RAISED, promised, APPROVED, evolve=evolve)
    assert isinstance(kept.state, Duty)
    assert [kept.state.is_overdue(date(2026, 9, 30)), kept.state.is_overdue(date(2026, 10, 1))] == [False, True]
    kept.when(lambda d: handling.answer_duty(d, answered(words="已完工"))).then(answered(words="已完工"))


def test_a_promise_lies_ahead_and_only_what_is_under_way_has_one() -> None:
    late = answered(DutyOutcome.UNDER_WAY, promised=date(2026, 6, 9))
    given(RAISED, evolve=evolve).when(lambda d: handling.answer_duty(d, late)).refused(Invalid, field="promised_on")
    done = answered(promised=date(2026, 9, 30))
    given(RAISED, evolve=evolve).when(lambda d: handling.answer_duty(d, done)).then(answered())


def test_an_answer_that_is_sent_back_waits_again_with_a_new_day() -> None:
    back = given(RAISED, answered(), SENT_BACK, evolve=evolve)
    assert isinstance(back.state, Duty)
    assert back.state.stage is DutyStage.SENT_BACK
    assert back.state.due_on == date(2026, 6, 25)
    given(RAISED, evolve=evolve).when(
        lambda d: handling.send_back_duty(d, DUTY, reason="x", on=TODAY, due_on=DUE)
    ).refused(DutyInWrongStage, stage="open")


def test_reminding_may_come_early_pressing_and_reporting_only_when_it_is_late() -> None:
    late = DUE + timedelta(days=1)
    reminded = escalated(EscalationStep.REMINDED, to="")
    given(RAISED, evolve=evolve).when(lambda d: handling.escalate_duty(d, reminded)).then(reminded)
    pressed = escalated(EscalationStep.PRESSED)
    given(RAISED, reminded, evolve=evolve).when(lambda d: handling.escalate_duty(d, pressed)).refused(
        DutyNotOverdue, due_on=DUE
    )
    pressed = escalated(EscalationStep.PRESSED, late)
    given(RAISED, reminded, evolve=evolve).when(lambda d: handling.escalate_duty(d, pressed)).then(pressed)
    reported = escalated(EscalationStep.REPORTED, late)
    given(RAISED, reminded, evolve=evolve).when(lambda d: handling.escalate_duty(d, reported)).refused(
        EscalationMovedOn, step="reported"
    )
    given(RAISED, reminded, pressed, reported, evolve=evolve).when(
        lambda d: handling.escalate_duty(d, escalated(EscalationStep.REPORTED, late))
    ).refused(NoHarderStep)


@any_of(st.lists(st.sampled_from(STEPS), max_size=6), st.integers(min_value=-5, max_value=60))
def test_steps_are_never_left_out_or_taken_twice(asked: list[EscalationStep], late: int) -> None:
    duty = evolve(None, RAISED)
    taken: list[EscalationStep] = []
    for step in asked:
        try:
            fact = handling.escalate_duty(duty, escalated(step, DUE + timedelta(days=late)))
        except (EscalationMovedOn, DutyNotOverdue, NoHarderStep):
            continue
        duty = evolve(duty, fact)
        taken.append(step)
    assert taken == list(STEPS[: len(taken)])
    assert late > 0 or len(taken) <= 1


def test_what_was_given_is_put_right_before_it_is_answered_and_not_into_the_past() -> None:
    right = DutyChanged(
        duty=DUTY,
        project=PROJECT,
        unit=OTHER,
        unit_name="市水务局",
        words="三处积水未整改",
        due_on=date(2026, 7, 15),
        reason="归口有误",
    )
    given(RAISED, evolve=evolve).when(lambda d: handling.change_duty(d, right, TODAY)).then(right)
    given(RAISED, right, evolve=evolve).when(lambda d: handling.change_duty(d, right, TODAY)).then()
    past = replace(right, due_on=date(2026, 5, 1))
    given(RAISED, evolve=evolve).when(lambda d: handling.change_duty(d, past, TODAY)).refused(Invalid, field="due_on")
    given(RAISED, answered(), evolve=evolve).when(lambda d: handling.change_duty(d, right, TODAY)).refused(
        DutyInWrongStage, stage="answered"
    )


def test_an_approved_duty_is_not_withdrawn() -> None:
    gone = DutyWithdrawn(duty=DUTY, reason="重复", on=TODAY)
    given(RAISED, evolve=evolve).when(lambda d: handling.withdraw_duty(d, DUTY, reason=" 重复 ", on=TODAY)).then(gone)
    given(RAISED, answered(), APPROVED, evolve=evolve).when(
        lambda d: handling.withdraw_duty(d, DUTY, reason="重复", on=TODAY)
    ).refused(DutyInWrongStage, stage="approved")
    given(evolve=evolve).when(lambda d: handling.approve_duty(d, DUTY, remark="", on=TODAY)).refused(
        NotFound, kind="duty"
    )
