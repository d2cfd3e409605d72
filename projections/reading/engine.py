"""The database of the read models: a SQLite file beside the history, or schemas of the same PostgreSQL database.

A program reads the shapes that it knows and no others. On SQLite each set of shapes is a file of its own;
on PostgreSQL each model is a schema, and a transaction begins by looking up which schemas are read at that
very moment. So an older program goes on with its models while a newer one fills others, and a model that was
filled anew is never half seen: a transaction finds the old rows or the new ones, wherever it looks.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED
from sqlite3 import Connection as SQLiteConnection
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.schema import CreateSchema

from projections.reading.position import SCHEMA, Stage, metadata, models
from projections.reading.projection import Projection
from projections.reading.shape import set_digest, shape_of
from projections.reading.shelf import ALL

BUSY_SECONDS = 2
_PASSING = {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN}
_ALONE = 0x70726F6B
"""Key of the PostgreSQL advisory lock under which the tables of read models are made."""

MODEL_FILES: Final = "-read"
"""After the name of the history's file come this, the digest of the shapes and `.db`."""


def open_reading(database_url: str, projections: Iterable[Projection] = ALL) -> Engine:
    """Opens the read models that belong to a history; each transaction of a reader sees one moment.

    Raises ValueError for an address that is neither SQLite nor PostgreSQL.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        engine = _sqlite(Path(url.database or ""), _shapes(url, projections))
    elif url.get_backend_name() in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
        engine = _postgres(url, _shapes(url, projections))
    else:
        raise ValueError(f"not a database this program can use: {url.drivername}")
    _make_ready(engine)
    return engine


def model_files(history: Path) -> list[Path]:
    """Every file of read models beside a history, also those of other programs."""
    return sorted(history.parent.glob(f"{history.stem}{MODEL_FILES}*.db"))


def writing(engine: Engine, places: Iterable[str] | None = None) -> Engine:
    """The same database for those who write, into these places; otherwise into the models that are read.

    On SQLite their transactions take the write lock at once: one that reads first and writes later would
    fail there as soon as another process has written in between, without waiting.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=True)
    return engine.execution_options(isolation_level="READ COMMITTED", places=None if places is None else tuple(places))


def hold_alone(conn: Connection) -> None:
    """Until the end of the transaction nobody else makes tables of read models."""
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


def scratch(file: Path) -> Engine:
    """A SQLite file for one who fills it and nobody else; after a crash it is worth nothing."""
    engine = create_engine(URL.create("sqlite", database=str(file)), hide_parameters=True, pool_size=1)
    event.listen(engine, "connect", _configure_scratch)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_ready(engine: Engine) -> None:
    """Makes the table of positions where there is none."""
    schema = SCHEMA if engine.dialect.name == "postgresql" else None
    with writing(engine, ()).begin() as conn:
        if inspect(conn).has_table(models.name, schema=schema):
            return
        hold_alone(conn)
        if schema:
            conn.execute(CreateSchema(schema, if_not_exists=True))
        metadata.create_all(conn)


def _shapes(url: URL, projections: Iterable[Projection]) -> dict[str, str]:
    dialect = url.get_dialect()()
    return {projection.name: shape_of(projection, dialect) for projection in projections}


def _sqlite(history: Path, shapes: Mapping[str, str]) -> Engine:
    file = history.with_name(f"{history.stem}{MODEL_FILES}-{set_digest(shapes)}.db")
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        execution_options={"shapes": shapes, "history": history},
        hide_parameters=True,  # what people are called and do is in no log
        pool_size=8,
        max_overflow=32,
        pool_timeout=5,
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: SQLiteConnection, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin, and commit, by guesses of its own
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _configure_scratch(connection: SQLiteConnection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=MEMORY")
    connection.execute("PRAGMA synchronous=OFF")


def _begin_sqlite(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")


def _postgres(url: URL, shapes: Mapping[str, str]) -> Engine:
    engine = create_engine(
        url,
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": 2, "tcp_user_timeout": 5000},
        execution_options={"shapes": shapes},
        hide_parameters=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=2,
        pool_pre_ping=True,
    )
    look = _LOOK.format(schema=SCHEMA, left=Stage.LEFT, beside=Stage.BESIDE, mine=_literals(shapes))
    event.listen(engine, "begin", partial(_begin_postgres, look))
    return engine


_LOOK = """
SELECT set_config('search_path', concat(string_agg(quote_ident(place) || ', ', ''), '{schema}'), true)
FROM {schema}.projection_model WHERE stage NOT IN ('{left}', '{beside}') AND (projection, shape) IN ({mine})
"""


def _begin_postgres(look: str, conn: Connection) -> None:
    """For a reader: where the models lie as of the moment that the whole transaction sees."""
    places = conn.get_execution_options().get("places")
    if places is None:
        conn.exec_driver_sql(look)
    else:
        conn.exec_driver_sql(f"SET LOCAL search_path = {', '.join((*places, SCHEMA))}")


def _literals(shapes: Mapping[str, str]) -> str:
    """Constant text, so that the server plans it once a connection. Names are identifiers, shapes digests."""
    return ", ".join(f"('{name}', '{shape}')" for name, shape in sorted(shapes.items())) or "('', '')"
