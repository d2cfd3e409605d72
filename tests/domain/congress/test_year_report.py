"""Reports to the level above: written, submitted with number, day, addressee and file, taken back with a reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.congress.year_report import (
    ReportKind,
    ReportPart,
    YearReport,
    YearReportIsSubmitted,
    YearReportNotSubmitted,
    YearReportSubmitted,
    YearReportWritten,
    checked_years,
    evolve,
    submit_year_report,
    take_back_year_report,
    write_year_report,
    year_report_stream,
)
from domain.files import Attached, FileType
from domain.shared import Invalid, Missing

TODAY = date(2026, 12, 8)
WRITTEN = YearReportWritten(
    congress=UUID(int=1),
    kind=ReportKind.ANALYSIS,
    first_year=2026,
    last_year=2026,
    title="2026年度民生实事项目分析报告",
    parts=(ReportPart(key="overall", heading="总体情况", words="票决十项，完成九项。"),),
    on=TODAY,
)
FILE = Attached(file=UUID(int=2), name="分析报告.docx", type=FileType.DOCX, size=3, digest="0" * 64)


def submitted(report: YearReport | None, number: str = "青人办〔2026〕12号") -> YearReportSubmitted:
    return submit_year_report(report, number=number, to="市人大常委会", submitted_on=TODAY, file=FILE, today=TODAY)


def test_what_was_submitted_has_number_day_addressee_and_file() -> None:
    fact = submitted(evolve(None, WRITTEN))
    assert (fact.number, fact.to, fact.submitted_on, fact.file) == (
        "青人办〔2026〕12号",
        "市人大常委会",
        TODAY,
        FILE,
    )


def test_a_submitted_report_is_neither_rewritten_nor_submitted_twice() -> None:
    done = evolve(evolve(None, WRITTEN), submitted(evolve(None, WRITTEN)))
    with pytest.raises(YearReportIsSubmitted) as refused:
        write_year_report(done, replace(WRITTEN, title="另一份"))
    assert refused.value.number == "青人办〔2026〕12号"
    with pytest.raises(YearReportIsSubmitted):
        submitted(done)


def test_a_report_is_taken_back_with_a_reason_and_then_written_anew() -> None:
    written = evolve(None, WRITTEN)
    with pytest.raises(YearReportNotSubmitted):
        take_back_year_report(written, "数字有误", TODAY)
    done = evolve(written, submitted(written))
    with pytest.raises(Missing):
        take_back_year_report(done, " ", TODAY)
    back = evolve(done, take_back_year_report(done, "数字有误", TODAY))
    assert back.submitted is None
    assert write_year_report(back, replace(WRITTEN, title="更正"))[0].title == "更正"


def test_the_same_words_are_not_recorded_twice() -> None:
    written = evolve(None, WRITTEN)
    assert write_year_report(written, replace(WRITTEN, on=date(2026, 12, 9))) == ()
    assert write_year_report(written, replace(WRITTEN, title=f" {WRITTEN.title} ")) == ()


def test_a_report_has_a_title_and_words_under_headings() -> None:
    for wrong in (
        replace(WRITTEN, title=" "),
        replace(WRITTEN, parts=()),
        replace(WRITTEN, parts=(ReportPart(key="", heading=" ", words="没有小标题"),)),
    ):
        with pytest.raises(Missing):
            write_year_report(None, wrong)
    with pytest.raises(Invalid):
        write_year_report(None, replace(WRITTEN, title="长" * 101))
    for number in ("", "长" * 81):
        with pytest.raises((Missing, Invalid)):
            submitted(evolve(None, WRITTEN), number)


def test_nothing_is_submitted_on_a_day_to_come() -> None:
    with pytest.raises(Invalid) as refused:
        submit_year_report(
            evolve(None, WRITTEN), number="1", to="市人大常委会", submitted_on=date(2026, 12, 9), file=FILE, today=TODAY
        )
    assert refused.value.reason == "in_future"


def test_an_analysis_is_of_one_year_and_research_of_two_to_ten() -> None:
    checked_years(ReportKind.ANALYSIS, 2026, 2026)
    checked_years(ReportKind.RESEARCH, 2024, 2026)
    checked_years(ReportKind.RESEARCH, 2017, 2026)
    for kind, first, last in (
        (ReportKind.ANALYSIS, 2025, 2026),
        (ReportKind.RESEARCH, 2026, 2026),
        (ReportKind.RESEARCH, 2016, 2026),
        (ReportKind.RESEARCH, 2026, 2024),
    ):
        with pytest.raises(Invalid):
            checked_years(kind, first, last)


def test_one_report_of_a_kind_for_the_same_years() -> None:
    first = year_report_stream(UUID(int=1), ReportKind.RESEARCH, 2024, 2026)
    assert first == year_report_stream(UUID(int=1), ReportKind.RESEARCH, 2024, 2026)
    assert first != year_report_stream(UUID(int=1), ReportKind.RESEARCH, 2023, 2026)
