"""Overdue asks and steps up, recorded day by day without anybody asking for it."""

from collections.abc import Callable, Iterable
from functools import cache
from uuid import UUID

from application.asks.rules import rules_for
from application.office import By, Desk, Office
from application.working_days import working_days
from domain.accounts.permissions import RESIDENT
from domain.asks import ask as asks
from domain.asks.ask import Ask
from domain.asks.overdue import note_overdue as noted
from domain.asks.rules import EscalationStep
from domain.congress.working_days import WorkingDays


def note_overdue(office: Office, late: Iterable[UUID], going_on: Callable[[], bool] = lambda: True) -> int:
    """Records for each of these asks what the day asks for; returns how many of them it touched.

    Again on the same day, or by two processes at once, it changes nothing: each is decided on what is recorded by
    then. Stops between two asks when `going_on` says no. Raises Busy.
    """
    today = office.today()

    @cache
    def steps(congress: UUID) -> tuple[EscalationStep, ...]:
        return rules_for(office, congress).rules.escalation

    @cache
    def days(congress: UUID) -> WorkingDays:
        return working_days(office, congress)

    def decided(state: Ask | None) -> tuple[object, ...]:
        known = asks.known_ask(state)
        return noted(known, steps(known.asker), days(known.congress), today)

    touched = 0
    known = office.states_of(late, asks.evolve)
    for ask in sorted(ask for ask, state in known.items() if decided(state)):
        if not going_on():
            break
        _note(office, ask, known[ask], decided)
        touched += 1
    return touched


def _note(office: Office, ask: UUID, seen: Ask, decided: Callable[[Ask | None], tuple[object, ...]]) -> None:
    """The key names where the ask stood: the same step is taken once, the next one on the same day too."""

    def decide(desk: Desk) -> None:
        desk.add(ask, *decided(desk.load(ask, asks.evolve)))

    stood = f"{seen.due_on}/{seen.fell_overdue:d}/{seen.escalated}"
    office.record(By(actor=RESIDENT, key=f"daily-round/{ask}/{stood}"), decide)
