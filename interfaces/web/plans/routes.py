"""One project's implementation plan: read, filed, sent back; the duty list, its papers and imports beside it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import plans as commands
from domain.accounts.permissions import Act
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, blank, refilled, require_seen, seen_as
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.sentences import status_of
from interfaces.web.plans import duty_list, importing, papers
from interfaces.web.plans.desk import (
    Filer,
    ListedPlan,
    Publisher,
    Reader,
    addresses,
    listed_plan,
    may_lead,
    units_by_name,
)
from interfaces.web.plans.forms import LINES, known_values, line_counts, read_plan, with_gaps
from interfaces.web.plans.words import (
    KINDS,
    LABELS,
    PLAN_STANDINGS,
    PLAN_TAGS,
    STAGE_TAGS,
    STAGES,
    departures_said,
    gap_said,
)
from projections import plans

router = APIRouter()
for part in (importing, papers, duty_list):
    router.routes.extend(part.router.routes)

STAFF, UNIT = "/staff/{slug}/implementation/{project}/plan", "/unit/{slug}/implementation/{project}/plan"


@router.get(STAFF)
@router.get(UNIT)
def show(request: Request, house: TheHouse, here: Reader, project: UUID) -> Response:
    """The plan in force, or the one that waits, with what it lacks and what was adjusted."""
    return page(request, "plans/plan.html", **_context(request, house, here, listed_plan(house, here, project)))


@router.get(f"{STAFF}/edit")
@router.get(f"{UNIT}/edit")
def edit(request: Request, house: TheHouse, here: Filer, project: UUID) -> Response:
    """The form, filled with the card that was voted on or with what was filed; what is lacking stands at its field."""
    one = _fileable(house, here, project)
    form = blank(request, **known_values(one.plan))
    if one.row is not None:
        with_gaps(form, one.plan, one.year)
    return page(request, "plans/edit.html", form=form, **_form_context(request, house, here, one, form))


@router.post(f"{STAFF}/edit")
@router.post(f"{UNIT}/edit")
def file(request: Request, house: TheHouse, here: Filer, project: UUID, typed: Form) -> Response:
    """Files the plan, with gaps if it has some."""
    one = _fileable(house, here, project)
    try:
        plan = read_plan(typed, units_by_name(house, here))
        filed = one.row.filed if one.row else None
        require_seen(typed, filed, replace(plan, lead_unit=filed.lead_unit) if filed else plan)
        position = commands.file_plan(house.office, here.by(typed), project, plan)
    except Refused as refused:
        form = refilled(request, typed, refused)
        context = _form_context(request, house, here, one, form)
        return page(request, "plans/edit.html", status=status_of(refused), form=form, **context)
    return done(request, position, _address(request, here, project), _("实施计划已填报。"))


@router.post(f"{STAFF}/send-back")
def send_back(request: Request, house: TheHouse, here: Publisher, project: UUID, typed: Form) -> Response:
    """Asks for a better plan."""
    one = listed_plan(house, here, project)
    try:
        position = commands.send_back_plan(house.office, here.by(typed), project, typed.text("reason"))
    except Refused as refused:
        return again(request, "plans/plan.html", typed, refused, **_context(request, house, here, one))
    return done(request, position, _address(request, here, project), _("已退回，牵头单位会看到理由。"))


def _fileable(house: House, here: Place, project: UUID) -> ListedPlan:
    one = listed_plan(house, here, project)
    if not one.may_file:
        raise NotFound(kind="implementation", id=str(project))
    return one


def _context(request: Request, house: House, here: Place, one: ListedPlan) -> dict[str, Any]:
    with house.reading.connect() as conn:
        published = plans.publications_of(conn, here.congress.id, one.year)
        adjusted = plans.adjustments_of(conn, here.congress.id, one.year, project=one.project)
    in_force = one.standing == "published"
    return {
        "one": one,
        "plan": one.plan,
        "labels": LABELS,
        "standing": PLAN_STANDINGS[one.standing],
        "tag_kind": PLAN_TAGS[one.standing],
        "gaps": [(LABELS[gap.field], gap_said(gap)) for gap in one.gaps],
        "departed": departures_said(one.departed),
        "publication": next((part for part in published if one.project in part.projects), None),
        "adjusted": adjusted,
        "kinds": KINDS,
        "stages": STAGES,
        "stage_tags": STAGE_TAGS,
        "may_send_back": here.may(Act.PUBLISH_PLAN) and one.standing == "filed",
        "may_edit": one.may_file and not in_force,
        "may_adjust": in_force and may_lead(here, one.plan.lead_unit, Act.PROPOSE_ADJUSTMENT),
        **_around(request, here, one),
    }


def _form_context(request: Request, house: House, here: Place, one: ListedPlan, form: Sheet) -> dict[str, Any]:
    return {
        "one": one,
        "units": list(units_by_name(house, here)),
        "labels": LABELS,
        "lines": LINES,
        "counts": line_counts(form),
        "lacking": form.typed is None and bool(form.errors),
        "seen": seen_as(one.row.filed if one.row else None),
        **_around(request, here, one),
    }


def _around(request: Request, here: Place, one: ListedPlan) -> dict[str, Any]:
    return {**addresses(request, here), "address": _address(request, here, one.project), "year": one.year}


def _address(request: Request, here: Place, project: UUID) -> str:
    return f"{addresses(request, here)['board']}/{project}/plan"
