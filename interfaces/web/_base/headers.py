"""What surrounds every answer of the office: headers that bind the browser."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; "
    "form-action 'self'; img-src 'self' data: blob:"
)
_PERMISSIONS: Final = "camera={camera}, microphone=(), geolocation=(), interest-cohort=()"
WITH_CAMERA: Final = _PERMISSIONS.format(camera="(self)")
"""For the ballot page, which reads cards, and the scrutineers' pages, which read shares."""

SECURITY_HEADERS: Final[dict[str, str]] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _PERMISSIONS.format(camera="()"),
}
"""For every answer; the ballot sends the same with `Referrer-Policy: no-referrer` and the camera."""

_SLIPS: Final = ("/a/", "/w/")
"""Addresses that hold a secret: one-time slips, and the personal links of volunteers."""

_SCRUTINEERS: Final = "/scrutineer/"
_REFERRER: Final = b"referrer-policy"


class Guarded:
    """Adds the headers. Signed-in pages and forms are never stored; addresses with a secret leave no referrer."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self.app = app
        headers = dict(SECURITY_HEADERS)
        if is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        headers["Cache-Control"] = "no-store"
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_slip, may_look = scope["path"].startswith(_SLIPS), scope["path"].startswith(_SCRUTINEERS)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                given = {name for name, _ in headers}
                if may_look:
                    headers.append((b"permissions-policy", WITH_CAMERA.encode()))
                    given.add(b"permissions-policy")
                headers += [pair for pair in self._headers if pair[0] not in given]
                if is_slip:
                    headers = [pair for pair in headers if pair[0] != _REFERRER] + [(_REFERRER, b"no-referrer")]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, sending)
