"""Signing in and out, and the way to the right desk."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from application import signing_in
from application.private import sign_ins
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base import areas, language, tokens
from interfaces.web._base.asking import Seated, SignInNeeded, TheHouse, congresses_of, seated
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, led_to, page

router = APIRouter()

FALLBACK = "/account"


@router.get("/sign-in")
def ask(request: Request, house: TheHouse, next: str = "") -> Response:  # noqa: A002 -- the name in the address
    """The sign-in form; straight on for somebody who is signed in."""
    try:
        seated(request, house)
    except SignInNeeded:
        return page(request, "accounts/sign_in.html", form=blank(request, next=_safe(next)))
    return led_to(request, _safe(next) or FALLBACK)


@router.post("/sign-in")
def sign_in(request: Request, house: TheHouse, typed: Form) -> Response:
    """Signs in with a fresh token and leads to the page that was asked for, else to the first desk."""
    address = request.client.host if request.client else ""
    try:
        account, token = signing_in.sign_in(
            house.office,
            house.private,
            house.addresses,
            login=typed.text("login"),
            password=typed.secret("password"),
            address=address,
        )
    except Refused as refused:
        return again(request, "accounts/sign_in.html", typed, refused)
    response = led_to(request, _safe(typed.text("next")) or "/account/desk")
    seat(house, response, token)
    chosen = sign_ins.language_of(house.private, account)
    if chosen is not None:
        language.remember(response, chosen)
    return response


@router.post("/account/sign-out")
def sign_out(request: Request, house: TheHouse, _seat: Seated, _typed: Form) -> Response:
    """Ends this browser's sign-in, here and on the server."""
    sign_ins.end(house.private, request.cookies[tokens.SIGN_IN_COOKIE])
    response = led_to(request, "/sign-in", _("您已退出登录。"))
    unseat(response)
    return response


@router.get("/account/desk")
def desk(request: Request, seat: Seated) -> Response:
    """The first desk of the person."""
    found = areas.areas_of(seat)
    return led_to(request, f"/{found[0].name}" if found else FALLBACK)


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


def _safe(url: str) -> str:
    """An address within a signed-in area, else nothing: a link to the sign-in page leads nowhere else."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or "\\" in url or not url.isprintable():
        return ""
    first = parts.path.split("/")[1] if parts.path.startswith("/") and not parts.path.startswith("//") else ""
    return url if f"/{first}" in areas.COOKIE_PATHS and first != "sign-in" else ""
