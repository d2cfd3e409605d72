"""Facts and a projection of the tests' own, without any meaning in a congress.

The table has no unique key but its row number, so that a fact shown twice would be seen as two rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import BigInteger, Column, Connection, Engine, Integer, MetaData, String, Table, insert, select

from application.history.fact_book import FactBook
from application.history.recorded import Noticed
from projections.reading.engine import open_reading
from projections.reading.projection import Projection

DIARIES = UUID("00000000-0000-5000-8000-0000000d1a21")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWritten:
    """A line in a diary."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """The lines so far."""

    lines: tuple[str, ...] = ()


BOOK = FactBook()
BOOK.add("tests.line-written", 1, LineWritten)


def diary(name: str) -> UUID:
    return uuid5(DIARIES, name)


def evolve(known: Diary | None, fact: LineWritten) -> Diary:
    return Diary(lines=(*(known.lines if known else ()), fact.text))


def line(text: str) -> Callable[[Diary | None], LineWritten]:
    """Decides to write this line, whatever is there."""
    return lambda _: LineWritten(text=text)


def lines(texts: Iterable[str]) -> tuple[LineWritten, ...]:
    return tuple(LineWritten(text=text) for text in texts)


NAMES = ("diary", "other", "one", "two", "three", "good", "broken")

Spoil = Callable[[Noticed], None]


def projection(name: str = "diary", *, shape: int = 1, before_each: Spoil | None = None) -> Projection:
    """Writes one row a fact; `before_each` may spoil it."""
    metadata = MetaData()
    table = Table(
        name,
        metadata,
        Column("row", Integer, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("text", String(80), nullable=False),
        *([Column("length", Integer)] if shape > 1 else []),
    )

    def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
        for one in noticed:
            if before_each:
                before_each(one)
            assert isinstance(one.fact, LineWritten)
            more = {"length": len(one.fact.text)} if shape > 1 else {}
            conn.execute(insert(table).values(position=one.position, text=one.fact.text, **more))

    return Projection(name=name, shape=shape, metadata=metadata, project=project)


def open_diaries(database_url: str, shape: int = 1) -> Engine:
    """The read models for a program that knows all diaries in this shape."""
    return open_reading(database_url, [projection(name, shape=shape) for name in NAMES])


def rows(engine: Engine, shown: Projection) -> list[tuple[object, ...]]:
    """Everything but the row numbers, in the order of writing."""
    table = shown.metadata.tables[shown.name]
    with engine.connect() as conn:
        found = conn.execute(select(*(c for c in table.c if c.name != "row")).order_by(table.c.row))
        return [tuple(row) for row in found]
