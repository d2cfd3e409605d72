"""Readers see one moment and wait for nobody; writers wait for each other."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnection

from projections.reading.engine import is_passing, model_files, open_reading, writing


def prepare(reading: Engine) -> None:
    with writing(reading).begin() as conn:
        conn.execute(text("CREATE TABLE seen (number integer)"))
        conn.execute(text("INSERT INTO seen VALUES (1)"))


COUNT = text("SELECT count(*) FROM seen")


def test_a_reader_sees_one_moment_while_others_write(reading: Engine) -> None:
    prepare(reading)
    with reading.connect() as reader:
        assert reader.scalar(COUNT) == 1
        with writing(reading).begin() as writer:
            writer.execute(text("INSERT INTO seen VALUES (2)"))
            assert reader.scalar(COUNT) == 1
        assert reader.scalar(COUNT) == 1
    with reading.connect() as reader:
        assert reader.scalar(COUNT) == 2


def test_an_exception_takes_everything_back_tables_too(reading: Engine) -> None:
    def fail() -> None:
        with writing(reading).begin() as conn:
            conn.execute(text("CREATE TABLE seen (number integer)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    prepare(reading)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_on_sqlite_only_writers_take_the_write_lock(reading: Engine) -> None:
    prepare(reading)
    with closing(sqlite3.connect(str(reading.url.database), timeout=0, isolation_level=None)) as other:
        with reading.connect() as reader:
            reader.scalar(COUNT)
            other.execute("INSERT INTO seen VALUES (2)")
        with writing(reading).begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO seen VALUES (3)")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_on_sqlite_the_read_models_lie_beside_the_history(reading: Engine, tmp_path: Path) -> None:
    prepare(reading)
    assert [file.parent for file in model_files(tmp_path / "piaojue.db")] == [tmp_path]


def test_an_unknown_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        open_reading("mysql://localhost/piaojue")


def test_a_fault_of_the_model_is_told_from_a_busy_database(reading: Engine) -> None:
    with pytest.raises((OperationalError, ProgrammingError)) as missing, reading.connect() as conn:
        conn.execute(text("SELECT * FROM nowhere"))
    assert not is_passing(missing.value)
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    assert is_passing(OperationalError("INSERT", {}, busy))
    assert is_passing(NoConnection())
    assert not is_passing(ZeroDivisionError())
