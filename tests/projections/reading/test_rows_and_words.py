"""Rows written in bulk, and words as they are looked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import BigInteger, Column, Engine, MetaData, String, Table, Uuid, select

from domain.shared import CHINA
from projections.reading.bulk import insert_rows
from projections.reading.engine import open_reading
from projections.reading.moment import Moment
from projections.reading.plain import plain, words_of

metadata = MetaData()
TABLE = Table(
    "bulk_row",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("at", Moment),
    Column("by", Uuid),
    Column("name", String(20), nullable=False),
)
AT = datetime(2026, 1, 20, 9, 41, 3, 250000, tzinfo=CHINA)


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    with engine.begin() as conn:
        metadata.create_all(conn)
    yield engine
    engine.dispose()


def test_rows_come_back_as_they_were_written(reading: Engine) -> None:
    rows: list[tuple[object, ...]] = [
        (uuid4(), 2**62, AT + timedelta(minutes=number), None if number % 2 else uuid4(), f"名'{number}%s?:x")
        for number in range(50)
    ]
    with reading.begin() as conn:
        insert_rows(conn, TABLE, rows)
        insert_rows(conn, TABLE, [])
        found = conn.execute(select(TABLE).order_by(TABLE.c.at)).all()
    assert [tuple(row) for row in found] == rows


def test_new_rows_leave_those_that_are_there(reading: Engine) -> None:
    key = UUID(int=1)
    with reading.begin() as conn:
        insert_rows(conn, TABLE, [(key, 1, AT, None, "甲")])
        insert_rows(conn, TABLE, [(key, 2, AT, None, "乙"), (UUID(int=2), 3, AT, None, "丙")], new=True)
        assert list(conn.scalars(select(TABLE.c.name).order_by(TABLE.c.number))) == ["甲", "丙"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ＪＲ-9k 雨水", ("jr9k", "雨水")),
        ("“青城”·管网", ("青城管网",)),
        ("%  _ ", ()),
        ("王 王", ("王",)),
        ("x" * 500, ("x" * 200,)),
    ],
)
def test_widths_cases_and_signs_make_no_difference(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words
    assert plain("Ⅳ号\x00楼") == "iv号楼"
