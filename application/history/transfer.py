"""Taking history and box out of a store, and filling empty ones, whatever kind of database they are in."""

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import psycopg
from eventsourcing.persistence import PersistenceError

from application.history.box import open_box
from application.history.box_facts import VOIDED
from application.history.group_commit import NotAnswering
from application.history.history import open_history
from application.history.transfer_box_format import (
    BoxFile,
    BoxTally,
    Gate,
    StoredBallot,
    end_line,
    gate_line,
    row_line,
)
from application.history.transfer_format import HistoryFile, Tally, lines_of
from application.history.transfer_lines import StoredFact, StoredKey
from application.history.transfer_postgres import postgres_filling, postgres_snapshot
from application.history.transfer_sqlite import sqlite_filling, sqlite_snapshot
from application.history.tree_store import StoredCheckpoint
from domain.shared import Refused


class Snapshot(Protocol):
    """The stores at one moment, or in an order that is as good; others go on writing meanwhile.

    The boxes are read before the facts: see PostgresSnapshot and SQLiteSnapshot for why and why not.
    """

    exported: str | None
    """PostgreSQL's name of the moment, for other connections."""

    def size(self) -> int: ...
    def number(self) -> int: ...
    def facts(self) -> Iterator[StoredFact]: ...
    def keys(self) -> Iterator[StoredKey]: ...
    def checkpoints(self) -> Iterator[StoredCheckpoint]: ...
    def polls(self) -> Iterator[tuple[Gate, Iterator[StoredBallot]]]: ...


class Filling(Protocol):
    """Stores that nobody else writes to until the end of the block."""

    def require_empty_history(self) -> None: ...
    def require_empty_box(self) -> None: ...
    def fill_facts(self, facts: Iterable[StoredFact]) -> None: ...
    def fill_keys(self, keys: Iterable[StoredKey]) -> None: ...
    def fill_checkpoints(self, checkpoints: Iterable[StoredCheckpoint]) -> None: ...
    def fill_poll(self, gate: Gate, rows: Iterable[StoredBallot]) -> None: ...


@contextmanager
def snapshot(database_url: str) -> Iterator[Snapshot]:
    """To be read once, the boxes first. Raises NotAnswering, or ValueError for an address that is no store."""
    opened: AbstractContextManager[Snapshot]
    with _answering():
        _make_tables(database_url)
        if database_url.startswith("sqlite:///"):
            opened = sqlite_snapshot(*_files(database_url))
        else:
            opened = postgres_snapshot(database_url)
        with opened as taken:
            yield taken


@contextmanager
def filling(database_url: str) -> Iterator[Filling]:
    """Committed at the end of the block unless something is raised. Raises as above."""
    opened: AbstractContextManager[Filling]
    with _answering():
        _make_tables(database_url)
        if database_url.startswith("sqlite:///"):
            opened = sqlite_filling(*_files(database_url))
        else:
            opened = postgres_filling(database_url)
        with opened as into:
            yield into


def history_lines(taken: Snapshot, at: datetime, *, tally: Tally | None = None) -> Iterator[bytes]:
    """The history of a snapshot as a file. Raises BrokenFile for a fact that this program cannot read."""
    return lines_of(taken.facts(), taken.keys(), at, checkpoints=taken.checkpoints(), tally=tally)


@dataclass(eq=False)
class VotingGoesOn(Refused):
    """A box that is open holds ballots: whoever had them now would know votes before their count."""


def box_lines(taken: Snapshot, tally: BoxTally, *, while_voting: bool = True) -> Iterator[bytes]:
    """The boxes of a snapshot as a file. Raises VotingGoesOn where that was ruled out."""
    for gate, rows in taken.polls():
        tally.polls += 1
        yield gate_line(gate)
        for row in rows:
            cast = row.topic != VOIDED
            if cast and not gate.closed and not while_voting:
                raise VotingGoesOn
            tally.ballots += cast
            tally.voided += not cast
            yield row_line(row)
    yield end_line(tally)


def fill_history(into: Filling, lines: Iterable[bytes], tally: Tally | None = None) -> None:
    """Raises NotEmpty, or BrokenFile from the first line that is not right."""
    into.require_empty_history()
    with closing(HistoryFile(lines, tally=tally)) as file:
        into.fill_facts(file.facts())
        into.fill_keys(file.keys())
        into.fill_checkpoints(file.checkpoints())


def fill_box(into: Filling, lines: Iterable[bytes]) -> None:
    """Raises NotEmpty or BrokenFile."""
    into.require_empty_box()
    for gate, rows in BoxFile(lines).polls():
        into.fill_poll(gate, rows)


def check_history(lines: Iterable[bytes], tally: Tally | None = None) -> None:
    """Reads a file to its seal without keeping anything. Raises BrokenFile."""
    with closing(HistoryFile(lines, tally=tally)) as file:
        deque(file.facts(), maxlen=0)
        deque(file.keys(), maxlen=0)
        deque(file.checkpoints(), maxlen=0)


def check_box(lines: Iterable[bytes]) -> BoxTally:
    """Reads a file to its end without keeping anything. Raises BrokenFile."""
    file = BoxFile(lines)
    deque(file.polls(), maxlen=0)
    return file.tally


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (psycopg.OperationalError, sqlite3.OperationalError, PersistenceError) as error:
        raise NotAnswering(retry_after=2.0) from error


def _files(database_url: str) -> tuple[Path, Path]:
    history = Path(database_url.removeprefix("sqlite:///"))
    return history, history.with_name(f"{history.stem}-box.db")


def _make_tables(database_url: str) -> None:
    """Opening makes what is missing."""
    open_history(database_url).close()
    open_box(database_url).stop()
