"""Which inspections and notes a delegate sees: the own ones, and those of the own groups and inspections."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from domain.shared import NotFound
from domain.supervision.inspection import InspectionStage
from domain.supervision.note import NoteStage
from interfaces.web._base.asking import Place
from projections import delegate_notes, groups, inspections
from projections.delegate_notes import NoteRow
from projections.inspections import InspectionRow


def own_inspection(conn: Connection, here: Place, inspection: UUID) -> InspectionRow:
    """One the delegate was told of; once it is concluded everybody of the congress reads it. Raises NotFound."""
    row = inspections.inspection_at(conn, inspection)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="inspection", id=str(inspection))
    is_told = row.stage != InspectionStage.PLANNED and row.member(here.delegate) is not None
    if not is_told and row.stage != InspectionStage.CONCLUDED:
        raise NotFound(kind="inspection", id=str(inspection))
    return row


def seen_notes(conn: Connection, here: Place, rows: Iterable[NoteRow]) -> list[NoteRow]:
    """Own notes, those on projects of the own groups, those of inspections the delegate is on."""
    if here.delegate is None:
        return []
    watched = {one.project for one in groups.groups_of_delegate(conn, here.congress.id, here.delegate)}
    gone_to = {one.inspection for one in inspections.inspections_of(conn, here.congress.id, delegate=here.delegate)}
    return [row for row in rows if row.delegate == here.delegate or row.project in watched or row.inspection in gone_to]


def known_note(conn: Connection, here: Place, note: UUID) -> NoteRow:
    """Raises NotFound for what the delegate does not see, or what somebody withdrew."""
    row = delegate_notes.note_at(conn, note)
    is_there = row is not None and row.congress == here.congress.id and row.stage != NoteStage.WITHDRAWN
    if row is None or not is_there or not seen_notes(conn, here, [row]):
        raise NotFound(kind="note", id=str(note))
    return row
