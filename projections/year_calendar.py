"""What has the office of a congress written into its calendar?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.calendar import CalendarEntryAdded, CalendarEntryChanged, CalendarEntryWithdrawn
from projections.reading.projection import Projection

metadata = MetaData()

_entries = Table(
    "calendar_entry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("entry", Uuid, primary_key=True),
    Column("title", String(80), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("added", BigInteger, nullable=False),
    Index("calendar_entry_entry", "entry"),
)


class CalendarEntry(NamedTuple):
    """An entry as the calendar shows it."""

    entry: UUID
    title: str
    starts_on: date
    ends_on: date
    kind: str
    words: str
    public: bool


_ROW = [column for column in _entries.c if column.name not in {"congress", "added"}]


def entries_between(
    conn: Connection, congress: UUID, first: date, last: date, *, public_only: bool = False
) -> list[CalendarEntry]:
    """The entries of which a day lies between these, both included, in the order of the days."""
    columns = _entries.c
    query = select(*_ROW).where(columns.congress == congress, columns.starts_on <= last, columns.ends_on >= first)
    if public_only:
        query = query.where(columns.public)
    return [CalendarEntry(*row) for row in conn.execute(query.order_by(columns.starts_on, columns.added))]


def entry_at(conn: Connection, congress: UUID, entry: UUID) -> CalendarEntry | None:
    """One entry."""
    row = conn.execute(select(*_ROW).where(_entries.c.congress == congress, _entries.c.entry == entry)).one_or_none()
    return CalendarEntry(*row) if row else None


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row an entry."""
    for notice in noticed:
        match notice.fact:
            case CalendarEntryAdded(congress=congress, entry=entry) as added:
                told = {"congress": congress, "entry": entry, "added": notice.position, **_said(added)}
                conn.execute(insert(_entries).values(told))
            case CalendarEntryChanged(entry=entry) as changed:
                conn.execute(update(_entries).where(_entries.c.entry == entry).values(_said(changed)))
            case CalendarEntryWithdrawn(entry=entry):
                conn.execute(delete(_entries).where(_entries.c.entry == entry))


def _said(fact: CalendarEntryAdded | CalendarEntryChanged) -> dict[str, object]:
    return {
        "title": fact.title,
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "kind": fact.kind.value,
        "words": fact.words,
        "public": fact.public,
    }


PROJECTION = Projection(name="year_calendar", shape=1, metadata=metadata, project=project)
