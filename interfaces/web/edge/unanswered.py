"""Pages while a store is away or has too much to do: one sentence, and when to come back."""

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from application.history import box
from application.office import Busy
from domain.shared import Refused
from interfaces.web._base import sentences
from interfaces.web._base.areas import area_at
from interfaces.web._base.language import lazy
from interfaces.web._base.pages import render
from interfaces.web.edge.turned_away import TITLE, seconds_to_wait
from projections.reading.engine import is_passing

_ONLY_READ: Final = lazy("系统暂时没有回音，请过几秒刷新这个页面。")
_SENT: Final = lazy("系统暂时没有回音，不知道是否已经办成。请返回，过几秒再提交同一份表单，不会办两次。")


def add_to(app: FastAPI) -> None:
    """Registers the answers."""
    for kind in (Busy, box.Busy, box.TryAgain):
        app.add_exception_handler(kind, _too_much)
    app.add_exception_handler(SQLAlchemyError, _away)


def _too_much(request: Request, error: Exception) -> Response:
    if request.method == "GET" or not isinstance(error, Refused):
        return _later(request, str(_ONLY_READ))
    return _later(request, sentences.sentence(error))


def _away(request: Request, error: Exception) -> Response:
    """A model that is wrong is no store that is away: that stays a fault of ours. Raises it again."""
    if not is_passing(error):
        raise error
    return _later(request, str(_ONLY_READ if request.method == "GET" else _SENT))


def _later(request: Request, said: str) -> Response:
    area = area_at(request.url.path)
    html = render("base/error.html", title=str(TITLE), said=said, home=f"/{area.name}" if area else "/", large=False)
    return HTMLResponse(html, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(seconds_to_wait())})
