"""On SQLite a program of another version has its own file: models whose shape is the same are copied from there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from projections.reading.beside_sqlite import BESIDE, copy
from projections.reading.engine import BUSY_SECONDS, model_files
from projections.reading.position import Stage
from projections.reading.projection import Projection
from projections.reading.shape import shapes_of

_ATTACH = "ATTACH DATABASE ? AS older"
_THIS = "FROM older.projection_model WHERE projection = ? AND shape = ? AND stage = ? AND fault IS NULL"
_FOUND = f"SELECT 1 {_THIS}"
_TAKEN = f"INSERT INTO main.projection_model SELECT * {_THIS}"
_TABLES = "SELECT sql FROM older.sqlite_master WHERE tbl_name IN (?1, ?1 || '_fts') AND sql IS NOT NULL ORDER BY rowid"
"""A table with its indexes and triggers, and the full-text index that bears its name, which its triggers fill."""


def take_over(engine: Engine, projection: Projection) -> None:
    """Copies the model from the newest file that has it, if any has; then it need not be filled."""
    own = Path(engine.url.database or "")
    for file in _others(engine, own):
        with closing(sqlite3.connect(own, isolation_level=None, timeout=BUSY_SECONDS)) as conn:
            conn.execute(_ATTACH, (str(file),))
            try:
                if _take(conn, projection, shapes_of(engine)[projection.name]):
                    return
            except sqlite3.OperationalError:  # the first release's file has no such table; or others were faster
                continue


def _others(engine: Engine, own: Path) -> Iterator[Path]:
    files = [file for file in model_files(engine.get_execution_options()["history"]) if file != own]
    known = [(file.stat().st_mtime, file) for file in files if BESIDE not in file.stem]
    yield from (file for _, file in sorted(known, reverse=True))


def _take(conn: sqlite3.Connection, projection: Projection, shape: str) -> bool:
    """One transaction, which leaves nothing behind when the connection is closed before its end."""
    this = (projection.name, shape, Stage.SERVING.value)
    conn.execute("BEGIN")
    if conn.execute(_FOUND, this).fetchone() is None:
        return False
    for table in projection.metadata.sorted_tables:
        for (made,) in conn.execute(_TABLES, (table.name,)).fetchall():
            conn.execute(made)
        copy(conn, table, "older")
    conn.execute(_TAKEN, this)
    conn.execute("COMMIT")
    return True
