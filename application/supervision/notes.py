"""Commands about delegates' notes 监督记录: taken on the spot, put right, handed over to a unit, settled."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from application.office import By, Desk, Office
from application.private import files
from application.private.store import PrivateStore
from application.supervision.duties import raise_duty_at
from application.supervision.inspections import hand_over_at
from domain.accounts.permissions import Act, Actor
from domain.congress import roll as rolls
from domain.files import Attached
from domain.projects import project as projects
from domain.shared import NotFound, NotPermitted
from domain.supervision import group as groups
from domain.supervision import inspection as inspections
from domain.supervision import note as notes
from domain.supervision.duty import DutyOrder, DutySource, Origin
from domain.supervision.inspecting import NotOnTheInspection
from domain.supervision.inspection import InspectionStage
from domain.supervision.note import Note, NoteTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a delegate saw, as it comes from the phone."""

    words: str
    is_problem: bool
    place: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    photos: tuple[Attached, ...] = ()
    seen_on: date | None = None
    """None: today."""
    inspection: UUID | None = None


def take_note(office: Office, by: By, project: UUID, note: UUID, seen: Seen) -> int:
    """A delegate of the roll notes something about an adopted project, on an inspection or alone.

    Raises NotPermitted, NotFound (project, inspection, delegate), WrongStage, NotOnTheInspection, Missing or Invalid.
    """

    def decide(desk: Desk) -> None:
        of = groups.adopted(desk.load(project, projects.evolve))
        delegate = _delegate(desk, by.actor, of.congress)
        if seen.inspection is not None:
            _require_on(desk, seen.inspection, of.congress, project, delegate)
        fact = NoteTaken(
            congress=of.congress,
            year=of.year,
            project=project,
            delegate=delegate,
            inspection=seen.inspection,
            seen_on=seen.seen_on or office.today(),
            words=seen.words,
            place=seen.place,
            is_problem=seen.is_problem,
            longitude=seen.longitude,
            latitude=seen.latitude,
            photos=seen.photos,
        )
        desk.add(note, notes.take_note(fact, office.today()))

    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    by.actor.require(Act.SUPERVISE, known.congress)
    return office.record(by, decide)


def correct_note(office: Office, by: By, note: UUID, *, words: str, place: str, is_problem: bool) -> int:
    """The delegate's own. Raises NotPermitted, NotFound, NoteInWrongStage, Missing or Invalid."""
    _require_own(by.actor, known_note(office, note))
    return office.change(
        by,
        note,
        notes.evolve,
        lambda current: notes.correct_note(current, words=words, place=place, is_problem=is_problem),
    )


def withdraw_note(office: Office, by: By, note: UUID, reason: str) -> int:
    """The delegate's own, or any by the office. Raises NotPermitted, NotFound, NoteInWrongStage or Missing."""
    known = known_note(office, note)
    if not by.actor.may(Act.KEEP_SUPERVISION, known.taken.congress):
        _require_own(by.actor, known)
    return office.change(by, note, notes.evolve, lambda current: notes.withdraw_note(current, reason))


def hand_over_note(office: Office, by: By, note: UUID, duty: UUID, order: DutyOrder) -> int:
    """Gives the problem to a unit. Raises NotPermitted, NotFound, NoteInWrongStage, NotAProblem, Missing or Invalid."""
    taken = _kept_by(office, by, note).taken

    def decide(desk: Desk) -> None:
        of = desk.load(taken.project, projects.evolve)
        title = of.card.name if of else ""
        origin = Origin(kind=DutySource.NOTE, id=note, title=title)
        raise_duty_at(desk, office, taken.congress, duty, origin, order)
        hand_over_at(desk, office, note, duty, order)

    return office.record(by, decide)


def settle_note(office: Office, by: By, note: UUID, words: str) -> int:
    """Its problem needs no duty. Raises NotPermitted, NotFound, NoteInWrongStage, NotAProblem or Missing (reason)."""
    _kept_by(office, by, note)
    return office.change(by, note, notes.evolve, lambda current: notes.settle_note(current, words, office.today()))


def erase_note_photo(office: Office, private: PrivateStore, by: By, note: UUID, file: UUID, reason: str) -> int:
    """Erases a photo for good. The bytes go first: should the record fail, the page still offers to erase.

    Raises NotPermitted, NotFound (note, file) or Missing (reason).
    """
    notes.erase_photo(_kept_by(office, by, note), file, reason)
    files.erase_file(private, file)
    return office.change(by, note, notes.evolve, lambda current: notes.erase_photo(current, file, reason))


def known_note(office: Office, note: UUID) -> Note:
    """Raises NotFound."""
    found = office.state_of(note, notes.evolve)
    if found is None:
        raise NotFound(kind="note", id=str(note))
    return found


def _kept_by(office: Office, by: By, note: UUID) -> Note:
    known = known_note(office, note)
    by.actor.require(Act.KEEP_SUPERVISION, known.taken.congress)
    return known


def _require_own(actor: Actor, note: Note) -> None:
    actor.require(Act.SUPERVISE, note.taken.congress)
    if actor.delegate_in(note.taken.congress) != note.taken.delegate:
        raise NotPermitted(act=Act.SUPERVISE.value)


def _delegate(desk: Desk, actor: Actor, congress: UUID) -> UUID:
    delegate = actor.delegate_in(congress)
    roll = desk.load(rolls.roll_stream(congress), rolls.evolve) or rolls.Roll()
    if delegate is None or not roll.admits(delegate):
        raise NotFound(kind="delegate", id="")
    return delegate


def _require_on(desk: Desk, inspection: UUID, congress: UUID, project: UUID, delegate: UUID) -> None:
    """The delegate goes there, and the project is seen there. Raises NotFound or NotOnTheInspection."""
    known = desk.load(inspection, inspections.evolve)
    is_told = known is not None and known.stage in (InspectionStage.TOLD, InspectionStage.CONCLUDED)
    if known is None or not is_told or known.congress != congress or project not in known.plan.projects:
        raise NotFound(kind="inspection", id=str(inspection))
    came = known.concluded.attended if known.concluded else ()
    if delegate not in (*known.plan.members, *came):
        raise NotOnTheInspection
