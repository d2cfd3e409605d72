"""The tables of the plans: one row a project, one an adjustment, one a publication of the duty list."""

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, MetaData, String, Table, Text, Uuid

metadata = MetaData()

plans = Table(
    "plan",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("name", String, nullable=False),
    Column("filed", JSON(none_as_null=True)),
    Column("filed_on", Date, nullable=False),
    Column("sent_back_because", Text, nullable=False),
    Column("sent_back_on", Date),
    Column("in_force", JSON(none_as_null=True)),
    Column("adopted", JSON, nullable=False),
    Column("as_published", JSON(none_as_null=True)),
    Column("published_on", Date),
    Column("standing", String(16), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False, index=True),
    Index("plan_project", "project"),
    Index("plan_congress_year", "congress", "year"),
)

adjustments = Table(
    "plan_adjustment",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("adjustment", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("measure", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("body", String(32), nullable=False),
    Column("number", String, nullable=False),
    Column("notice_on", Date),
    Column("decided_on", Date),
    Column("ended_because", Text, nullable=False),
    Column("session", Uuid),
    Column("session_title", String, nullable=False),
    Column("told_on", Date),
    Column("position", BigInteger, nullable=False),
    Index("plan_adjustment_adjustment", "adjustment"),
    Index("plan_adjustment_congress_year", "congress", "year"),
    Index("plan_adjustment_project", "project"),
)

publications = Table(
    "duty_list_publication",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("position", BigInteger, primary_key=True, index=True),
    Column("number", String, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("issuer", String, nullable=False),
    Column("projects", JSON, nullable=False),
)
