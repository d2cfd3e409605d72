"""Questions about agendas and street lists."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, func, select

from domain.congress.council import ItemResult
from projections.agenda.rows import ITEMS, LISTED, NOTES


class AgendaRow(NamedTuple):
    """An item as pages show it; `place` counts from 1, and what has not come about is None."""

    congress: UUID
    item: UUID
    session: UUID
    place: int
    title: str
    content: str
    presenter: str
    proposal: UUID | None
    present: int | None
    votes_for: int | None
    against: int | None
    abstain: int | None
    not_voting: int | None
    members: int | None
    quorum: int | None
    needed: int | None
    counted_by: str | None
    profile_title: str | None
    poll: UUID | None
    poll_item: str
    result: str | None
    chosen_by: str | None
    decided_on: date | None
    reason: str | None
    passed_to: UUID | None
    passed_as: UUID | None
    code: str | None
    listed: int | None

    @property
    def is_carried(self) -> bool:
        """Whether enough hands were shown."""
        return self.votes_for is not None and self.needed is not None and self.votes_for >= self.needed

    @property
    def is_chosen(self) -> bool:
        """Whether the council chose it."""
        return self.result == ItemResult.CHOSEN

    @property
    def is_settled(self) -> bool:
        """Whether the result went out of the council."""
        return self.passed_as is not None or self.listed is not None

    @property
    def waits(self) -> bool:
        """Whether it was chosen and went nowhere yet."""
        return self.is_chosen and not self.is_settled


class NoteRow(NamedTuple):
    """What was said on an item."""

    note: UUID
    item: UUID
    speaker: str
    words: str


class ListedRow(NamedTuple):
    """A line of the street's own list."""

    number: int
    item: UUID
    session: UUID
    title: str
    votes_for: int
    present: int
    notice_number: str
    announced_on: date


class Tally(NamedTuple):
    """How far a meeting has come: items on its agenda, and how many of them have a result."""

    items: int
    decided: int
    chosen: int


_ROW = [column for column in ITEMS.c if column.name != "position"]


def items_of(conn: Connection, session: UUID) -> list[AgendaRow]:
    """The agenda of a meeting, in order."""
    query = select(*_ROW).where(ITEMS.c.session == session).order_by(ITEMS.c.place, ITEMS.c.item)
    return [AgendaRow(*row) for row in conn.execute(query)]


def notes_of(conn: Connection, session: UUID) -> dict[UUID, list[NoteRow]]:
    """What was said at a meeting, by item, in the order of noting."""
    found: dict[UUID, list[NoteRow]] = {}
    query = (
        select(NOTES.c.note, NOTES.c.item, NOTES.c.speaker, NOTES.c.words)
        .join(ITEMS, and_(ITEMS.c.congress == NOTES.c.congress, ITEMS.c.item == NOTES.c.item))
        .where(ITEMS.c.session == session)
        .order_by(NOTES.c.entered, NOTES.c.note)
    )
    for row in conn.execute(query):
        found.setdefault(row.item, []).append(NoteRow(*row))
    return found


def tallies(conn: Connection, congress: UUID) -> dict[UUID, Tally]:
    """How far each meeting with an agenda has come."""
    query = (
        select(
            ITEMS.c.session,
            func.count(),
            func.count(ITEMS.c.result),
            func.count().filter(ITEMS.c.result == ItemResult.CHOSEN.value),
        )
        .where(ITEMS.c.congress == congress)
        .group_by(ITEMS.c.session)
        .order_by(ITEMS.c.session)
    )
    return {row[0]: Tally(row[1], row[2], row[3]) for row in conn.execute(query)}


def decided_sessions(conn: Connection, congresses: Collection[UUID]) -> set[UUID]:
    """Of these bodies, the meetings at which an item was decided."""
    query = select(ITEMS.c.session).where(ITEMS.c.congress.in_(congresses), ITEMS.c.result.is_not(None)).distinct()
    return set(conn.scalars(query))


def street_list(conn: Connection, congress: UUID, year: int) -> list[ListedRow]:
    """The street's own list of a year, by number."""
    columns = [LISTED.c[name] for name in ListedRow._fields]
    query = select(*columns).where(LISTED.c.congress == congress, LISTED.c.year == year).order_by(LISTED.c.number)
    return [ListedRow(*row) for row in conn.execute(query)]


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The bodies whose agendas or lists changed after this position."""
    newer = (select(table.c.congress).where(table.c.position > position) for table in (ITEMS, LISTED))
    return {congress for query in newer for congress in conn.scalars(query)}
