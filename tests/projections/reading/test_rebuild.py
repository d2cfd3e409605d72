"""A read model can always be made again from the history, comes out the same, and is read all the while."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from unittest.mock import Mock

import pytest
from sqlalchemy import Engine, func, select

from application.history.history import History
from application.office import Office
from projections.reading import rebuild as rebuilding
from projections.reading.beside_postgres import BesidePostgres, RebuiltElsewhere
from projections.reading.engine import model_files, writing
from projections.reading.follower import Followers
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild, rebuild_all
from tests.support.diary import LineWritten, diary, evolve, lines, projection, rows
from tests.support.stores import by

ROOT = Path(__file__).parents[3]


def write(office: Office, number: int) -> int:
    return office.change(by(), diary("mine"), evolve, lambda _: lines(str(n) for n in range(number)))


def caught_up(history: History, engine: Engine, *projections: Projection) -> Followers:
    followers = Followers(history, engine, projections)
    followers.catch_up()
    return followers


def spoil(engine: Engine, model: Projection) -> None:
    """As if an earlier program had written nonsense."""
    with writing(engine).begin() as conn:
        conn.execute(model.metadata.tables[model.name].update().values(text="spoilt"))


def test_a_rebuilt_model_has_the_same_rows(diary_office: Office, diaries: History, reading: Engine) -> None:
    write(diary_office, 1100)
    model, other = projection(), projection("other")
    caught_up(diaries, reading, model)
    before = rows(reading, model)
    spoil(reading, model)
    assert rows(reading, model) != before
    followers = caught_up(diaries, reading, model, other)
    assert rebuild(diaries, reading, model) == diaries.last_position()
    assert rows(reading, model) == before
    assert rows(reading, other) == before
    write(diary_office, 1)
    followers.catch_up()
    assert rows(reading, model) == rows(reading, other)


def test_models_are_rebuilt_while_they_are_followed(diary_office: Office, diaries: History, reading: Engine) -> None:
    model, other = projection(), projection("other")
    followers = Followers(diaries, reading, [model, other])
    followers.start()
    with ThreadPoolExecutor(1) as threads:
        writing_on = threads.submit(lambda: [write(diary_office, 20) for _ in range(30)])
        while not writing_on.done():
            rebuild_all(diaries, reading, [model, other])
    assert followers.wait_for(writing_on.result()[-1], 10)
    followers.stop()
    assert rows(reading, model) == rows(reading, other)
    assert len(rows(reading, model)) == 600


@contextmanager
def read_all_the_while(engine: Engine, *models: Projection) -> Iterator[list[list[int]]]:
    """Counts the rows of all models again and again, each time within one moment."""
    ended = Event()
    counts: list[list[int]] = []

    def read() -> None:
        while not ended.is_set():
            with engine.connect() as conn:
                tables = [model.metadata.tables[model.name] for model in models]
                counts.append([conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables])

    with ThreadPoolExecutor(1) as threads:
        reader = threads.submit(read)
        try:
            yield counts
        finally:
            ended.set()
            reader.result()


def test_no_reader_finds_fewer_rows_during_a_rebuild_and_all_models_at_one_moment(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Facts go on coming: the models show them during the rebuild, and a reader finds all models equally far."""
    monkeypatch.setattr(rebuilding, "BATCH", 100)
    write(diary_office, 1000)
    model, other = projection(), projection("other")
    followers = Followers(diaries, reading, [model, other])
    followers.start()
    to_come = iter(range(30))

    def go_on(_reached: int, _last: int) -> None:
        if next(to_come, None) is not None:
            write(diary_office, 1)

    with read_all_the_while(reading, model, other) as counts:
        for _ in range(3):
            rebuild_all(diaries, reading, [model, other], go_on)
    followers.stop()
    assert len(counts) > 20
    assert all(one == another for one, another in counts)
    seen = [one for one, _ in counts]
    assert seen == sorted(seen)
    assert seen[0] >= 1000
    assert len(set(seen)) > 5, "new facts were shown during the rebuild"


def fail(_: object) -> None:
    raise ZeroDivisionError


def test_a_rebuild_that_fails_leaves_the_old_rows(diary_office: Office, diaries: History, reading: Engine) -> None:
    write(diary_office, 3)
    caught_up(diaries, reading, projection())
    before = rows(reading, projection())
    with pytest.raises(ZeroDivisionError):
        rebuild(diaries, reading, projection(before_each=fail))
    assert rows(reading, projection()) == before
    assert Followers(diaries, reading, [projection()]).standings()["diary"].position == diaries.last_position()


def test_of_several_models_that_are_rebuilt_one_fails_alone(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 3)
    good, broken = projection("good"), projection("broken", before_each=fail)
    rebuilt = rebuild_all(diaries, reading, [broken, good])
    assert rebuilt.reached == {"good": diaries.last_position()}
    assert list(rebuilt.failed) == ["broken"]
    assert len(rows(reading, good)) == 3


def test_readers_keep_the_old_rows_until_a_rebuild_is_done(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 3)
    model = projection()
    caught_up(diaries, reading, model)
    before = rows(reading, model)
    seen = []
    rebuild(diaries, reading, projection(before_each=lambda _: seen.append(rows(reading, model))))
    assert seen == [before] * 3


def test_a_reader_that_began_before_goes_on_with_the_old_rows(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 3)
    model = projection()
    caught_up(diaries, reading, model)
    table = model.metadata.tables["diary"]
    with reading.connect() as early:
        assert early.scalar(select(func.count()).select_from(table)) == 3
        write(diary_office, 2)
        rebuild(diaries, reading, model)
        assert early.scalar(select(func.count()).select_from(table)) == 3
    with reading.connect() as late:
        assert late.scalar(select(func.count()).select_from(table)) == 5


def test_a_model_is_built_where_none_was(diary_office: Office, diaries: History, reading: Engine) -> None:
    position = write(diary_office, 3)
    assert rebuild(diaries, reading, projection()) == position
    assert len(rows(reading, projection())) == 3


KILLED = """
import os, signal, sys
from application.history.history import open_history
from projections.reading import rebuild
from tests.support.diary import BOOK, open_diaries, projection

rebuild.BATCH = 100
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may ignore it

def die(noticed):
    if noticed.fact.text == "{at}":
        os.kill(os.getpid(), signal.{signal})

projections = [projection("other"), projection(before_each=die)]
rebuild.rebuild_all(open_history(sys.argv[1], BOOK), open_diaries(sys.argv[1]), projections)
"""


@pytest.mark.parametrize(("by_signal", "code"), [("SIGKILL", -signal.SIGKILL), ("SIGINT", -signal.SIGINT)])
def test_a_rebuild_that_is_killed_leaves_the_old_rows_and_does_not_hinder_the_next(
    diary_office: Office, diaries: History, reading: Engine, database_url: str, by_signal: str, code: int
) -> None:
    write(diary_office, 350)
    model, other = projection(), projection("other")
    caught_up(diaries, reading, model, other)
    before = rows(reading, model)
    script = KILLED.format(at=320, signal=by_signal)
    died = subprocess.run(
        [sys.executable, "-c", script, database_url], cwd=ROOT, check=False, timeout=60, capture_output=True
    )
    assert died.returncode == code
    assert rows(reading, model) == rows(reading, other) == before
    assert rebuild_all(diaries, reading, [model, other]).failed == {}
    assert rows(reading, model) == rows(reading, other) == before


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_model_is_not_rebuilt_twice_at_once(diaries: History, reading: Engine) -> None:
    model, other = projection(), projection("other")
    caught_up(diaries, reading, model, other)
    with BesidePostgres(reading, [model]):
        rebuild(diaries, reading, other)
        with pytest.raises(RebuiltElsewhere) as refused:
            rebuild_all(diaries, reading, [other, model])
        assert refused.value.name == "diary"
    rebuild(diaries, reading, model)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_on_sqlite_a_rebuild_leaves_no_file(
    diary_office: Office, diaries: History, reading: Engine, tmp_path: Path
) -> None:
    write(diary_office, 3)
    rebuild(diaries, reading, projection())
    assert len(model_files(tmp_path / "piaojue.db")) == 1


def test_a_rebuild_mends_a_broken_model_and_its_follower_goes_on(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A running program notices what the command line has rebuilt."""
    monkeypatch.setattr("projections.reading.follower.LOOK_AFTER", 0.05)
    failing = Mock(side_effect=fail)
    model = projection(before_each=lambda noticed: failing(noticed) if noticed.fact == LineWritten(text="1") else None)
    followers = Followers(diaries, reading, [model])
    followers.start()
    assert not followers.wait_for(write(diary_office, 3), 5), "nothing to wait for"
    assert followers.standings()["diary"].fault == "ZeroDivisionError()"
    rebuild(diaries, reading, projection())
    deadline = time.monotonic() + 5
    while followers._followed[0].fault and time.monotonic() < deadline:
        time.sleep(0.01)
    assert followers.wait_for(write(diary_office, 1), 5)
    followers.stop()
    assert [text for _, text in rows(reading, model)] == ["0", "1", "2", "0"]
