"""What happened to a project, in order, from its first card to the last approved answer?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    insert,
    select,
)

from application.history.history import Noticed
from domain.asks.answers import ProgressAnswer, SummaryAnswer
from domain.asks.ask import (
    AskApproved,
    AskIssued,
    AskSentBack,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
)
from domain.polls.reckoning import half_up
from domain.projects.project import (
    CandidateDrafted,
    CandidateWithdrawn,
    ProjectAdopted,
    ProjectEvaluated,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
    VoteOnProject,
)
from domain.shared import CHINA
from projections.reading.projection import Projection

metadata = MetaData()

_entries = Table(
    "timeline_entry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, index=True),
    Column("happened_on", Date, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("details", JSON, nullable=False),
)

_projects = Table(
    "timeline_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("code", String(16), nullable=False, unique=True),
)

_asks = Table(
    "timeline_ask",
    metadata,
    Column("ask", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("answer", JSON),
)


Lines = list[dict[str, object]]
"""Rows of `timeline_entry`."""


class Entry(NamedTuple):
    """One line of a timeline; the sentence is made from `kind` and `details` by the catalogue."""

    position: int
    happened_on: date
    kind: str
    public: bool
    details: dict[str, Any]


def timeline(conn: Connection, project_id: UUID, *, public_only: bool = False) -> list[Entry]:
    """The project's entries, newest first. Residents see approved answers and decisions only."""
    query = (
        select(_entries.c.position, _entries.c.happened_on, _entries.c.kind, _entries.c.public, _entries.c.details)
        .where(_entries.c.project == project_id)
        .order_by(_entries.c.happened_on.desc(), _entries.c.position.desc())
    )
    if public_only:
        query = query.where(_entries.c.public)
    return [Entry(*row) for row in conn.execute(query)]


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a public line was added after this position."""
    newer = (_entries.c.position > position, _entries.c.public)
    return set(conn.scalars(select(_entries.c.congress).where(*newer).distinct()))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Adds a line for every fact about a project or one of its asks; the lines of a batch are written together."""
    lines: Lines = []
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(congress=congress, code=code):
                conn.execute(insert(_projects).values(project=notice.stream, congress=congress, code=code))
                _add(conn, lines, notice, "drafted", public=False)
            case CandidateWithdrawn(reason=reason):
                _add(conn, lines, notice, "withdrawn", public=False, reason=reason)
            case ProjectListed(number=number, on=on):
                _add(conn, lines, notice, "listed", on=on, number=number)
            case ProjectUnlisted(reason=reason):
                _add(conn, lines, notice, "unlisted", public=False, reason=reason)
            case ProjectAdopted(on=on, vote=vote) as fact:
                how: dict[str, Any] = {
                    "number": fact.number,
                    "notice_number": fact.notice_number,
                    "decided_by": fact.decided_by,
                }
                _add(conn, lines, notice, "adopted", on=on, **how, **_voted(vote))
            case ProjectNotAdopted(on=on, vote=vote) as fact:
                by: dict[str, Any] = {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
                _add(conn, lines, notice, "not_adopted", on=on, **by, **_voted(vote))
            case ProjectEvaluated(on=on) as fact:
                _add(conn, lines, notice, "evaluated", on=on, **_evaluated(fact))
            case AskIssued(project=UUID()) as fact:
                _expect(conn, notice, fact)
            case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered() as fact:
                _answered(conn, lines, notice, fact)
            case AskSentBack(reason=reason, on=on):
                _about_ask(conn, lines, notice, "ask_sent_back", on, public=False, reason=reason)
            case AskApproved(on=on):
                _approved(conn, lines, notice, on)
    if lines:
        conn.execute(insert(_entries), lines)


_CONGRESS_OF = select(_projects.c.congress).where(_projects.c.project == bindparam("project"))


def _add(
    conn: Connection,
    lines: Lines,
    notice: Noticed,
    kind: str,
    *,
    on: date | None = None,
    public: bool = True,
    **details: object,
) -> None:
    congress = conn.scalar(_CONGRESS_OF, {"project": notice.stream})
    lines.append(_line(notice, congress, notice.stream, kind, on, public=public, details=details))


def _line(
    notice: Noticed,
    congress: UUID | None,
    project_id: UUID,
    kind: str,
    on: date | None,
    *,
    public: bool,
    details: dict[str, object],
) -> dict[str, object]:
    return {
        "congress": congress,
        "project": project_id,
        "position": notice.position,
        "happened_on": on or notice.at.astimezone(CHINA).date(),
        "kind": kind,
        "public": public,
        "details": details,
    }


def _expect(conn: Connection, notice: Noticed, fact: AskIssued) -> None:
    conn.execute(
        insert(_asks).values(
            ask=notice.stream, congress=fact.congress, project=fact.project, kind=fact.kind.value, due_on=fact.due_on
        )
    )


def _about_ask(
    conn: Connection, lines: Lines, notice: Noticed, kind: str, on: date, *, public: bool, **details: object
) -> None:
    ask = conn.execute(select(_asks).where(_asks.c.ask == notice.stream)).one_or_none()
    if ask is not None:
        told = {"ask": ask.kind, **details}
        lines.append(_line(notice, ask.congress, ask.project, kind, on, public=public, details=told))


def _answered(
    conn: Connection,
    lines: Lines,
    notice: Noticed,
    fact: PlanAnswered | ResultAnswered | ProgressAnswered | SummaryAnswered,
) -> None:
    _about_ask(conn, lines, notice, "ask_answered", fact.on, public=False)
    conn.execute(
        _asks.update().where(_asks.c.ask == notice.stream).values(answered_on=fact.on, answer=_told(fact.answer))
    )


def _approved(conn: Connection, lines: Lines, notice: Noticed, on: date) -> None:
    """What residents read of an answer is the answer as it was approved."""
    answer = conn.scalar(select(_asks.c.answer).where(_asks.c.ask == notice.stream))
    _about_ask(conn, lines, notice, "ask_approved", on, public=True, **(answer or {}))


def _told(answer: object) -> dict[str, object]:
    match answer:
        case ProgressAnswer():
            return {
                "percent": answer.percent,
                "funds_spent": str(answer.funds_spent),
                "milestones": answer.milestones,
                "problems": answer.problems,
                "inspections": answer.inspections,
            }
        case SummaryAnswer():
            return {"completion": answer.completion.value, "results": answer.results, "leftovers": answer.leftovers}
        case _:
            return {}


def _voted(vote: VoteOnProject) -> dict[str, Any]:
    return {
        "votes_for": vote.votes_for,
        "needed": vote.needed,
        "all_delegates": vote.all_delegates,
        "attending": vote.attending,
        "rank": vote.rank,
        "passed": vote.passed,
        "candidates": vote.candidates,
        "again": vote.first.again if vote.first else "",
    }


def _evaluated(fact: ProjectEvaluated) -> dict[str, Any]:
    """Rates as they are printed, in percent of the valid marks, two decimals (rule 24)."""
    return {
        "poll": str(fact.poll),
        "title": fact.title,
        "notice_number": fact.notice_number,
        "grade": fact.grade,
        "band": fact.band,
        "score": None if fact.score is None else str(fact.score),
        "rank": fact.rank,
        "items": fact.evaluated,
        "satisfaction": None if fact.satisfaction is None else half_up(fact.satisfaction * 100, 2),
        "overall": None if fact.overall is None else half_up(fact.overall * 100, 2),
    }


PROJECTION = Projection(name="progress_timeline", shape=3, metadata=metadata, project=project)
