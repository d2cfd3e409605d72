"""Deliberation in the office: the year's remarks and questions by project, recorded, closed, put together."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import deliberation as commands
from application.deliberation import Said
from domain.accounts.permissions import Act
from domain.projects import project as projects
from domain.projects.project import Stage
from domain.projects.remark import RemarkKind
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.deliberation import papers, remarks, views
from interfaces.web.deliberation.desk import Keeper, address, closed_by
from interfaces.web.deliberation.words import REMARK_KINDS
from interfaces.web.materials.routes import listed_year
from projections import candidate_board, deliberation, roll
from projections.congress_register import units_of

router = APIRouter()
router.routes.extend([*papers.router.routes, *remarks.router.routes])

PATH = "/staff/{slug}/deliberation"


@router.get(PATH)
def board(
    request: Request, house: TheHouse, here: OfficeReader, year: int = 0, unit: str = "", q: str = ""
) -> Response:
    """The year's candidates with what was said about each, and everything that waits for an answer first."""
    chosen = year or listed_year(house, here)
    today = house.office.today()
    wanted = _id(unit)
    with house.reading.connect() as conn:
        projects = views.by_project(conn, here.congress.id, chosen, today)
        candidates = candidate_board.candidates_of(conn, here.congress.id, chosen)
        rows = deliberation.remarks_of(conn, here.congress.id, chosen, unit=wanted)
        shown = views.shown_all(conn, here.congress.id, rows, candidates, today)
        names = [one.name for one in roll.delegations_of(conn, here.congress.id)]
        units = [(str(one.id), one.name) for one in units_of(conn, here.congress.id)]
        years = sorted({*candidate_board.years(conn, here.congress.id), chosen}, reverse=True)
    form = blank(request, unit=unit, q=q, year=chosen)
    return page(
        request,
        "deliberation/board.html",
        form=form,
        year=chosen,
        years=years,
        projects=projects,
        totals=views.totals(projects, names),
        remarks=_narrowed(shown, q),
        units=units,
        is_filtered=bool(unit or q),
        closed=closed_by(house, here, chosen),
        kinds=REMARK_KINDS,
        **_may(here),
    )


@router.get(f"{PATH}/projects/{{project}}")
def project(request: Request, house: TheHouse, here: OfficeReader, project: UUID) -> Response:
    """One candidate: its remarks by delegation with the answers, and the delegates' questions."""
    state = house.office.state_of(project, projects.evolve)
    if state is None or state.congress != here.congress.id:
        raise NotFound(kind="project", id=str(project))
    year = state.year
    with house.reading.connect() as conn:
        found = views.by_project(conn, here.congress.id, year, house.office.today())
        known = next((one for one in found if one.project == project), None)
        if known is None:
            raise NotFound(kind="project", id=str(project))
        silent = [one.name for one in roll.delegations_of(conn, here.congress.id) if one.name not in known.delegations]
    return page(
        request,
        "deliberation/project.html",
        one=known,
        year=year,
        silent=silent,
        kinds=REMARK_KINDS,
        closed=closed_by(house, here, year),
        **_may(here),
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Keeper, project: str = "", delegation: str = "") -> Response:
    """The form for a remark of a delegation."""
    today = house.office.today().isoformat()
    form = blank(request, project=project, delegation=delegation, kind=RemarkKind.SUGGESTION.value, on=today)
    return page(request, "deliberation/new.html", form=form, **_choices(house, here))


@router.post(f"{PATH}/new")
def record(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Records it and offers the next of the same delegation."""
    by = here.by(typed)
    remark = house.office.new_id(by, "remark")
    try:
        about, kind, on = typed.id("project"), typed.choice("kind", RemarkKind), typed.date("on")
        said = Said(kind=kind, words=typed.text("words"), delegation=typed.required("delegation"), on=on)
        typed.settle()
        position = commands.record_remark(house.office, by, about, remark, said)
    except Refused as refused:
        return again(request, "deliberation/new.html", typed, refused, **_choices(house, here))
    if typed.ticked("more"):
        following = urlencode({"project": about, "delegation": said.delegation})
        return done(request, position, f"{_root(here)}/new?{following}", _("已登记，可以接着登记下一条。"))
    return done(request, position, address("staff", here, remark), _("已登记。"))


@router.post(f"{PATH}/close")
def close(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Takes no more remarks."""
    year = typed.integer("year")
    typed.settle()
    position = commands.close_remarks(house.office, here.by(typed), here.congress.id, year)
    return done(request, position, f"{_root(here)}?year={year}", _("已截止，不再收审议意见和提问；答复可以继续。"))


@router.post(f"{PATH}/reopen")
def reopen(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Takes remarks again."""
    year = typed.integer("year")
    typed.settle()
    position = commands.reopen_remarks(house.office, here.by(typed), here.congress.id, year)
    return done(request, position, f"{_root(here)}?year={year}", _("已恢复收集审议意见和提问。"))


def _narrowed(shown: list[views.ShownRemark], words: str) -> list[views.ShownRemark]:
    if not words.strip():
        return shown
    return [one for one in shown if any(words.strip() in text for text in (one.row.words, one.who, one.project_name))]


def _choices(house: House, here: Place) -> dict[str, Any]:
    year = listed_year(house, here)
    with house.reading.connect() as conn:
        candidates = candidate_board.candidates_of(conn, here.congress.id, year)
        delegations = [(one.name, one.name) for one in roll.delegations_of(conn, here.congress.id)]
    standing = [one for one in candidates if one.stage in (Stage.DRAFT, Stage.LISTED)]
    return {
        "projects": [(str(one.project), f"{one.shown_number or ''} {one.name}".strip()) for one in standing],
        "delegations": delegations,
        "kinds": list(REMARK_KINDS.items()),
        "year": year,
        "closed": closed_by(house, here, year),
        "root": _root(here),
    }


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _may(here: Place) -> dict[str, Any]:
    return {"may_record": here.may(Act.RECORD_REMARKS), "root": _root(here)}


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/deliberation"
