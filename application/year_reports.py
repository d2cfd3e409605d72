"""Commands about the reports to the level above: keep their words, submit them, take one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import year_report as reports
from domain.congress.year_report import ReportKind, ReportPart, YearReport, YearReportWritten
from domain.files import Attached
from domain.shared import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutYears:
    """Which report is meant: its kind and the years it is on."""

    kind: ReportKind
    first_year: int
    last_year: int

    def stream_of(self, congress: UUID) -> UUID:
        """Where the report of a congress lies."""
        return reports.year_report_stream(congress, self.kind, self.first_year, self.last_year)


def write_year_report(
    office: Office, by: By, congress: UUID, about: AboutYears, title: str, parts: Sequence[ReportPart]
) -> int:
    """Keeps the words. Raises NotPermitted, NotFound, Missing, Invalid or YearReportIsSubmitted."""
    by.actor.require(Act.SUBMIT_REPORT, congress)
    stream = about.stream_of(congress)
    fact = YearReportWritten(
        congress=congress,
        kind=about.kind,
        first_year=about.first_year,
        last_year=about.last_year,
        title=title,
        parts=tuple(parts),
        on=office.today(),
    )

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        desk.add(stream, *reports.write_year_report(desk.load(stream, reports.evolve), fact))

    return office.record(by, decide)


def submit_year_report(
    office: Office, by: By, report: UUID, *, number: str, to: str, submitted_on: date, file: Attached
) -> int:
    """Writes down what was submitted. Raises NotPermitted, NotFound, Missing, Invalid or YearReportIsSubmitted."""
    by.actor.require(Act.SUBMIT_REPORT, known_report(office, report).written.congress)
    return office.change(
        by,
        report,
        reports.evolve,
        lambda now: reports.submit_year_report(
            now, number=number, to=to, submitted_on=submitted_on, file=file, today=office.today()
        ),
    )


def take_back_year_report(office: Office, by: By, report: UUID, reason: str) -> int:
    """Takes a submitted report back. Raises NotPermitted, NotFound, Missing or YearReportNotSubmitted."""
    by.actor.require(Act.SUBMIT_REPORT, known_report(office, report).written.congress)
    return office.change(
        by, report, reports.evolve, lambda now: reports.take_back_year_report(now, reason, office.today())
    )


def known_report(office: Office, report: UUID) -> YearReport:
    """Raises NotFound."""
    known = office.state_of(report, reports.evolve)
    if known is None:
        raise NotFound(kind="year_report", id=str(report))
    return known
