"""Makes the tables of models that are not there; a follower then fills them."""

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.schema import CreateSchema

from projections.reading.engine import hold_alone, writing
from projections.reading.position import SCHEMA, Key, Stage, Standing, models, now, standings
from projections.reading.projection import Projection
from projections.reading.shape import place_of, shapes_of
from projections.reading.taking_over import take_over


def prepare(engine: Engine, projection: Projection) -> Standing:
    """Makes what is missing of the shape this program knows; other shapes stay, for those who know them."""
    with engine.connect() as conn:
        if standing := standings(conn).get(projection.name):
            return standing
    if engine.dialect.name == "sqlite":
        take_over(engine, projection)
    with writing(engine).begin() as conn:
        hold_alone(conn)
        if projection.name not in standings(conn):  # nobody was faster
            make(conn, projection, Stage.FILLING)
        return standings(conn)[projection.name]


def make(conn: Connection, projection: Projection, stage: Stage) -> tuple[Key, str]:
    """Empty tables in a place of their own, as the next generation; on SQLite the place is the file."""
    name, shape = projection.name, shapes_of(conn)[projection.name]
    newest = select(func.max(models.c.generation)).where(models.c.projection == name, models.c.shape == shape)
    key: Key = (name, shape, (conn.scalar(newest) or 0) + 1)
    place = ""
    if conn.dialect.name == "postgresql":
        place = place_of(*key)
        conn.execute(CreateSchema(place))
        conn.exec_driver_sql(f"SET LOCAL search_path = {place}, {SCHEMA}")
    projection.metadata.create_all(conn)
    known = {"projection": name, "shape": shape, "generation": key[2], "place": place, "followed_at": now()}
    conn.execute(insert(models).values(**known, stage=stage.value, position=0))
    return key, place
