"""A project's timeline for those who sign in: the office, its units, the delegates."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from domain.accounts.permissions import Act
from domain.projects import project as projects
from domain.projects.project import Project, Stage
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.documents.timeline import timeline_sheet
from interfaces.public.projects import timeline
from interfaces.public.projects.photos import photo_response
from interfaces.public.projects.views import status
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.progress.desk import Reporter, area_of, known_row
from interfaces.web.timeline.choosing import Choice, chosen
from interfaces.web.timeline.readers import AS, reader_of
from interfaces.web.timeline.sheet import sheet_of
from projections import progress_timeline, public_page
from projections.progress_timeline import Entry, Reader

router = APIRouter()

Supervisor = Annotated[Place, Depends(needing(Act.SUPERVISE))]

_STAFF, _UNIT, _DELEGATE = (f"/{area}/{{slug}}/timeline/{{project:uuid}}" for area in ("staff", "unit", "delegate"))


@router.get(_STAFF)
def of_office(request: Request, house: TheHouse, here: OfficeReader, project: UUID) -> Response:
    """Everything, or with `as` what delegates or residents see of it."""
    return page(request, "timeline/desk.html", **_context(request, house, here, project))


@router.get(_UNIT)
def of_unit(request: Request, house: TheHouse, here: Reporter, project: UUID) -> Response:
    """Of a project that the unit leads or assists."""
    known_row(house, here, project)
    return page(request, "timeline/desk.html", **_context(request, house, here, project))


@router.get(_DELEGATE)
def of_delegate(request: Request, house: TheHouse, here: Supervisor, project: UUID) -> Response:
    """What delegates have to watch, on their phones."""
    return page(request, "timeline/phone.html", **_context(request, house, here, project))


@router.get(f"{_STAFF}/print")
def office_paper(request: Request, house: TheHouse, here: OfficeReader, project: UUID) -> Response:
    """The lines that are shown, on paper."""
    return _paper(request, house, here, project)


@router.get(f"{_UNIT}/print")
def unit_paper(request: Request, house: TheHouse, here: Reporter, project: UUID) -> Response:
    """The lines that are shown, on paper."""
    known_row(house, here, project)
    return _paper(request, house, here, project)


@router.get(f"{_DELEGATE}/print")
def delegate_paper(request: Request, house: TheHouse, here: Supervisor, project: UUID) -> Response:
    """The lines that are shown, on paper."""
    return _paper(request, house, here, project)


@router.get(f"{_STAFF}/photos/{{photo}}")
def office_photo(request: Request, house: TheHouse, here: OfficeReader, project: UUID, photo: UUID) -> Response:
    """A photo of a line that the office reads."""
    return photo_response(request, house, _entries(request, house, here, project), photo)


@router.get(f"{_UNIT}/photos/{{photo}}")
def unit_photo(request: Request, house: TheHouse, here: Reporter, project: UUID, photo: UUID) -> Response:
    """A photo of a line that the unit reads."""
    known_row(house, here, project)
    return photo_response(request, house, _entries(request, house, here, project), photo)


@router.get(f"{_DELEGATE}/photos/{{photo}}")
def delegate_photo(request: Request, house: TheHouse, here: Supervisor, project: UUID, photo: UUID) -> Response:
    """A photo of a line that delegates read."""
    return photo_response(request, house, _entries(request, house, here, project), photo)


def _known(house: House, here: Place, project: UUID) -> Project:
    """A project of this congress. Raises NotFound; delegates know it from the list of candidates on."""
    state = house.office.state_of(project, projects.evolve)
    hidden = state is not None and state.stage is Stage.DRAFT and not here.may(Act.READ_OFFICE)
    if state is None or state.congress != here.congress.id or hidden:
        raise NotFound(kind="project", id=str(project))
    return state


def _reader(request: Request, here: Place) -> Reader:
    """The own eyes, or for the office those of somebody who sees less; at the delegates' desk a delegate's."""
    own = Reader.DELEGATE if area_of(request) == "delegate" else reader_of(here)
    return min(own, AS.get(request.query_params.get("as", ""), own))


def _entries(request: Request, house: House, here: Place, project: UUID) -> list[Entry]:
    _known(house, here, project)
    with house.reading.connect() as conn:
        return progress_timeline.timeline(conn, project, _reader(request, here))


def _context(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    state, reader = _known(house, here, project), _reader(request, here)
    entries = _entries(request, house, here, project)
    with house.reading.connect() as conn:
        public = public_page.page(conn, state.code)
    lines = timeline.lines(entries, with_counts=True if public is None else public.full_counts)
    root = request.url.path
    return {
        "project": project,
        "state": state,
        "name": state.card.name,
        "public": public,
        "stands": status(public, house.office.today()) if public else None,
        "lines": lines,
        "chosen": chosen(lines, request.query_params),
        "reader": reader,
        "views": _views(request),
        "photos": f"{root}/photos",
        "paper": f"{root}/print{'?' + request.url.query if request.url.query else ''}",
    }


def _views(request: Request) -> list[Choice]:
    """The office may look with the eyes of others, e.g. before something is published."""
    if area_of(request) != "staff":
        return []
    query = request.query_params
    words = {"": _("工作机构看到的"), "unit": _("单位看到的"), "delegate": _("代表看到的"), "resident": _("居民看到的")}
    kept = {name: query[name] for name in ("kind", "year") if query.get(name)}
    current = query.get("as", "") if query.get("as", "") in AS else ""
    return [
        Choice(said, 0, "?" + urlencode({**({"as": one} if one else {}), **kept}), one == current)
        for one, said in words.items()
    ]


def _paper(request: Request, house: House, here: Place, project: UUID) -> Response:
    shown = _context(request, house, here, project)
    lines = [line for _year, found in shown["chosen"].years for line in found]
    reader = {Reader.DELEGATE: _("代表可见"), Reader.UNIT: _("单位可见"), Reader.OFFICE: _("内部资料")}
    about = " · ".join(
        filter(None, (here.congress.public_name, _("%(year)s 年", year=shown["state"].year), shown["chosen"].words))
    )
    words = shown["stands"].words if shown["stands"] else ""
    marked = reader.get(shown["reader"], "")
    sheet = sheet_of(shown["name"], about, words, lines, house.office.today(), reader=marked)
    named = {"Content-Disposition": f'inline; filename="{shown["state"].code}.pdf"'}
    return Response(timeline_sheet(sheet), media_type="application/pdf", headers=named)
