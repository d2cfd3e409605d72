"""The lines of one batch of facts: collected while the facts are read, written together."""

from collections import defaultdict
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

_LINES: Final = entries.join(
    projects, (entries.c.congress == projects.c.congress) & (entries.c.project == projects.c.project)
)
_TOUCHED: Final = (
    update(projects).where(projects.c.project == bindparam("of_project")).values(touched=bindparam("position"))
)
_THIS: Final[dict[str, Any]] = {name: bindparam(f"of_{name}") for name in ("congress", "project", "position")}
_CHANGED: Final = update(entries).where(*(entries.c[name] == given for name, given in _THIS.items()))


class Batch:
    """Lines that are not written yet, beside those of earlier batches."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self._lines: list[Line] = []
        self._waiting = defaultdict[UUID, list[Line]](list)
        """The same by project."""
        self._congresses: dict[UUID, UUID] = {}
        self._carried_out: dict[UUID, UUID] = {}
        self._touched: dict[UUID, int] = {}
        self._stored: dict[tuple[UUID, str], list[Line]] = {}
        self._changed: dict[tuple[UUID, int], tuple[Line, set[str]]] = {}
        """Lines and the names of what is different in them, by project and position."""

    def look_up(self, implementations: Iterable[UUID], kinds: Mapping[str, Iterable[UUID]]) -> None:
        """Reads what a batch will ask for: which projects these are, and their lines of these kinds."""
        asked = select(projects.c.project, projects.c.congress, projects.c.implementation)
        for row in self.conn.execute(asked.where(projects.c.implementation.in_(list(implementations)))):
            self.begin(row.project, row.congress, row.implementation)
        for kind, of in kinds.items():
            self._read([self._carried_out[one] for one in of if one in self._carried_out], kind)

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
        if project_id is None or congress is None:
            return
        line = {
            "congress": congress,
            "project": project_id,
            "position": notice.position,
            "happened_on": on or notice.at.astimezone(CHINA).date(),
            "kind": kind,
            "seen_by": int(seen_by),
            "details": dict(details),
            "for_residents": for_residents,
        }
        self._lines.append(line)
        self._waiting[project_id].append(line)

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
        if (project_id, kind) not in self._stored:
            self._read([project_id], kind)
        lines = (*self._stored[project_id, kind], *self._waiting[project_id])
        found = [line for line in lines if line["kind"] == kind]
        return [line for line in found if all(line["details"].get(name) == value for name, value in those.items())]

    def change(self, notice: Noticed, line: Line, **values: object) -> None:
        """Puts one line right, written or not; residents' pages notice."""
        line.update(values)
        _line, names = self._changed.setdefault((line["project"], line["position"]), (line, set()))
        names.update(values)
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
        """All lines, those that were changed, and when each project was touched."""
        for names, lines in self._alike().items():
            self.conn.execute(_CHANGED, [{name: line[name] for name in names} | _this(line) for line in lines])
        columns = [column.name for column in entries.columns]
        insert_rows(self.conn, entries, [tuple(line[name] for name in columns) for line in self._lines])
        if self._touched:
            touched = [{"of_project": known, "position": at} for known, at in self._touched.items()]
            self.conn.execute(_TOUCHED, touched)

    def _alike(self) -> dict[frozenset[str], list[Line]]:
        """Stored lines in which the same is different; one statement writes them."""
        new = {(line["project"], line["position"]) for line in self._lines}
        alike: dict[frozenset[str], list[Line]] = {}
        for key, (line, names) in self._changed.items():
            if key not in new:
                alike.setdefault(frozenset(names), []).append(line)
        return alike

    def _read(self, of: Iterable[UUID], kind: str) -> None:
        """The stored lines of one kind of these projects."""
        wanted = [one for one in dict.fromkeys(of) if (one, kind) not in self._stored]
        self._stored.update({(one, kind): [] for one in wanted})
        these = (projects.c.project.in_(wanted), entries.c.kind == kind)
        asked = select(entries).select_from(_LINES).where(*these).order_by(entries.c.position)
        for row in self.conn.execute(asked).mappings() if wanted else ():
            self._stored[row["project"], kind].append(dict(row))

    def _congress_of(self, project_id: UUID) -> UUID | None:
        if project_id not in self._congresses:
            known = select(projects.c.congress).where(projects.c.project == project_id)
            congress = self.conn.scalar(known)
            if congress is None:
                return None
            self._congresses[project_id] = congress
        return self._congresses[project_id]


def _this(line: Line) -> dict[str, Any]:
    return {f"of_{name}": line[name] for name in _THIS}
