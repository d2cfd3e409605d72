"""Public pages are rendered once, kept as they go over the wire, and answered from memory until a fact changes them."""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Collection, Hashable
from concurrent.futures import Future
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.congress.congress import RESERVED_SLUGS
from interfaces.composition import House
from interfaces.public.changes import Changes
from interfaces.web._base.language import current_language

BYTES_KEPT: Final = 64 * 1024 * 1024
"""Some four thousand pages in both forms; those asked for last stay."""

_OF: Final = "piaojue.kept_of"
_LARGE: Final = b"view=large"
_NARROWED: Final = (b"category=", b"kind=", b"light=", b"year=")
_WORTH_PACKING: Final = 512
_AROUND: Final = 2048
"""Bytes, about, of a page's headers and of its place."""
_ASKED_EACH_TIME: Final = [
    (b"cache-control", b"public, no-cache"),
    (b"vary", b"Accept-Encoding, Accept-Language, Cookie"),
]
"""Browsers and web servers may keep the page, but ask every time whether it still holds."""

_Headers = list[tuple[bytes, bytes]]


def keep(request: Request, response: Response, *, of: UUID | None) -> Response:
    """Lets the answer be kept: it is the same for everybody in this language and size of type.

    It goes when something about the congress changes; None: about any congress.
    """
    request.scope[_OF] = of
    return response


def is_large(request: Request) -> bool:
    """Whether the page is asked for in large type."""
    return _is_large(request.scope)


class Page:
    """An answer in the forms in which it is sent, ready-made."""

    __slots__ = ("of", "packed", "plain", "route", "size", "status", "tag", "unchanged")

    def __init__(self, scope: Scope, status: int, headers: _Headers, body: bytes) -> None:
        self.of: UUID | None = scope[_OF]
        self.route = scope.get("route")
        self.status = status
        self.tag = f'W/"{sha256(body).hexdigest()[:32]}"'.encode()
        self.unchanged: _Headers = [(b"etag", self.tag), *_ASKED_EACH_TIME]
        own = [pair for pair in headers if pair[0] != b"content-length"] + self.unchanged
        self.plain = self.packed = ([*own, _length(body)], body)
        if len(body) >= _WORTH_PACKING:
            packed = gzip.compress(body, 6, mtime=0)
            self.packed = ([*own, (b"content-encoding", b"gzip"), _length(packed)], packed)
        self.size = len(self.plain[1]) + len(self.packed[1]) + _AROUND

    async def send(self, scope: Scope, send: Send) -> None:
        """Answers the request: plain, packed, or that nothing has changed."""
        scope["route"] = self.route
        status, (headers, body) = self.status, self.plain
        for name, value in scope["headers"]:
            if name == b"accept-encoding" and _takes_gzip(value):
                headers, body = self.packed
            elif name == b"if-none-match" and self._is_known(value):
                status = HTTPStatus.NOT_MODIFIED
        if status == HTTPStatus.NOT_MODIFIED:
            headers, body = self.unchanged, b""
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _is_known(self, tags: bytes) -> bool:
        return self.status == HTTPStatus.OK and (self.tag[2:] in tags or tags.strip() == b"*")


class Kept:
    """Stands before the application and asks it only for pages that are missing, for each once at a time.

    Pages say what holds on the day (a call is open until its last), so none is kept over midnight.
    """

    def __init__(self, app: ASGIApp, house: House, pages: "Pages") -> None:
        self.app = app
        self.pages = pages
        self._changes = Changes(house, self.pages.drop)
        self._today = house.office.today
        self._rendering: dict[Hashable, Future[Page | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_public(scope):
            await self.app(scope, receive, send)
            return
        if self._changes.due:
            await self._changes.looked_up()
        key = (scope["path"], current_language(), _is_large(scope), self._today())
        page = self.pages.find(key) or await self._missing(key, scope, receive, send)
        if page is not None:
            await page.send(scope, send)

    async def _missing(self, key: Hashable, scope: Scope, receive: Receive, send: Send) -> Page | None:
        """The page, rendered for this request or for another one of this moment; None: the application has answered."""
        drops = self.pages.drops
        mine: Future[Page | None] = Future()
        first = self._rendering.setdefault((key, drops), mine)
        if first is not mine:
            page = await asyncio.shield(asyncio.wrap_future(first))
            if page is None:
                await self.app(scope, receive, send)
            return page
        page = None
        try:
            page = await self._rendered(scope, receive, send)
            if page is not None:
                self.pages.keep(key, page, drops)
        finally:
            del self._rendering[key, drops]
            mine.set_result(page)
        return page

    async def _rendered(self, scope: Scope, receive: Receive, send: Send) -> Page | None:
        heard: list[Message] = []

        async def sending(message: Message) -> None:
            if _OF in scope:
                heard.append(message)
            else:
                await send(message)

        await self.app(scope, receive, sending)
        if not heard:
            return None
        body = b"".join(message.get("body", b"") for message in heard[1:])
        return Page(scope, heard[0]["status"], heard[0]["headers"], body)


class Pages:
    """The pages by address, language, size of type and day, as many as fit into the limit, in bytes."""

    def __init__(self, limit: int = BYTES_KEPT) -> None:
        self.size = 0
        self.drops = 0
        self._limit = limit
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Hashable) -> Page | None:
        """The page, if it is kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: Page, drops: int) -> None:
        """Keeps a page, unless some were dropped since its rendering began: it may show what was before."""
        with self._lock:
            if drops != self.drops:
                return
            self._leave(key)
            self._pages[key] = page
            self.size += page.size
            while self.size > self._limit:
                self._leave(next(iter(self._pages)))

    def drop(self, congresses: Collection[UUID] | None) -> None:
        """Forgets the pages of these congresses and what lists all of them; None: every page."""
        with self._lock:
            self.drops += 1
            for key, page in list(self._pages.items()):
                if congresses is None or page.of is None or page.of in congresses:
                    self._leave(key)

    def _leave(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= page.size


def _is_public(scope: Scope) -> bool:
    """Addresses at which pages for everybody lie; lists narrowed by what somebody typed are not kept."""
    first = scope["path"].split("/", 2)[1:2]
    ours = first in ([""], ["p"], ["h"]) or (bool(first) and first[0] not in RESERVED_SLUGS)
    return ours and not any(name in scope["query_string"] for name in _NARROWED)


def _is_large(scope: Scope) -> bool:
    return _LARGE in scope["query_string"].split(b"&")


@lru_cache(maxsize=256)
def _takes_gzip(accepted: bytes) -> bool:
    for part in accepted.lower().split(b","):
        name, _, weight = part.replace(b" ", b"").partition(b";q=")
        if name == b"gzip":
            return weight.strip(b"0.") != b"" or weight == b""
    return False


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"content-length", str(len(body)).encode()
