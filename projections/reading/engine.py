"""The database of the read models: a SQLite file beside the history, or the same PostgreSQL database."""

from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

BUSY_SECONDS = 2
_PASSING = {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN}
_ALONE = 0x70726F6A
"""Key of the PostgreSQL advisory lock under which read models are made and remade."""


def open_reading(database_url: str) -> Engine:
    """Opens the read models that belong to a history; each transaction of a reader sees one moment.

    Raises ValueError for an address that is neither SQLite nor PostgreSQL.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(url.database or ""))
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return _postgres(url)
    raise ValueError(f"not a database this program can use: {url.drivername}")


def writing(engine: Engine) -> Engine:
    """The same database for those who write: on SQLite their transactions take the write lock at once.

    A transaction that reads first and writes later would fail there as soon as another process has
    written in between, without waiting.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=True)
    return engine.execution_options(isolation_level="READ COMMITTED")


def hold_alone(conn: Connection) -> None:
    """Until the end of the transaction nobody else makes or remakes read models."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_ALONE)))


def is_passing(error: BaseException) -> bool:
    """Whether trying again later may help: the database is busy or away, nothing is wrong with the model."""
    if isinstance(error, NoConnection):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _PASSING
    return error.connection_invalidated or isinstance(error, OperationalError)


def _sqlite(history: Path) -> Engine:
    file = history.with_name(f"{history.stem}-read.db")
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # what people are called and do is in no log
        pool_size=8,
        max_overflow=32,
        pool_timeout=5,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: SQLiteConnection, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin, and commit, by guesses of its own
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")


def _postgres(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": 2},
        hide_parameters=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=2,
        pool_pre_ping=True,
    )
