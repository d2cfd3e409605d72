"""The tables of the years' figures: a row a project; yuan are kept in fen, so that they add up exactly."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table, Uuid

FEN: Final = 100

metadata = MetaData()
projects = Table(
    "figures_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
    Column("name", String(400), nullable=False),
    Column("category", String(80), nullable=False),
    Column("total_fen", BigInteger, nullable=False),
    Column("year_fen", BigInteger, nullable=False),
    Column("beneficiaries", BigInteger, nullable=False),
    Column("spent_fen", BigInteger, nullable=False),
    Column("completion", String(16), nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("adjustments", Integer, nullable=False),
    Column("difficulties", Integer, nullable=False),
    Column("look_backs", Integer, nullable=False),
    Column("grade", String(80), nullable=False),
    Column("satisfaction", String(40)),
    Index("figures_project_congress", "congress", "year"),
)
streams = Table(
    "figures_stream",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("project", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
)
reports = Table(
    "figures_report",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("report", Uuid, nullable=False),
    Column("fen", BigInteger, nullable=False),
)
