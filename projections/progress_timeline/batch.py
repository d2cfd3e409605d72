"""The lines of one batch of facts: collected while the facts are read, written together."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from application.history.recorded import Noticed
from domain.shared import CHINA
from projections.progress_timeline.tables import Reader, entries, matters, projects
from projections.reading.bulk import insert_rows

Line = dict[str, Any]
"""A row of `timeline_entry`."""


class Matter(NamedTuple):
    """An inspection, a note, a duty, an inquiry or a visit."""

    projects: tuple[UUID, ...]
    told: dict[str, Any]


NOTHING: Final[Mapping[str, object]] = {}

# Said once, as bursts of reports ask these thousands of times.
_KNOWN: Final = (
    select(entries)
    .where(
        entries.c.congress == bindparam("of_congress"),
        entries.c.project == bindparam("of_project"),
        entries.c.kind == bindparam("of_kind"),
    )
    .order_by(entries.c.position)
)
_TOUCHED: Final = (
    update(projects).where(projects.c.project == bindparam("of_project")).values(touched=bindparam("position"))
)


class Batch:
    """Lines that are not written yet, beside those of earlier batches."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self._lines: list[Line] = []
        self._congresses: dict[UUID, UUID] = {}
        self._carried_out: dict[UUID, UUID] = {}
        self._touched: dict[UUID, int] = {}

    def begin(self, project_id: UUID, congress: UUID, implementation: UUID) -> None:
        """A project that has just begun: nothing of it need be looked up."""
        self._congresses[project_id] = congress
        self._carried_out[implementation] = project_id

    def project_of(self, implementation: UUID) -> UUID | None:
        """The project whose implementation this stream is."""
        if implementation not in self._carried_out:
            asked = select(projects.c.project, projects.c.congress).where(projects.c.implementation == implementation)
            row = self.conn.execute(asked).one_or_none()
            if row is None:
                return None
            self.begin(row.project, row.congress, implementation)
        return self._carried_out[implementation]

    def add(
        self,
        notice: Noticed,
        project_id: UUID | None,
        kind: str,
        details: Mapping[str, object] = NOTHING,
        *,
        on: date | None = None,
        seen_by: Reader = Reader.RESIDENT,
        for_residents: Mapping[str, object] | None = None,
    ) -> None:
        """One more line of the project; nothing for an unknown one.

        `for_residents`: what they read instead of the details.
        """
        congress = self._congress_of(project_id) if project_id else None
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
                "details": dict(details),
                "for_residents": for_residents,
            }
        )

    def begin_matter(self, stream: UUID, about: Iterable[UUID], told: Mapping[str, object] = NOTHING) -> None:
        """Something beside the project's own streams whose later facts make lines of these projects."""
        values = {"stream": stream, "projects": [str(one) for one in about], "told": dict(told)}
        self.conn.execute(insert(matters).values(**values))

    def matter(self, stream: UUID) -> Matter | None:
        """What is known of it, None for one that is about no project."""
        row = self.conn.execute(select(matters).where(matters.c.stream == stream)).one_or_none()
        return None if row is None else Matter(tuple(UUID(one) for one in row.projects), row.told)

    def change_matter(self, stream: UUID, about: Iterable[UUID] | None, told: Mapping[str, object]) -> None:
        """Puts right what it is about, or what is said of it."""
        known = self.matter(stream)
        if known is not None:
            projects_of = known.projects if about is None else about
            values = {"projects": [str(one) for one in projects_of], "told": {**known.told, **told}}
            self.conn.execute(update(matters).where(matters.c.stream == stream).values(**values))

    def known(self, project_id: UUID, kind: str, **those: object) -> list[Line]:
        """The lines of this kind so far, the oldest first; `those`: what their details say."""
        congress = self._congress_of(project_id)
        of_these = {"of_congress": congress, "of_project": project_id, "of_kind": kind}
        stored = self.conn.execute(_KNOWN, of_these).mappings()
        waiting = (line for line in self._lines if line["project"] == project_id and line["kind"] == kind)
        found = [*map(dict, stored), *waiting]
        return [line for line in found if all(line["details"].get(name) == value for name, value in those.items())]

    def change(self, notice: Noticed, line: Line, **values: object) -> None:
        """Puts one line right, written or not; residents' pages notice."""
        line.update(values)
        same = {name: line[name] for name in ("congress", "project", "position")}
        self.conn.execute(update(entries).filter_by(**same).values(**values))
        self.touch(line["project"], notice.position)

    def show(self, notice: Noticed, lines: list[Line], to: Reader) -> None:
        """Shows these lines to these readers and those who see more."""
        for line in lines:
            if line["seen_by"] != int(to):
                self.change(notice, line, seen_by=int(to))

    def touch(self, project_id: UUID, position: int) -> None:
        """Something that residents read of the project has changed without a new line."""
        self._touched[project_id] = max(position, self._touched.get(project_id, 0))

    def write(self) -> None:
        """All lines, in one statement, and when each project was touched."""
        names = [column.name for column in entries.columns]
        insert_rows(self.conn, entries, [tuple(line[name] for name in names) for line in self._lines])
        if self._touched:
            touched = [{"of_project": known, "position": at} for known, at in self._touched.items()]
            self.conn.execute(_TOUCHED, touched)

    def _congress_of(self, project_id: UUID) -> UUID | None:
        if project_id not in self._congresses:
            known = select(projects.c.congress).where(projects.c.project == project_id)
            congress = self.conn.scalar(known)
            if congress is None:
                return None
            self._congresses[project_id] = congress
        return self._congresses[project_id]
