"""What the trail answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, select

from projections.audit_trail import told
from projections.audit_trail.trail import INSTALLATION, congresses, mentions, names, places, written
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
    wanted = select(written).where(*_conditions(connection, asked))
    if before is not None:
        wanted = wanted.where(lines.position < before)
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


def _conditions(connection: Connection, asked: Asked) -> list[ColumnElement[bool]]:
    lines = written.c
    those = [asked.congress] if asked.congress else list(connection.scalars(select(congresses.c.congress)))
    found: list[ColumnElement[bool]] = [lines.congress.in_(those)] if asked.congress else []
    if asked.facts:
        found.append(lines.fact.in_(asked.facts))
    if asked.since is not None:
        found.append(lines.at >= asked.since)
    if asked.until is not None:
        found.append(lines.at < asked.until)
    if asked.by is not None:
        found.append(_mentioning(those, [told.reference_of_person(asked.by)]))
    if asked.about:
        found.append(_mentioning(those, [told.reference(thing) for thing in asked.about]))
    found.extend(_mentioning(those, _called(word)) for word in words_of(asked.words)[:MOST_WORDS])
    return found


def _mentioning(those: list[UUID], things: Any) -> ColumnElement[bool]:
    """Lines of these congresses in which one of the things comes up."""
    there = select(mentions.c.position).where(mentions.c.congress.in_(those), mentions.c.thing.in_(things))
    return written.c.position.in_(there)


def _called(word: str) -> Select[tuple[int]]:
    """Things with a name that holds the word. Names are few beside lines: reading all of them is quick."""
    return select(names.c.thing).where(names.c.name.contains(word, autoescape=True))


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
