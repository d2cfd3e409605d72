"""Which candidate projects does a congress have for a year, and what keeps each from being listed?"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
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
from domain.proposals.screening import ScreeningRulesAdopted
from domain.proposals.support import SupportIndex
from projections.reading.behind import behind, behind_table, follow_behind
from projections.reading.projection import Projection

Told = dict[str, Any]
"""An approval as it is kept."""

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
    Column("support_proposals", Integer, nullable=False),
    Column("supporters", Integer, nullable=False),
    Column("gaps", JSON, nullable=False),
    Column("screened", Boolean, nullable=False),
    Column("hits", JSON, nullable=False),
    Column("approvals", JSON, nullable=False),
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

_rules = Table(
    "candidate_rules",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("approvals", JSON, nullable=False),
)

_behind = behind_table(metadata, "candidate_behind")


class Standing(StrEnum):
    """How far a candidate is on its way to the congress: the columns of the board."""

    TO_SCREEN = "to_screen"
    SCREENED = "screened"
    IN_APPROVAL = "in_approval"
    READY = "ready"
    LISTED = "listed"
    WITHDRAWN = "withdrawn"


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
    support_proposals: int = 0
    """Proposals behind it: of the record while the card is open, then as frozen."""
    screened: bool = False
    hits: list[list[str]] = []  # noqa: RUF012 -- never changed; a named tuple has no factories
    """Code and name of each rule of the negative list that was hit."""
    approvals: list[dict[str, Any]] = []  # noqa: RUF012 -- never changed
    """approval, kind, body, outcome, number and on of each that stands, in the order of recording."""
    lacking: list[str] = []  # noqa: RUF012 -- never changed
    """Kinds of approval that the congress's rules still ask for, in their order."""
    by_rules: bool = False
    """Whether the congress has adopted screening rules."""

    @property
    def refused_by(self) -> str:
        """The body whose refusal stands; empty for none."""
        return next((one["body"] for one in self.approvals if one["outcome"] == ApprovalOutcome.REFUSAL), "")

    @property
    def standing(self) -> Standing:
        """The column of the board; nothing is ready that could not be listed today."""
        if self.stage != Stage.DRAFT:
            return Standing.WITHDRAWN if self.stage == Stage.WITHDRAWN else Standing.LISTED
        if self.hits:
            return Standing.TO_SCREEN
        blocked = self.refused_by or self.lacking or self.gaps
        if not blocked and (self.screened or not self.by_rules):
            return Standing.READY
        if self.approvals:
            return Standing.IN_APPROVAL
        return Standing.SCREENED if self.screened else Standing.TO_SCREEN

    @property
    def support(self) -> SupportIndex:
        """The support index."""
        return SupportIndex(proposals=self.support_proposals, supporters=self.supporters)

    @property
    def shown_number(self) -> int | None:
        """The number on the list, else the one on the card."""
        return self.listed_number or self.number


_COLUMNS = [_candidates.c[name] for name in ListedCandidate._fields if name in _candidates.c]


def candidates_of(conn: Connection, congress: UUID, year: int) -> list[ListedCandidate]:
    """The year's candidates by their numbers; withdrawn ones last."""
    rows = conn.execute(
        select(*_COLUMNS)
        .where(_candidates.c.congress == congress, _candidates.c.year == year)
        .order_by(_candidates.c.number.is_(None), _candidates.c.number, _candidates.c.entered)
    )
    asked: list[str] | None = conn.scalar(select(_rules.c.approvals).where(_rules.c.congress == congress))
    found = [_candidate(row, asked) for row in rows]
    open_ones = [one.project for one in found if one.stage == Stage.DRAFT]
    voices = behind(conn, _behind, open_ones)
    found = [
        one._replace(support_proposals=of.proposals, supporters=of.supporters)
        if (of := voices.get(one.project)) is not None
        else one
        for one in found
    ]
    return sorted(found, key=lambda one: one.stage == Stage.WITHDRAWN)


def candidate_at(conn: Connection, congress: UUID, project_id: UUID) -> ListedCandidate | None:
    """One candidate as the board has it."""
    this = (_candidates.c.congress == congress, _candidates.c.project == project_id)
    year: int | None = conn.scalar(select(_candidates.c.year).where(*this))
    found = candidates_of(conn, congress, year) if year is not None else []
    return next((one for one in found if one.project == project_id), None)


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
    follow_behind(conn, _behind, noticed, received=False)
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(congress=congress, year=year, code=code, card=card):
                key = {"congress": congress, "year": year, "project": notice.stream, "code": code}
                blank = {"screened": False, "hits": [], "approvals": [], "stage": Stage.DRAFT.value}
                values = {**key, **blank, "entered": notice.position, **_of_card(card)}
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
            case CandidateScreened(screening=found):
                _change(conn, notice, screened=True, hits=[[line.code, line.name] for line in found.hits])
            case ApprovalRecorded() as fact:
                _change(conn, notice, approvals=[*_approvals(conn, notice), _told(fact)])
            case ApprovalWithdrawn(approval=gone):
                others = [one for one in _approvals(conn, notice) if one["approval"] != str(gone)]
                _change(conn, notice, approvals=others)
            case ScreeningRulesAdopted() as fact:
                _adopt(conn, fact)
            case CandidateListPublished() as fact:
                _publish(conn, notice, fact)
            case CandidateListWithdrawn():
                conn.execute(update(_lists).where(_lists.c.list == notice.stream).values(published=0))


def _publish(conn: Connection, notice: Noticed, fact: CandidateListPublished) -> None:
    values: dict[str, Any] = {"decision": fact.decision, "published": 1}
    if conn.execute(update(_lists).where(_lists.c.list == notice.stream).values(**values)).rowcount == 0:
        conn.execute(insert(_lists).values(list=notice.stream, congress=fact.congress, year=fact.year, **values))


def _adopt(conn: Connection, fact: ScreeningRulesAdopted) -> None:
    values = {"approvals": [kind.value for kind in fact.rules.approvals]}
    if conn.execute(update(_rules).where(_rules.c.congress == fact.congress).values(**values)).rowcount == 0:
        conn.execute(insert(_rules).values(congress=fact.congress, **values))


def _approvals(conn: Connection, notice: Noticed) -> list[Told]:
    return conn.scalar(select(_candidates.c.approvals).where(_candidates.c.project == notice.stream)) or []


def _told(fact: ApprovalRecorded) -> Told:
    return {
        "approval": str(fact.approval),
        "kind": fact.kind.value,
        "body": fact.body,
        "outcome": fact.outcome.value,
        "number": fact.number,
        "on": fact.on.isoformat(),
    }


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
        "support_proposals": card.support_proposals,
        "supporters": card.supporters,
        "gaps": [[gap.field, gap.gap.value, gap.value] for gap in gaps(card)],
    }


def _candidate(row: Row[Any], asked: list[str] | None) -> ListedCandidate:
    """`asked`: whose consent the congress's rules ask for; None where it has adopted none."""
    found = ListedCandidate(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
    consented = {one["kind"] for one in found.approvals if one["outcome"] != ApprovalOutcome.REFUSAL}
    return found._replace(
        total_funds=None if found.total_funds is None else Decimal(found.total_funds),
        lacking=[kind for kind in asked or () if kind not in consented],
        by_rules=asked is not None,
    )


PROJECTION = Projection(name="candidate_board", shape=2, metadata=metadata, project=project)
