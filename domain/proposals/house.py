"""A delegates' house 代表之家: a place where residents meet delegates and leave proposals, with a code on its door."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.shared import Invalid, Missing, NotFound, project_code


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseOpened:
    """A house is entered; `code` stands in the address of its QR code."""

    congress: UUID
    code: str
    name: str
    address: str
    hours: str = ""
    telephone: str = ""
    """The house's public number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseChanged:
    """A house has another name, address, hours or public number."""

    name: str
    address: str
    hours: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseClosed:
    """The house takes no more proposals; what came by it keeps its name."""


HouseFact = HouseOpened | HouseChanged | HouseClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatesHouse:
    """A delegates' house as it stands."""

    congress: UUID
    code: str
    name: str
    address: str
    hours: str
    telephone: str
    is_open: bool = True


def house_code(house: UUID) -> str:
    """The short code of a house, like a project's."""
    return project_code(house)


def open_house(congress: UUID, house: UUID, *, name: str, address: str, hours: str, telephone: str) -> HouseOpened:
    """Raises Missing (name, address) or Invalid (too long)."""
    said = _said(name=name, address=address, hours=hours, telephone=telephone)
    return HouseOpened(congress=congress, code=house_code(house), **said)


def change_house(house: DelegatesHouse | None, *, name: str, address: str, hours: str, telephone: str) -> HouseChanged:
    """Raises NotFound, Missing (name, address) or Invalid (too long)."""
    _in_use(house)
    return HouseChanged(**_said(name=name, address=address, hours=hours, telephone=telephone))


def close_house(house: DelegatesHouse | None) -> HouseClosed:
    """Raises NotFound for a house that is not in use."""
    _in_use(house)
    return HouseClosed()


def require_open_house(house: DelegatesHouse | None, congress: UUID) -> DelegatesHouse:
    """Raises NotFound unless it is a house of this congress that is in use."""
    if _in_use(house).congress != congress:
        raise NotFound(kind="house", id="")
    return _in_use(house)


def evolve(house: DelegatesHouse | None, fact: HouseFact) -> DelegatesHouse:
    """The house after one more fact."""
    match fact:
        case HouseOpened():
            return DelegatesHouse(
                congress=fact.congress,
                code=fact.code,
                name=fact.name,
                address=fact.address,
                hours=fact.hours,
                telephone=fact.telephone,
            )
        case HouseChanged():
            return replace(
                _in_use(house), name=fact.name, address=fact.address, hours=fact.hours, telephone=fact.telephone
            )
        case HouseClosed():
            return replace(_in_use(house), is_open=False)


def _in_use(house: DelegatesHouse | None) -> DelegatesHouse:
    if house is None or not house.is_open:
        raise NotFound(kind="house", id="")
    return house


def _said(**texts: str) -> dict[str, str]:
    said = {name: text.strip() for name, text in texts.items()}
    if empty := tuple(name for name in ("name", "address") if not said[name]):
        raise Missing(fields=empty)
    if long := next((name for name, text in said.items() if len(text) > 120), None):
        raise Invalid(field=long, reason="too_long", value="120")
    return said
