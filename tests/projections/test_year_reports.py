"""Which reports are written, submitted and taken back."""

from uuid import UUID

import pytest

from domain.congress.year_report import (
    ReportKind,
    YearReportSubmitted,
    YearReportTakenBack,
    YearReportWritten,
    year_report_stream,
)
from projections import year_reports
from projections.reading.projection import Projection
from tests.support.telling import Telling
from tests.support.year import of

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture
def projection() -> Projection:
    return year_reports.PROJECTION


def test_reports_are_listed_and_those_submitted_seen_from_above(telling: Telling) -> None:
    first = _written(telling, HERE, ReportKind.ANALYSIS, 2026, 2026)
    second = _written(telling, THERE, ReportKind.RESEARCH, 2024, 2026)
    assert telling.ask(year_reports.reports_among, [HERE, THERE], submitted=True) == []
    submitted = of(YearReportSubmitted, number="12号")
    telling.tell((first, submitted))
    (row,) = telling.ask(year_reports.reports_among, [HERE, THERE], submitted=True)
    assert (row.congress, row.number, row.file, row.addressee) == (HERE, "12号", submitted.file, submitted.to)
    assert telling.ask(year_reports.report_of, THERE, first) is None
    telling.tell((first, YearReportTakenBack(reason="数字有误", on=submitted.submitted_on)))
    (row,) = telling.ask(year_reports.reports_of, HERE)
    assert (row.number, row.submitted_on, row.file, row.taken_back_because) == ("", None, None, "数字有误")
    (other,) = telling.ask(year_reports.reports_of, THERE)
    assert (other.report, other.first_year, other.last_year) == (second, 2024, 2026)


def test_the_last_words_are_the_ones_that_are_kept(telling: Telling) -> None:
    report = _written(telling, HERE, ReportKind.ANALYSIS, 2026, 2026)
    words = of(YearReportWritten, congress=HERE, title="改过的题目")
    telling.tell((report, words))
    (row,) = telling.ask(year_reports.reports_of, HERE)
    assert (row.title, row.parts) == ("改过的题目", words.parts)


def _written(telling: Telling, congress: UUID, kind: ReportKind, first: int, last: int) -> UUID:
    report = year_report_stream(congress, kind, first, last)
    telling.tell((report, of(YearReportWritten, congress=congress, kind=kind, first_year=first, last_year=last)))
    return report
