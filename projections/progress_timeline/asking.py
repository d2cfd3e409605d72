"""One project's timeline, for whoever reads it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, or_, select

from projections.progress_timeline.tables import Entry, Reader, behind, entries, projects
from projections.reading import behind as stands


def timeline(conn: Connection, project_id: UUID, reader: Reader = Reader.OFFICE) -> list[Entry]:
    """The project's entries that the reader may see, newest first.

    The first suggestion behind the project stands where it was received; residents see how it went on from there.
    """
    began = entries.c.kind == "drafted"
    here = (entries.c.congress == projects.c.congress, entries.c.project == projects.c.project)
    rows = conn.execute(
        select(entries, projects.c.listed, projects.c.proposals, projects.c.supporters)
        .select_from(projects.join(entries, here[0] & here[1]))
        .where(projects.c.project == project_id, or_(entries.c.seen_by <= reader, began))
        .order_by(entries.c.happened_on.desc(), entries.c.position.desc())
    ).all()
    first = _suggested(conn, rows[0]) if rows else None
    found = [
        Entry(row.position, row.happened_on, row.kind, Reader(row.seen_by), _told(row, reader))
        for row in rows
        if row.seen_by <= reader or first is not None
    ]
    if first is not None:
        later = sum(entry.happened_on >= first.happened_on for entry in found)
        found.insert(later, first)
    return found


def _told(row: Any, reader: Reader) -> dict[str, Any]:
    """Where residents read other words than the rest, they get those and nothing else; the rest read those too."""
    details: dict[str, Any] = row.details
    if row.for_residents is None:
        return details
    if reader is Reader.RESIDENT:
        return dict(row.for_residents)
    return {**details, "published": row.for_residents["words"]}


def _suggested(conn: Connection, known: Row[tuple[object, ...]]) -> Entry | None:
    """The proposals behind the project: as they are now, on the list as they were frozen with it."""
    of = stands.behind(conn, behind, (known.project,)).get(known.project)
    if of is None or of.first_on is None:
        return None
    frozen = bool(known.listed and known.proposals)
    details = {
        "proposals": known.proposals if frozen else of.proposals,
        "supporters": known.supporters if frozen else of.supporters,
    }
    return Entry(0, of.first_on, "suggested", Reader.RESIDENT, details)


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a line that residents read was added, shown or hidden after this position."""
    newer = (entries.c.position > position, entries.c.seen_by == Reader.RESIDENT)
    touched = (projects.c.touched > position, projects.c.listed)
    of_lines = set(conn.scalars(select(entries.c.congress).where(*newer).distinct()))
    return of_lines | set(conn.scalars(select(projects.c.congress).where(*touched).distinct()))
