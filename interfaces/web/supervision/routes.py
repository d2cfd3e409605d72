"""Supervision in the office: the year's projects with their groups, inspections and notes, and what waits."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import groups as commands
from application.supervision.groups import GroupOf
from domain.accounts.permissions import Act
from domain.shared import Refused
from domain.supervision import group as rules
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.supervision import importing, views
from interfaces.web.supervision.desk import (
    Keeper,
    by_project,
    current_year,
    delegates_by_delegation,
    ids,
    known_watched,
    names_of,
    people,
    watched_lately,
    watched_of,
    years_voted,
)
from projections import delegate_notes, duties, groups, inspections, site_draws

router = APIRouter()
router.routes.extend(importing.router.routes)

PATH = "/staff/{slug}/supervision"
GROUP = f"{PATH}/groups/{{project}}"


@router.get(PATH)
def overview(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year at a glance."""
    today = house.office.today()
    with house.reading.connect() as conn:
        chosen = year or current_year(conn, here.congress.id, today)
        years = years_voted(conn, here.congress.id)
        watched = watched_of(conn, here.congress.id, chosen)
        lately = by_project(watched_lately(conn, here.congress.id)) | by_project(watched)
        projects = views.overview(conn, here.congress.id, chosen, watched)
        names = names_of(delegates_by_delegation(conn, here.congress.id))
        rows = inspections.inspections_of(conn, here.congress.id, year=chosen)
        notes = delegate_notes.notes_of(conn, here.congress.id, year=chosen)
        draws = site_draws.draws_of(conn, here.congress.id, chosen)
        given = duties.duties_of(conn, here.congress.id, year=chosen)
    shown = [views.shown_inspection(one, lately, today) for one in rows]
    return page(
        request,
        "supervision/overview.html",
        year=chosen,
        years=years,
        projects=projects,
        names=names,
        inspections=shown,
        ahead=[one for one in reversed(shown) if one.row.is_ahead],
        waiting=[views.shown_note(one, lately, names) for one in notes if one.waits],
        notes=len(notes),
        draws=len(draws),
        duties=len(given),
        open_duties=sum(one.waits for one in given),
        overdue_duties=sum(one.is_overdue(today) for one in given),
        gone={one.of.project: views.gone_members(one.group, names) for one in projects if one.group},
        root=_root(here),
        desk=f"/staff/{here.congress.slug}",
        may_keep=here.may(Act.KEEP_SUPERVISION),
    )


@router.get(GROUP)
def group(request: Request, house: TheHouse, here: OfficeReader, project: UUID) -> Response:
    """One project's group: who belongs to it, who left, and the form that forms or changes it."""
    context = _group_context(house, here, project)
    standing = context["group"]
    form = blank(
        request,
        name=standing.name if standing else _("%(name)s代表小组", name=context["watched"].name),
        leader=standing.leader if standing else "",
        members=standing.members if standing else (),
    )
    return page(request, "supervision/group.html", form=form, **context)


@router.post(GROUP)
def keep_group(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """Forms the group, or changes it."""
    context = _group_context(house, here, project)
    change = commands.change_group if context["group"] else commands.form_group
    try:
        position = change(house.office, here.by(typed), project, _wanted(typed))
    except Refused as refused:
        return again(request, "supervision/group.html", typed, refused, **context)
    return done(request, position, f"{_root(here)}/groups/{project}", _("代表小组已保存。"))


@router.post(f"{GROUP}/dissolve")
def dissolve(request: Request, house: TheHouse, here: Keeper, project: UUID, typed: Form) -> Response:
    """The group watches no more."""
    context = _group_context(house, here, project)
    try:
        position = commands.dissolve_group(house.office, here.by(typed), project, typed.text("reason"))
    except Refused as refused:
        return again(request, "supervision/group.html", typed, refused, **context)
    return done(request, position, f"{_root(here)}/groups/{project}", _("代表小组已撤销。"))


def _wanted(typed: Typed) -> GroupOf:
    leader = typed.id("leader")
    members = ids(typed.texts("members"))
    typed.settle()
    return GroupOf(name=typed.text("name"), leader=leader, members=members)


def _group_context(house: House, here: Place, project: UUID) -> dict[str, Any]:
    delegations, names = people(house, here)
    with house.reading.connect() as conn:
        watched = known_watched(conn, here.congress.id, project)
        standing = groups.group_of(conn, project)
        seen = inspections.inspections_of(conn, here.congress.id, project=project)
        notes = delegate_notes.notes_of(conn, here.congress.id, project=project)
    lately = {project: watched}
    past = house.office.state_of(rules.group_stream(project), rules.evolve)
    return {
        "watched": watched,
        "group": standing,
        "past": past if past and not past.is_standing else None,
        "delegations": delegations,
        "names": names,
        "inspections": [views.shown_inspection(one, lately, house.office.today()) for one in seen],
        "notes": [views.shown_note(one, lately, names) for one in notes],
        "root": _root(here),
        "desk": f"/staff/{here.congress.slug}",
        "may_keep": here.may(Act.KEEP_SUPERVISION),
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/supervision"
