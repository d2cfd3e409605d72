"""The hash tree in the SQLite file of the history, by connections of its own: recording never waits for a reader."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, ClassVar, Final
from uuid import UUID

from application.history.group_commit import NotAnswering
from application.history.tree_leaf import Row, row_of
from application.history.tree_sql import SqlReading, SqlTreeStore, Talk, create_statements

CREATE_TREE: Final = create_statements("INTEGER", "BLOB")
_BUSY_SECONDS: Final = 5
_HEX_DIGITS: Final = 32


class _Talk(Talk):
    EVENT: ClassVar[str] = "rowid, originator_id, originator_version, topic, state"
    EVENTS: ClassVar[str] = "stored_events"
    POSITION: ClassVar[str] = "rowid"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, question: str, *values: object) -> list[Any]:
        return self._connection.execute(question, values).fetchall()

    def stream(self, question: str, *values: object) -> Iterator[Any]:
        return self._connection.execute(question, values)

    def rows_of(self, found: Iterator[Any]) -> Iterator[Row]:
        """Identities lie there as 32 digits; other spellings would never be found and are left as they are."""
        for position, stream, version, name, state in found:
            if type(stream) is str and len(stream) == _HEX_DIGITS:
                dashed = f"{stream[:8]}-{stream[8:12]}-{stream[12:16]}-{stream[16:20]}-{stream[20:]}"
                yield row_of(position, dashed, version, name, state)
            else:
                yield row_of(position, f"?{stream}", version, name, state)

    def identity(self, stream: UUID) -> str:
        return stream.hex

    def write(self, statement: str, rows: Sequence[Sequence[object]]) -> int:
        return self._connection.executemany(statement, rows).rowcount


class _Reading(SqlReading):
    def last_given(self) -> int | None:
        """AUTOINCREMENT gives no position twice, and takes back what was not committed."""
        found = self._talk.ask("SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'")
        return found[0][0] if found else None


class SQLiteTreeStore(SqlTreeStore):
    """See TreeStore."""

    def __init__(self, path: str) -> None:
        self._path = path

    @contextmanager
    def _looking(self) -> Iterator[Talk]:
        with self._connected() as connection:
            yield _Talk(connection)

    @contextmanager
    def _alone(self) -> Iterator[Talk]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield _Talk(connection)
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[SqlReading]:
        """One transaction: others go on writing, this one does not see it."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield _Reading(_Talk(connection))

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Closed at the end, which gives up what is not committed."""
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None, timeout=_BUSY_SECONDS)) as connection:
                connection.execute("PRAGMA synchronous=FULL")
                yield connection
        except sqlite3.OperationalError as error:
            raise NotAnswering(retry_after=2.0) from error
