"""Commands about special inquiries and hearings: planned, asked, answered, held, and the duties they leave."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from application.supervision.duties import raise_duty_at
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.files import Attached
from domain.projects import project as projects
from domain.projects.project import Stage, WrongStage
from domain.shared import NotFound, NotPermitted
from domain.supervision import inquiring
from domain.supervision import inquiry as inquiries
from domain.supervision.duty import DutyOrder, DutySource, Origin
from domain.supervision.inquiring import InquiryInWrongStage
from domain.supervision.inquiry import (
    Inquiry,
    InquiryFact,
    InquiryHeld,
    InquiryKind,
    InquiryPlan,
    InquiryQuestionAnswered,
    InquiryQuestionCorrected,
    InquiryQuestionPut,
    InquiryStage,
    NamedUnit,
)

Decide = Callable[[Desk, Inquiry], tuple[InquiryFact, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryDraft:
    """A plan as it is typed: units by identity alone."""

    topic: str
    on: date
    place: str
    starts_at: str = ""
    presiding: str = ""
    projects: tuple[UUID, ...] = ()
    delegates: tuple[UUID, ...] = ()
    others: str = ""
    units: tuple[UUID, ...] = ()
    background: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is typed: by a delegate, or by somebody in words; to a unit, or to all."""

    words: str
    delegate: UUID | None = None
    speaker: str = ""
    unit: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is said of the day when it is over."""

    on: date
    conclusion: str
    attending: int | None = None
    files: tuple[Attached, ...] = ()


def plan_inquiry(office: Office, by: By, congress: UUID, inquiry: UUID, kind: InquiryKind, draft: InquiryDraft) -> int:
    """Puts it on the plan. Raises NotPermitted, NotFound (unit, project, delegate), WrongStage, Missing or Invalid."""
    by.actor.require(Act.KEEP_SUPERVISION, congress)

    def decide(desk: Desk) -> None:
        plan = _plan(desk, congress, draft)
        desk.add(inquiry, inquiring.plan_inquiry(congress=congress, inquiry=inquiry, kind=kind, plan=plan))

    return office.record(by, decide)


def rearrange_inquiry(office: Office, by: By, inquiry: UUID, draft: InquiryDraft) -> int:
    """Changes the plan. Raises as `plan_inquiry`, or InquiryInWrongStage once it was held."""

    def decide(desk: Desk, known: Inquiry) -> tuple[InquiryFact, ...]:
        return inquiring.rearrange_inquiry(known, inquiry, _plan(desk, known.congress, draft, known.plan))

    return _keep(office, by, inquiry, decide)


def cancel_inquiry(office: Office, by: By, inquiry: UUID, reason: str) -> int:
    """Raises NotPermitted, NotFound, InquiryInWrongStage or Missing (reason)."""
    today = office.today()
    return _keep(office, by, inquiry, lambda _, known: (inquiring.cancel_inquiry(known, inquiry, reason, today),))


def put_question(office: Office, by: By, inquiry: UUID, question: UUID, said: Question) -> int:
    """A delegate hands in a question beforehand, or the office notes one for whoever asks.

    Raises NotPermitted, NotFound, InquiryInWrongStage, QuestionsTakenUntil, Missing (words, speaker) or Invalid.
    """
    congress = known_inquiry(office, inquiry).congress
    keeps = by.actor.may(Act.KEEP_SUPERVISION, congress)
    if not keeps:
        by.actor.require(Act.SUPERVISE, congress)
    delegate = said.delegate if keeps else by.actor.delegate_in(congress)
    if not keeps and delegate is None:
        raise NotFound(kind="delegate", id="")

    def decide(desk: Desk) -> None:
        known = inquiries.known_inquiry(desk.load(inquiry, inquiries.evolve), inquiry)
        if delegate is not None:
            _require_on_roll(desk, congress, (delegate,))
        fact = InquiryQuestionPut(
            inquiry=inquiry,
            question=question,
            delegate=delegate,
            speaker="" if delegate is not None else said.speaker,
            unit=said.unit,
            unit_name=_asked_unit(desk, known, said.unit),
            words=said.words,
            on=office.today(),
        )
        desk.add(inquiry, inquiring.put_question(known, fact, beforehand=not keeps))

    return office.record(by, decide)


def correct_question(office: Office, by: By, inquiry: UUID, question: UUID, said: Question) -> int:
    """Puts it right; who asked stays. Raises NotPermitted, NotFound, InquiryInWrongStage, Missing or Invalid."""

    def decide(desk: Desk, known: Inquiry) -> tuple[InquiryFact, ...]:
        fact = InquiryQuestionCorrected(
            inquiry=inquiry,
            question=question,
            speaker="" if inquiries.known_question(known, question).delegate else said.speaker,
            unit=said.unit,
            unit_name=_asked_unit(desk, known, said.unit),
            words=said.words,
        )
        return inquiring.correct_question(known, fact)

    return _keep(office, by, inquiry, decide)


def drop_question(office: Office, by: By, inquiry: UUID, question: UUID, reason: str) -> int:
    """The office leaves it out, or the delegate takes the own one back before the day.

    Raises NotPermitted, NotFound, InquiryInWrongStage, Missing (reason) or Invalid.
    """
    known = known_inquiry(office, inquiry)
    keeps = by.actor.may(Act.KEEP_SUPERVISION, known.congress)
    if not keeps:
        by.actor.require(Act.SUPERVISE, known.congress)
        own = inquiries.known_question(known, question).delegate
        if own is None or own != by.actor.delegate_in(known.congress):
            raise NotPermitted(act=Act.SUPERVISE.value)
    return office.change(
        by,
        inquiry,
        inquiries.evolve,
        lambda now: inquiring.drop_question(now, inquiry, question, reason, beforehand=not keeps),
    )


def note_answer(office: Office, by: By, inquiry: UUID, question: UUID, respondent: str, words: str) -> int:
    """Writes down what was answered. Raises NotPermitted, NotFound, InquiryInWrongStage, Missing or Invalid."""
    fact = InquiryQuestionAnswered(inquiry=inquiry, question=question, respondent=respondent, words=words)
    return _keep(office, by, inquiry, lambda _, known: inquiring.note_answer(known, fact))


def hold_inquiry(office: Office, by: By, inquiry: UUID, minutes: Minutes) -> int:
    """It took place. Raises NotPermitted, NotFound, InquiryInWrongStage, Missing (conclusion) or Invalid."""
    fact = InquiryHeld(
        inquiry=inquiry,
        on=minutes.on,
        attending=minutes.attending,
        conclusion=minutes.conclusion,
        files=minutes.files,
    )
    return _keep(office, by, inquiry, lambda _, known: (inquiring.hold_inquiry(known, fact, office.today()),))


def raise_duty(office: Office, by: By, inquiry: UUID, duty: UUID, order: DutyOrder) -> int:
    """What was found is given to a unit. Raises NotPermitted, NotFound, InquiryInWrongStage, Missing or Invalid."""
    by.actor.require(Act.KEEP_SUPERVISION, known_inquiry(office, inquiry).congress)

    def decide(desk: Desk) -> None:
        known = inquiries.known_inquiry(desk.load(inquiry, inquiries.evolve), inquiry)
        if known.stage is not InquiryStage.HELD:
            raise InquiryInWrongStage(stage=known.stage.value)
        kind = DutySource.INQUIRY if known.kind is InquiryKind.INQUIRY else DutySource.HEARING
        raise_duty_at(desk, office, known.congress, duty, Origin(kind=kind, id=inquiry, title=known.plan.topic), order)

    return office.record(by, decide)


def known_inquiry(office: Office, inquiry: UUID) -> Inquiry:
    """As it stands at this moment. Raises NotFound."""
    return inquiries.known_inquiry(office.state_of(inquiry, inquiries.evolve), inquiry)


def require_adopted(desk: Desk, congress: UUID, chosen: tuple[UUID, ...]) -> None:
    """All are adopted projects of the congress. Raises NotFound or WrongStage."""
    known = desk.load_many(chosen, projects.evolve)
    for project in chosen:
        found = known.get(project)
        if found is None or found.congress != congress:
            raise NotFound(kind="project", id=str(project))
        if found.stage is not Stage.ADOPTED:
            raise WrongStage(name=found.card.name, stage=found.stage.value)


def _keep(office: Office, by: By, inquiry: UUID, decide: Decide) -> int:
    """What the congress's office alone may do with it."""
    by.actor.require(Act.KEEP_SUPERVISION, known_inquiry(office, inquiry).congress)

    def at(desk: Desk) -> None:
        known = inquiries.known_inquiry(desk.load(inquiry, inquiries.evolve), inquiry)
        desk.add(inquiry, *decide(desk, known))

    return office.record(by, at)


def _plan(desk: Desk, congress: UUID, draft: InquiryDraft, stood: InquiryPlan | None = None) -> InquiryPlan:
    """`stood`: whoever was named before may stay named, though they have left since."""
    require_adopted(desk, congress, draft.projects)
    known = set(stood.delegates) if stood else set()
    _require_on_roll(desk, congress, tuple(one for one in draft.delegates if one not in known))
    return InquiryPlan(
        topic=draft.topic,
        on=draft.on,
        starts_at=draft.starts_at,
        place=draft.place,
        presiding=draft.presiding,
        projects=tuple(dict.fromkeys(draft.projects)),
        delegates=tuple(dict.fromkeys(draft.delegates)),
        others=draft.others,
        units=_units(desk, congress, draft.units, stood.units if stood else ()),
        background=draft.background,
    )


def _units(desk: Desk, congress: UUID, units: tuple[UUID, ...], stood: tuple[NamedUnit, ...]) -> tuple[NamedUnit, ...]:
    known, before = existing(desk, congress).units, {one.unit: one for one in stood}
    named = []
    for unit in dict.fromkeys(units):
        found = known.get(unit)
        if unit in before:
            named.append(before[unit])
        elif found is not None and not found.withdrawn:
            named.append(NamedUnit(unit=unit, name=found.name))
        else:
            raise NotFound(kind="unit", id=str(unit))
    return tuple(named)


def _asked_unit(desk: Desk, inquiry: Inquiry, unit: UUID | None) -> str:
    if unit is None:
        return ""
    return _units(desk, inquiry.congress, (unit,), inquiry.plan.units)[0].name


def _require_on_roll(desk: Desk, congress: UUID, delegates: tuple[UUID, ...]) -> None:
    roll = desk.load(rolls.roll_stream(congress), rolls.evolve) or rolls.Roll()
    for delegate in delegates:
        if not roll.admits(delegate):
            raise NotFound(kind="delegate", id=str(delegate))
