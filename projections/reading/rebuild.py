"""Fills models anew from the history, beside those that are read, and puts them in their place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Protocol, Self

from sqlalchemy import Engine

from application.history.history import History
from application.history.recorded import Noticed
from projections.reading.beside_postgres import BesidePostgres
from projections.reading.beside_sqlite import BesideSQLite
from projections.reading.engine import is_passing
from projections.reading.making import prepare
from projections.reading.position import standings
from projections.reading.projection import Projection

BATCH = 500
ATTEMPTS = 5
"""Followers and those who take a place can be in each other's way."""

PATIENCE = 1.0
"""Seconds in which a follower that is at work shows at least one batch."""

LOOK_AFTER = 0.01

Told = Callable[[int, int], None]
"""Takes the position reached and the last of the history."""


class Beside(Protocol):
    """Where a model is filled while another serves; a context that leaves nothing unfinished behind."""

    def __enter__(self) -> Self:
        """Raises RebuiltElsewhere when another process fills one of the models anew."""

    def __exit__(self, *raised: object) -> None: ...

    def show(self, projections: Iterable[Projection], noticed: list[Noticed]) -> None:
        """Writes the rows for a batch, for all projections or for none."""

    def take_place(self, projection: Projection, reached: int, missing: Callable[[int, int], list[Noticed]]) -> int:
        """Shows what the serving model shows beyond `reached`, then serves in its place; returns the position.

        `missing` reads the facts after a position, up to another. One transaction: readers find the old
        rows or the new ones, and a failure leaves the old.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What came of it: positions reached, and what raised, by projection. Those that raised are as they were."""

    reached: dict[str, int] = field(default_factory=dict)
    failed: dict[str, Exception] = field(default_factory=dict)


def rebuild(history: History, engine: Engine, projection: Projection) -> int:
    """Fills one model anew and returns the position reached. Raises what its `project` raises."""
    rebuilt = rebuild_all(history, engine, [projection])
    for error in rebuilt.failed.values():
        raise error
    return rebuilt.reached[projection.name]


def rebuild_all(
    history: History, engine: Engine, projections: Iterable[Projection], told: Told = lambda _reached, _last: None
) -> Rebuilt:
    """Fills models anew while they are read and followed, reading the history once for all of them.

    Raises RebuiltElsewhere. Whenever it ends, also by a signal, what is not done yet serves as before.
    """
    going = list(projections)
    for projection in going:
        prepare(engine, projection)
    rebuilt = Rebuilt()
    with _beside(engine, going) as there:
        reached, last = 0, history.last_position()
        while going and (noticed := history.select(reached, BATCH)):
            going = _show(there, going, noticed, rebuilt)
            reached = noticed[-1].position
            told(reached, max(last, reached))
        _let_followers_come(engine, going, reached)
        for projection in going:
            _take_place(there, projection, reached, history, rebuilt)
    return rebuilt


def _beside(engine: Engine, projections: list[Projection]) -> Beside:
    return BesideSQLite(engine, projections) if engine.dialect.name == "sqlite" else BesidePostgres(engine, projections)


def _show(there: Beside, going: list[Projection], noticed: list[Noticed], rebuilt: Rebuilt) -> list[Projection]:
    """Shows the batch to all; if that fails, to each alone, then halves of it. Returns those that go on."""
    try:
        there.show(going, noticed)
    except Exception as error:
        if is_passing(error):
            raise
        raised = error
    else:
        return going
    if len(going) > 1:
        return [left for one in going for left in _show(there, [one], noticed, rebuilt)]
    if len(noticed) > 1:
        half = len(noticed) // 2
        first = _show(there, going, noticed[:half], rebuilt)
        return first and _show(there, going, noticed[half:], rebuilt)
    rebuilt.failed[going[0].name] = raised
    return []


def _let_followers_come(engine: Engine, going: list[Projection], reached: int) -> None:
    """Waits until what serves shows as much: all models go forward together, and a reader may ask several.

    What nobody takes forward is not waited for.
    """
    names = [projection.name for projection in going]
    before, until = -1, monotonic() + PATIENCE
    while monotonic() < until:
        with engine.connect() as conn:
            found = standings(conn)
        behind = [found[n].position for n in names if found[n].is_ready and not found[n].fault]
        slowest = min(behind, default=reached)
        if slowest >= reached:
            return
        if slowest > before:
            before, until = slowest, monotonic() + PATIENCE
        sleep(LOOK_AFTER)


def _take_place(there: Beside, projection: Projection, reached: int, history: History, rebuilt: Rebuilt) -> None:
    def missing(after: int, upto: int) -> list[Noticed]:
        return history.select(after, upto - after, upto=upto) if upto > after else []

    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            rebuilt.reached[projection.name] = there.take_place(projection, reached, missing)
        except Exception as error:
            if not is_passing(error):
                rebuilt.failed[projection.name] = error
            elif attempts_left:
                continue
            else:
                raise
        return
