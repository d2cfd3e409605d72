"""The order of days: what the demonstration's bodies do is written down body by body and done day by day."""

from collections.abc import Callable
from datetime import date
from heapq import heappop, heappush

from interfaces.demo.clock import DemoClock

Step = Callable[[], object]


class Diary:
    """What is to be done on which day. A step may write down further ones for later days."""

    def __init__(self, clock: DemoClock) -> None:
        self._clock = clock
        self._waiting: list[tuple[date, int, int, Step]] = []
        self._written = 0

    def on(self, day: date, step: Step, hour: int = 9) -> None:
        """Writes down a step; those of one hour keep the order in which they were written."""
        self._written += 1
        heappush(self._waiting, (day, hour, self._written, step))

    def live_through(self, today: date) -> None:
        """Does everything up to and including this day, in the order of the days; what lies ahead stays undone."""
        while self._waiting and self._waiting[0][0] <= today:
            day, hour, _, step = heappop(self._waiting)
            self._clock.turn_to(day, hour)
            step()
