"""How fast a token may ask: a bucket of requests that fills up again steadily. Each process counts for itself."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic
from typing import Final
from uuid import UUID

from interfaces.api._base.refusals import TooManyRequests

_MOST_TOKENS: Final = 10_000


class Rates:
    """`per_minute` requests a minute in the long run, a sixth of them at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._per_second = per_minute / 60
        self._most = max(1.0, per_minute / 6)
        self._clock = clock
        self._left: OrderedDict[UUID, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, token: UUID) -> None:
        """One more request. Raises TooManyRequests, uncounted."""
        with self._lock:
            now = self._clock()
            left, at = self._left.get(token, (self._most, now))
            left = min(self._most, left + (now - at) * self._per_second)
            if left < 1:
                raise TooManyRequests(seconds=ceil((1 - left) / self._per_second))
            self._left[token] = (left - 1, now)
            self._left.move_to_end(token)
            while len(self._left) > _MOST_TOKENS:
                self._left.popitem(last=False)
