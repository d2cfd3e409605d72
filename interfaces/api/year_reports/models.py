"""Reports to the level above and figures over years as programs see them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from domain.congress.year_report import LONGEST_NUMBER, LONGEST_TITLE, LONGEST_WORDS, MOST_PARTS, ReportKind
from interfaces.api._base.models import LINE, LINES, Asked, Day, Id, Money, Shown
from interfaces.web.year_reports.desk import Desk, OverYears
from projections.year_figures import YearFigures
from projections.year_reports import YearReportRow

ID = "7d1b9f61-8f0a-5b0e-9a39-6d5f3f5c2f10"

OfKind = Annotated[
    ReportKind, Path(description="analysis 为项目分析报告（一个年度），research 为研究报告。", examples=["analysis"])
]
FirstYear = Annotated[int, Path(ge=2000, le=2100, description="起始年度。", examples=[2026])]
LastYear = Annotated[int, Path(ge=2000, le=2100, description="截止年度。", examples=[2026])]
Since = Annotated[int | None, Query(ge=2000, le=2100, description="起始年度，默认截止年度前两年。", examples=[2024])]
Until = Annotated[int | None, Query(ge=2000, le=2100, description="截止年度，默认最近有项目的年度。", examples=[2026])]


class PartBody(Asked):
    """One part of a report."""

    key: str = Field(
        default="",
        pattern=r"^[a-z_]{0,40}$",
        description="这一部分配哪些图，取自起草的报告；没有图则为空。",
        examples=["progress"],
    )
    heading: str = Field(
        pattern=LINE, max_length=LONGEST_TITLE, description="小标题，不带序号。", examples=["实施进展"]
    )
    words: str = Field(
        default="", pattern=LINES, max_length=LONGEST_WORDS, description="正文，一行一段；空则不打印。", examples=["……"]
    )


class ReportBody(Asked):
    """The words of a report."""

    title: str = Field(
        pattern=LINE, max_length=LONGEST_TITLE, description="标题。", examples=["2026年度民生实事项目分析报告"]
    )
    parts: list[PartBody] = Field(min_length=1, max_length=MOST_PARTS, description="各部分，按次序。")


class SubmissionBody(Asked):
    """That a report was submitted."""

    number: str = Field(pattern=LINE, max_length=LONGEST_NUMBER, description="文号。", examples=["青人办〔2026〕12号"])
    to: str = Field(pattern=LINE, max_length=LONGEST_NUMBER, description="报送对象。", examples=["市人大常委会"])
    submitted_on: Day = Field(description="报送日期，不晚于今天。", examples=["2026-12-08"])
    document: Id | None = Field(
        default=None, description="先上传的文件的标识；没有则留存系统生成的 Word 文件。", examples=[ID]
    )


class PartShown(Shown):
    """One part of a report."""

    key: str = Field(description="这一部分配哪些图，没有则为空。", examples=["progress"])
    heading: str = Field(description="小标题。", examples=["实施进展"])
    words: str = Field(description="正文，一行一段。", examples=["……"])


class ReportLine(Shown):
    """A report as a list shows it."""

    id: UUID = Field(description="标识。", examples=[ID])
    kind: ReportKind = Field(description="种类。", examples=["analysis"])
    first_year: int = Field(description="起始年度。", examples=[2026])
    last_year: int = Field(description="截止年度。", examples=[2026])
    title: str = Field(description="标题。", examples=["2026年度民生实事项目分析报告"])
    kept: bool = Field(description="是否已经保存；没有保存的由系统按今天的记录起草。", examples=[True])
    number: str | None = Field(description="文号，没有报送则为 null。", examples=["青人办〔2026〕12号"])
    to: str | None = Field(description="报送对象，没有报送则为 null。", examples=["市人大常委会"])
    submitted_on: date | None = Field(description="报送日期，没有报送则为 null。", examples=["2026-12-08"])


class ReportShown(ReportLine):
    """A report with its words."""

    parts: list[PartShown] = Field(description="各部分。")


class FiguresShown(Shown):
    """Adopted projects added up."""

    projects: int = Field(description="票决产生的项目。", examples=[534])
    total_funds: Money = Field(description="总投资，元。", examples=["2287000000.00"])
    year_funds: Money = Field(description="当年计划投资，元。", examples=["858000000.00"])
    spent: Money = Field(description="当年已支出，元。", examples=["631000000.00"])
    beneficiaries: int = Field(description="受益群众，人次。", examples=[1439400])
    completed: int = Field(description="完成。", examples=[410])
    basically_completed: int = Field(description="基本完成。", examples=[60])
    carried_over: int = Field(description="结转下年。", examples=[30])
    not_completed: int = Field(description="未完成。", examples=[4])
    undecided: int = Field(description="仍在实施。", examples=[30])
    accepted: int = Field(description="已验收。", examples=[400])
    adjusted: int = Field(description="有依法决定的调整的项目。", examples=[12])
    adjustments: int = Field(description="依法决定的调整。", examples=[13])
    difficulties: int = Field(description="提出的困难问题。", examples=[21])
    look_backs: int = Field(description="完成的回头看。", examples=[300])


class YearFiguresShown(FiguresShown):
    """Of one year."""

    year: int = Field(description="年度。", examples=[2026])


class OverYearsShown(Shown):
    """Several years together, the congress with all below it."""

    first_year: int = Field(description="起始年度。", examples=[2024])
    last_year: int = Field(description="截止年度。", examples=[2026])
    congresses: int = Field(description="其中有项目的大会。", examples=[9])
    years: list[YearFiguresShown] = Field(description="各年度，没有项目的年度不列。")
    total: FiguresShown | None = Field(description="合计，没有项目则为 null。")


def line(row: YearReportRow) -> ReportLine:
    """A kept report."""
    return ReportLine(
        id=row.report,
        kind=ReportKind(row.kind),
        first_year=row.first_year,
        last_year=row.last_year,
        title=row.title,
        kept=True,
        number=row.number or None,
        to=row.addressee or None,
        submitted_on=row.submitted_on,
    )


def report_shown(desk: Desk) -> ReportShown:
    """A report, kept or drafted."""
    parts = [PartShown(key=one.key, heading=one.heading, words=one.words) for one in desk.parts]
    if desk.row is not None:
        return ReportShown(**line(desk.row).model_dump(), parts=parts)
    return ReportShown(
        id=desk.report,
        kind=desk.about.kind,
        first_year=desk.about.first_year,
        last_year=desk.about.last_year,
        title=desk.title,
        kept=False,
        number=None,
        to=None,
        submitted_on=None,
        parts=parts,
    )


def over_years_shown(added: OverYears) -> OverYearsShown:
    """The figures year by year and together."""
    return OverYearsShown(
        first_year=added.first_year,
        last_year=added.last_year,
        congresses=added.congresses,
        years=[YearFiguresShown(year=row.year, **_figures(row).model_dump()) for row in added.rows],
        total=_figures(added.total) if added.total else None,
    )


def _figures(row: YearFigures) -> FiguresShown:
    return FiguresShown(**{name: getattr(row, name) for name in FiguresShown.model_fields})
