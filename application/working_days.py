"""Commands about working days, and what counts in a congress: its own marks, those above it, what is prepared."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.congress import working_days as days
from domain.congress.prepared_days import PREPARED
from domain.congress.working_days import DayKind, Mark, MarkedDays, WorkingDays, WorkingDaysFact


def working_days(office: Office, congress: UUID) -> WorkingDays:
    """The working days of a congress at this moment."""
    return working_days_at(office.desk(), congress)


def working_days_at(desk: Desk, congress: UUID) -> WorkingDays:
    """The working days as part of a decision: when they are marked otherwise meanwhile, it is decided afresh."""
    return days.effective_days((PREPARED, *(marks for _body, marks in layers_at(desk, congress))))


def layers_at(desk: Desk, congress: UUID) -> list[tuple[UUID, Mapping[date, Mark]]]:
    """The congresses whose marks count, the highest first and this one last, each with its marks."""
    line = _line_of(desk, congress)
    found = desk.load_many([days.working_days_stream(body) for body in line], days.evolve)
    marked = [(body, found.get(days.working_days_stream(body))) for body in line]
    return [(body, known.days if known else {}) for body, known in marked]


def mark_days(
    office: Office, by: By, congress: UUID, *, starts_on: date, ends_on: date, kind: DayKind, name: str
) -> int:
    """Days free or worked, here and below. Raises NotPermitted, NotFound, Missing, Invalid or DaysMarkedAlready."""

    def decide(marked: MarkedDays | None) -> WorkingDaysFact:
        return days.mark_days(marked, congress, starts_on=starts_on, ends_on=ends_on, kind=kind, name=name)

    return _change(office, by, congress, decide)


def take_back_marks(office: Office, by: By, congress: UUID, starts_on: date, ends_on: date) -> int:
    """Lets what is prepared or marked above count again. Raises NotPermitted, NotFound or Invalid."""
    return _change(office, by, congress, lambda marked: days.take_back_marks(marked, congress, starts_on, ends_on))


def _change(office: Office, by: By, congress: UUID, decide: Callable[[MarkedDays | None], WorkingDaysFact]) -> int:
    by.actor.require(Act.KEEP_WORKING_DAYS, congress)
    stream = days.working_days_stream(congress)

    def change(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(stream, decide(desk.load(stream, days.evolve)))

    return office.record(by, change)


def _line_of(desk: Desk, congress: UUID) -> list[UUID]:
    line: list[UUID] = []
    above: UUID | None = congress
    while above is not None:
        line.insert(0, above)
        state = desk.load(above, congresses.evolve)
        above = state.parent if state else None
    return line
