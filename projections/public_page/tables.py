"""What a project's page is made of, beside its timeline."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
)

from domain.projects.project import Stage
from projections.reading.behind import behind_table

metadata = MetaData()
_MAYBE = JSON(none_as_null=True)

pages = Table(
    "public_page",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("project", Uuid, nullable=False, unique=True),
    Column("implementation", Uuid, nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("number", Integer),
    Column("position", BigInteger, nullable=False, index=True),
    Column("updated_on", Date, nullable=False),
    Column("lead_unit", Uuid),
    Column("card", JSON, nullable=False),
    Column("vote", _MAYBE),
    Column("progress", _MAYBE),
    Column("completion", String(32)),
    Column("plan", _MAYBE),
    Column("reports", JSON, nullable=False),
    Column("reached", JSON, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("accepted_on", Date),
    Column("adjusted", Integer, nullable=False),
    Column("carried_to", Integer),
    Index("public_page_year", "congress", "year"),
)

reports = Table(
    "public_report",
    metadata,
    Column("report", Uuid, primary_key=True),
    Column("told", JSON, nullable=False),
)
"""Reports that were given, until and after they are approved."""

adjustments = Table(
    "public_adjustment",
    metadata,
    Column("adjustment", Uuid, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("plan", _MAYBE),
)

rules = Table(
    "public_rules",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("lights", JSON, nullable=False),
)

congresses = Table(
    "public_congress",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("slug", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("short_name", String(80), nullable=False),
)

units = Table(
    "public_unit",
    metadata,
    Column("unit", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("duty_phone", String(40), nullable=False),
)

sessions = Table(
    "public_session",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("full_counts", Boolean, nullable=False),
)

answers = Table(
    "public_answer",
    metadata,
    Column("ask", Uuid, primary_key=True),
    Column("project", Uuid, nullable=False),
    Column("progress", _MAYBE),
    Column("completion", String(32)),
)

behind = behind_table(metadata, "public_behind")

SHOWN = (Stage.LISTED.value, Stage.ADOPTED.value, Stage.NOT_ADOPTED.value)


class PublicPage(NamedTuple):
    """Everything the page shows beside the timeline; `position` changes when any of it does."""

    code: str
    project: UUID
    year: int
    stage: str
    number: int | None
    position: int
    updated_on: date
    card: dict[str, Any]
    vote: dict[str, Any] | None
    progress: dict[str, Any] | None
    """Of the last approved answer to the third ask."""
    completion: str | None
    work: "Work"
    congress: UUID
    congress_slug: str
    congress_name: str
    congress_short_name: str
    duty_phone: str | None
    session_title: str | None
    full_counts: bool
    """Whether the rule profile lets the votes be published, not only what was adopted."""


class Work(NamedTuple):
    """How a project is carried out, as far as residents may know; what its light is computed from."""

    year: int
    plan: dict[str, Any] | None
    """In force, as `reading.kept_plans` keeps it; None until it is published."""

    reports: list[dict[str, Any]]
    """The approved ones by the day they were due, the oldest first."""

    reached: list[int]
    """Numbers of milestones."""

    standing: str
    accepted_on: date | None
    adjusted: int
    """How often the plan was changed."""

    carried_to: int | None
    lights: dict[str, Any] | None
    """The congress's scheme, as `reading.kept_lights` keeps it; None for the one nobody had to adopt."""
