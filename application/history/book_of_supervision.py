"""The chapter of the book on supervision: groups, inspections, notes, draws of sites."""

from typing import Final

from domain.supervision.draw import DrawAnnounced, DrawGivenUp, PoolClosed, SitesDrawn
from domain.supervision.group import GroupChanged, GroupDissolved, GroupFormed
from domain.supervision.inspection import (
    ConclusionCorrected,
    InspectionCancelled,
    InspectionConcluded,
    InspectionPlanned,
    InspectionReplanned,
    InspectionReplied,
    InspectionTold,
)
from domain.supervision.note import (
    NoteCorrected,
    NoteHandedOver,
    NotePhotoErased,
    NoteSettled,
    NoteTaken,
    NoteWithdrawn,
)

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("supervision.group-formed", 1, GroupFormed),
    ("supervision.group-changed", 1, GroupChanged),
    ("supervision.group-dissolved", 1, GroupDissolved),
    ("supervision.inspection-planned", 1, InspectionPlanned),
    ("supervision.inspection-replanned", 1, InspectionReplanned),
    ("supervision.inspection-told", 1, InspectionTold),
    ("supervision.inspection-replied", 1, InspectionReplied),
    ("supervision.inspection-cancelled", 1, InspectionCancelled),
    ("supervision.inspection-concluded", 1, InspectionConcluded),
    ("supervision.conclusion-corrected", 1, ConclusionCorrected),
    ("supervision.note-taken", 1, NoteTaken),
    ("supervision.note-corrected", 1, NoteCorrected),
    ("supervision.note-withdrawn", 1, NoteWithdrawn),
    ("supervision.note-handed-over", 1, NoteHandedOver),
    ("supervision.note-settled", 1, NoteSettled),
    ("supervision.note-photo-erased", 1, NotePhotoErased),
    ("supervision.draw-announced", 1, DrawAnnounced),
    ("supervision.pool-closed", 1, PoolClosed),
    ("supervision.sites-drawn", 1, SitesDrawn),
    ("supervision.draw-given-up", 1, DrawGivenUp),
)
