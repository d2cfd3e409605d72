"""Materials on a delegate's phone: the list, one with its file, the read receipt."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import materials as commands
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import CandidateReader, Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.delegate.waiting import OwnMaterial, own_materials
from interfaces.web.materials.routes import edition_file

router = APIRouter()

PATH = "/delegate/{slug}/materials"
ONE = f"{PATH}/{{material}}"


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: CandidateReader) -> Response:
    """What the delegate was sent."""
    with house.reading.connect() as conn:
        found = own_materials(conn, here)
    return page(request, "delegate/materials.html", materials=found, root=_root(here))


@router.get(ONE)
def one(request: Request, house: TheHouse, here: CandidateReader, material: UUID) -> Response:
    """One material."""
    return page(request, "delegate/material.html", one=own_material(house, here, material), root=_root(here))


@router.get(f"{ONE}/file")
def file(house: TheHouse, here: CandidateReader, material: UUID) -> Response:
    """The file of the newest edition."""
    return own_file(house, here, material)


@router.post(f"{ONE}/read")
def confirm(request: Request, house: TheHouse, here: CandidateReader, material: UUID, typed: Form) -> Response:
    """Gives the read receipt."""
    edition = typed.integer("edition")
    try:
        typed.settle()
        position = commands.read_material(house.office, here.by(typed), material, edition)
    except Refused as refused:
        own = own_material(house, here, material)
        return again(request, "delegate/material.html", typed, refused, one=own, root=_root(here))
    return done(request, position, f"{_root(here)}/materials", _("已阅，已告知办公室。"))


def own_material(house: House, here: Place, material: UUID) -> OwnMaterial:
    """A material that was sent to this delegate. Raises NotFound."""
    with house.reading.connect() as conn:
        found = next((one for one in own_materials(conn, here) if one.row.material == material), None)
    if found is None:
        raise NotFound(kind="material", id=str(material))
    return found


def own_file(house: House, here: Place, material: UUID) -> Response:
    """The file of the newest edition, while the material stands. Raises NotFound."""
    row = own_material(house, here, material).row
    if row.is_withdrawn:
        raise NotFound(kind="file", id=str(material))
    return edition_file(house, material, row.latest.edition)


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}"
