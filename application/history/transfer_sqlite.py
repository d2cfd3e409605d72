"""Reading and filling the SQLite files of history and box."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

from application.history import box_unused
from application.history.box_sqlite import SQLiteBoxStore
from application.history.sqlite import BUSY_SECONDS
from application.history.transfer_box_format import Gate, StoredBallot
from application.history.transfer_checks import NotEmpty
from application.history.transfer_lines import StoredFact, StoredKey
from application.history.tree_sql import CHECKPOINTS, FILL_CHECKPOINTS, checkpoint_of, row_for
from application.history.tree_store import StoredCheckpoint


class SQLiteSnapshot:
    """See Snapshot. The history as it was at the first look, each box as it is when it is read, later.

    The files have no snapshot in common. Read in this order, what was taken is a state that a crash could have
    left as well: every command writes the box before it records what the box did (a poll is recorded as closed after
    its gate has closed), so a box that is a moment younger than the history is what each command already copes with.
    A box that were older could miss ballots that the history has counted. For the same reason passwords and slips are
    read last: they are written after their facts.
    """

    exported: str | None = None

    def __init__(self, history: Path, box: Path) -> None:
        self._history = _opened(history)
        self._history.execute("BEGIN")
        self._history.execute("SELECT max(rowid) FROM stored_events").fetchone()
        self._box = _opened(box)

    def facts(self) -> Iterator[StoredFact]:
        """By position."""
        rows = self._history.execute(
            "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid"
        )
        return (StoredFact(position, UUID(stream), *others) for position, stream, *others in rows)

    def keys(self) -> Iterator[StoredKey]:
        """By account and key."""
        rows = self._history.execute("SELECT account, key, command, position FROM command_keys ORDER BY account, key")
        return (StoredKey(UUID(account), *others) for account, *others in rows)

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """By number."""
        return map(checkpoint_of, self._history.execute(CHECKPOINTS))

    def size(self) -> int:
        """Bytes of both files."""
        return sum(_size(connection) for connection in (self._history, self._box))

    def number(self) -> int:
        """How many facts there are."""
        return int(self._history.execute("SELECT count(*) FROM stored_events").fetchone()[0])

    def polls(self) -> Iterator[tuple[Gate, Iterator[StoredBallot]]]:
        """A transaction for each poll, short enough for a closing that waits to empty the log (5 s)."""
        if not _has(self._box, "box_gate"):
            return
        known = [poll for (poll,) in self._box.execute("SELECT poll FROM box_gate ORDER BY poll").fetchall()]
        for poll in known:
            self._box.execute("BEGIN")
            closed, ballots, root = self._box.execute(
                "SELECT closed, ballots, root FROM box_gate WHERE poll = ?", (poll,)
            ).fetchone()
            rows = self._box.execute(
                f"SELECT originator_id, topic, state FROM box_{poll} ORDER BY originator_id"  # noqa: S608  # a name we made
            )
            streams = (StoredBallot(UUID(stream), topic, state) for stream, topic, state in rows)
            yield Gate(UUID(poll), bool(closed), ballots, root, self._unused(poll)), streams
            self._box.execute("COMMIT")

    def _unused(self, poll: str) -> tuple[UUID, ...]:
        if not _has(self._box, "box_unused"):
            return ()
        row = self._box.execute("SELECT cards FROM box_unused WHERE poll = ?", (poll,)).fetchone()
        return box_unused.unpacked(row[0]) if row else ()

    def close(self) -> None:
        """Ends the reading."""
        self._history.close()
        self._box.close()


class SQLiteFilling:
    """See Filling. Holds the write locks of both files until `commit`."""

    def __init__(self, history: Path, box: Path) -> None:
        self._history = _opened(history)
        self._making = SQLiteBoxStore(box)
        self._box = _opened(box)
        self._box.execute("PRAGMA secure_delete=ON")
        self._history.execute("BEGIN IMMEDIATE")
        self._box.execute("BEGIN IMMEDIATE")

    def require_empty_history(self) -> None:
        """Raises NotEmpty."""
        _require_none(self._history, "SELECT 1 FROM stored_events LIMIT 1", "history")
        _require_none(self._history, "SELECT 1 FROM command_keys LIMIT 1", "history")
        _require_none(self._history, "SELECT 1 FROM checkpoints LIMIT 1", "history")

    def require_empty_box(self) -> None:
        """Raises NotEmpty."""
        if _has(self._box, "box_gate"):
            _require_none(self._box, "SELECT 1 FROM box_gate LIMIT 1", "box")

    def fill_facts(self, facts: Iterable[StoredFact]) -> None:
        """At their positions; AUTOINCREMENT goes on after the last."""
        self._history.executemany(
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) VALUES (?,?,?,?,?)",
            ((fact.position, fact.stream.hex, fact.version, fact.name, fact.state) for fact in facts),
        )

    def fill_keys(self, keys: Iterable[StoredKey]) -> None:
        """As they were."""
        self._history.executemany(
            "INSERT INTO command_keys (account, key, command, position) VALUES (?,?,?,?)",
            ((key.account.hex, key.key, key.command, key.position) for key in keys),
        )

    def fill_checkpoints(self, checkpoints: Iterable[StoredCheckpoint]) -> None:
        """As they were; the hash tree itself grows again by itself."""
        self._history.executemany(FILL_CHECKPOINTS, map(row_for, checkpoints))

    def fill_poll(self, gate: Gate, rows: Iterable[StoredBallot]) -> None:
        """In the order of the cards."""
        for statement in self._making.creating(gate.poll):
            self._box.execute(statement)
        self._box.executemany(
            f"INSERT INTO box_{gate.poll.hex} (originator_id, originator_version, topic, state) VALUES (?,1,?,?)",  # noqa: S608  # a name we made
            ((row.stream.hex, row.topic, row.state) for row in rows),
        )
        self._box.execute(
            "INSERT INTO box_gate (poll, closed, ballots, root) VALUES (?,?,?,?)",
            (gate.poll.hex, int(gate.closed), gate.ballots, gate.root),
        )
        if gate.unused:
            kept = (gate.poll.hex, box_unused.packed(gate.unused))
            self._box.execute("INSERT INTO box_unused (poll, cards) VALUES (?,?)", kept)

    def commit(self) -> None:
        """The box first: a history without its box could not be used, a box without history is nobody's."""
        self._box.execute("COMMIT")
        self._history.execute("COMMIT")

    def close(self) -> None:
        """Gives up what was not committed."""
        self._history.close()
        self._box.close()
        self._making.close()


@contextmanager
def sqlite_snapshot(history: Path, box: Path) -> Iterator[SQLiteSnapshot]:
    """Both files, open for reading."""
    with closing(SQLiteSnapshot(history, box)) as snapshot:
        yield snapshot


@contextmanager
def sqlite_filling(history: Path, box: Path) -> Iterator[SQLiteFilling]:
    """Both files, locked; committed at the end of the block unless something is raised."""
    with closing(SQLiteFilling(history, box)) as filling:
        yield filling
        filling.commit()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _size(connection: sqlite3.Connection) -> int:
    pages, of_bytes = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * of_bytes)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def _require_none(connection: sqlite3.Connection, question: str, store: str) -> None:
    if connection.execute(question).fetchone() is not None:
        raise NotEmpty(store=store)
