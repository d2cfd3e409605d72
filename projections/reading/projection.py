"""What a projection is: a question, the tables that answer it, and how facts fill them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData

from application.history.recorded import Noticed

Project = Callable[[Connection, Sequence[Noticed]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """One read model.

    `project` writes rows for a batch of facts, in order, from nothing but the facts and its own rows,
    so that filling the tables anew gives the same rows. A change of the tables or of what is written
    into them needs the next `shape`: a stored model of another shape is filled anew at start.
    """

    name: str
    shape: int
    metadata: MetaData
    project: Project
