"""What a draft says of several years: sums of the record, and only years that are over are compared."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.congress.year_report import ReportKind
from domain.proposals.totals import Totals
from interfaces.web.year_reports.drafting import drafted
from interfaces.web.year_reports.gathering import Gathered, Supervised, YearTold
from projections.congress_directory import ListedCongress
from projections.year_figures import YearFigures

HERE = ListedCongress(UUID(int=1), "jz", "江州市人民代表大会", "江州市人大", "city", None, 16)
NOTHING = Supervised(inspections=0, problems=0, inquiries=0, duties=0, duties_closed=0)


def figures(year: int, projects: int, completed: int, carried_over: int = 0) -> YearFigures:
    money = Decimal(projects) * 100_000_000
    return YearFigures(HERE.id, year, projects, money, money, money, 1000, completed, 0, 0, carried_over, *[0] * 5)


def told(*rows: YearFigures) -> Gathered:
    years = tuple(
        YearTold(year=row.year, rail=None, totals=Totals(received=0), figures=row, supervised=NOTHING) for row in rows
    )
    return Gathered(
        congress=HERE,
        kind=ReportKind.RESEARCH,
        first_year=rows[0].year,
        last_year=rows[-1].year,
        today=date(2026, 11, 22),
        years=years,
        categories=(),
        proposed=(),
        announced=None,
        voted=(),
        projects=(),
        adjustments=(),
        difficulties=(),
        asks=(),
        rated=(),
        below=(),
    )


def test_534_projects_in_three_years_are_told_with_what_is_under_way() -> None:
    draft = drafted(told(figures(2024, 174, 160, 14), figures(2025, 180, 171, 9), figures(2026, 180, 90)))
    assert draft.title == "2024至2026年民生实事项目研究报告"
    words = {part.key: part.words for part in draft.parts}
    assert "三年共票决产生民生实事项目534个，总投资534亿元" in words["years"]
    assert "办成421个，办成率78.84%（以全部项目为基数，其中90个仍在实施）" in words["years"]
    assert words["findings"] == "办成率由2024年的91.95%到2025年的95.00%，提高3.05个百分点。"
    assert "below" not in words


def test_nothing_is_compared_before_two_years_are_over() -> None:
    draft = drafted(told(figures(2025, 10, 9, 1), figures(2026, 10, 3)))
    assert {part.key: part.words for part in draft.parts}["findings"] == ""
