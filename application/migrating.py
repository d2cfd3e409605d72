"""Brings the stores of an installation to this release: each has a recorded version and ordered steps to the next.

A store without a record is one of the first release. New tables come by themselves; whatever changes an existing one is
a step, which runs once, in the transaction that records it. Read models are not here: they are filled anew.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.pool import ConnectionPoolEntry

from application.history.box import open_box
from application.history.history import open_history
from application.private.metadata import metadata as private_metadata
from application.private.proposal_tables import add_places
from application.private.store import open_private
from application.release import RELEASE
from domain.shared import Refused

_ALONE: Final = 0x70_6A_6D_69_67
"""Key of the PostgreSQL advisory lock of whoever migrates."""

_WAIT_SECONDS: Final = 30

_records = MetaData()
_versions = Table(
    "store_version",
    _records,
    Column("store", String(20), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("release", String(40), nullable=False),
    Column("at", String(40), nullable=False),
)


@dataclass(eq=False)
class StoreFromLaterRelease(Refused):
    """A later release has changed the store; this program could only do harm to it."""

    store: str
    release: str


@dataclass(eq=False)
class StoresNotMigrated(Refused):
    """The stores are those of an earlier release, and who runs this database decides when they change."""

    stores: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From the version before to `version`."""

    version: int
    run: Callable[[Connection], None]
    shows: str
    """A table by which a store without a record tells that the step was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One of the stores; `first` is a table that it has from the beginning."""

    name: str
    suffix: str
    first: str
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> int:
        """The version this program works with; the first release's is 1."""
        return self.steps[-1].version if self.steps else 1


STORES: Final = (
    Store(name="history", suffix="", first="command_keys"),
    Store(name="box", suffix="-box", first="box_gate"),
    Store(
        name="private",
        suffix="-private",
        first="private_credential",
        steps=(
            Step(
                version=2,
                run=private_metadata.create_all,
                shows="private_second_factor",
            ),
            Step(
                version=3,
                run=add_places,
                shows="private_loose_file",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A store as it is found: `version` is None where there is nothing yet."""

    store: Store
    version: int | None
    recorded: bool = False

    @property
    def pending(self) -> Sequence[Step]:
        """The steps that are still to be taken."""
        return [step for step in self.store.steps if self.version is not None and step.version > self.version]


def standings(database_url: str) -> list[Standing]:
    """How far each store is. Changes nothing. Raises StoreFromLaterRelease."""
    found = []
    for store in STORES:
        if not _is_there(database_url, store):
            found.append(Standing(store=store, version=None))
            continue
        with _engine(database_url, store) as engine, engine.connect() as connection:
            found.append(_standing(connection, store))
    return found


def migrate(database_url: str, now: datetime) -> list[Standing]:
    """Makes what is missing, takes every pending step and records it; returns what was found.

    Two at once take turns, and the second finds nothing to do. Raises StoreFromLaterRelease before anything is changed.
    """
    found = standings(database_url)
    for standing in found:
        if standing.version is not None:
            _bring_up(database_url, standing.store, now)
    open_history(database_url).close()
    open_box(database_url).stop()
    open_private(database_url).close()
    for standing in found:
        if standing.version is None:
            _bring_up(database_url, standing.store, now)
    return found


def require_current(database_url: str, now: datetime) -> None:
    """At start: a new installation and SQLite's files are brought here, a PostgreSQL that is in use is not touched.

    Raises StoresNotMigrated or StoreFromLaterRelease.
    """
    found = standings(database_url)
    behind = tuple(standing.store.name for standing in found if standing.pending)
    if behind and not database_url.startswith("sqlite:"):
        raise StoresNotMigrated(stores=behind)
    if not all(standing.recorded for standing in found):
        migrate(database_url, now)


def _bring_up(database_url: str, store: Store, now: datetime) -> None:
    """One transaction: the steps that nobody has taken meanwhile, and the record of them. What is new has all."""
    with _engine(database_url, store) as engine, engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_ALONE)))
        for step in _standing(connection, store).pending:
            step.run(connection)
        _records.create_all(connection)
        if _recorded(connection, store) != store.version:
            connection.execute(delete(_versions).where(_versions.c.store == store.name))
            connection.execute(
                insert(_versions).values(
                    store=store.name, version=store.version, release=RELEASE, at=now.isoformat(timespec="seconds")
                )
            )


def _standing(connection: Connection, store: Store) -> Standing:
    tables = set(inspect(connection).get_table_names())
    recorded = _recorded(connection, store) if _versions.name in tables else None
    version = recorded
    if recorded is None and store.first in tables:
        version = max([1, *(step.version for step in store.steps if step.shows in tables)])
    return Standing(store=store, version=version, recorded=recorded == store.version)


def _recorded(connection: Connection, store: Store) -> int | None:
    """Raises StoreFromLaterRelease."""
    row = connection.execute(select(_versions).where(_versions.c.store == store.name)).first()
    if row is not None and row.version > store.version:
        raise StoreFromLaterRelease(store=store.name, release=row.release)
    return None if row is None else int(row.version)


def _is_there(database_url: str, store: Store) -> bool:
    return not database_url.startswith("sqlite:///") or _file(database_url, store).exists()


def _file(database_url: str, store: Store) -> Path:
    history = Path(database_url.removeprefix("sqlite:///"))
    return history.with_name(f"{history.stem}{store.suffix}.db")


@contextmanager
def _engine(database_url: str, store: Store) -> Iterator[Engine]:
    """A connection of our own to where the store lies."""
    if database_url.startswith("sqlite:///"):
        file = _file(database_url, store)
        engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": _WAIT_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    elif database_url.startswith(("postgresql://", "postgres://")):
        address = database_url.partition("://")[2]
        engine = create_engine(f"postgresql+psycopg://{address}", hide_parameters=True)
    else:
        raise ValueError(f"not a database this program can use: {database_url.split(':', 1)[0]}")
    try:
        yield engine
    finally:
        engine.dispose()


def _set_up(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would commit before changing a table


def _begin(connection: Connection) -> None:
    """Looking takes no lock; whoever is about to change something has the file alone from the first look on."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
