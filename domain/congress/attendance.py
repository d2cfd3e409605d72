"""The attendance of each delegate at a session, with the card or paper in hand; A is the number attending 实到."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from domain.shared import NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateCheckedIn:
    """A delegate is present."""

    congress: UUID
    session: UUID
    delegate: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInUndone:
    """A wrong check-in was taken back."""

    congress: UUID
    session: UUID
    delegate: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDrawn:
    """A delegate drew a card for a poll, face down: that, never which (ballot.md, step 3)."""

    congress: UUID
    session: UUID
    delegate: UUID
    poll: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDrawUndone:
    """A hand-out entered by mistake was taken back; the card itself is voided by scan."""

    congress: UUID
    session: UUID
    delegate: UUID
    poll: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIssued:
    """A delegate was handed a ballot paper; who holds a paper holds no card of this poll (ballot.md, step 3)."""

    congress: UUID
    session: UUID
    delegate: UUID
    poll: UUID
    late: bool = False
    """Whether the delegate was not there when the poll opened and so counts into A now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIssueUndone:
    """A paper entered by mistake was taken back, unused."""

    congress: UUID
    session: UUID
    delegate: UUID
    poll: UUID
    late: bool = False
    """As it was handed out."""


AttendanceFact = DelegateCheckedIn | CheckInUndone | CardDrawn | CardDrawUndone | PaperIssued | PaperIssueUndone


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Whether one delegate is present at one session, and the polls a card was drawn or a paper handed out for."""

    present: bool = False
    drawn: frozenset[UUID] = frozenset()
    papers: frozenset[UUID] = frozenset()
    late: frozenset[UUID] = frozenset()
    """The polls, of those in `papers`, that had opened before the delegate came."""


@dataclass(eq=False)
class AlreadyCheckedIn(Refused):
    """The delegate is present already."""

    name: str


@dataclass(eq=False)
class NotCheckedIn(Refused):
    """An absent delegate gets no card (rule 13)."""

    name: str


@dataclass(eq=False)
class CardAlreadyDrawn(Refused):
    """One delegate, one card (rule 13)."""

    name: str


@dataclass(eq=False)
class HoldsCard(Refused):
    """Who holds a ballot card gets no paper, and stays checked in; the card comes back first."""

    name: str


@dataclass(eq=False)
class HoldsPaper(Refused):
    """Who holds a ballot paper gets no card, and stays checked in; the paper comes back first."""

    name: str


@dataclass(eq=False)
class PaperAlreadyIssued(Refused):
    """One delegate, one paper (rule 13); a spoiled one is replaced at the scrutineers' table."""

    name: str


def attendance_stream(session: UUID, delegate: UUID) -> UUID:
    """Each delegate's attendance is a stream of its own, so that desks never wait for each other."""
    return uuid5(session, f"attendance/{delegate}")


def check_in(attendance: Attendance | None, fact: DelegateCheckedIn, name: str) -> DelegateCheckedIn:
    """Raises AlreadyCheckedIn."""
    if attendance is not None and attendance.present:
        raise AlreadyCheckedIn(name=name)
    return fact


def undo_check_in(
    attendance: Attendance | None, fact: CheckInUndone, name: str, *, over: frozenset[UUID] = frozenset()
) -> CheckInUndone:
    """A wrong check-in, or somebody who leaves: a later poll has the attendance of its own moment.

    `over` are polls whose voting has ended: nobody holds their cards and papers any more. Raises NotCheckedIn, or
    HoldsCard or HoldsPaper while a card or paper of another poll was not given back.
    """
    if attendance is None or not attendance.present:
        raise NotCheckedIn(name=name)
    if attendance.drawn - over:
        raise HoldsCard(name=name)
    if attendance.papers - over:
        raise HoldsPaper(name=name)
    return fact


def draw_card(attendance: Attendance | None, fact: CardDrawn, name: str) -> CardDrawn:
    """Raises NotCheckedIn, CardAlreadyDrawn or HoldsPaper (rule 13)."""
    if attendance is None or not attendance.present:
        raise NotCheckedIn(name=name)
    if fact.poll in attendance.drawn:
        raise CardAlreadyDrawn(name=name)
    if fact.poll in attendance.papers:
        raise HoldsPaper(name=name)
    return fact


def undo_draw(attendance: Attendance | None, fact: CardDrawUndone, name: str) -> CardDrawUndone:
    """Raises NotFound when no card was drawn for the poll."""
    if attendance is None or fact.poll not in attendance.drawn:
        raise NotFound(kind="card", id=name)
    return fact


def issue_paper(attendance: Attendance | None, fact: PaperIssued, name: str) -> PaperIssued:
    """Raises NotCheckedIn, PaperAlreadyIssued or HoldsCard (rule 13)."""
    if attendance is None or not attendance.present:
        raise NotCheckedIn(name=name)
    if fact.poll in attendance.papers:
        raise PaperAlreadyIssued(name=name)
    if fact.poll in attendance.drawn:
        raise HoldsCard(name=name)
    return fact


def undo_paper(attendance: Attendance | None, fact: PaperIssueUndone, name: str) -> PaperIssueUndone:
    """Says as well whether it was a late arrival's. Raises NotFound when no paper was handed out for the poll."""
    if attendance is None or fact.poll not in attendance.papers:
        raise NotFound(kind="paper", id=name)
    return replace(fact, late=fact.poll in attendance.late)


def evolve_attendance(attendance: Attendance | None, fact: AttendanceFact) -> Attendance:
    """The attendance after one more fact."""
    attendance = attendance or Attendance()
    match fact:
        case DelegateCheckedIn():
            return replace(attendance, present=True)
        case CheckInUndone():
            return replace(attendance, present=False)
        case CardDrawn():
            return replace(attendance, drawn=attendance.drawn | {fact.poll})
        case CardDrawUndone():
            return replace(attendance, drawn=attendance.drawn - {fact.poll})
        case PaperIssued():
            late = attendance.late | {fact.poll} if fact.late else attendance.late
            return replace(attendance, papers=attendance.papers | {fact.poll}, late=late)
        case PaperIssueUndone():
            gone = {fact.poll}
            return replace(attendance, papers=attendance.papers - gone, late=attendance.late - gone)
