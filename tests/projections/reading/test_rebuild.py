"""A read model can always be made again from the history, and comes out the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect

from application.history.history import History
from application.office import Office
from projections.reading.engine import writing
from projections.reading.follower import Followers
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild
from tests.support.diary import diary, evolve, lines, projection, rows
from tests.support.stores import by


def write(office: Office, number: int) -> int:
    return office.change(by(), diary("mine"), evolve, lambda _: lines(str(n) for n in range(number)))


def test_a_rebuilt_model_has_the_same_rows(diary_office: Office, diaries: History, reading: Engine) -> None:
    write(diary_office, 1100)
    model, other = projection(), projection("other")
    followers = Followers(diaries, reading, [model, other])
    followers.catch_up()
    before = rows(reading, model)
    with writing(reading).begin() as conn:
        conn.exec_driver_sql("UPDATE diary SET text = 'spoilt'")
    assert rebuild(diaries, reading, model) == diaries.last_position()
    assert rows(reading, model) == before
    assert rows(reading, other) == before
    write(diary_office, 1)
    followers.catch_up()
    assert rows(reading, model) == rows(reading, other)


def test_a_model_can_be_rebuilt_while_it_is_followed(diary_office: Office, diaries: History, reading: Engine) -> None:
    model, other = projection(), projection("other")
    followers = Followers(diaries, reading, [model, other])
    followers.start()
    with ThreadPoolExecutor(1) as threads:
        writing_on = threads.submit(lambda: [write(diary_office, 20) for _ in range(30)])
        while not writing_on.done():
            rebuild(diaries, reading, model)
    assert followers.wait_for(writing_on.result()[-1], 10)
    followers.stop()
    assert rows(reading, model) == rows(reading, other)
    assert len(rows(reading, model)) == 600


def test_a_rebuild_that_fails_leaves_the_old_rows(diary_office: Office, diaries: History, reading: Engine) -> None:
    write(diary_office, 3)
    Followers(diaries, reading, [projection()]).catch_up()
    before = rows(reading, projection())

    def fail(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild(diaries, reading, projection(before_each=fail))
    assert rows(reading, projection()) == before
    assert Followers(diaries, reading, [projection()]).standings()["diary"].position == diaries.last_position()


def test_readers_keep_the_old_rows_until_a_rebuild_is_done(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    write(diary_office, 3)
    model = projection()
    Followers(diaries, reading, [model]).catch_up()
    before = rows(reading, model)
    seen = []
    rebuild(diaries, reading, projection(before_each=lambda _: seen.append(rows(reading, model))))
    assert seen == [before] * 3


def test_a_model_is_built_where_none_was(diary_office: Office, diaries: History, reading: Engine) -> None:
    position = write(diary_office, 3)
    assert rebuild(diaries, reading, projection()) == position
    assert len(rows(reading, projection())) == 3


def test_a_model_of_another_shape_is_filled_anew_at_start(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    position = write(diary_office, 11)
    Followers(diaries, reading, [projection()]).catch_up()
    second = projection(shape=2)
    followers = Followers(diaries, reading, [second])
    followers.start()
    assert rows(reading, second)[-1] == (position, "10", 2)
    assert len(rows(reading, second)) == 11
    followers.stop()


def test_a_change_of_the_tables_alone_is_noticed_too(diary_office: Office, diaries: History, reading: Engine) -> None:
    """Whoever adds a column and forgets the number of the shape gets a model that fits all the same."""
    write(diary_office, 2)
    Followers(diaries, reading, [projection()]).catch_up()
    changed = projection(shape=2)
    forgotten = Projection(name="diary", shape=1, metadata=changed.metadata, project=changed.project)
    Followers(diaries, reading, [forgotten]).catch_up()
    assert [row[-1] for row in rows(reading, forgotten)] == [1, 1]


def test_tables_that_only_the_old_shape_had_are_gone(diaries: History, reading: Engine) -> None:
    old = MetaData()
    Table("diary", old, Column("row", Integer, primary_key=True))
    Table("diary_page", old, Column("row", Integer, primary_key=True))
    Followers(
        diaries, reading, [Projection(name="diary", shape=1, metadata=old, project=projection().project)]
    ).prepare()
    assert inspect(reading).has_table("diary_page")
    Followers(diaries, reading, [projection(shape=2)]).prepare()
    assert not inspect(reading).has_table("diary_page")


def test_an_older_program_does_not_write_into_a_newer_shape(
    diary_office: Office, diaries: History, reading: Engine
) -> None:
    old, new = (Followers(diaries, reading, [projection(shape=shape)]) for shape in (1, 2))
    old.catch_up()
    new.catch_up()
    write(diary_office, 1)
    old.catch_up()
    assert rows(reading, projection(shape=2)) == []
    new.catch_up()
    assert len(rows(reading, projection(shape=2))) == 1
