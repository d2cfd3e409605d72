"""Which accounts there are: searched, filtered, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.private import sign_in_log
from domain.accounts.permissions import Act, Role
from domain.congress import congress as congresses
from interfaces.composition import House
from interfaces.web._base.asking import Place, Seat, TheHouse
from interfaces.web._base.forms import blank
from interfaces.web._base.pages import page
from interfaces.web._base.paging import pager
from interfaces.web.accounts import words
from interfaces.web.accounts.places import (
    EVERYWHERE,
    HERE,
    AccountReader,
    Desk,
    common,
    congress_of,
    may_manage,
)
from projections import accounts as register
from projections.accounts import ANYWHERE, INSTALLATION, ListedAccount, Sought
from projections.congress_directory import all_congresses

router = APIRouter()

_STATES = {
    "in_use": {"disabled": False},
    "waiting": {"disabled": False, "activated": False},
    "never": {"disabled": False, "activated": False},
    "disabled": {"disabled": True},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An account with when it was last used to sign in."""

    account: ListedAccount
    last: datetime | None


@router.get(HERE)
def of_congress(request: Request, house: TheHouse, here: AccountReader) -> Response:
    """Accounts with a role in the congress; delegates apart, for they are many."""
    sought = _asked(request, here.congress.id, words.OFFICE_ROLES)
    return _list(request, house, here, sought)


@router.get(EVERYWHERE)
def of_installation(request: Request, house: TheHouse, seat: Desk) -> Response:
    """Administrators of the installation; with `?congress=` those of one congress, or all."""
    asked = request.query_params.get("congress", "")
    congress = ANYWHERE if asked == "any" else _id(asked) or INSTALLATION
    everybody = None if congress == ANYWHERE else tuple(Role)
    return _list(request, house, seat, _asked(request, congress, everybody))


def _asked(request: Request, congress: UUID, roles: tuple[Role, ...] | None) -> Sought:
    asked = request.query_params
    role = next((role for role in Role if role.value == asked.get("role")), None)
    factor = {"on": True, "off": False}.get(asked.get("factor", ""))
    return Sought(
        congress=congress,
        roles=(role,) if role else roles,
        named=asked.get("q", "").strip(),
        second_factor=factor,
        **_STATES.get(asked.get("state", ""), {}),
    )


def _list(request: Request, house: House, seat: Seat, sought: Sought) -> Response:
    with house.reading.connect() as connection:
        found = register.accounts_sought(connection, sought)
    if request.query_params.get("state") == "never":
        signed_in = sign_in_log.last_days(house.private, found)
        found = [account for account in found if account not in signed_in]
    pages = pager(request, len(found))
    shown = found[pages.offset : pages.offset + pages.per_page]
    with house.reading.connect() as connection:
        listed = register.accounts_named(connection, shown)
        names = {congress.id: congress.short_name for congress in all_congresses(connection)}
    asked = {name: request.query_params.get(name, "") for name in ("q", "role", "state", "factor", "congress")}
    return page(
        request,
        "accounts/list.html",
        form=blank(request, **asked),
        lines=_lines(house, [listed[account] for account in shown]),
        filtered=any(asked.values()),
        pager=pages,
        units=units_in(house, seat),
        congress_names=names,
        can_manage=may_manage(seat),
        can_issue=isinstance(seat, Place) and seat.may(Act.ISSUE_SLIPS),
        **_filters(names),
        **common(seat),
    )


def _lines(house: House, accounts: Sequence[ListedAccount]) -> list[Line]:
    last = sign_in_log.last_days(house.private, [account.id for account in accounts])
    return [Line(account=account, last=last.get(account.id)) for account in accounts]


def _filters(names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "role_choices": [(role.value, name) for role, name in words.ROLES.items()],
        "state_choices": list(words.SOUGHT_STATES.items()),
        "factor_choices": list(words.SOUGHT_FACTORS.items()),
        "congress_choices": [("any", words.ANYWHERE), *((str(id_), name) for id_, name in names.items())],
    }


def units_in(house: House, seat: Seat) -> dict[UUID, str]:
    """The units of the congress whose accounts are looked at."""
    congress = congress_of(seat)
    state = house.office.state_of(congress, congresses.evolve) if congress else None
    return {unit.id: unit.name for unit in state.units.values() if not unit.withdrawn} if state else {}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
