"""An adjustment is asked for: typed, shown with what it means under rule 20, and only then handed in."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import adjusting as commands
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import AdjustmentStage, NotUnderWay
from domain.projects.plan import ImplementationPlan, plan_gaps, with_known_numbers
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, Typed, blank, refilled, seen_as
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import done, page
from interfaces.web._base.sentences import status_of
from interfaces.web.adjustments.desk import Proposer, around, kinds_for, plan_row
from interfaces.web.plans.desk import units_by_name
from interfaces.web.plans.forms import LINES, UnreadablePlan, known_values, line_counts, read_plan
from interfaces.web.plans.views import compared
from interfaces.web.plans.words import LABELS, gap_said
from projections import plans
from projections.plans import PlanRow

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/implementation/{project}/adjust", "/unit/{slug}/implementation/{project}/adjust"
_PAGE = "adjustments/adjust.html"


@router.get(STAFF)
@router.get(UNIT)
def start(request: Request, house: TheHouse, here: Proposer, project: UUID, kind: str = "") -> Response:
    """The form with the plan in force, or with a reason alone for suspension, termination and resumption."""
    row = plan_row(house, here, project)
    chosen = _kind(row, kind)
    form = blank(request, **known_values(row.plan))
    return page(request, _PAGE, form=form, **_context(request, house, here, row, chosen, form))


@router.post(STAFF)
@router.post(UNIT)
def propose(request: Request, house: TheHouse, here: Proposer, project: UUID, typed: Form) -> Response:
    """Shows what the change means; handed in once it was seen exactly so."""
    row, by = plan_row(house, here, project), here.by(typed)
    kind = _kind(row, typed.text("kind"))
    adjustment = house.office.new_id(by, "adjustment")
    try:
        reason = typed.required("reason")
        plan = _plan(house, here, typed, row) if kind is AdjustmentKind.CHANGE else None
        typed.settle()
        if typed.text("step") != "confirm" or typed.text("seen") != _digest(kind, plan, reason, row.plan):
            return _shown(request, house, here, row, kind, typed, plan, reason)
        position = commands.propose_adjustment(house.office, by, project, adjustment, kind, plan, reason)
    except Refused as refused:
        form = refilled(request, typed, refused)
        context = _context(request, house, here, row, kind, form)
        return page(request, _PAGE, status=status_of(refused), form=form, **context)
    url = f"{around(request, here)['list']}/{adjustment}"
    house.followers.wait_for(position)
    with house.reading.connect() as conn:
        recorded = plans.adjustment_at(conn, adjustment)
    is_minor = recorded is not None and recorded.stage == AdjustmentStage.LOGGED
    said = _("一般调整已生效并记录在案。") if is_minor else _("已提交，等待决定；决定公布以前仍按原计划执行。")
    return done(request, position, url, said)


def _plan(house: House, here: Place, typed: Typed, row: PlanRow) -> ImplementationPlan:
    """The plan that was typed, which must be one that could be published. Raises UnreadablePlan."""
    plan = read_plan(typed, units_by_name(house, here))
    if plan.lead_unit is None and plan.lead_unit_name == row.plan.lead_unit_name:
        plan = replace(plan, lead_unit=row.plan.lead_unit)
    gaps = plan_gaps(plan, row.year)
    if gaps:
        raise UnreadablePlan(said={gap.field: gap_said(gap) for gap in reversed(gaps)})
    plan = replace(plan, milestones=with_known_numbers(plan.milestones, row.plan.milestones, ()))
    if plan == row.plan:
        raise UnreadablePlan(said={"": _("和现行计划一样，没有改动。")})
    return plan


def _shown(
    request: Request,
    house: House,
    here: Place,
    row: PlanRow,
    kind: AdjustmentKind,
    typed: Typed,
    plan: ImplementationPlan | None,
    reason: str,
) -> Response:
    form = Sheet(request=request, typed=typed.data)
    lines = compared(row.plan, plan, row.adopted) if plan is not None else []
    seen = {
        "lines": lines,
        "is_major": plan is None or any(line.is_major for line in lines),
        "digest": _digest(kind, plan, reason, row.plan),
        "reason": reason,
    }
    return page(request, _PAGE, form=form, **{**_context(request, house, here, row, kind, form), "seen": seen})


def _digest(kind: AdjustmentKind, plan: ImplementationPlan | None, reason: str, in_force: ImplementationPlan) -> str:
    """Stands for what was shown: where it, or the plan it was compared with, has changed since, it is shown again."""
    return seen_as((kind, plan, reason, in_force))


def _kind(row: PlanRow, asked: str) -> AdjustmentKind:
    """What is asked for; where that cannot be, the first that can. Raises NotUnderWay where nothing can."""
    possible = kinds_for(row)
    wanted = next((kind for kind in possible if kind.value == asked), None)
    if not possible:
        raise NotUnderWay(name=row.name, standing=row.standing)
    return wanted or possible[0]


def _context(
    request: Request, house: House, here: Place, row: PlanRow, kind: AdjustmentKind, form: Sheet
) -> dict[str, Any]:
    with house.reading.connect() as conn:
        earlier = plans.adjustments_of(conn, here.congress.id, row.year, project=row.project)
    found = around(request, here)
    return {
        "row": row,
        "kind": kind,
        "possible": kinds_for(row),
        "waits": next((one for one in earlier if one.waits), None),
        "units": list(units_by_name(house, here)),
        "labels": LABELS,
        "lines": LINES,
        "counts": line_counts(form),
        "seen": None,
        "year": row.year,
        "address": f"{found['board']}/{row.project}/adjust",
        **found,
    }
