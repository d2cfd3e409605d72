"""On SQLite models are filled in a file of their own; their rows are then copied in one transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self
from uuid import uuid4

from sqlalchemy import Engine, Table

from application.history.recorded import Noticed
from projections.reading.engine import BUSY_SECONDS, scratch
from projections.reading.position import Stage
from projections.reading.projection import Projection
from projections.reading.shape import shapes_of

BESIDE = "beside"
"""In the name of a file that is filled; one that was left by a killed process is cleared away after a day."""


class BesideSQLite:
    """A file beside the models that is gone afterwards."""

    def __init__(self, engine: Engine, projections: Sequence[Projection]) -> None:
        self._engine = engine
        self._serving = Path(engine.url.database or "")
        self._file = self._serving.with_name(f"{self._serving.stem}-{BESIDE}-{uuid4().hex[:8]}.db")
        self._projections = projections
        self._filled: Engine

    def __enter__(self) -> Self:
        """Makes empty tables."""
        self._filled = scratch(self._file)
        with self._filled.begin() as conn:
            for projection in self._projections:
                projection.metadata.create_all(conn)
        return self

    def __exit__(self, *_raised: object) -> None:
        """Removes the file."""
        self._filled.dispose()
        self._file.unlink(missing_ok=True)

    def show(self, projections: Iterable[Projection], noticed: list[Noticed]) -> None:
        """Nothing is flushed to disk: after a crash the file is worth nothing."""
        with self._filled.begin() as conn:
            for projection in projections:
                projection.project(conn, noticed)

    def take_place(self, projection: Projection, reached: int, missing: Callable[[int, int], list[Noticed]]) -> int:
        """Holds the file's write lock for as long as the last few facts and the copying take."""
        mine = (projection.name, shapes_of(self._engine)[projection.name])
        with closing(self._connect()) as conn, _writing(conn, mine) as serving:
            if late := missing(reached, serving):
                self.show([projection], late)
                reached = late[-1].position
            for table in projection.metadata.sorted_tables:
                copy(conn, table, BESIDE)
            conn.execute(_SERVES, (reached, Stage.SERVING.value, *mine))
        return reached

    def _connect(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self._serving, isolation_level=None, timeout=BUSY_SECONDS)
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute(f"ATTACH DATABASE ? AS {BESIDE}", (str(self._file),))
        return conn


_HOLD = "UPDATE main.projection_model SET generation = generation WHERE projection = ? AND shape = ?"
_REACHED = "SELECT position FROM main.projection_model WHERE projection = ? AND shape = ?"
_SERVES = (
    "UPDATE main.projection_model SET position = ?, stage = ?, generation = generation + 1,"
    " fault = NULL, fault_position = NULL, fault_fact = NULL WHERE projection = ? AND shape = ?"
)


@contextmanager
def _writing(conn: sqlite3.Connection, mine: tuple[str, str]) -> Iterator[int]:
    """A transaction that writes from its first statement on, and where the model is then.

    The statement touches one file: `BEGIN IMMEDIATE` would lock the other one too, which is still written.
    """
    conn.execute("BEGIN")
    try:
        conn.execute(_HOLD, mine)
        row = conn.execute(_REACHED, mine).fetchone()
        yield int(row[0])
        conn.execute("COMMIT")
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def copy(conn: sqlite3.Connection, table: Table, source: str) -> None:
    """Replaces the rows by those that the same table has in an attached file."""
    name = _quoted(table.name)
    columns = ", ".join(_quoted(column.name) for column in table.columns)
    conn.execute(f"DELETE FROM main.{name}")  # noqa: S608 -- names of our own tables, quoted
    conn.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM {source}.{name}")  # noqa: S608 -- as above


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
