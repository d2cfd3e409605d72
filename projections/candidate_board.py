"""Which candidate projects does a congress have for a year, and what keeps each from being listed?"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.projects.candidate_list import CandidateListPublished, CandidateListWithdrawn
from domain.projects.card import CandidateCard, gaps
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    CandidateWithdrawn,
    ProjectAdopted,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
    Stage,
)
from projections.reading.projection import Projection

metadata = MetaData()

_candidates = Table(
    "candidate",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("code", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("listed_number", Integer),
    Column("number", Integer),
    Column("name", String, nullable=False),
    Column("category", String, nullable=False),
    Column("lead_unit", String, nullable=False),
    Column("total_funds", String(40)),
    Column("beneficiary_count", Integer),
    Column("supporters", Integer, nullable=False),
    Column("gaps", JSON, nullable=False),
    Column("entered", BigInteger, nullable=False),
    Index("candidate_project", "project"),
)

_lists = Table(
    "candidate_list",
    metadata,
    Column("list", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("decision", String, nullable=False),
    Column("published", Integer, nullable=False),
)


class ListedCandidate(NamedTuple):
    """A candidate as lists show it."""

    project: UUID
    code: str
    stage: str
    listed_number: int | None
    number: int | None
    name: str
    category: str
    lead_unit: str
    total_funds: Decimal | None
    beneficiary_count: int | None
    supporters: int
    gaps: list[list[str]]
    """Field, kind of gap and value, in the order of the form."""

    @property
    def shown_number(self) -> int | None:
        """The number on the list, else the one on the card."""
        return self.listed_number or self.number


_COLUMNS = [column for column in _candidates.c if column.name not in ("congress", "year", "entered")]


def candidates_of(conn: Connection, congress: UUID, year: int) -> list[ListedCandidate]:
    """The year's candidates by their numbers; withdrawn ones last."""
    rows = conn.execute(
        select(*_COLUMNS)
        .where(_candidates.c.congress == congress, _candidates.c.year == year)
        .order_by(_candidates.c.number.is_(None), _candidates.c.number, _candidates.c.entered)
    )
    found = [_candidate(row) for row in rows]
    return sorted(found, key=lambda one: one.stage == Stage.WITHDRAWN)


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with candidates, newest first."""
    query = select(_candidates.c.year).where(_candidates.c.congress == congress)
    return sorted(set(conn.scalars(query)), reverse=True)


def categories(conn: Connection, congress: UUID) -> list[str]:
    """The categories in use in any year, in the order of their characters."""
    used = select(_candidates.c.category).where(_candidates.c.congress == congress, _candidates.c.category != "")
    return sorted(set(conn.scalars(used)))


def decision_of(conn: Connection, congress: UUID, year: int) -> str | None:
    """By which decision the year's list was fixed; None while none is published."""
    this = (_lists.c.congress == congress, _lists.c.year == year, _lists.c.published == 1)
    return conn.scalar(select(_lists.c.decision).where(*this))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a candidate."""
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(congress=congress, year=year, code=code, card=card):
                key = {"congress": congress, "year": year, "project": notice.stream, "code": code}
                values = {**key, "stage": Stage.DRAFT.value, "entered": notice.position, **_of_card(card)}
                conn.execute(insert(_candidates).values(**values))
            case CandidateRevised(card=card):
                _change(conn, notice, **_of_card(card))
            case CandidateWithdrawn():
                _change(conn, notice, stage=Stage.WITHDRAWN.value)
            case ProjectListed(number=number):
                _change(conn, notice, stage=Stage.LISTED.value, listed_number=number)
            case ProjectUnlisted():
                _change(conn, notice, stage=Stage.DRAFT.value, listed_number=None)
            case ProjectAdopted():
                _change(conn, notice, stage=Stage.ADOPTED.value)
            case ProjectNotAdopted():
                _change(conn, notice, stage=Stage.NOT_ADOPTED.value)
            case CandidateListPublished() as fact:
                _publish(conn, notice, fact)
            case CandidateListWithdrawn():
                conn.execute(update(_lists).where(_lists.c.list == notice.stream).values(published=0))


def _publish(conn: Connection, notice: Noticed, fact: CandidateListPublished) -> None:
    values: dict[str, Any] = {"decision": fact.decision, "published": 1}
    if conn.execute(update(_lists).where(_lists.c.list == notice.stream).values(**values)).rowcount == 0:
        conn.execute(insert(_lists).values(list=notice.stream, congress=fact.congress, year=fact.year, **values))


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(_candidates).where(_candidates.c.project == notice.stream).values(**values))


def _of_card(card: CandidateCard) -> dict[str, object]:
    return {
        "number": card.number,
        "name": card.name,
        "category": card.category,
        "lead_unit": card.lead_unit_name,
        "total_funds": None if card.total_funds is None else str(card.total_funds),
        "beneficiary_count": card.beneficiary_count,
        "supporters": card.supporters,
        "gaps": [[gap.field, gap.gap.value, gap.value] for gap in gaps(card)],
    }


def _candidate(row: Sequence[Any]) -> ListedCandidate:
    found = ListedCandidate._make(row)
    funds = row[8]
    return found._replace(total_funds=None if funds is None else Decimal(funds))


PROJECTION = Projection(name="candidate_board", shape=1, metadata=metadata, project=project)
