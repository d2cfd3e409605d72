"""What holds on PostgreSQL only."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from application.history.history import History, open_history
from application.history.postgres import settings_of
from application.office import Busy, Office
from tests.support.diary import BOOK, LineWritten, diary, evolve, line
from tests.support.postgres import end_sessions
from tests.support.stores import by

MINE = diary("mine")

pytestmark = pytest.mark.parametrize("store", ["postgres"], indirect=True)


@contextmanager
def beside(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A session of the database administrator."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def test_a_broken_listening_connection_is_made_anew(desk_office: Office, database_url: str) -> None:
    wake = desk_office.history.wake
    assert wake.wait(0, 5) == 1
    assert end_sessions(database_url, "query LIKE 'LISTEN%'") == 1
    assert wake.wait(1, 5) == 2, "listeners are called when it listens again"
    other = open_history(database_url, BOOK)
    Office(other).change(by(), MINE, evolve, line("a"))
    assert wake.wait(2, 5) == 3
    other.close()


def test_broken_connections_cost_no_command(desk_office: Office, database_url: str) -> None:
    desk_office.change(by(), MINE, evolve, line("a"))
    assert end_sessions(database_url) >= 1
    desk_office.change(by(), MINE, evolve, line("b"))
    assert desk_office.history.facts_of([MINE])[MINE] == [LineWritten(text="a"), LineWritten(text="b")]


def test_maintenance_of_the_table_holds_up_no_command(desk_office: Office, database_url: str) -> None:
    """ANALYZE and VACUUM hold SHARE UPDATE EXCLUSIVE, which the library's own lock would wait for."""
    with beside(database_url) as admin, admin.transaction():
        admin.execute("LOCK TABLE office_events IN SHARE UPDATE EXCLUSIVE MODE")
        desk_office.change(by(), MINE, evolve, line("a"))


def test_a_writer_that_hangs_makes_others_busy_and_not_wait_for_ever(desk_office: Office, database_url: str) -> None:
    ask = by()
    with beside(database_url) as admin, admin.transaction():
        admin.execute("SELECT pg_advisory_xact_lock('office_events'::regclass::oid::bigint)")
        with pytest.raises(Busy):
            desk_office.change(ask, MINE, evolve, line("a"))
    desk_office.change(ask, MINE, evolve, line("a"))
    assert desk_office.history.facts_of([MINE]) == {MINE: [LineWritten(text="a")]}


def test_readers_do_not_wait_for_writers(desk_office: Office, database_url: str) -> None:
    desk_office.change(by(), MINE, evolve, line("a"))
    with beside(database_url) as admin, admin.transaction():
        admin.execute("SELECT pg_advisory_xact_lock('office_events'::regclass::oid::bigint)")
        assert len(desk_office.history.select(0, 10)) == 1
        assert desk_office.state_of(MINE, evolve) is not None


def test_statistics_of_the_table_are_not_taken_during_a_poll(diaries: History, database_url: str) -> None:
    with beside(database_url) as admin:
        found = admin.execute("SELECT reloptions FROM pg_class WHERE relname = 'office_events'").fetchall()
    assert set(found[0][0]) == {"autovacuum_analyze_threshold=100000", "autovacuum_analyze_scale_factor=0.2"}


def test_no_function_writes_past_the_lock(diaries: History, database_url: str) -> None:
    """The library's database function inserts without a lock: readers would miss events for ever."""
    with beside(database_url) as admin:
        found = admin.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'es_insert%'").fetchall()
    assert found == []


def test_processes_that_start_together_do_not_collide(database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        histories = list(threads.map(lambda _: open_history(database_url, BOOK), range(4)))
    for history in histories:
        history.close()


def test_an_address_says_more_than_the_library_asks_for(store: str) -> None:
    env, further = settings_of("postgresql://clerk:secret@db.example:6543/piaojue?sslmode=verify-full")
    assert env["POSTGRES_DBNAME"] == "piaojue"
    assert env["POSTGRES_HOST"] == "db.example"
    assert env["POSTGRES_PORT"] == "6543"
    assert env["POSTGRES_USER"] == "clerk"
    assert env["POSTGRES_PASSWORD"] == "secret"
    assert env["POSTGRES_CONNECT_TIMEOUT"] == env["POSTGRES_LOCK_TIMEOUT"] == "2"
    assert env["POSTGRES_ENABLE_DB_FUNCTIONS"] == "n"
    assert further["sslmode"] == "verify-full"
    assert further["connect_timeout"] == 2
