"""What the public home and a year's list show."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.projects.project import Stage
from domain.shared import NotFound
from interfaces.public.projects import standing
from interfaces.public.projects.standing import Shown, Status
from projections import calls, declared_results, plans, public_page, site_draws, voted_list
from projections.calls import CallRow
from projections.congress_directory import ListedCongress, all_congresses, congress_at
from projections.voted_list import VotedList, VotedProject


class Body(NamedTuple):
    """A congress on the home page with the years it has lists for, newest first, and the call that is open."""

    congress: ListedCongress
    depth: int
    lists: list[VotedList]
    call: CallRow | None


def home(conn: Connection, today: date) -> dict[str, Any]:
    """Every body with its lists and its open call, each below the one it stands under."""
    congresses = all_congresses(conn)
    announced: dict[Any, list[VotedList]] = {}
    for one in voted_list.all_announced(conn):
        announced.setdefault(one.congress, []).append(one)
    open_calls = calls.open_calls(conn, today)
    listed = _in_tree(congresses)
    return {"bodies": [Body(c, depth, announced.get(c.id, []), open_calls.get(c.id)) for c, depth in listed]}


def _in_tree(congresses: list[ListedCongress]) -> list[tuple[ListedCongress, int]]:
    known = {congress.id for congress in congresses}

    def below(parent: object, depth: int) -> list[tuple[ListedCongress, int]]:
        found: list[tuple[ListedCongress, int]] = []
        for congress in congresses:
            at_top = depth == 0 and congress.parent not in known
            if at_top or (depth > 0 and congress.parent == parent):
                found += [(congress, depth), *below(congress.id, depth + 1)]
        return found

    return below(None, 0)


def latest_year(conn: Connection, body: ListedCongress) -> int | None:
    """The newest year with a list."""
    lists = voted_list.all_announced(conn, body.id)
    return lists[0].year if lists else None


class LightChoice(NamedTuple):
    """One kind of standing that projects of the year have, and how many."""

    key: str
    status: Status
    projects: int


class Narrowed(NamedTuple):
    """What somebody chose to see of a list; empty for all."""

    category: str = ""
    light: str = ""


ALL_OF_IT: Final = Narrowed()


def year_list(conn: Connection, slug: str, year: int, today: date, narrowed: Narrowed = ALL_OF_IT) -> dict[str, Any]:
    """The voted list of a year as it stands on a day. Raises NotFound where none was announced."""
    body = congress(conn, slug)
    announced = voted_list.announced(conn, body.id, year)
    if announced is None:
        raise NotFound(kind="voted_list", id=str(year))
    voted = voted_list.voted(conn, body.id, year)
    adopted = [project for project in voted if project.stage == Stage.ADOPTED]
    progress = public_page.progress_by_project(conn, body.id, year)
    works = public_page.works(conn, body.id, year)
    now = {
        project: found
        for project, work in works.items()
        if (found := standing.shown(work, progress.get(project), today)) is not None
    }
    lights = _lights(now)
    category = narrowed.category
    light = narrowed.light if narrowed.light in {one.key for one in lights} else ""
    shown = [
        project
        for project in adopted
        if category in ("", project.category) and (not light or _light(now.get(project.project)) == light)
    ]
    return {
        "now": now,
        "lights": lights,
        "light": light,
        "congress": body,
        "announced": announced,
        "adopted": adopted,
        "shown": shown,
        "passed_over": [project for project in voted if project.stage != Stage.ADOPTED],
        "waiting": voted_list.waiting(conn, body.id, year),
        "supplements": voted_list.supplements(conn, body.id, year),
        "results": declared_results.results_of(conn, body.id, year),
        "progress": progress,
        "categories": list(dict.fromkeys(project.category for project in adopted)),
        "category": category,
        "total_funds": sum((project.total_funds or Decimal(0) for project in adopted), Decimal(0)),
        "years": [one.year for one in voted_list.all_announced(conn, body.id)],
        "draws": bool(site_draws.draws_of(conn, body.id, year)),
        "duty_list": plans.publications_of(conn, body.id, year),
    }


def _lights(now: dict[UUID, Shown]) -> list[LightChoice]:
    """How the projects stand, from the most to the fewest."""
    counted = Counter(_light(one) for one in now.values())
    said = {_light(one): one.status for one in now.values()}
    return [LightChoice(key, said[key], n) for key, n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def _light(one: Shown | None) -> str:
    """What lights are told apart by in an address: the colour, and why it is so."""
    return f"{one.colour.value}-{one.cause.value}" if one else ""


def as_json(listed: dict[str, Any], public_url: str) -> dict[str, Any]:
    """The list for machines; votes only where the rule profile lets them be published."""
    announced: VotedList = listed["announced"]
    return {
        "congress": listed["congress"].name,
        "year": announced.year,
        "notice_number": announced.notice_number,
        "announced_on": announced.announced_on.isoformat(),
        "supplements": [
            {
                "notice_number": one.notice_number,
                "announced_on": one.announced_on.isoformat(),
                "by": one.decided_by or "second_ballot",
            }
            for one in listed["supplements"]
        ],
        "waiting": [project.name for project in listed["waiting"]],
        "projects": [
            _project_json(project, announced, public_url) | _light_json(listed["now"].get(project.project))
            for project in listed["adopted"]
        ],
    }


def _light_json(now: Shown | None) -> dict[str, Any]:
    """How it stands today; nothing before its plan is published."""
    if now is None:
        return {}
    told = {"colour": now.colour.value, "cause": now.cause.value, "words": now.status.words}
    return {"light": told, "percent": str(now.last.percent), "planned_percent": str(now.planned)}


def _project_json(project: VotedProject, announced: VotedList, public_url: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": project.number,
        "code": project.code,
        "name": project.name,
        "category": project.category,
        "content": project.content,
        "place": project.place,
        "lead_unit": project.lead_unit,
        "total_funds": None if project.total_funds is None else str(project.total_funds),
        "beneficiary_count": project.beneficiary_count,
        "finishes_on": None if project.finishes_on is None else project.finishes_on.isoformat(),
        "address": f"{public_url}/p/{project.code}",
        "by": project.decided_by or ("second_ballot" if project.again else "vote"),
        "notice_number": project.notice_number,
    }
    if announced.full_counts:
        told["votes"] = {"for": project.votes_for, "against": project.against, "abstain": project.abstain}
    return told


def congress(conn: Connection, slug: str) -> ListedCongress:
    """Raises NotFound for an address that is no congress's."""
    found = congress_at(conn, slug)
    if found is None:
        raise NotFound(kind="page", id=slug)
    return found
