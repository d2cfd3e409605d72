"""What is recorded about an ask that nobody answered in time, with nobody looking."""

from collections.abc import Sequence
from datetime import date

from domain.asks.ask import WAITING, Ask, AskEscalated, AskFellOverdue, AskInWrongStage, AskStage, known_ask
from domain.asks.rules import EscalationStep
from domain.congress.working_days import WorkingDays
from domain.shared import Invalid


def note_overdue(
    ask: Ask | None, steps: Sequence[EscalationStep], days: WorkingDays, today: date
) -> tuple[AskFellOverdue | AskEscalated, ...]:
    """What the day asks for: that the ask fell overdue, once, and each step up that is due by now, once.

    Nothing for an ask that is answered or in time, so that it can be decided as often as one likes. Raises NotFound.
    """
    known = known_ask(ask)
    if not known.is_overdue(today):
        return ()
    late = days.between(known.due_on, today)
    fallen = () if known.fell_overdue else (AskFellOverdue(due_on=known.due_on, on=today),)
    return (*fallen, *_steps(known, steps, late, today))


def escalate(ask: Ask | None, to: str, days: WorkingDays, today: date) -> AskEscalated:
    """A step up by hand 提级督办, also before the rules ask for it.

    Raises AskInWrongStage unless an answer is waited for, Invalid (due_on) while it is in time.
    """
    known = known_ask(ask)
    if known.stage not in WAITING:
        raise AskInWrongStage(stage=AskStage(known.stage).value)
    if not known.is_overdue(today):
        raise Invalid(field="due_on", reason="not_overdue", value=known.due_on.isoformat())
    late = days.between(known.due_on, today)
    return AskEscalated(step=known.escalated + 1, to=to.strip(), working_days=late, on=today)


def _steps(ask: Ask, steps: Sequence[EscalationStep], late: int, today: date) -> tuple[AskEscalated, ...]:
    return tuple(
        AskEscalated(step=place, to=step.to, working_days=late, on=today)
        for place, step in enumerate(steps, 1)
        if place > ask.escalated and late >= step.after
    )
