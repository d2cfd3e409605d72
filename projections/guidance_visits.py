"""Which congresses below were visited for guidance, what was found there, and how was it answered?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    or_,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.visit import (
    UNANSWERED,
    FindingStage,
    VisitCancelled,
    VisitFindingAnswered,
    VisitFindingApproved,
    VisitFindingNoted,
    VisitFindingSentBack,
    VisitFindingWithdrawn,
    VisitHeld,
    VisitPlan,
    VisitPlanned,
    VisitRearranged,
    VisitStage,
)
from projections.reading.attached import as_rows
from projections.reading.projection import Projection

metadata = MetaData()

_visits = Table(
    "guidance_visit",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("visit", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("visited", Uuid, nullable=False),
    Column("visited_name", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("place", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("members", String, nullable=False),
    Column("projects", JSON, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("cancelled_because", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("files", JSON, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("guidance_visit_visit", "visit", unique=True),
    Index("guidance_visit_visited", "visited"),
)

_findings = Table(
    "visit_finding",
    metadata,
    Column("visit", Uuid, primary_key=True),
    Column("finding", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("project", Uuid),
    Column("noted_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_on", Date),
    Column("files", JSON, nullable=False),
    Column("sent_back_because", Text, nullable=False),
    Column("remark", Text, nullable=False),
)


class VisitRow(NamedTuple):
    """A visit as both offices see it."""

    congress: UUID
    visit: UUID
    year: int
    visited: UUID
    visited_name: str
    on: date
    """The day it is planned for, or took place on."""
    place: str
    topic: str
    members: str
    projects: list[str]
    stage: str
    cancelled_because: str
    report: str
    files: list[dict[str, Any]]


class FindingRow(NamedTuple):
    """What the congress that was visited is to answer. Overdue is a question of the day it is looked at."""

    visit: UUID
    finding: UUID
    words: str
    project: UUID | None
    noted_on: date
    due_on: date
    stage: str
    answer: str
    answered_on: date | None
    files: list[dict[str, Any]]
    sent_back_because: str
    remark: str

    @property
    def waits(self) -> bool:
        """Whether an answer is awaited."""
        return self.stage in UNANSWERED

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been answered by `today`."""
        return self.waits and today > self.due_on


def visits_of(conn: Connection, congress: UUID, *, year: int | None = None) -> list[VisitRow]:
    """Those the congress makes and those it receives, the latest day first."""
    query = select(*_SHOWN).where(or_(_visits.c.congress == congress, _visits.c.visited == congress))
    if year is not None:
        query = query.where(_visits.c.year == year)
    rows = conn.execute(query.order_by(_visits.c.on.desc(), _visits.c.position.desc()))
    return [VisitRow(*row) for row in rows]


def visit_at(conn: Connection, visit: UUID) -> VisitRow | None:
    """One visit."""
    row = conn.execute(select(*_SHOWN).where(_visits.c.visit == visit)).one_or_none()
    return VisitRow(*row) if row else None


def findings_of(conn: Connection, visits: Sequence[UUID]) -> dict[UUID, list[FindingRow]]:
    """The findings of each visit, in the order of noting."""
    shown = [column for column in _findings.c if column.name != "position"]
    query = select(*shown).where(_findings.c.visit.in_(list(visits)))
    found: dict[UUID, list[FindingRow]] = {visit: [] for visit in visits}
    for row in conn.execute(query.order_by(_findings.c.position)):
        found[row.visit].append(FindingRow(*row))
    return found


def visit_of(conn: Connection, finding: UUID) -> UUID | None:
    """The visit at which it was found."""
    return conn.scalar(select(_findings.c.visit).where(_findings.c.finding == finding))


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with visits made or received, newest first."""
    query = select(_visits.c.year).where(or_(_visits.c.congress == congress, _visits.c.visited == congress))
    return list(conn.scalars(query.distinct().order_by(_visits.c.year.desc())))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each visit with its facts."""
    for notice in noticed:
        match notice.fact:
            case VisitPlanned() as fact:
                _plan(conn, notice, fact)
            case VisitRearranged() as fact:
                _change(conn, fact.visit, **_as_planned(fact.plan))
            case VisitCancelled() as fact:
                _change(conn, fact.visit, stage=VisitStage.CANCELLED.value, cancelled_because=fact.reason)
            case VisitHeld() as fact:
                held: dict[str, Any] = {"on": fact.on, "year": fact.on.year, "report": fact.report}
                _change(conn, fact.visit, stage=VisitStage.HELD.value, files=as_rows(fact.files), **held)
            case VisitFindingNoted() as fact:
                _note(conn, notice, fact)
            case VisitFindingWithdrawn() as fact:
                conn.execute(delete(_findings).where(_findings.c.finding == fact.finding))
            case VisitFindingAnswered() as fact:
                answer: dict[str, Any] = {"answer": fact.words, "answered_on": fact.on, "files": as_rows(fact.files)}
                _finding(conn, fact.finding, stage=FindingStage.ANSWERED.value, **answer)
            case VisitFindingSentBack() as fact:
                stage = FindingStage.SENT_BACK.value
                _finding(conn, fact.finding, stage=stage, sent_back_because=fact.reason, due_on=fact.due_on)
            case VisitFindingApproved() as fact:
                _finding(conn, fact.finding, stage=FindingStage.APPROVED.value, remark=fact.remark)


_SHOWN = [column for column in _visits.c if column.name != "position"]


def _plan(conn: Connection, notice: Noticed, fact: VisitPlanned) -> None:
    conn.execute(
        insert(_visits).values(
            congress=fact.congress,
            visit=fact.visit,
            visited=fact.visited,
            visited_name=fact.visited_name,
            stage=VisitStage.PLANNED.value,
            cancelled_because="",
            report="",
            files=[],
            position=notice.position,
            **_as_planned(fact.plan),
        )
    )


def _as_planned(plan: VisitPlan) -> dict[str, Any]:
    same = {name: getattr(plan, name) for name in ("on", "place", "topic", "members")}
    return {**same, "year": plan.on.year, "projects": [str(one) for one in plan.projects]}


def _note(conn: Connection, notice: Noticed, fact: VisitFindingNoted) -> None:
    conn.execute(
        insert(_findings).values(
            visit=fact.visit,
            finding=fact.finding,
            position=notice.position,
            words=fact.words,
            project=fact.project,
            noted_on=fact.on,
            due_on=fact.due_on,
            stage=FindingStage.OPEN.value,
            answer="",
            files=[],
            sent_back_because="",
            remark="",
        )
    )


def _change(conn: Connection, visit: UUID, **values: object) -> None:
    conn.execute(update(_visits).where(_visits.c.visit == visit).values(**values))


def _finding(conn: Connection, finding: UUID, **values: object) -> None:
    conn.execute(update(_findings).where(_findings.c.finding == finding).values(**values))


PROJECTION = Projection(name="guidance_visits", shape=1, metadata=metadata, project=project)
