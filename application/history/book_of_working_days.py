"""The chapter of the book on working days."""

from typing import Final

from domain.congress.working_days import DayMarksTakenBack, DaysMarked

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("congress.days-marked", 1, DaysMarked),
    ("congress.day-marks-taken-back", 1, DayMarksTakenBack),
)
