"""Overdue duties and steps up, recorded day by day without anybody asking for it."""

from collections.abc import Callable, Iterable
from functools import cache
from uuid import UUID

from application.office import By, Desk, Office
from application.supervision.duty_rules import duty_rules_for
from application.working_days import working_days
from domain.accounts.permissions import RESIDENT
from domain.congress.working_days import WorkingDays
from domain.supervision import duty as duties
from domain.supervision.duty import Duty
from domain.supervision.duty_overdue import note_overdue as noted
from domain.supervision.duty_rules import DutyRules


def note_overdue_duties(office: Office, late: Iterable[UUID], going_on: Callable[[], bool] = lambda: True) -> int:
    """Records for each of these duties what the day asks for; returns how many of them it touched.

    Again on the same day, or by two processes at once, it changes nothing: each is decided on what is recorded by
    then. Stops between two duties when `going_on` says no. Raises Busy.
    """
    today = office.today()

    @cache
    def by_rules(congress: UUID) -> tuple[DutyRules, WorkingDays]:
        return duty_rules_for(office, congress).rules, working_days(office, congress)

    def decided(duty: UUID, state: Duty | None) -> tuple[object, ...]:
        known = duties.known_duty(state, duty)
        rules, days = by_rules(known.congress)
        return noted(known, duty, rules, days, today)

    touched = 0
    known = office.states_of(late, duties.evolve)
    for duty in sorted(duty for duty, state in known.items() if decided(duty, state)):
        if not going_on():
            break
        _note(office, duty, known[duty], decided)
        touched += 1
    return touched


def _note(office: Office, duty: UUID, seen: Duty, decided: Callable[[UUID, Duty | None], tuple[object, ...]]) -> None:
    """The key names where the duty stood: the same step is taken once, the next one on the same day too."""

    def decide(desk: Desk) -> None:
        desk.add(duty, *decided(duty, desk.load(duty, duties.evolve)))

    stood = f"{seen.awaited_on}/{seen.noted_late or ''}/{seen.step or ''}"
    office.record(By(actor=RESIDENT, key=f"daily-round/{duty}/{stood}"), decide)
