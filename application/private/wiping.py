"""Overwriting what deleted rows have left in the files of the private store."""

import logging
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Engine, Table

WAIT_SECONDS: Final = 2.0
"""Whoever erases is not held up for longer by those who read."""

logger = logging.getLogger(__name__)


def wipe(engine: Engine, erased: Sequence[Table]) -> None:
    """SQLite's log is emptied (its pages are overwritten as rows go), PostgreSQL writes these small tables anew.

    PostgreSQL's own log is the installation's. A store that is too busy keeps what it has, and a warning says so.
    """
    lent = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            _empty_log(lent.driver_connection)
        else:
            _write_anew(lent.driver_connection, [table.name for table in erased])
    except engine.dialect.loaded_dbapi.Error:
        logger.warning("what was erased may still stand in the private store's files: it was too busy")
    finally:
        lent.close()


def _empty_log(connection: Any) -> None:
    before = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute(f"PRAGMA busy_timeout={round(WAIT_SECONDS * 1000)}")
    try:
        is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout={before}")
    if is_busy:
        raise sqlite3.OperationalError("busy")


def _write_anew(connection: Any, tables: Sequence[str]) -> None:
    """Not by VACUUM: it keeps deleted rows for as long as anybody reads with an older snapshot."""
    with connection.transaction():
        connection.execute(f"SET LOCAL lock_timeout = {round(WAIT_SECONDS * 1000)}")
        for table in tables:
            connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            connection.execute(f"CREATE TEMPORARY TABLE kept_of_{table} ON COMMIT DROP AS SELECT * FROM {table}")  # noqa: S608  # names of our own
            connection.execute(f"TRUNCATE {table}")
            connection.execute(f"INSERT INTO {table} SELECT * FROM kept_of_{table}")  # noqa: S608  # names of our own
