"""What a day without an answer brings about: overdue once, steps up by working days, nothing twice."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.asks import ask as asks
from domain.asks import deciding, overdue
from domain.asks.answers import ProgressAnswer
from domain.asks.ask import Ask, AskEscalated, AskFellOverdue, AskInWrongStage, AskIssued, AskKind
from domain.asks.rules import READY_MADE, EscalationStep
from domain.congress.working_days import WorkingDays
from domain.shared import Invalid, Money, Year
from tests.domain.asks.test_ask import after

STEPS = (EscalationStep(after=3, to="主要负责人"), EscalationStep(after=7, to="分管副主任"))
DAYS = WorkingDays(holidays=frozenset({date(2026, 8, 5)}), make_up=frozenset({date(2026, 8, 8)}))
DUE = date(2026, 7, 31)
"""A Friday."""
ISSUED = AskIssued(
    congress=UUID(int=1),
    year=Year(2026),
    kind=AskKind.PROGRESS,
    project=UUID(int=2),
    unit=UUID(int=3),
    unit_name="水务局",
    opens_on=date(2026, 6, 1),
    due_on=DUE,
)
ANSWER = ProgressAnswer(percent=40, funds_spent=Money(0), milestones="开工")  # type: ignore[arg-type]  # zero is exact


def noted(ask: Ask, today: date) -> tuple[AskFellOverdue | AskEscalated, ...]:
    return overdue.note_overdue(ask, STEPS, DAYS, today)


def test_nothing_is_noted_while_it_is_in_time() -> None:
    assert noted(after(ISSUED), DUE) == ()


def test_it_falls_overdue_the_day_after_and_once() -> None:
    ask = after(ISSUED)
    facts = noted(ask, date(2026, 8, 1))
    assert facts == (AskFellOverdue(due_on=DUE, on=date(2026, 8, 1)),)
    assert noted(after(ISSUED, *facts), date(2026, 8, 1)) == ()


def test_steps_up_are_counted_in_working_days_with_holidays_and_make_up_days() -> None:
    """Monday the 3rd, Tuesday, not Wednesday the 5th (free), Thursday: the third working day is the 6th."""
    ask = after(ISSUED, AskFellOverdue(due_on=DUE, on=date(2026, 8, 1)))
    assert noted(ask, date(2026, 8, 5)) == ()
    (first,) = noted(ask, date(2026, 8, 6))
    assert isinstance(first, AskEscalated)
    assert (first.step, first.to, first.working_days) == (1, "主要负责人", 3)
    ask = asks.evolve(ask, first)
    assert noted(ask, date(2026, 8, 10)) == ()
    """The 7th, Saturday the 8th (worked), Monday the 10th: six; the 11th is the seventh."""
    (second,) = noted(ask, date(2026, 8, 11))
    assert isinstance(second, AskEscalated)
    assert (second.step, second.to, second.working_days) == (2, "分管副主任", 7)


def test_a_round_that_was_missed_takes_every_step_that_is_due() -> None:
    facts = noted(after(ISSUED), date(2026, 9, 1))
    assert [type(fact) for fact in facts] == [AskFellOverdue, AskEscalated, AskEscalated]
    assert noted(after(ISSUED, *facts), date(2027, 9, 1)) == ()


def test_an_answer_ends_it_and_a_new_due_date_begins_it_anew() -> None:
    late = after(ISSUED, *noted(after(ISSUED), date(2026, 9, 1)))
    answered = asks.evolve(late, deciding.answer_ask(late, ANSWER, date(2026, 9, 2)))
    assert noted(answered, date(2026, 9, 30)) == ()
    back = asks.evolve(answered, deciding.send_back_ask(answered, "数字有误", date(2026, 9, 3), date(2026, 9, 10)))
    assert (back.due_on, back.escalated, back.fell_overdue) == (date(2026, 9, 10), 0, False)
    assert noted(back, date(2026, 9, 10)) == ()
    assert noted(back, date(2026, 9, 11)) == (AskFellOverdue(due_on=date(2026, 9, 10), on=date(2026, 9, 11)),)


def test_a_step_by_hand_needs_an_overdue_ask() -> None:
    with pytest.raises(Invalid):
        overdue.escalate(after(ISSUED), "主任会议", DAYS, DUE)
    fact = overdue.escalate(after(ISSUED), "主任会议", DAYS, date(2026, 8, 1))
    assert (fact.step, fact.working_days) == (1, 0)
    answered = after(ISSUED, deciding.answer_ask(after(ISSUED), ANSWER, DUE))
    with pytest.raises(AskInWrongStage):
        overdue.escalate(answered, "主任会议", DAYS, date(2026, 8, 1))


def test_day_by_day_or_all_at_once_the_same_steps_are_taken() -> None:
    ask, taken = after(ISSUED), []
    for day in range(60):
        for fact in overdue.note_overdue(ask, READY_MADE.escalation, DAYS, DUE + timedelta(days=day)):
            ask = asks.evolve(ask, fact)
            taken.append(fact)
    at_once = overdue.note_overdue(after(ISSUED), READY_MADE.escalation, DAYS, DUE + timedelta(days=59))
    assert (
        [getattr(fact, "step", 0) for fact in taken] == [getattr(fact, "step", 0) for fact in at_once] == [0, 1, 2, 3]
    )
