"""The papers of an inspection to be saved: its plan, later its report."""

from uuid import UUID

from fastapi import APIRouter, Response

from domain.shared import NotFound
from domain.supervision import inspection as rules
from domain.supervision.inspection import Finding, Inspection
from interfaces.composition import House
from interfaces.documents.inspection_report import (
    InspectionReport,
    ReportedFinding,
    ReportedSite,
    inspection_report,
)
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.roll.views import download
from interfaces.web.supervision.desk import Watched, by_project, people, watched_lately
from interfaces.web.supervision.words import INSPECTION_KINDS
from projections import duties
from projections.duties import DutyRow

router = APIRouter()

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/staff/{slug}/inspections/{inspection}/report.docx")
def report(house: TheHouse, here: OfficeReader, inspection: UUID) -> Response:
    """The report; before it is concluded, the plan."""
    with speaking(CHINESE):
        made = report_of(house, here, inspection)
        return download(inspection_report(made), f"{made.title}{made.paper}.docx", DOCX)


def report_of(house: House, here: Place, inspection: UUID) -> InspectionReport:
    """Everything that stands on the paper. Raises NotFound."""
    state = house.office.state_of(inspection, rules.evolve)
    if state is None or state.congress != here.congress.id:
        raise NotFound(kind="inspection", id=str(inspection))
    _delegations, names = people(house, here)
    with house.reading.connect() as conn:
        watched = by_project(watched_lately(conn, here.congress.id))
        given = {one.duty: one for one in duties.duties_from(conn, [inspection])}
    plan, done = state.plan, state.concluded
    return InspectionReport(
        issuer=f"{here.congress.name}办公室",
        kind=str(INSPECTION_KINDS[plan.kind]),
        title=plan.title,
        is_held=done is not None,
        on=done.held_on if done else plan.on,
        gather=plan.gather,
        leader=names[plan.leader] if plan.leader else "",
        members=tuple(names[one] for one in (done.attended if done else plan.members)),
        projects=tuple(watched[one].name for one in plan.projects if one in watched),
        sites=_sites(state, watched),
        by_draw=plan.draw is not None,
        focus=plan.focus,
        words=done.words if done else "",
        findings=tuple(_finding(one, watched, given) for one in (done.findings if done else ())),
        printed_on=house.office.today(),
    )


def _sites(state: Inspection, watched: dict[UUID, Watched]) -> tuple[ReportedSite, ...]:
    return tuple(
        ReportedSite(name=one.name, place=one.place, project=_name(one.project, watched)) for one in state.plan.sites
    )


def _finding(one: Finding, watched: dict[UUID, Watched], given: dict[UUID, DutyRow]) -> ReportedFinding:
    duty = given.get(one.duty) if one.duty else None
    return ReportedFinding(
        words=one.words,
        is_problem=one.is_problem,
        project=_name(one.project, watched),
        unit=duty.unit_name if duty else "",
        order=duty.words if duty else "",
        due_on=duty.due_on if duty else None,
    )


def _name(project: UUID | None, watched: dict[UUID, Watched]) -> str:
    known = watched.get(project) if project else None
    return known.name if known else ""
