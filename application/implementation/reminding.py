"""Reminders of what is late, recorded day by day without anybody asking for it, where the rules say so."""

from collections.abc import Callable, Iterable
from functools import cache
from uuid import UUID

from application.implementation.lights import rules_for
from application.office import By, Desk, Office
from application.working_days import working_days
from domain.accounts.permissions import RESIDENT
from domain.congress.working_days import WorkingDays
from domain.projects import implementation
from domain.projects.implementation import Implementation, implementation_stream
from domain.projects.implementation_facts import ProjectUrged
from domain.projects.periods import ProgressRules
from domain.projects.reminding import remind_of_late


def remind_late_projects(
    office: Office, projects: Iterable[tuple[UUID, UUID]], going_on: Callable[[], bool] = lambda: True
) -> int:
    """Reminds the lead units of these projects, each with its congress; returns how many were reminded.

    Again on the same day, or by two processes at once, it changes nothing: each is decided on what is recorded by
    then. Stops between two projects when `going_on` says no. Raises Busy.
    """
    today = office.today()

    @cache
    def rules(congress: UUID) -> ProgressRules:
        return rules_for(office, congress)

    @cache
    def days(congress: UUID) -> WorkingDays:
        return working_days(office, congress)

    def decided(state: Implementation | None) -> tuple[ProjectUrged, ...]:
        known = implementation.known(state)
        return remind_of_late(known, rules(known.congress), days(known.congress), today)

    streams = [
        implementation_stream(project) for congress, project in projects if rules(congress).remind_after is not None
    ]
    states = office.states_of(streams, implementation.evolve)
    reminded = 0
    for stream in sorted(stream for stream, state in states.items() if decided(state)):
        if not going_on():
            break
        _remind(office, stream, states[stream], decided)
        reminded += 1
    return reminded


def _remind(
    office: Office,
    stream: UUID,
    seen: Implementation,
    decided: Callable[[Implementation | None], tuple[ProjectUrged, ...]],
) -> None:
    """The key names the day and how often the unit was urged before: once a day, whatever process comes first."""

    def decide(desk: Desk) -> None:
        desk.add(stream, *decided(desk.load(stream, implementation.evolve)))

    key = f"daily-round/{stream}/{office.today()}/{len(seen.urged)}"
    office.record(By(actor=RESIDENT, key=key), decide)
