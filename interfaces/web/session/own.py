"""A delegate's own check-in code on the phone."""

from fastapi import APIRouter, Request, Response

from interfaces.web._base.asking import Here, TheHouse
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.session.codes import own_code

router = APIRouter()


@router.get("/delegate/{slug}/check-in")
def own(request: Request, house: TheHouse, here: Here) -> Response:
    """The code to show at the door, and whether the delegate is checked in."""
    return page(request, "session/own.html", code=own_code(house, here, _("签到码")))
