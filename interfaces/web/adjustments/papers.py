"""The papers of rule 20: the request to the deciding body, the report to the next session."""

from uuid import UUID

from fastapi import APIRouter, Response

from domain.polls.places import DecidedBy
from domain.projects import project as projects
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.documents.adjustment_papers import (
    AdjustedProject,
    AdjustmentReport,
    AdjustmentRequest,
    ChangedLine,
    adjustment_report,
    adjustment_request,
)
from interfaces.documents.written import chinese_date
from interfaces.web._base.asking import OfficeReader, TheHouse
from interfaces.web._base.language import CHINESE, speaking, worded
from interfaces.web.adjustments.desk import known_adjustment, shown
from interfaces.web.plans.desk import Reader
from interfaces.web.plans.papers import DOCX
from interfaces.web.plans.views import place_of
from interfaces.web.plans.words import signed
from interfaces.web.roll.views import download
from projections import plans, voted_list
from projections.congress_register import sessions_of
from projections.plans import AdjustmentRow

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/adjustments", "/unit/{slug}/adjustments"
_KINDS = {"change": "调整", "suspension": "暂缓", "termination": "终止", "resumption": "恢复"}
_BODIES = {DecidedBy.STANDING_COMMITTEE.value: "常委会", DecidedBy.PRESIDIUM.value: "主席团"}


@router.get(f"{STAFF}/{{adjustment}}/request.docx")
@router.get(f"{UNIT}/{{adjustment}}/request.docx")
def request_docx(house: TheHouse, here: Reader, adjustment: UUID) -> Response:
    """The lead unit's request for a decision, drafted from what was typed."""
    row = known_adjustment(house, here, adjustment)
    with house.reading.connect() as conn:
        announced = voted_list.announced(conn, here.congress.id, row.year)
        published = plans.publications_of(conn, here.congress.id, row.year)
    with speaking(CHINESE):
        made = AdjustmentRequest(
            addressee=f"{here.congress.name}{worded('常务委员会')}",
            place=place_of(here.congress.name),
            notice=announced.notice_number if announced else "",
            plan=_plan_made_known(row, published),
            issuer=row.before.lead_unit_name if row.before else row.measure.lead_unit_name,
            made_on=row.proposed_on,
            project=_adjusted(row, _number(house, row)),
        )
        content = adjustment_request(made)
    return download(content, f"{made.project.kind}请示-{row.name}.docx", DOCX)


@router.get(f"{STAFF}/report.docx")
def report_docx(house: TheHouse, here: OfficeReader) -> Response:
    """The report to the next session on everything that it is still to be told."""
    with house.reading.connect() as conn:
        rows = plans.session_duties(conn, here.congress.id)
        sessions = sessions_of(conn, here.congress.id)
    if not rows:
        raise NotFound(kind="adjustment", id="")
    today = house.office.today()
    coming = min((one for one in sessions if one.starts_on >= today), key=lambda one: one.starts_on, default=None)
    with speaking(CHINESE):
        made = AdjustmentReport(
            congress=here.congress.name,
            place=place_of(here.congress.name),
            session=coming.title if coming else "",
            issuer=f"{here.congress.name}{worded('常务委员会')}",
            made_on=today,
            projects=tuple(_adjusted(row, _number(house, row)) for row in rows),
        )
        content = adjustment_report(made)
    return download(content, f"项目调整情况报告-{here.congress.short_name}-{today.year}.docx", DOCX)


def _adjusted(row: AdjustmentRow, number: int) -> AdjustedProject:
    one = shown(row)
    return AdjustedProject(
        number=number,
        name=row.name,
        year=row.year,
        lead_unit=row.before.lead_unit_name if row.before else row.measure.lead_unit_name,
        kind=_KINDS[row.kind],
        reason=row.reason,
        lines=tuple(
            ChangedLine(
                what=line.label,
                before=line.before,
                after=line.after,
                change=signed(line.total) if line.total is not None else "",
            )
            for line in one.lines
        ),
        body=worded(_BODIES[row.body]) if row.body else "",
        decision=row.number,
        notice_on=row.notice_on,
    )


def _number(house: House, row: AdjustmentRow) -> int:
    known = house.office.state_of(row.project, projects.evolve)
    return (known.number if known else None) or 0


def _plan_made_known(row: AdjustmentRow, published: list[plans.Publication]) -> str:
    part = next((one for one in published if row.project in one.projects), None)
    return f"于{chinese_date(part.published_on)}公布（{part.number}）" if part else ""
