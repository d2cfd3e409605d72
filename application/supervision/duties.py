"""Commands about duties 交办事项: given to a unit, answered, sent back, approved, escalated, withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.congress import existing
from application.deliberation import answers_for
from application.office import By, Desk, Office
from application.working_days import working_days_at
from domain.accounts.permissions import Act, Role
from domain.files import Attached
from domain.projects import project as projects
from domain.shared import NotFound, NotPermitted
from domain.supervision import duty as duties
from domain.supervision import handling
from domain.supervision.duty import (
    WITHIN,
    Duty,
    DutyAnswered,
    DutyChanged,
    DutyEscalated,
    DutyFact,
    DutyOrder,
    DutyOutcome,
    EscalationStep,
    Origin,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAnswer:
    """What a unit says it did. `promised_on` for what is under way."""

    words: str
    outcome: DutyOutcome
    promised_on: date | None = None
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPutRight:
    """A duty as it should have been given."""

    unit: UUID
    words: str
    due_on: date
    project: UUID | None
    reason: str


def raise_duty_at(desk: Desk, office: Office, congress: UUID, duty: UUID, origin: Origin, order: DutyOrder) -> None:
    """Gives it to the unit as part of another decision; the day is counted in the congress's working days.

    Raises NotFound (unit, project), Missing (words) or Invalid (words, working_days).
    """
    today = office.today()
    handling.check_term(order.working_days)
    fact = handling.raise_duty(
        congress=congress,
        year=today.year if order.project is None else _project_year(desk, congress, order.project),
        duty=duty,
        origin=origin,
        order=order,
        unit_name=_unit_name(desk, congress, order.unit),
        on=today,
        due_on=working_days_at(desk, congress).after(today, order.working_days),
    )
    desk.add(duty, fact)


def change_duty(office: Office, by: By, duty: UUID, right: DutyPutRight) -> int:
    """Puts right what was given. Raises NotPermitted, NotFound, DutyInWrongStage, Missing or Invalid."""

    def decide(desk: Desk, known: Duty) -> tuple[DutyFact, ...]:
        if right.project is not None and right.project != known.project:
            _project_year(desk, known.congress, right.project)
        is_same = right.unit == known.unit
        name = known.unit_name if is_same else _unit_name(desk, known.congress, right.unit)
        fact = DutyChanged(
            duty=duty,
            project=right.project,
            unit=right.unit,
            unit_name=name,
            words=right.words,
            due_on=right.due_on,
            reason=right.reason,
        )
        return handling.change_duty(known, fact, office.today())

    return _keep(office, by, duty, decide)


def answer_duty(office: Office, by: By, duty: UUID, answer: DutyAnswer) -> int:
    """Answers: a department for the own unit, the government office for any, the congress's office on their behalf.

    Raises NotPermitted, NotFound, DutyInWrongStage, Missing (words, promised_on) or Invalid.
    """
    known = known_duty(office, duty)
    by.actor.require(Act.ANSWER_DUTY, known.congress)
    if not answers_for(by.actor, known.congress, known.unit):
        raise NotPermitted(act=Act.ANSWER_DUTY.value)
    roles = {grant.role for grant in by.actor.grants if grant.congress in (None, known.congress)}
    is_government = Role.GOVERNMENT in roles and by.actor.unit_in(known.congress) != known.unit

    def decide(now: Duty | None) -> DutyFact:
        at = duties.known_duty(now, duty)
        fact = DutyAnswered(
            duty=duty,
            words=answer.words,
            outcome=answer.outcome,
            promised_on=answer.promised_on,
            files=answer.files,
            unit=None if is_government else at.unit,
            unit_name="" if is_government else at.unit_name,
            on=office.today(),
        )
        return handling.answer_duty(now, fact)

    return office.change(by, duty, duties.evolve, decide)


def send_back_duty(office: Office, by: By, duty: UUID, reason: str, working_days: int = WITHIN) -> int:
    """Asks for a better answer within so many working days.

    Raises NotPermitted, NotFound, DutyInWrongStage, Missing (reason) or Invalid (working_days).
    """

    def decide(desk: Desk, known: Duty) -> tuple[DutyFact, ...]:
        handling.check_term(working_days)
        due_on = working_days_at(desk, known.congress).after(office.today(), working_days)
        return (handling.send_back_duty(known, duty, reason=reason, on=office.today(), due_on=due_on),)

    return _keep(office, by, duty, decide)


def approve_duty(office: Office, by: By, duty: UUID, remark: str = "") -> int:
    """Takes the answer as good. Raises NotPermitted, NotFound, DutyInWrongStage or Invalid."""
    today = office.today()
    return _keep(office, by, duty, lambda _, known: (handling.approve_duty(known, duty, remark=remark, on=today),))


def escalate_duty(office: Office, by: By, duty: UUID, step: EscalationStep, *, to: str, words: str) -> int:
    """Asks harder, by the step that comes next.

    Raises NotPermitted, NotFound, DutyInWrongStage, NoHarderStep, EscalationMovedOn, DutyNotOverdue, Missing or
    Invalid.
    """
    fact = DutyEscalated(duty=duty, step=step, to=to, words=words, on=office.today())
    return _keep(office, by, duty, lambda _, known: (handling.escalate_duty(known, fact),))


def withdraw_duty(office: Office, by: By, duty: UUID, reason: str) -> int:
    """Does not pursue it any more. Raises NotPermitted, NotFound, DutyInWrongStage or Missing."""
    today = office.today()
    return _keep(office, by, duty, lambda _, known: (handling.withdraw_duty(known, duty, reason=reason, on=today),))


def known_duty(office: Office, duty: UUID) -> Duty:
    """As it stands at this moment. Raises NotFound."""
    return duties.known_duty(office.state_of(duty, duties.evolve), duty)


def _keep(office: Office, by: By, duty: UUID, decide: Callable[[Desk, Duty], tuple[DutyFact, ...]]) -> int:
    """What the congress's office alone may do with it."""
    by.actor.require(Act.KEEP_SUPERVISION, known_duty(office, duty).congress)

    def at(desk: Desk) -> None:
        known = duties.known_duty(desk.load(duty, duties.evolve), duty)
        desk.add(duty, *decide(desk, known))

    return office.record(by, at)


def _unit_name(desk: Desk, congress: UUID, unit: UUID) -> str:
    found = existing(desk, congress).units.get(unit)
    if found is None or found.withdrawn:
        raise NotFound(kind="unit", id=str(unit))
    return found.name


def _project_year(desk: Desk, congress: UUID, project: UUID) -> int:
    known = desk.load(project, projects.evolve)
    if known is None or known.congress != congress:
        raise NotFound(kind="project", id=str(project))
    return known.year
