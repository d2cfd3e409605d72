"""A session 会议 and the attendance of each delegate at it; A is the number attending 实到."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.congress.rehearsal import RehearsalBegun, RehearsalEnded, RehearsalFact
from domain.shared import Invalid, Missing, NotFound, Refused, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionConvened:
    """A meeting is called: 第(term)届第(number)次会议, voting on the projects of `year`."""

    congress: UUID
    term: int
    number: int
    title: str
    year: Year
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRescheduled:
    """The title, the year or the dates of a session were changed before anything was decided in it."""

    title: str
    year: Year
    starts_on: date
    ends_on: date


SessionFact = SessionConvened | SessionRescheduled | RehearsalFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as planned."""

    congress: UUID
    term: int
    number: int
    title: str
    year: Year
    starts_on: date
    ends_on: date
    rehearsal_of: UUID | None = None
    """The session that this one rehearses; None for a real one."""
    rehearsal: int = 0
    """The how manyth rehearsal; 0 for a real session."""
    thrown_away: bool = False
    """Whether the rehearsal is over."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing that is decided here decides anything."""
        return self.rehearsal_of is not None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntered:
    """A session stands in the calendar of its congress."""

    session: UUID


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


def convene_session(
    congress: UUID, *, term: int, number: int, title: str, year: int, starts_on: date, ends_on: date
) -> SessionConvened:
    """Raises Missing (title) or Invalid (number, year, ends_on)."""
    _check(term=term, number=number, title=title, year=year, starts_on=starts_on, ends_on=ends_on)
    return SessionConvened(
        congress=congress,
        term=term,
        number=number,
        title=title.strip(),
        year=Year(year),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def reschedule_session(
    session: Session, *, title: str, year: int, starts_on: date, ends_on: date, at_work: bool
) -> SessionRescheduled:
    """Raises SessionInUse once its candidate list is published; Missing or Invalid as for convening."""
    if at_work:
        raise SessionInUse(title=session.title)
    _check(term=session.term, number=session.number, title=title, year=year, starts_on=starts_on, ends_on=ends_on)
    return SessionRescheduled(title=title.strip(), year=Year(year), starts_on=starts_on, ends_on=ends_on)


@dataclass(eq=False)
class SessionExists(Refused):
    """The term has a session of this number already."""

    term: int
    number: int


@dataclass(eq=False)
class SessionInUse(Refused):
    """The candidate list of the session is published: its title, year and dates stand."""

    title: str


def session_id(congress: UUID, term: int, number: int) -> UUID:
    """A congress has one session of each number in a term: convening it twice is a conflict."""
    return uuid5(congress, f"session/{term}/{number}")


def calendar_stream(congress: UUID) -> UUID:
    """The sessions of a congress, in the order of convening."""
    return uuid5(congress, "calendar")


def evolve_calendar(entered: tuple[UUID, ...] | None, fact: SessionEntered) -> tuple[UUID, ...]:
    """The calendar after one more session."""
    return (*(entered or ()), fact.session)


def attendance_stream(session: UUID, delegate: UUID) -> UUID:
    """Each delegate's attendance is a stream of its own, so that desks never wait for each other."""
    return uuid5(session, f"attendance/{delegate}")


def check_in(attendance: Attendance | None, fact: DelegateCheckedIn, name: str) -> DelegateCheckedIn:
    """Raises AlreadyCheckedIn."""
    if attendance is not None and attendance.present:
        raise AlreadyCheckedIn(name=name)
    return fact


def undo_check_in(attendance: Attendance | None, fact: CheckInUndone, name: str) -> CheckInUndone:
    """Raises NotCheckedIn, or HoldsCard or HoldsPaper while a card or paper was not given back."""
    if attendance is None or not attendance.present:
        raise NotCheckedIn(name=name)
    if attendance.drawn:
        raise HoldsCard(name=name)
    if attendance.papers:
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


def evolve(session: Session | None, fact: SessionFact) -> Session:
    """The session after one more fact."""
    match fact:
        case SessionConvened() | RehearsalBegun():
            return _beginning(fact)
        case SessionRescheduled():
            if session is None:
                raise NotFound(kind="session", id="")
            return replace(session, title=fact.title, year=fact.year, starts_on=fact.starts_on, ends_on=fact.ends_on)
        case RehearsalEnded():
            if session is None:
                raise NotFound(kind="session", id="")
            return replace(session, thrown_away=True)


def _beginning(fact: SessionConvened | RehearsalBegun) -> Session:
    begun = Session(
        congress=fact.congress,
        term=fact.term,
        number=fact.number,
        title=fact.title,
        year=fact.year,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
    )
    return replace(begun, rehearsal_of=fact.of, rehearsal=fact.rehearsal) if isinstance(fact, RehearsalBegun) else begun


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


def _check(*, term: int, number: int, title: str, year: int, starts_on: date, ends_on: date) -> None:
    if not title.strip():
        raise Missing(fields=("title",))
    for name, value in (("term", term), ("number", number)):
        if not 1 <= value <= 99:
            raise Invalid(field=name, reason="ordinal", value=str(value))
    if not 2000 <= year <= 2100:
        raise Invalid(field="year", reason="year", value=str(year))
    if ends_on < starts_on:
        raise Invalid(field="ends_on", reason="ends_before_start", value=ends_on.isoformat())
