"""The second factor of the own account: set up, recovery codes, turned off."""

from typing import Any, Final

import pyotp
from fastapi import APIRouter, Request, Response

from application import second_factor as commands
from application.private import passwords, second_factors
from application.signing_in import WrongCode
from domain.accounts import account as accounts
from domain.accounts.second_factor import is_demanded
from domain.shared import Invalid, Refused
from interfaces.composition import House
from interfaces.web._base import tokens
from interfaces.web._base.asking import Seat, Seated, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.session.codes import drawn

router = APIRouter()

PAGE: Final = "/account/second-factor"


@router.get(PAGE)
def second_factor(request: Request, house: TheHouse, seat: Seated) -> Response:
    """Off, waiting for its first code, or on."""
    return page(request, "accounts/second_factor.html", **_context(house, seat))


@router.post(f"{PAGE}/begin")
def begin(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """Makes a secret to be shown, for whoever knows the password."""
    try:
        commands.begin(house.office, house.private, house.vault, seat.actor.account, password=typed.secret("old"))
    except Refused as refused:
        return again(request, "accounts/second_factor.html", typed, refused, **_context(house, seat))
    return led_to(request, PAGE)


@router.post(f"{PAGE}/on")
def turn_on(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """The first code turns it on; the recovery codes are shown, this once."""
    try:
        code = typed.required("code")
        typed.settle()
        position, codes = commands.turn_on(
            house.office,
            house.private,
            house.vault,
            seat.by(typed),
            code,
            token=request.cookies[tokens.SIGN_IN_COOKIE],
        )
    except WrongCode:
        wrong = Invalid(field="code", reason="first_code_wrong")
        return again(request, "accounts/second_factor.html", typed, wrong, **_context(house, seat))
    except Refused as refused:
        return again(request, "accounts/second_factor.html", typed, refused, **_context(house, seat))
    house.followers.wait_for(position)
    return page(request, "accounts/recovery_codes.html", codes=list(map(grouped, codes)), login=seat.login, first=True)


@router.post(f"{PAGE}/codes")
def renew(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """New recovery codes, shown this once."""
    try:
        code = typed.required("code")
        typed.settle()
        position, codes = commands.renew_recovery_codes(house.office, house.private, house.vault, seat.by(typed), code)
    except Refused as refused:
        return again(request, "accounts/second_factor.html", typed, refused, **_context(house, seat))
    house.followers.wait_for(position)
    return page(request, "accounts/recovery_codes.html", codes=list(map(grouped, codes)), login=seat.login, first=False)


@router.post(f"{PAGE}/off")
def turn_off(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """Turned off, with the password and a code."""
    try:
        code = typed.required("off_code")
        typed.settle()
        position = commands.turn_off(
            house.office,
            house.private,
            house.vault,
            seat.by(typed),
            password=typed.secret("old"),
            typed=code,
        )
    except WrongCode:
        wrong = Invalid(field="off_code", reason="code_wrong")
        return again(request, "accounts/second_factor.html", typed, wrong, **_context(house, seat))
    except Refused as refused:
        return again(request, "accounts/second_factor.html", typed, refused, **_context(house, seat))
    return done(request, position, PAGE, _("二次验证已关闭，今后只凭密码登录。"))


def grouped(code: str) -> str:
    """A recovery code as people read and type it: in groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _context(house: House, seat: Seat) -> dict[str, Any]:
    account = seat.actor.account
    state = house.office.state_of(account, accounts.evolve)
    is_on = bool(state and state.second_factor)
    secret = None if is_on else second_factors.waiting_secret(house.private, house.vault, account, house.office.now())
    address = _address(seat.login, secret) if secret else ""
    return {
        "is_on": is_on,
        "has_password": passwords.is_set(house.private, account),
        "demanded": is_demanded(seat.actor.grants, house.settings.roles_with_second_factor),
        "secret": grouped(secret) if secret else "",
        "address": address,
        "drawn": drawn(address, _("二次验证的二维码")) if address else "",
        "codes_left": second_factors.recovery_codes_left(house.private, account),
        "codes_in_all": second_factors.RECOVERY_CODES,
    }


def _address(login: str, secret: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_("民生实事票决"))
