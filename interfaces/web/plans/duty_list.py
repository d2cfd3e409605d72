"""The duty list of a year: which plans are filed, which are ready, what was published, and the publication itself."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import duty_list as commands
from domain.accounts.permissions import Act
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.plans.desk import ListedPlan, Publisher, Reader, addresses, chosen_year, listed_plans
from interfaces.web.plans.views import issuer_of, issuers_of
from interfaces.web.plans.words import PLAN_STANDINGS, PLAN_TAGS, STANDINGS, departures_said, gaps_said
from projections import plans

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/duty-list", "/unit/{slug}/duty-list"


@router.get(STAFF)
@router.get(UNIT)
def show(request: Request, house: TheHouse, here: Reader, year: int = 0) -> Response:
    """The year's plans with what each lacks, what was published, and the form that publishes."""
    context = _context(request, house, here, year)
    ready = [str(one.project) for one in context["listed"] if one.is_ready]
    signed = issuer_of(here.congress.name)
    form = blank(request, chosen=ready, on=house.office.today(), issuer=signed)
    return page(request, "plans/duty_list.html", form=form, **context)


@router.post(STAFF)
def publish(request: Request, house: TheHouse, here: Publisher, typed: Form) -> Response:
    """Publishes the chosen plans; they are in force from now on."""
    year = typed.integer("year")
    try:
        number, on = typed.required("number"), typed.date("on")
        issuer = "" if typed.text("issuer") == issuer_of(here.congress.name) else typed.text("issuer")
        typed.settle()
        chosen = _chosen(house, here, typed.texts("chosen"), year)
        by, congress = here.by(typed), here.congress.id
        position = commands.publish_duty_list(house.office, by, congress, year, chosen, number, on, issuer)
    except Refused as refused:
        return again(request, "plans/duty_list.html", typed, refused, **_context(request, house, here, year))
    said = _("责任分解清单已公布，%(n)s 个项目的实施计划从现在起执行。", n=len(chosen))
    return done(request, position, f"{addresses(request, here)['root']}?year={year}", said)


def _chosen(house: House, here: Place, typed: list[str], year: int) -> list[UUID]:
    """Those of the year's projects that were ticked, in the order of the voted list."""
    return [one.project for one in listed_plans(house, here, year) if str(one.project) in set(typed)]


def _context(request: Request, house: House, here: Place, asked: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        year, years = chosen_year(conn, here, asked, house.office.today().year)
        published = plans.publications_of(conn, here.congress.id, year)
        waits = plans.waiting(conn, here.congress.id, year)
    listed = listed_plans(house, here, year)
    return {
        "year": year,
        "years": years,
        "listed": listed,
        "counts": {name: sum(one.standing == name for one in listed) for name in PLAN_STANDINGS},
        "ready": [one for one in listed if one.is_ready],
        "published": published,
        "issuers": issuers_of(here.congress.name),
        "numbers": {project: part.number for part in published for project in part.projects},
        "waits": waits,
        "standings": PLAN_STANDINGS,
        "tags": PLAN_TAGS,
        "states": STANDINGS,
        "lacking": _lacking,
        "may_publish": here.may(Act.PUBLISH_PLAN),
        "may_file": any(one.may_file and one.standing != "published" for one in listed),
        **addresses(request, here),
    }


def _lacking(one: ListedPlan) -> str:
    """What keeps a filed plan from being published, in one line."""
    parts = [gaps_said(one.gaps)] if one.gaps else []
    if one.departed:
        parts.append(_("改变了票决的内容：%(what)s", what=departures_said(one.departed)))
    return _("；").join(parts)
