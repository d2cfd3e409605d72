"""Signing in and out, and the way to the right desk."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request, Response

from application import signing_in
from application.private import half_sign_ins, sign_ins
from application.signing_in import CodeWanted, SignedIn
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base import areas, desks, language, tokens
from interfaces.web._base.asking import Seated, SignInNeeded, TheHouse, congresses_of, seated
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, led_to, page
from interfaces.web.accounts.devices import device_of

router = APIRouter()

FALLBACK: Final = "/account"
CODE_PAGE: Final = "/sign-in/code"
_LONGEST_ADDRESS: Final = 1000
STEP_COOKIE: Final = "piaojue_step"
"""Stands for a password that was right, until the second factor follows; goes to the sign-in pages only."""


@router.get("/sign-in")
def ask(request: Request, house: TheHouse, next: str = "") -> Response:  # noqa: A002 -- the name in the address
    """The sign-in form; straight on for somebody who is signed in."""
    try:
        seated(request, house)
    except SignInNeeded:
        return page(request, "accounts/sign_in.html", form=blank(request, next=safe(next)), **offered(house))
    return led_to(request, safe(next) or FALLBACK)


@router.post("/sign-in")
def sign_in(request: Request, house: TheHouse, typed: Form) -> Response:
    """Signs in with a fresh token and leads to the page that was asked for, else to the first desk."""
    try:
        came = signing_in.sign_in(
            house.door,
            house.addresses,
            login=typed.text("login"),
            password=typed.secret("password"),
            address=request.client.host if request.client else "",
            device=device_here(request),
        )
    except Refused as refused:
        return again(request, "accounts/sign_in.html", typed, refused, **offered(house))
    return come_in(request, house, came, safe(typed.text("next")))


@router.post("/account/sign-out")
def sign_out(request: Request, house: TheHouse, _seat: Seated, _typed: Form) -> Response:
    """Ends this browser's sign-in, here and on the server."""
    sign_ins.end(house.private, request.cookies[tokens.SIGN_IN_COOKIE])
    response = led_to(request, "/sign-in", _("您已退出登录。"))
    unseat(response)
    return response


@router.get("/account/desk")
def desk(request: Request, house: TheHouse, seat: Seated) -> Response:
    """Where the person's work is; a choice for somebody who works for several congresses."""
    found = desks.last_first(request, desks.desks_of(house, seat))
    if seat.is_administrator and not seat.actor.congresses():
        return led_to(request, f"/{areas.STAFF.name}")
    if len({one.congress.id for one in found}) > 1:
        return led_to(request, "/account/desks")
    return led_to(request, found[0].url if found else FALLBACK)


@router.get("/account/desks")
def choose_desk(request: Request, house: TheHouse, seat: Seated) -> Response:
    """All desks of the person, the one used last first."""
    found = desks.last_first(request, desks.desks_of(house, seat))
    return page(request, "accounts/desks.html", desks=found, last=request.cookies.get(desks.LAST_DESK, ""))


@router.get("/staff")
@router.get("/unit")
@router.get("/delegate")
@router.get("/scrutineer")
def first_place(request: Request, house: TheHouse, seat: Seated) -> Response:
    """The area at the person's first congress; an administrator of nothing yet begins with the congresses."""
    area = areas.area_at(request.url.path) or areas.STAFF
    found = congresses_of(house, seat, area.roles)
    if found:
        return led_to(request, f"/{area.name}/{found[0].slug}{areas.first_page(seat, area, found[0].id)}")
    return led_to(request, "/staff/congresses" if seat.is_administrator else FALLBACK)


def come_in(request: Request, house: House, came: SignedIn | CodeWanted, leads_to: str = "") -> Response:
    """To the page that was asked for, else to the first desk; first to the second factor where one is wanted."""
    if isinstance(came, CodeWanted):
        response = led_to(request, f"{CODE_PAGE}?{urlencode({'next': leads_to})}" if leads_to else CODE_PAGE)
        give(house, response, STEP_COOKIE, came.token, "/sign-in", half_sign_ins.LASTS)
        return response
    response = led_to(request, leads_to or "/account/desk")
    seat(house, response, came.token)
    response.delete_cookie(STEP_COOKIE, path="/sign-in")
    chosen = sign_ins.language_of(house.private, came.account)
    if chosen is not None:
        language.remember(response, chosen)
    return response


def device_here(request: Request) -> str:
    """The kind of device that asks, coarsely."""
    return device_of(request.headers.get("user-agent", ""))


def provider_name(house: House) -> str:
    """What people call the outside provider of identities."""
    return house.settings.oidc_name or _("统一身份认证")


def offered(house: House) -> dict[str, Any]:
    """What the sign-in page offers beside name and password."""
    return {"provider": provider_name(house) if house.settings.oidc_issuer else ""}


def give(house: House, response: Response, name: str, value: str, path: str, lasts: timedelta) -> None:
    """A cookie of a few minutes, for one step."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path=path,
        secure=house.settings.is_https,
        httponly=True,
        samesite="lax",
    )


def seat(house: House, response: Response, token: str) -> None:
    """Gives the browser its sign-in, for the signed-in addresses and no other."""
    for path in areas.COOKIE_PATHS:
        response.set_cookie(
            tokens.SIGN_IN_COOKIE, token, path=path, secure=house.settings.is_https, httponly=True, samesite="lax"
        )


def unseat(response: Response) -> None:
    """Takes it back."""
    for path in areas.COOKIE_PATHS:
        response.delete_cookie(tokens.SIGN_IN_COOKIE, path=path)


def safe(url: str) -> str:
    """An address within a signed-in area, else nothing: a link to the sign-in page leads nowhere else."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or "\\" in url or not url.isprintable() or len(url) > _LONGEST_ADDRESS:
        return ""
    first = parts.path.split("/")[1] if parts.path.startswith("/") and not parts.path.startswith("//") else ""
    return url if f"/{first}" in areas.COOKIE_PATHS and first != "sign-in" else ""
