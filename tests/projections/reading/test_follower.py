"""Every fact is shown once: after a kill, with two at work, and whatever another projection does."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from unittest.mock import DEFAULT, Mock

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from application.history.group_commit import NotAnswering
from application.history.history import History, open_history
from application.history.recorded import Noticed
from application.office import Office
from projections.reading import follower
from projections.reading.follower import Followers
from projections.reading.projection import Projection
from tests.support.diary import BOOK, LineWritten, diary, evolve, line, lines, open_diaries, projection, rows
from tests.support.stores import by

ROOT = Path(__file__).parents[3]


@contextmanager
def following(history: History, engine: Engine, *projections: Projection) -> Iterator[Followers]:
    followers = Followers(history, engine, projections)
    followers.start()
    try:
        yield followers
    finally:
        followers.stop()


def write(office: Office, number: int, name: str = "mine") -> int:
    """So many lines, in one command."""
    return office.change(by(), diary(name), evolve, lambda _: lines(str(n) for n in range(number)))


def shown(engine: Engine, of: Projection) -> list[tuple[object, ...]]:
    return rows(engine, of)


def recorded(history: History) -> list[tuple[object, ...]]:
    return [(one.position, one.fact.text) for one in history.select(0, 100_000) if isinstance(one.fact, LineWritten)]


def test_a_command_is_read_after_waiting_for_its_position(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    model = projection()
    with following(diaries, reading, model) as followers:
        for number in range(20):
            position = diary_office.change(by(), diary("mine"), evolve, line(str(number)))
            assert followers.wait_for(position)
            assert shown(reading, model)[-1] == (position, str(number))


def test_waiting_for_what_is_not_there_ends(diaries: History, reading: Engine) -> None:
    with following(diaries, reading, projection()) as followers:
        assert followers.wait_for(0, timeout=0)
        assert not followers.wait_for(1, timeout=0.01)


def test_what_was_recorded_before_the_start_is_shown_when_start_returns(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 1201)
    model = projection()
    with following(diaries, reading, model):
        assert shown(reading, model) == recorded(diaries)


def test_what_another_process_records_is_shown(diaries: History, reading: Engine, database_url: str) -> None:
    model = projection()
    with following(diaries, reading, model) as followers:
        other = open_history(database_url, BOOK)
        position = write(Office(other), 3)
        assert followers.wait_for(position)
        other.close()
    assert len(shown(reading, model)) == 3


def test_a_call_that_is_missed_is_made_up_for_by_the_timer(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "LOOK_AFTER", 0.05)
    monkeypatch.setattr(diaries._wake, "set", lambda: None)
    with following(diaries, reading, projection()) as followers:
        assert followers.wait_for(write(diary_office, 1))


def test_projections_at_one_place_share_one_reading(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(diary_office, 700)
    select = Mock(wraps=diaries.select)
    monkeypatch.setattr(diaries, "select", select)
    Followers(diaries, reading, [projection("one"), projection("two"), projection("three")]).catch_up()
    assert [call.args[0] for call in select.call_args_list] == [0, 500, 700]


def fail_at(text: str) -> Callable[[Noticed], None]:
    def spoil(noticed: Noticed) -> None:
        if isinstance(noticed.fact, LineWritten) and noticed.fact.text == text:
            raise ZeroDivisionError(text)

    return spoil


def test_a_projection_that_raises_stops_alone(diary_office: Office, diaries: History, reading: Engine) -> None:
    good, broken = projection("good"), projection("broken", before_each=fail_at("2"))
    with following(diaries, reading, broken, good) as followers:
        first = write(diary_office, 2)
        assert followers.wait_for(first)
        assert followers.wait_for(write(diary_office, 3, "yours")), "waiting leaves the broken one out"
        assert followers.wait_for(write(diary_office, 1, "theirs"))
        standings = followers.standings()
    assert standings["good"].position == diaries.last_position()
    assert standings["good"].fault is None
    assert standings["broken"].position == first + 2
    assert standings["broken"].fault == "ZeroDivisionError('2')"
    assert (standings["broken"].fault_position, standings["broken"].fault_fact) == (first + 3, "tests.line-written")
    assert shown(reading, good) == recorded(diaries)
    assert shown(reading, broken) == recorded(diaries)[:4], "everything before the fact it failed at"


def test_a_mended_projection_goes_on_where_it_stopped(diary_office: Office, diaries: History, reading: Engine) -> None:
    write(diary_office, 3)
    Followers(diaries, reading, [projection(before_each=fail_at("2"))]).catch_up()
    mended = Followers(diaries, reading, [projection()])
    assert mended.standings()["diary"].fault is not None
    mended.catch_up()
    assert shown(reading, projection()) == recorded(diaries)
    assert mended.standings()["diary"].fault is None


def test_a_busy_database_breaks_no_projection(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "TRY_AGAIN_AFTER", 0.01)
    failures = iter([True, True])

    def away(_: Noticed) -> None:
        if next(failures, False):
            raise OperationalError("SELECT 1", {}, ConnectionError("server closed the connection"))

    with following(diaries, reading, projection(before_each=away)) as followers:
        assert followers.wait_for(write(diary_office, 1))
        assert followers.standings()["diary"].fault is None


def test_a_history_that_does_not_answer_is_waited_for(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "TRY_AGAIN_AFTER", 0.01)
    select = Mock(wraps=diaries.select, side_effect=[NotAnswering(retry_after=1)] * 3 + [DEFAULT] * 100)
    monkeypatch.setattr(diaries, "select", select)
    with following(diaries, reading, projection()) as followers:
        assert followers.wait_for(write(diary_office, 1))


def test_two_followers_at_once_show_every_fact_once(
    diary_office: Office, diaries: History, reading: Engine, database_url: str
) -> None:
    model = projection()
    other_history, other_reading = open_history(database_url, BOOK), open_diaries(database_url)
    with (
        following(diaries, reading, model) as one,
        following(other_history, other_reading, projection()) as two,
        ThreadPoolExecutor(4) as threads,
    ):
        last = max(threads.map(lambda n: write(diary_office, 30, str(n)), range(40)))
        assert one.wait_for(last, 10)
        assert two.wait_for(last, 10)
    other_reading.dispose()
    other_history.close()
    assert shown(reading, model) == recorded(diaries)


def test_a_process_killed_in_a_batch_leaves_nothing_half_shown(
    diary_office: Office, diaries: History, reading: Engine, database_url: str
) -> None:
    """The batches are of 500: the process dies in the third, in the middle of its rows."""
    write(diary_office, 1700)
    script = """
import os, signal, sys
from application.history.history import open_history
from projections.reading.follower import Followers
from tests.support.diary import BOOK, open_diaries, projection

def die(noticed):
    if noticed.fact.text == "1234":
        os.kill(os.getpid(), signal.SIGKILL)

Followers(open_history(sys.argv[1], BOOK), open_diaries(sys.argv[1]), [projection(before_each=die)]).catch_up()
"""
    died = subprocess.run([sys.executable, "-c", script, database_url], cwd=ROOT, check=False, timeout=60)
    assert died.returncode == -9
    model = projection()
    assert shown(reading, model) == recorded(diaries)[:1000]
    Followers(diaries, reading, [model]).catch_up()
    assert shown(reading, model) == recorded(diaries)


def test_waiting_works_where_another_process_follows(
    diary_office: Office, diaries: History, reading: Engine, database_url: str
) -> None:
    here = Followers(diaries, reading, [projection()])
    position = write(diary_office, 2)
    assert not here.wait_for(position, timeout=0.02)
    there = Followers(diaries, open_diaries(database_url), [projection()])
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(here.wait_for, position, 5)
        there.catch_up()
        assert waiting.result()
    there._engine.dispose()


def test_stopping_ends_the_thread_between_two_batches(diary_office: Office, diaries: History, reading: Engine) -> None:
    slow, begun = Event(), Event()

    def wait(_: Noticed) -> None:
        begun.set()
        slow.wait(5)

    followers = Followers(diaries, reading, [projection(before_each=wait)])
    followers.start()
    write(diary_office, 600)
    assert begun.wait(5)
    with ThreadPoolExecutor(1) as threads:
        stopped = threads.submit(followers.stop)
        while not followers._stopping.is_set():
            time.sleep(0.001)
        slow.set()
        stopped.result(5)
    assert followers.standings()["diary"].position == 500


def test_followers_can_be_stopped_started_and_caught_up_with(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    model = projection()
    followers = Followers(diaries, reading, [model])
    for _ in range(2):
        followers.start()
        assert followers.wait_for(write(diary_office, 3))
        followers.stop()
        write(diary_office, 1201)
        followers.catch_up()
        assert shown(reading, model) == recorded(diaries)
