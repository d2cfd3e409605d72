"""Shows every recorded fact to every projection: in order, in batches, exactly once."""

import logging
from collections.abc import Iterable
from threading import Condition, Event, Lock, Thread
from time import monotonic
from typing import ClassVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from application.history.group_commit import Busy
from application.history.history import History
from projections.reading import position as stored
from projections.reading.duty import Duty
from projections.reading.engine import is_passing, writing
from projections.reading.position import Standing
from projections.reading.projection import Projection
from projections.reading.shape import shapes_of
from projections.reading.showing import Followed, Showing
from projections.reading.tidy import tidy

LOOK_AFTER = 1.0
"""Seconds after which history and stored positions are looked at without having been called."""

TRY_AGAIN_AFTER = 0.2
LOOK_ELSEWHERE = 0.005
"""Seconds between two looks at positions that another process moves."""

NOTE_AFTER = 5.0
"""Seconds between two notes about how fast facts are shown, while there are any."""

TIDY_AFTER = 3600.0
NOTE_AT_LEAST = 3600.0
"""Seconds between two notes that a model is in use, without any facts."""

_log = logging.getLogger(__name__)


class Followers:
    """One thread takes all projections forward, those at the same place together.

    A batch's rows and the new positions are one transaction, so a fact is shown once however often
    the process dies and however many processes follow. A projection that raises stops alone, at the
    fact it raised at; it goes on after `piaojue projections retry`, a rebuild or the next start.
    """

    patience: ClassVar[float] = 2.0
    """Seconds somebody waits to see the effect of a command before the page comes without it."""

    def __init__(self, history: History, engine: Engine, projections: Iterable[Projection]) -> None:
        self._history = history
        self._engine = engine
        self._followed = [Followed(projection) for projection in projections]
        self._moved = Condition()
        self._showing = Showing(history, engine, self._followed, self._moved)
        shapes = shapes_of(engine)
        self._duty = Duty(engine, {f.projection.name: shapes[f.projection.name] for f in self._followed})
        self._turn = Lock()
        self._stopping = Event()
        self._thread: Thread | None = None
        self._looking = False
        self._attended = self._noted = self._tidied = float("-inf")
        self._told = ""

    def prepare(self) -> None:
        """Makes the tables that are missing, for those who read before anybody follows."""
        with self._turn:
            self._showing.prepare()

    def start(self, *, caught_up: bool = True) -> None:
        """Shows what is recorded already (`caught_up`), then follows in a thread until `stop`.

        What another process follows is left to it, until it ends.
        """
        self._stopping.clear()
        self._attended = float("-inf")
        if caught_up:
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
        self._duty.leave()

    def catch_up(self) -> None:
        """Shows everything recorded so far, in the caller's thread, whoever else follows."""
        with self._turn:
            self._showing.prepare()
            for followed in self._followed:
                followed.is_mine, followed.fault = True, None
            self._showing.begin_again()
            while self._showing.show_next():
                pass
            self._showing.finish()

    def wait_for(self, position: int, timeout: float | None = None) -> bool:
        """Whether all projections that are not broken show this position, at the latest after `timeout` seconds.

        Without a timeout it is `patience`. What another process follows is looked up in the stored positions, by one
        of those who wait for all of them.
        False at once when every projection is broken: waiting would not help.
        """
        deadline = monotonic() + (self.patience if timeout is None else timeout)
        if self._thread is None:
            self.prepare()
        with self._moved:
            while (shown := self._slowest()) is not None and shown < position:
                left = deadline - monotonic()
                if left <= 0:
                    return False
                if self._looking or not self._is_followed_elsewhere():
                    self._moved.wait(left)
                else:
                    self._look_elsewhere(position, deadline)
            return shown is not None

    def standings(self) -> dict[str, Standing]:
        """How far each projection is, and what stopped it, as stored."""
        with self._engine.connect() as conn:
            return stored.standings(conn)

    def is_ready(self) -> bool:
        """Whether every model has shown the whole history once; a broken one shows what it can."""
        found = self.standings()
        names = {followed.projection.name for followed in self._followed}
        return names <= found.keys() and all(found[name].is_ready or found[name].fault for name in names)

    def _follow(self) -> None:
        wake = self._history.wake
        while not self._stopping.is_set():
            heard = wake.calls
            if self._show_all_patiently():
                wake.wait(heard, LOOK_AFTER)

    def _show_all_patiently(self) -> bool:
        try:
            with self._turn:
                self._showing.prepare()
                self._attend()
                self._showing.begin_again()
                while self._showing.show_next() and not self._stopping.is_set():
                    self._attend()
                if not self._stopping.is_set():
                    self._showing.finish()
        except Exception as error:  # noqa: BLE001 # whatever happened, following goes on when it is over
            self._tell_once(error)
            self._attended = float("-inf")  # locks may be gone, and positions moved
            self._stopping.wait(TRY_AGAIN_AFTER)
            return False
        self._told = ""
        return True

    def _tell_once(self, error: Exception) -> None:
        if repr(error) != self._told:
            self._told = repr(error)
            passing = is_passing(error) or isinstance(error, Busy)
            _log.log(logging.WARNING if passing else logging.ERROR, "the followers try again", exc_info=error)

    def _attend(self) -> None:
        """Now and then: whose turn it is, what the command line has retried or rebuilt, and that we are here."""
        moment = monotonic()
        if moment - self._attended < LOOK_AFTER:
            return
        mine = self._duty.take()
        found = self.standings()
        with self._moved:
            for followed in self._followed:
                followed.attend(found.get(followed.projection.name), is_mine=followed.projection.name in mine)
            self._moved.notify_all()
        self._attended = moment
        self._note(moment)

    def _note(self, moment: float) -> None:
        due = NOTE_AFTER if any(f.facts for f in self._followed) else NOTE_AT_LEAST
        if moment - self._noted < due:
            return
        paces = {f.key: f.pace() for f in self._followed if f.is_mine}
        if paces:
            with writing(self._engine).begin() as conn:
                stored.note_following(conn, paces, stored.now())
            self._tidy(moment)
        self._noted = moment

    def _tidy(self, moment: float) -> None:
        if moment - self._tidied < TIDY_AFTER:
            return
        self._tidied = moment
        try:
            tidy(self._engine, stored.now())
        except SQLAlchemyError as error:
            _log.warning("what is left over of read models stays for now", exc_info=error)

    def _slowest(self) -> int | None:
        return min((f.position for f in self._followed if f.fault is None), default=None if self._followed else 0)

    def _is_followed_elsewhere(self) -> bool:
        return self._thread is None or any(not f.is_mine for f in self._followed)

    def _look_elsewhere(self, position: int, deadline: float) -> None:
        """Looks until the position is shown, for all who wait; called and left with `_moved` held."""
        self._looking = True
        try:
            while (left := deadline - monotonic()) > 0:
                self._moved.release()
                try:
                    found = self._stored_patiently()
                finally:
                    self._moved.acquire()
                for followed in self._followed:
                    if (self._thread is None or not followed.is_mine) and followed.projection.name in found:
                        followed.learn(found[followed.projection.name])
                self._moved.notify_all()
                if (shown := self._slowest()) is None or shown >= position:
                    return
                self._moved.wait(min(left, LOOK_ELSEWHERE))
        finally:
            self._looking = False
            self._moved.notify_all()

    def _stored_patiently(self) -> dict[str, Standing]:
        try:
            return self.standings()
        except SQLAlchemyError as error:
            if not is_passing(error):
                raise
            return {}
