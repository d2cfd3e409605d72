"""Turnout while a poll is open: a number that changes in steps, so that nobody sees whose card just went in."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from uuid import UUID
from weakref import WeakKeyDictionary

from starlette.requests import Request

from application.history.box import Box
from interfaces.composition import House

STEP = 10.0
"""Seconds; ballot.md: turnout is shown in steps of at least 10 s."""


class Turnouts:
    """The last number of ballots read from each open box; read again no sooner than a step later."""

    def __init__(self, box: Box, ticks: Callable[[], float] = monotonic) -> None:
        self._box = box
        self._ticks = ticks
        self._looking = Lock()
        self._seen: dict[UUID, tuple[float, int]] = {}

    def cast(self, poll: UUID) -> int:
        """Ballots in the box, as of this step. Raises TryAgain."""
        with self._looking:
            seen = self._seen.get(poll)
            if seen is None or self._ticks() - seen[0] >= STEP:
                seen = (self._ticks(), self._box.counts(poll).cast)
                self._seen[poll] = seen
            return seen[1]


_OF_BOXES: WeakKeyDictionary[Box, Turnouts] = WeakKeyDictionary()
"""One for a box and not one for an application: two with different steps would show a finer one between them."""


def turnouts(_request: Request, house: House) -> Turnouts:
    """The one place all pages and programs of this installation read turnout from."""
    return turnouts_of(house)


def turnouts_of(house: House) -> Turnouts:
    """The same, for screens that nobody asks for anew."""
    return _OF_BOXES.setdefault(house.box, Turnouts(house.box))
