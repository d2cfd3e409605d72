"""Several processes: one follows a model, the others stand by; faults are retried; the database may restart."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import Engine

from application.history.history import History, open_history
from application.office import Office
from projections.reading import follower
from projections.reading.engine import writing
from projections.reading.follower import Followers
from projections.reading.position import forgive
from projections.reading.projection import Projection
from tests.e2e.databases import restartable
from tests.support.diary import BOOK, LineWritten, diary, evolve, lines, open_diaries, projection, rows
from tests.support.stores import by

ROOT = Path(__file__).parents[3]


def write(office: Office, number: int, name: str = "mine") -> int:
    return office.change(by(), diary(name), evolve, lambda _: lines(str(n) for n in range(number)))


@contextmanager
def worker(database_url: str, *projections: Projection) -> Iterator[Followers]:
    """As a process of its own has them."""
    history, engine = open_history(database_url, BOOK), open_diaries(database_url)
    followers = Followers(history, engine, projections)
    followers.start()
    try:
        yield followers
    finally:
        followers.stop()
        engine.dispose()
        history.close()


def eventually(true: Callable[[], bool], within: float = 30.0) -> bool:
    deadline = time.monotonic() + within
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    return true()


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_of_two_workers_one_follows_and_the_other_takes_over_when_it_ends(
    diary_office: Office, database_url: str, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "LOOK_AFTER", 0.05)
    first, second = Mock(), Mock()
    with worker(database_url, projection(before_each=second)) as waiting:
        assert waiting.wait_for(write(diary_office, 1))
        second.reset_mock()
        waiting.stop()
        with worker(database_url, projection(before_each=first)) as leading:
            assert eventually(lambda: leading._followed[0].is_mine), (
                "the server ends the other's session a moment later"
            )
            waiting.start()
            position = write(diary_office, 5)
            assert waiting.wait_for(position)
            assert leading.wait_for(position)
            assert (first.call_count, second.call_count) == (5, 0)
        assert waiting.wait_for(write(diary_office, 2), 10)
        assert (first.call_count, second.call_count) == (5, 2)
    assert len(rows(reading, projection())) == 8


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_worker_that_is_killed_is_followed_by_the_other(
    diary_office: Office, database_url: str, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "LOOK_AFTER", 0.05)
    script = """
import sys, time
from tests.projections.reading.test_duty import projection, worker
with worker(sys.argv[1], projection()):
    print("follows", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, database_url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "follows\n"
        seen = Mock()
        with worker(database_url, projection(before_each=seen)) as waiting:
            assert waiting.wait_for(write(diary_office, 3), 10)
            assert seen.call_count == 0
            other.kill()
            assert waiting.wait_for(write(diary_office, 3), 10)
            assert seen.call_count == 3
    assert len(rows(reading, projection())) == 6


def test_many_who_wait_for_another_process_look_once_for_all(
    diary_office: Office, diaries: History, reading: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Followers(diaries, reading, [projection()])
    here.prepare()
    standings = Mock(wraps=here.standings)
    monkeypatch.setattr(here, "standings", standings)
    monkeypatch.setattr(follower, "LOOK_ELSEWHERE", 0.1)
    position = write(diary_office, 1)
    there = Followers(diaries, open_diaries(database_url), [projection()])
    with ThreadPoolExecutor(20) as threads:
        waiting = [threads.submit(here.wait_for, position, 10) for _ in range(20)]
        assert eventually(lambda: standings.call_count >= 3)
        assert standings.call_count < 20
        there.catch_up()
        assert all(one.result() for one in waiting)
    there._engine.dispose()


def failing_at(text: str, fails: Callable[[], bool]) -> Projection:
    def spoil(noticed: object) -> None:
        if fails() and getattr(noticed, "fact", None) == LineWritten(text=text):
            raise ZeroDivisionError(text)

    return projection("broken", before_each=spoil)


def test_a_broken_projection_that_is_retried_goes_on_where_it_stopped_in_the_running_program(
    diary_office: Office, diaries: History, reading: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "LOOK_AFTER", 0.05)
    fails = Mock(return_value=True)
    broken, good = failing_at("2", fails), projection("good")
    with worker(database_url, broken, good) as followers:
        assert followers.wait_for(write(diary_office, 4)), "the good one shows it"
        assert eventually(lambda: followers.standings()["broken"].fault is not None)
        stopped = followers.standings()["broken"]
        assert (stopped.position, stopped.fault_position, stopped.fault_fact) == (2, 3, "tests.line-written")
        with writing(reading).begin() as conn:
            assert forgive(conn, ["good", "broken"]) == ["broken"]
        assert eventually(lambda: followers.standings()["broken"].fault is not None), "it still raises"
        fails.return_value = False
        with writing(reading).begin() as conn:
            forgive(conn, ["broken"])
        assert eventually(lambda: followers.standings()["broken"].position == diaries.last_position())
        assert followers.standings()["broken"].fault is None
    assert rows(reading, broken) == rows(reading, good)


def test_waiting_ends_at_once_when_every_projection_is_broken(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 3)
    Followers(diaries, reading, [failing_at("1", lambda: True)]).catch_up()
    elsewhere = Followers(diaries, reading, [projection("broken")])
    begun = time.monotonic()
    elsewhere.prepare()
    elsewhere._followed[0].fault = None
    assert not elsewhere.wait_for(diaries.last_position(), timeout=30)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_followers_go_on_after_a_restart_of_the_database(store: str) -> None:
    """Here and where another process follows; nothing is shown twice."""
    with restartable() as database, database.server.fresh_database() as url:
        history, reading = open_history(url, BOOK), open_diaries(url)
        elsewhere = Followers(history, reading, [projection()])
        elsewhere.prepare()
        with worker(url, projection()) as followers:
            assert followers.wait_for(write(Office(history), 3), 10)
            database.crash()
            assert not elsewhere.wait_for(100, timeout=0.3)
            assert not followers.wait_for(100, timeout=0.3)
            database.start()
            position = eventually_written(history)
            assert followers.wait_for(position, 10)
            assert elsewhere.wait_for(position, 10)
            assert followers.standings()["diary"].fault is None
        shown = rows(reading, projection())
        assert shown == [(one.position, one.fact.text) for one in history.select(0, 100)]  # type: ignore[attr-defined]  # all are lines
        reading.dispose()
        history.close()


def eventually_written(history: History) -> int:
    deadline = time.monotonic() + 20
    while True:
        try:
            return write(Office(history), 2)
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
