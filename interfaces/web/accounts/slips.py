"""Delegates' one-time slips: printed for the roll, a delegation or one delegate."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.account_slips import PrintedSlip, issue_delegate_slips
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress.roll import DelegateEntry
from domain.shared import Refused
from interfaces.composition import House
from interfaces.documents.slips import Slip, SlipBook, activation_slips
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form
from interfaces.web._base.pages import again, page
from interfaces.web.accounts import words
from interfaces.web.accounts.administration import grouped
from projections.accounts import ListedAccount, accounts_of_delegates

router = APIRouter()

PATH = "/staff/{slug}/delegates/slips"
SlipDesk = Annotated[Place, Depends(needing(Act.ISSUE_SLIPS))]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationLine:
    """How far a delegation is: how many delegates, and how many of them have begun."""

    name: str
    delegates: int
    begun: int

    @property
    def due(self) -> int:
        """How many slips a printing for the delegation would hold."""
        return self.delegates - self.begun


@router.get(PATH)
def overview(request: Request, house: TheHouse, here: SlipDesk) -> Response:
    """The delegations; with `?delegation=` its delegates one by one."""
    return page(request, "accounts/slips.html", **_context(house, here, request.query_params.get("delegation", "")))


@router.post(PATH)
def print_slips(request: Request, house: TheHouse, here: SlipDesk, typed: Form) -> Response:
    """The PDF, made in memory and streamed once."""
    delegation = typed.text("delegation")
    try:
        delegate = typed.id("delegate") if typed.text("delegate") else None
        typed.settle()
        position, printed = issue_delegate_slips(
            house.office,
            house.private,
            here.by(typed),
            here.congress.id,
            house.slips_last,
            delegation=delegation or None,
            delegate=delegate,
        )
    except Refused as refused:
        context = _context(house, here, typed.text("shown"))
        return again(request, "accounts/slips.html", typed, refused, **context)
    house.followers.wait_for(position)
    name = f"启用条-{printed[0].name if delegate else delegation or here.congress.short_name}.pdf"
    return Response(
        activation_slips(_book(house, here, printed)),
        media_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"},
    )


def _book(house: House, here: Place, printed: list[PrintedSlip]) -> SlipBook:
    url = house.settings.public_url
    return SlipBook(
        congress=here.congress.name,
        printed_on=house.office.today(),
        valid_until=printed[0].expires_at.date(),
        sign_in=f"{url}/a",
        slips=tuple(
            Slip(
                login=slip.login,
                name=slip.name,
                delegation=slip.delegation,
                address=f"{url}/a/{slip.secret}",
                typed=grouped(slip.secret),
            )
            for slip in printed
        ),
    )


def _context(house: House, here: Place, delegation: str) -> dict[str, Any]:
    roll = house.office.state_of(rolls.roll_stream(here.congress.id), rolls.evolve) or rolls.Roll()
    with house.reading.connect() as connection:
        known = accounts_of_delegates(connection, here.congress.id)
    entries = list(roll.entries.values())
    return {
        "lines": _lines(entries, known),
        "delegation": delegation,
        "delegates": [(e, known.get(e.delegate)) for e in entries if e.delegation == delegation],
        "root": f"/staff/{here.congress.slug}/delegates/slips",
        "state_of": words.state_of,
        "days": house.settings.slip_days,
    }


def _lines(entries: list[DelegateEntry], known: dict[UUID, ListedAccount]) -> list[DelegationLine]:
    everybody = Counter(entry.delegation for entry in entries)
    begun = Counter(e.delegation for e in entries if e.delegate in known and known[e.delegate].activated)
    return [DelegationLine(name=name, delegates=count, begun=begun[name]) for name, count in everybody.items()]
