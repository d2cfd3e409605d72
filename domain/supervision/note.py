"""A note 监督记录 of a delegate on the spot: what was seen, with photos; a problem or not.

A stream for each note, so that delegates who stand side by side never wait for each other.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.shared import Invalid, Missing, NotFound, Refused, Year

LONGEST_WORDS = 2_000
LONGEST_PLACE = 120
MOST_PHOTOS = 6


class NoteStage(StrEnum):
    """Where a note stands."""

    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    """Its problem became a duty 整改事项 of a unit."""
    SETTLED = "settled"
    """The office has seen to its problem in another way."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """A delegate wrote down what they saw of a project, on an inspection or on a way of their own."""

    congress: UUID
    year: Year
    """Of the project."""
    project: UUID
    delegate: UUID
    inspection: UUID | None
    seen_on: date
    words: str
    place: str
    is_problem: bool
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    photos: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCorrected:
    """The delegate put the note right while nobody had acted on it."""

    words: str
    place: str
    is_problem: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWithdrawn:
    """The delegate took the note back, or the office did where it must not stand."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHandedOver:
    """The problem was given to a unit, to be put right and answered."""

    duty: UUID
    unit: UUID
    unit_name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSettled:
    """The office saw to the problem without a duty: put right on the spot, known already, passed on elsewhere."""

    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePhotoErased:
    """A photo was erased for good, e.g. because it shows somebody's face."""

    file: UUID
    reason: str


NoteFact = NoteTaken | NoteCorrected | NoteWithdrawn | NoteHandedOver | NoteSettled | NotePhotoErased


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it stands."""

    taken: NoteTaken
    words: str
    place: str
    is_problem: bool
    photos: tuple[Attached, ...]
    stage: NoteStage = NoteStage.TAKEN


@dataclass(eq=False)
class NoteInWrongStage(Refused):
    """The step does not fit where the note stands, e.g. correcting what a unit has already."""

    stage: str


@dataclass(eq=False)
class NotAProblem(Refused):
    """Only a problem is handed over or settled."""


def take_note(fact: NoteTaken, today: date) -> NoteTaken:
    """Words or photos are enough: who stands in the rain types nothing. Raises Missing (words) or Invalid."""
    words, place = _checked(fact.words, fact.place, has_photos=bool(fact.photos))
    if fact.seen_on > today:
        raise Invalid(field="seen_on", reason="in_future", value=fact.seen_on.isoformat())
    if len(fact.photos) > MOST_PHOTOS:
        raise Invalid(field="photos", reason="too_many", value=str(MOST_PHOTOS))
    if fact.is_problem and not words:
        raise Missing(fields=("words",))
    return replace(fact, words=words, place=place)


def correct_note(current: Note | None, *, words: str, place: str, is_problem: bool) -> tuple[NoteCorrected, ...]:
    """Nothing where nothing changes. Raises NotFound, NoteInWrongStage, Missing or Invalid."""
    known = _untouched(current)
    said, where = _checked(words, place, has_photos=bool(known.photos) and not is_problem)
    if (known.words, known.place, known.is_problem) == (said, where, is_problem):
        return ()
    return (NoteCorrected(words=said, place=where, is_problem=is_problem),)


def withdraw_note(current: Note | None, reason: str) -> NoteWithdrawn:
    """Raises NotFound, NoteInWrongStage or Missing (reason)."""
    _untouched(current)
    return NoteWithdrawn(reason=_reason(reason))


def hand_over_note(current: Note | None, *, duty: UUID, unit: UUID, unit_name: str, on: date) -> NoteHandedOver:
    """Raises NotFound, NoteInWrongStage or NotAProblem."""
    _require_problem(_untouched(current))
    return NoteHandedOver(duty=duty, unit=unit, unit_name=unit_name, on=on)


def settle_note(current: Note | None, words: str, on: date) -> NoteSettled:
    """Raises NotFound, NoteInWrongStage, NotAProblem or Missing (reason)."""
    _require_problem(_untouched(current))
    return NoteSettled(words=_reason(words), on=on)


def erase_photo(current: Note | None, file: UUID, reason: str) -> NotePhotoErased:
    """Raises NotFound or Missing (reason)."""
    if not any(one.file == file for one in known_note(current).photos):
        raise NotFound(kind="file", id=str(file))
    return NotePhotoErased(file=file, reason=_reason(reason))


def evolve(current: Note | None, fact: NoteFact) -> Note:
    """The note after one more fact."""
    if isinstance(fact, NoteTaken):
        return Note(taken=fact, words=fact.words, place=fact.place, is_problem=fact.is_problem, photos=fact.photos)
    known = known_note(current)
    match fact:
        case NoteCorrected():
            return replace(known, words=fact.words, place=fact.place, is_problem=fact.is_problem)
        case NoteWithdrawn():
            return replace(known, stage=NoteStage.WITHDRAWN)
        case NoteHandedOver():
            return replace(known, stage=NoteStage.HANDED_OVER)
        case NoteSettled():
            return replace(known, stage=NoteStage.SETTLED)
        case NotePhotoErased():
            return replace(known, photos=tuple(one for one in known.photos if one.file != fact.file))


def known_note(current: Note | None) -> Note:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="note", id="")
    return current


def _untouched(current: Note | None) -> Note:
    known = known_note(current)
    if known.stage is not NoteStage.TAKEN:
        raise NoteInWrongStage(stage=known.stage.value)
    return known


def _require_problem(note: Note) -> None:
    if not note.is_problem:
        raise NotAProblem


def _reason(words: str) -> str:
    if not words.strip():
        raise Missing(fields=("reason",))
    return words.strip()


def _checked(words: str, place: str, *, has_photos: bool) -> tuple[str, str]:
    said, where = words.strip(), place.strip()
    if not said and not has_photos:
        raise Missing(fields=("words",))
    for name, value, most in (("words", said, LONGEST_WORDS), ("place", where, LONGEST_PLACE)):
        if len(value) > most:
            raise Invalid(field=name, reason="too_long", value=str(most))
    return said, where
