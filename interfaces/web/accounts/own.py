"""What everybody can do with the own account."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application import signing_in
from application.private import sign_ins
from domain.shared import Invalid, Refused
from interfaces.composition import House
from interfaces.web._base import areas, language, tokens
from interfaces.web._base.asking import Seat, Seated, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.accounts import words
from projections.congress_directory import all_congresses

router = APIRouter()


@router.get("/account")
def account(request: Request, house: TheHouse, seat: Seated) -> Response:
    """Roles, password, language."""
    form = blank(request, language=language.current_language())
    return page(request, "accounts/own.html", form=form, **_context(house, seat))


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
        )
    except Refused as refused:
        return again(request, "accounts/own.html", typed, refused, **_context(house, seat))
    return done(request, position, "/account", _("密码已更换，其他设备上的登录已退出。"))


@router.post("/account/language")
def choose_language(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """The language of every page from now on, on this device and after the next sign-in elsewhere."""
    chosen = typed.text("language")
    if chosen not in language.LANGUAGES:
        refused = Invalid(field="language", reason="choice", value=chosen)
        return again(request, "accounts/own.html", typed, refused, **_context(house, seat))
    sign_ins.choose_language(house.private, seat.actor.account, chosen)
    with language.speaking(chosen):
        response = led_to(request, "/account", _("界面语言已更换。"))
    language.remember(response, chosen)
    return response


def _context(house: House, seat: Seat) -> dict[str, Any]:
    with house.reading.connect() as connection:
        names = {congress.id: congress.name for congress in all_congresses(connection)}
    return {
        "login": seat.login,
        "congress_names": names,
        "role_words": words.ROLES,
        "desks": areas.areas_of(seat),
        "shortest": house.password_rules.shortest,
        "language_options": list(language.LANGUAGES.items()),
    }
