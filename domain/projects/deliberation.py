"""Deliberation 审议: what delegations remark and delegates ask about a candidate, and what is answered.

One stream for each project and year. A remark 审议意见 speaks for a delegation, a question 提问 for the delegate who
asks it; both are answered by the unit they are assigned to, and both close when the list is put to the vote.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from domain.projects.candidate_list import CandidateList
from domain.projects.remark import (
    UNANSWERED,
    AnswerAccepted,
    AnswerSentBack,
    ClosingFact,
    DeliberationFact,
    QuestionAsked,
    Remark,
    RemarkAnswered,
    RemarkAssigned,
    RemarkCorrected,
    RemarkKind,
    RemarkRecorded,
    RemarksClosed,
    RemarksReopened,
    RemarkStage,
    RemarkTakenBack,
    begun,
    moved,
)
from domain.shared import Invalid, Missing, NotFound, Refused, Year

ANSWER_WITHIN = timedelta(days=5)
"""How long a unit has for an answer unless the office sets another day."""

LONGEST_WORDS = 5_000
"""Characters of a remark, a question or an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation:
    """All that was said about one project."""

    said: dict[UUID, Remark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Whether the office has closed the year's remarks."""

    closed_on: date | None


class ClosedBy(StrEnum):
    """What closed the remarks."""

    VOTE = "vote"
    OFFICE = "office"


@dataclass(eq=False)
class RemarksAreClosed(Refused):
    """No more remarks and questions on the year's candidates."""

    year: int
    closed_by: str


@dataclass(eq=False)
class RemarkInWrongStage(Refused):
    """The step does not fit where the remark stands, such as correcting what is answered already."""

    stage: str


@dataclass(eq=False)
class RemarksNotClosed(Refused):
    """There is nothing to reopen: the office has not closed the remarks, or they stand closed by the vote."""

    year: int


def deliberation_stream(project: UUID, year: int) -> UUID:
    """What is said about a project in the year it is a candidate."""
    return uuid5(project, f"deliberation/{year}")


def closing_stream(congress: UUID, year: int) -> UUID:
    """Whether a congress takes remarks on a year's candidates."""
    return uuid5(congress, f"remarks/{year}")


def closed_by(closing: Closing | None, listed: CandidateList | None) -> ClosedBy | None:
    """The vote closes the remarks while a poll is prepared from the list, the office until it reopens them."""
    if listed is not None and listed.published and listed.poll is not None:
        return ClosedBy.VOTE
    return ClosedBy.OFFICE if closing is not None and closing.closed_on is not None else None


def require_open(closing: Closing | None, listed: CandidateList | None, year: int) -> None:
    """Raises RemarksAreClosed."""
    closed = closed_by(closing, listed)
    if closed is not None:
        raise RemarksAreClosed(year=year, closed_by=closed.value)


def due_day(kind: RemarkKind, today: date) -> date | None:
    """The day an answer is due by default; none for support."""
    return None if kind is RemarkKind.SUPPORT else today + ANSWER_WITHIN


def record_remark(
    current: Deliberation | None, fact: RemarkRecorded | QuestionAsked, today: date
) -> RemarkRecorded | QuestionAsked:
    """Raises Missing (words, delegation), or Invalid for words too long or a day yet to come."""
    empty = tuple(name for name in ("words", "delegation") if not getattr(fact, name).strip())
    if empty:
        raise Missing(fields=empty)
    _check_day(fact.on, today)
    if current is not None and fact.remark in current.said:
        raise Invalid(field="remark", reason="known", value=str(fact.remark))
    return replace(fact, words=_checked(fact.words), delegation=fact.delegation.strip())


def correct_remark(
    current: Deliberation | None, remark: UUID, *, kind: RemarkKind, words: str, on: date, today: date
) -> tuple[RemarkCorrected, ...]:
    """Nothing where nothing changes. A question stays one. Raises NotFound, RemarkInWrongStage, Missing or Invalid."""
    known = _in(current, remark, RemarkStage.OPEN)
    _check_day(on, today)
    kind = RemarkKind.QUESTION if known.is_question else kind
    due_on = (
        known.due_on if (kind is RemarkKind.SUPPORT) == (known.kind is RemarkKind.SUPPORT) else due_day(kind, today)
    )
    fact = RemarkCorrected(remark=remark, kind=kind, words=_checked(words), on=on, due_on=due_on)
    return () if (known.kind, known.words, known.on) == (kind, fact.words, on) else (fact,)


def take_back_remark(current: Deliberation | None, remark: UUID, reason: str) -> RemarkTakenBack:
    """Raises NotFound, RemarkInWrongStage once it is answered, or Missing (reason)."""
    _in(current, remark, RemarkStage.OPEN)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return RemarkTakenBack(remark=remark, reason=reason.strip())


def assign_remark(
    current: Deliberation | None, remark: UUID, *, unit: UUID, unit_name: str, due_on: date, today: date
) -> tuple[RemarkAssigned, ...]:
    """Raises NotFound, RemarkInWrongStage once it is answered, or Invalid for a day that has passed."""
    known = _in(current, remark, *UNANSWERED)
    if (known.unit, known.due_on) == (unit, due_on):
        return ()
    if due_on < today:
        raise Invalid(field="due_on", reason="passed", value=due_on.isoformat())
    return (RemarkAssigned(remark=remark, unit=unit, unit_name=unit_name, due_on=due_on),)


def answer_remark(
    current: Deliberation | None, remark: UUID, *, words: str, unit: UUID | None, unit_name: str, today: date
) -> tuple[RemarkAnswered, ...]:
    """An answer may be replaced until it is accepted. Raises NotFound, RemarkInWrongStage, Missing or Invalid."""
    known = _in(current, remark, *UNANSWERED, RemarkStage.ANSWERED)
    said = _checked(words)
    if known.stage is RemarkStage.ANSWERED and known.answer == said:
        return ()
    return (RemarkAnswered(remark=remark, words=said, answered_by=unit, answered_by_name=unit_name, on=today),)


def send_back_answer(current: Deliberation | None, remark: UUID, reason: str, today: date) -> AnswerSentBack:
    """The unit has as long again. Raises NotFound, RemarkInWrongStage or Missing (reason)."""
    _in(current, remark, RemarkStage.ANSWERED)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AnswerSentBack(remark=remark, reason=reason.strip(), on=today, due_on=today + ANSWER_WITHIN)


def accept_answer(current: Deliberation | None, remark: UUID, today: date) -> AnswerAccepted:
    """Raises NotFound or RemarkInWrongStage."""
    _in(current, remark, RemarkStage.ANSWERED)
    return AnswerAccepted(remark=remark, on=today)


def close_remarks(closing: Closing | None, congress: UUID, year: int, today: date) -> tuple[RemarksClosed, ...]:
    """Closed once."""
    if closing is not None and closing.closed_on is not None:
        return ()
    return (RemarksClosed(congress=congress, year=Year(year), on=today),)


def reopen_remarks(closing: Closing | None, listed: CandidateList | None, year: int, today: date) -> RemarksReopened:
    """Raises RemarksNotClosed, or RemarksAreClosed while the list is at the vote."""
    if closed_by(None, listed) is not None:
        raise RemarksAreClosed(year=year, closed_by=ClosedBy.VOTE.value)
    if closing is None or closing.closed_on is None:
        raise RemarksNotClosed(year=year)
    return RemarksReopened(on=today)


def evolve(current: Deliberation | None, fact: DeliberationFact) -> Deliberation:
    """What was said about the project after one more fact."""
    said = dict(current.said) if current else {}
    if isinstance(fact, (RemarkRecorded, QuestionAsked)):
        said[fact.remark] = begun(fact)
    else:
        said[fact.remark] = moved(said[fact.remark], fact)
    return Deliberation(said=said)


def evolve_closing(_closing: Closing | None, fact: ClosingFact) -> Closing:
    """Whether remarks are taken after one more fact."""
    return Closing(closed_on=fact.on if isinstance(fact, RemarksClosed) else None)


def known_remark(current: Deliberation | None, remark: UUID) -> Remark:
    """Raises NotFound."""
    if current is None or remark not in current.said:
        raise NotFound(kind="remark", id=str(remark))
    return current.said[remark]


def _in(current: Deliberation | None, remark: UUID, *stages: RemarkStage) -> Remark:
    known = known_remark(current, remark)
    if known.stage not in stages:
        raise RemarkInWrongStage(stage=known.stage.value)
    return known


def _checked(words: str) -> str:
    text = words.strip()
    if not text:
        raise Missing(fields=("words",))
    if len(text) > LONGEST_WORDS:
        raise Invalid(field="words", reason="too_long", value=str(LONGEST_WORDS))
    return text


def _check_day(on: date, today: date) -> None:
    if on > today:
        raise Invalid(field="on", reason="in_future", value=on.isoformat())
