"""Whether this process can serve: its stores, its read models, its disk and its clock, looked at once a second."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from shutil import disk_usage
from time import monotonic
from typing import Any, Final
from uuid import UUID

from application.history.box import TryAgain
from domain.polls.ballot import BoxNotPrepared
from interfaces.composition import House

KEPT_SECONDS: Final = 1.0
PATIENCE: Final = 1.0
"""Seconds in which the stores have to answer."""

LEAST_FREE: Final = 50 * 1024 * 1024
FREE_WANTED: Final = 500 * 1024 * 1024
"""Bytes on the disk of the SQLite files. Below the first recording may fail, below the second one is warned."""

CLOCK_MAY_DIFFER: Final = timedelta(minutes=2)
"""How far the newest fact may lie ahead of the clock before the clock is doubted."""

LAG_WANTED: Final = 5000
"""Facts a read model may be behind before one is warned."""

_NO_POLL: Final = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was found. `failing` says what keeps the process from serving, `warnings` what should be seen to."""

    failing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    position: int = 0
    lags: Mapping[str, int] = field(default_factory=dict)
    """Facts that each read model has not shown yet."""

    broken: tuple[str, ...] = ()
    free_bytes: int | None = None

    @property
    def is_ready(self) -> bool:
        """Whether requests should be sent here."""
        return not self.failing

    def told(self) -> dict[str, Any]:
        """All of it as JSON; holds names of parts and numbers only."""
        return {
            "ready": self.is_ready,
            "failing": list(self.failing),
            "warnings": list(self.warnings),
            "history": {"position": self.position},
            "projections": {"lag": dict(sorted(self.lags.items())), "broken": list(self.broken)},
            "disk": None if self.free_bytes is None else {"free_bytes": self.free_bytes},
        }


class Readiness:
    """Looks with a thread of its own, so that neither a crowd of requests nor a silent database can delay the answer.

    However often it is asked, it looks once a second; while a look takes longer than it may, the answer is no.
    """

    def __init__(self, house: House, ticks: Callable[[], float] = monotonic) -> None:
        self._house = house
        self._ticks = ticks
        self._thread = ThreadPoolExecutor(1, "readiness")
        self._looking: Future[Standing] | None = None
        self._seen = Standing(failing=("starting",))
        self._seen_at = float("-inf")

    async def standing(self) -> Standing:
        """What was found within the last second."""
        if self._ticks() - self._seen_at < KEPT_SECONDS:
            return self._seen
        if self._looking is None or self._looking.done():
            self._looking = self._thread.submit(self._look)
        try:
            seen = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._looking)), PATIENCE)
        except TimeoutError:
            seen = Standing(failing=("database",))
        self._seen, self._seen_at = seen, self._ticks()
        return seen

    async def aside(self, work: Callable[[], bytes]) -> bytes:
        """Something longer for the same thread."""
        return await asyncio.wrap_future(self._thread.submit(work))

    def close(self) -> None:
        """Ends the thread; does not wait for a database that is silent."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> Standing:
        failing: list[str] = []
        warnings: list[str] = []
        position, newest = 0, None
        lags: dict[str, int] = {}
        broken: tuple[str, ...] = ()
        filling = False
        try:
            position, newest = self._history()
            lags, broken, filling = self._projections(position)
        except Exception:  # noqa: BLE001  # whatever it is, the store did not answer
            failing.append("database")
        else:
            if newest is not None and newest > self._house.office.now() + CLOCK_MAY_DIFFER:
                warnings.append("clock")
        free = self._free()
        if not self._box_answers():
            failing.append("box")
        if free is not None and free < FREE_WANTED:
            (failing if free < LEAST_FREE else warnings).append("disk")
        if filling:
            failing.append("projections")
        if broken:
            warnings.append("projections")
        if max(lags.values(), default=0) > LAG_WANTED:
            warnings.append("lag")
        return Standing(
            failing=tuple(failing),
            warnings=tuple(warnings),
            position=position,
            lags=lags,
            broken=broken,
            free_bytes=free,
        )

    def _history(self) -> tuple[int, datetime | None]:
        position = self._house.history.last_position()
        newest = self._house.history.select(position - 1, 1) if position else []
        return position, newest[0].at if newest else None

    def _projections(self, position: int) -> tuple[dict[str, int], tuple[str, ...], bool]:
        """Lags, the broken ones, and whether some have not shown the whole history yet (after an upgrade)."""
        standings = self._house.followers.standings()
        lags = {name: max(0, position - standing.position) for name, standing in standings.items()}
        broken = tuple(sorted(name for name, standing in standings.items() if standing.fault is not None))
        return lags, broken, any(not one.is_ready and one.fault is None for one in standings.values())

    def _box_answers(self) -> bool:
        """A box that says it has none for this poll has answered."""
        try:
            self._house.box.counts(_NO_POLL)
        except BoxNotPrepared:
            return True
        except TryAgain:
            return False
        return True

    def _free(self) -> int | None:
        """Only where the data lie on this computer."""
        settings = self._house.settings
        try:
            return disk_usage(settings.data).free if settings.is_embedded else None
        except OSError:
            return 0
