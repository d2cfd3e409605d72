"""Parts the ballot from everything else, before any middleware sees the request.

A ballot request reaches the ballot's own application with what is needed to answer it and nothing that
names a person or a device: no cookie, no authorization, no forwarded address, no client address. It is
in no access log.
"""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BALLOT: Final = "/v"

_NEEDED: Final = frozenset(
    {
        b"host",
        b"accept",
        b"accept-encoding",
        b"accept-language",
        b"content-type",
        b"content-length",
        b"transfer-encoding",
        b"expect",
        b"if-none-match",
        b"origin",
        b"sec-fetch-site",
    }
)
_ASKED: Final = (b"lang=", b"view=")
_KEPT_OF_SCOPE: Final = ("type", "asgi", "http_version", "method", "scheme", "server", "path", "raw_path")


def is_ballot(path: str) -> bool:
    """Whether the address belongs to the ballot."""
    return path == BALLOT or path.startswith(f"{BALLOT}/")


def bare(scope: Scope) -> Scope:
    """The request without anything that could tell who sent it."""
    kept = {name: scope[name] for name in _KEPT_OF_SCOPE if name in scope}
    headers = [(name, value) for name, value in scope["headers"] if name in _NEEDED]
    asked = b"&".join(part for part in scope["query_string"].split(b"&") if part.startswith(_ASKED))
    return {**kept, "headers": headers, "client": None, "root_path": "", "query_string": asked, "state": {}}


class Switch:
    """Sends `/v` to the ballot, everything else to the office."""

    def __init__(self, office: ASGIApp, ballot: ASGIApp) -> None:
        self.office = office
        self.ballot = ballot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_ballot(scope["path"]):
            await self.ballot(bare(scope), receive, _without_cookies(send))
        elif scope["type"] == "websocket" and is_ballot(scope["path"]):
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self.office(scope, receive, send)


def _without_cookies(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name, value) for name, value in message.get("headers", []) if name.lower() != b"set-cookie"]
            message = {**message, "headers": headers}
        await send(message)

    return sending
