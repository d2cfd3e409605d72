"""Turnout while a poll is open: a number that changes in steps, so that nobody sees whose card just went in."""

from collections.abc import Callable
from functools import partial
from threading import Lock
from time import monotonic, time
from uuid import UUID
from weakref import WeakKeyDictionary

from starlette.requests import Request

from application.history.box import Box
from application.private.store import PrivateStore
from application.private.turnouts import shared_turnout
from interfaces.composition import House

Shared = Callable[[UUID, Callable[[], int]], int]

STEP = 10.0
"""Seconds; ballot.md: turnout is shown in steps of at least 10 s."""


class Turnouts:
    """The last number of ballots read from each open box; read again no sooner than a step later.

    `shared` gives the number that all processes of the installation show, and reads a new one where it is time.
    """

    def __init__(self, box: Box, ticks: Callable[[], float] = monotonic, shared: Shared | None = None) -> None:
        self._box = box
        self._ticks = ticks
        self._shared = shared or (lambda _poll, read: read())
        self._looking = Lock()
        self._seen: dict[UUID, tuple[float, int]] = {}

    def cast(self, poll: UUID) -> int:
        """Ballots in the box, as of this step. Raises TryAgain."""
        with self._looking:
            seen = self._seen.get(poll)
            if seen is None or self._ticks() - seen[0] >= STEP:
                seen = (self._ticks(), self._shared(poll, lambda: self._box.counts(poll).cast))
                self._seen[poll] = seen
            return seen[1]


_OF_BOXES: WeakKeyDictionary[Box, Turnouts] = WeakKeyDictionary()
"""One for a box and not one for an application: two with different steps would show a finer one between them."""


def turnouts(_request: Request, house: House) -> Turnouts:
    """The one place all pages and programs of this installation read turnout from."""
    return turnouts_of(house)


def turnouts_of(house: House) -> Turnouts:
    """The same, for screens that nobody asks for anew."""
    known = _OF_BOXES.get(house.box)
    return known or _OF_BOXES.setdefault(house.box, Turnouts(house.box, shared=partial(_shared, house.private)))


def _shared(private: PrivateStore, poll: UUID, read: Callable[[], int]) -> int:
    return shared_turnout(private, poll, round(time() * 1000), round(STEP * 1000), read)
