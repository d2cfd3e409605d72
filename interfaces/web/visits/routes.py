"""Guidance visits in the offices: planned and reported by the upper one; both read them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import visits as commands
from application.supervision.visits import Report
from domain.accounts.permissions import Act
from domain.shared import NotFound, Refused
from domain.supervision.visit import VisitStage
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.duties.files import keeping_all, kept_response, sent_all
from interfaces.web.visits import findings, papers
from interfaces.web.visits.desk import (
    Visitor,
    address,
    below_choices,
    known_visit,
    own_visit,
    plan_of,
    projects_below,
    shown_visits,
    visit_context,
)
from interfaces.web.visits.words import VISIT_STAGES, VISIT_TAGS
from projections import guidance_visits

router = APIRouter()
router.routes.extend([*findings.router.routes, *papers.router.routes])

PATH = "/staff/{slug}/visits"
ONE = f"{PATH}/{{visit}}"
_PLAN, _HOLD, _ONE = "visits/plan.html", "visits/hold.html", "visits/one.html"


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """Those this congress makes, and those it receives."""
    with house.reading.connect() as conn:
        years = guidance_visits.years(conn, here.congress.id)
        chosen = year or (years[0] if years else house.office.today().year)
        shown = shown_visits(house, conn, guidance_visits.visits_of(conn, here.congress.id, year=chosen))
    return page(
        request,
        "visits/list.html",
        year=chosen,
        years=years,
        made=[one for one in shown if one.row.congress == here.congress.id],
        received=[one for one in shown if one.row.visited == here.congress.id],
        stage_words=VISIT_STAGES,
        tags=VISIT_TAGS,
        has_below=here.has_below,
        may_go=here.has_below and here.may(Act.VISIT_BELOW),
        root=f"/staff/{here.congress.slug}/visits",
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Visitor, visited: UUID | None = None) -> Response:
    """First whom, then the plan with that congress's projects."""
    form = blank(request, visited=str(visited or ""))
    return page(request, _PLAN, form=form, **_planning(house, here, visited))


@router.post(f"{PATH}/new")
def plan(request: Request, house: TheHouse, here: Visitor, typed: Form) -> Response:
    """Puts it on the plan; the lower office sees it at once."""
    by = here.by(typed)
    visit = house.office.new_id(by, "visit")
    visited: UUID | None = None
    try:
        visited = typed.id("visited")
        made = plan_of(typed)
        typed.settle()
        position = commands.plan_visit(house.office, by, here.congress.id, visit, visited, made)
    except Refused as refused:
        return again(request, _PLAN, typed, refused, **_planning(house, here, visited))
    return done(request, position, address(here, visit), _("已安排，下级办公室已经看得到。"))


@router.get(f"{PATH}/findings/{{finding}}")
def of_finding(request: Request, house: TheHouse, here: OfficeReader, finding: UUID) -> Response:
    """From a duty back to the visit whose finding it comes from."""
    with house.reading.connect() as conn:
        visit = guidance_visits.visit_of(conn, finding)
    if visit is None:
        raise NotFound(kind="visit_finding", id=str(finding))
    known_visit(house, here, visit)
    return led_to(request, f"{address(here, visit)}#{finding}")


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, visit: UUID) -> Response:
    """A visit with its findings and what each office may do."""
    return page(request, _ONE, **visit_context(house, here, visit))


@router.get(f"{ONE}/edit")
def editing(request: Request, house: TheHouse, here: Visitor, visit: UUID) -> Response:
    """The plan to be changed."""
    row = own_visit(house, here, visit)
    form = blank(
        request,
        visited=str(row.visited),
        on=row.on.isoformat(),
        place=row.place,
        topic=row.topic,
        members=row.members,
        projects=row.projects,
    )
    return page(request, _PLAN, form=form, **_planning(house, here, row.visited, visit))


@router.post(f"{ONE}/edit")
def rearrange(request: Request, house: TheHouse, here: Visitor, visit: UUID, typed: Form) -> Response:
    """Changes the plan."""
    row = own_visit(house, here, visit)
    try:
        made = plan_of(typed)
        typed.settle()
        position = commands.rearrange_visit(house.office, here.by(typed), visit, made)
    except Refused as refused:
        return again(request, _PLAN, typed, refused, **_planning(house, here, row.visited, visit))
    return done(request, position, address(here, visit), _("安排已更改。"))


@router.post(f"{ONE}/cancel")
def cancel(request: Request, house: TheHouse, here: Visitor, visit: UUID, typed: Form) -> Response:
    """Nobody comes."""
    own_visit(house, here, visit)
    try:
        reason = typed.required("cancelled_because")
        typed.settle()
        position = commands.cancel_visit(house.office, here.by(typed), visit, reason)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **visit_context(house, here, visit))
    return done(request, position, address(here, visit), _("已取消。"))


@router.get(f"{ONE}/hold")
def holding(request: Request, house: TheHouse, here: Visitor, visit: UUID) -> Response:
    """The form for how it went."""
    row = own_visit(house, here, visit)
    held_on = row.on if row.stage == VisitStage.HELD else min(row.on, house.office.today())
    form = blank(request, held_on=held_on.isoformat(), report=row.report)
    return page(request, _HOLD, form=form, **visit_context(house, here, visit))


@router.post(f"{ONE}/hold")
def hold(request: Request, house: TheHouse, here: Visitor, visit: UUID, typed: Form) -> Response:
    """They came; files chosen before stay unless others are chosen."""
    own_visit(house, here, visit)
    by = here.by(typed)
    try:
        report = Report(on=typed.date("held_on"), words=typed.required("report"))
        typed.settle()
        with keeping_all(house, by, here.congress.id, sent_all(typed), f"visit/{visit}") as files:
            before = commands.known_visit(house.office, visit).files
            position = commands.hold_visit(house.office, by, visit, replace(report, files=files or before))
    except Refused as refused:
        return again(request, _HOLD, typed, refused, **visit_context(house, here, visit))
    return done(request, position, address(here, visit), _("已登记。需要下级办理的，写成督导意见。"))


@router.get(f"{ONE}/files/{{file}}")
def paper(house: TheHouse, here: OfficeReader, visit: UUID, file: UUID) -> Response:
    """A file of the report or of an answer; both offices read them."""
    return visit_paper(house, here, visit, file)


def visit_paper(house: House, here: Place, visit: UUID, file: UUID) -> Response:
    """A file of the report or of an answer to a finding. Raises NotFound."""
    row = known_visit(house, here, visit)
    with house.reading.connect() as conn:
        answered = guidance_visits.findings_of(conn, [visit])[visit]
    named = {str(one["file"]) for one in row.files} | {str(one["file"]) for each in answered for one in each.files}
    return kept_response(house, file if str(file) in named else None, row.congress, row.visited)


def _planning(house: House, here: Place, visited: UUID | None, visit: UUID | None = None) -> dict[str, Any]:
    root = f"/staff/{here.congress.slug}/visits"
    with house.reading.connect() as conn:
        below = below_choices(conn, here)
        is_below = str(visited) in {known for known, _name in below}
        projects = projects_below(conn, here, visited) if visited and is_below else []
    return {
        "below": below,
        "visited": visited if is_below else None,
        "visited_name": next((name.strip() for known, name in below if known == str(visited)), ""),
        "projects": projects,
        "root": root,
        "address": address(here, visit) if visit else "",
        "is_new": visit is None,
    }
