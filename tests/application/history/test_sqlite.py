"""What holds on SQLite only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from application.history import sqlite
from application.history.history import History, open_history
from application.office import Busy, Office
from tests.support.diary import BOOK, LineWritten, diary, evolve, line
from tests.support.stores import by

MINE = diary("mine")

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@contextmanager
def locked(database_url: str) -> Iterator[sqlite3.Connection]:
    """Another process holds the write lock."""
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("ROLLBACK")


def test_positions_survive_vacuum_and_are_never_given_twice(desk_office: Office, database_url: str) -> None:
    for text in "abcd":
        desk_office.change(by(), diary(text), evolve, line(text))
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM stored_events WHERE rowid IN (1, 2, 4)")
        connection.commit()
        connection.execute("VACUUM")
    assert [(one.position, one.fact) for one in desk_office.history.select(0, 9)] == [(3, LineWritten(text="c"))]
    assert desk_office.change(by(), diary("e"), evolve, line("e")) == 5


def test_every_commit_is_flushed_to_disk(diaries: History) -> None:
    assert isinstance(diaries.recorder, sqlite.SQLiteHistoryRecorder)
    writer = diaries.recorder._writer
    assert writer.execute("PRAGMA synchronous").fetchone() == (2,)
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_readers_do_not_wait_for_writers(desk_office: Office, database_url: str) -> None:
    desk_office.change(by(), MINE, evolve, line("a"))
    with locked(database_url):
        assert len(desk_office.history.select(0, 10)) == 1
        assert desk_office.state_of(MINE, evolve) is not None


def test_a_file_that_stays_locked_is_busy(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    history = open_history(database_url, BOOK)
    office, ask = Office(history), by()
    with locked(database_url), pytest.raises(Busy):
        office.change(ask, MINE, evolve, line("a"))
    office.change(ask, MINE, evolve, line("a"))
    assert history.facts_of([MINE]) == {MINE: [LineWritten(text="a")]}
    history.close()


def test_the_folder_of_the_file_is_made(tmp_path: Path, store: str) -> None:
    open_history(f"sqlite:///{tmp_path}/a/b/piaojue.db", BOOK).close()
    assert (tmp_path / "a/b/piaojue.db").exists()
