"""The chapter of the book on reports to the level above."""

from typing import Final

from domain.congress.year_report import YearReportSubmitted, YearReportTakenBack, YearReportWritten

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("congress.year-report-written", 1, YearReportWritten),
    ("congress.year-report-submitted", 1, YearReportSubmitted),
    ("congress.year-report-taken-back", 1, YearReportTakenBack),
)
