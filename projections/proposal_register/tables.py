"""The tables of the register: one row a proposal, one a step of its way, counters of the outcomes, the words."""

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table, Uuid

from domain.proposals.proposal import Outcome
from projections.proposal_register.search import words_table
from projections.reading.moment import Moment

metadata = MetaData()

OPEN: Final = "open"
"""Counted and asked for as an outcome: the proposal has none yet."""

proposals = Table(
    "proposal",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("proposal", Uuid, primary_key=True),
    Column("code", String(16), nullable=False),
    Column("form", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("title", String, nullable=False),
    Column("content", String, nullable=False),
    Column("place", String, nullable=False),
    Column("category", String, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("into", Uuid),
    Column("project", Uuid),
    Column("shown", Boolean, nullable=False),
    Column("public_title", String, nullable=False),
    Column("public_content", String, nullable=False),
    Column("supporters", Integer, nullable=False),
    Column("taken_in", Integer, nullable=False),
    Column("signatories", Integer, nullable=False),
    Column("unit_name", String, nullable=False),
    Column("unit", Uuid),
    Column("delegate", Uuid),
    Column("house", Uuid),
    Column("origin", Uuid),
    Column("split_from", Uuid),
    Column("screened", Boolean, nullable=False),
    Column("hits", JSON, nullable=False),
    Column("has_photos", Boolean, nullable=False),
    Column("contact", Uuid),
    Column("received_at", Moment, nullable=False),
    Column("hit", Boolean, nullable=False),
    Column("entered", BigInteger, nullable=False),
    Index("proposal_itself", "proposal"),
    Index("proposal_code", "code"),
    Index("proposal_entered", "congress", "year", "entered"),
    Index("proposal_outcome", "congress", "year", "outcome", "entered"),
    Index("proposal_category", "congress", "year", "category", "entered"),
    Index("proposal_channel", "congress", "year", "channel", "entered"),
    Index("proposal_screening", "congress", "year", "screened", "hit", "entered"),
    Index("proposal_at", "entered"),
)
for _name in ("into", "project", "delegate", "unit", "origin", "split_from"):
    _known = proposals.c[_name].is_not(None)
    Index(f"proposal_{_name}", proposals.c[_name], sqlite_where=_known, postgresql_where=_known)
_is_reserved = proposals.c.outcome == Outcome.RESERVE.value
Index(
    "proposal_reserved",
    proposals.c.congress,
    proposals.c.year,
    proposals.c.entered,
    sqlite_where=_is_reserved,
    postgresql_where=_is_reserved,
)
Index(
    "proposal_shown",
    proposals.c.congress,
    proposals.c.year,
    proposals.c.entered,
    sqlite_where=proposals.c.shown.is_(True),
    postgresql_where=proposals.c.shown.is_(True),
)

photos = Table(
    "proposal_photo",
    metadata,
    Column("file", Uuid, primary_key=True),
    Column("proposal", Uuid, primary_key=True),
    Index("proposal_photo_of", "proposal"),
)

totals_kept = Table(
    "proposal_total",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("outcome", String(24), primary_key=True),
    Column("number", Integer, nullable=False),
)

steps = Table(
    "proposal_step",
    metadata,
    Column("proposal", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("told", JSON, nullable=False),
)

words = words_table(metadata)
