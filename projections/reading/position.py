"""How far each projection has come, kept beside its rows and moved in the same transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, Text, select, tuple_, update
from sqlalchemy.schema import CreateIndex, CreateTable

from projections.reading.projection import Projection

APPLICATION = "office"

metadata = MetaData()

positions = Table(
    "projection_position",
    metadata,
    Column("projection", String(80), primary_key=True),
    Column("application", String(80), primary_key=True),
    Column("shape", String(80), nullable=False),
    Column("tables", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("fault", Text),
)


class AlreadyShown(Exception):
    """The projection is not where it was: another process has moved or remade it, and that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is stored of a projection: its shape, the names of its tables, how far it is, what stopped it."""

    shape: str
    tables: tuple[str, ...]
    position: int
    fault: str | None


def shape_of(projection: Projection, conn: Connection) -> str:
    """The number of the shape with a digest of the tables, so that changed tables are noticed by themselves."""
    tables = projection.metadata.sorted_tables
    made = [str(CreateTable(table).compile(dialect=conn.dialect)) for table in tables]
    made += sorted(str(CreateIndex(index).compile(dialect=conn.dialect)) for table in tables for index in table.indexes)
    return f"{projection.shape}-{hashlib.sha256(''.join(made).encode()).hexdigest()[:16]}"


def standings(conn: Connection) -> dict[str, Standing]:
    """Everything stored, by the name of the projection."""
    rows = conn.execute(select(positions).where(positions.c.application == APPLICATION))
    return {
        row.projection: Standing(
            shape=row.shape, tables=tuple(row.tables.split()), position=row.position, fault=row.fault
        )
        for row in rows
    }


def advance(conn: Connection, shapes: Mapping[str, str], before: int, after: int) -> None:
    """Moves the named projections, each with its shape, from exactly `before`.

    Raises AlreadyShown when one of them is not there (any more). The rows stay locked until the end of
    the transaction: of two processes with the same facts, one writes and the other finds the position moved.
    """
    mine = tuple_(positions.c.projection, positions.c.shape).in_(list(shapes.items()))
    moved = conn.execute(
        update(positions)
        .where(positions.c.application == APPLICATION, positions.c.position == before, mine)
        .values(position=after, fault=None)
    )
    if moved.rowcount != len(shapes):
        raise AlreadyShown


def note_fault(conn: Connection, projection: Projection, fault: str | None) -> None:
    """Keeps what stopped a projection, for everybody who asks how the read models are."""
    conn.execute(
        update(positions)
        .where(positions.c.application == APPLICATION, positions.c.projection == projection.name)
        .values(fault=fault)
    )


def table_names(projection: Projection) -> str:
    """The names of its tables, in an order in which they can be dropped."""
    return " ".join(table.name for table in reversed(projection.metadata.sorted_tables))
