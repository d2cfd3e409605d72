"""Commands about inspections 视察、调研、暗访: planned, told, replied to, concluded; problems become duties."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from application.supervision.duties import raise_duty_at
from application.supervision.groups import in_order
from domain.accounts.permissions import Act
from domain.projects import project as projects
from domain.shared import NotFound
from domain.supervision import duty as duties
from domain.supervision import group as groups
from domain.supervision import inspecting
from domain.supervision import inspection as inspections
from domain.supervision import note as notes
from domain.supervision.duty import DutyOrder, DutySource, Origin
from domain.supervision.inspection import (
    ConclusionCorrected,
    Finding,
    Inspection,
    InspectionConcluded,
    InspectionPlan,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing found, as it is written down; a problem with an order is given to its unit at once."""

    words: str
    is_problem: bool
    project: UUID | None = None
    note: UUID | None = None
    """The delegate's note it comes from; with an order the note is handed over."""
    order: DutyOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What came of an inspection."""

    held_on: date
    attended: tuple[UUID, ...]
    words: str
    public_words: str = ""
    found: tuple[Found, ...] = ()


def plan_inspection(office: Office, by: By, congress: UUID, inspection: UUID, plan: InspectionPlan) -> int:
    """Plans it for adopted projects and delegates of the roll.

    Raises NotPermitted, NotFound (project, delegate), WrongStage, Missing or Invalid.
    """
    by.actor.require(Act.KEEP_SUPERVISION, congress)

    def decide(desk: Desk) -> None:
        checked = _with_known(desk, congress, plan, None)
        desk.load(inspection, inspections.evolve)
        desk.add(inspection, inspecting.plan_inspection(congress, plan.on.year, checked))

    return office.record(by, decide)


def replan_inspection(office: Office, by: By, inspection: UUID, plan: InspectionPlan) -> int:
    """Changes the plan. Raises NotPermitted, NotFound, InspectionInWrongStage and as `plan_inspection`."""
    congress = _kept_by(office, by, inspection).congress

    def decide(desk: Desk) -> None:
        current = desk.load(inspection, inspections.evolve)
        desk.add(inspection, *inspecting.replan_inspection(current, _with_known(desk, congress, plan, current)))

    return office.record(by, decide)


def tell_inspection(office: Office, by: By, inspection: UUID) -> int:
    """Puts it on the phones of those who go. Raises NotPermitted, NotFound or InspectionInWrongStage."""
    _kept_by(office, by, inspection)
    return office.change(
        by, inspection, inspections.evolve, lambda current: inspecting.tell_inspection(current, office.today())
    )


def reply_to_inspection(office: Office, by: By, inspection: UUID, *, coming: bool, words: str = "") -> int:
    """A delegate says whether they come.

    Raises NotPermitted, NotFound, NotOnTheInspection, InspectionInWrongStage, Missing or Invalid.
    """
    known = known_inspection(office, inspection)
    by.actor.require(Act.SUPERVISE, known.congress)
    delegate = by.actor.delegate_in(known.congress)
    if delegate is None:
        raise NotFound(kind="delegate", id="")
    return office.change(
        by,
        inspection,
        inspections.evolve,
        lambda current: inspecting.reply(current, delegate, coming=coming, words=words),
    )


def cancel_inspection(office: Office, by: By, inspection: UUID, reason: str) -> int:
    """Raises NotPermitted, NotFound, InspectionInWrongStage or Missing (reason)."""
    _kept_by(office, by, inspection)
    return office.change(
        by, inspection, inspections.evolve, lambda current: inspecting.cancel_inspection(current, reason)
    )


def conclude_inspection(office: Office, by: By, inspection: UUID, conclusion: Conclusion) -> int:
    """Writes down what came of it and gives the problems that have an order to their units, in one transaction.

    Raises NotPermitted, NotFound, InspectionInWrongStage, NoteInWrongStage, Missing or Invalid.
    """
    known = _kept_by(office, by, inspection)

    def decide(desk: Desk) -> None:
        current = desk.load(inspection, inspections.evolve)
        findings = tuple(_finding(office, by, number, one) for number, one in enumerate(conclusion.found, 1))
        fact = InspectionConcluded(
            held_on=conclusion.held_on,
            attended=_attended(desk, known, conclusion.attended),
            words=conclusion.words.strip(),
            findings=findings,
            public_words=conclusion.public_words.strip(),
        )
        desk.add(inspection, inspecting.conclude_inspection(current, fact, office.today()))
        for finding, one in zip(findings, conclusion.found, strict=True):
            _give(desk, office, inspection, known, finding, one)

    return office.record(by, decide)


def correct_conclusion(office: Office, by: By, inspection: UUID, conclusion: Conclusion) -> int:
    """Puts the conclusion right; `found` plays no part. Raises as `conclude_inspection`."""
    known = _kept_by(office, by, inspection)

    def decide(desk: Desk) -> None:
        current = desk.load(inspection, inspections.evolve)
        stood = current.concluded.attended if current and current.concluded else ()
        fact = ConclusionCorrected(
            held_on=conclusion.held_on,
            attended=_attended(desk, known, conclusion.attended, stood),
            words=conclusion.words.strip(),
            public_words=conclusion.public_words.strip(),
        )
        desk.add(inspection, *inspecting.correct_conclusion(current, fact, office.today()))

    return office.record(by, decide)


def known_inspection(office: Office, inspection: UUID) -> Inspection:
    """Raises NotFound."""
    found = office.state_of(inspection, inspections.evolve)
    if found is None:
        raise NotFound(kind="inspection", id=str(inspection))
    return found


def _kept_by(office: Office, by: By, inspection: UUID) -> Inspection:
    known = known_inspection(office, inspection)
    by.actor.require(Act.KEEP_SUPERVISION, known.congress)
    return known


def _with_known(desk: Desk, congress: UUID, plan: InspectionPlan, current: Inspection | None) -> InspectionPlan:
    """The plan with its delegates in the order of the roll, all projects adopted ones of this congress."""
    kept = current.plan.projects if current else ()
    states = desk.load_many((one for one in plan.projects if one not in kept), projects.evolve)
    for project in plan.projects:
        if project in kept:
            continue
        if groups.adopted(states.get(project)).congress != congress:
            raise NotFound(kind="project", id=str(project))
    known = current.plan.members if current else ()
    chosen = plan.members if plan.leader is None else (plan.leader, *plan.members)
    return replace(plan, members=in_order(desk, congress, chosen, known=known))


def _attended(desk: Desk, known: Inspection, chosen: Iterable[UUID], stood: tuple[UUID, ...] = ()) -> tuple[UUID, ...]:
    return in_order(desk, known.congress, chosen, known=(*known.plan.members, *stood))


def _finding(office: Office, by: By, number: int, found: Found) -> Finding:
    return Finding(
        finding=office.new_id(by, f"finding/{number}"),
        words=found.words.strip(),
        is_problem=found.is_problem or found.order is not None,
        project=found.project,
        duty=office.new_id(by, f"duty/{number}") if found.order else None,
        note=found.note,
    )


def _give(desk: Desk, office: Office, inspection: UUID, known: Inspection, finding: Finding, found: Found) -> None:
    """The duty of a finding; the note it comes from says so."""
    if finding.duty is None or found.order is None:
        return
    origin = Origin(kind=DutySource.INSPECTION, id=inspection, title=known.plan.title)
    raise_duty_at(desk, office, known.congress, finding.duty, origin, found.order)
    if found.note is not None:
        hand_over_at(desk, office, found.note, finding.duty, found.order)


def hand_over_at(desk: Desk, office: Office, note: UUID, duty: UUID, order: DutyOrder) -> None:
    """Says so on the note, as part of another decision. Raises NotFound, NoteInWrongStage or NotAProblem."""
    given = desk.load(duty, duties.evolve)
    fact = notes.hand_over_note(
        desk.load(note, notes.evolve),
        duty=duty,
        unit=order.unit,
        unit_name=given.unit_name if given else "",
        on=office.today(),
    )
    desk.add(note, fact)
