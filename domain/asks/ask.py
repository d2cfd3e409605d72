"""The four asks 四问: checkpoints of the year, each issued, answered, sent back or approved."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from domain.asks.answers import Answer, PlanAnswer, ProgressAnswer, ResultAnswer, SummaryAnswer
from domain.asks.rules import READY_MADE, Addressee, AskKind, Question
from domain.shared import NotFound, Refused, Year

__all__ = ["Addressee", "AskKind"]


class AskStage(StrEnum):
    """Whose turn it is."""

    ISSUED = "issued"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


WAITING = frozenset({AskStage.ISSUED, AskStage.SENT_BACK})
"""The addressee has to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIssued:
    """A checkpoint was put to somebody: to a unit, or to an office where `unit` is None."""

    congress: UUID
    """Whose year it is about; where `asked_by` is another, this congress's office answers."""
    year: Year
    kind: AskKind
    project: UUID | None
    unit: UUID | None
    unit_name: str
    opens_on: date
    due_on: date
    to: Addressee | None = None
    """None in asks of earlier releases: see `addressee`."""
    asked_by: UUID | None = None
    """The congress above that asks and approves; None where the congress asks for itself."""
    required: tuple[str, ...] = ()
    """Fields that the rules ask for beside those no answer can be without."""
    questions: tuple[Question, ...] = ()
    rules_of: UUID | None = None
    """Whose rules these were, with their version; None and 0 for the ready-made ones."""
    rules_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswered:
    """Ask 1 was answered."""

    answer: PlanAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAnswered:
    """Ask 2 was answered."""

    answer: ResultAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressAnswered:
    """Ask 3 was answered."""

    answer: ProgressAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAnswered:
    """Ask 4 was answered."""

    answer: SummaryAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSentBack:
    """The answer is to be reworked 退回, with the reason, until `due_on` where that is another day than before."""

    reason: str
    on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApproved:
    """The answer was approved 认可."""

    on: date
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskUrged:
    """Somebody of the asking office reminded the addressee 催办."""

    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFellOverdue:
    """The due date passed without an answer."""

    due_on: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskEscalated:
    """The overdue ask went one step up 提级: the step's place counted from 1, and to whom."""

    step: int
    to: str
    working_days: int
    """Overdue by then."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWithdrawn:
    """The ask needs no answer any more, e.g. because its project was terminated."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHandedOver:
    """Another unit answers from now on, because an adjustment has made it the project's lead unit."""

    unit: UUID
    unit_name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPhotoErased:
    """A photo of the answer that shows what it must not was erased; what the fact of the answer says stays."""

    file: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextYearOpened:
    """What the summary taught went into the next year's file as proposals, when it was approved."""

    congress: UUID
    year: Year
    proposals: tuple[UUID, ...]


Answered = PlanAnswered | ResultAnswered | ProgressAnswered | SummaryAnswered
AskFact = (
    AskIssued
    | PlanAnswered
    | ResultAnswered
    | ProgressAnswered
    | SummaryAnswered
    | AskSentBack
    | AskApproved
    | AskUrged
    | AskFellOverdue
    | AskEscalated
    | AskWithdrawn
    | AskHandedOver
    | AskPhotoErased
    | NextYearOpened
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A checkpoint as it stands."""

    congress: UUID
    year: Year
    kind: AskKind
    project: UUID | None
    unit: UUID | None
    opens_on: date
    due_on: date
    to: Addressee
    asked_by: UUID | None = None
    required: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    stage: AskStage = AskStage.ISSUED
    answer: Answer | None = None
    fell_overdue: bool = False
    """Whether it was recorded that the present due date passed."""
    escalated: int = 0
    """Steps up since the present due date passed."""
    carried: tuple[UUID, ...] = ()
    """Proposals of the next year that came from it."""

    @property
    def asker(self) -> UUID:
        """The congress whose office asks and approves."""
        return self.asked_by or self.congress

    def is_overdue(self, today: date) -> bool:
        """Whether the addressee should have answered by now."""
        return self.stage in WAITING and today > self.due_on


@dataclass(eq=False)
class AskNotOpen(Refused):
    """An ask can be answered from the day its window opens."""

    opens_on: date


@dataclass(eq=False)
class AskInWrongStage(Refused):
    """The step does not fit where the ask stands."""

    stage: str


@dataclass(eq=False)
class AskAlreadyIssued(Refused):
    """An ask of the kind and year is out already."""

    kind: str
    year: int


def ask_id(
    congress: UUID,
    year: int,
    kind: AskKind,
    project: UUID | None = None,
    *,
    asked_by: UUID | None = None,
    to: Addressee | None = None,
) -> UUID:
    """One ask of each kind a year and addressee, or a year and project; one more from every congress above."""
    name = f"ask/{year}/{kind.value}/{project or ''}"
    if asked_by is not None:
        name += f"/by/{asked_by}"
    elif to is not None and to is not _USUAL[kind]:
        name += f"/to/{to.value}"
    return uuid5(congress, name)


_USUAL = {rule.kind: rule.to[0] for rule in READY_MADE.rules}


def addressee(fact: AskIssued) -> Addressee:
    """Who answers, also for asks of releases that did not write it down."""
    if fact.to is not None:
        return fact.to
    return Addressee.OFFICE if fact.asked_by else _USUAL[fact.kind]


def window(kind: AskKind, year: int, session_ends_on: date | None = None) -> tuple[date, date]:
    """The default window of an ask (domain.md, section 3): first and last day.

    The result is asked from the day the session ends and due fifteen days after it.
    """
    return READY_MADE.of(kind).window(year, session_ends_on or date(year, 1, 31))


def evolve(ask: Ask | None, fact: AskFact) -> Ask:
    """The ask after one more fact."""
    if isinstance(fact, AskIssued):
        return _issued(fact)
    known = known_ask(ask)
    match fact:
        case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered():
            return replace(known, stage=AskStage.ANSWERED, answer=fact.answer)
        case AskSentBack(due_on=None):
            return replace(known, stage=AskStage.SENT_BACK)
        case AskSentBack(due_on=date() as due_on):
            return replace(known, stage=AskStage.SENT_BACK, due_on=due_on, fell_overdue=False, escalated=0)
        case AskApproved():
            return replace(known, stage=AskStage.APPROVED)
        case AskFellOverdue():
            return replace(known, fell_overdue=True)
        case AskEscalated():
            return replace(known, escalated=fact.step)
        case AskWithdrawn():
            return replace(known, stage=AskStage.WITHDRAWN)
        case AskHandedOver():
            return replace(known, unit=fact.unit)
        case NextYearOpened():
            return replace(known, carried=fact.proposals)
        case AskPhotoErased(file=file) if isinstance(known.answer, ProgressAnswer):
            left = tuple(one for one in known.answer.photos if one.file != file)
            return replace(known, answer=replace(known.answer, photos=left))
        case _:
            return known


def known_ask(ask: Ask | None) -> Ask:
    """Raises NotFound."""
    if ask is None:
        raise NotFound(kind="ask", id="")
    return ask


def _issued(fact: AskIssued) -> Ask:
    return Ask(
        congress=fact.congress,
        year=fact.year,
        kind=fact.kind,
        project=fact.project,
        unit=fact.unit,
        opens_on=fact.opens_on,
        due_on=fact.due_on,
        to=addressee(fact),
        asked_by=fact.asked_by,
        required=fact.required,
        questions=fact.questions,
    )
