"""What everybody can do with the own account."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application import signing_in
from application.private import second_factors, sign_in_log, sign_ins
from domain.accounts import account as accounts
from domain.accounts.second_factor import is_demanded
from domain.shared import Invalid, Refused
from interfaces.composition import House
from interfaces.web._base import areas, language, tokens
from interfaces.web._base.asking import Seat, Seated, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.accounts import words
from interfaces.web.accounts.devices import device_words
from interfaces.web.accounts.signing import provider_name
from projections.congress_directory import all_congresses

router = APIRouter()


@router.get("/account")
def account(request: Request, house: TheHouse, seat: Seated) -> Response:
    """Roles, password, language."""
    form = blank(request, language=language.current_language())
    return page(request, "accounts/own.html", form=form, **_context(request, house, seat))


@router.post("/account/password")
def change_password(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """Another password; other browsers are signed out."""
    try:
        if typed.secret("password") != typed.secret("repeated"):
            typed.wrong("repeated", "password_differs")
        typed.settle()
        position = signing_in.change_password(
            house.office,
            house.private,
            seat.by(typed),
            old=typed.secret("old"),
            new=typed.secret("password"),
            token=request.cookies[tokens.SIGN_IN_COOKIE],
            rules=house.password_rules,
        )
    except Refused as refused:
        return again(request, "accounts/own.html", typed, refused, **_context(request, house, seat))
    return done(request, position, "/account", _("密码已更换，其他设备上的登录已退出。"))


@router.post("/account/sign-ins")
def end_sign_ins(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """Signs one other browser out, or all others where none is named."""
    try:
        one = typed.id("sign_in") if typed.text("sign_in") else None
        typed.settle()
    except Refused as refused:
        return again(request, "accounts/own.html", typed, refused, **_context(request, house, seat))
    here = request.cookies[tokens.SIGN_IN_COOKIE]
    position = signing_in.end_own_sign_ins(house.office, house.private, seat.by(typed), one=one, token=here)
    return done(request, position, "/account", _("已退出那台设备。") if one else _("其他设备都已退出。"))


@router.post("/account/language")
def choose_language(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """The language of every page from now on, on this device and after the next sign-in elsewhere."""
    chosen = typed.text("language")
    if chosen not in language.LANGUAGES:
        refused = Invalid(field="language", reason="choice", value=chosen)
        return again(request, "accounts/own.html", typed, refused, **_context(request, house, seat))
    sign_ins.choose_language(house.private, seat.actor.account, chosen)
    with language.speaking(chosen):
        response = led_to(request, "/account", _("界面语言已更换。"))
    language.remember(response, chosen)
    return response


def _context(request: Request, house: House, seat: Seat) -> dict[str, Any]:
    account, token = seat.actor.account, request.cookies.get(tokens.SIGN_IN_COOKIE, "")
    state = house.office.state_of(account, accounts.evolve)
    with house.reading.connect() as connection:
        names = {congress.id: congress.name for congress in all_congresses(connection)}
    return {
        "login": seat.login,
        "congress_names": names,
        "role_words": words.ROLES,
        "desks": areas.areas_of(seat),
        "password_hint": words.password_hint(house.password_rules.shortest),
        "language_options": list(language.LANGUAGES.items()),
        "second_factor": bool(state and state.second_factor),
        "demanded": is_demanded(seat.actor.grants, house.settings.roles_with_second_factor),
        "codes_left": second_factors.recovery_codes_left(house.private, account) if state else 0,
        "living": sign_ins.living(house.private, account, house.office.now(), house.endurance, token),
        "past": sign_in_log.past(house.private, account),
        "device_words": device_words,
        "way_words": words.WAYS,
        "provider": provider_name(house) if house.settings.oidc_issuer else "",
        "linked": bool(state and state.linked),
    }
