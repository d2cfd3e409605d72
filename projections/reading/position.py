"""How far each projection has come, kept beside its rows and moved in the same transaction."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    and_,
    bindparam,
    func,
    select,
    tuple_,
    update,
)

from projections.reading.moment import Moment
from projections.reading.shape import shapes_of

metadata = MetaData()

SCHEMA: Final = "reading"
"""The PostgreSQL schema of the table below; SQLite has it in each file of read models."""


class Stage(StrEnum):
    """What a model is for. There is one at a time that is read: the one that serves or fills for the first time."""

    FILLING = "filling"
    SERVING = "serving"
    BESIDE = "beside"
    """Filled beside another that is read, to take its place."""

    LEFT = "left"
    """Its place was taken."""


models = Table(
    "projection_model",
    metadata,
    Column("projection", String(80), primary_key=True),
    Column("shape", String(80), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("place", String(63), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("fault", Text),
    Column("fault_position", BigInteger),
    Column("fault_fact", String(200)),
    Column("pace", Integer),
    Column("followed_at", Moment, nullable=False),
)
_is_read = models.c.stage.in_((Stage.FILLING.value, Stage.SERVING.value))
Index(
    "projection_model_read",
    models.c.projection,
    models.c.shape,
    unique=True,
    postgresql_where=_is_read,
    sqlite_where=_is_read,
)


class AlreadyShown(Exception):
    """The projection is not where it was: another process has moved or remade it, and that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What stopped a projection, and at which fact; it shows everything before."""

    reason: str
    position: int
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is stored of the model that is read. `pace` is in facts per second of its own work, once measured."""

    shape: str
    generation: int
    place: str
    stage: Stage
    position: int
    fault: str | None
    fault_position: int | None
    fault_fact: str | None
    pace: int | None

    @property
    def is_ready(self) -> bool:
        """Whether it has shown the whole history once."""
        return self.stage is Stage.SERVING


Key = tuple[str, str, int]
"""Projection, shape and generation."""


def current(key: Key) -> ColumnElement[bool]:
    """The model of this projection and shape that is read, of whatever generation."""
    return and_(models.c.projection == key[0], models.c.shape == key[1], _is_read)


def now() -> datetime:
    """The moment, for notes about the work; rows are made from the facts alone."""
    return datetime.now(UTC)


def standings(conn: Connection) -> dict[str, Standing]:
    """The models of this program's shapes, by the name of the projection."""
    mine = tuple_(models.c.projection, models.c.shape).in_(list(shapes_of(conn).items()))
    rows = conn.execute(select(models).where(_is_read, mine))
    return {row.projection: _standing(row) for row in rows}


def advance(conn: Connection, going: Collection[Key], before: int, after: int) -> None:
    """Moves the models from exactly `before`.

    Raises AlreadyShown when one of them is not there (any more). The rows stay locked until the end of
    the transaction: of two processes with the same facts, one writes and the other finds the position moved.
    """
    moved = conn.execute(
        update(models)
        .where(_is_read, models.c.position == before, among(going))
        .values(position=after, fault=None, fault_position=None, fault_fact=None)
    )
    if moved.rowcount != len(going):
        raise AlreadyShown


def serve(conn: Connection, filled: Iterable[Key]) -> None:
    """Has shown the whole history: whoever knows this shape may read it."""
    conn.execute(update(models).where(_is_read, among(filled)).values(stage=Stage.SERVING.value))


def note_fault(conn: Connection, broken: Key, fault: Fault) -> None:
    """Keeps what stopped a projection, for everybody who asks how the read models are."""
    kept = {"fault": fault.reason, "fault_position": fault.position, "fault_fact": fault.fact}
    conn.execute(update(models).where(among([broken])).values(**kept))


def forgive(conn: Connection, names: Collection[str]) -> list[str]:
    """Lets broken projections go on where they stopped; returns which of the named ones were broken."""
    again = sorted(name for name, found in standings(conn).items() if found.fault is not None and name in names)
    mine = tuple_(models.c.projection, models.c.shape).in_([(name, shapes_of(conn)[name]) for name in again])
    conn.execute(update(models).where(_is_read, mine).values(fault=None, fault_position=None, fault_fact=None))
    return again


def note_following(conn: Connection, paces: Mapping[Key, int | None], at: datetime) -> None:
    """Keeps that these are in use, and how fast each took the last facts (None: none came)."""
    ours = [
        {"its_projection": name, "its_shape": shape, "its_generation": generation, "its_pace": pace, "at": at}
        for (name, shape, generation), pace in sorted(paces.items())
    ]
    this = (
        models.c.projection == bindparam("its_projection"),
        models.c.shape == bindparam("its_shape"),
        models.c.generation == bindparam("its_generation"),
    )
    measured = func.coalesce(bindparam("its_pace", type_=Integer), models.c.pace)
    conn.execute(update(models).where(*this).values(pace=measured, followed_at=bindparam("at")), ours)


def among(keys: Iterable[Key]) -> ColumnElement[bool]:
    """These models."""
    return tuple_(models.c.projection, models.c.shape, models.c.generation).in_(list(keys))


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        shape=row.shape,
        generation=row.generation,
        place=row.place,
        stage=Stage(row.stage),
        position=row.position,
        fault=row.fault,
        fault_position=row.fault_position,
        fault_fact=row.fault_fact,
        pace=row.pace,
    )
