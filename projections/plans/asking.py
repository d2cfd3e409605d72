"""The questions about plans, their adjustments and the duty list."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, RowMapping, func, or_, select, union

from domain.projects.implementation import AdjustmentStage
from domain.projects.plan import ImplementationPlan
from projections.plans.tables import adjustments, plans, publications
from projections.reading.kept_plans import read


class PlanRow(NamedTuple):
    """The plan of a project: the one that waits, the one in force, and what was adopted."""

    congress: UUID
    year: int
    project: UUID
    name: str
    filed: ImplementationPlan | None
    """Waits to be published."""
    filed_on: date
    sent_back_because: str
    sent_back_on: date | None
    in_force: ImplementationPlan | None
    adopted: ImplementationPlan
    as_published: ImplementationPlan | None
    """As the duty list brought it into force, before any adjustment."""
    published_on: date | None
    standing: str

    @property
    def plan(self) -> ImplementationPlan:
        """The one in force, else the one that was filed."""
        return self.in_force or self.filed or self.adopted

    @property
    def lead_unit(self) -> UUID | None:
        """Who answers for the project today."""
        return (self.in_force or self.adopted).lead_unit


class AdjustmentRow(NamedTuple):
    """An adjustment with what became of it. `measure` is what was adopted when it was asked for (rule 20)."""

    congress: UUID
    year: int
    project: UUID
    name: str
    adjustment: UUID
    kind: str
    stage: str
    before: ImplementationPlan | None
    after: ImplementationPlan | None
    measure: ImplementationPlan
    reason: str
    proposed_on: date
    body: str
    number: str
    notice_on: date | None
    decided_on: date | None
    ended_because: str
    """Why it was refused or withdrawn."""
    session: UUID | None
    session_title: str
    told_on: date | None

    @property
    def waits(self) -> bool:
        """Whether the body is still to decide."""
        return self.stage == AdjustmentStage.PROPOSED

    @property
    def is_to_be_told(self) -> bool:
        """Whether the next session is still to be told (rule 20)."""
        return self.stage == AdjustmentStage.DECIDED


class Publication(NamedTuple):
    """The duty list, or a supplement to it, as it was made known."""

    number: str
    published_on: date
    projects: tuple[UUID, ...]
    issuer: str
    """Empty when the congress's own office signs it."""


class Waiting(NamedTuple):
    """What waits for somebody, in numbers."""

    plans: int
    """Filed, and neither published nor sent back."""
    decisions: int
    sessions: int
    """Decided adjustments the next session is still to be told of."""


_PLAN = [column for column in plans.c if column.name not in ("stream", "position", "changed")]
_ADJUSTMENT = [column for column in adjustments.c if column.name not in ("stream", "position")]


_OPEN = (AdjustmentStage.PROPOSED.value, AdjustmentStage.DECIDED.value)
"""Waits for the deciding body, or for the next session."""


def plan_of(conn: Connection, project: UUID) -> PlanRow | None:
    """The plan of one project, None while none was filed."""
    row = conn.execute(select(*_PLAN).where(plans.c.project == project)).mappings().one_or_none()
    return _plan(row) if row else None


def plans_at(conn: Connection, projects: Collection[UUID]) -> dict[UUID, PlanRow]:
    """The plans of these projects, in one query; those without one are left out."""
    query = select(*_PLAN).where(plans.c.project.in_(set(projects)))
    return {row["project"]: _plan(row) for row in conn.execute(query).mappings()}


def plans_of(conn: Connection, congress: UUID, year: int) -> list[PlanRow]:
    """The plans of a year, in the order of filing."""
    query = select(*_PLAN).where(plans.c.congress == congress, plans.c.year == year)
    return [_plan(row) for row in conn.execute(query.order_by(plans.c.position, plans.c.project)).mappings()]


def adjustment_at(conn: Connection, adjustment: UUID) -> AdjustmentRow | None:
    """One adjustment."""
    query = select(*_ADJUSTMENT).where(adjustments.c.adjustment == adjustment)
    row = conn.execute(query).mappings().one_or_none()
    return _adjustment(row) if row else None


def adjustments_of(
    conn: Connection, congress: UUID, year: int | None = None, *, project: UUID | None = None, or_open: bool = False
) -> list[AdjustmentRow]:
    """The adjustments of a year or of all, the newest first; `or_open`: with those of other years that wait."""
    query = select(*_ADJUSTMENT).where(adjustments.c.congress == congress)
    if year is not None and or_open:
        query = query.where(or_(adjustments.c.year == year, adjustments.c.stage.in_(_OPEN)))
    elif year is not None:
        query = query.where(adjustments.c.year == year)
    if project is not None:
        query = query.where(adjustments.c.project == project)
    query = query.order_by(adjustments.c.position.desc(), adjustments.c.adjustment)
    return [_adjustment(row) for row in conn.execute(query).mappings()]


def session_duties(conn: Connection, congress: UUID) -> list[AdjustmentRow]:
    """What the next session is still to be told of, the oldest notice first (rule 20)."""
    query = select(*_ADJUSTMENT).where(
        adjustments.c.congress == congress, adjustments.c.stage == AdjustmentStage.DECIDED.value
    )
    query = query.order_by(adjustments.c.notice_on, adjustments.c.position, adjustments.c.adjustment)
    return [_adjustment(row) for row in conn.execute(query).mappings()]


def waiting(conn: Connection, congress: UUID, year: int) -> Waiting:
    """What waits: plans of the year to be published, adjustments to be decided, sessions to be told."""
    filed = select(func.count()).where(
        plans.c.congress == congress,
        plans.c.year == year,
        plans.c.filed.is_not(None),
        plans.c.sent_back_because == "",
    )
    stages = select(adjustments.c.stage, func.count()).where(
        adjustments.c.congress == congress, adjustments.c.stage.in_(_OPEN)
    )
    counts = {row[0]: row[1] for row in conn.execute(stages.group_by(adjustments.c.stage))}
    return Waiting(
        plans=conn.scalar(filed) or 0,
        decisions=counts.get(AdjustmentStage.PROPOSED.value, 0),
        sessions=counts.get(AdjustmentStage.DECIDED.value, 0),
    )


def publications_of(conn: Connection, congress: UUID, year: int) -> list[Publication]:
    """The duty list of a year and its supplements, in the order of publication."""
    columns = (publications.c.number, publications.c.published_on, publications.c.projects, publications.c.issuer)
    query = select(*columns).where(publications.c.congress == congress, publications.c.year == year)
    return [
        Publication(number, published_on, tuple(UUID(one) for one in projects), issuer)
        for number, published_on, projects, issuer in conn.execute(query.order_by(publications.c.position))
    ]


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses in which a plan has changed or the duty list was published after this position."""
    changed = select(plans.c.congress).where(plans.c.changed > position)
    return set(conn.scalars(union(changed, select(publications.c.congress).where(publications.c.position > position))))


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with plans, newest first."""
    query = select(plans.c.year).where(plans.c.congress == congress).distinct()
    return list(conn.scalars(query.order_by(plans.c.year.desc())))


def _plan(row: RowMapping) -> PlanRow:
    told = dict(row)
    plans_told = {name: _read(told[name]) for name in ("filed", "in_force", "as_published")}
    return PlanRow(**{**told, **plans_told, "adopted": read(told["adopted"])})


def _adjustment(row: RowMapping) -> AdjustmentRow:
    told = dict(row)
    plans_told = {name: _read(told[name]) for name in ("before", "after")}
    return AdjustmentRow(**{**told, **plans_told, "measure": read(told["measure"])})


def _read(told: Any) -> ImplementationPlan | None:
    return None if told is None else read(told)
