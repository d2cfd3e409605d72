"""Shows every recorded fact to every projection: in order, in batches, exactly once."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Condition, Event, Lock, Thread
from time import monotonic

from sqlalchemy import Engine

from application.history.group_commit import Busy
from application.history.history import History
from application.history.recorded import Noticed
from projections.reading.engine import is_passing, writing
from projections.reading.position import AlreadyShown, Standing, advance, note_fault, standings
from projections.reading.projection import Projection
from projections.reading.rebuild import prepare

BATCH = 500
LOOK_AFTER = 1.0
"""Seconds after which the history is looked at without having been called."""

TRY_AGAIN_AFTER = 0.2
LOOK_ELSEWHERE = 0.01
"""Seconds between two looks at positions that another process moves."""

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Followed:
    """One projection on its way; `fault` says what stopped it."""

    projection: Projection
    shape: str = ""
    position: int = 0
    fault: str | None = None


class Followers:
    """One thread takes all projections forward, those at the same place together.

    A batch's rows and the new positions are one transaction, so a fact is shown once however often
    the process dies and however many processes follow. A projection that raises stops alone.
    """

    def __init__(self, history: History, engine: Engine, projections: Iterable[Projection]) -> None:
        self._history = history
        self._engine = engine
        self._followed = [_Followed(projection) for projection in projections]
        self._moved = Condition()
        self._turn = Lock()
        self._stopping = Event()
        self._thread: Thread | None = None
        self._told = ""

    def prepare(self) -> None:
        """Makes the tables that are missing or of another shape, for those who read before anybody follows."""
        with self._turn:
            self._prepare()

    def start(self) -> None:
        """Shows what is recorded already, then follows in a thread until `stop`."""
        self._stopping.clear()
        self._show_all_patiently()
        self._thread = Thread(target=self._follow, name="followers", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Returns when the thread has ended; what was not shown yet is shown after the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._history.wake.set()
            self._thread.join()
            self._thread = None

    def catch_up(self) -> None:
        """Shows everything recorded so far, in the caller's thread."""
        with self._turn:
            self._prepare()
            while self._show_next():
                pass

    def wait_for(self, position: int, timeout: float = 2.0) -> bool:
        """Whether all projections that are not broken show this position, at the latest after `timeout` seconds.

        Where no thread follows in this process, the stored positions are looked at.
        """
        if self._thread is None:
            return self._wait_elsewhere(position, timeout)
        with self._moved:
            return self._moved.wait_for(lambda: self._slowest() >= position, timeout)

    def standings(self) -> dict[str, Standing]:
        """How far each projection is, and what stopped it, as stored."""
        with self._engine.connect() as conn:
            return standings(conn)

    def _prepare(self) -> None:
        for followed in self._followed:
            if not followed.shape:
                standing = prepare(self._engine, followed.projection)
                followed.position, followed.shape = standing.position, standing.shape

    def _follow(self) -> None:
        wake = self._history.wake
        while not self._stopping.is_set():
            heard = wake.calls
            if self._show_all_patiently():
                wake.wait(heard, LOOK_AFTER)

    def _show_all_patiently(self) -> bool:
        try:
            with self._turn:
                self._prepare()
                while self._show_next() and not self._stopping.is_set():
                    pass
        except Exception as error:  # noqa: BLE001 # whatever happened, following goes on when it is over
            self._tell_once(error)
            self._stopping.wait(TRY_AGAIN_AFTER)
            return False
        self._told = ""
        return True

    def _tell_once(self, error: Exception) -> None:
        if repr(error) != self._told:
            self._told = repr(error)
            passing = is_passing(error) or isinstance(error, Busy)
            _log.log(logging.WARNING if passing else logging.ERROR, "the followers try again", exc_info=error)

    def _show_next(self) -> bool:
        """Takes each place where projections stand one batch further; False when there was nothing to show."""
        shown = False
        going = sorted((f for f in self._followed if f.fault is None), key=lambda f: f.position)
        for position, group in groupby(going, key=lambda f: f.position):
            noticed = self._history.select(position, BATCH)
            if noticed:
                shown = True
                self._show(list(group), noticed)
        return shown

    def _show(self, group: Sequence[_Followed], noticed: Sequence[Noticed]) -> None:
        before, after = group[0].position, noticed[-1].position
        shapes = {followed.projection.name: followed.shape for followed in group}
        try:
            with writing(self._engine).begin() as conn:
                advance(conn, shapes, before, after)
                for followed in group:
                    followed.projection.project(conn, noticed)
        except AlreadyShown:
            self._look_up(group)
        except Exception as error:
            if is_passing(error):
                raise
            self._find_the_broken(group, noticed, error)
        else:
            with self._moved:
                for followed in group:
                    followed.position = after
                self._moved.notify_all()

    def _find_the_broken(self, group: Sequence[_Followed], noticed: Sequence[Noticed], error: Exception) -> None:
        """Shows the batch to each alone; the one that still raises stops here."""
        if len(group) > 1:
            for followed in group:
                self._show([followed], noticed)
            return
        broken = group[0]
        _log.error("projection %s is broken after position %d", broken.projection.name, broken.position, exc_info=error)
        with writing(self._engine).begin() as conn:
            note_fault(conn, broken.projection, repr(error))
        self._stop_at(broken, repr(error))

    def _stop_at(self, broken: _Followed, fault: str) -> None:
        with self._moved:
            broken.fault = fault
            self._moved.notify_all()

    def _look_up(self, group: Sequence[_Followed]) -> None:
        """Another process follows too, or has remade a model; one that it remade in its own shape is its own."""
        found = self.standings()
        for followed in group:
            standing = found.get(followed.projection.name)
            if standing is None or standing.shape != followed.shape:
                self._stop_at(followed, "the stored model has another shape")
                continue
            with self._moved:
                followed.position = standing.position
                self._moved.notify_all()

    def _slowest(self) -> int:
        return min((f.position for f in self._followed if f.fault is None), default=0)

    def _wait_elsewhere(self, position: int, timeout: float) -> bool:
        self.prepare()
        names = {followed.projection.name for followed in self._followed}
        deadline = monotonic() + timeout
        while True:
            found = {name: standing for name, standing in self.standings().items() if name in names}
            going = [standing.position for standing in found.values() if standing.fault is None]
            if len(found) == len(names) and all(reached >= position for reached in going):
                return True
            if monotonic() >= deadline:
                return False
            self._stopping.wait(LOOK_ELSEWHERE)
