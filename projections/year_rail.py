"""Where does a congress stand in its year: call, candidates, reading, vote, announcement, evaluation?"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
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
from domain.congress.session import (
    CardDrawUndone,
    PaperIssued,
    PaperIssueUndone,
    SessionConvened,
    SessionRescheduled,
)
from domain.polls.count import read_count
from domain.polls.poll import PollCancelled, PollClosed, PollCounted, PollDeclared, PollOpened, PollPrepared, PollStage
from domain.polls.rules import Form
from domain.projects.candidate_list import CandidateListPublished, CandidateListWithdrawn
from domain.projects.project import CandidateDrafted, CandidateWithdrawn
from domain.projects.voted_list import VotedListAnnounced, VotedListSupplemented
from domain.proposals.call import CallPublished
from domain.shared import CHINA
from projections.reading.projection import Projection

metadata = MetaData()

_years = Table(
    "year_rail",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("candidates", Integer, nullable=False, default=0),
    Column("listed", Integer),
    Column("listed_on", Date),
    Column("session", Uuid),
    Column("session_starts_on", Date),
    Column("poll", Uuid),
    Column("poll_stage", String(16)),
    Column("quota", Integer),
    Column("attending", Integer),
    Column("issued", Integer),
    Column("returned", Integer),
    Column("voted_on", Date),
    Column("adopted", Integer),
    Column("notice_number", String(80)),
    Column("evaluation", Uuid),
    Column("evaluation_stage", String(16)),
    Column("evaluated", Integer),
    Column("evaluated_on", Date),
    Index("year_rail_poll", "poll"),
    Index("year_rail_evaluation", "evaluation"),
    Index("year_rail_session", "session"),
)

_projects = Table(
    "year_rail_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
)


class YearRail(NamedTuple):
    """One year of a congress; what has not happened yet is None."""

    congress: UUID
    year: int
    candidates: int
    listed: int | None
    listed_on: date | None
    session: UUID | None
    session_starts_on: date | None
    poll: UUID | None
    poll_stage: str | None
    quota: int | None
    attending: int | None
    issued: int | None
    returned: int | None
    voted_on: date | None
    adopted: int | None
    notice_number: str | None
    evaluation: UUID | None
    """The newest evaluation 测评 of the year's projects or departments."""
    evaluation_stage: str | None
    evaluated: int | None
    """How many items it is on."""
    evaluated_on: date | None


def rail(conn: Connection, congress: UUID, year: int) -> YearRail | None:
    """The year, once anything of it is recorded."""
    row = conn.execute(select(_years).where(_years.c.congress == congress, _years.c.year == year)).one_or_none()
    return YearRail(*row) if row else None


def rails_of(conn: Connection, congresses: Collection[UUID], year: int) -> dict[UUID, YearRail]:
    """The same year of many congresses, in one query; those with nothing recorded are left out."""
    query = select(_years).where(_years.c.congress.in_(list(congresses)), _years.c.year == year)
    return {row.congress: YearRail(*row) for row in conn.execute(query)}


def years_among(conn: Connection, congresses: Collection[UUID]) -> list[int]:
    """The years with anything recorded in any of these, newest first."""
    query = select(_years.c.year).where(_years.c.congress.in_(list(congresses))).distinct()
    return sorted(conn.scalars(query), reverse=True)


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with anything recorded, newest first."""
    query = select(_years.c.year).where(_years.c.congress == congress).order_by(_years.c.year.desc())
    return list(conn.scalars(query))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each year along."""
    for notice in noticed:
        match notice.fact:
            case CallPublished(congress=congress, year=year):
                _year(conn, congress, year)
            case CandidateDrafted(congress=congress, year=year):
                _year(conn, congress, year, candidates=_years.c.candidates + 1)
                conn.execute(insert(_projects).values(project=notice.stream, congress=congress, year=year))
            case CandidateWithdrawn():
                row = conn.execute(select(_projects).where(_projects.c.project == notice.stream)).one()
                _year(conn, row.congress, row.year, candidates=_years.c.candidates - 1)
            case CandidateListPublished() as fact:
                _year(conn, fact.congress, fact.year, listed=len(fact.candidates), listed_on=fact.published_on)
                _list(conn, notice.stream, fact)
            case CandidateListWithdrawn():
                row = conn.execute(select(_projects).where(_projects.c.project == notice.stream)).one()
                _year(conn, row.congress, row.year, listed=None, listed_on=None)
            case SessionConvened(congress=congress, year=year, starts_on=starts_on):
                _year(conn, congress, year, session=notice.stream, session_starts_on=starts_on)
            case SessionRescheduled(starts_on=starts_on):
                moved = update(_years).where(_years.c.session == notice.stream)
                conn.execute(moved.values(session_starts_on=starts_on))
            case VotedListAnnounced() as fact:
                adopted = len(fact.projects)
                _year(conn, fact.congress, fact.year, adopted=adopted, notice_number=fact.notice_number)
            case VotedListSupplemented() as fact:
                _year(conn, fact.congress, fact.year, adopted=_years.c.adopted + len(fact.projects))
            case _:
                _follow_poll(conn, notice)


def _follow_poll(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case PollPrepared(congress=congress, year=year, profile=profile, rehearsal=False) as fact:
            if profile.form is Form.GRADE:
                prepared = {"evaluation_stage": PollStage.PREPARED.value, "evaluated_on": None}
                _year(conn, congress, year, evaluation=notice.stream, evaluated=len(fact.items), **prepared)
            else:
                _first_vote(conn, congress, year, poll=notice.stream, quota=profile.quota)
        case PollOpened(attending=attending, issued=issued):
            on = notice.at.astimezone(CHINA).date()
            opened = {"attending": attending, "issued": issued, "voted_on": on}
            _change_poll(conn, notice, poll_stage=PollStage.OPEN.value, **opened)
        case PollClosed(ballots=ballots):
            _change_poll(conn, notice, poll_stage=PollStage.CLOSED.value, returned=ballots)
        case PaperIssued(poll=poll, late=late):
            _issue(conn, poll, issued=1, attending=int(late))
        case PaperIssueUndone(poll=poll, late=late):
            _issue(conn, poll, issued=-1, attending=-int(late))
        case CardDrawUndone(poll=poll):
            _issue(conn, poll, issued=-1)
        case PollCounted(count=count):
            returned = read_count(count)["outcome"].get("returned")
            figures = {} if returned is None else {"returned": returned}
            _change_poll(conn, notice, poll_stage=PollStage.COUNTED.value, **figures)
        case PollDeclared():
            _change_poll(conn, notice, poll_stage=PollStage.DECLARED.value)
        case PollCancelled():
            _change_poll(conn, notice, poll=None, poll_stage=None, issued=None, returned=None, voted_on=None)


def _issue(conn: Connection, poll: UUID, *, issued: int, attending: int = 0) -> None:
    """Papers handed to late arrivals while the poll is open; for a card given back I stays as it was (rule 13)."""
    still_open = (_years.c.poll == poll, _years.c.poll_stage == PollStage.OPEN.value)
    figures = {"issued": _years.c.issued + issued, "attending": _years.c.attending + attending}
    conn.execute(update(_years).where(*still_open).values(figures))


def _change_poll(conn: Connection, notice: Noticed, **values: object) -> None:
    changed = conn.execute(update(_years).where(_years.c.poll == notice.stream).values(**values))
    if changed.rowcount == 0:
        _change_evaluation(conn, notice, values)


def _change_evaluation(conn: Connection, notice: Noticed, values: dict[str, object]) -> None:
    """Of an evaluation, its stage and day alone are told."""
    told = {"evaluation_stage": values["poll_stage"]}
    if "voted_on" in values:
        told["evaluated_on"] = values["voted_on"]
    if values.get("poll", notice.stream) is None:
        told |= {"evaluation": None, "evaluated": None}
    conn.execute(update(_years).where(_years.c.evaluation == notice.stream).values(**told))


def _year(conn: Connection, congress: UUID, year: int, **values: object) -> None:
    this = (_years.c.congress == congress, _years.c.year == year)
    if conn.scalar(select(_years.c.year).where(*this)) is None:
        conn.execute(insert(_years).values(congress=congress, year=year, candidates=0))
    if values:
        conn.execute(update(_years).where(*this).values(**values))


def _first_vote(conn: Connection, congress: UUID, year: int, *, poll: UUID, quota: int | None) -> None:
    """The year's own vote, or its repetition; a second ballot fills what that one left open and takes no place here."""
    this = (_years.c.congress == congress, _years.c.year == year)
    if conn.scalar(select(_years.c.poll).where(*this)) is None:
        _year(conn, congress, year, poll=poll, poll_stage=PollStage.PREPARED.value, quota=quota)


def _list(conn: Connection, stream: UUID, fact: CandidateListPublished) -> None:
    """The list's own stream belongs to the year too, for its withdrawal names neither."""
    if conn.scalar(select(_projects.c.project).where(_projects.c.project == stream)) is None:
        conn.execute(insert(_projects).values(project=stream, congress=fact.congress, year=fact.year))


PROJECTION = Projection(name="year_rail", shape=5, metadata=metadata, project=project)
