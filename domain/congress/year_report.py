"""Reports to the level above: 项目分析报告 on the projects of one year, 研究报告 over several years.

The office's system drafts the words from the record; the office works them over, signs the paper and submits it.
What counts is what was submitted: its number, the day, the addressee and the file.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from domain.files import Attached
from domain.shared import Invalid, Missing, NotFound, Refused

LONGEST_TITLE: Final = 100
LONGEST_WORDS: Final = 8_000
LONGEST_NUMBER: Final = 80
MOST_PARTS: Final = 20
MOST_YEARS: Final = 10


class ReportKind(StrEnum):
    """What a report looks at."""

    ANALYSIS = "analysis"
    """项目分析报告: the projects of one year."""
    RESEARCH = "research"
    """研究报告: several years together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """One part of a report; `key` names the figures that are drawn in it, empty for none."""

    key: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReportWritten:
    """The words of a report were kept; the next writing takes their place."""

    congress: UUID
    kind: ReportKind
    first_year: int
    last_year: int
    title: str
    parts: tuple[ReportPart, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReportSubmitted:
    """The report went to the level above 报送."""

    number: str
    """Of the paper, e.g. 青人办〔2026〕12号."""
    to: str
    submitted_on: date
    file: Attached
    """What was submitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReportTakenBack:
    """The submitted report does not hold; a better one follows."""

    reason: str
    on: date


YearReportFact = YearReportWritten | YearReportSubmitted | YearReportTakenBack


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """A report as it stands."""

    written: YearReportWritten
    submitted: YearReportSubmitted | None = None


@dataclass(eq=False)
class YearReportIsSubmitted(Refused):
    """What was submitted is not written anew; it may be taken back with a reason."""

    title: str
    number: str


@dataclass(eq=False)
class YearReportNotSubmitted(Refused):
    """Only what was submitted can be taken back."""

    title: str


def year_report_stream(congress: UUID, kind: ReportKind, first_year: int, last_year: int) -> UUID:
    """One report of a kind for the same years."""
    return uuid5(congress, f"year-report/{kind.value}/{first_year}-{last_year}")


def write_year_report(report: YearReport | None, fact: YearReportWritten) -> tuple[YearReportWritten, ...]:
    """Keeps the words, nothing where they are the kept ones. Raises Invalid, Missing or YearReportIsSubmitted."""
    if report is not None and report.submitted is not None:
        raise YearReportIsSubmitted(title=report.written.title, number=report.submitted.number)
    checked = _checked(fact)
    if report is not None and replace(checked, on=report.written.on) == report.written:
        return ()
    return (checked,)


def submit_year_report(
    report: YearReport | None, *, number: str, to: str, submitted_on: date, file: Attached, today: date
) -> YearReportSubmitted:
    """Raises NotFound, YearReportIsSubmitted, Missing (number, to), or Invalid for a day to come."""
    known = _known(report)
    if known.submitted is not None:
        raise YearReportIsSubmitted(title=known.written.title, number=known.submitted.number)
    number, to = number.strip(), to.strip()
    if missing := tuple(name for name, said in (("number", number), ("to", to)) if not said):
        raise Missing(fields=missing)
    for name, said in (("number", number), ("to", to)):
        if len(said) > LONGEST_NUMBER:
            raise Invalid(field=name, reason="too_long", value=str(LONGEST_NUMBER))
    if submitted_on > today:
        raise Invalid(field="submitted_on", reason="in_future", value=submitted_on.isoformat())
    return YearReportSubmitted(number=number, to=to, submitted_on=submitted_on, file=file)


def take_back_year_report(report: YearReport | None, reason: str, on: date) -> YearReportTakenBack:
    """Raises NotFound, YearReportNotSubmitted or Missing (reason)."""
    known = _known(report)
    if known.submitted is None:
        raise YearReportNotSubmitted(title=known.written.title)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return YearReportTakenBack(reason=reason.strip(), on=on)


def evolve(report: YearReport | None, fact: YearReportFact) -> YearReport:
    """The report after one more fact."""
    match fact:
        case YearReportWritten():
            return YearReport(written=fact)
        case YearReportSubmitted():
            return replace(_known(report), submitted=fact)
        case YearReportTakenBack():
            return replace(_known(report), submitted=None)


def checked_years(kind: ReportKind, first_year: int, last_year: int) -> None:
    """Raises Invalid unless an analysis is of one year and a research report of two to ten in order."""
    years = last_year - first_year + 1
    if kind is ReportKind.ANALYSIS and years != 1:
        raise Invalid(field="last_year", reason="one_year_only", value=str(last_year))
    if kind is ReportKind.RESEARCH and not 2 <= years <= MOST_YEARS:
        raise Invalid(field="last_year", reason="two_to_ten_years", value=str(years))


def _checked(fact: YearReportWritten) -> YearReportWritten:
    checked_years(fact.kind, fact.first_year, fact.last_year)
    parts = tuple(replace(one, heading=one.heading.strip(), words=one.words.strip()) for one in fact.parts)
    kept = tuple(one for one in parts if one.heading or one.words)
    title = fact.title.strip()
    if missing := tuple(name for name, said in (("title", title), ("parts", kept)) if not said):
        raise Missing(fields=missing)
    if not all(one.heading for one in kept):
        raise Missing(fields=("heading",))
    if len(title) > LONGEST_TITLE or any(len(one.heading) > LONGEST_TITLE for one in kept):
        raise Invalid(field="title", reason="too_long", value=str(LONGEST_TITLE))
    if any(len(one.words) > LONGEST_WORDS for one in kept):
        raise Invalid(field="words", reason="too_long", value=str(LONGEST_WORDS))
    if len(kept) > MOST_PARTS:
        raise Invalid(field="parts", reason="too_many", value=str(MOST_PARTS))
    return replace(fact, title=title, parts=kept)


def _known(report: YearReport | None) -> YearReport:
    if report is None:
        raise NotFound(kind="year_report", id="")
    return report
