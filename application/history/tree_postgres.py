"""The hash tree in PostgreSQL, beside the events."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError
from psycopg import Connection
from psycopg.rows import tuple_row

from application.history.group_commit import NotAnswering
from application.history.tree_leaf import Row, row_of
from application.history.tree_sql import SqlReading, SqlTreeStore, Talk, create_statements

CREATE_TREE: Final = create_statements("bigint", "bytea")
_GROWING: Final = 0x70_6A_74_72_65_65
"""Advisory lock of whoever writes tiles or checkpoints."""

_AT_ONCE: Final = 2000
_PATIENT: Final = (
    "SELECT set_config('statement_timeout', '0', false), set_config('idle_in_transaction_session_timeout', '0', false)"
)

Connecting = Callable[[], AbstractContextManager[Connection[Any]]]


class _Talk(Talk):
    EVENT: ClassVar[str] = "notification_id, originator_id::text, originator_version, topic, state"
    EVENTS: ClassVar[str] = "office_events"
    POSITION: ClassVar[str] = "notification_id"

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def ask(self, question: str, *values: object) -> list[Any]:
        with self._connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            return cursor.execute(_ours(question), values).fetchall()

    def stream(self, question: str, *values: object) -> Iterator[Any]:
        with self._connection.cursor(name=f"tree_{uuid4().hex}", row_factory=tuple_row) as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(_ours(question), values, binary=True)
            yield from cursor

    def rows_of(self, found: Iterator[Any]) -> Iterator[Row]:
        """Types are the database's own care."""
        for row in found:
            yield row_of(*row)

    def identity(self, stream: UUID) -> UUID:
        return stream

    def write(self, statement: str, rows: Sequence[Sequence[object]]) -> int:
        with self._connection.cursor() as cursor:
            cursor.executemany(_ours(statement), rows)
            return cursor.rowcount


class _Reading(SqlReading):
    def last_given(self) -> int | None:
        """A sequence skips numbers whenever something is not committed: it tells nothing."""
        return None


class PostgresTreeStore(SqlTreeStore):
    """See TreeStore. `pooled` lends a connection for a moment, `own` makes one for as long as it takes."""

    def __init__(self, pooled: Connecting, own: Callable[[], Connection[Any]]) -> None:
        self._pooled = pooled
        self._own = own

    @contextmanager
    def _looking(self) -> Iterator[Talk]:
        with _answering(), self._pooled() as connection, connection.transaction():
            yield _Talk(connection)

    @contextmanager
    def _alone(self) -> Iterator[Talk]:
        with _answering(), self._pooled() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_GROWING,))
            yield _Talk(connection)

    @contextmanager
    def reading(self) -> Iterator[SqlReading]:
        """One snapshot, on a connection of its own."""
        with _answering(), self._own() as connection:
            connection.execute(_PATIENT)
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield _Reading(_Talk(connection))
            connection.execute("ROLLBACK")


def _ours(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (psycopg.OperationalError, InterfaceError, OperationalError) as error:
        raise NotAnswering(retry_after=2.0) from error
