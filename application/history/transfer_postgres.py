"""Reading and filling the tables of history and box in PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from application.history import box_unused
from application.history.box_postgres import PostgresBoxStore
from application.history.transfer_box_format import Gate, StoredBallot
from application.history.transfer_checks import NotEmpty
from application.history.transfer_lines import StoredFact, StoredKey
from application.history.tree_sql import CHECKPOINTS, FILL_CHECKPOINTS, checkpoint_of, row_for
from application.history.tree_store import StoredCheckpoint

AT_ONCE: Final = 2000
"""Rows fetched together."""

_PATIENT: Final = (
    "SELECT set_config('statement_timeout', '0', false), set_config('idle_in_transaction_session_timeout', '0', false),"
    " set_config('lock_timeout', '10s', false)"
)


_SIZE: Final = """
SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND (relname IN ('office_events', 'command_keys', 'checkpoints') OR relname ~ '^(box|private)_')
"""


class PostgresSnapshot:
    """See Snapshot. Everything as it was at one moment, which `exported` lets other connections share.

    Closing a poll replaces the table of its box, and a replaced table would look empty to a snapshot from before. So
    the boxes are held (against replacing, not against casting) before the snapshot is taken, on a connection of
    their own, and let go as soon as they have been read: a closing waits for seconds, not for the whole history.
    """

    def __init__(self, history: Connection[Any], boxes: Connection[Any]) -> None:
        self._boxes = boxes
        self._history = history
        # while boxes are held nothing else may wait for one that is being replaced: the server would see no deadlock
        self._size = int(_one(history, _SIZE))
        self._polls = _hold(boxes)
        history.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        history.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(_one(boxes, "SELECT pg_export_snapshot()")))
        self.exported: str | None = _one(history, "SELECT pg_export_snapshot()")

    def facts(self) -> Iterator[StoredFact]:
        """By position."""
        rows = _streamed(
            self._history,
            SQL(
                "SELECT notification_id, originator_id, originator_version, topic, state"
                " FROM office_events ORDER BY notification_id"
            ),
        )
        return (StoredFact(*row) for row in rows)

    def keys(self) -> Iterator[StoredKey]:
        """By account and key."""
        rows = _streamed(
            self._history,
            SQL('SELECT account, key, command, position FROM command_keys ORDER BY account, key COLLATE "C"'),
        )
        return (StoredKey(*row) for row in rows)

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """By number."""
        return map(checkpoint_of, _streamed(self._history, SQL(CHECKPOINTS)))

    def size(self) -> int:
        """Bytes of the tables that are taken, those of the private store among them."""
        return self._size

    def number(self) -> int:
        """How many facts there are."""
        return int(_one(self._history, "SELECT count(*) FROM office_events"))

    def polls(self) -> Iterator[tuple[Gate, Iterator[StoredBallot]]]:
        """All polls; afterwards the boxes may be replaced again."""
        for gate in self._polls:
            table = Identifier("public", f"box_{gate.poll.hex}")
            rows = _streamed(
                self._boxes, SQL("SELECT originator_id, topic, state FROM {} ORDER BY originator_id").format(table)
            )
            yield gate, (StoredBallot(*row) for row in rows)
        self._boxes.execute("COMMIT")


class PostgresFilling:
    """See Filling. One transaction that holds the writers' lock of the history and keeps boxes from being prepared."""

    def __init__(self, connection: Connection[Any], making: PostgresBoxStore) -> None:
        self._connection = connection
        self._making = making
        connection.execute("BEGIN")
        connection.execute("SELECT pg_advisory_xact_lock('office_events'::regclass::oid::bigint)")

    def require_empty_history(self) -> None:
        """Raises NotEmpty."""
        for table in ("office_events", "command_keys", "checkpoints"):
            if _one(self._connection, f"SELECT EXISTS (SELECT FROM {table})"):  # noqa: S608  # names of ours
                raise NotEmpty(store="history")

    def require_empty_box(self) -> None:
        """Raises NotEmpty."""
        there = _one(self._connection, "SELECT to_regclass('public.box_gate') IS NOT NULL")
        if there:
            self._connection.execute("LOCK TABLE box_gate IN SHARE ROW EXCLUSIVE MODE")
        if there and _one(self._connection, "SELECT EXISTS (SELECT FROM box_gate)"):
            raise NotEmpty(store="box")

    def fill_facts(self, facts: Iterable[StoredFact]) -> None:
        """At their positions; the sequence goes on after the last."""
        copied = "COPY office_events (notification_id, originator_id, originator_version, topic, state)"
        position = 0
        with self._connection.cursor() as cursor, cursor.copy(f"{copied} FROM STDIN (FORMAT BINARY)".encode()) as copy:
            copy.set_types(["int8", "uuid", "int8", "text", "bytea"])
            for fact in facts:
                copy.write_row(fact)
                position = fact.position
        if position:
            sequence = "pg_get_serial_sequence('office_events', 'notification_id')"
            self._connection.execute(f"SELECT setval({sequence}, %s)".encode(), (position,))

    def fill_keys(self, keys: Iterable[StoredKey]) -> None:
        """As they were."""
        copied = b"COPY command_keys (account, key, command, position) FROM STDIN (FORMAT BINARY)"
        with self._connection.cursor() as cursor, cursor.copy(copied) as copy:
            copy.set_types(["uuid", "text", "text", "int8"])
            for key in keys:
                copy.write_row(key)

    def fill_checkpoints(self, checkpoints: Iterable[StoredCheckpoint]) -> None:
        """As they were; the hash tree itself grows again by itself."""
        with self._connection.cursor() as cursor:
            cursor.executemany(FILL_CHECKPOINTS.replace("?", "%s").encode(), map(row_for, checkpoints))

    def fill_poll(self, gate: Gate, rows: Iterable[StoredBallot]) -> None:
        """In the order of the cards, which is then the order on the disk too."""
        for statement in self._making.creating(gate.poll):
            self._connection.execute(statement)
        table = Identifier("public", f"box_{gate.poll.hex}")
        copied = SQL("COPY {} (originator_id, originator_version, topic, state) FROM STDIN (FORMAT BINARY)")
        with self._connection.cursor() as cursor, cursor.copy(copied.format(table)) as copy:
            copy.set_types(["uuid", "int8", "text", "bytea"])
            for row in rows:
                copy.write_row((row.stream, 1, row.topic, row.state))
        made = "INSERT INTO box_gate (poll, closed, ballots, root) VALUES (%s, %s, %s, %s)"
        self._connection.execute(made, (gate.poll, gate.closed, gate.ballots, gate.root))
        if gate.unused:
            kept = (gate.poll, box_unused.packed(gate.unused))
            self._connection.execute("INSERT INTO box_unused (poll, cards) VALUES (%s, %s)", kept)

    def commit(self) -> None:
        """Tells those who follow."""
        self._connection.execute("NOTIFY office_events")
        self._connection.execute("COMMIT")


@contextmanager
def postgres_snapshot(database_url: str) -> Iterator[PostgresSnapshot]:
    """Two connections that see the same moment."""
    with ExitStack() as open_ones:
        connections = [open_ones.enter_context(_connected(database_url)) for _ in range(2)]
        yield PostgresSnapshot(*connections)


@contextmanager
def postgres_filling(database_url: str) -> Iterator[PostgresFilling]:
    """One transaction, committed at the end of the block unless something is raised."""
    making = PostgresBoxStore(database_url)
    try:
        with _connected(database_url) as connection:
            filling = PostgresFilling(connection, making)
            yield filling
            filling.commit()
    finally:
        making.close()


@contextmanager
def _connected(database_url: str) -> Iterator[Connection[Any]]:
    """Closed at the end, which gives up what is not committed."""
    connection = psycopg.connect(database_url, autocommit=True, connect_timeout=5, application_name="piaojue transfer")
    try:
        connection.execute(_PATIENT.encode())
        yield connection
    finally:
        connection.close()


def _hold(boxes: Connection[Any]) -> list[Gate]:
    """Begins a transaction whose snapshot is younger than its hold on every box it sees."""
    held: set[UUID] = set()
    while True:
        boxes.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for poll in sorted(held):
            table = Identifier("public", f"box_{poll.hex}")
            boxes.execute(SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(table))
        gates = _gates(boxes)
        if {gate.poll for gate in gates} <= held:
            return gates
        held |= {gate.poll for gate in gates}
        boxes.execute("ROLLBACK")


def _gates(boxes: Connection[Any]) -> list[Gate]:
    if not _one(boxes, "SELECT to_regclass('public.box_gate') IS NOT NULL"):
        return []
    rows = boxes.execute("SELECT poll, closed, ballots, root FROM box_gate ORDER BY poll").fetchall()
    unused = _unused(boxes)
    return [Gate(*row)._replace(unused=unused.get(row[0], ())) for row in rows]


def _unused(boxes: Connection[Any]) -> dict[UUID, tuple[UUID, ...]]:
    if not _one(boxes, "SELECT to_regclass('public.box_unused') IS NOT NULL"):
        return {}
    return {poll: box_unused.unpacked(bytes(cards)) for poll, cards in boxes.execute("SELECT * FROM box_unused")}


def _streamed(connection: Connection[Any], question: SQL | Composed) -> Iterator[tuple[Any, ...]]:
    with connection.cursor(name=f"piaojue_{uuid4().hex}") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(question, binary=True)
        yield from cursor


def _one(connection: Connection[Any], question: str) -> Any:
    row = connection.execute(question.encode()).fetchone()
    return None if row is None else row[0]
