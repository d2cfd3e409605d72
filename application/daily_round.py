"""The daily round: what the calendar brings about is recorded on its day, without anybody opening a page."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Event, Thread
from typing import Final

LOOK_EVERY: Final = 10.0
"""Seconds between two looks whether a new day has begun, or an errand has to be tried again."""

_LOG = logging.getLogger("piaojue.daily_round")

GoingOn = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something to be done once a day. Done again, or by two processes, it must change nothing."""

    name: str
    run: Callable[[GoingOn], int]
    """Does it and returns how many things it recorded; asks between two of them whether to go on."""


class DailyRound:
    """Does every errand once a day, in a thread of its own.

    `may` says at each look whether this process is the one to do it and can write; `ready` whether what the errands
    read has caught up with the history. An errand that fails is tried again at the next look.
    """

    def __init__(
        self,
        today: Callable[[], date],
        errands: Sequence[Errand],
        *,
        may: Callable[[], bool] = lambda: True,
        ready: Callable[[], bool] = lambda: True,
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._today = today
        self._errands = tuple(errands)
        self._may = may
        self._ready = ready
        self._look_every = look_every
        self._ended = Event()
        self._done: dict[str, date] = {}
        self._thread = Thread(target=self._go_on, name="daily-round", daemon=True)

    def start(self) -> None:
        """The first round begins at once."""
        self._thread.start()

    def stop(self) -> None:
        """Returns when the errand that is going on has let go."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> dict[str, int]:
        """One look: the errands of today that are not done yet, each with how much it recorded."""
        today, recorded = self._today(), {}
        for errand in self._errands:
            if self._done.get(errand.name) == today or not self._goes_on() or not self._ready():
                continue
            try:
                recorded[errand.name] = errand.run(self._goes_on)
            except Exception as error:  # noqa: BLE001  # the next look may succeed
                _LOG.warning("%s was not done: %s", errand.name, type(error).__name__)
                continue
            if self._goes_on():
                self._done[errand.name] = today
        return recorded

    def _goes_on(self) -> bool:
        return not self._ended.is_set() and self._may()

    def _go_on(self) -> None:
        while True:
            self.look()
            if self._ended.wait(self._look_every):
                return
