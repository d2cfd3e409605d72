"""The tables: one row an ask, its steps, and what projects are called."""

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, MetaData, String, Table, Uuid

metadata = MetaData()

asks = Table(
    "ask",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("ask", Uuid, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("project", Uuid),
    Column("project_number", Integer),
    Column("project_name", String(400), nullable=False),
    Column("unit", Uuid),
    Column("unit_name", String(200), nullable=False),
    Column("addressee", String(16), nullable=False),
    Column("asked_by", Uuid),
    Column("opens_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("required", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("rules_of", Uuid),
    Column("rules_version", Integer, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("answered_on", Date),
    Column("answer", JSON),
    Column("sent_back_because", String, nullable=False),
    Column("closed_on", Date),
    Column("overdue_on", Date),
    Column("escalated", Integer, nullable=False),
    Column("escalated_to", String(200), nullable=False),
    Column("urged_on", Date),
    Column("urged", String, nullable=False),
    Column("carried", JSON, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("ask_ask", "ask"),
    Index("ask_project_asked", "project"),
    Index("ask_asked_by", "asked_by", "year"),
    Index("ask_waiting", "stage", "due_on", "ask"),
    Index("ask_cell", "congress", "year", "kind", "stage", "due_on", "opens_on", "escalated"),
)
"""The last index holds all that the matrix asks for: the rows, with their answers, are not read for it."""

steps = Table(
    "ask_step",
    metadata,
    Column("ask", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("words", String, nullable=False),
    Column("number", Integer),
)

names = Table(
    "ask_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("name", String(400), nullable=False),
    Column("number", Integer),
)
