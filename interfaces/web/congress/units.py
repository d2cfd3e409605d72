"""The units of a congress: departments and bodies that lead, assist and answer."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.shared import Invalid, NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from projections.congress_register import ListedUnit, units_of

router = APIRouter()

PATH = "/staff/{slug}/units"
MOST_AT_ONCE = 500
LONGEST_NAME = 100
_BETWEEN = ("\t", ",", "，", ";", "；")

UnitKeeper = Annotated[Place, Depends(needing(Act.MANAGE_UNITS))]


@router.get(PATH)
def units(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """All units, and the form for more."""
    return page(request, "congress/units.html", **_context(house, here))


@router.post(PATH)
def add(request: Request, house: TheHouse, here: UnitKeeper, typed: Form) -> Response:
    """Adds units line by line."""
    before = {unit.name for unit in _units(house, here) if not unit.withdrawn}
    try:
        lines = read_lines(typed.required("units"))
        typed.settle()
        position = commands.add_units(house.office, here.by(typed), here.congress.id, lines)
    except Refused as refused:
        return again(request, "congress/units.html", typed, _of_lines(refused), **_context(house, here))
    names = dict.fromkeys(name for name, _phone in lines)
    new = [name for name in names if name not in before]
    said = _("已添加 %(n)s 个单位。", n=len(new))
    if len(new) < len(names):
        said += _("另有 %(n)s 个名称已经在用，没有重复添加。", n=len(names) - len(new))
    return done(request, position, _root(here), said)


@router.get(f"{PATH}/{{unit}}")
def one(request: Request, house: TheHouse, here: UnitKeeper, unit: UUID) -> Response:
    """The form for one unit."""
    known = _unit(house, here, unit)
    form = blank(request, name=known.name, duty_phone=known.duty_phone)
    return page(request, "congress/unit.html", form=form, unit=known, root=_root(here))


@router.post(f"{PATH}/{{unit}}")
def change(request: Request, house: TheHouse, here: UnitKeeper, unit: UUID, typed: Form) -> Response:
    """Another name or duty phone; a withdrawn unit is in use again."""
    known = _unit(house, here, unit)
    try:
        name = typed.required("name")
        typed.settle()
        position = commands.change_unit(
            house.office, here.by(typed), here.congress.id, unit, name, typed.text("duty_phone")
        )
    except Refused as refused:
        return again(request, "congress/unit.html", typed, refused, unit=known, root=_root(here))
    return done(request, position, _root(here), _("%(name)s已保存。", name=name))


@router.post(f"{PATH}/{{unit}}/withdraw")
def withdraw(request: Request, house: TheHouse, here: UnitKeeper, unit: UUID, typed: Form) -> Response:
    """The unit is no longer offered."""
    known = _unit(house, here, unit)
    position = commands.withdraw_unit(house.office, here.by(typed), here.congress.id, unit)
    return done(request, position, _root(here), _("%(name)s已停用，已有的记录不变。", name=known.name))


def read_lines(text: str) -> list[tuple[str, str]]:
    """Name and duty phone of each line that holds something, parted by a tab, comma or semicolon.

    Raises Invalid for too many lines, or a line that is no name.
    """
    lines = [_parted(line) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_AT_ONCE:
        raise Invalid(field="units", reason="too_many_units", value=str(len(lines)))
    for name, _phone in lines:
        if not name or len(name) > LONGEST_NAME:
            raise Invalid(field="units", reason="unit_name", value=name[:30])
    return lines


def _parted(line: str) -> tuple[str, str]:
    for mark in _BETWEEN:
        line = line.replace(mark, "\t")
    name, _tab, phone = line.partition("\t")
    return " ".join(name.split()), phone.strip()


def _of_lines(refused: Refused) -> Refused:
    """What is wrong with one unit, told of the field in which its line stands."""
    if isinstance(refused, Invalid) and refused.field == "duty_phone":
        return Invalid(field="units", reason="unit_phone", value=refused.value)
    return refused


def _units(house: House, here: Place) -> list[ListedUnit]:
    with house.reading.connect() as connection:
        return units_of(connection, here.congress.id)


def _unit(house: House, here: Place, unit: UUID) -> ListedUnit:
    known = next((one for one in _units(house, here) if one.id == unit), None)
    if known is None:
        raise NotFound(kind="unit", id=str(unit))
    return known


def _context(house: House, here: Place) -> dict[str, Any]:
    known = _units(house, here)
    return {
        "units": [unit for unit in known if not unit.withdrawn],
        "withdrawn": [unit for unit in known if unit.withdrawn],
        "may_manage": here.may(Act.MANAGE_UNITS),
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/units"
