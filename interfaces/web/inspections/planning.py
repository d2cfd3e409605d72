"""What the form of an inspection shows and offers: a group's people, a draw's sites."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.shared import NotFound
from domain.supervision import draw as draws
from domain.supervision.draw import Draw
from domain.supervision.inspection import Inspection, InspectionKind, Site
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web._base.language import gettext as _
from interfaces.web.inspections.forms import written_sites
from interfaces.web.supervision.desk import Watched, by_project, people, project_choices, watched_lately
from interfaces.web.supervision.words import INSPECTION_KINDS
from projections import groups


def context(house: House, here: Place, state: Inspection | None = None) -> dict[str, Any]:
    """Beside what is typed."""
    delegations, names = people(house, here)
    with house.reading.connect() as conn:
        watched = watched_lately(conn, here.congress.id)
    gone = [one for one in state.plan.members if one not in names] if state else []
    return {
        "watched": watched,
        "projects": project_choices(watched, house.office.today().year),
        "kinds": list(INSPECTION_KINDS.items()),
        "delegations": delegations,
        "names": names,
        "gone": gone,
    }


def offered(
    house: House, here: Place, watched: Sequence[Watched], *, project: UUID | None, draw: UUID | None
) -> dict[str, Any]:
    """What a new form begins with."""
    values: dict[str, Any] = {"kind": InspectionKind.INSPECTION, "on": "", "projects": (), "members": ()}
    known = by_project(watched)
    if project in known:
        with house.reading.connect() as conn:
            group = groups.group_of(conn, known[project].project)
        values["projects"] = (project,)
        values["title"] = _("%(name)s视察", name=known[project].name)
        if group is not None:
            values |= {"kind": InspectionKind.GROUP, "leader": group.leader, "members": group.members}
    if draw is not None:
        values |= _of_draw(house, here, watched, draw)
    return values


def written(state: Inspection, watched: Mapping[UUID, Watched]) -> dict[str, Any]:
    """The plan as it stands in the form."""
    plan = state.plan
    return {
        "title": plan.title,
        "kind": plan.kind,
        "projects": plan.projects,
        "sites": written_sites(plan.sites, watched),
        "on": plan.on.isoformat(),
        "gather": plan.gather,
        "leader": plan.leader,
        "members": plan.members,
        "focus": plan.focus,
    }


def known_draw(house: House, here: Place, text: str) -> UUID | None:
    """The draw a plan comes from, if it is one of this congress that was made."""
    try:
        draw = UUID(text)
        _drawn(house, here, draw)
    except (ValueError, NotFound):
        return None
    return draw


def _of_draw(house: House, here: Place, watched: Sequence[Watched], draw: UUID) -> dict[str, Any]:
    state = _drawn(house, here, draw)
    of = {one.code: one.project for one in watched}
    sites = [Site(name=one.name, place=one.place, project=of.get(one.code)) for one in state.chosen]
    return {
        "draw": draw,
        "title": state.announced.title,
        "kind": InspectionKind.UNANNOUNCED,
        "projects": tuple(dict.fromkeys(site.project for site in sites if site.project)),
        "sites": written_sites(sites, by_project(watched)),
    }


def _drawn(house: House, here: Place, draw: UUID) -> Draw:
    state = house.office.state_of(draw, draws.evolve)
    if state is None or state.announced.congress != here.congress.id or state.result is None:
        raise NotFound(kind="draw", id=str(draw))
    return state
