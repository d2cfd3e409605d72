"""Which inspections are planned, told and concluded, who goes, and what did delegates note about which project?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
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
    RowMapping,
    String,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.inspection import (
    ConclusionCorrected,
    InspectionCancelled,
    InspectionConcluded,
    InspectionPlan,
    InspectionPlanned,
    InspectionReplanned,
    InspectionReplied,
    InspectionStage,
    InspectionTold,
)
from projections.reading.projection import Projection

metadata = MetaData()

_inspections = Table(
    "inspection",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("inspection", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", String, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("gather", String, nullable=False),
    Column("leader", Uuid),
    Column("sites", Integer, nullable=False),
    Column("draw", Uuid),
    Column("stage", String(16), nullable=False),
    Column("is_told", Boolean, nullable=False),
    Column("held_on", Date),
    Column("words", Text, nullable=False),
    Column("public_words", Text, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("inspection_inspection", "inspection"),
)

_projects = Table(
    "inspection_project",
    metadata,
    Column("inspection", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("project", Uuid, nullable=False),
    Index("inspection_project_project", "project"),
)

_members = Table(
    "inspection_member",
    metadata,
    Column("inspection", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("delegate", Uuid, nullable=False),
    Column("coming", Boolean),
    Column("words", String, nullable=False),
    Column("attended", Boolean, nullable=False),
    Column("planned", Boolean, nullable=False),
    Index("inspection_member_delegate", "delegate"),
)
"""`coming`: None while nothing was said. `planned`: false for who came without standing on the plan."""


class MemberRow(NamedTuple):
    """A delegate of an inspection: whether they said they come, and whether they were there."""

    delegate: UUID
    coming: bool | None
    words: str
    attended: bool
    planned: bool


class InspectionRow(NamedTuple):
    """An inspection as lists show it; its sites and findings stand in its own state."""

    congress: UUID
    inspection: UUID
    year: int
    kind: str
    title: str
    planned_on: date
    gather: str
    leader: UUID | None
    sites: int
    draw: UUID | None
    stage: str
    is_told: bool
    held_on: date | None
    words: str
    public_words: str
    findings: int
    problems: int
    projects: tuple[UUID, ...]
    members: tuple[MemberRow, ...]

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to take place or to be concluded."""
        return self.stage in (InspectionStage.PLANNED, InspectionStage.TOLD)

    @property
    def attended(self) -> tuple[UUID, ...]:
        """Who was there."""
        return tuple(one.delegate for one in self.members if one.attended)

    def member(self, delegate: UUID | None) -> MemberRow | None:
        """The delegate's own line."""
        return next((one for one in self.members if one.delegate == delegate), None)


def inspections_of(
    conn: Connection,
    congress: UUID,
    *,
    year: int | None = None,
    project: UUID | None = None,
    delegate: UUID | None = None,
) -> list[InspectionRow]:
    """Newest day first. Those of a delegate are the ones they were told of, or went to."""
    query = select(_inspections).where(_inspections.c.congress == congress)
    if year is not None:
        query = query.where(_inspections.c.year == year)
    if project is not None:
        of = select(_projects.c.inspection).where(_projects.c.project == project)
        query = query.where(_inspections.c.inspection.in_(of))
    if delegate is not None:
        of = select(_members.c.inspection).where(_members.c.delegate == delegate)
        told = _inspections.c.stage.in_((InspectionStage.TOLD.value, InspectionStage.CONCLUDED.value))
        query = query.where(_inspections.c.inspection.in_(of), told)
    order = query.order_by(_inspections.c.planned_on.desc(), _inspections.c.position.desc())
    return _rows(conn, conn.execute(order).mappings().all())


def inspection_at(conn: Connection, inspection: UUID) -> InspectionRow | None:
    """One inspection."""
    query = select(_inspections).where(_inspections.c.inspection == inspection)
    return next(iter(_rows(conn, conn.execute(query).mappings().all())), None)


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with inspections, newest first."""
    query = select(_inspections.c.year).where(_inspections.c.congress == congress).distinct()
    return list(conn.scalars(query.order_by(_inspections.c.year.desc())))


def count_of(conn: Connection, project: UUID, year: int) -> int:
    """How many concluded inspections of the year saw the project."""
    return counts(conn, [project], year)[project]


def counts(conn: Connection, projects: Iterable[UUID], year: int) -> Counter[UUID]:
    """Concluded inspections of the year, for many projects in one query."""
    query = (
        select(_projects.c.project, func.count())
        .join(_inspections, _inspections.c.inspection == _projects.c.inspection)
        .where(
            _projects.c.project.in_(list(projects)),
            _inspections.c.year == year,
            _inspections.c.stage == InspectionStage.CONCLUDED.value,
        )
        .group_by(_projects.c.project)
    )
    return Counter({row[0]: row[1] for row in conn.execute(query)})


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each inspection with its facts."""
    for notice in noticed:
        stream = notice.stream
        match notice.fact:
            case InspectionPlanned() as fact:
                _plan(conn, notice, fact)
            case InspectionReplanned() as fact:
                _change(conn, stream, is_told=False, **_planned(fact.plan))
                _put_projects(conn, stream, fact.plan)
                _put_members(conn, stream, fact.plan)
            case InspectionTold():
                _change(conn, stream, stage=InspectionStage.TOLD.value, is_told=True)
            case InspectionReplied() as fact:
                of = (_members.c.inspection == stream) & (_members.c.delegate == fact.delegate)
                conn.execute(update(_members).where(of).values(coming=fact.coming, words=fact.words))
            case InspectionCancelled():
                _change(conn, stream, stage=InspectionStage.CANCELLED.value)
            case InspectionConcluded() as fact:
                problems = sum(one.is_problem for one in fact.findings)
                stage = InspectionStage.CONCLUDED.value
                _change(conn, stream, stage=stage, findings=len(fact.findings), problems=problems)
                _conclude(conn, stream, fact)
            case ConclusionCorrected() as fact:
                _conclude(conn, stream, fact)


def _plan(conn: Connection, notice: Noticed, fact: InspectionPlanned) -> None:
    conn.execute(
        insert(_inspections).values(
            congress=fact.congress,
            inspection=notice.stream,
            year=fact.year,
            stage=InspectionStage.PLANNED.value,
            is_told=False,
            words="",
            public_words="",
            findings=0,
            problems=0,
            position=notice.position,
            **_planned(fact.plan),
        )
    )
    _put_projects(conn, notice.stream, fact.plan)
    _put_members(conn, notice.stream, fact.plan)


def _planned(plan: InspectionPlan) -> dict[str, Any]:
    return {
        "kind": plan.kind.value,
        "title": plan.title,
        "planned_on": plan.on,
        "gather": plan.gather,
        "leader": plan.leader,
        "sites": len(plan.sites),
        "draw": plan.draw,
    }


def _put_projects(conn: Connection, inspection: UUID, plan: InspectionPlan) -> None:
    conn.execute(delete(_projects).where(_projects.c.inspection == inspection))
    rows = [{"inspection": inspection, "place": place, "project": one} for place, one in enumerate(plan.projects, 1)]
    if rows:
        conn.execute(insert(_projects), rows)


def _put_members(conn: Connection, inspection: UUID, plan: InspectionPlan) -> None:
    """Who said something keeps it."""
    known = {one.delegate: one for one in conn.execute(select(_members).where(_members.c.inspection == inspection))}
    rows = [
        {
            "inspection": inspection,
            "place": place,
            "delegate": one,
            "coming": known[one].coming if one in known else None,
            "words": known[one].words if one in known else "",
            "attended": False,
            "planned": True,
        }
        for place, one in enumerate(plan.members, 1)
    ]
    conn.execute(delete(_members).where(_members.c.inspection == inspection))
    if rows:
        conn.execute(insert(_members), rows)


def _conclude(conn: Connection, inspection: UUID, fact: InspectionConcluded | ConclusionCorrected) -> None:
    _change(conn, inspection, held_on=fact.held_on, words=fact.words, public_words=fact.public_words)
    of = _members.c.inspection == inspection
    conn.execute(delete(_members).where(of, _members.c.planned.is_(False)))
    conn.execute(update(_members).where(of).values(attended=_members.c.delegate.in_(list(fact.attended))))
    known = set(conn.scalars(select(_members.c.delegate).where(of)))
    more = [one for one in fact.attended if one not in known]
    rows = [
        {
            "inspection": inspection,
            "place": len(known) + place,
            "delegate": one,
            "coming": None,
            "words": "",
            "attended": True,
            "planned": False,
        }
        for place, one in enumerate(more, 1)
    ]
    if rows:
        conn.execute(insert(_members), rows)


def _change(conn: Connection, inspection: UUID, **values: object) -> None:
    conn.execute(update(_inspections).where(_inspections.c.inspection == inspection).values(**values))


def _rows(conn: Connection, found: Sequence[RowMapping]) -> list[InspectionRow]:
    ids = [row["inspection"] for row in found]
    projects: defaultdict[UUID, list[UUID]] = defaultdict(list)
    query = select(_projects).where(_projects.c.inspection.in_(ids))
    for one in conn.execute(query.order_by(_projects.c.inspection, _projects.c.place)):
        projects[one.inspection].append(one.project)
    members: defaultdict[UUID, list[MemberRow]] = defaultdict(list)
    query = select(_members).where(_members.c.inspection.in_(ids))
    for one in conn.execute(query.order_by(_members.c.inspection, _members.c.place)):
        members[one.inspection].append(MemberRow(one.delegate, one.coming, one.words, one.attended, one.planned))
    return [
        _row(row, projects=tuple(projects[row["inspection"]]), members=tuple(members[row["inspection"]]))
        for row in found
    ]


def _row(row: RowMapping, **of: Any) -> InspectionRow:
    return InspectionRow(**{name: row[name] for name in InspectionRow._fields if name not in of}, **of)


PROJECTION = Projection(name="inspections", shape=1, metadata=metadata, project=project)
