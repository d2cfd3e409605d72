"""The lines of one batch of facts: collected while the facts are read, written together."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from application.history.recorded import Noticed
from domain.shared import CHINA
from projections.progress_timeline.tables import Reader, entries, projects
from projections.reading.bulk import insert_rows

Line = dict[str, Any]
"""A row of `timeline_entry`."""


class Batch:
    """Lines that are not written yet, beside those of earlier batches."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self._lines: list[Line] = []
        self._congresses: dict[UUID, UUID] = {}

    def begin(self, project_id: UUID, congress: UUID) -> None:
        """A project that has just begun: its congress need not be looked up."""
        self._congresses[project_id] = congress

    def add(
        self,
        notice: Noticed,
        kind: str,
        *,
        about: UUID | None = None,
        on: date | None = None,
        seen_by: Reader = Reader.RESIDENT,
        **details: object,
    ) -> None:
        """One more line of the project, or of the project whose stream this is; nothing for an unknown one."""
        project_id = about or notice.stream
        congress = self._congress_of(project_id)
        if congress is None:
            return
        self._lines.append(
            {
                "congress": congress,
                "project": project_id,
                "position": notice.position,
                "happened_on": on or notice.at.astimezone(CHINA).date(),
                "kind": kind,
                "seen_by": int(seen_by),
                "details": details,
            }
        )

    def show(self, notice: Noticed, project_id: UUID, kind: str, to: Reader, **those: object) -> Line | None:
        """Shows lines that were written before to these readers only; returns the last of them.

        `those`: what the details of the lines say.
        """
        last: Line | None = None
        for line in [*self._stored(project_id, kind), *self._waiting(project_id, kind)]:
            if all(line["details"].get(name) == value for name, value in those.items()):
                line["seen_by"], last = int(to), line
                this = (entries.c.congress == line["congress"], entries.c.project == project_id)
                at = entries.c.position == line["position"]
                self.conn.execute(update(entries).where(*this, at).values(seen_by=int(to)))
        if last is not None:
            self.touch(project_id, notice.position)
        return last

    def touch(self, project_id: UUID, position: int) -> None:
        """Something that residents read of the project has changed without a new line."""
        self.conn.execute(update(projects).where(projects.c.project == project_id).values(touched=position))

    def write(self) -> None:
        """All lines, in one statement."""
        names = [column.name for column in entries.columns]
        insert_rows(self.conn, entries, [tuple(line[name] for name in names) for line in self._lines])

    def _waiting(self, project_id: UUID, kind: str) -> Iterator[Line]:
        return (line for line in self._lines if line["project"] == project_id and line["kind"] == kind)

    def _stored(self, project_id: UUID, kind: str) -> Iterator[Line]:
        congress = self._congress_of(project_id)
        these = (entries.c.congress == congress, entries.c.project == project_id, entries.c.kind == kind)
        found = self.conn.execute(select(entries).where(*these).order_by(entries.c.position))
        return (dict(row) for row in found.mappings().all())

    def _congress_of(self, project_id: UUID) -> UUID | None:
        if project_id not in self._congresses:
            known = select(projects.c.congress).where(projects.c.project == project_id)
            congress = self.conn.scalar(known)
            if congress is None:
                return None
            self._congresses[project_id] = congress
        return self._congresses[project_id]
