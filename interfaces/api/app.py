"""The API: an application of its own beside the pages, without cookies, answered in JSON and problem details."""

from typing import Final

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from interfaces.api._base import openapi, problems, reference
from interfaces.api._base.discovery import all_operations
from interfaces.api._base.operations import FORM, MAX_BODY, ROOT, kind_of
from interfaces.api._base.rates import Rates
from interfaces.composition import House
from interfaces.web._base.language import preferred, speaking

_PREFLIGHT: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def create_api(house: House) -> FastAPI:
    """The operations of every concept on an open house."""
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=house.settings.max_body_bytes,
        title="Piaojue",
    )
    app.state.house = house
    app.state.rates = Rates(house.settings.api_per_minute)
    app.router.routes.extend(all_operations())
    openapi.add_to(app)
    reference.add_to(app)
    problems.add_to(app)
    return app


class BesideThePages:
    """Sends the addresses of the API to it, in the language of `Accept-Language`, and all others to the pages."""

    def __init__(self, pages: ASGIApp, api: ASGIApp, largest_form: int) -> None:
        self.pages = pages
        self.api = api
        self.largest_form = largest_form

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_api(scope["path"]):
            await self.pages(scope, receive, send)
        elif scope["method"] == "OPTIONS" and scope["path"].startswith(f"{ROOT}/public/"):
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
        else:
            headers = Headers(scope=scope)
            announced = headers.get("content-length", "")
            most = self.largest_form if kind_of(headers) == FORM else MAX_BODY
            with speaking(preferred(None, headers.get("accept-language"))):
                too_large = announced.isdecimal() and int(announced) > most
                api = problems.of_http(Request(scope), HTTPException(413)) if too_large else self.api
                await api(scope, receive, send)


def is_api(path: str) -> bool:
    """Whether the address belongs to the API."""
    return path == ROOT or path.startswith(f"{ROOT}/")
