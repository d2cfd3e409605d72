"""What an office remembers of streams, so that a roll of thousands is not folded anew for every command."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

MOST = 5_000
"""Streams; a whole congress's roll is one of them, and so is the attendance of a single delegate."""

Evolve = Callable[[Any, Any], Any]


class Folded(NamedTuple):
    """A state and the number of facts it was folded from; None and 0 where nothing is known."""

    version: int
    state: Any


NOTHING = Folded(0, None)


class Remembered:
    """The states last folded. States are frozen, so many threads may hold one; it is old the moment it is kept.

    A state counts only with its version: whoever decides on it has the version checked when recording.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[UUID, Evolve], Folded] = OrderedDict()
        self._lock = Lock()

    def of(self, stream: UUID, evolve: Evolve) -> Folded:
        """The newest state kept, or NOTHING."""
        with self._lock:
            kept = self._kept.get((stream, evolve))
            if kept is None:
                return NOTHING
            self._kept.move_to_end((stream, evolve))
            return kept

    def keep(self, stream: UUID, evolve: Evolve, folded: Folded) -> None:
        """Takes the place of an older one."""
        with self._lock:
            if folded.version > self._kept.get((stream, evolve), NOTHING).version:
                self._kept[stream, evolve] = folded
                self._kept.move_to_end((stream, evolve))
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
