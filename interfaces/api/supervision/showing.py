"""Groups, inspections and notes as they are shown to programs."""

from uuid import UUID

from domain.supervision.inspection import Inspection
from domain.supervision.note import Note
from interfaces.api.supervision.models import (
    FindingShown,
    GroupShown,
    InspectionShown,
    MembershipShown,
    NoteShown,
    ReplyShown,
    SiteShown,
)
from projections.groups import GroupRow


def group_shown(row: GroupRow) -> GroupShown:
    """A group."""
    return GroupShown(
        project=row.project,
        year=row.year,
        name=row.name,
        leader=row.leader,
        formed_on=row.formed_on,
        memberships=[
            MembershipShown(delegate=one.delegate, joined_on=one.joined_on, left_on=one.left_on)
            for one in row.memberships
        ],
    )


def inspection_shown(inspection: UUID, state: Inspection) -> InspectionShown:
    """An inspection."""
    plan, done = state.plan, state.concluded
    found = done.findings if done else ()
    return InspectionShown(
        id=inspection,
        year=state.year,
        title=plan.title,
        kind=plan.kind,
        stage=state.stage,
        is_told=state.is_told_as_planned,
        on=plan.on,
        gather=plan.gather,
        focus=plan.focus,
        projects=list(plan.projects),
        sites=[SiteShown(name=one.name, place=one.place, project=one.project) for one in plan.sites],
        draw=plan.draw,
        leader=plan.leader,
        members=list(plan.members),
        replies=[ReplyShown(delegate=one, coming=said.coming, words=said.words) for one, said in state.replies.items()],
        held_on=done.held_on if done else None,
        attended=list(done.attended) if done else [],
        words=done.words if done else "",
        public_words=done.public_words if done else "",
        findings=[
            FindingShown(
                id=one.finding,
                words=one.words,
                is_problem=one.is_problem,
                project=one.project,
                duty=one.duty,
                note=one.note,
            )
            for one in found
        ],
        cancelled_because=state.cancelled_because,
    )


def note_shown(note: UUID, state: Note) -> NoteShown:
    """A note."""
    taken = state.taken
    return NoteShown(
        id=note,
        project=taken.project,
        delegate=taken.delegate,
        inspection=taken.inspection,
        seen_on=taken.seen_on,
        words=state.words,
        place=state.place,
        longitude=taken.longitude,
        latitude=taken.latitude,
        is_problem=state.is_problem,
        stage=state.stage,
        photos=[one.file for one in state.photos],
    )
