"""Public pages are rendered when what they show has changed, kept, and answered from memory with an ETag."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from interfaces.web._base.language import current_language

PAGES_KEPT: Final = 4096
"""About 60 MB at the largest allowed page; the pages scanned most stay."""


class _Kept(NamedTuple):
    position: Hashable
    html: bytes
    etag: str


class KeptPages:
    """HTML by address, language and size of type, each with the position of the facts it shows."""

    def __init__(self, limit: int = PAGES_KEPT) -> None:
        self._limit = limit
        self._pages: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def answer(self, request: Request, key: Hashable, position: Hashable, render: Callable[[], str]) -> Response:
        """The page, rendered only when `position` is not the one it was kept at; 304 for who has it already."""
        whole_key = (key, current_language(), request.query_params.get("view") == "large")
        kept = self._find(whole_key)
        if kept is None or kept.position != position:
            html = render().encode()
            kept = _Kept(position, html, f'"{sha256(html).hexdigest()[:32]}"')
            self._keep(whole_key, kept)
        headers = {"ETag": kept.etag, "Cache-Control": "public, no-cache", "Vary": "Accept-Language, Cookie"}
        if kept.etag in _tags(request):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(kept.html, headers=headers)

    def _find(self, key: Hashable) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        with self._lock:
            self._pages[key] = kept
            self._pages.move_to_end(key)
            while len(self._pages) > self._limit:
                self._pages.popitem(last=False)


def kept_pages(request: Request) -> KeptPages:
    """The pages kept by this application."""
    state = request.app.state
    if not hasattr(state, "kept_pages"):
        state.kept_pages = KeptPages()
    kept: KeptPages = state.kept_pages
    return kept


def _tags(request: Request) -> set[str]:
    asked = request.headers.get("if-none-match", "")
    return {tag.strip().removeprefix("W/") for tag in asked.split(",") if tag.strip()}
