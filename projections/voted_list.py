"""Which projects are on the annual voted list of a congress, and how was each of its candidates voted?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    case,
    insert,
    select,
    union,
    update,
)

from application.history.history import Noticed
from domain.polls.poll import PollPrepared
from domain.polls.rules import Publication
from domain.projects.card import CandidateCard
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    ProjectAdopted,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
    Stage,
    VoteOnProject,
)
from domain.projects.voted_list import VotedListAnnounced, VotedListSupplemented
from projections.reading.projection import Projection

metadata = MetaData()

_lists = Table(
    "voted_list",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("poll", Uuid, nullable=False),
    Column("notice_number", String(80), nullable=False),
    Column("announced_on", Date, nullable=False),
    Column("full_counts", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
)

_supplements = Table(
    "voted_supplement",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("position", BigInteger, primary_key=True, index=True),
    Column("poll", Uuid, nullable=False),
    Column("notice_number", String(80), nullable=False),
    Column("announced_on", Date, nullable=False),
    Column("decided_by", String(24), nullable=False),
    Column("first_number", Integer, nullable=False),
    Column("projects", Integer, nullable=False),
)

_polls = Table(
    "voted_poll",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("full_counts", Boolean, nullable=False),
)

_projects = Table(
    "voted_project",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False, index=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("stage", String(16), nullable=False),
    Column("number", Integer),
    Column("name", String(400), nullable=False),
    Column("category", String(80), nullable=False),
    Column("content", String, nullable=False),
    Column("place", String(400), nullable=False),
    Column("lead_unit", String(200), nullable=False),
    Column("total_funds", String(40)),
    Column("beneficiary_count", Integer),
    Column("finishes_on", Date),
    Column("votes_for", Integer),
    Column("against", Integer),
    Column("abstain", Integer),
    Column("needed", Integer),
    Column("all_delegates", Integer),
    Column("attending", Integer),
    Column("rank", Integer),
    Column("passed", Integer),
    Column("poll", Uuid),
    Column("again", String(16), nullable=False, server_default=""),
    Column("first_votes", Integer),
    Column("decided_by", String(24), nullable=False, server_default=""),
    Column("notice_number", String(80), nullable=False, server_default=""),
    Column("first_rank", Integer),
    Index("voted_project_project", "project"),
)


_told = [column for column in _lists.c if column.name != "position"]
_shown = [column for column in _projects.c if column.name not in ("congress", "year", "position", "first_rank")]


class VotedList(NamedTuple):
    """The announcement of a year's list."""

    congress: UUID
    year: int
    poll: UUID
    notice_number: str
    announced_on: date
    full_counts: bool
    """Whether the rule profile lets the votes be published, not only what was adopted."""


class Supplement(NamedTuple):
    """Projects that came onto the list later: by a second ballot, or by decision of `decided_by`."""

    poll: UUID
    notice_number: str
    announced_on: date
    decided_by: str
    first_number: int
    projects: int


class VotedProject(NamedTuple):
    """A candidate of the year with how it was voted; `number` is that of the voted list once adopted."""

    project: UUID
    code: str
    stage: str
    number: int | None
    name: str
    category: str
    content: str
    place: str
    lead_unit: str
    total_funds: Decimal | None
    """Yuan."""
    beneficiary_count: int | None
    finishes_on: date | None
    votes_for: int | None
    against: int | None
    abstain: int | None
    needed: int | None
    all_delegates: int | None
    attending: int | None
    rank: int | None
    passed: bool | None
    poll: UUID | None
    """The poll whose votes these are."""
    again: str
    """`tie` or `shortfall` where that was a second ballot."""
    first_votes: int | None
    """Votes in the first ballot, where there was a second."""
    decided_by: str
    """`presidium` or `standing_committee` where a body gave the place, or gave it to others."""
    notice_number: str
    """Of the notice that put the project on the list, or of that decision."""


def announced(conn: Connection, congress: UUID, year: int) -> VotedList | None:
    """The year's list, once announced."""
    row = conn.execute(select(*_told).where(_lists.c.congress == congress, _lists.c.year == year)).one_or_none()
    return VotedList(*row) if row else None


def all_announced(conn: Connection, congress: UUID | None = None) -> list[VotedList]:
    """Every announced list (of one congress), newest year first."""
    query = select(*_told).order_by(_lists.c.year.desc(), _lists.c.announced_on.desc(), _lists.c.congress)
    if congress is not None:
        query = query.where(_lists.c.congress == congress)
    return [VotedList(*row) for row in conn.execute(query)]


def adopted(conn: Connection, congress: UUID, year: int) -> list[VotedProject]:
    """The projects on the year's voted list, by number."""
    return [project for project in voted(conn, congress, year) if project.stage == Stage.ADOPTED]


def supplements(conn: Connection, congress: UUID, year: int) -> list[Supplement]:
    """What came onto the year's list after its announcement, in that order."""
    columns = [column for column in _supplements.c if column.name not in ("congress", "year", "position")]
    asked = select(*columns).where(_supplements.c.congress == congress, _supplements.c.year == year)
    return [Supplement(*row) for row in conn.execute(asked.order_by(_supplements.c.position))]


def voted(conn: Connection, congress: UUID, year: int) -> list[VotedProject]:
    """Every candidate that was decided on: adopted ones by number, then the others by votes in the first ballot."""
    by_number = case((_projects.c.stage == Stage.ADOPTED.value, _projects.c.number))
    order = (_projects.c.stage, by_number, _projects.c.first_rank, _projects.c.number, _projects.c.code)
    rows = conn.execute(
        select(*_shown)
        .where(_projects.c.congress == congress, _projects.c.year == year, _projects.c.rank.is_not(None))
        .order_by(*order)
    )
    return [_project(row) for row in rows]


def waiting(conn: Connection, congress: UUID, year: int) -> list[VotedProject]:
    """Candidates that a declared poll left to a second ballot or a decision, by their numbers; none before."""
    if announced(conn, congress, year) is None:
        return []
    rows = conn.execute(
        select(*_shown)
        .where(_projects.c.congress == congress, _projects.c.year == year, _projects.c.stage == Stage.LISTED.value)
        .order_by(_projects.c.number, _projects.c.code)
    )
    return [_project(row) for row in rows]


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a list was announced or a candidate has changed after this position."""
    tables = (_lists, _supplements, _projects)
    return set(conn.scalars(union(*(select(one.c.congress).where(one.c.position > position) for one in tables))))


def _project(row: Sequence[object]) -> VotedProject:
    found = VotedProject(*row)  # type: ignore[arg-type]  # the columns are selected in the tuple's order
    funds = Decimal(found.total_funds) if found.total_funds is not None else None
    return found._replace(total_funds=funds, passed=None if found.passed is None else bool(found.passed))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Follows candidates into the list."""
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(congress=congress, year=year, code=code, card=card):
                key = {"congress": congress, "year": year, "project": notice.stream, "code": code}
                drafted = {"stage": Stage.DRAFT.value, "position": notice.position, **_of_card(card)}
                conn.execute(insert(_projects).values(**key, **drafted))
            case CandidateRevised(card=card):
                _change(conn, notice, **_of_card(card))
            case ProjectListed(number=number):
                _change(conn, notice, stage=Stage.LISTED.value, number=number)
            case ProjectUnlisted():
                _change(conn, notice, stage=Stage.DRAFT.value, number=None)
            case ProjectAdopted(number=number, vote=vote) as fact:
                how = {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
                _change(conn, notice, stage=Stage.ADOPTED.value, number=number, **how, **_of_vote(vote))
            case ProjectNotAdopted(vote=vote) as fact:
                how = {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
                _change(conn, notice, stage=Stage.NOT_ADOPTED.value, **how, **_of_vote(vote))
            case PollPrepared(profile=profile, rehearsal=False):
                full = profile.publication is Publication.FULL_COUNTS
                conn.execute(insert(_polls).values(poll=notice.stream, full_counts=full))
            case VotedListAnnounced() as fact:
                full_counts = conn.scalar(select(_polls.c.full_counts).where(_polls.c.poll == fact.poll))
                conn.execute(
                    insert(_lists).values(
                        congress=fact.congress,
                        year=fact.year,
                        poll=fact.poll,
                        notice_number=fact.notice_number,
                        announced_on=fact.announced_on,
                        full_counts=bool(full_counts),
                        position=notice.position,
                    )
                )
            case VotedListSupplemented() as fact:
                conn.execute(insert(_supplements).values(**_supplement(fact), position=notice.position))


def _supplement(fact: VotedListSupplemented) -> dict[str, object]:
    return {
        "congress": fact.congress,
        "year": fact.year,
        "poll": fact.poll,
        "notice_number": fact.notice_number,
        "announced_on": fact.announced_on,
        "decided_by": fact.decided_by,
        "first_number": min((line.number for line in fact.projects), default=0),
        "projects": len(fact.projects),
    }


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    this = _projects.c.project == notice.stream
    conn.execute(update(_projects).where(this).values(position=notice.position, **values))


def _of_card(card: CandidateCard) -> dict[str, object]:
    return {
        "name": card.name,
        "category": card.category,
        "content": card.content,
        "place": card.place,
        "lead_unit": card.lead_unit_name,
        "total_funds": None if card.total_funds is None else str(card.total_funds),
        "beneficiary_count": card.beneficiary_count,
        "finishes_on": card.finishes_on,
    }


def _of_vote(vote: VoteOnProject) -> dict[str, object]:
    return {
        "votes_for": vote.votes_for,
        "against": vote.against,
        "abstain": vote.abstain,
        "needed": vote.needed,
        "all_delegates": vote.all_delegates,
        "attending": vote.attending,
        "rank": vote.rank,
        "passed": int(vote.passed),
        "poll": vote.poll,
        "again": vote.first.again if vote.first else "",
        "first_votes": vote.first.votes_for if vote.first else None,
        "first_rank": vote.first.rank if vote.first else vote.rank,
    }


PROJECTION = Projection(name="voted_list", shape=4, metadata=metadata, project=project)
