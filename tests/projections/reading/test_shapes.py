"""An upgrade: the older program reads and follows its own models until it ends, the newer one fills its own beside."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, inspect, select, update

from application.history.history import History, open_history
from application.office import Office
from projections.reading.engine import model_files, open_reading, writing
from projections.reading.follower import Followers
from projections.reading.position import Stage, models, now
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild
from projections.reading.tidy import tidy
from tests.support.diary import BOOK, diary, evolve, lines, open_diaries, projection, rows
from tests.support.stores import by


def write(office: Office, number: int) -> int:
    return office.change(by(), diary("mine"), evolve, lambda _: lines(str(n) for n in range(number)))


@pytest.fixture
def newer(database_url: str) -> Iterator[Engine]:
    """What the newer program opens; the older one has `reading`."""
    engine = open_diaries(database_url, shape=2)
    yield engine
    engine.dispose()


def test_old_and_new_program_each_follow_and_read_their_own_shape(
    diary_office: Office, diaries: History, reading: Engine, newer: Engine, database_url: str
) -> None:
    first, second = projection(), projection(shape=2)
    write(diary_office, 11)
    old = Followers(diaries, reading, [first])
    old.start()
    before = rows(reading, first)
    newer_history = open_history(database_url, BOOK)
    new = Followers(newer_history, newer, [second])
    new.start()
    assert rows(reading, first) == before, "the old model is as it was while the new one is filled"
    assert [row[-1] for row in rows(newer, second)] == [1] * 10 + [2]
    position = write(diary_office, 1)
    assert old.wait_for(position)
    assert new.wait_for(position)
    assert len(rows(reading, first)) == len(rows(newer, second)) == 12
    old.stop()
    position = write(diary_office, 1)
    assert new.wait_for(position)
    assert (len(rows(reading, first)), len(rows(newer, second))) == (12, 13)
    new.stop()
    newer_history.close()


def test_the_new_shape_is_ready_when_it_has_shown_everything(
    diary_office: Office, diaries: History, newer: Engine
) -> None:
    write(diary_office, 3)
    followers = Followers(diaries, newer, [projection(shape=2)])
    followers.prepare()
    assert not followers.is_ready()
    followers.catch_up()
    assert followers.is_ready()


def test_a_change_of_the_tables_alone_is_noticed_too(
    diary_office: Office, diaries: History, reading: Engine, database_url: str
) -> None:
    """Whoever adds a column and forgets the number of the shape gets a model that fits all the same."""
    write(diary_office, 2)
    Followers(diaries, reading, [projection()]).catch_up()
    changed = projection(shape=2)
    forgotten = Projection(name="diary", shape=1, metadata=changed.metadata, project=changed.project)
    engine = open_reading(database_url, [forgotten])
    Followers(diaries, engine, [forgotten]).catch_up()
    assert [row[-1] for row in rows(engine, forgotten)] == [1, 1]
    engine.dispose()


def test_two_programs_that_start_at_once_make_the_tables_once(diaries: History, database_url: str) -> None:
    engines = [open_diaries(database_url) for _ in range(4)]
    begin = Barrier(len(engines))
    failures: list[Exception] = []

    def start(engine: Engine) -> None:
        begin.wait()
        try:
            Followers(diaries, engine, [projection(), projection("other")]).prepare()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test shows it
            failures.append(error)

    threads = [Thread(target=start, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_models_that_nobody_follows_are_dropped_after_a_day(
    diary_office: Office, diaries: History, reading: Engine, newer: Engine
) -> None:
    write(diary_office, 3)
    Followers(diaries, reading, [projection()]).catch_up()
    Followers(diaries, newer, [projection(shape=2)]).catch_up()
    moment = now()
    assert tidy(newer, moment + timedelta(hours=23)) == []
    assert len(rows(reading, projection())) == 3, "the upgrade can still be taken back"
    (dropped,) = tidy(newer, moment + timedelta(hours=25))
    assert dropped not in inspect(newer).get_schema_names()
    assert len(rows(newer, projection(shape=2))) == 3, "its own models stay, however long nothing happened"
    again = Followers(diaries, reading, [projection()])
    again.catch_up()
    assert len(rows(reading, projection())) == 3, "whoever takes the upgrade back later fills them again"


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_what_a_rebuild_has_replaced_is_dropped_when_no_reader_can_be_in_it(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 3)
    rebuild(diaries, reading, projection())
    moment = now()
    assert tidy(reading, moment + timedelta(minutes=9)) == []
    assert len(tidy(reading, moment + timedelta(minutes=11))) == 1
    assert len(rows(reading, projection())) == 3


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_files_that_nobody_follows_are_removed_after_a_day(
    diary_office: Office, diaries: History, reading: Engine, newer: Engine, tmp_path: Path
) -> None:
    """Also the file of the first release, and one that a killed rebuild left."""
    write(diary_office, 3)
    Followers(diaries, reading, [projection()]).catch_up()
    Followers(diaries, newer, [projection(shape=2)]).catch_up()
    (tmp_path / "piaojue-read.db").touch()
    (tmp_path / "piaojue-read-0123-beside-89ab.db").touch()
    reading.dispose()
    assert tidy(newer, now() + timedelta(hours=23)) == []
    assert len(tidy(newer, now() + timedelta(hours=25))) == 3
    assert [str(file) for file in model_files(tmp_path / "piaojue.db")] == [newer.url.database]
    assert len(rows(newer, projection(shape=2))) == 3


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_models_of_the_first_release_are_dropped_when_they_rest_for_a_day(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    """They lay in `public`, beside the history, which stays."""
    position = write(diary_office, 3)
    with reading.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE public.diary (row integer)")
        conn.exec_driver_sql(
            "CREATE TABLE public.projection_position (projection text, application text, shape text,"
            " tables text, position bigint, fault text)"
        )
        conn.exec_driver_sql("INSERT INTO public.projection_position VALUES ('diary', 'office', '1-a', 'diary', 1)")
    Followers(diaries, reading, [projection()]).catch_up()
    moment = now()
    assert tidy(reading, moment) == []
    with reading.begin() as conn:
        conn.exec_driver_sql("UPDATE public.projection_position SET position = 2")
    assert tidy(reading, moment + timedelta(hours=20)) == [], "an older program still follows them"
    assert tidy(reading, moment + timedelta(hours=40)) == []
    assert tidy(reading, moment + timedelta(hours=45)) == ["diary"]
    with reading.connect() as conn:
        tables = inspect(conn).get_table_names(schema="public")
    assert "diary" not in tables
    assert "projection_position" not in tables
    assert diaries.last_position() == position
    assert len(rows(reading, projection())) == 3


def test_models_that_are_followed_are_noted_as_in_use(
    diary_office: Office, diaries: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(diary_office, 3)
    Followers(diaries, reading, [projection()]).catch_up()
    long_ago = now() - timedelta(days=2)
    with writing(reading).begin() as conn:
        conn.execute(update(models).values(followed_at=long_ago))
    followers = Followers(diaries, reading, [projection()])
    followers.start()
    followers.stop()
    with reading.connect() as conn:
        newest = conn.scalar(select(func.max(models.c.followed_at)).where(models.c.stage == Stage.SERVING.value))
    assert newest is not None
    assert newest > long_ago


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_on_sqlite_models_of_the_same_shape_are_taken_over_from_the_older_file(
    diary_office: Office, diaries: History, reading: Engine, database_url: str, tmp_path: Path
) -> None:
    """Only what has changed is filled anew; the older program's file stays as it is."""
    (tmp_path / "piaojue-read.db").touch()
    write(diary_office, 3)
    Followers(diaries, reading, [projection(), projection("other")]).catch_up()
    projected: list[str] = []
    same = projection(before_each=lambda _: projected.append("diary"))
    changed = projection("other", shape=2, before_each=lambda _: projected.append("other"))
    engine = open_reading(database_url, [same, changed])
    followers = Followers(diaries, engine, [same, changed])
    followers.catch_up()
    assert projected == ["other"] * 3
    write(diary_office, 1)
    followers.catch_up()
    assert projected == ["other"] * 3 + ["diary", "other"]
    assert len(rows(engine, same)) == len(rows(engine, changed)) == 4
    assert len(rows(reading, projection())) == 3
    engine.dispose()


def test_models_that_are_further_than_the_history_are_filled_anew(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    """Somebody has put a backup in the place of the history."""
    position = write(diary_office, 3)
    Followers(diaries, reading, [projection()]).catch_up()
    with writing(reading).begin() as conn:
        conn.execute(update(models).values(position=position + 1000))
    followers = Followers(diaries, reading, [projection()])
    followers.start()
    assert followers.standings()["diary"].position == position
    assert followers.wait_for(write(diary_office, 1))
    followers.stop()
    assert len(rows(reading, projection())) == 4
