"""Takes models forward batch by batch, and finds the fact at which one breaks."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Condition
from time import perf_counter

from sqlalchemy import Engine

from application.history.history import History
from application.history.recorded import Noticed
from projections.reading import position as stored
from projections.reading.engine import is_passing, writing
from projections.reading.making import prepare
from projections.reading.position import AlreadyShown, Fault, Key, Stage, Standing
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild

BATCH = 500

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Followed:
    """One projection on its way. `fault` says what stopped it; `is_mine` whether this process takes it forward."""

    projection: Projection
    standing: Standing | None = None
    position: int = 0
    fault: str | None = None
    is_mine: bool = True
    is_of_this_history: bool = False
    facts: int = 0
    seconds: float = 0.0

    @property
    def known(self) -> Standing:
        """What was last seen stored of it. Raises LookupError before `prepare`."""
        if self.standing is None:
            raise LookupError(self.projection.name)
        return self.standing

    @property
    def key(self) -> Key:
        """Its model as stored."""
        return self.projection.name, self.known.shape, self.known.generation

    def learn(self, found: Standing) -> None:
        """Goes on from what is stored."""
        self.standing, self.position, self.fault = found, found.position, found.fault

    def attend(self, found: Standing | None, *, is_mine: bool) -> None:
        """What is stored counts where another process follows, and where a model was retried or rebuilt."""
        if found is None:
            self.standing = None  # its tables are gone: they are made again
        elif not (self.is_mine and is_mine):
            self.learn(found)
            if is_mine:
                self.fault = None  # taken over: this process may know better
        elif self.standing is None or found.generation != self.known.generation or (self.fault and not found.fault):
            self.learn(found)
        self.is_mine = is_mine

    def pace(self) -> int | None:
        """Facts a second of its own work since this was last asked; None when there were too few to tell."""
        measured = round(self.facts / self.seconds) if self.facts >= TELLING and self.seconds else None
        self.facts, self.seconds = 0, 0.0
        return measured


TELLING = 100
"""So many facts tell how fast a projection is."""


class Showing:
    """Reads facts once for all models that are at the same place."""

    def __init__(self, history: History, engine: Engine, followed: Sequence[Followed], moved: Condition) -> None:
        self._history = history
        self._engine = engine
        self._followed = followed
        self._moved = moved

    def prepare(self) -> None:
        """Makes tables that are missing, and learns where this process begins."""
        new = [followed for followed in self._followed if followed.standing is None]
        there = self._there() if new else {}
        for followed in new:
            followed.learn(there.get(followed.projection.name) or prepare(self._engine, followed.projection))
            followed.fault = None  # after a start everything is tried again

    def _there(self) -> dict[str, Standing]:
        with self._engine.connect() as conn:
            return stored.standings(conn)

    def begin_again(self) -> None:
        """Models that are further than the history were filled from another one, which this one replaced."""
        new = [f for f in self._followed if f.is_mine and f.standing is not None and not f.is_of_this_history]
        last = self._history.last_position() if new else 0
        for followed in new:
            if followed.position > last:
                _log.warning("%s was filled from another history and is filled anew", followed.projection.name)
                rebuild(self._history, self._engine, followed.projection)
                self._look_up([followed])
            followed.is_of_this_history = True

    def show_next(self) -> bool:
        """Takes each place where models stand one batch further; False when there was nothing to show."""
        shown = False
        ours = (f for f in self._followed if f.is_mine and f.fault is None and f.standing is not None)
        going = sorted(ours, key=lambda f: f.position)
        for position, group in groupby(going, key=lambda f: f.position):
            noticed = self._history.select(position, BATCH)
            if noticed:
                shown = True
                self._show(list(group), noticed)
        return shown

    def finish(self) -> None:
        """What has shown the whole history for the first time serves from now on."""
        full = [f for f in self._followed if f.is_mine and f.fault is None and f.known.stage is Stage.FILLING]
        if full:
            with writing(self._engine).begin() as conn:
                stored.serve(conn, [f.key for f in full])
            self._look_up(full)

    def _show(self, group: Sequence[Followed], noticed: Sequence[Noticed]) -> None:
        try:
            self._write(group, noticed)
        except AlreadyShown:
            self._look_up(group)
            return
        except Exception as error:
            if is_passing(error):
                raise
            raised = error
        else:
            with self._moved:
                for followed in group:
                    followed.position = noticed[-1].position
                self._moved.notify_all()
            return
        self._find_the_broken(group, noticed, raised)

    def _write(self, group: Sequence[Followed], noticed: Sequence[Noticed]) -> None:
        places = [followed.known.place for followed in group]
        with writing(self._engine, places).begin() as conn:
            stored.advance(conn, [followed.key for followed in group], group[0].position, noticed[-1].position)
            for followed in group:
                begun = perf_counter()
                followed.projection.project(conn, noticed)
                followed.seconds += perf_counter() - begun
                followed.facts += len(noticed)

    def _find_the_broken(self, group: Sequence[Followed], noticed: Sequence[Noticed], error: Exception) -> None:
        """Shows the batch to each alone, then halves of it; the one fact that still raises is where it stops."""
        if len(group) > 1:
            for followed in group:
                self._show([followed], noticed)
            return
        broken, half = group[0], len(noticed) // 2
        if not half:
            self._stop_at(broken, noticed[0], error)
            return
        self._show(group, noticed[:half])
        if broken.fault is None and broken.position == noticed[half - 1].position:
            self._show(group, noticed[half:])

    def _stop_at(self, broken: Followed, notice: Noticed, error: Exception) -> None:
        fault = Fault(reason=repr(error), position=notice.position, fact=self._history.name_of(notice.fact))
        _log.error(
            "projection %s is broken at %s, position %d",
            broken.projection.name,
            fault.fact,
            fault.position,
            exc_info=error,
        )
        with writing(self._engine).begin() as conn:
            stored.note_fault(conn, broken.key, fault)
        with self._moved:
            broken.fault = fault.reason
            self._moved.notify_all()

    def _look_up(self, group: Sequence[Followed]) -> None:
        """Another process follows too, or has filled a model anew, and that stands."""
        with self._engine.connect() as conn:
            found = stored.standings(conn)
        with self._moved:
            for followed in group:
                standing = found.get(followed.projection.name)
                if standing is None:
                    followed.standing = None
                else:
                    followed.learn(standing)
                    followed.fault = None
            self._moved.notify_all()
