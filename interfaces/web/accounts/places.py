"""Where accounts are looked after: a congress, or the whole installation; and who may look, who may act."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends

from domain.accounts.permissions import Act
from interfaces.web._base.asking import Place, Seat, Seated, needing
from interfaces.web.accounts import words

HERE: Final = "/staff/{slug}/accounts"
EVERYWHERE: Final = "/staff/accounts"


def installation(seat: Seated) -> Seat:
    """The desk of the whole installation. Raises NotPermitted."""
    seat.actor.require(Act.MANAGE_ACCOUNTS, None)
    return seat


Desk = Annotated[Seat, Depends(installation)]
CongressDesk = Annotated[Place, Depends(needing(Act.MANAGE_ACCOUNTS))]
AccountReader = Annotated[Place, Depends(needing(Act.READ_ACCOUNTS))]


def congress_of(seat: Seat) -> UUID | None:
    """The congress whose accounts are looked after, None for the installation."""
    return seat.congress.id if isinstance(seat, Place) else None


def root_of(seat: Seat) -> str:
    """Where the pages about accounts begin."""
    return f"/staff/{seat.congress.slug}/accounts" if isinstance(seat, Place) else EVERYWHERE


def may_manage(seat: Seat) -> bool:
    """Whether there is anything to press for this person."""
    return seat.actor.may(Act.MANAGE_ACCOUNTS, congress_of(seat))


def common(seat: Seat) -> dict[str, Any]:
    """What every page about accounts shows something with."""
    return {
        "root": root_of(seat),
        "congress": congress_of(seat),
        "role_words": words.ROLES,
        "role_options": [(role, f"{words.ROLES[role]}（{about}）") for role, about in words.ABOUT.items()],
        "state_of": words.state_of,
    }
