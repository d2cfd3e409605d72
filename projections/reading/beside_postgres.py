"""On PostgreSQL a model is filled in a schema of its own; then one row says where it is read."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from typing import Self

from sqlalchemy import Connection, Engine, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import DropSchema

from application.history.recorded import Noticed
from projections.reading.engine import hold_alone, writing
from projections.reading.making import make
from projections.reading.position import Key, Stage, among, current, models, now
from projections.reading.projection import Projection
from projections.reading.shape import shapes_of

_CLASS = 0x72656275
"""First key of the advisory locks of those who rebuild; the second is made of the projection's name and shape."""

_TRY = text("SELECT pg_try_advisory_lock(:class, hashtext(:model))")


class RebuiltElsewhere(Exception):
    """Another process is filling this model anew."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BesidePostgres:
    """New generations of models, as long as nobody else makes any of the same."""

    def __init__(self, engine: Engine, projections: Sequence[Projection]) -> None:
        self._engine = engine
        self._projections = projections
        self._made: dict[str, tuple[Key, str]] = {}
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        """Takes the locks, clears away what a killed process has left, and makes empty tables."""
        with self._closing:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._closing.callback(connection.close)
            self._closing.callback(connection.invalidate)  # closed and not pooled, so that the locks end with it
            for projection in self._projections:
                self._lock(connection, projection.name)
                with writing(self._engine).begin() as conn:
                    hold_alone(conn)
                    _clear_away(conn, projection.name)
                    self._made[projection.name] = make(conn, projection, Stage.BESIDE)
            self._closing = self._closing.pop_all()
        return self

    def __exit__(self, *_raised: object) -> None:
        """Drops what did not come to serve. Where the database is away, the next who rebuilds does it."""
        with self._closing, suppress(OperationalError), writing(self._engine).begin() as conn:
            for projection in self._projections:
                _clear_away(conn, projection.name)

    def show(self, projections: Iterable[Projection], noticed: list[Noticed]) -> None:
        """A crash loses them all in any case, so nothing is flushed to disk yet."""
        going = list(projections)
        with writing(self._engine, [self._made[one.name][1] for one in going]).begin() as conn:
            conn.exec_driver_sql("SET LOCAL synchronous_commit = off")
            for projection in going:
                projection.project(conn, noticed)

    def take_place(self, projection: Projection, reached: int, missing: Callable[[int, int], list[Noticed]]) -> int:
        """Holds the serving model where it is, by its row, for as long as the last few facts take."""
        key, place = self._made[projection.name]
        with writing(self._engine, [place]).begin() as conn:
            serving = conn.execute(select(models).where(current(key)).with_for_update()).one()
            if late := missing(reached, serving.position):
                projection.project(conn, late)
                reached = late[-1].position
            left = {"stage": Stage.LEFT.value, "followed_at": now()}
            conn.execute(update(models).where(current(key)).values(left))
            serves = {"stage": Stage.SERVING.value, "position": reached, "pace": serving.pace, "followed_at": now()}
            conn.execute(update(models).where(among([key])).values(serves))
        return reached

    def _lock(self, connection: Connection, name: str) -> None:
        model = f"{name} {shapes_of(connection)[name]}"
        if not connection.scalar(_TRY, {"class": _CLASS, "model": model}):
            raise RebuiltElsewhere(name)


def _clear_away(conn: Connection, name: str) -> None:
    """What was to take a place and never will: who holds the lock fills it anew, or not at all."""
    mine = (models.c.projection == name, models.c.shape == shapes_of(conn)[name], models.c.stage == Stage.BESIDE.value)
    for place in conn.scalars(select(models.c.place).where(*mine)).all():
        conn.execute(DropSchema(place, cascade=True, if_exists=True))
    conn.execute(models.delete().where(*mine))
