"""A remark 审议意见 or a question 提问 about a candidate: what happens to it, and how it stands."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.shared import Year


class RemarkKind(StrEnum):
    """What a remark says. Support alone waits for no answer."""

    SUPPORT = "support"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    OBJECTION = "objection"


class RemarkStage(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    TAKEN_BACK = "taken_back"


UNANSWERED = frozenset({RemarkStage.OPEN, RemarkStage.SENT_BACK})
"""The unit's turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRecorded:
    """A delegation's remark on a project. `delegate` typed it for the delegation; None: the office did."""

    congress: UUID
    year: Year
    project: UUID
    remark: UUID
    delegation: str
    kind: RemarkKind
    words: str
    on: date
    """The day the delegation said it."""
    delegate: UUID | None
    unit: UUID | None
    """Who is to answer; None while the office has not assigned it (the government office sees all)."""
    unit_name: str
    due_on: date | None
    """None where no answer is awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """A delegate asks about a project before the session; the answer is for all delegates."""

    congress: UUID
    year: Year
    project: UUID
    remark: UUID
    delegation: str
    words: str
    on: date
    delegate: UUID
    unit: UUID | None
    unit_name: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkCorrected:
    """The words, the kind or the day were put right before an answer was given."""

    remark: UUID
    kind: RemarkKind
    words: str
    on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkTakenBack:
    """Who remarked or asked does not hold to it any more."""

    remark: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAssigned:
    """The office gave a remark to a unit to be answered by a day."""

    remark: UUID
    unit: UUID
    unit_name: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAnswered:
    """An answer was given, or a better one in place of an earlier."""

    remark: UUID
    words: str
    answered_by: UUID | None
    """The unit; None: the government office, or the congress's own office on somebody's behalf."""
    answered_by_name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentBack:
    """The answer does not answer: it is to be given anew, with the reason."""

    remark: UUID
    reason: str
    on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAccepted:
    """The answer satisfied who had remarked or asked, or the office for them."""

    remark: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksClosed:
    """The office takes no more remarks and questions on the year's candidates; answers still come."""

    congress: UUID
    year: Year
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksReopened:
    """Remarks are taken again."""

    on: date


DeliberationFact = (
    RemarkRecorded
    | QuestionAsked
    | RemarkCorrected
    | RemarkTakenBack
    | RemarkAssigned
    | RemarkAnswered
    | AnswerSentBack
    | AnswerAccepted
)
ClosingFact = RemarksClosed | RemarksReopened


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark or a question as it stands; `is_question` is true for what a delegate asks in the own name."""

    congress: UUID
    year: Year
    project: UUID
    is_question: bool
    kind: RemarkKind
    words: str
    delegation: str
    delegate: UUID | None
    on: date
    unit: UUID | None
    unit_name: str
    due_on: date | None
    stage: RemarkStage = RemarkStage.OPEN
    answer: str = ""
    sent_back_because: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether the unit should have answered by now."""
        return self.stage in UNANSWERED and self.due_on is not None and today > self.due_on


def begun(fact: RemarkRecorded | QuestionAsked) -> Remark:
    """The remark as it was made."""
    return Remark(
        congress=fact.congress,
        year=fact.year,
        project=fact.project,
        is_question=isinstance(fact, QuestionAsked),
        kind=RemarkKind.QUESTION if isinstance(fact, QuestionAsked) else fact.kind,
        words=fact.words,
        delegation=fact.delegation,
        delegate=fact.delegate,
        on=fact.on,
        unit=fact.unit,
        unit_name=fact.unit_name,
        due_on=fact.due_on,
    )


def moved(
    known: Remark,
    fact: RemarkCorrected | RemarkTakenBack | RemarkAssigned | RemarkAnswered | AnswerSentBack | AnswerAccepted,
) -> Remark:
    """The remark after one more fact."""
    match fact:
        case RemarkCorrected():
            return replace(known, kind=fact.kind, words=fact.words, on=fact.on, due_on=fact.due_on)
        case RemarkTakenBack():
            return replace(known, stage=RemarkStage.TAKEN_BACK)
        case RemarkAssigned():
            return replace(known, unit=fact.unit, unit_name=fact.unit_name, due_on=fact.due_on)
        case RemarkAnswered():
            return replace(known, stage=RemarkStage.ANSWERED, answer=fact.words)
        case AnswerSentBack():
            return replace(known, stage=RemarkStage.SENT_BACK, sent_back_because=fact.reason, due_on=fact.due_on)
        case AnswerAccepted():
            return replace(known, stage=RemarkStage.ACCEPTED)
