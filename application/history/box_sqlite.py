"""The box in a SQLite file of its own."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import (
    SQLiteAggregateRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from application.history import box_unused
from application.history.box_facts import CAST, DELETED, VOIDED, fact_in, receipt_in, totals, without_bytes
from application.history.box_store import Closing, Found, SecrecyFault, StoreFailed, Written
from domain.polls.ballot import BoxNotPrepared, Receipt

BUSY_SECONDS = 5

_GATES = """
CREATE TABLE IF NOT EXISTS box_gate (
    poll TEXT PRIMARY KEY,
    closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
    ballots INTEGER,
    root TEXT) WITHOUT ROWID
"""


class _Transaction(SQLiteTransaction):
    """Takes the file's write lock at once: a gate that was read open stays open until the commit."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor


class _Connection(SQLiteConnection):
    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with _Transaction(self, commit=commit) as cursor, cursor:
            yield cursor


class _Pool(SQLiteConnectionPool):
    def _create_connection(self) -> SQLiteConnection:
        plain = super()._create_connection()._sqlite_conn  # noqa: SLF001  # the library hides it from nobody else
        plain.execute("PRAGMA secure_delete=ON")
        plain.execute("PRAGMA synchronous=FULL")
        return _Connection(sqlite_conn=plain, max_age=None)


class _File(SQLiteDatastore):
    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.pool = _Pool(db_name=str(path), lock_timeout=BUSY_SECONDS)


class _Table(SQLiteAggregateRecorder):
    """The library's recorder for one poll; a conflict is a normal answer."""

    def __init__(self, datastore: SQLiteDatastore, poll: UUID) -> None:
        super().__init__(datastore, events_table_name=f"box_{poll.hex}")
        self.poll = poll
        self.insert_events_statement += " ON CONFLICT DO NOTHING"

    def construct_create_table_statements(self) -> list[str]:
        """Beside the library's table: the same ballot is never accepted under two cards."""
        return [*super().construct_create_table_statements(), self.index]

    @property
    def index(self) -> str:
        """The statement that makes the index over the states of ballots."""
        name = self.events_table_name
        return f"CREATE UNIQUE INDEX IF NOT EXISTS {name}_ballot ON {name} (state) WHERE topic = '{CAST}'"

    def create_in(self, cursor: SQLiteCursor) -> None:
        """Makes table and index in a transaction of the caller's."""
        self._create_table(cursor)

    def insert_in(self, cursor: SQLiteCursor, events: Sequence[StoredEvent]) -> None:
        """Inserts in a transaction of the caller's, leaving out what conflicts."""
        self._insert_events(cursor, events)

    def found_in(self, cursor: SQLiteCursor, streams: Collection[UUID]) -> Found:
        """What the streams hold."""
        cursor.execute(
            f"SELECT originator_id, topic, state FROM {self.events_table_name}"  # noqa: S608  # a name we made
            " WHERE originator_id IN (SELECT value FROM json_each(?))",
            (json.dumps([stream.hex for stream in streams]),),
        )
        return {UUID(row["originator_id"]): fact_in(row["topic"], row["state"]) for row in cursor.fetchall()}

    def lay_in(self, cursor: SQLiteCursor) -> None:
        """Copies the rows in the order of their keys into a fresh table that takes the old one's place."""
        name, fresh = self.events_table_name, f"{self.events_table_name}_laid"
        library_table = super().construct_create_table_statements()[0]
        cursor.execute(library_table.replace(f"EXISTS {name} ", f"EXISTS {fresh} "))
        cursor.execute(f"INSERT INTO {fresh} SELECT * FROM {name} ORDER BY originator_id, originator_version")  # noqa: S608  # names we made
        cursor.execute(f"DROP TABLE {name}")
        cursor.execute(f"ALTER TABLE {fresh} RENAME TO {name}")
        cursor.execute(self.index)

    def ballots_in(self, cursor: SQLiteCursor) -> list[bytes]:
        """The states of all ballots cast."""
        cursor.execute(f"SELECT state FROM {self.events_table_name} WHERE topic = ?", (CAST,))  # noqa: S608  # a name we made
        return [row["state"] for row in cursor.fetchall()]

    def receipts_in(self, cursor: SQLiteCursor) -> list[Receipt]:
        """The receipts of all ballots cast, deleted ones too."""
        cursor.execute(f"SELECT topic, state FROM {self.events_table_name} WHERE topic <> ?", (VOIDED,))  # noqa: S608  # a name we made
        return [receipt_in(row["topic"], row["state"]) for row in cursor.fetchall()]

    def delete_in(self, cursor: SQLiteCursor) -> None:
        """Overwrites every ballot with its receipt."""
        name = self.events_table_name
        cursor.execute(f"SELECT originator_id, state FROM {name} WHERE topic = ?", (CAST,))  # noqa: S608  # a name we made
        for row in cursor.fetchall():
            left = without_bytes(UUID(row["originator_id"]), row["state"])
            cursor.execute(
                f"UPDATE {name} SET topic = ?, state = ? WHERE originator_id = ?",  # noqa: S608  # a name we made
                (left.topic, left.state, row["originator_id"]),
            )


class SQLiteBoxStore:
    """See BoxStore. `BEGIN IMMEDIATE` serialises casting and closing, also between processes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._file = _File(path)
        self._tables: dict[UUID, _Table] = {}

    def prepare(self, poll: UUID) -> None:
        """Leaves the gate of a box that is there alone, whatever it says."""
        table = _Table(self._file, poll)
        with self._transaction(commit=True) as cursor:
            if _is_there(cursor, table):
                return
            cursor.execute(_GATES)
            cursor.execute(box_unused.SQLITE)
            table.create_in(cursor)
            cursor.execute("INSERT INTO box_gate (poll, closed) VALUES (?, 0)", (poll.hex,))

    def creating(self, poll: UUID) -> list[str]:
        """The statements that make the box of a poll, for who fills it in a transaction of its own."""
        return [_GATES, box_unused.SQLITE, *_Table(self._file, poll).create_table_statements]

    def look(self, poll: UUID, streams: Collection[UUID]) -> Found:
        """Reads the table only."""
        table = self._table(poll)
        with self._transaction(commit=False) as cursor:
            return table.found_in(cursor, streams)

    def write(self, poll: UUID, events: Sequence[StoredEvent]) -> Written:
        """One `BEGIN IMMEDIATE` transaction."""
        table = self._table(poll)
        streams = [UUID(str(event.originator_id)) for event in events]
        with self._transaction(commit=True) as cursor:
            gate_open = not _gate(cursor, poll)["closed"]
            if gate_open:
                table.insert_in(cursor, events)
            return Written(gate_open=gate_open, found=table.found_in(cursor, streams))

    def counts(self, poll: UUID) -> tuple[int, int]:
        """Counts rows by topic."""
        name = self._table(poll).events_table_name
        with self._transaction(commit=False) as cursor:
            cursor.execute(f"SELECT topic, COUNT(*) AS rows FROM {name} GROUP BY topic")  # noqa: S608  # a name we made
            rows = {row["topic"]: row["rows"] for row in cursor.fetchall()}
        return rows.get(CAST, 0) + rows.get(DELETED, 0), rows.get(VOIDED, 0)

    def close_gate(self, poll: UUID) -> None:
        """Waits for the file's write lock."""
        self._table(poll)
        with self._transaction(commit=True) as cursor:
            _gate(cursor, poll)
            cursor.execute("UPDATE box_gate SET closed = 1 WHERE poll = ? AND closed = 0", (poll.hex,))

    def lay_in_order(self, poll: UUID) -> None:
        """Tables are changed in the same transaction as the gate."""
        table = self._table(poll)
        with self._transaction(commit=True) as cursor:
            gate = _gate(cursor, poll)
            if not gate["closed"] or gate["root"] is not None:
                return
            table.lay_in(cursor)
            ballots, root = totals(table.receipts_in(cursor))
            cursor.execute("UPDATE box_gate SET ballots = ?, root = ? WHERE poll = ?", (ballots, root, poll.hex))

    def wipe(self) -> None:
        """Writes the file anew without free pages and empties the log, which held the order of writing."""
        with _failing_plainly(), self._file.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()["busy"]:
                raise StoreFailed

    def closing(self, poll: UUID) -> Closing | None:
        """Reads the gate."""
        self._table(poll)
        with self._transaction(commit=False) as cursor:
            gate = _gate(cursor, poll)
        return None if gate["root"] is None else Closing(ballots=gate["ballots"], root=gate["root"])

    def ballots(self, poll: UUID) -> list[bytes]:
        """Reads the table only."""
        table = self._table(poll)
        with self._transaction(commit=False) as cursor:
            return table.ballots_in(cursor)

    def receipts(self, poll: UUID) -> list[Receipt]:
        """Reads the table only."""
        table = self._table(poll)
        with self._transaction(commit=False) as cursor:
            return table.receipts_in(cursor)

    def hand_in(self, poll: UUID, stream: UUID) -> bool:
        """The table is made here for boxes from before there was one."""
        with self._transaction(commit=True) as cursor:
            if _gate(cursor, poll)["root"] is None:
                raise StoreFailed
            cursor.execute(box_unused.SQLITE)
            return box_unused.hand_in(cursor, poll.hex, stream, "?")

    def handed_in(self, poll: UUID) -> int:
        """None where there is no table."""
        with self._transaction(commit=False) as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'box_unused'")
            if cursor.fetchone() is None:
                return 0
            return box_unused.counted(box_unused.cards_in(cursor, poll.hex, "?"))

    def delete_sealed(self, poll: UUID) -> None:
        """The rows keep their keys, and with them their order."""
        table = self._table(poll)
        with self._transaction(commit=True) as cursor:
            if _gate(cursor, poll)["root"] is None:
                raise StoreFailed
            table.delete_in(cursor)

    def secrecy_faults(self) -> tuple[SecrecyFault, ...]:
        """A file of our own has no settings but our own."""
        return ()

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _table(self, poll: UUID) -> _Table:
        known = self._tables.get(poll)
        if known is not None:
            return known
        table = _Table(self._file, poll)
        with self._transaction(commit=False) as cursor:
            if not _is_there(cursor, table):
                raise BoxNotPrepared(poll=poll)
        return self._tables.setdefault(poll, table)

    @contextmanager
    def _transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with _failing_plainly(), self._file.transaction(commit=commit) as cursor:
            yield cursor


@contextmanager
def _failing_plainly() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, EventSourcingError):
        raise StoreFailed from None


def _is_there(cursor: SQLiteCursor, table: _Table) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table.events_table_name,))
    return cursor.fetchone() is not None


def _gate(cursor: SQLiteCursor, poll: UUID) -> sqlite3.Row:
    """The poll's gate. Raises StoreFailed when it cannot be read: that never means closed."""
    cursor.execute("SELECT closed, ballots, root FROM box_gate WHERE poll = ?", (poll.hex,))
    row: sqlite3.Row | None = cursor.fetchone()
    if row is None or row["closed"] not in {0, 1}:
        raise StoreFailed
    return row
