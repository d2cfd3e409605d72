"""What is erased from the private store stands in none of its files either."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from application.private import wiping
from application.private.store import PrivateStore, open_private
from application.private.workings import erase_workings, keep_part
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


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_connection_is_given_back_as_it_was(private: PrivateStore, database_url: str) -> None:
    erase_workings(private, uuid4())
    with private.writing() as connection:
        given: psycopg.Connection[object] = connection.connection.driver_connection  # type: ignore[assignment]  # known: psycopg
        assert not given.autocommit
        assert connection.scalar(text("SHOW lock_timeout")) == "0"
