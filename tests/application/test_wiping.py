"""What is erased from the private store stands in none of its files either."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from application.private import wiping
from application.private.store import PrivateStore, open_private
from application.private.workings import erase_workings, keep_part, parts_of
from tests.e2e.pieces import files_of

FIGURES = {"items": [{"id": "1", "marks": [3, 300, 8, 2]}]}
STORED = b'"marks":[3,300,8,2]'


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


def found(database_url: str) -> bool:
    return any(STORED in piece.content for piece in files_of(database_url))


def test_figures_that_were_erased_stand_in_no_file(private: PrivateStore, database_url: str) -> None:
    poll = uuid4()
    keep_part(private, poll, "box/browser", FIGURES)
    assert found(database_url)
    erase_workings(private, poll)
    assert not found(database_url)


def test_a_store_that_is_read_keeps_nobody_waiting_and_says_so(
    private: PrivateStore, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(wiping, "WAIT_SECONDS", 0.1)
    poll = uuid4()
    keep_part(private, poll, "box/browser", FIGURES)
    with private.reading() as connection:
        connection.execute(text("SELECT * FROM private_working")).all()
        erase_workings(private, poll)
    assert "too busy" in caplog.text
    assert found(database_url)
    erase_workings(private, poll)
    assert not found(database_url)


def test_the_figures_of_another_poll_stay(private: PrivateStore) -> None:
    ended, other = uuid4(), uuid4()
    for poll in (ended, other):
        keep_part(private, poll, "box/browser", FIGURES)
    erase_workings(private, ended)
    assert parts_of(private, other) == {"box/browser": FIGURES}


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_who_reads_something_else_keeps_no_figure_alive(private: PrivateStore, database_url: str) -> None:
    """A transaction with an older snapshot makes VACUUM keep what was deleted."""
    poll = uuid4()
    keep_part(private, poll, "box/browser", FIGURES)
    with psycopg.connect(database_url) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM private_note")
        erase_workings(private, poll)
        assert not found(database_url)
