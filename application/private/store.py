"""The private store: own tables, in an own file beside SQLite's history or prefixed in the same PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import ConnectionPoolEntry

from application.private import proposal_tables, supervision_tables  # noqa: F401  # the store makes these tables too
from application.private.file_store import FileStore
from application.private.metadata import metadata
from application.private.wiping import wipe

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

credentials = Table(
    "private_credential",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("password_hash", String(200), nullable=False),
)

attempts = Table(
    "private_attempt",
    metadata,
    Column("login_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", BigInteger, nullable=False),
)

slips = Table(
    "private_slip",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("slip", Uuid, nullable=False, unique=True),
    Column("expires_at", BigInteger, nullable=False),
)

sign_ins = Table(
    "private_sign_in",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account", Uuid, nullable=False, index=True),
    Column("started_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

devices = Table(
    "private_device",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("device", String(40), nullable=False),
)

workings = Table(
    "private_working",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("part", String(100), primary_key=True),
    Column("figures", Text, nullable=False),
)

hall_words = Table(
    "private_hall_word",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("word", String(6), nullable=False),
)

turnouts = Table(
    "private_turnout",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("read_ms", BigInteger, nullable=False),
    Column("ballots", Integer, nullable=False),
)

rehearsal_cards = Table(
    "private_rehearsal_card",
    metadata,
    Column("rehearsal", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("codes", Text, nullable=False),
)

doubtful_pictures = Table(
    "private_doubtful_picture",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("batch", Integer, primary_key=True),
    Column("item", String(40), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("picture", LargeBinary, nullable=False),
)

sign_in_log = Table(
    "private_sign_in_log",
    metadata,
    Column("entry", Uuid, primary_key=True),
    Column("account", Uuid, nullable=False, index=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("way", String(20), nullable=False),
    Column("device", String(40), nullable=False),
    Column("failures", Integer, nullable=False),
)

last_sign_ins = Table(
    "private_last_sign_in",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("at", BigInteger),
    Column("failures", Integer, nullable=False),
)

half_sign_ins = Table(
    "private_half_sign_in",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account", Uuid, nullable=False),
    Column("way", String(20), nullable=False),
    Column("device", String(40), nullable=False),
    Column("until", BigInteger, nullable=False),
)

second_factors = Table(
    "private_second_factor",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "private_recovery_code",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

identities = Table(
    "private_identity",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("issuer", String(200), nullable=False),
    Column("subject", String(255), nullable=False),
    UniqueConstraint("issuer", "subject"),
)

identity_steps = Table(
    "private_identity_step",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("leads_to", String(2000), nullable=False),
    Column("until", BigInteger, nullable=False),
)

preferences = Table(
    "private_preference",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("language", String(10), nullable=False),
)

notes = Table(
    "private_note",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("words", Text, nullable=False),
)

api_tokens = Table(
    "private_api_token",
    metadata,
    Column("token", Uuid, primary_key=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("used_on", Date),
)

uploads = Table(
    "private_upload",
    metadata,
    Column("upload", Uuid, primary_key=True),
    Column("account", Uuid, nullable=False),
    Column("purpose", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_until", BigInteger, nullable=False),
)


class PrivateStore:
    """Opened by `open_private`, closed by whoever opened it. Error messages never hold a parameter."""

    def __init__(self, engine: Engine, files: FileStore | None = None) -> None:
        self._engine = engine
        self.files = files
        """Where the bytes of files lie; None: in their table."""
        self._writing = engine.execution_options(writes=True)
        metadata.create_all(self._writing)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to look with."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed at the end of the block unless something is raised."""
        with self._writing.begin() as connection:
            yield connection

    def wipe(self, *erased: Table) -> None:
        """Overwrites what the rows just deleted from these tables have left in files."""
        wipe(self._engine, erased)

    def close(self) -> None:
        """Gives every connection back."""
        self._engine.dispose()


def put(connection: Connection, table: Table, **values: object) -> None:
    """Inserts the row, or replaces the one with the same key; concurrent writers never collide."""
    keys = [column.name for column in table.primary_key]
    inserting = _INSERTS[connection.dialect.name](table).values(**values)
    others = {name: value for name, value in values.items() if name not in keys}
    connection.execute(inserting.on_conflict_do_update(index_elements=keys, set_=others))


def put_if_new(connection: Connection, table: Table, **values: object) -> bool:
    """Inserts the row unless there is one with the same key; says whether it did."""
    keys = [column.name for column in table.primary_key]
    inserting = _INSERTS[connection.dialect.name](table).values(**values).on_conflict_do_nothing(index_elements=keys)
    return connection.execute(inserting.returning(*table.primary_key)).first() is not None


def open_private(database_url: str, files: FileStore | None = None) -> PrivateStore:
    """Opens the store that belongs to the history of this address, making the tables that are missing.

    New files go to `files`; without it they are kept in their table, and read from there alone.

    Raises ValueError for an address that is neither SQLite nor PostgreSQL.
    """
    if database_url.startswith("sqlite:///"):
        return PrivateStore(_sqlite(Path(database_url.removeprefix("sqlite:///"))), files)
    for scheme in ("postgresql://", "postgres://"):
        if database_url.startswith(scheme):
            address = "postgresql+psycopg://" + database_url.removeprefix(scheme)
            return PrivateStore(_postgres(address), files)
    raise ValueError(f"not a database this program can use: {database_url.split(':', 1)[0]}")


def _postgres(address: str) -> Engine:
    """Waits little: whoever asks is told to come back rather than kept for half a minute."""
    return create_engine(
        address,
        connect_args={"connect_timeout": 2, "tcp_user_timeout": 5000},
        hide_parameters=True,
        pool_size=4,
        pool_timeout=2,
        pool_pre_ping=True,
    )


def _sqlite(history: Path) -> Engine:
    beside = history.with_name(f"{history.stem}-private{history.suffix}")
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.touch(mode=0o600)  # SQLite gives its other files the same rights
    engine = create_engine(f"sqlite:///{beside}", hide_parameters=True, connect_args={"timeout": 15})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
