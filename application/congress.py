"""Commands about a congress: its founding, units, roll and sessions."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from application.accounts import end_delegates
from application.office import By, Desk, Office
from domain.accounts import account as accounts
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.congress import Congress, Level
from domain.congress.look import Colour
from domain.congress.look import choose_look as choosing_look
from domain.congress.roll import DelegateEntry, Roll
from domain.congress.session import Session
from domain.projects import candidate_list as lists
from domain.shared import NotFound


def found_congress(
    office: Office,
    by: By,
    congress: UUID,
    *,
    name: str,
    short_name: str,
    slug: str,
    level: Level,
    term: int,
    parent: UUID | None = None,
) -> int:
    """Raises NotPermitted, NotFound (parent), Missing, Invalid, WrongParent or SlugTaken."""
    by.actor.require(Act.FOUND_CONGRESS, parent)

    def decide(desk: Desk) -> None:
        found_at(desk, congress, name=name, short_name=short_name, slug=slug, level=level, term=term, parent=parent)

    return office.record(by, decide)


def found_at(
    desk: Desk, congress: UUID, *, name: str, short_name: str, slug: str, level: Level, term: int, parent: UUID | None
) -> None:
    """The founding as part of a decision. Raises NotFound (parent), Missing, Invalid, WrongParent or SlugTaken."""
    above = existing(desk, parent) if parent else None
    founded = congresses.found_congress(
        name=name,
        short_name=short_name,
        slug=slug,
        level=level,
        term=term,
        parent=parent,
        parent_level=above.level if above else None,
    )
    held = congresses.slug_stream(founded.slug)
    desk.add(held, congresses.hold_slug(desk.load(held, congresses.evolve_slug), founded.slug, congress))
    desk.load(congress, congresses.evolve)
    desk.add(congress, founded)


def describe_congress(office: Office, by: By, congress: UUID, *, name: str, short_name: str, term: int) -> int:
    """Puts names and term right. Raises NotPermitted, NotFound, Missing or Invalid."""
    by.actor.require(Act.FOUND_CONGRESS, congress)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(congress, congresses.describe_congress(name=name, short_name=short_name, term=term))

    return office.record(by, decide)


def move_congress(office: Office, by: By, congress: UUID, parent: UUID | None) -> int:
    """Puts a body under another one. Raises NotPermitted (above or there), NotFound, AlreadyUnder or WrongParent."""
    by.actor.require(Act.FOUND_CONGRESS, parent)

    def decide(desk: Desk) -> None:
        moving = existing(desk, congress)
        by.actor.require(Act.FOUND_CONGRESS, moving.parent)
        above = existing(desk, parent) if parent else None
        desk.add(congress, congresses.move_congress(moving, parent, above.level if above else None))

    return office.record(by, decide)


def choose_look(
    office: Office, by: By, congress: UUID, *, emblem: str, public_name: str, colour: Colour, contact: str
) -> int:
    """What the pages and papers of the congress look like from now on. Raises NotPermitted, NotFound or Invalid."""
    by.actor.require(Act.CHOOSE_LOOK, congress)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(congress, choosing_look(emblem=emblem, public_name=public_name, colour=colour, contact=contact))

    return office.record(by, decide)


def add_units(office: Office, by: By, congress: UUID, units: Sequence[tuple[str, str]]) -> int:
    """Adds units by name and duty phone; names that are there already are left as they are.

    Raises NotPermitted, NotFound, Missing or Invalid (phone).
    """
    by.actor.require(Act.MANAGE_UNITS, congress)

    def decide(desk: Desk) -> None:
        known = existing(desk, congress)
        for place, (name, phone) in enumerate(units):
            if known.unit_named(name.strip()) is None:
                added = congresses.add_unit(known, office.new_id(by, f"unit/{place}"), name, phone)
                known = congresses.evolve(known, added)
                desk.add(congress, added)

    return office.record(by, decide)


def add_unit(office: Office, by: By, congress: UUID, unit: UUID, name: str, duty_phone: str) -> int:
    """Adds one unit. Raises NotPermitted, NotFound, Missing, Invalid (phone) or UnitExists."""
    by.actor.require(Act.MANAGE_UNITS, congress)

    def decide(desk: Desk) -> None:
        desk.add(congress, congresses.add_unit(existing(desk, congress), unit, name, duty_phone))

    return office.record(by, decide)


def change_unit(office: Office, by: By, congress: UUID, unit: UUID, name: str, duty_phone: str) -> int:
    """Raises NotPermitted, NotFound, Missing, Invalid or UnitExists."""
    by.actor.require(Act.MANAGE_UNITS, congress)

    def decide(desk: Desk) -> None:
        desk.add(congress, congresses.change_unit(existing(desk, congress), unit, name, duty_phone))

    return office.record(by, decide)


def withdraw_unit(office: Office, by: By, congress: UUID, unit: UUID) -> int:
    """Raises NotPermitted or NotFound."""
    by.actor.require(Act.MANAGE_UNITS, congress)

    def decide(desk: Desk) -> None:
        desk.add(congress, congresses.withdraw_unit(existing(desk, congress), unit))

    return office.record(by, decide)


def import_delegates(
    office: Office, by: By, congress: UUID, import_id: UUID, source: str, entries: Iterable[DelegateEntry]
) -> int:
    """Takes a confirmed list into the roll. Raises NotPermitted, NotFound, Missing or NumberTaken."""
    by.actor.require(Act.KEEP_ROLL, congress)
    listed = tuple(entries)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(
            rolls.roll_stream(congress),
            rolls.import_delegates(_roll(desk, congress), congress, import_id, source, listed),
        )

    return office.record(by, decide)


def undo_import(office: Office, by: By, congress: UUID, import_id: UUID) -> int:
    """Takes an import back while nothing depends on it; accounts made for it lose their role.

    Raises NotPermitted, NotFound or ImportInUse.
    """
    by.actor.require(Act.KEEP_ROLL, congress)

    def decide(desk: Desk) -> None:
        roll = _roll(desk, congress)
        brought = roll.imports.get(import_id, ()) if roll else ()
        used = _used(desk, congress, brought)
        desk.add(rolls.roll_stream(congress), rolls.undo_import(roll, import_id, used))
        end_delegates(desk, congress, brought)

    return office.record(by, decide)


def add_delegate(office: Office, by: By, congress: UUID, entry: DelegateEntry) -> int:
    """Raises NotPermitted, NotFound, Missing or NumberTaken."""
    by.actor.require(Act.KEEP_ROLL, congress)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(rolls.roll_stream(congress), rolls.add_delegate(_roll(desk, congress), congress, entry))

    return office.record(by, decide)


def correct_delegate(office: Office, by: By, congress: UUID, entry: DelegateEntry) -> int:
    """Raises NotPermitted, NotFound, Missing or NumberTaken."""
    by.actor.require(Act.KEEP_ROLL, congress)

    def decide(desk: Desk) -> None:
        desk.add(rolls.roll_stream(congress), rolls.correct_delegate(_roll(desk, congress), entry))

    return office.record(by, decide)


def end_office(office: Office, by: By, congress: UUID, delegate: UUID) -> int:
    """Takes a delegate off the roll, and with the office what the account held by it.

    Raises NotPermitted, NotFound or DelegateInUse.
    """
    by.actor.require(Act.KEEP_ROLL, congress)

    def decide(desk: Desk) -> None:
        roll = _roll(desk, congress)
        left = rolls.end_office(roll, delegate)
        if roll is not None and _present(desk, congress, (delegate,)):
            raise rolls.DelegateInUse(name=roll.entries[delegate].name)
        desk.add(rolls.roll_stream(congress), left)
        end_delegates(desk, congress, (delegate,))

    return office.record(by, decide)


def convene_session(
    office: Office,
    by: By,
    congress: UUID,
    *,
    number: int,
    title: str,
    year: int,
    starts_on: date,
    ends_on: date,
) -> int:
    """Calls a session of the congress's present term. Raises NotPermitted, NotFound, Missing or Invalid."""
    by.actor.require(Act.CONVENE_SESSION, congress)

    def decide(desk: Desk) -> None:
        known = existing(desk, congress)
        convened = sessions.convene_session(
            congress, term=known.term, number=number, title=title, year=year, starts_on=starts_on, ends_on=ends_on
        )
        stream = sessions.session_id(congress, known.term, number)
        if desk.load(stream, sessions.evolve) is not None:
            raise sessions.SessionExists(term=known.term, number=number)
        desk.add(stream, convened)
        calendar = sessions.calendar_stream(congress)
        desk.load(calendar, sessions.evolve_calendar)
        desk.add(calendar, sessions.SessionEntered(session=stream))

    return office.record(by, decide)


def reschedule_session(
    office: Office, by: By, session: UUID, *, title: str, year: int, starts_on: date, ends_on: date
) -> int:
    """Raises NotPermitted, NotFound, Missing, Invalid, or SessionInUse once its list is published."""
    by.actor.require(Act.CONVENE_SESSION, session_of(office, session).congress)

    def decide(desk: Desk) -> None:
        known = session_at(desk, session)
        listed = desk.load(lists.list_stream(known.congress, known.year), lists.evolve)
        at_work = listed is not None and listed.published and listed.session == session
        desk.add(
            session,
            sessions.reschedule_session(
                known, title=title, year=year, starts_on=starts_on, ends_on=ends_on, at_work=at_work
            ),
        )

    return office.record(by, decide)


def existing(desk: Desk, congress: UUID) -> Congress:
    """The congress. Raises NotFound."""
    known = desk.load(congress, congresses.evolve)
    if known is None:
        raise NotFound(kind="congress", id=str(congress))
    return known


def session_of(office: Office, session: UUID) -> Session:
    """The session. Raises NotFound."""
    known = office.state_of(session, sessions.evolve)
    if known is None:
        raise NotFound(kind="session", id=str(session))
    return known


def session_at(desk: Desk, session: UUID) -> Session:
    """The session, as part of a decision. Raises NotFound."""
    known = desk.load(session, sessions.evolve)
    if known is None:
        raise NotFound(kind="session", id=str(session))
    return known


def _roll(desk: Desk, congress: UUID) -> Roll | None:
    return desk.load(rolls.roll_stream(congress), rolls.evolve)


def _used(desk: Desk, congress_id: UUID, delegates: Sequence[UUID]) -> set[UUID]:
    """Who of these has a place in the record: checked in, drew a card, activated an account or read a card."""
    used = _present(desk, congress_id, delegates)
    opened = {accounts.account_of_delegate(delegate): delegate for delegate in delegates}
    for account, state in desk.load_many(opened, accounts.evolve).items():
        if state.activated:
            used.add(opened[account])
    for year in _years(desk, congress_id):
        listed = lists.list_stream(congress_id, year)
        receipts = {lists.reading_stream(listed, delegate): delegate for delegate in delegates}
        used |= {receipts[stream] for stream in desk.load_many(receipts, lists.evolve_reading)}
    return used


def _present(desk: Desk, congress_id: UUID, delegates: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for session in desk.load(sessions.calendar_stream(congress_id), sessions.evolve_calendar) or ():
        streams = {sessions.attendance_stream(session, delegate): delegate for delegate in delegates}
        states = desk.load_many(streams, sessions.evolve_attendance)
        found |= {streams[stream] for stream, state in states.items() if state.present or state.drawn}
    return found


def _years(desk: Desk, congress: UUID) -> set[int]:
    entered = desk.load(sessions.calendar_stream(congress), sessions.evolve_calendar) or ()
    return {int(session.year) for session in desk.load_many(entered, sessions.evolve).values()}
