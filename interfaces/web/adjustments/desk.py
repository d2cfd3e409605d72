"""What the pages about adjustments share: which one, who may do what with it, what it changes."""

from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import Depends, Request

from domain.accounts.permissions import Act
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import AdjustmentStage, Standing
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web.plans.desk import addresses, may_lead, own_name
from interfaces.web.plans.views import Compared, compared
from interfaces.web.plans.words import BODIES, KINDS, STAGE_TAGS, STAGES, signed
from projections import plans
from projections.plans import AdjustmentRow, PlanRow

Proposer = Annotated[Place, Depends(needing(Act.PROPOSE_ADJUSTMENT))]
Decider = Annotated[Place, Depends(needing(Act.DECIDE_ADJUSTMENT))]


class ShownAdjustment(NamedTuple):
    """An adjustment as lists and its page show it."""

    row: AdjustmentRow
    kind: str
    state: str
    tag: str
    body: str
    lines: list[Compared]

    @property
    def is_major(self) -> bool:
        """Whether the deciding body has the last word."""
        return self.row.stage != AdjustmentStage.LOGGED

    @property
    def brief(self) -> str:
        """What changes, in a few words."""
        return "、".join(dict.fromkeys(line.label for line in self.lines))


def shown(row: AdjustmentRow) -> ShownAdjustment:
    """An adjustment in words."""
    lines = compared(row.before, row.after, row.measure) if row.before and row.after else []
    return ShownAdjustment(
        row=row,
        kind=str(KINDS[row.kind]),
        state=str(STAGES[row.stage]),
        tag=STAGE_TAGS[row.stage],
        body=str(BODIES[row.body]) if row.body else "",
        lines=lines,
    )


def known_adjustment(house: House, here: Place, adjustment: UUID) -> AdjustmentRow:
    """An adjustment of this congress, for the office and for units that lead or assist. Raises NotFound."""
    with house.reading.connect() as conn:
        row = plans.adjustment_at(conn, adjustment)
        plan = plans.plan_of(conn, row.project) if row else None
        own = own_name(conn, here)
    if row is None or row.congress != here.congress.id or plan is None or not _sees(here, plan, own):
        raise NotFound(kind="adjustment", id=str(adjustment))
    return row


def seen_adjustments(house: House, here: Place, year: int | None, *, or_open: bool = False) -> list[AdjustmentRow]:
    """Those the person may see, the newest first; `or_open`: with those of other years that still wait."""
    with house.reading.connect() as conn:
        rows = plans.adjustments_of(conn, here.congress.id, year, or_open=or_open)
        if here.may(Act.READ_OFFICE):
            return rows
        by_project = plans.plans_at(conn, {row.project for row in rows})
        own = own_name(conn, here)
    return [row for row in rows if _sees(here, by_project[row.project], own)]


def plan_row(house: House, here: Place, project: UUID) -> PlanRow:
    """The plan in force of a project that the person may adjust. Raises NotFound."""
    with house.reading.connect() as conn:
        row = plans.plan_of(conn, project)
    if row is None or row.congress != here.congress.id or row.in_force is None:
        raise NotFound(kind="implementation", id=str(project))
    if not may_lead(here, row.lead_unit, Act.PROPOSE_ADJUSTMENT):
        raise NotFound(kind="implementation", id=str(project))
    return row


def kinds_for(row: PlanRow) -> list[AdjustmentKind]:
    """What may be asked for, as the project stands."""
    if row.standing == Standing.TERMINATED:
        return []
    if row.standing == Standing.SUSPENDED:
        return [AdjustmentKind.RESUMPTION, AdjustmentKind.CHANGE, AdjustmentKind.TERMINATION]
    return [AdjustmentKind.CHANGE, AdjustmentKind.SUSPENSION, AdjustmentKind.TERMINATION]


def around(request: Request, here: Place) -> dict[str, Any]:
    """Addresses and words that every page about adjustments needs."""
    found = addresses(request, here)
    return {**found, "list": f"{found['desk']}/adjustments", "kinds": KINDS, "signed": signed}


def _sees(here: Place, plan: PlanRow, own: str) -> bool:
    if here.may(Act.READ_OFFICE) or may_lead(here, plan.lead_unit, Act.FILE_PLAN):
        return True
    return bool(own) and own in plan.plan.assisting_units
