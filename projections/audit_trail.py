"""Who did what, when, in which congress? One line a recorded fact."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    Uuid,
    insert,
    select,
)

from application.history.book import BOOK
from application.history.history import Noticed
from domain.congress.congress import CongressFounded
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

INSTALLATION: Final = UUID(int=0)
"""Stands in the rows for what belongs to no congress."""

_LONGEST = 200
_TOLD_BY = ("title", "name", "login", "slug", "source", "reason", "remark")
_HOLDING = ("entry", "card", "answer")

_entries = Table(
    "audit_entry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Uuid),
    Column("fact", String(80), nullable=False),
    Column("subject", String(_LONGEST), nullable=False),
    Index("audit_entry_position", "position"),
)

_places = Table(
    "audit_place",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the trail. `fact` is the stable name, e.g. `polls.poll-opened`; `by` None is the system."""

    position: int
    at: datetime
    by: UUID | None
    fact: str
    subject: str
    congress: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which lines: of one congress or of all (None), with any of the facts, by one person, within moments."""

    congress: UUID | None = None
    facts: Collection[str] = ()
    by: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """One row a fact; a stream belongs to the congress its first fact names."""
    streams = {notice.stream for notice in noticed}
    known = connection.execute(select(_places).where(_places.c.stream.in_(streams)))
    places: dict[UUID, UUID] = {row.stream: row.congress for row in known}
    learnt: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for notice in noticed:
        own = notice.stream if isinstance(notice.fact, CongressFounded) else getattr(notice.fact, "congress", None)
        if own is not None and notice.stream not in places:
            places[notice.stream] = own
            learnt.append({"stream": notice.stream, "congress": own})
        rows.append(
            {
                "congress": own or places.get(notice.stream, INSTALLATION),
                "position": notice.position,
                "at": notice.at,
                "by": notice.by,
                "fact": BOOK.entry_of(type(notice.fact)).name,
                "subject": subject_of(notice.fact),
            }
        )
    if learnt:
        connection.execute(insert(_places), learnt)
    if rows:
        connection.execute(insert(_entries), rows)


def entries(connection: Connection, asked: Asked, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """The newest lines first; `before` is the position to go on from."""
    columns = _entries.c
    wanted = select(_entries)
    if asked.congress is not None:
        wanted = wanted.where(columns.congress == asked.congress)
    if asked.facts:
        wanted = wanted.where(columns.fact.in_(asked.facts))
    if asked.by is not None:
        wanted = wanted.where(columns.by == asked.by)
    if asked.since is not None:
        wanted = wanted.where(columns.at >= asked.since)
    if asked.until is not None:
        wanted = wanted.where(columns.at < asked.until)
    if before is not None:
        wanted = wanted.where(columns.position < before)
    found = connection.execute(wanted.order_by(columns.position.desc()).limit(limit))
    return [
        Entry(
            position=row.position,
            at=row.at,
            by=row.by,
            fact=row.fact,
            subject=row.subject,
            congress=None if row.congress == INSTALLATION else row.congress,
        )
        for row in found
    ]


def congress_of(connection: Connection, position: int) -> UUID | None:
    """The congress a fact belongs to, None for the installation or for a position where nothing is."""
    found = connection.scalar(select(_entries.c.congress).where(_entries.c.position == position))
    return None if found in (None, INSTALLATION) else found


def subject_of(fact: object) -> str:
    """A few words of the fact itself that say what it is about; empty when it has none."""
    for holding in (fact, *(getattr(fact, name, None) for name in _HOLDING)):
        for name in _TOLD_BY:
            told = getattr(holding, name, None)
            if isinstance(told, str) and told:
                return told[:_LONGEST]
    return ""


PROJECTION = Projection(name="audit_trail", shape=1, metadata=metadata, project=project)
