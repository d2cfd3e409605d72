"""The history in one SQLite file."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from threading import Event
from typing import cast
from uuid import UUID

from eventsourcing.persistence import Notification, OperationalError, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore, SQLiteFactory

from application.history.filing import CommandKey, Done
from application.history.group_commit import GroupCommit
from application.history.tree_sqlite import CREATE_TREE, SQLiteTreeStore
from application.history.wake import Wake

BUSY_SECONDS = 2
LOOK_EVERY = 0.02
"""Seconds between two looks at `PRAGMA data_version`, which costs microseconds."""

LOOK_AGAIN_AFTER = 0.5
"""Seconds until looking goes on after a fault of the disk."""

_EVENTS = """
CREATE TABLE IF NOT EXISTS stored_events (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version))
"""
_KEYS = """
CREATE TABLE IF NOT EXISTS command_keys (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    command TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (account, key)) WITHOUT ROWID
"""


_VERSIONS = (
    "SELECT value, (SELECT MAX(originator_version) FROM stored_events WHERE originator_id = value) FROM json_each(?)"
)


class SQLiteHistoryRecorder(GroupCommit, SQLiteApplicationRecorder):
    """The library's recorder with a table of its own, a connection for writing and group commit.

    The library numbers notifications by the bare rowid, which VACUUM and a dump may change. Here
    rowid is a declared AUTOINCREMENT column, so a position stays what it is and is never given twice.
    The library's pool then serves readers only: they never queue behind a writer.
    """

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore=datastore)
        self._path = datastore.pool.db_name
        self._writer = _connect(self._path)
        self.insert_events_statement = (
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )

    def construct_create_table_statements(self) -> list[str]:
        """Our own shape of the library's table, the keys of commands, and the hash tree."""
        return [_EVENTS, _KEYS, *CREATE_TREE]

    def create_table(self) -> None:
        """Makes the tables that are not there yet."""
        with self._transaction() as cursor:
            for statement in self.create_table_statements:
                cursor.execute(statement)

    @contextmanager
    def page(self) -> Iterator["_Page"]:
        """Holds the file's write lock from the first look on: what is checked is still so when written."""
        with self._transaction() as cursor:
            yield _Page(cursor, self.insert_events_statement)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        try:
            with closing(self._writer.cursor()) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    yield cursor
                    cursor.execute("COMMIT")
                finally:
                    if self._writer.in_transaction:
                        cursor.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise OperationalError(str(error)) from error

    def events_after(self, known: Mapping[UUID, int]) -> list[StoredEvent]:
        """The events of many streams after a version of each, in one query, by stream and version."""
        statement = (
            "SELECT originator_id, originator_version, topic, state FROM json_each(?) AS asked"
            " JOIN stored_events ON originator_id = asked.key AND originator_version > asked.value"
            " ORDER BY originator_id, originator_version"
        )
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(statement, (json.dumps({stream.hex: version for stream, version in known.items()}),))
            return [
                StoredEvent(
                    originator_id=UUID(row["originator_id"]),
                    originator_version=row["originator_version"],
                    topic=row["topic"],
                    state=row["state"],
                )
                for row in cursor.fetchall()
            ]

    def notifications_at(self, positions: Iterable[int]) -> list[Notification]:
        """The events at these places of the one order, in order."""
        statement = (
            "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
            " WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid"
        )
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(statement, (json.dumps(list(positions)),))
            return [
                Notification(
                    id=row["rowid"],
                    originator_id=UUID(row["originator_id"]),
                    originator_version=row["originator_version"],
                    topic=row["topic"],
                    state=row["state"],
                )
                for row in cursor.fetchall()
            ]

    def versions_of(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        """The last version of each stream, without those where nothing is."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(_VERSIONS, (_hexes(streams),))
            return {UUID(row[0]): row[1] for row in cursor.fetchall() if row[1] is not None}

    def done(self, key: CommandKey) -> Done | None:
        """What was recorded before under the key."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                "SELECT command, position FROM command_keys WHERE account = ? AND key = ?", (key.account.hex, key.key)
            )
            row = cursor.fetchone()
        return Done(command=row["command"], position=row["position"]) if row else None

    def watch(self, wake: Wake, closed: Event) -> None:
        """Calls the listeners whenever any process has committed, until `closed` is set."""
        while not closed.is_set():
            try:
                self._look_for_commits(wake, closed)
            except sqlite3.OperationalError:
                closed.wait(LOOK_AGAIN_AFTER)

    def _look_for_commits(self, wake: Wake, closed: Event) -> None:
        with closing(_connect(self._path)) as connection:
            last = None
            while not closed.wait(LOOK_EVERY):
                version = connection.execute("PRAGMA data_version").fetchone()[0]
                if version != last:
                    last = version
                    wake.set()

    @property
    def tree_store(self) -> SQLiteTreeStore:
        """The hash tree over the events, in the same file."""
        return SQLiteTreeStore(self._path)

    def close(self) -> None:
        """Ends the connection for writing."""
        self._writer.close()


class _Page:
    """One `BEGIN IMMEDIATE` transaction."""

    def __init__(self, cursor: sqlite3.Cursor, insert: str) -> None:
        self._cursor = cursor
        self._insert = insert

    def versions(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        rows = self._cursor.execute(_VERSIONS, (_hexes(streams),))
        return {UUID(stream): version for stream, version in rows if version is not None}

    def done(self, keys: Iterable[CommandKey]) -> dict[tuple[UUID, str], Done]:
        found = {}
        for asked in keys:
            row = self._cursor.execute(
                "SELECT command, position FROM command_keys WHERE account = ? AND key = ?",
                (asked.account.hex, asked.key),
            ).fetchone()
            if row:
                found[asked.account, asked.key] = Done(command=row[0], position=row[1])
        return found

    def append(self, events: Sequence[StoredEvent]) -> list[int]:
        positions = []
        for event in events:
            self._cursor.execute(
                self._insert, (UUID(str(event.originator_id)).hex, event.originator_version, event.topic, event.state)
            )
            positions.append(cast("int", self._cursor.lastrowid))
        return positions

    def keep(self, keys: Sequence[tuple[CommandKey, int]]) -> None:
        self._cursor.executemany(
            "INSERT INTO command_keys (account, key, command, position) VALUES (?,?,?,?)",
            [(key.account.hex, key.key, key.command, position) for key, position in keys],
        )


class SQLiteHistoryFactory(SQLiteFactory):
    """Makes the recorder above; its pool is for readers."""

    application_recorder_class: type[SQLiteApplicationRecorder] = SQLiteHistoryRecorder


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _hexes(streams: Iterable[UUID]) -> str:
    return json.dumps([stream.hex for stream in streams])
