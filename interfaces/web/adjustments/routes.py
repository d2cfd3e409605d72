"""Adjustments of a year: what waits for a decision, what the next session is to be told, and each with its course."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import adjusting as commands
from application.implementation.adjusting import Decision
from application.office import By
from domain.accounts.permissions import Act
from domain.polls.places import DecidedBy
from domain.projects.implementation import AdjustmentStage
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.adjustments import papers, proposing, telling
from interfaces.web.adjustments.desk import (
    Decider,
    Proposer,
    around,
    known_adjustment,
    seen_adjustments,
    shown,
)
from interfaces.web.plans.desk import Reader, chosen_year, may_lead
from interfaces.web.plans.words import BODIES, LABELS
from projections import plans
from projections.plans import AdjustmentRow

router = APIRouter()
for part in (telling, papers, proposing):
    router.routes.extend(part.router.routes)

STAFF, UNIT = "/staff/{slug}/adjustments", "/unit/{slug}/adjustments"
_PAGE = "adjustments/one.html"


@router.get(STAFF)
@router.get(UNIT)
def listed(request: Request, house: TheHouse, here: Reader, year: int = 0) -> Response:
    """What waits comes first, of whatever year; then the year's adjustments."""
    with house.reading.connect() as conn:
        chosen, years = chosen_year(conn, here, year, house.office.today().year)
    rows = [shown(row) for row in seen_adjustments(house, here, chosen, or_open=True)]
    return page(
        request,
        "adjustments/list.html",
        year=chosen,
        years=years,
        waiting=[one for one in rows if one.row.waits],
        to_tell=[one for one in rows if one.row.is_to_be_told],
        others=[one for one in rows if one.row.year == chosen and not one.row.waits],
        may_decide=here.may(Act.DECIDE_ADJUSTMENT),
        **around(request, here),
    )


@router.get(f"{STAFF}/{{adjustment}}")
@router.get(f"{UNIT}/{{adjustment}}")
def one(request: Request, house: TheHouse, here: Reader, adjustment: UUID) -> Response:
    """One adjustment: what changes, against what, and what was decided."""
    row = known_adjustment(house, here, adjustment)
    form = blank(request, body=DecidedBy.STANDING_COMMITTEE.value, notice_on=house.office.today())
    return page(request, _PAGE, form=form, **_context(request, house, here, row))


@router.post(f"{STAFF}/{{adjustment}}/decide")
def decide(request: Request, house: TheHouse, here: Decider, adjustment: UUID, typed: Form) -> Response:
    """Writes down the consent with its number and the date of its notice."""

    def act(row: AdjustmentRow, by: By) -> int:
        decision = Decision(
            body=typed.choice("body", DecidedBy), number=typed.required("number"), notice_on=typed.date("notice_on")
        )
        typed.settle()
        return commands.decide_adjustment(house.office, by, row.project, adjustment, decision)

    return _acted(request, house, here, adjustment, typed, act, _("决定已登记，从现在起按决定执行；请向下次大会报告。"))


@router.post(f"{STAFF}/{{adjustment}}/refuse")
def refuse(request: Request, house: TheHouse, here: Decider, adjustment: UUID, typed: Form) -> Response:
    """Writes down that the body did not consent."""

    def act(row: AdjustmentRow, by: By) -> int:
        decision = Decision(body=typed.choice("refusing_body", DecidedBy), number=typed.text("refusal_number"))
        reason = typed.required("refusal")
        typed.settle()
        return commands.refuse_adjustment(house.office, by, row.project, adjustment, decision, reason)

    return _acted(request, house, here, adjustment, typed, act, _("已登记，仍按原计划执行。"))


@router.post(f"{STAFF}/{{adjustment}}/withdraw")
@router.post(f"{UNIT}/{{adjustment}}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Proposer, adjustment: UUID, typed: Form) -> Response:
    """Takes a proposal back."""

    def act(row: AdjustmentRow, by: By) -> int:
        return commands.withdraw_adjustment(house.office, by, row.project, adjustment, typed.text("reason"))

    return _acted(request, house, here, adjustment, typed, act, _("已撤回，仍按原计划执行。"))


def _acted(
    request: Request,
    house: House,
    here: Place,
    adjustment: UUID,
    typed: Typed,
    act: Callable[[AdjustmentRow, By], int],
    said: str,
) -> Response:
    row = known_adjustment(house, here, adjustment)
    try:
        position = act(row, here.by(typed))
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_context(request, house, here, row))
    return done(request, position, f"{around(request, here)['list']}/{adjustment}", said)


def _context(request: Request, house: House, here: Place, row: AdjustmentRow) -> dict[str, Any]:
    with house.reading.connect() as conn:
        plan = plans.plan_of(conn, row.project)
    leads = plan is not None and may_lead(here, plan.lead_unit, Act.PROPOSE_ADJUSTMENT)
    found = around(request, here)
    return {
        "one": shown(row),
        "row": row,
        "plan": row.after,
        "labels": LABELS,
        "bodies": list(BODIES.items()),
        "address": f"{found['list']}/{row.adjustment}",
        "may_decide": here.may(Act.DECIDE_ADJUSTMENT) and row.waits,
        "may_withdraw": leads and row.waits,
        "may_tell": here.may(Act.DECIDE_ADJUSTMENT) and row.stage == AdjustmentStage.DECIDED,
        **found,
    }
