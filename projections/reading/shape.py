"""How the tables of a projection look, in few characters: rows of another shape are another model."""

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.schema import CreateIndex, CreateTable

from projections.reading.projection import Projection

_DIGESTED: dict[tuple[Projection, str], str] = {}
"""What was digested before in this process; the tables of a projection do not change in its life."""


def shape_of(projection: Projection, dialect: Dialect) -> str:
    """The number of the shape with a digest of the tables, so that changed tables are noticed by themselves."""
    known = (projection, dialect.name)
    if known not in _DIGESTED:
        _DIGESTED[known] = _digested(projection, dialect)
    return _DIGESTED[known]


def _digested(projection: Projection, dialect: Dialect) -> str:
    tables = projection.metadata.sorted_tables
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    made += sorted(str(CreateIndex(index).compile(dialect=dialect)) for table in tables for index in table.indexes)
    return f"{projection.shape}-{_digest(made)}"


def shapes_of(known: Engine | Connection) -> Mapping[str, str]:
    """The shapes that this program knows, by the names of the projections; `open_reading` was told them."""
    shapes: Mapping[str, str] = known.get_execution_options()["shapes"]
    return shapes


def place_of(name: str, shape: str, generation: int) -> str:
    """The PostgreSQL schema in which the tables lie. Each rebuilding is a generation of its own."""
    return f"reading_{name}_{shape.replace('-', '_')}_{generation}"


def set_digest(shapes: Mapping[str, str]) -> str:
    """The same characters for the same shapes of the same projections."""
    return _digest(sorted(f"{name} {shape}\n" for name, shape in shapes.items()))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]
