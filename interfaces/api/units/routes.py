"""The units of a congress."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path
from pydantic import Field

from application import congress as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, Asked, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from projections.congress_register import ListedUnit, units_of

router = operations("units", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)

PATH = "/congresses/{slug}/units"
PHONE = r"^([0-9+() \-]{3,30})?$"

UnitKeeper = Annotated[At, Depends(needing(Act.MANAGE_UNITS))]
TheUnit = Annotated[UUID, Path(description="单位的标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])]


class UnitBody(Asked):
    """A department or body that leads or assists."""

    name: str = Field(pattern=LINE, max_length=100, description="名称，在本大会内不重复。", examples=["市教育局"])
    duty_phone: str = Field(
        default="", pattern=PHONE, description="对外公布的值班电话，可以为空。", examples=["0471-1234567"]
    )


class Unit(Shown):
    """A unit of a congress."""

    id: UUID = Field(description="标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])
    name: str = Field(description="名称。", examples=["市教育局"])
    duty_phone: str = Field(description="对外公布的值班电话，可以为空。", examples=["0471-1234567"])
    withdrawn: bool = Field(description="是否已停用：不再用于新的工作。", examples=[False])


@router.get(PATH, summary="单位列表")
def units(here: OfficeReader, paging: Paged) -> Page[Unit]:
    """All units, those in use first, in the order of adding."""
    return paging.part(here.told, _units(here), lambda unit: unit.id, _shown)


@router.post(PATH, status_code=201, summary="添加单位")
def add(here: UnitKeeper, body: UnitBody) -> Unit:
    """One more unit."""
    by = here.by(here.congress.id)
    unit = here.house.office.new_id(by, "unit")
    position = commands.add_unit(here.house.office, by, here.congress.id, unit, body.name, body.duty_phone)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/units/{unit}")
    return one(here, unit)


@router.get(f"{PATH}/{{unit}}", summary="一个单位")
def one(here: OfficeReader, unit: TheUnit) -> Unit:
    """One unit."""
    here.shows(here.congress.id)
    return _shown(_known(here, unit))


@router.put(f"{PATH}/{{unit}}", summary="更改单位")
def change(here: UnitKeeper, unit: TheUnit, body: UnitBody) -> Unit:
    """Another name or duty phone; a withdrawn unit is in use again."""
    _known(here, unit)
    by = here.by(here.congress.id)
    position = commands.change_unit(here.house.office, by, here.congress.id, unit, body.name, body.duty_phone)
    here.done(position)
    return one(here, unit)


@router.delete(f"{PATH}/{{unit}}", summary="停用单位")
def withdraw(here: UnitKeeper, unit: TheUnit) -> Unit:
    """The unit is no longer offered; what names it keeps its name."""
    position = commands.withdraw_unit(here.house.office, here.by(here.congress.id), here.congress.id, unit)
    here.done(position)
    return one(here, unit)


def _units(here: At) -> list[ListedUnit]:
    with here.house.reading.connect() as connection:
        return units_of(connection, here.congress.id)


def _known(here: At, unit: UUID) -> ListedUnit:
    known = next((one for one in _units(here) if one.id == unit), None)
    if known is None:
        raise NotFound(kind="unit", id=str(unit))
    return known


def _shown(unit: ListedUnit) -> Unit:
    return Unit(id=unit.id, name=unit.name, duty_phone=unit.duty_phone, withdrawn=unit.withdrawn)
