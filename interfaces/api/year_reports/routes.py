"""Reports to the level above, and what several years add up to."""

from typing import Annotated

from fastapi import Depends, Response

from application import year_reports as commands
from application.year_reports import AboutYears
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.year_report import ReportPart
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.files import DocumentSent, SentDocument, keep_document, sent_document
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.deliberation.models import ReasonBody
from interfaces.api.year_reports.models import (
    FirstYear,
    LastYear,
    OfKind,
    OverYearsShown,
    ReportBody,
    ReportLine,
    ReportShown,
    Since,
    SubmissionBody,
    Until,
    line,
    over_years_shown,
    report_shown,
)
from interfaces.web.candidates.papers import Sent, keeping, paper_response
from interfaces.web.year_reports.desk import about, chosen_years, desk_of, issuer_of, over_years, paper_of
from interfaces.web.year_reports.routes import DOCX
from projections import year_reports

router = operations("year-reports", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)

PATH = "/congresses/{slug}/year-reports"
ONE = f"{PATH}/{{kind}}/{{first_year}}/{{last_year}}"

Writer = Annotated[At, Depends(needing(Act.SUBMIT_REPORT))]


def which(kind: OfKind, first_year: FirstYear, last_year: LastYear) -> AboutYears:
    """The report that is meant."""
    return about(kind.value, first_year, last_year)


Which = Annotated[AboutYears, Depends(which)]


@router.get(
    "/congresses/{slug}/year-figures",
    summary="历年合计",
    description="本大会和下级各大会的正式项目，全部由记录计算。",
)
def figures(here: OfficeReader, first: Since = None, last: Until = None) -> OverYearsShown:
    """Year by year and together."""
    with here.house.reading.connect() as conn:
        _years, since, until = chosen_years(conn, here.congress, here.house.office.today(), first or 0, last or 0)
        return over_years_shown(over_years(conn, here.congress, since, until))


@router.get(PATH, summary="年度报告", description="项目分析报告和研究报告，年度近的在前。")
def listed(here: OfficeReader, paging: Paged) -> Page[ReportLine]:
    """Those that were kept."""
    with here.house.reading.connect() as conn:
        rows = year_reports.reports_of(conn, here.congress.id)
    return paging.part(here.told, rows, lambda row: row.report, line)


@router.post(f"{PATH}/documents", status_code=201, summary="先上传文件", description="留存一小时，凭标识登记报送。")
def keep(here: Writer, document: SentDocument) -> DocumentSent:
    """Looked through as on the pages."""
    return keep_document(here, document)


@router.get(ONE, summary="一份报告", description="没有保存过的，由系统按今天的记录起草。")
def one(here: OfficeReader, report: Which) -> ReportShown:
    """With its words."""
    here.shows(report.stream_of(here.congress.id))
    return report_shown(desk_of(here.house, here.place, report))


@router.put(ONE, summary="保存报告内容")
def write(here: Writer, report: Which, body: ReportBody) -> ReportShown:
    """The words take the place of what was kept."""
    desk_of(here.house, here.place, report)
    by = here.by(report.stream_of(here.congress.id))
    parts = [ReportPart(key=one.key, heading=one.heading, words=one.words) for one in body.parts]
    here.done(commands.write_year_report(here.house.office, by, here.congress.id, report, body.title, parts))
    return one(here, report)


@router.post(f"{ONE}/submit", summary="登记报送", description="先保存内容；没有上传文件的，留存系统生成的 Word 文件。")
def submit(here: Writer, report: Which, body: SubmissionBody) -> ReportShown:
    """It went to the level above."""
    stream = report.stream_of(here.congress.id)
    desk = desk_of(here.house, here.place, report)
    by = here.by(stream)
    made = paper_of(desk, issuer_of(here.congress), here.house.office.today())
    sent = sent_document(here, body.document) or Sent(f"{desk.title}.docx", made)
    with keeping(here.house, by, here.congress.id, sent, "report") as file:
        if file is None:
            raise NotFound(kind="document", id="")
        position = commands.submit_year_report(
            here.house.office, by, stream, number=body.number, to=body.to, submitted_on=body.submitted_on, file=file
        )
    here.done(position)
    return one(here, report)


@router.post(f"{ONE}/take-back", summary="撤回报送的报告")
def take_back(here: Writer, report: Which, body: ReasonBody) -> ReportShown:
    """It does not hold any more."""
    stream = report.stream_of(here.congress.id)
    here.done(commands.take_back_year_report(here.house.office, here.by(stream), stream, body.reason))
    return one(here, report)


@router.get(f"{ONE}/report.docx", summary="报告（Word）", **file_of(DOCX))
def paper(here: OfficeReader, report: Which) -> Response:
    """As it is kept, or as it would be drafted today."""
    desk = desk_of(here.house, here.place, report)
    return Response(paper_of(desk, issuer_of(here.congress), here.house.office.today()), media_type=DOCX)


@router.get(f"{ONE}/document", summary="报送的文件", **file_of(PDF))
def submitted(here: OfficeReader, report: Which) -> Response:
    """What was submitted."""
    with here.house.reading.connect() as conn:
        row = year_reports.report_of(conn, here.congress.id, report.stream_of(here.congress.id))
    return paper_response(here.house, here.place, row.file if row else None)
