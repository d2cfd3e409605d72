"""Clears away read models that nobody follows any more, at the earliest a day later."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, Table, Text, func, insert, inspect, select
from sqlalchemy.schema import DropSchema

from projections.reading.engine import hold_alone, model_files, writing
from projections.reading.position import Key, Stage, among, models
from projections.reading.shape import shapes_of

LEFT_FOR = timedelta(days=1)
"""So long a model stays that no program has followed: an upgrade can be taken back for a day."""

READ_ON_FOR = timedelta(minutes=10)
"""So long a model stays whose place was taken: readers who began before still read it."""

_first_models = Table(
    "projection_position",
    MetaData(),
    Column("tables", Text),
    Column("position", BigInteger),
    schema="public",
)
"""Version 0.1 had its models among the tables of the history, and here what it knew of them."""

_FIRST: Key = ("projection_position", "0.1", 1)


def tidy(engine: Engine, moment: datetime) -> list[str]:
    """Removes what is left over; returns names of files or schemas."""
    if engine.dialect.name == "sqlite":
        return list(_tidy_files(engine, moment))
    with writing(engine).begin() as conn:
        hold_alone(conn)
        return [*_tidy_schemas(conn, moment), *_tidy_first_release(conn, moment)]


def _tidy_files(engine: Engine, moment: datetime) -> Iterator[str]:
    """A program that follows writes into its file at least once an hour."""
    own, history = Path(engine.url.database or ""), engine.get_execution_options()["history"]
    for file in model_files(history):
        parts = [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
        there = [part for part in parts if part.exists()]
        if file == own or moment.timestamp() - max(_touched(part) for part in there) < LEFT_FOR.total_seconds():
            continue
        for part in reversed(there):
            with suppress(OSError):  # on Windows nobody removes a file that is open
                part.unlink()
        yield file.name


def _touched(part: Path) -> float:
    try:
        return part.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _tidy_schemas(conn: Connection, moment: datetime) -> Iterator[str]:
    known = shapes_of(conn)
    for row in conn.execute(select(models).where(models.c.place != "").order_by(models.c.place)).all():
        is_left = row.stage == Stage.LEFT and moment - row.followed_at > READ_ON_FOR
        is_others = row.stage == Stage.BESIDE or known.get(row.projection) != row.shape
        if is_left or (is_others and moment - row.followed_at > LEFT_FOR):
            conn.execute(DropSchema(row.place, cascade=True, if_exists=True))
            conn.execute(models.delete().where(models.c.place == row.place))
            yield row.place


def _tidy_first_release(conn: Connection, moment: datetime) -> Iterator[str]:
    """It left no note when it was running: its models count as left once their positions rest for a day."""
    if not inspect(conn).has_table(_first_models.name, schema="public"):
        return
    reached = conn.scalar(select(func.max(_first_models.c.position))) or 0
    seen = conn.execute(select(models).where(among([_FIRST]))).one_or_none()
    if seen is None or seen.position < reached:
        conn.execute(models.delete().where(among([_FIRST])))
        noted = dict(zip(("projection", "shape", "generation"), _FIRST, strict=True))
        stage = Stage.LEFT.value
        conn.execute(insert(models).values(**noted, place="", stage=stage, position=reached, followed_at=moment))
    elif moment - seen.followed_at > LEFT_FOR:
        for tables in conn.scalars(select(_first_models.c.tables)).all():
            for name in tables.split():
                Table(name, MetaData(), schema="public").drop(conn, checkfirst=True)
                yield name
        _first_models.drop(conn)
        conn.execute(models.delete().where(among([_FIRST])))
