"""The lines of all timelines, and what is waited for until it may become one."""

from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
)

from projections.reading.behind import behind_table

metadata = MetaData()


class Reader(IntEnum):
    """Whose eyes a line is meant for. Each sees what those before see, and more."""

    RESIDENT = 0
    """What was published, approved or decided."""

    DELEGATE = 1
    """Besides that, what has to be watched: difficulties, urging, what stands before the standing committee."""

    OFFICE = 2
    """Everything: drafts, what was sent back, and why."""


entries = Table(
    "timeline_entry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, index=True),
    Column("happened_on", Date, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("seen_by", Integer, nullable=False),
    Column("details", JSON, nullable=False),
)

projects = Table(
    "timeline_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("code", String(16), nullable=False, unique=True),
    Column("listed", Boolean, nullable=False),
    Column("proposals", Integer, nullable=False),
    Column("supporters", Integer, nullable=False),
    Column("touched", BigInteger, nullable=False, index=True),
)

behind = behind_table(metadata, "timeline_behind")

asks = Table(
    "timeline_ask",
    metadata,
    Column("ask", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("answer", JSON),
)


class Entry(NamedTuple):
    """One line of a timeline; the sentence is made from `kind` and `details` by the catalogue."""

    position: int
    happened_on: date
    kind: str
    seen_by: Reader
    details: dict[str, Any]
