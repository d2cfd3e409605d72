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

    UNIT = 2
    """Besides that, the papers that go to and fro: what was filed and sent back, and why."""

    OFFICE = 3
    """Everything: also what delegates and volunteers have seen and the unit has not been told."""


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
    Column("for_residents", JSON(none_as_null=True)),
)

projects = Table(
    "timeline_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("implementation", Uuid, nullable=False, unique=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("listed", Boolean, nullable=False),
    Column("proposals", Integer, nullable=False),
    Column("supporters", Integer, nullable=False),
    Column("plan", JSON(none_as_null=True)),
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

adjustments = Table(
    "timeline_adjustment",
    metadata,
    Column("adjustment", Uuid, primary_key=True),
    Column("project", Uuid, nullable=False),
    Column("plan", JSON(none_as_null=True)),
    Column("told", JSON, nullable=False),
)

matters = Table(
    "timeline_matter",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("projects", JSON, nullable=False),
    Column("told", JSON, nullable=False),
)
"""Inspections, notes, duties, inquiries and visits: which projects they are about, and what later lines say of them."""


class Entry(NamedTuple):
    """One line of a timeline; the sentence is made from `kind` and `details` by the catalogue."""

    position: int
    happened_on: date
    kind: str
    seen_by: Reader
    details: dict[str, Any]
