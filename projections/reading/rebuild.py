"""Makes the tables of a projection, and fills them anew from the history."""

from sqlalchemy import Connection, Engine, MetaData, Table, delete, insert, update

from application.history.history import History
from projections.reading.engine import hold_alone, writing
from projections.reading.position import (
    APPLICATION,
    Standing,
    advance,
    metadata,
    positions,
    shape_of,
    standings,
    table_names,
)
from projections.reading.projection import Projection

BATCH = 500


def prepare(engine: Engine, projection: Projection) -> Standing:
    """Makes what is missing, and makes anew what is stored in another shape; a follower then fills it."""
    with writing(engine).begin() as conn:
        hold_alone(conn)
        metadata.create_all(conn)
        standing = standings(conn).get(projection.name)
        if standing is None or standing.shape != shape_of(projection, conn):
            _make(conn, projection, standing)
        return standings(conn)[projection.name]


def rebuild(history: History, engine: Engine, projection: Projection) -> int:
    """Empties the tables and fills them with the same rows again; returns the position reached.

    One transaction: until it ends readers see the old rows, and when it fails they keep them.
    """
    with writing(engine).begin() as conn:
        hold_alone(conn)
        metadata.create_all(conn)
        standing = standings(conn).get(projection.name)
        if standing is not None and standing.shape == shape_of(projection, conn):
            _empty(conn, projection)
        else:
            _make(conn, projection, standing)
        return _fill(history, conn, projection)


def _make(conn: Connection, projection: Projection, standing: Standing | None) -> None:
    """New tables in the place of whatever was there, also of tables that only the old shape had."""
    for name in standing.tables if standing else ():
        Table(name, MetaData()).drop(conn, checkfirst=True)
    projection.metadata.drop_all(conn)
    projection.metadata.create_all(conn)
    _forget(conn, projection)
    conn.execute(
        insert(positions).values(
            projection=projection.name,
            application=APPLICATION,
            shape=shape_of(projection, conn),
            tables=table_names(projection),
            position=0,
        )
    )


def _forget(conn: Connection, projection: Projection) -> None:
    conn.execute(
        delete(positions).where(positions.c.application == APPLICATION, positions.c.projection == projection.name)
    )


def _empty(conn: Connection, projection: Projection) -> None:
    """Takes the position first: a follower elsewhere waits for it and then finds it moved."""
    conn.execute(
        update(positions)
        .where(positions.c.application == APPLICATION, positions.c.projection == projection.name)
        .values(position=0, fault=None)
    )
    for table in reversed(projection.metadata.sorted_tables):
        conn.execute(delete(table))


def _fill(history: History, conn: Connection, projection: Projection) -> int:
    reached = 0
    while noticed := history.select(reached, BATCH):
        projection.project(conn, noticed)
        reached = noticed[-1].position
    advance(conn, {projection.name: shape_of(projection, conn)}, 0, reached)
    return reached
