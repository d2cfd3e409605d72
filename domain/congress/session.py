"""A session 会议, and beside it the attendance of each delegate (attendance.py)."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.congress.attendance import (
    AlreadyCheckedIn,
    Attendance,
    AttendanceFact,
    CardAlreadyDrawn,
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    HoldsCard,
    HoldsPaper,
    NotCheckedIn,
    PaperAlreadyIssued,
    PaperIssued,
    PaperIssueUndone,
    attendance_stream,
    check_in,
    draw_card,
    evolve_attendance,
    issue_paper,
    undo_check_in,
    undo_draw,
    undo_paper,
)
from domain.congress.rehearsal import RehearsalBegun, RehearsalEnded, RehearsalFact
from domain.shared import Invalid, Missing, NotFound, Refused, Year

__all__ = [
    "AlreadyCheckedIn",
    "Attendance",
    "AttendanceFact",
    "CardAlreadyDrawn",
    "CardDrawUndone",
    "CardDrawn",
    "CheckInUndone",
    "DelegateCheckedIn",
    "HoldsCard",
    "HoldsPaper",
    "NotCheckedIn",
    "PaperAlreadyIssued",
    "PaperIssueUndone",
    "PaperIssued",
    "Session",
    "SessionConvened",
    "SessionEntered",
    "SessionExists",
    "SessionFact",
    "SessionInUse",
    "SessionRescheduled",
    "attendance_stream",
    "calendar_stream",
    "check_in",
    "convene_session",
    "draw_card",
    "evolve",
    "evolve_attendance",
    "evolve_calendar",
    "issue_paper",
    "reschedule_session",
    "session_id",
    "undo_check_in",
    "undo_draw",
    "undo_paper",
]


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
class SessionEntered:
    """A session stands in the calendar of its congress."""

    session: UUID


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
