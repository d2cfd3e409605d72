"""The second half of signing in: a code of the device, or a recovery code."""

from fastapi import APIRouter, Request, Response

from application.private import half_sign_ins
from application.signing_in import HalfSignInEnded
from domain.shared import Refused
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.pages import again, led_to, page
from interfaces.web._base.sentences import sentence
from interfaces.web.accounts.signing import CODE_PAGE, STEP_COOKIE, come_in, safe

router = APIRouter()


@router.get(CODE_PAGE)
def ask_code(request: Request, house: TheHouse, next: str = "") -> Response:  # noqa: A002 -- the name in the address
    """Asks for the code; back to the password when it was given too long ago."""
    if half_sign_ins.find(house.private, request.cookies.get(STEP_COOKIE, ""), house.office.now()) is None:
        return led_to(request, "/sign-in")
    return page(request, "accounts/second_step.html", form=blank(request, next=safe(next)))


@router.post(CODE_PAGE)
def take_code(request: Request, house: TheHouse, typed: Form) -> Response:
    """Signs in, or says what is wrong with the code."""
    try:
        code = typed.required("code")
        typed.settle()
        came = house.door.enter_with_code(request.cookies.get(STEP_COOKIE, ""), code)
    except HalfSignInEnded as ended:
        return led_to(request, "/sign-in", sentence(ended))
    except Refused as refused:
        return again(request, "accounts/second_step.html", typed, refused)
    return come_in(request, house, came, safe(typed.text("next")))
