"""What the overview of supervision shows: every adopted project with who watches it and what they found."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.supervision.inspection import InspectionStage
from domain.supervision.note import NoteStage
from interfaces.web._base.language import gettext as _
from interfaces.web.supervision.desk import Names, Watched
from interfaces.web.supervision.words import (
    INSPECTION_KINDS,
    INSPECTION_STAGES,
    INSPECTION_TAGS,
    NOTE_STAGES,
    NOTE_TAGS,
)
from projections import delegate_notes, groups, inspections
from projections.delegate_notes import NoteCount, NoteRow
from projections.groups import GroupRow
from projections.inspections import InspectionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedProject:
    """One project of the overview."""

    of: Watched
    group: GroupRow | None
    inspections: int
    notes: NoteCount


class ShownInspection(NamedTuple):
    """An inspection in words."""

    row: InspectionRow
    kind: str
    tag: str
    state: str
    projects: str
    is_late: bool
    """Its day has passed, and nobody has written down what came of it."""

    @property
    def coming(self) -> int:
        """How many have said they come."""
        return sum(one.coming is True for one in self.row.members)

    @property
    def silent(self) -> int:
        """How many have not said anything yet."""
        return sum(one.coming is None and one.planned for one in self.row.members)


class ShownNote(NamedTuple):
    """A note in words."""

    row: NoteRow
    tag: str
    state: str
    project: str
    who: str


def overview(conn: Connection, congress: UUID, year: int, watched: list[Watched]) -> list[WatchedProject]:
    """The year's projects by their numbers."""
    watching = {one.project: one for one in groups.groups_of(conn, congress)}
    seen = inspections.counts(conn, [one.project for one in watched], year)
    noted = delegate_notes.counted(conn, congress, year)
    return [
        WatchedProject(
            of=one,
            group=watching.get(one.project),
            inspections=seen[one.project],
            notes=noted.get(one.project, NoteCount(0, 0, 0)),
        )
        for one in watched
    ]


def shown_inspection(row: InspectionRow, watched: dict[UUID, Watched], today: date) -> ShownInspection:
    """One inspection on a day."""
    is_late = row.is_ahead and row.planned_on < today
    called = [watched[one].name for one in row.projects if one in watched]
    tag, state = INSPECTION_TAGS[row.stage], str(INSPECTION_STAGES[row.stage])
    if is_late:
        tag, state = "warn", _("待形成意见")
    elif row.stage == InspectionStage.TOLD and not row.is_told:
        tag, state = "warn", _("改动未通知")
    more = _("等 %(n)s 个项目", n=len(row.projects)) if len(row.projects) > 2 else ""
    return ShownInspection(
        row=row,
        kind=str(INSPECTION_KINDS[row.kind]),
        tag=tag,
        state=state,
        projects=_("、").join(called[:2]) + more,
        is_late=is_late,
    )


def shown_note(row: NoteRow, watched: dict[UUID, Watched], names: Names) -> ShownNote:
    """One note."""
    known = watched.get(row.project)
    if not row.is_problem and row.stage == NoteStage.TAKEN:
        tag, state = "ok", _("没有问题")
    else:
        tag, state = NOTE_TAGS[row.stage], str(NOTE_STAGES[row.stage])
    return ShownNote(row=row, tag=tag, state=state, project=known.name if known else "", who=names[row.delegate])


def gone_members(group: GroupRow, names: Names) -> list[UUID]:
    """Members who are on the roll no more: somebody else should take their place."""
    return [one for one in group.members if one not in names]
