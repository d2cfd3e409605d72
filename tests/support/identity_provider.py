"""A provider of identities for tests: honest unless told otherwise, with the time of the test."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

CLIENT, SECRET = "piaojue", "client secret ~"


@dataclass
class IdentityProvider:
    """Who signs in there, and what is wrong with its answers."""

    issuer: str
    clock: Callable[[], datetime]
    subject: str = "u-1001"
    extra: dict[str, Any] = field(default_factory=dict)
    """Claims that replace or join the honest ones; None leaves one out."""
    keys: KeySet = field(default_factory=lambda: KeySet([ECKey.generate_key("P-256", auto_kid=True)]))
    signs_with: ECKey | None = None
    """Another key than the one that is published."""
    named: str | None = None
    """The issuer it calls itself, where that is a lie."""
    algorithm: str = "ES256"
    lying: bool = False
    """Answers what no provider answers."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        """Signs with a new key from now on, and publishes that."""
        self.keys = KeySet([ECKey.generate_key("P-256", auto_kid=True)])

    def metadata(self) -> dict[str, object]:
        return {
            "issuer": self.named or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """The address that leads back, with a code."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str], authorization: str) -> dict[str, object] | None:
        """The tokens for a code, once; None where something does not fit."""
        began = self.codes.pop(asked.get("code", ""), None)
        name, _colon, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if began is None or (unquote(name), unquote(secret)) != (CLIENT, SECRET):
            return None
        challenge = urlsafe_b64encode(sha256(asked["code_verifier"].encode()).digest()).decode().rstrip("=")
        if challenge != began["code_challenge"] or asked["redirect_uri"] != began["redirect_uri"]:
            return None
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(began["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(self.clock().timestamp())
        honest = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {name: value for name, value in {**honest, **self.extra}.items() if value is not None}
        if self.algorithm == "none":
            return ".".join(_encoded(part) for part in ({"alg": "none"}, claims)) + "."
        key = self.signs_with or self.keys.keys[0]
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"])


def _encoded(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    provider: IdentityProvider

    def do_GET(self) -> None:
        provider, parts = self.provider, urlsplit(self.path)
        provider.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if provider.lying:
            self._answer(b"<h1>502</h1>", "text/html", 502)
        elif parts.path == "/.well-known/openid-configuration":
            self._tell(provider.metadata())
        elif parts.path == "/keys":
            self._tell(provider.keys.as_dict(private=False))
        elif parts.path == "/authorize":
            link = provider.authorize(query)
            page = f'<!doctype html><html lang="zh"><title>认证</title><a href="{link.replace("&", "&amp;")}">同意</a>'
            self._answer(page.encode(), "text/html; charset=utf-8")
        else:
            self._answer(b"", "text/plain", 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        answered = self.provider.token(asked, self.headers.get("Authorization", ""))
        self._tell(answered or {"error": "invalid_grant"}, 200 if answered else 400)

    def _tell(self, told: object, status: int = 200) -> None:
        self._answer(json.dumps(told).encode(), "application/json", status)

    def _answer(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@contextmanager
def providing(clock: Callable[[], datetime]) -> Iterator[IdentityProvider]:
    """Answers on a free port of this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = IdentityProvider(f"http://127.0.0.1:{server.server_address[1]}", clock)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"provider": provider})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
