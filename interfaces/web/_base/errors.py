"""Answers to what cannot be answered otherwise: one plain sentence, what to do next, the right status."""

from http import HTTPStatus
from typing import cast
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.shared import Refused
from interfaces.web._base import sentences
from interfaces.web._base.areas import area_at
from interfaces.web._base.asking import SecondFactorNeeded, SignInNeeded
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import render, retry_headers


def add_to(app: FastAPI) -> None:
    """Registers the answers."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(SignInNeeded, _sign_in_needed)
    app.add_exception_handler(SecondFactorNeeded, _second_factor_needed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_an_address)
    app.add_exception_handler(Exception, _broken)


class TooLarge:
    """Refuses a request whose announced size is beyond the limit, before any of it is read."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        announced = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if announced.isdecimal() and int(announced) > self.limit:
            answer = _http(Request(scope), HTTPException(413))
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


class NoSuchAddress:
    """Answers addresses with a zero character: no page has one, and not every database can be asked for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            answer = _http(Request(scope), HTTPException(404))
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _refused(request: Request, error: Exception) -> Response:
    refused = cast("Refused", error)
    return _answer(request, sentences.status_of(refused), sentences.sentence(refused), retry_headers(refused))


def _sign_in_needed(request: Request, _error: Exception) -> Response:
    """Back to the page after signing in; to the area's first page where a form was sent.

    A part that loads itself anew has its whole page load instead, or the sign-in form would stand in its place.
    """
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Refresh": "true"})
    area = area_at(request.url.path)
    first = f"/{area.name}" if area else "/account"
    path = request.url.path if request.method == "GET" else first
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    return RedirectResponse(f"/sign-in?{urlencode({'next': path + query})}", status_code=303)


def _second_factor_needed(request: Request, _error: Exception) -> Response:
    """To where it is set up, whatever page was asked for."""
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Refresh": "true"})
    return RedirectResponse("/account/second-factor", status_code=303)


def _http(request: Request, error: Exception) -> Response:
    status = cast("HTTPException", error).status_code
    said = {
        404: _("没有找到这个页面。请检查地址，或从首页重新进入。"),
        405: _("这个地址不能这样使用。请从页面上的按钮操作。"),
        413: _("上传的内容太大。请压缩图片或拆分表格后再试。"),
    }
    return _answer(request, status, said.get(status, _("请求不完整，请返回上一页重试。")))


def _not_an_address(request: Request, error: Exception) -> Response:
    """A malformed identity in an address is a page that does not exist; other values are a wrong request."""
    places = {wrong["loc"][0] for wrong in cast("RequestValidationError", error).errors()}
    if "path" in places:
        return _http(request, HTTPException(404))
    return _answer(request, 422, _("请求不完整，请返回上一页重试。"))


def _broken(request: Request, _error: Exception) -> Response:
    return _answer(request, 500, _("系统出了故障，刚才的操作可能没有完成。请返回查看，再试一次；仍不行请联系管理员。"))


def _answer(request: Request, status: int, said: str, headers: dict[str, str] | None = None) -> Response:
    area = area_at(request.url.path)
    titles = {
        404: _("没有找到"),
        403: _("没有权限"),
        409: _("现在不能办理"),
        422: _("需要改正"),
        429: _("请稍候"),
        503: _("请稍候"),
    }
    title = titles.get(status) or (_("系统故障") if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _("请求有误"))
    html = render("base/error.html", title=title, said=said, home=f"/{area.name}" if area else "/", large=False)
    return HTMLResponse(html, status_code=status, headers=headers)
