"""The register of delegates' houses in the office, and the signs for their doors."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.proposals import houses as commands
from domain.accounts.permissions import Act
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.documents.call_sheets import HouseSign, HouseSigns, house_signs
from interfaces.documents.marks import mark_of
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import CHINESE, speaking, worded
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.roll.views import download
from projections import houses
from projections.houses import HouseRow

router = APIRouter()

PATH = "/staff/{slug}/houses"
PDF = "application/pdf"
FIELDS = ("name", "address", "hours", "telephone")

HouseKeeper = Annotated[Place, Depends(needing(Act.KEEP_HOUSES))]


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """Every house, and the form for one more."""
    return page(request, "houses/list.html", **_context(house, here))


@router.post(PATH)
def add(request: Request, house: TheHouse, here: HouseKeeper, typed: Form) -> Response:
    """Enters a house."""
    by = here.by(typed)
    new = house.office.new_id(by, "house")
    try:
        position = commands.open_house(house.office, by, here.congress.id, new, **_said(typed))
    except Refused as refused:
        return again(request, "houses/list.html", typed, refused, **_context(house, here))
    said = _("已添加%(name)s，可以打印门牌了。", name=typed.text("name"))
    return done(request, position, _root(here), said)


@router.get(f"{PATH}/signs.pdf")
def all_signs(house: TheHouse, here: OfficeReader) -> Response:
    """The signs of all houses in use."""
    with house.reading.connect() as conn:
        found = houses.houses_of(conn, here.congress.id)
    if not found:
        raise NotFound(kind="house", id="")
    return _signs(house, here, found, worded("代表之家"))


@router.get(f"{PATH}/{{house_id}}")
def one(request: Request, house: TheHouse, here: HouseKeeper, house_id: UUID) -> Response:
    """The form for one house."""
    row = known(house, here, house_id)
    form = blank(request, **{name: getattr(row, name) for name in FIELDS})
    return page(request, "houses/one.html", form=form, **_about(house, here, row))


@router.post(f"{PATH}/{{house_id}}")
def change(request: Request, house: TheHouse, here: HouseKeeper, house_id: UUID, typed: Form) -> Response:
    """Another name, address, hours or telephone."""
    row = known(house, here, house_id)
    try:
        position = commands.change_house(house.office, here.by(typed), here.congress.id, house_id, **_said(typed))
    except Refused as refused:
        return again(request, "houses/one.html", typed, refused, **_about(house, here, row))
    said = _("%(name)s已保存；名称、地址有变化的，请重新打印门牌。", name=typed.text("name"))
    return done(request, position, _root(here), said)


@router.post(f"{PATH}/{{house_id}}/close")
def close(request: Request, house: TheHouse, here: HouseKeeper, house_id: UUID, typed: Form) -> Response:
    """Takes the house out of use."""
    row = known(house, here, house_id)
    position = commands.close_house(house.office, here.by(typed), here.congress.id, house_id)
    return done(request, position, _root(here), _("%(name)s已停用，收到过的建议不变。", name=row.name))


@router.get(f"{PATH}/{{house_id}}/sign.pdf")
def sign(house: TheHouse, here: OfficeReader, house_id: UUID) -> Response:
    """The sign for one door."""
    row = known(house, here, house_id)
    return _signs(house, here, [row], row.name)


def known(house: House, here: Place, house_id: UUID) -> HouseRow:
    """A house in use of this congress. Raises NotFound."""
    with house.reading.connect() as conn:
        row = houses.house_at(conn, house_id)
    if row is None or row.congress != here.congress.id or not row.is_open:
        raise NotFound(kind="house", id=str(house_id))
    return row


def _said(typed: Typed) -> dict[str, str]:
    return {name: typed.text(name) for name in FIELDS}


def _signs(house: House, here: Place, found: list[HouseRow], name: str) -> Response:
    with speaking(CHINESE):
        signs = HouseSigns(
            congress=here.congress.public_name,
            mark=mark_of(here.congress.emblem, here.congress.colour),
            house_word=worded("代表之家"),
            invitation=worded("民生实事做什么，请您告诉代表"),
            signs=[
                HouseSign(
                    name=one.name,
                    address=one.address,
                    hours=one.hours,
                    telephone=one.telephone,
                    code=one.code,
                    page=f"{house.settings.public_url}/h/{one.code}",
                )
                for one in found
            ],
        )
        return download(house_signs(signs), f"{name}门牌.pdf", PDF)


def _context(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as conn:
        found = houses.houses_of(conn, here.congress.id, closed=True)
    return {"houses": found, "may_keep": here.may(Act.KEEP_HOUSES), "root": _root(here)}


def _about(house: House, here: Place, row: HouseRow) -> dict[str, Any]:
    return {"one": row, "address": f"{house.settings.public_url}/h/{row.code}", "root": _root(here)}


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/houses"
