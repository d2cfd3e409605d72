"""The box in PostgreSQL."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection, Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow
from psycopg.sql import SQL, Composed

from application.history import box_unused
from application.history.box_facts import CAST, DELETED, VOIDED, totals
from application.history.box_postgres_table import BoxTable
from application.history.box_secrecy import faults_of
from application.history.box_store import Closing, Found, SecrecyFault, StoreFailed, Written
from domain.polls.ballot import BoxNotPrepared, Receipt

WAIT_SECONDS = 2
"""How long a statement waits for a lock, and a group for a connection."""

STALLED_SECONDS = 5
"""A process that stops in the middle of a group loses it after this time, so that the gate can close."""

_PREPARING = 0x70_6A_62_6F_78
"""Advisory lock of whoever makes tables."""

_GATES = """
CREATE TABLE IF NOT EXISTS box_gate (poll uuid PRIMARY KEY, closed boolean NOT NULL, ballots integer, root text)
"""
_SHARED = "SELECT closed, ballots, root FROM box_gate WHERE poll = %s FOR SHARE"
_ALONE = "SELECT closed, ballots, root FROM box_gate WHERE poll = %s FOR UPDATE"
_READ = "SELECT closed, ballots, root FROM box_gate WHERE poll = %s"

_SESSION = (
    f"SELECT set_config('lock_timeout', '{WAIT_SECONDS}s', false)",
    # values of a statement that fails are not logged
    "SELECT set_config('log_parameter_max_length_on_error', '0', false)",
    "SELECT set_config('log_parameter_max_length', '0', false) WHERE current_setting('is_superuser') = 'on'",
    # a receipt is given for what is on disk, whatever the installation prefers elsewhere
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
)


class _Server(PostgresDatastore):
    """The library's connections, with our settings in every session."""

    def __init__(self, database_url: str) -> None:
        said: dict[str, Any] = dict(conninfo_to_dict(database_url))
        super().__init__(
            dbname=said.pop("dbname", ""),
            host=said.pop("host", ""),
            port=said.pop("port", ""),
            user=said.pop("user", ""),
            password=said.pop("password", ""),
            connect_timeout=WAIT_SECONDS,
            idle_in_transaction_session_timeout=STALLED_SECONDS,
            pool_size=1,
            max_overflow=3,
            pre_ping=True,
        )
        limits = {"connect_timeout": WAIT_SECONDS, "tcp_user_timeout": STALLED_SECONDS * 1000}
        cast("dict[str, Any]", self.pool.kwargs).update(limits | said)

    def after_connect_func(self) -> Callable[[Connection[Any]], None]:
        """No bound method: the pool would keep this object alive."""
        library = super().after_connect_func()

        def after_connect(connection: Connection[Any]) -> None:
            library(connection)
            for setting in _SESSION:
                connection.execute(setting.encode())

        return after_connect


class PostgresBoxStore:
    """See BoxStore. Casting locks the gate's row for sharing, closing for itself.

    Row locks alone are not fair: new sharers would pass a closing that waits. So both first take an
    advisory lock of the poll, where who waits is next.
    """

    def __init__(self, database_url: str) -> None:
        self._server = _Server(database_url)
        self._tables: dict[UUID, BoxTable] = {}

    def prepare(self, poll: UUID) -> None:
        """Leaves the gate of a box that is there alone, whatever it says."""
        with self._transaction() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_PREPARING,))
            if _is_there(cursor, poll):
                return
            cursor.execute(_GATES)
            cursor.execute(box_unused.POSTGRES)
            BoxTable(self._server, poll).create_in(cursor)
            cursor.execute("INSERT INTO box_gate (poll, closed) VALUES (%s, false)", (poll,))

    def creating(self, poll: UUID) -> list[Composed]:
        """The statements that make the box of a poll, for who fills it in a transaction of its own."""
        made = BoxTable(self._server, poll).sql_create_statements
        return [
            SQL(_GATES).format(),
            SQL(box_unused.POSTGRES).format(),
            *(one for one in made if "CREATE TYPE" not in one.as_string()),
        ]

    def look(self, poll: UUID, streams: Collection[UUID]) -> Found:
        """Reads the table only."""
        table = self._table(poll)
        with self._transaction() as cursor:
            return table.found_in(cursor, streams)

    def write(self, poll: UUID, events: Sequence[StoredEvent]) -> Written:
        """Read committed: what is read back includes what another process has just committed."""
        table = self._table(poll)
        streams = [UUID(str(event.originator_id)) for event in events]
        with self._transaction() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", (_lock_of(poll),))
            gate_open = not _gate(cursor, _SHARED, poll)["closed"]
            if gate_open:
                table.insert_in(cursor, events)
            return Written(gate_open=gate_open, found=table.found_in(cursor, streams))

    def counts(self, poll: UUID) -> tuple[int, int]:
        """Counts rows by topic."""
        table = self._table(poll)
        with self._transaction() as cursor:
            rows = {row["topic"]: row["rows"] for row in cursor.execute(table.count_by_topic)}
        return rows.get(CAST, 0) + rows.get(DELETED, 0), rows.get(VOIDED, 0)

    def close_gate(self, poll: UUID) -> None:
        """Takes the gate alone."""
        self._table(poll)
        with self._transaction() as cursor:
            self._gate_alone(cursor, poll)
            cursor.execute("UPDATE box_gate SET closed = true WHERE poll = %s AND NOT closed", (poll,))

    def lay_in_order(self, poll: UUID) -> None:
        """Tables are changed in the same transaction as the gate."""
        table = self._table(poll)
        with self._transaction() as cursor:
            gate = self._gate_alone(cursor, poll)
            if not gate["closed"] or gate["root"] is not None:
                return
            table.lay_in(cursor)
            ballots, root = totals(table.receipts_in(cursor))
            cursor.execute("UPDATE box_gate SET ballots = %s, root = %s WHERE poll = %s", (ballots, root, poll))

    def wipe(self) -> None:
        """Dropping the table removed its file; how long WAL is kept is a matter of the installation."""

    def closing(self, poll: UUID) -> Closing | None:
        """Reads the gate."""
        self._table(poll)
        with self._transaction() as cursor:
            gate = _gate(cursor, _READ, poll)
        return None if gate["root"] is None else Closing(ballots=gate["ballots"], root=gate["root"])

    def ballots(self, poll: UUID) -> list[bytes]:
        """Reads the table only."""
        table = self._table(poll)
        with self._transaction() as cursor:
            return table.ballots_in(cursor)

    def receipts(self, poll: UUID) -> list[Receipt]:
        """Reads the table only."""
        table = self._table(poll)
        with self._transaction() as cursor:
            return table.receipts_in(cursor)

    def hand_in(self, poll: UUID, stream: UUID) -> bool:
        """Takes the gate alone; the table is made here for boxes from before there was one."""
        with self._transaction() as cursor:
            if self._gate_alone(cursor, poll)["root"] is None:
                raise StoreFailed
            if not _has_unused(cursor):
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_PREPARING,))
                cursor.execute(box_unused.POSTGRES)
            return box_unused.hand_in(cursor, poll, stream, "%s")

    def handed_in(self, poll: UUID) -> int:
        """None where there is no table."""
        with self._transaction() as cursor:
            return box_unused.counted(box_unused.cards_in(cursor, poll, "%s")) if _has_unused(cursor) else 0

    def delete_sealed(self, poll: UUID) -> None:
        """Takes the gate alone, as laying in order does."""
        table = self._table(poll)
        with self._transaction() as cursor:
            if self._gate_alone(cursor, poll)["root"] is None:
                raise StoreFailed
            table.delete_in(cursor)

    def secrecy_faults(self) -> tuple[SecrecyFault, ...]:
        """Reads the settings of a session like the one that casts."""
        with self._transaction() as cursor:
            rows = cursor.execute("SELECT name, setting FROM pg_settings").fetchall()
        return faults_of({row["name"]: row["setting"] for row in rows})

    def close(self) -> None:
        """Ends all connections."""
        self._server.close()

    def _table(self, poll: UUID) -> BoxTable:
        known = self._tables.get(poll)
        if known is not None:
            return known
        with self._transaction() as cursor:
            if not _is_there(cursor, poll):
                raise BoxNotPrepared(poll=poll)
        return self._tables.setdefault(poll, BoxTable(self._server, poll))

    @contextmanager
    def _transaction(self) -> Iterator[Cursor[DictRow]]:
        try:
            with self._server.transaction(commit=True) as cursor:
                yield cursor
        except (psycopg.Error, EventSourcingError):
            raise StoreFailed from None

    def _gate_alone(self, cursor: Cursor[DictRow], poll: UUID) -> Mapping[str, Any]:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", (f"{2 * STALLED_SECONDS}s",))
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_lock_of(poll),))
        return _gate(cursor, _ALONE, poll)


def _lock_of(poll: UUID) -> int:
    return int.from_bytes(poll.bytes[:8], "big", signed=True)


def _is_there(cursor: Cursor[DictRow], poll: UUID) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL AS there", (f"public.box_{poll.hex}",))
    row = cursor.fetchone()
    return bool(row and row["there"])


def _has_unused(cursor: Cursor[DictRow]) -> bool:
    cursor.execute("SELECT to_regclass('public.box_unused') IS NOT NULL AS there")
    row = cursor.fetchone()
    return bool(row and row["there"])


def _gate(cursor: Cursor[DictRow], statement: str, poll: UUID) -> Mapping[str, Any]:
    """The poll's gate. Raises StoreFailed when it cannot be read: that never means closed."""
    cursor.execute(statement.encode(), (poll,))
    row = cursor.fetchone()
    if row is None or row["closed"] is None:
        raise StoreFailed
    return row
