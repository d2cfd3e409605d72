"""One project's file: plan, curve, reports, milestones, difficulties, urging, closing; the same for office and unit."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import difficulties as commands
from application.implementation import reports as report_commands
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.lights import judged_year, planned_percent
from domain.projects.periods import days_late
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base import charts
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.shown import day, rounded
from interfaces.web.duties.desk import supervised
from interfaces.web.progress import views
from interfaces.web.progress.desk import (
    Checker,
    Keeper,
    Reader,
    Reporter,
    file_context,
    known_project,
    known_row,
    measure_of,
)
from interfaces.web.progress.words import COMPLETION_KINDS, COMPLETIONS, REPORT_KINDS, REPORT_STAGES, URGINGS
from projections import progress_board
from projections.progress_board import BoardRow

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/implementation/{project}", "/unit/{slug}/implementation/{project}"
_FILE = "progress/file.html"


@router.get(STAFF)
@router.get(UNIT)
def file(request: Request, house: TheHouse, here: Reader, project: UUID) -> Response:
    """Everything about one project under way."""
    return page(request, _FILE, form=blank(request, on=house.office.today()), **_context(request, house, here, project))


@router.post(f"{STAFF}/milestones/{{number}}")
@router.post(f"{UNIT}/milestones/{{number}}")
def reach(request: Request, house: TheHouse, here: Reporter, project: UUID, number: int, typed: Form) -> Response:
    """Notes a milestone as reached."""
    known_row(house, here, project)
    try:
        on = typed.date("on")
        typed.settle()
        position = report_commands.reach_milestone(house.office, here.by(typed), project, number, on)
    except Refused as refused:
        return again(request, _FILE, typed, refused, **_context(request, house, here, project))
    return done(request, position, _address(request, here, project), _("节点已登记为完成。"))


@router.post(f"{STAFF}/milestones/{{number}}/take-back")
def take_back(request: Request, house: TheHouse, here: Checker, project: UUID, number: int, typed: Form) -> Response:
    """The milestone had not been reached."""
    known_row(house, here, project)
    try:
        reason = typed.required("reason")
        typed.settle()
        position = report_commands.take_back_milestone(house.office, here.by(typed), project, number, reason)
    except Refused as refused:
        return again(request, _FILE, typed, refused, **_context(request, house, here, project))
    return done(request, position, _address(request, here, project), _("节点已改回未完成。"))


@router.get(f"{STAFF}/urge")
def urging(request: Request, house: TheHouse, here: Keeper, project: UUID) -> Response:
    """The form to urge the lead unit, at the step that comes next."""
    context = _urging(request, house, here, project)
    one: views.ShownProject = context["one"]
    known = {"level": context["levels"][0][0], "words": _said_of(one)}
    return page(request, "progress/urge.html", form=blank(request, **known), **context)


@router.post(f"{STAFF}/urge")
def urge(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """Urges the lead unit."""
    known_row(house, here, project)
    try:
        level, words = typed.choice("level", UrgingLevel), typed.required("words")
        due_on = typed.date("due_on") if typed.text("due_on") else None
        typed.settle()
        position = commands.urge_project(house.office, here.by(typed), project, level, words, due_on)
    except Refused as refused:
        return again(request, "progress/urge.html", typed, refused, **_urging(request, house, here, project))
    return done(request, position, _address(request, here, project), _("已督办，牵头单位登录后会看到。"))


def curve(row: BoardRow, today: date) -> charts.Chart | None:
    """Planned against actual in the judged year; None before there is a plan."""
    plan = row.plan
    if plan is None or plan.deadline is None:
        return None
    judged = judged_year(plan, row.year, today)
    first, last = (
        max(plan.starts_on or date(judged, 1, 1), date(judged, 1, 1)),
        min(plan.deadline, date(judged, 12, 31)),
    )
    named = {one.due_on: one.name for one in plan.milestones if one.due_on.year == judged}
    days = sorted({min(first, last), *named, last})
    planned = [
        charts.Reached(on=on, percent=_short(planned_percent(plan, row.year, on)), words=named.get(on, ""))
        for on in days
    ]
    actual = [
        charts.Reached(on=mark.given_on, percent=mark.percent)
        for mark in row.reports
        if mark.counts and judged_year(plan, row.year, mark.due_on) == judged
    ]
    begun = [charts.Reached(on=first, percent=0)] if actual and actual[0].on > first else []
    shown = min(today, last) if today.year == judged else None
    return charts.plan_line(_("计划与实际"), planned, [*begun, *actual], today=shown)


def _short(value: Any) -> Decimal:
    return rounded(value, 1)


def _said_of(one: views.ShownProject) -> str:
    """What an urging begins with: the figures that led to it."""
    if one.missing:
        return _(
            "“%(name)s”应于%(day)s前填报进度，至今没有填报。请尽快填报。", name=one.row.name, day=day(one.missing[0])
        )
    if one.reason:
        return _("“%(name)s”%(reason)s。请采取措施赶上进度，并报送原因。", name=one.row.name, reason=one.reason)
    return ""


def _urging(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    one = known_project(house, here, project)
    steps = tuple(UrgingLevel)
    last = UrgingLevel(one.row.urged[-1].level) if one.row.urged else None
    following = steps[steps.index(last) :] if last else steps
    # The next step comes first: whoever was reminded is not reminded again by default.
    ordered = (*following[1:], following[0]) if last and len(following) > 1 else following
    return {
        **file_context(request, here, one),
        "levels": [(level.value, str(URGINGS[level])) for level in ordered],
        "urgings": URGINGS,
    }


def _context(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    measure = measure_of(house, here)
    one = views.shown(known_row(house, here, project), measure)
    with house.reading.connect() as conn:
        reports = progress_board.reports_of(conn, project)
        difficulties = progress_board.difficulties_of(conn, here.congress.id, project=project)
        found = supervised(conn, here, project, one.today)
    return {
        **file_context(request, here, one),
        "supervised": found,
        "reports": reports,
        "difficulties": difficulties,
        "curve": curve(one.row, one.today),
        "open_dues": views.open_dues(one.row, measure),
        "due_words": views.due_words(one),
        "urgings": URGINGS,
        "completions": COMPLETIONS,
        "completion_kinds": COMPLETION_KINDS,
        "report_stages": REPORT_STAGES,
        "report_kinds": REPORT_KINDS,
        "days_late": days_late,
    }


def _address(request: Request, here: Place, project: UUID) -> str:
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}/implementation/{project}"
