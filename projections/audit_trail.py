"""Who did what, when, in which congress? One line a recorded fact."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
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
    delete,
    insert,
    select,
)

from application.history.book import BOOK
from application.history.history import Noticed
from domain.congress.congress import CongressFounded
from domain.congress.roll import DelegateEntry
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
    Column("id", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("subject", String(_LONGEST), nullable=False),
)
"""Where a stream or a delegate belongs, and under which words it is known."""


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
    """One row a fact. It belongs where it says, else where its stream began; so for the words it is told by."""
    known = _known(connection, {id_ for notice in noticed for id_ in _ids(notice)})
    rows: list[dict[str, Any]] = []
    for notice in noticed:
        _learn(known, notice)
        own = [known[id_] for id_ in _ids(notice) if id_ in known]
        rows.append(
            {
                "congress": _congress(notice) or own[-1].congress,
                "position": notice.position,
                "at": notice.at,
                "by": notice.by,
                "fact": BOOK.entry_of(type(notice.fact)).name,
                "subject": subject_of(notice.fact) or next((k.subject for k in own if k.subject), ""),
            }
        )
    learnt = [
        {"id": id_, "congress": place.congress, "subject": place.subject}
        for id_, place in known.items()
        if not place.stored
    ]
    if learnt:
        connection.execute(delete(_places).where(_places.c.id.in_([place["id"] for place in learnt])))
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
    """A few words of the fact itself that say what it is about; empty when it has none.

    Words of the code (why a card was voided: `spoiled`) are nobody's words.
    """
    for holding in (fact, *(getattr(fact, name, None) for name in _HOLDING)):
        for name in _TOLD_BY:
            told = getattr(holding, name, None)
            if isinstance(told, str) and told and not isinstance(told, Enum):
                return told[:_LONGEST]
    return ""


@dataclass(slots=True, kw_only=True)
class _Place:
    congress: UUID
    subject: str
    stored: bool = False


def _ids(notice: Noticed) -> list[UUID]:
    """What a fact is about, the nearest first: a delegate it names, then its stream."""
    delegate = getattr(notice.fact, "delegate", None)
    return [delegate, notice.stream] if isinstance(delegate, UUID) else [notice.stream]


def _known(connection: Connection, ids: Collection[UUID]) -> dict[UUID, _Place]:
    found = connection.execute(select(_places).where(_places.c.id.in_(ids)))
    return {row.id: _Place(congress=row.congress, subject=row.subject, stored=True) for row in found}


def _learn(known: dict[UUID, _Place], notice: Noticed) -> None:
    congress = _congress(notice)
    place = known.get(notice.stream)
    if place is None:
        known[notice.stream] = _Place(congress=congress or INSTALLATION, subject=subject_of(notice.fact))
    elif congress is not None and place.congress == INSTALLATION:
        place.congress, place.stored = congress, False
    entries = getattr(notice.fact, "entries", ()) or (getattr(notice.fact, "entry", None),)
    for entry in entries:
        if isinstance(entry, DelegateEntry) and entry.delegate not in known:
            known[entry.delegate] = _Place(congress=congress or INSTALLATION, subject=entry.name[:_LONGEST])


def _congress(notice: Noticed) -> UUID | None:
    if isinstance(notice.fact, CongressFounded):
        return notice.stream
    named = getattr(notice.fact, "congress", None)
    return named if isinstance(named, UUID) else None


PROJECTION = Projection(name="audit_trail", shape=1, metadata=metadata, project=project)
