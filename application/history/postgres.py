"""The history in PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import InterfaceError, Notification, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore, PostgresFactory
from eventsourcing.utils import Environment, EnvType
from psycopg import Connection, Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier
from psycopg_pool import PoolTimeout

from application.history.filing import CommandKey, Done
from application.history.group_commit import GroupCommit
from application.history.postgres_statements import Statements
from application.history.tree_postgres import CREATE_TREE, PostgresTreeStore
from application.history.wake import Wake

LISTEN_AGAIN_AFTER = 0.5
"""Seconds until a broken LISTEN connection is made anew."""

_LOOK_UP = 0.1
"""Seconds between two looks of a listener whether it shall end."""

T = TypeVar("T")

_NETWORK = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""A network that has gone silent is noticed after 5 s when something was sent, after 25 s otherwise."""

_NAMED = ("dbname", "host", "port", "user", "password")


class PostgresHistoryRecorder(GroupCommit, PostgresApplicationRecorder):
    """The library's recorder with group commit, its own writing transaction and bounded waiting.

    The library takes an EXCLUSIVE lock on the table, so that positions become visible in order; but
    that lock also waits for every ANALYZE and VACUUM of the table. An advisory lock held until the
    end of the transaction keeps writers in the same order and meets no maintenance.
    """

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str) -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self._statements = Statements(datastore.schema, events_table_name, datastore.lock_timeout)

    def create_table(self) -> None:
        """Makes the tables that are not there yet; two processes starting at once do it one after the other."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (self.events_table_name,))
            for statement in self._statements.create:
                cursor.execute(statement, prepare=False)
            for further in CREATE_TREE:
                cursor.execute(further.encode(), prepare=False)

    @contextmanager
    def page(self) -> Iterator["_Page"]:
        """Holds the writers' lock from the first look on: what is checked is still so when written."""
        with self._connection() as connection, connection.pipeline(), connection.transaction():
            connection.execute(self._statements.lock_timeout)
            connection.execute(self._statements.lock)
            yield _Page(connection, self._statements)

    def events_after(self, known: Mapping[UUID, int]) -> list[StoredEvent]:
        """The events of many streams after a version of each, in one query, by stream and version."""
        return self._again(lambda: self._events_after(known))

    def _events_after(self, known: Mapping[UUID, int]) -> list[StoredEvent]:
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(self._statements.events_after, (list(known), list(known.values())), prepare=True)
            return [
                StoredEvent(
                    originator_id=row["originator_id"],
                    originator_version=row["originator_version"],
                    topic=row["topic"],
                    state=bytes(row["state"]),
                )
                for row in cursor.fetchall()
            ]

    def notifications_at(self, positions: Iterable[int]) -> list[Notification]:
        """The events at these places of the one order, in order."""
        asked = list(positions)
        return self._again(lambda: self._notifications_at(asked))

    def _notifications_at(self, positions: list[int]) -> list[Notification]:
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(self._statements.at, (positions,), prepare=True)
            return [
                Notification(
                    id=row["notification_id"],
                    originator_id=row["originator_id"],
                    originator_version=row["originator_version"],
                    topic=row["topic"],
                    state=bytes(row["state"]),
                )
                for row in cursor.fetchall()
            ]

    def versions_of(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        """The last version of each stream, without those where nothing is."""
        asked = list(streams)
        return self._again(lambda: self._versions_of(asked))

    def _versions_of(self, streams: list[UUID]) -> dict[UUID, int]:
        with self._connection() as connection, connection.cursor() as cursor:
            return _versions(cursor, self._statements, streams)

    def done(self, key: CommandKey) -> Done | None:
        """What was recorded before under the key."""
        return self._again(lambda: self._done(key))

    def _done(self, key: CommandKey) -> Done | None:
        with self._connection() as connection, connection.cursor() as cursor:
            return _done(cursor, self._statements, [key]).get((key.account, key.key))

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        """As in the library, which would repeat it ten times before it gives up."""
        select = PostgresApplicationRecorder.select_notifications.__wrapped__
        return cast("Sequence[Notification]", self._again(lambda: select(self, *args, **kwargs)))

    def max_notification_id(self) -> int | None:
        """As above."""
        read = PostgresApplicationRecorder.max_notification_id.__wrapped__
        return cast("int | None", self._again(lambda: read(self)))

    def _again(self, read: Callable[[], T]) -> T:
        """Reads once more after a restart of the server has left broken connections in the pool."""
        try:
            return read()
        except (InterfaceError, OperationalError) as error:
            if isinstance(error.__cause__, PoolTimeout):
                raise
            self.datastore.pool.check()
            return read()

    @contextmanager
    def _connection(self) -> Iterator[Connection[DictRow]]:
        """A connection from the pool; when it proves broken, its broken neighbours are replaced too.

        The pool can check each connection before it gives it away, but sleeps a second and more
        between two that it finds broken.
        """
        broken = False
        try:
            with self.datastore.get_connection() as connection:
                try:
                    yield connection
                finally:
                    broken = connection.broken
        finally:
            if broken:
                self.datastore.pool.check()

    def watch(self, wake: Wake, closed: Event) -> None:
        """Calls the listeners whenever any process has committed, until `closed` is set.

        A broken connection is made anew, and listeners are called then, as they may have missed something.
        """
        while not closed.is_set():
            try:
                with self._own_connection() as connection:
                    connection.execute(SQL("LISTEN {}").format(Identifier(self.channel_name)))
                    wake.set()
                    while not closed.is_set():
                        for _ in connection.notifies(timeout=_LOOK_UP, stop_after=1):
                            wake.set()
            except psycopg.OperationalError:
                closed.wait(LISTEN_AGAIN_AFTER)

    def _own_connection(self) -> Connection[Any]:
        """Outside the pool, so that listening takes no connection from those who read and write."""
        return psycopg.connect(autocommit=True, **cast("dict[str, Any]", self.datastore.pool.kwargs))

    @property
    def tree_store(self) -> PostgresTreeStore:
        """The hash tree over the events."""
        return PostgresTreeStore(self._connection, self._own_connection)

    def close(self) -> None:
        """Nothing of its own to end: the pool belongs to the factory."""


class _Page:
    """One transaction that holds the writers' lock."""

    def __init__(self, connection: Connection[DictRow], statements: Statements) -> None:
        self._connection = connection
        self._statements = statements

    def versions(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        with self._connection.cursor() as cursor:
            return _versions(cursor, self._statements, list(streams))

    def done(self, keys: Iterable[CommandKey]) -> dict[tuple[UUID, str], Done]:
        with self._connection.cursor() as cursor:
            return _done(cursor, self._statements, list(keys))

    def append(self, events: Sequence[StoredEvent]) -> list[int]:
        columns = (
            [event.originator_id for event in events],
            [event.originator_version for event in events],
            [event.topic for event in events],
            [event.state for event in events],
        )
        with self._connection.cursor() as cursor:
            cursor.execute(self._statements.notify)
            cursor.execute(self._statements.append, columns, prepare=True)
            return [row["notification_id"] for row in cursor.fetchall()]

    def keep(self, keys: Sequence[tuple[CommandKey, int]]) -> None:
        columns = (
            [key.account for key, _ in keys],
            [key.key for key, _ in keys],
            [key.command for key, _ in keys],
            [position for _, position in keys],
        )
        with self._connection.cursor() as cursor:
            cursor.execute(self._statements.keep, columns, prepare=True)


class PostgresHistoryFactory(PostgresFactory):
    """Makes the recorder above; what the library has no setting for goes to the connections as it is."""

    application_recorder_class: type[PostgresApplicationRecorder] = PostgresHistoryRecorder

    def __init__(self, env: Environment | EnvType | None, further: Mapping[str, Any]) -> None:
        super().__init__(env)
        cast("dict[str, Any]", self.datastore.pool.kwargs).update(further)


def settings_of(database_url: str) -> tuple[dict[str, str], dict[str, Any]]:
    """The library's settings for an address, and those that only the connections know (as `sslmode`).

    Waiting is short everywhere: two seconds for a connection and two for the lock.
    """
    parts = {name: str(value) for name, value in conninfo_to_dict(database_url).items() if value is not None}
    env = {f"POSTGRES_{name.upper()}": parts.pop(name, "") for name in _NAMED}
    env |= {
        "POSTGRES_GET_PASSWORD_TOPIC": "",
        "POSTGRES_CONNECT_TIMEOUT": "2",
        "POSTGRES_LOCK_TIMEOUT": "2",
        "POSTGRES_POOL_SIZE": "2",
        "POSTGRES_MAX_OVERFLOW": "6",
        "POSTGRES_MAX_WAITING": "200",
        "POSTGRES_CONN_MAX_AGE": "3600",
        "POSTGRES_PRE_PING": "n",
        "POSTGRES_IDLE_IN_TRANSACTION_SESSION_TIMEOUT": "5",
        "POSTGRES_SCHEMA": "",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "n",
        "SINGLE_ROW_TRACKING": "y",
    }
    return env, _NETWORK | parts


def _versions(cursor: Cursor[DictRow], statements: Statements, streams: Sequence[UUID]) -> dict[UUID, int]:
    cursor.execute(statements.versions, (streams,), prepare=True)
    return {row["stream"]: row["version"] for row in cursor.fetchall() if row["version"] is not None}


def _done(cursor: Cursor[DictRow], statements: Statements, keys: Sequence[CommandKey]) -> dict[tuple[UUID, str], Done]:
    cursor.execute(statements.done, ([key.account for key in keys], [key.key for key in keys]), prepare=True)
    return {
        (row["account"], row["key"]): Done(command=row["command"], position=row["position"])
        for row in cursor.fetchall()
    }
