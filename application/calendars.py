"""Commands about a congress's own year calendar."""

from collections.abc import Callable
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import calendar as calendars
from domain.congress.calendar import CalendarFact, Entry, YearCalendar


def add_entry(office: Office, by: By, congress: UUID, entry: UUID, wanted: Entry) -> int:
    """Writes an entry. Raises NotPermitted, NotFound, Missing or Invalid."""
    return _change(office, by, congress, lambda _calendar: calendars.add_entry(congress, entry, wanted))


def change_entry(office: Office, by: By, congress: UUID, entry: UUID, wanted: Entry) -> int:
    """Puts an entry right. Raises NotPermitted, NotFound, EntryUnchanged, Missing or Invalid."""
    return _change(office, by, congress, lambda calendar: calendars.change_entry(calendar, entry, wanted))


def withdraw_entry(office: Office, by: By, congress: UUID, entry: UUID) -> int:
    """Takes an entry out. Raises NotPermitted or NotFound."""
    return _change(office, by, congress, lambda calendar: calendars.withdraw_entry(calendar, entry))


def _change(office: Office, by: By, congress: UUID, decide: Callable[[YearCalendar | None], CalendarFact]) -> int:
    by.actor.require(Act.KEEP_CALENDAR, congress)
    stream = calendars.year_calendar_stream(congress)

    def change(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(stream, decide(desk.load(stream, calendars.evolve_year)))

    return office.record(by, change)
