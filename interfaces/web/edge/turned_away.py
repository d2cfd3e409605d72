"""What is answered to whom there is no room for: at once, from memory, in the person's language."""

import json
from functools import cache
from secrets import randbelow
from typing import Final

from starlette.requests import cookie_parser
from starlette.types import Scope, Send

from interfaces.web._base.headers import SECURITY_HEADERS
from interfaces.web._base.language import COOKIE, lazy, preferred, speaking

LONGEST_WAIT: Final = 5
"""Seconds; everybody is told another number, so that they do not come back all at once."""

TITLE: Final = lazy("请稍候")
SENTENCE: Final = lazy("现在访问的人太多，请过几秒再试。刚才的请求没有处理。")

Headers = list[tuple[bytes, bytes]]

_SECURE: Final[Headers] = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_BARE: Final[Headers] = [
    *((name, value) for name, value in _SECURE if name != b"referrer-policy"),
    (b"referrer-policy", b"no-referrer"),
]
_BUSY_BALLOT: Final = json.dumps({"refused": "Busy"}).encode()


def seconds_to_wait() -> int:
    """From 1 to 5, by chance."""
    return 1 + randbelow(LONGEST_WAIT)


async def from_the_ballot(send: Send) -> None:
    """The ballot's page sends the very same again by itself."""
    await _answer(send, _BUSY_BALLOT, b"application/json", _BARE)


async def from_the_api(scope: Scope, send: Send) -> None:
    """Problem details (RFC 9457)."""
    with speaking(_language(scope)):
        told = {"type": "about:blank", "title": str(TITLE), "status": 503, "detail": str(SENTENCE)}
    await _answer(send, json.dumps(told, ensure_ascii=False).encode(), b"application/problem+json", _SECURE)


async def from_a_page(scope: Scope, send: Send) -> None:
    """A plain page with one sentence."""
    await _answer(send, _page(_language(scope)), b"text/html; charset=utf-8", _SECURE)


async def _answer(send: Send, body: bytes, kind: bytes, headers: Headers) -> None:
    start = [
        *headers,
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"retry-after", str(seconds_to_wait()).encode()),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": start})
    await send({"type": "http.response.body", "body": body})


@cache
def _page(language: str) -> bytes:
    from interfaces.web._base.pages import render  # noqa: PLC0415  # pages know the whole site, which stands within

    with speaking(language):
        return render("base/error.html", title=str(TITLE), said=str(SENTENCE), home="/", large=False).encode()


def _language(scope: Scope) -> str:
    known = dict(scope["headers"])
    cookies = cookie_parser(known.get(b"cookie", b"").decode("latin-1"))
    return preferred(cookies.get(COOKIE), known.get(b"accept-language", b"").decode("latin-1"))
