"""What may be done with a duty: raised, changed, answered, sent back, approved, escalated, withdrawn."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.shared import Invalid, Missing, Refused, Year
from domain.supervision.duty import (
    UNANSWERED,
    Duty,
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyOrder,
    DutyOutcome,
    DutyRaised,
    DutySentBack,
    DutyStage,
    DutyWithdrawn,
    EscalationStep,
    Origin,
    known_duty,
)
from domain.supervision.wording import LONGEST_REASON, MOST_FILES, free_text, line, text

LONGEST_TERM: Final = 250
"""Working days: about a year."""


@dataclass(eq=False)
class DutyInWrongStage(Refused):
    """The step does not fit where the duty stands."""

    stage: str


@dataclass(eq=False)
class DutyNotOverdue(Refused):
    """Before its day a duty is reminded of, and no more."""

    due_on: date


@dataclass(eq=False)
class NoHarderStep(Refused):
    """It was reported upwards already; there is no step after that."""


@dataclass(eq=False)
class EscalationMovedOn(Refused):
    """The step asked for is not the next one: somebody else has taken it, or it would leave one out."""

    step: str


def raise_duty(
    *, congress: UUID, year: int, duty: UUID, origin: Origin, order: DutyOrder, unit_name: str, on: date, due_on: date
) -> DutyRaised:
    """Gives it to the unit. Raises Missing (words) or Invalid (words, working_days)."""
    check_term(order.working_days)
    return DutyRaised(
        congress=congress,
        year=Year(year),
        duty=duty,
        origin=origin,
        project=order.project,
        unit=order.unit,
        unit_name=unit_name,
        words=text("words", order.words),
        on=on,
        working_days=order.working_days,
        due_on=due_on,
    )


def check_term(working_days: int) -> None:
    """How long a unit may be given. Raises Invalid."""
    if not 1 <= working_days <= LONGEST_TERM:
        raise Invalid(field="working_days", reason="working_days", value=str(working_days))


def change_duty(current: Duty | None, fact: DutyChanged, today: date) -> tuple[DutyChanged, ...]:
    """Nothing where nothing changes. Raises NotFound, DutyInWrongStage, Missing (words, reason) or Invalid (due_on)."""
    known = _in(current, fact.duty, *UNANSWERED)
    fact = replace(fact, words=text("words", fact.words), reason=text("reason", fact.reason, LONGEST_REASON))
    if (known.words, known.unit, known.due_on, known.project) == (fact.words, fact.unit, fact.due_on, fact.project):
        return ()
    if fact.due_on != known.due_on and fact.due_on < today:
        raise Invalid(field="due_on", reason="passed", value=fact.due_on.isoformat())
    return (fact,)


def answer_duty(current: Duty | None, fact: DutyAnswered) -> DutyAnswered:
    """An answer may be replaced until it is approved, and once more when what was promised is done.

    Raises NotFound, DutyInWrongStage, Missing (words, promised_on) or Invalid.
    """
    known = known_duty(current, fact.duty)
    if known.stage not in (*UNANSWERED, DutyStage.ANSWERED) and not known.is_promised:
        raise DutyInWrongStage(stage=known.stage.value)
    if len(fact.files) > MOST_FILES:
        raise Invalid(field="files", reason="more_than", value=str(MOST_FILES))
    promised = fact.promised_on if fact.outcome is DutyOutcome.UNDER_WAY else None
    if fact.outcome is DutyOutcome.UNDER_WAY and promised is None:
        raise Missing(fields=("promised_on",))
    if promised is not None and promised < fact.on:
        raise Invalid(field="promised_on", reason="passed", value=promised.isoformat())
    return replace(fact, words=text("words", fact.words), promised_on=promised)


def send_back_duty(current: Duty | None, duty: UUID, *, reason: str, on: date, due_on: date) -> DutySentBack:
    """The unit answers anew by `due_on`. Raises NotFound, DutyInWrongStage, Missing (reason) or Invalid."""
    _in(current, duty, DutyStage.ANSWERED)
    return DutySentBack(duty=duty, reason=text("reason", reason, LONGEST_REASON), on=on, due_on=due_on)


def approve_duty(current: Duty | None, duty: UUID, *, remark: str, on: date) -> DutyApproved:
    """Raises NotFound, DutyInWrongStage or Invalid (remark)."""
    _in(current, duty, DutyStage.ANSWERED)
    return DutyApproved(duty=duty, remark=free_text("remark", remark, LONGEST_REASON), on=on)


def escalate_duty(current: Duty | None, fact: DutyEscalated) -> DutyEscalated:
    """The next step and no other; beyond reminding only what is late.

    Raises NotFound, DutyInWrongStage, NoHarderStep, EscalationMovedOn, DutyNotOverdue, Missing (to) or Invalid.
    """
    known = known_duty(current, fact.duty)
    if known.stage not in UNANSWERED and not known.is_promised:
        raise DutyInWrongStage(stage=known.stage.value)
    if known.next_step is None:
        raise NoHarderStep
    if fact.step is not known.next_step:
        raise EscalationMovedOn(step=fact.step.value)
    if fact.step is not EscalationStep.REMINDED and not known.is_overdue(fact.on):
        raise DutyNotOverdue(due_on=known.promised_on or known.due_on)
    if fact.step is not EscalationStep.REMINDED and not fact.to.strip():
        raise Missing(fields=("to",))
    return replace(fact, to=line("to", fact.to), words=free_text("words", fact.words, LONGEST_REASON))


def withdraw_duty(current: Duty | None, duty: UUID, *, reason: str, on: date) -> DutyWithdrawn:
    """Raises NotFound, DutyInWrongStage once it is approved, or Missing (reason)."""
    _in(current, duty, *UNANSWERED, DutyStage.ANSWERED)
    return DutyWithdrawn(duty=duty, reason=text("reason", reason, LONGEST_REASON), on=on)


def _in(current: Duty | None, duty: UUID, *stages: DutyStage) -> Duty:
    known = known_duty(current, duty)
    if known.stage not in stages:
        raise DutyInWrongStage(stage=known.stage.value)
    return known
