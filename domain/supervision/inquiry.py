"""Special inquiries 专题询问 and hearings 听证会: planned, asked, answered, held; what they find becomes duties.

One stream for each. Delegates hand in questions beforehand or ask on the day; the minutes hold each with its answer. In
a hearing others speak too, such as residents: the office writes down who they are in words, never by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.files import Attached
from domain.shared import NotFound, Year


class InquiryKind(StrEnum):
    """Who speaks: in an inquiry delegates ask units, in a hearing the people concerned are heard."""

    INQUIRY = "inquiry"
    HEARING = "hearing"


class InquiryStage(StrEnum):
    """How far it has come."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    """A unit under the name it had then."""

    unit: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryPlan:
    """What it is about, when and where, who asks and who answers."""

    topic: str
    on: date
    starts_at: str
    """Time of day as people say it, such as 09:00; may be empty."""
    place: str
    presiding: str
    projects: tuple[UUID, ...]
    delegates: tuple[UUID, ...]
    """Those who are named to ask."""
    others: str
    """Who else asks or is heard, in words."""
    units: tuple[NamedUnit, ...]
    """Those who answer."""
    background: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryPlanned:
    """An inquiry or a hearing was put on the plan."""

    congress: UUID
    year: Year
    inquiry: UUID
    kind: InquiryKind
    plan: InquiryPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRearranged:
    """The plan was changed before it was held."""

    inquiry: UUID
    plan: InquiryPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryCancelled:
    """It will not be held."""

    inquiry: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryQuestionPut:
    """A question, or in a hearing what somebody said: handed in beforehand or noted on the day."""

    inquiry: UUID
    question: UUID
    delegate: UUID | None
    speaker: str
    """Who speaks where it is no delegate, in words such as 居民代表."""
    unit: UUID | None
    unit_name: str
    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryQuestionCorrected:
    """The question, who asks or who is to answer was put right."""

    inquiry: UUID
    question: UUID
    speaker: str
    unit: UUID | None
    unit_name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryQuestionDropped:
    """The question is not asked: taken back, or the same as another."""

    inquiry: UUID
    question: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryQuestionAnswered:
    """What was answered, as the minutes say it; written again it replaces what stood there."""

    inquiry: UUID
    question: UUID
    respondent: str
    """Who answered, such as 市教育局局长."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryHeld:
    """It took place; said again, the minutes are put right."""

    inquiry: UUID
    on: date
    attending: int | None
    conclusion: str
    """What was found, as the minutes end."""
    files: tuple[Attached, ...]


InquiryFact = (
    InquiryPlanned
    | InquiryRearranged
    | InquiryCancelled
    | InquiryQuestionPut
    | InquiryQuestionCorrected
    | InquiryQuestionDropped
    | InquiryQuestionAnswered
    | InquiryHeld
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryQuestion:
    """A question with its answer as they stand."""

    delegate: UUID | None
    speaker: str
    unit: UUID | None
    unit_name: str
    words: str
    respondent: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """An inquiry or a hearing as it stands."""

    congress: UUID
    year: Year
    kind: InquiryKind
    plan: InquiryPlan
    stage: InquiryStage = InquiryStage.PLANNED
    questions: Mapping[UUID, InquiryQuestion] = field(default_factory=dict)
    conclusion: str = ""
    held_on: date | None = None
    attending: int | None = None
    files: tuple[Attached, ...] = ()


def evolve(current: Inquiry | None, fact: InquiryFact) -> Inquiry:
    """The inquiry after one more fact."""
    if isinstance(fact, InquiryPlanned):
        return Inquiry(congress=fact.congress, year=fact.year, kind=fact.kind, plan=fact.plan)
    known = known_inquiry(current, fact.inquiry)
    match fact:
        case InquiryRearranged():
            return replace(known, plan=fact.plan, year=Year(fact.plan.on.year))
        case InquiryCancelled():
            return replace(known, stage=InquiryStage.CANCELLED)
        case InquiryHeld():
            held = replace(known, stage=InquiryStage.HELD, held_on=fact.on, attending=fact.attending)
            return replace(held, conclusion=fact.conclusion, files=fact.files)
        case _:
            return replace(known, questions=_asked(known.questions, fact))


def known_inquiry(current: Inquiry | None, inquiry: UUID) -> Inquiry:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="inquiry", id=str(inquiry))
    return current


def known_question(inquiry: Inquiry, question: UUID) -> InquiryQuestion:
    """Raises NotFound."""
    if question not in inquiry.questions:
        raise NotFound(kind="inquiry_question", id=str(question))
    return inquiry.questions[question]


def _asked(
    before: Mapping[UUID, InquiryQuestion],
    fact: InquiryQuestionPut | InquiryQuestionCorrected | InquiryQuestionDropped | InquiryQuestionAnswered,
) -> Mapping[UUID, InquiryQuestion]:
    if isinstance(fact, InquiryQuestionDropped):
        return {question: one for question, one in before.items() if question != fact.question}
    if isinstance(fact, InquiryQuestionAnswered):
        changed = replace(before[fact.question], respondent=fact.respondent, answer=fact.words)
    else:
        said: dict[str, Any] = {name: getattr(fact, name) for name in ("speaker", "unit", "unit_name", "words")}
        old = before.get(fact.question)
        delegate = fact.delegate if isinstance(fact, InquiryQuestionPut) else None
        changed = replace(old, **said) if old else InquiryQuestion(delegate=delegate, **said)
    return {**before, fact.question: changed}
