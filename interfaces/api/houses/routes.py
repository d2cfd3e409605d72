"""Delegates' houses 代表之家: entered, changed, taken out of use, signs for their doors."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Response
from pydantic import Field

from application.proposals import houses as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.web.houses import routes as pages
from projections import houses
from projections.houses import HouseRow

router = operations("houses", read=Scope.PROPOSALS_READ, write=Scope.PROPOSALS_WRITE)

PATH = "/congresses/{slug}/houses"
ONE = f"{PATH}/{{house}}"
ID = "4f16c9c2-a017-52b7-9d4b-f5491a8e542a"

HouseKeeper = Annotated[At, Depends(needing(Act.KEEP_HOUSES))]
TheHouse = Annotated[UUID, Path(description="代表之家的标识。", examples=[ID])]


class HouseBody(Asked):
    """A house as it is written down."""

    name: str = Field(pattern=LINE, max_length=120, description="名称。", examples=["胜利街道代表之家"])
    address: str = Field(pattern=LINE, max_length=120, description="地址。", examples=["胜利街23号二楼"])
    hours: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=120,
        description="开放时间，可以为空。",
        examples=["每月10日 9:00—11:30"],
    )
    telephone: str = Field(
        default="", pattern=MAYBE_LINE, max_length=120, description="公开的电话，可以为空。", examples=["0477-8586001"]
    )


class DelegatesHouse(Shown):
    """A house."""

    id: UUID = Field(description="标识。", examples=[ID])
    code: str = Field(description="门牌二维码里的编码。", examples=["7K3M9QWD"])
    name: str = Field(description="名称。", examples=["胜利街道代表之家"])
    address: str = Field(description="地址。", examples=["胜利街23号二楼"])
    hours: str = Field(description="开放时间，可以为空。", examples=["每月10日 9:00—11:30"])
    telephone: str = Field(description="公开的电话，可以为空。", examples=["0477-8586001"])
    in_use: bool = Field(description="是否在用；停用后不再接收建议。", examples=[True])
    page: str = Field(description="门牌二维码打开的网页。", examples=["https://rd.example.cn/h/7K3M9QWD"])


@router.get(PATH, summary="代表之家")
def listed(here: OfficeReader, paging: Paged) -> Page[DelegatesHouse]:
    """Every house, those out of use at the end."""
    with here.house.reading.connect() as connection:
        rows = houses.houses_of(connection, here.congress.id, closed=True)
    return paging.part(here.told, rows, lambda row: row.house, lambda row: _shown(here, row))


@router.post(PATH, status_code=201, summary="添加代表之家")
def add(here: HouseKeeper, body: HouseBody) -> DelegatesHouse:
    """One more house."""
    by = here.by()
    house = here.house.office.new_id(by, "house")
    position = commands.open_house(here.house.office, by, here.congress.id, house, **body.model_dump())
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/houses/{house}")
    return one(here, house)


@router.get(ONE, summary="一个代表之家")
def one(here: OfficeReader, house: TheHouse) -> DelegatesHouse:
    """One house, also one out of use."""
    here.shows(house)
    return _shown(here, _known(here, house))


@router.put(ONE, summary="更改代表之家")
def change(here: HouseKeeper, house: TheHouse, body: HouseBody) -> DelegatesHouse:
    """Another name, address, hours or telephone."""
    _known(here, house)
    by = here.by(house)
    here.done(commands.change_house(here.house.office, by, here.congress.id, house, **body.model_dump()))
    return one(here, house)


@router.delete(ONE, summary="停用代表之家", description="收到过的建议不变。")
def close(here: HouseKeeper, house: TheHouse) -> DelegatesHouse:
    """The house is out of use."""
    _known(here, house)
    here.done(commands.close_house(here.house.office, here.by(house), here.congress.id, house))
    return one(here, house)


@router.get(f"{ONE}/sign.pdf", summary="门牌", **file_of(pages.PDF))
def sign(here: OfficeReader, house: TheHouse) -> Response:
    """The sign for the door."""
    return pages.sign(here.house, here.place, house)


def _known(here: At, house: UUID) -> HouseRow:
    with here.house.reading.connect() as connection:
        row = houses.house_at(connection, house)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="house", id=str(house))
    return row


def _shown(here: At, row: HouseRow) -> DelegatesHouse:
    same = {name: getattr(row, name) for name in ("code", "name", "address", "hours", "telephone")}
    page = f"{here.house.settings.public_url}/h/{row.code}"
    return DelegatesHouse(id=row.house, in_use=row.is_open, page=page, **same)
