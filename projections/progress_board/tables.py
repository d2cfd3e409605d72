"""The tables of the progress board: a row a project, a row a report, a row a difficulty, the rules of each congress."""

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, MetaData, String, Table, Text, Uuid

metadata = MetaData()

projects = Table(
    "progress_project",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("stream", Uuid, nullable=False, unique=True),
    Column("position", BigInteger, nullable=False, index=True),
    Column("code", String(16), nullable=False),
    Column("number", Integer),
    Column("name", String(400), nullable=False),
    Column("category", String(80), nullable=False),
    Column("lead_unit", Uuid),
    Column("lead_unit_name", String(200), nullable=False),
    Column("plan", JSON),
    Column("plan_stage", String(16), nullable=False),
    Column("published_on", Date),
    Column("standing", String(16), nullable=False),
    Column("pauses", JSON, nullable=False),
    Column("reached", JSON, nullable=False),
    Column("reports", JSON, nullable=False),
    Column("proposed", JSON, nullable=False),
    Column("open_difficulties", Integer, nullable=False),
    Column("urged", JSON, nullable=False),
    Column("accepted", JSON),
    Column("completion", JSON),
    Column("look_backs", JSON, nullable=False),
    Index("progress_project_project", "project"),
)

reports = Table(
    "progress_report",
    metadata,
    Column("report", Uuid, primary_key=True),
    Column("stream", Uuid, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("given_on", Date, nullable=False),
    Column("percent", String(24), nullable=False),
    Column("spent", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("photos", JSON, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("checked_on", Date),
    Column("position", BigInteger, nullable=False),
    Index("progress_report_stream", "stream", "due_on"),
)

difficulties = Table(
    "progress_difficulty",
    metadata,
    Column("difficulty", Uuid, primary_key=True),
    Column("stream", Uuid, nullable=False, index=True),
    Column("raised_on", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("needs", Text, nullable=False),
    Column("decisions", JSON, nullable=False),
    Column("resolved_on", Date),
    Column("resolved_by", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
)

meetings = Table(
    "progress_meeting",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("meeting", Uuid, primary_key=True),
    Column("title", String(400), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("chair", String(200), nullable=False),
    Column("words", Text, nullable=False),
    Column("minutes", String(400), nullable=False),
)

rules = Table(
    "progress_rules",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("rules", JSON, nullable=False),
)
