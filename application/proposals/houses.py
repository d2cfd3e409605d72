"""Commands about delegates' houses: open, change, close."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from application.office import By, Office
from domain.accounts.permissions import Act
from domain.proposals import house as houses
from domain.proposals.house import DelegatesHouse
from domain.shared import NotFound


def open_house(
    office: Office,
    by: By,
    congress: UUID,
    house: UUID,
    *,
    name: str,
    address: str,
    hours: str = "",
    telephone: str = "",
) -> int:
    """Enters a house with a code of its own. Raises NotPermitted, Missing or Invalid."""
    by.actor.require(Act.KEEP_HOUSES, congress)
    said = {"name": name, "address": address, "hours": hours, "telephone": telephone}
    return office.change(by, house, houses.evolve, lambda _: houses.open_house(congress, house, **said))


def change_house(
    office: Office,
    by: By,
    congress: UUID,
    house: UUID,
    *,
    name: str,
    address: str,
    hours: str = "",
    telephone: str = "",
) -> int:
    """Puts name, address, hours or telephone right. Raises NotPermitted, NotFound, Missing or Invalid."""
    said = {"name": name, "address": address, "hours": hours, "telephone": telephone}
    return _change(office, by, congress, house, lambda state: houses.change_house(state, **said))


def close_house(office: Office, by: By, congress: UUID, house: UUID) -> int:
    """Takes a house out of use. Raises NotPermitted or NotFound."""
    return _change(office, by, congress, house, houses.close_house)


def _change(office: Office, by: By, congress: UUID, house: UUID, decide: Callable[[DelegatesHouse | None], Any]) -> int:
    by.actor.require(Act.KEEP_HOUSES, congress)

    def of_this_congress(state: DelegatesHouse | None) -> Any:
        if state is not None and state.congress != congress:
            raise NotFound(kind="house", id=str(house))
        return decide(state)

    return office.change(by, house, houses.evolve, of_this_congress)
