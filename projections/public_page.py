"""What does a resident see who scans the QR code of a project?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
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
from domain.asks.ask import AskApproved, AskIssued, ProgressAnswered, SummaryAnswered
from domain.congress.congress import CongressDescribed, CongressFounded, UnitAdded, UnitChanged
from domain.polls.poll import PollPrepared
from domain.polls.rules import Publication
from domain.projects.card import CandidateCard
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    FirstVote,
    ProjectAdopted,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
    Stage,
    VoteOnProject,
)
from domain.shared import CHINA
from projections.reading.behind import ShownProposal, behind_table, follow_behind, shown_behind
from projections.reading.projection import Projection

metadata = MetaData()

_pages = Table(
    "public_page",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("congress", Uuid, nullable=False, index=True),
    Column("project", Uuid, nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("number", Integer),
    Column("position", BigInteger, nullable=False, index=True),
    Column("updated_on", Date, nullable=False),
    Column("lead_unit", Uuid),
    Column("card", JSON, nullable=False),
    Column("vote", JSON),
    Column("progress", JSON),
    Column("completion", String(32)),
)

_congresses = Table(
    "public_congress",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("slug", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("short_name", String(80), nullable=False),
)

_units = Table(
    "public_unit",
    metadata,
    Column("unit", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("duty_phone", String(40), nullable=False),
)

_sessions = Table(
    "public_session",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("full_counts", Boolean, nullable=False),
)

_answers = Table(
    "public_answer",
    metadata,
    Column("ask", Uuid, primary_key=True),
    Column("project", Uuid, nullable=False),
    Column("progress", JSON),
    Column("completion", String(32)),
)

_behind = behind_table(metadata, "public_behind")

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
    completion: str | None
    congress: UUID
    congress_slug: str
    congress_name: str
    congress_short_name: str
    duty_phone: str | None
    session_title: str | None
    full_counts: bool
    """Whether the rule profile lets the votes be published, not only what was adopted."""


def page(conn: Connection, code: str) -> PublicPage | None:
    """The page of a listed, adopted or passed-over project."""
    row = conn.execute(
        select(
            _pages.c.code,
            _pages.c.project,
            _pages.c.year,
            _pages.c.stage,
            _pages.c.number,
            _pages.c.position,
            _pages.c.updated_on,
            _pages.c.card,
            _pages.c.vote,
            _pages.c.progress,
            _pages.c.completion,
            _pages.c.congress,
            _congresses.c.slug,
            _congresses.c.name,
            _congresses.c.short_name,
            _units.c.duty_phone,
        )
        .join(_congresses, _congresses.c.congress == _pages.c.congress)
        .outerjoin(_units, _units.c.unit == _pages.c.lead_unit)
        .where(_pages.c.code == code, _pages.c.stage.in_(SHOWN))
    ).one_or_none()
    return PublicPage._make((*row, *_session(conn, row.vote))) if row else None


def _session(conn: Connection, vote: dict[str, Any] | None) -> tuple[str | None, bool]:
    if vote is None:
        return None, False
    query = select(_sessions.c.title, _sessions.c.full_counts).where(_sessions.c.poll == UUID(vote["poll"]))
    row = conn.execute(query).one()
    return row.title, row.full_counts


def shown_proposals(conn: Connection, project_id: UUID) -> list[ShownProposal]:
    """The proposals behind a project that residents may read, in the order of receiving."""
    return shown_behind(conn, _behind, project_id)


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a page has changed after this position."""
    return set(conn.scalars(select(_pages.c.congress).where(_pages.c.position > position).distinct()))


def progress_by_project(conn: Connection, congress: UUID, year: int) -> dict[UUID, dict[str, Any]]:
    """The approved progress of each project of the year that has one."""
    rows = conn.execute(
        select(_pages.c.project, _pages.c.progress)
        .where(_pages.c.congress == congress, _pages.c.year == year, _pages.c.progress.is_not(None))
        .order_by(_pages.c.code)
    )
    return {row.project: row.progress for row in rows if row.progress is not None}


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps what a page needs beside its code."""
    _follow(conn, noticed)
    for project_id, position in follow_behind(conn, _behind, noticed, received=False).items():
        this = (_pages.c.project == project_id, _pages.c.position < position)
        conn.execute(update(_pages).where(*this).values(position=position))


def _follow(conn: Connection, noticed: Sequence[Noticed]) -> None:
    for notice in noticed:
        match notice.fact:
            case CongressFounded() as fact:
                values = {"slug": fact.slug, "name": fact.name, "short_name": fact.short_name}
                conn.execute(insert(_congresses).values(congress=notice.stream, **values))
            case CongressDescribed(name=name, short_name=short_name):
                change = update(_congresses).where(_congresses.c.congress == notice.stream)
                conn.execute(change.values(name=name, short_name=short_name))
                _touch(conn, notice, _pages.c.congress == notice.stream)
            case UnitAdded(unit=unit, duty_phone=phone):
                conn.execute(insert(_units).values(unit=unit, congress=notice.stream, duty_phone=phone))
            case UnitChanged(unit=unit, duty_phone=phone):
                conn.execute(update(_units).where(_units.c.unit == unit).values(duty_phone=phone))
                _touch(conn, notice, _pages.c.lead_unit == unit)
            case PollPrepared(session_title=title, profile=profile, rehearsal=False):
                full = profile.publication is Publication.FULL_COUNTS
                conn.execute(insert(_sessions).values(poll=notice.stream, title=title, full_counts=full))
            case _:
                _follow_project(conn, notice)


def _follow_project(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case CandidateDrafted() as fact:
            key = {"code": fact.code, "congress": fact.congress, "project": notice.stream, "year": fact.year}
            values = {**key, "stage": Stage.DRAFT.value, **_of_card(fact.card), **_moment(notice)}
            conn.execute(insert(_pages).values(**values))
        case CandidateRevised(card=card):
            _change(conn, notice, notice.stream, **_of_card(card))
        case ProjectListed(number=number):
            _change(conn, notice, notice.stream, stage=Stage.LISTED.value, number=number)
        case ProjectUnlisted():
            _change(conn, notice, notice.stream, stage=Stage.DRAFT.value, number=None)
        case ProjectAdopted(number=number, on=on, vote=vote) as fact:
            voted = _of_vote(vote, on) | {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
            _change(conn, notice, notice.stream, stage=Stage.ADOPTED.value, number=number, vote=voted)
        case ProjectNotAdopted(on=on, vote=vote) as fact:
            passed = _of_vote(vote, on) | {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
            _change(conn, notice, notice.stream, stage=Stage.NOT_ADOPTED.value, vote=passed)
        case AskIssued(project=UUID() as about):
            conn.execute(insert(_answers).values(ask=notice.stream, project=about))
        case ProgressAnswered(answer=answer, on=on):
            told = {"percent": answer.percent, "funds_spent": str(answer.funds_spent), "on": on.isoformat()}
            conn.execute(update(_answers).where(_answers.c.ask == notice.stream).values(progress=told))
        case SummaryAnswered(answer=answer):
            change = update(_answers).where(_answers.c.ask == notice.stream)
            conn.execute(change.values(completion=answer.completion.value))
        case AskApproved():
            _publish_answer(conn, notice)


def _publish_answer(conn: Connection, notice: Noticed) -> None:
    """Residents see an answer once the committee's office approved it."""
    answer = conn.execute(select(_answers).where(_answers.c.ask == notice.stream)).one_or_none()
    if answer is not None and answer.progress is not None:
        _change(conn, notice, answer.project, progress=answer.progress)
    if answer is not None and answer.completion is not None:
        _change(conn, notice, answer.project, completion=answer.completion)


def _change(conn: Connection, notice: Noticed, about: UUID, **values: object) -> None:
    conn.execute(update(_pages).where(_pages.c.project == about).values(**values, **_moment(notice)))


def _touch(conn: Connection, notice: Noticed, which: ColumnElement[bool]) -> None:
    conn.execute(update(_pages).where(which).values(position=notice.position))


def _moment(notice: Noticed) -> dict[str, object]:
    return {"position": notice.position, "updated_on": notice.at.astimezone(CHINA).date()}


def _of_card(card: CandidateCard) -> dict[str, object]:
    shown = {
        "name": card.name,
        "category": card.category,
        "purpose": card.purpose,
        "content": card.content,
        "targets": [[target.name, str(target.amount), target.unit] for target in card.targets],
        "place": card.place,
        "total_funds": None if card.total_funds is None else str(card.total_funds),
        "year_funds": None if card.year_funds is None else str(card.year_funds),
        "sources": [[source.name, str(source.percent)] for source in card.sources],
        "beneficiaries": card.beneficiaries,
        "beneficiary_count": card.beneficiary_count,
        "starts_on": None if card.starts_on is None else card.starts_on.isoformat(),
        "finishes_on": None if card.finishes_on is None else card.finishes_on.isoformat(),
        "cross_year": card.cross_year,
        "annual_targets": card.annual_targets,
        "lead_unit_name": card.lead_unit_name,
        "assisting_units": list(card.assisting_units),
        "responsible": card.responsible,
        "support_proposals": card.support_proposals,
        "supporters": card.supporters,
    }
    return {"card": shown, "lead_unit": card.lead_unit}


def _of_vote(vote: VoteOnProject, on: date) -> dict[str, object]:
    return {
        "poll": str(vote.poll),
        "on": on.isoformat(),
        "votes_for": vote.votes_for,
        "against": vote.against,
        "abstain": vote.abstain,
        "all_delegates": vote.all_delegates,
        "attending": vote.attending,
        "needed": vote.needed,
        "rank": vote.rank,
        "passed": vote.passed,
        "candidates": vote.candidates,
        "first": _of_first(vote.first) if vote.first else None,
    }


def _of_first(first: FirstVote) -> dict[str, object]:
    told = {"votes_for": first.votes_for, "rank": first.rank, "candidates": first.candidates}
    return {"poll": str(first.poll), "again": first.again, **told}


PROJECTION = Projection(name="public_page", shape=4, metadata=metadata, project=project)
