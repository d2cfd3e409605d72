"""Inspections in the office: planned, told to those who go, cancelled, concluded; problems handed over."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from application.supervision import inspections as commands
from domain.accounts.permissions import Act
from domain.shared import NotFound, Refused
from domain.supervision import inspection as rules
from domain.supervision.duty import WITHIN
from domain.supervision.inspection import Inspection
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.views import shown as duty_shown
from interfaces.web.inspections import concluding, notes, papers, planning
from interfaces.web.inspections.forms import read_conclusion, read_plan
from interfaces.web.supervision import views
from interfaces.web.supervision.desk import (
    Keeper,
    by_project,
    current_year,
    people,
    watched_lately,
    watched_of,
    years_voted,
)
from interfaces.web.supervision.words import INSPECTION_KINDS
from projections import delegate_notes, duties, inspections

router = APIRouter()
router.routes.extend([*notes.router.routes, *papers.router.routes])

PATH = "/staff/{slug}/inspections"
ONE = f"{PATH}/{{inspection}}"


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year's inspections, newest first."""
    today = house.office.today()
    with house.reading.connect() as conn:
        chosen = year or current_year(conn, here.congress.id, today)
        years = sorted({*years_voted(conn, here.congress.id), *inspections.years(conn, here.congress.id)}, reverse=True)
        watched = by_project(watched_lately(conn, here.congress.id)) | by_project(
            watched_of(conn, here.congress.id, chosen)
        )
        rows = inspections.inspections_of(conn, here.congress.id, year=chosen)
    return page(
        request,
        "inspections/list.html",
        year=chosen,
        years=years,
        inspections=[views.shown_inspection(one, watched, today) for one in rows],
        **_around(here),
    )


@router.get(f"{PATH}/new")
def new(
    request: Request,
    house: TheHouse,
    here: Keeper,
    project: Annotated[UUID | None, Query()] = None,
    draw: Annotated[UUID | None, Query()] = None,
) -> Response:
    """The form; a project brings its group, a draw its sites."""
    context = planning.context(house, here)
    form = blank(request, **planning.offered(house, here, context["watched"], project=project, draw=draw))
    return page(request, "inspections/plan.html", form=form, one=None, **context, **_around(here))


@router.post(f"{PATH}/new")
def plan(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Plans it."""
    by = here.by(typed)
    inspection = house.office.new_id(by, "inspection")
    context = planning.context(house, here)
    try:
        draw = planning.known_draw(house, here, typed.text("draw"))
        wanted = read_plan(typed, context["watched"], draw)
        position = commands.plan_inspection(house.office, by, here.congress.id, inspection, wanted)
        if typed.ticked("tell"):
            position = commands.tell_inspection(house.office, by.step("tell"), inspection)
    except Refused as refused:
        return again(request, "inspections/plan.html", typed, refused, one=None, **context, **_around(here))
    said = _("已安排，并通知了代表。") if typed.ticked("tell") else _("已安排。确定以后请通知代表。")
    return done(request, position, f"{_root(here)}/{inspection}", said)


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, inspection: UUID) -> Response:
    """One inspection with everything about it."""
    return page(request, "inspections/one.html", **_one(house, here, inspection))


@router.get(f"{ONE}/edit")
def edit(request: Request, house: TheHouse, here: Keeper, inspection: UUID) -> Response:
    """The form with the plan."""
    state = _state(house, here, inspection)
    context = planning.context(house, here, state)
    form = blank(request, **planning.written(state, by_project(context["watched"])))
    return page(request, "inspections/plan.html", form=form, one=inspection, **context, **_around(here))


@router.post(f"{ONE}/edit")
def replan(request: Request, house: TheHouse, here: Keeper, inspection: UUID, typed: Form) -> Response:
    """Changes the plan."""
    state = _state(house, here, inspection)
    context = planning.context(house, here, state)
    try:
        wanted = read_plan(typed, context["watched"], state.plan.draw)
        by = here.by(typed)
        position = commands.replan_inspection(house.office, by, inspection, wanted)
        if typed.ticked("tell"):
            position = commands.tell_inspection(house.office, by.step("tell"), inspection)
    except Refused as refused:
        return again(request, "inspections/plan.html", typed, refused, one=inspection, **context, **_around(here))
    return done(request, position, f"{_root(here)}/{inspection}", _("安排已更改。"))


@router.post(f"{ONE}/tell")
def tell(request: Request, house: TheHouse, here: Keeper, inspection: UUID, typed: Form) -> Response:
    """Puts it on the phones of those who go."""
    _state(house, here, inspection)
    position = commands.tell_inspection(house.office, here.by(typed), inspection)
    return done(request, position, f"{_root(here)}/{inspection}", _("已通知，代表在手机上可以看到并回复。"))


@router.post(f"{ONE}/cancel")
def cancel(request: Request, house: TheHouse, here: Keeper, inspection: UUID, typed: Form) -> Response:
    """It does not take place."""
    context = _one(house, here, inspection)
    try:
        position = commands.cancel_inspection(house.office, here.by(typed), inspection, typed.text("reason"))
    except Refused as refused:
        return again(request, "inspections/one.html", typed, refused, **context)
    return done(request, position, f"{_root(here)}/{inspection}", _("已取消。"))


@router.get(f"{ONE}/conclude")
def conclusion(request: Request, house: TheHouse, here: Keeper, inspection: UUID) -> Response:
    """The form for what came of it; notes of delegates that reflect problems stand in it."""
    state = _state(house, here, inspection)
    context = concluding.context(house, here, inspection, state)
    form = blank(request, **concluding.offered(state, context["rows"]))
    return page(request, "inspections/conclude.html", form=form, **context, **_around(here))


@router.post(f"{ONE}/conclude")
def conclude(request: Request, house: TheHouse, here: Keeper, inspection: UUID, typed: Form) -> Response:
    """Writes it down; problems with a unit are handed over in the same moment. Later it only puts it right."""
    state = _state(house, here, inspection)
    is_first = state.concluded is None
    try:
        wanted = read_conclusion(typed, with_findings=is_first)
        act = commands.conclude_inspection if is_first else commands.correct_conclusion
        position = act(house.office, here.by(typed), inspection, wanted)
    except Refused as refused:
        context = concluding.context(house, here, inspection, state, typed)
        return again(request, "inspections/conclude.html", typed, refused, **context, **_around(here))
    given = sum(one.order is not None for one in wanted.found)
    said = _("意见已保存，%(n)s 个问题已交办。", n=given) if given else _("意见已保存。")
    return done(request, position, f"{_root(here)}/{inspection}", said)


def _one(house: House, here: Place, inspection: UUID) -> dict[str, Any]:
    state = _state(house, here, inspection)
    _delegations, names = people(house, here)
    today = house.office.today()
    with house.reading.connect() as conn:
        row = inspections.inspection_at(conn, inspection)
        watched = by_project(watched_lately(conn, here.congress.id))
        listed = delegate_notes.notes_of(conn, here.congress.id, inspection=inspection)
        given = {one.duty: duty_shown(one, {}, today) for one in duties.duties_from(conn, [inspection])}
    if row is None:
        raise NotFound(kind="inspection", id=str(inspection))
    return {
        "one": views.shown_inspection(row, watched, today),
        "state": state,
        "plan": state.plan,
        "kinds": INSPECTION_KINDS,
        "watched": watched,
        "names": names,
        "notes": [views.shown_note(note, watched, names) for note in listed],
        "given": given,
        "is_over": state.plan.on <= today,
        **_around(here),
    }


def _state(house: House, here: Place, inspection: UUID) -> Inspection:
    """An inspection of this congress. Raises NotFound."""
    state = house.office.state_of(inspection, rules.evolve)
    if state is None or state.congress != here.congress.id:
        raise NotFound(kind="inspection", id=str(inspection))
    return state


def _around(here: Place) -> dict[str, Any]:
    return {
        "root": _root(here),
        "desk": f"/staff/{here.congress.slug}",
        "may_keep": here.may(Act.KEEP_SUPERVISION),
        "within": WITHIN,
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/inspections"
