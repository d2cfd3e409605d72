"""What is recorded about a duty that nobody answered in time, or a promise nobody kept, with nobody looking."""

from datetime import date
from uuid import UUID

from domain.congress.working_days import WorkingDays
from domain.supervision.duty import STEPS, Duty, DutyEscalated, DutyFellOverdue, known_duty
from domain.supervision.duty_rules import DutyRules


def note_overdue(
    current: Duty | None, duty: UUID, rules: DutyRules, days: WorkingDays, today: date
) -> tuple[DutyFellOverdue | DutyEscalated, ...]:
    """What the day asks for: that it fell overdue, once a day awaited, and each step that is due by now, once.

    A step that the office took by hand is not taken again, and none is taken back: an answer that is sent back or a
    promise that is broken goes on from where the duty stood. Nothing for a duty that is answered or in time, so that
    it can be decided as often as one likes. Raises NotFound.
    """
    known = known_duty(current, duty)
    if not known.is_overdue(today):
        return ()
    late = days.between(known.awaited_on, today)
    is_noted = known.noted_late == known.awaited_on
    fallen = () if is_noted else (DutyFellOverdue(duty=duty, due_on=known.awaited_on, on=today),)
    taken = STEPS.index(known.step) + 1 if known.step else 0
    steps = (
        DutyEscalated(duty=duty, step=rung.step, to=rung.to, words="", on=today, working_days=late)
        for rung in rules.rungs[taken:]
        if late >= rung.after
    )
    return (*fallen, *steps)
