"""What may be done with an inquiry or a hearing: planned, rearranged, asked, answered, held, cancelled."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.shared import Invalid, Missing, Refused, Year
from domain.supervision.inquiry import (
    Inquiry,
    InquiryCancelled,
    InquiryHeld,
    InquiryKind,
    InquiryPlan,
    InquiryPlanned,
    InquiryQuestionAnswered,
    InquiryQuestionCorrected,
    InquiryQuestionDropped,
    InquiryQuestionPut,
    InquiryRearranged,
    InquiryStage,
    known_inquiry,
    known_question,
)
from domain.supervision.wording import FIRST_YEAR, LAST_YEAR, LONGEST_REASON, MOST_FILES, free_text, line, text

MOST_QUESTIONS: Final = 200


@dataclass(eq=False)
class InquiryInWrongStage(Refused):
    """The step does not fit how far the inquiry has come."""

    stage: str


@dataclass(eq=False)
class QuestionsTakenUntil(Refused):
    """Delegates hand in questions until the day itself."""

    on: date


def plan_inquiry(*, congress: UUID, inquiry: UUID, kind: InquiryKind, plan: InquiryPlan) -> InquiryPlanned:
    """Raises Missing (topic, place, units) or Invalid (on, too long)."""
    plan = _checked_plan(plan)
    return InquiryPlanned(congress=congress, year=Year(plan.on.year), inquiry=inquiry, kind=kind, plan=plan)


def rearrange_inquiry(current: Inquiry | None, inquiry: UUID, plan: InquiryPlan) -> tuple[InquiryRearranged, ...]:
    """Nothing where nothing changes. Raises NotFound, InquiryInWrongStage, Missing or Invalid."""
    known = _in(current, inquiry, InquiryStage.PLANNED)
    plan = _checked_plan(plan)
    return () if plan == known.plan else (InquiryRearranged(inquiry=inquiry, plan=plan),)


def cancel_inquiry(current: Inquiry | None, inquiry: UUID, reason: str, on: date) -> InquiryCancelled:
    """Raises NotFound, InquiryInWrongStage, Missing (reason) or Invalid."""
    _in(current, inquiry, InquiryStage.PLANNED)
    return InquiryCancelled(inquiry=inquiry, reason=text("reason", reason, LONGEST_REASON), on=on)


def put_question(current: Inquiry | None, fact: InquiryQuestionPut, *, beforehand: bool) -> InquiryQuestionPut:
    """`beforehand`: a delegate hands it in.

    Raises NotFound, InquiryInWrongStage, QuestionsTakenUntil, Missing (words, speaker) or Invalid.
    """
    known = _in(current, fact.inquiry, *_open(beforehand=beforehand))
    if beforehand and fact.on > known.plan.on:
        raise QuestionsTakenUntil(on=known.plan.on)
    if len(known.questions) >= MOST_QUESTIONS:
        raise Invalid(field="words", reason="more_than", value=str(MOST_QUESTIONS))
    speaker = line("speaker", fact.speaker)
    if fact.delegate is None and not speaker:
        raise Missing(fields=("speaker",))
    return replace(fact, speaker=speaker, words=text("words", fact.words))


def correct_question(current: Inquiry | None, fact: InquiryQuestionCorrected) -> tuple[InquiryQuestionCorrected, ...]:
    """Nothing where nothing changes. Raises NotFound, InquiryInWrongStage, Missing (words, speaker) or Invalid."""
    known = known_question(_in(current, fact.inquiry, *_open()), fact.question)
    fact = replace(fact, speaker=line("speaker", fact.speaker), words=text("words", fact.words))
    if known.delegate is None and not fact.speaker:
        raise Missing(fields=("speaker",))
    same = (known.words, known.speaker, known.unit) == (fact.words, fact.speaker, fact.unit)
    return () if same else (fact,)


def drop_question(
    current: Inquiry | None, inquiry: UUID, question: UUID, reason: str, *, beforehand: bool
) -> InquiryQuestionDropped:
    """`beforehand`: the delegate takes it back. Raises NotFound, InquiryInWrongStage, Missing (reason) or Invalid."""
    known_question(_in(current, inquiry, *_open(beforehand=beforehand)), question)
    return InquiryQuestionDropped(inquiry=inquiry, question=question, reason=text("reason", reason, LONGEST_REASON))


def note_answer(current: Inquiry | None, fact: InquiryQuestionAnswered) -> tuple[InquiryQuestionAnswered, ...]:
    """Nothing where nothing changes. Raises NotFound, InquiryInWrongStage, Missing (answer) or Invalid."""
    known = known_question(_in(current, fact.inquiry, *_open()), fact.question)
    fact = replace(fact, respondent=line("respondent", fact.respondent), words=text("answer", fact.words))
    return () if (known.respondent, known.answer) == (fact.respondent, fact.words) else (fact,)


def hold_inquiry(current: Inquiry | None, fact: InquiryHeld, today: date) -> InquiryHeld:
    """Raises NotFound, InquiryInWrongStage, Missing (conclusion) or Invalid (on, attending, files)."""
    _in(current, fact.inquiry, *_open())
    if fact.on > today:
        raise Invalid(field="on", reason="in_future", value=fact.on.isoformat())
    if fact.attending is not None and not 0 < fact.attending <= 100_000:
        raise Invalid(field="attending", reason="attending", value=str(fact.attending))
    if len(fact.files) > MOST_FILES:
        raise Invalid(field="files", reason="more_than", value=str(MOST_FILES))
    return replace(fact, conclusion=text("conclusion", fact.conclusion))


def _open(*, beforehand: bool = False) -> tuple[InquiryStage, ...]:
    return (InquiryStage.PLANNED,) if beforehand else (InquiryStage.PLANNED, InquiryStage.HELD)


def _in(current: Inquiry | None, inquiry: UUID, *stages: InquiryStage) -> Inquiry:
    known = known_inquiry(current, inquiry)
    if known.stage not in stages:
        raise InquiryInWrongStage(stage=known.stage.value)
    return known


def _checked_plan(plan: InquiryPlan) -> InquiryPlan:
    written = ("topic", "starts_at", "place", "presiding", "others")
    lines: dict[str, Any] = {name: line(name, getattr(plan, name)) for name in written}
    empty = tuple(name for name in ("topic", "place") if not lines[name])
    if not plan.units:
        empty = (*empty, "units")
    if empty:
        raise Missing(fields=empty)
    if not FIRST_YEAR <= plan.on.year <= LAST_YEAR:
        raise Invalid(field="on", reason="year", value=str(plan.on.year))
    return replace(plan, background=free_text("background", plan.background), **lines)
