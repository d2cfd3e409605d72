"""The way in with a one-time slip: the code, then a password of one's own."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application import signing_in
from application.signing_in import Way
from domain.accounts.account import Account
from domain.congress import roll as rolls
from domain.shared import Refused, normal_code
from interfaces.composition import House
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, led_to, page
from interfaces.web.accounts import words
from interfaces.web.accounts.signing import come_in, device_here
from projections.congress_directory import congresses_named

router = APIRouter()


@router.get("/a")
def ask_code(request: Request) -> Response:
    """For those who cannot scan: the code typed by hand."""
    return page(request, "accounts/code.html")


@router.post("/a")
def take_code(request: Request, house: TheHouse, typed: Form) -> Response:
    """Leads to the slip, or says that it cannot be used."""
    try:
        code = normal_code(typed.required("code"))
        typed.settle()
        signing_in.living_slip(house.office, house.private, code)
    except Refused as refused:
        return again(request, "accounts/code.html", typed, refused)
    return led_to(request, f"/a/{code}")


@router.get("/a/{secret}")
def ask_password(request: Request, house: TheHouse, secret: str) -> Response:
    """Whose slip it is, and the form for a password. Looking uses nothing up."""
    _slip, account = signing_in.living_slip(house.office, house.private, secret)
    return page(request, "accounts/activate.html", **_context(house, secret, account))


@router.post("/a/{secret}")
def choose_password(request: Request, house: TheHouse, secret: str, typed: Form) -> Response:
    """Uses the slip up, signs in, and leads to the first desk."""
    _slip, account = signing_in.living_slip(house.office, house.private, secret)
    chosen = typed.secret("password")
    try:
        if chosen != typed.secret("repeated"):
            typed.wrong("repeated", "password_differs")
        typed.settle()
        who, position = signing_in.use_slip(house.office, house.private, secret, chosen, house.password_rules)
    except Refused as refused:
        return again(request, "accounts/activate.html", typed, refused, **_context(house, secret, account))
    house.followers.wait_for(position)
    return come_in(request, house, house.door.enter(who, account, Way.SLIP, device_here(request)))


def _context(house: House, secret: str, account: Account) -> dict[str, Any]:
    return {
        "secret": normal_code(secret),
        "account": account,
        "belongs": _belongs(house, account),
        "password_hint": words.password_hint(house.password_rules.shortest),
    }


def _belongs(house: House, account: Account) -> str:
    """The congress and, for a delegate, the delegation: so that nobody uses another person's slip by mistake."""
    grant = next((g for g in account.grants if g.congress is not None), None)
    if grant is None or grant.congress is None:
        return _("全部大会")
    with house.reading.connect() as connection:
        name = next((found.name for found in congresses_named(connection, [grant.congress])), "")
    if grant.delegate is None:
        return name
    roll = house.office.state_of(rolls.roll_stream(grant.congress), rolls.evolve)
    entry = roll.entries.get(grant.delegate) if roll else None
    return f"{name} · {entry.delegation}" if entry else name
