"""The clock of the demonstration: a year passes while it is made."""

from datetime import date, datetime, time, timedelta

from domain.shared import CHINA


class DemoClock:
    """Tells the moment the story has reached; every look takes a second, so that no two facts coincide."""

    def __init__(self, start: date) -> None:
        self._moment = datetime.combine(start, time(9), CHINA)

    @staticmethod
    def today() -> date:
        """The day the story is told, in China."""
        return datetime.now(CHINA).date()

    def __call__(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment

    def turn_to(self, day: date, hour: int = 9) -> None:
        """The story goes on that day; it never goes back."""
        self._moment = max(self._moment, datetime.combine(day, time(hour), CHINA))
