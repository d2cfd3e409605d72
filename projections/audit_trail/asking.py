"""What the trail answers."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    any_,
    desc,
    func,
    intersect,
    literal,
    select,
)

from projections.audit_trail import told
from projections.audit_trail.trail import INSTALLATION, mentions, names, places, written
from projections.reading.plain import words_of

MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the trail. `fact` is the stable name, e.g. `polls.poll-opened`; `by` None is the system.

    `who` and `subject` are the names of then.
    """

    position: int
    at: datetime
    by: UUID | None
    who: str
    fact: str
    subject: str
    congress: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which lines: of one congress or of all (None), with any of the facts, by one person, within moments.

    `words` are looked for in names, titles, codes, reasons and decisions, and all must come up; `about` are
    projects, polls or whatever else has an identity.
    """

    congress: UUID | None = None
    facts: Collection[str] = ()
    by: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    about: Collection[UUID] = ()


def entries(connection: Connection, asked: Asked, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """The newest lines first; `before` is the position to go on from."""
    lines = written.c
    filters = _filters(asked)
    wanted = select(written).where(*filters)
    if asked.congress is not None:
        wanted = wanted.where(lines.congress == asked.congress)
    if before is not None:
        wanted = wanted.where(lines.position < before)
    found = list(_places_of(connection, asked, before))
    if found:
        hits = intersect(*found) if len(found) > 1 else found[0].distinct()
        if not filters:  # then as many places as lines are enough
            hits = hits.order_by(desc("position")).limit(limit)
        there = hits.cte("hits").prefix_with("MATERIALIZED", dialect="postgresql")
        wanted = wanted.join(there, there.c.position == lines.position)
    return [_entry(row) for row in connection.execute(wanted.order_by(lines.position.desc()).limit(limit))]


def line_at(connection: Connection, position: int) -> Entry | None:
    """One line, None where nothing is."""
    row = connection.execute(select(written).where(written.c.position == position)).one_or_none()
    return None if row is None else _entry(row)


def congress_of(connection: Connection, position: int) -> UUID | None:
    """The congress a fact belongs to, None for the installation or for a position where nothing is."""
    found = connection.scalar(select(written.c.congress).where(written.c.position == position))
    return None if found in (None, INSTALLATION) else found


def labels_of(connection: Connection, ids: Collection[UUID]) -> dict[UUID, str]:
    """What things are called today; those without a name are left out."""
    found = connection.execute(select(places.c.id, places.c.name).where(places.c.id.in_(ids)).order_by(places.c.id))
    return {row.id: row.name for row in found if row.name}


def _filters(asked: Asked) -> list[ColumnElement[bool]]:
    """What is asked of the lines themselves."""
    lines = written.c
    found: list[ColumnElement[bool]] = []
    if asked.facts:
        found.append(lines.fact.in_(asked.facts))
    if asked.since is not None:
        found.append(lines.at >= asked.since)
    if asked.until is not None:
        found.append(lines.at < asked.until)
    return found


def _places_of(connection: Connection, asked: Asked, before: int | None) -> Iterator[Select[tuple[int]]]:
    """For everything that must come up in a line, where it does."""
    if asked.by is not None:
        yield _where(connection, asked, [told.reference_of_person(asked.by)], before)
    if asked.about:
        yield _where(connection, asked, [told.reference(thing) for thing in asked.about], before)
    for word in words_of(asked.words)[:MOST_WORDS]:
        called = select(names.c.thing).where(names.c.name.contains(word, autoescape=True)).distinct()
        yield _where(connection, asked, list(connection.scalars(called)), before)


def _where(connection: Connection, asked: Asked, things: list[int], before: int | None) -> Select[tuple[int]]:
    """The things are read first and then given as one list: so no database can guess wrongly how many there are."""
    given: ColumnElement[bool]
    if connection.dialect.name == "postgresql":
        given = mentions.c.thing == any_(literal(things, ARRAY(BigInteger)))
    else:
        given = mentions.c.thing.in_(select(func.json_each(json.dumps(things)).table_valued("value").c.value))
    found = select(mentions.c.position).where(given)
    if asked.congress is not None:
        found = found.where(mentions.c.congress == asked.congress)
    return found if before is None else found.where(mentions.c.position < before)


def _entry(row: Any) -> Entry:
    return Entry(
        position=row.position,
        at=row.at,
        by=row.by,
        who=row.who,
        fact=row.fact,
        subject=row.subject,
        congress=None if row.congress == INSTALLATION else row.congress,
    )
