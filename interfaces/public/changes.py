"""Notices which congresses' public pages have changed, without a question to the database for every request."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from time import monotonic, sleep
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from application.history.group_commit import Busy
from interfaces.composition import House
from projections import (
    agenda,
    calls,
    congress_directory,
    declared_results,
    houses,
    plans,
    progress_timeline,
    public_page,
    site_draws,
    voted_list,
)
from projections.reading.engine import is_passing
from projections.reading.position import Standing, standings

LOOK_AFTER: Final = 0.1
"""Seconds after which the read models are looked at without a call: they may have been made anew."""

LOOK_AGAIN_AFTER: Final = 0.005
"""Seconds at least between two looks while facts pour in; a look takes about a millisecond."""

PATIENCE: Final = 0.5
"""Seconds a page waits for a look. Where the database does not answer, nothing newer has been shown."""

_SHOWN: Final[Mapping[str, Callable[[Connection, int], set[UUID]]]] = {
    public_page.PROJECTION.name: public_page.changed_since,
    progress_timeline.PROJECTION.name: progress_timeline.changed_since,
    voted_list.PROJECTION.name: voted_list.changed_since,
    declared_results.PROJECTION.name: declared_results.changed_since,
    congress_directory.PROJECTION.name: congress_directory.changed_since,
    calls.PROJECTION.name: calls.changed_since,
    houses.PROJECTION.name: houses.changed_since,
    agenda.PROJECTION.name: agenda.changed_since,
    plans.PROJECTION.name: plans.changed_since,
    site_draws.PROJECTION.name: site_draws.changed_since,
}
"""The projections that public pages are made from, each with what it has changed after a position."""

_log = logging.getLogger(__name__)


class Changes:
    """Calls `drop` with the congresses that have changed, or with None when anything may have.

    A look is due after every commit, until the projections show it, and now and then in any case. Requests
    that come meanwhile wait for one look together, so that whoever has seen the effect of a command
    anywhere sees it here.
    """

    def __init__(self, house: House, drop: Callable[[Collection[UUID] | None], None]) -> None:
        self._history, self._reading = house.history, house.reading
        self._wake = house.history.wake
        self._drop = drop
        self._seen: Mapping[str, Standing] = {}
        self._settled = -1
        self._looked = 0.0
        self._told = ""
        self._next: Future[None] | None = None
        self._lock = Lock()
        self._looking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kept-pages")

    @property
    def due(self) -> bool:
        """Whether the kept pages may be older than what is shown."""
        return self._wake.calls != self._settled or monotonic() - self._looked > LOOK_AFTER

    async def looked_up(self) -> None:
        """Waits for the next look. One that is under way may have begun too early."""
        with self._lock:
            if self._next is None:
                self._next = self._looking.submit(self._look)
            following = self._next
        await asyncio.wait({asyncio.wrap_future(following)}, timeout=PATIENCE)

    def _look(self) -> None:
        sleep(max(0.0, self._looked + LOOK_AGAIN_AFTER - monotonic()))
        with self._lock:
            self._next = None
        heard, self._looked = self._wake.calls, monotonic()
        try:
            newest = self._history.last_position() if heard != self._settled else 0
            with self._reading.connect() as conn:
                now = standings(conn)
                changed = _changed(conn, self._seen, now)
        except Exception as error:  # noqa: BLE001 # whatever happened, pages must not grow old unnoticed
            self._tell_once(error)
            if not (is_passing(error) or isinstance(error, Busy)):
                self._drop(None)
            return
        self._told = ""
        if changed is None or changed:
            self._drop(changed)
        self._seen = now
        if all(now[name].fault or now[name].position >= newest for name in _SHOWN):
            self._settled = heard

    def _tell_once(self, error: Exception) -> None:
        if repr(error) != self._told:
            self._told = repr(error)
            _log.warning("public pages could not be compared with the read models", exc_info=error)


def _changed(conn: Connection, before: Mapping[str, Standing], now: Mapping[str, Standing]) -> set[UUID] | None:
    """The congresses with new rows; None when a read model was made anew."""
    changed: set[UUID] = set()
    for name, changed_since in _SHOWN.items():
        was, found = before.get(name), now[name]
        if was is None or (was.shape, was.generation) != (found.shape, found.generation):
            return None
        if found.position > was.position:
            changed |= changed_since(conn, was.position)
    return changed
