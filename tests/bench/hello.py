"""The least an application can answer: the limit of what the server can do for any page."""

from starlette.types import Receive, Scope, Send

_HEADERS = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"5")]


async def app(scope: Scope, _receive: Receive, send: Send) -> None:
    """Five bytes."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": b"hello"})
