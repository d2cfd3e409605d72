"""One report as pages and programs take it: which one is meant, its words, its charts, its paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from application.year_reports import AboutYears
from domain.congress.year_report import ReportKind, ReportPart, checked_years
from domain.shared import Invalid, NotFound
from interfaces.composition import House
from interfaces.documents.year_report import Figure, PaperPart, YearReportPaper, year_report
from interfaces.web._base.asking import Place
from interfaces.web._base.charts import Chart
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.year_reports.drafting import drafted
from interfaces.web.year_reports.drawing import drawn
from interfaces.web.year_reports.gathering import Gathered, gathered
from projections import year_figures, year_reports
from projections.congress_directory import ListedCongress, congresses_below, congresses_named
from projections.year_figures import YearFigures
from projections.year_reports import YearReportRow

USUAL_YEARS = 3
"""What several years are unless somebody asks for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A report with everything around it. `row` is None before the office has kept its words."""

    about: AboutYears
    report: UUID
    row: YearReportRow | None
    told: Gathered
    title: str
    parts: tuple[ReportPart, ...]

    @property
    def is_submitted(self) -> bool:
        """Whether it went to the level above."""
        return self.row is not None and self.row.submitted_on is not None


class OverYears(NamedTuple):
    """The figures of a congress, with all below it where there are any, year by year and together."""

    first_year: int
    last_year: int
    rows: tuple[YearFigures, ...]
    total: YearFigures | None
    congresses: int
    """How many have projects in these years."""

    @property
    def years(self) -> int:
        """How many years are added up."""
        return self.last_year - self.first_year + 1


def about(kind: str, first_year: int, last_year: int) -> AboutYears:
    """Raises NotFound for what no report is about."""
    try:
        chosen = ReportKind(kind)
        checked_years(chosen, first_year, last_year)
    except (ValueError, Invalid) as wrong:
        raise NotFound(kind="year_report", id=f"{kind}/{first_year}-{last_year}") from wrong
    return AboutYears(kind=chosen, first_year=first_year, last_year=last_year)


def desk_of(house: House, here: Place, which: AboutYears, *, anew: bool = False) -> Desk:
    """The kept words, or the draft of today where there are none or it is asked for anew.

    Raises NotFound for years without an adopted project.
    """
    report = which.stream_of(here.congress.id)
    with house.reading.connect() as conn:
        row = year_reports.report_of(conn, here.congress.id, report)
        known = year_figures.years_of(conn, _together(conn, here.congress))
    if row is None and not any(which.first_year <= year <= which.last_year for year in known):
        raise NotFound(kind="year_report", id=str(report))
    told = gathered(house, here.congress, which.kind, which.first_year, which.last_year)
    if row is not None and (not anew or row.submitted_on is not None):
        title, parts = row.title, row.parts
    else:
        title, parts = drafted(told)
    return Desk(about=which, report=report, row=row, told=told, title=title, parts=parts)


def charts_of(desk: Desk) -> dict[str, tuple[Chart, ...]]:
    """By the key of the part they stand in, in the language of the reader."""
    return drawn(desk.told)


def paper_of(desk: Desk, issuer: str, on: date) -> bytes:
    """The report as .docx, in Chinese whoever asks."""
    with speaking(CHINESE):
        figures = drawn(desk.told)
        parts = tuple(
            PaperPart(heading=one.heading, words=one.words, figures=tuple(map(_figure, figures.get(one.key, ()))))
            for one in desk.parts
        )
        number = desk.row.number if desk.row else ""
    return year_report(YearReportPaper(title=desk.title, number=number, issuer=issuer, on=on, parts=parts))


def issuer_of(congress: ListedCongress) -> str:
    """Who signs: the office of the standing committee, which the congress's own name does not tell at every level."""
    return f"{congress.public_name}办公室"


def addressee_of(conn: Connection, congress: ListedCongress) -> str:
    """The level above, as the field offers it."""
    above = congresses_named(conn, [congress.parent]) if congress.parent else []
    return above[0].public_name if above else ""


def chosen_years(
    conn: Connection, congress: ListedCongress, today: date, first: int, last: int
) -> tuple[list[int], int, int]:
    """All years with projects here and below, oldest first, and the asked ones of them: three where none are asked."""
    years = year_figures.years_of(conn, _together(conn, congress))
    newest = years[-1] if years else today.year
    until = last if last in years else newest
    usual = max(years[0] if years else newest, until - USUAL_YEARS + 1)
    return years, first if first in years and first <= until else usual, until


def over_years(
    conn: Connection,
    congress: ListedCongress,
    first_year: int,
    last_year: int,
    below: Iterable[ListedCongress] | None = None,
) -> OverYears:
    """Every figure is added up by the database; nothing is typed. `below` for those who have asked already."""
    together = _together(conn, congress) if below is None else [congress.id, *(one.id for one in below)]
    rows = year_figures.figures_of(conn, together, first_year, last_year)
    years = sorted({row.year for row in rows})
    by_year = [year_figures.summed([row for row in rows if row.year == year]) for year in years]
    return OverYears(
        first_year=first_year,
        last_year=last_year,
        rows=tuple(row for row in by_year if row is not None),
        total=year_figures.summed(rows),
        congresses=len({row.congress for row in rows}),
    )


def _together(conn: Connection, congress: ListedCongress) -> list[UUID]:
    return [congress.id, *(one.id for one in congresses_below(conn, congress.id))]


def _figure(chart: Chart) -> Figure:
    return Figure(title=chart.title, drawing=chart.picture(), says=chart.says, headings=chart.headings, rows=chart.rows)
