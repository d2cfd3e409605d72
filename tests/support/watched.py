"""What delegates do around one project, as facts alone: a group, an inspection with its conclusion, notes, draws."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

from domain.shared import Year
from domain.supervision.draw import DrawAnnounced, DrawGivenUp, PoolClosed, SitesDrawn
from domain.supervision.group import GroupChanged, GroupDissolved, GroupFormed, group_stream
from domain.supervision.inspection import (
    ConclusionCorrected,
    Finding,
    InspectionCancelled,
    InspectionConcluded,
    InspectionKind,
    InspectionPlan,
    InspectionPlanned,
    InspectionReplanned,
    InspectionReplied,
    InspectionTold,
    Site,
)
from domain.supervision.note import (
    NoteCorrected,
    NoteHandedOver,
    NotePhotoErased,
    NoteSettled,
    NoteTaken,
    NoteWithdrawn,
)
from tests.golden.make import sample

F = TypeVar("F")
Told = tuple[UUID, object]


def watched(congress: UUID, year: Year, project: UUID, delegates: Sequence[UUID]) -> Iterator[Told]:
    """Every fact of groups, inspections, notes and draws at least once. Takes four delegates."""
    yield from _group(congress, year, project, delegates)
    yield from _inspections(congress, year, project, delegates)
    yield from _notes(congress, year, project, delegates[0])
    yield from _draws(congress, year)


def _group(congress: UUID, year: Year, project: UUID, delegates: Sequence[UUID]) -> Iterator[Told]:
    one, two, three, _ = delegates[:4]
    formed = _of(GroupFormed, congress=congress, year=year, project=project, leader=one, members=(one, two))
    yield group_stream(project), formed
    yield group_stream(project), _of(GroupChanged, leader=one, joined=(three,), left=(two,))
    yield group_stream(project), _of(GroupDissolved)
    yield group_stream(project), replace(formed, name="第二组", members=(one, two, three))


def _inspections(congress: UUID, year: Year, project: UUID, delegates: Sequence[UUID]) -> Iterator[Told]:
    one, two, three, four = delegates[:4]
    seen, off = uuid5(project, "inspection"), uuid5(project, "cancelled inspection")
    plan = _of(
        InspectionPlan,
        kind=InspectionKind.INSPECTION,
        projects=(project,),
        sites=(_of(Site, project=project),),
        leader=one,
        members=(one, two),
        draw=None,
    )
    yield seen, InspectionPlanned(congress=congress, year=year, plan=plan)
    yield seen, InspectionReplanned(plan=replace(plan, title="视察", members=(one, two, three)))
    yield seen, _of(InspectionTold)
    yield seen, _of(InspectionReplied, delegate=two, coming=False)
    findings = (_of(Finding, project=project, duty=None, note=None, is_problem=True),)
    yield seen, _of(InspectionConcluded, attended=(one, four), findings=findings)
    yield seen, _of(ConclusionCorrected, attended=(one, three, four))
    yield off, InspectionPlanned(congress=congress, year=year, plan=plan)
    yield off, _of(InspectionCancelled)


def _notes(congress: UUID, year: Year, project: UUID, delegate: UUID) -> Iterator[Told]:
    handed, settled, gone = (uuid5(project, f"note {name}") for name in ("handed", "settled", "gone"))
    inspection = uuid5(project, "inspection")
    taken = _of(
        NoteTaken,
        congress=congress,
        year=year,
        project=project,
        delegate=delegate,
        inspection=inspection,
        is_problem=True,
    )
    for note in (handed, settled, gone):
        yield note, taken
    yield handed, _of(NoteCorrected, is_problem=True)
    yield handed, _of(NoteHandedOver)
    yield handed, NotePhotoErased(file=taken.photos[0].file, reason="照到了行人")
    yield settled, _of(NoteSettled)
    yield gone, _of(NoteWithdrawn)


def _draws(congress: UUID, year: Year) -> Iterator[Told]:
    made, left = uuid5(congress, "draw"), uuid5(congress, "draw left")
    announced = _of(DrawAnnounced, congress=congress, year=year)
    yield made, announced
    yield made, _of(PoolClosed)
    yield made, _of(SitesDrawn, drawn=(6,))
    yield left, announced
    yield left, _of(DrawGivenUp)


def _of(kind: type[F], /, **known: Any) -> F:
    made: Any = sample(kind, kind.__name__)
    return cast("F", replace(made, **known))
