"""The token in every form that shows the request comes from our own page (CSRF).

It is derived from a secret the browser holds in a cookie other sites cannot read: the sign-in, or for
visitors a form cookie. Each page masks it afresh, so that a compressed answer gives nothing away.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from secrets import token_bytes
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

SIGN_IN_COOKIE: Final = "piaojue_sign_in"
FORM_COOKIE: Final = "piaojue_form"
FIELD: Final = "csrf"
_SIZE = 32


def token(request: Request) -> str:
    """The token for a form on this page; a visitor without a form cookie is about to get one."""
    secret = request.cookies.get(SIGN_IN_COOKIE) or request.cookies.get(FORM_COOKIE)
    if not secret:
        secret = _fresh(request)
    pad = token_bytes(_SIZE)
    return urlsafe_b64encode(pad + _xor(pad, _derived(secret))).decode()


def is_ours(request: Request, given: str) -> bool:
    """Whether the token belongs to one of the secrets the browser sends; constant in time."""
    try:
        raw = urlsafe_b64decode(given.encode())
    except (Error, ValueError):
        return False
    if len(raw) != 2 * _SIZE:
        return False
    told = _xor(raw[:_SIZE], raw[_SIZE:])
    secrets = [request.cookies.get(name) for name in (SIGN_IN_COOKIE, FORM_COOKIE)]
    compared = [compare_digest(told, _derived(secret)) for secret in secrets if secret]
    return any(compared)


def give_form_cookie(request: Request, response: Response, *, secure: bool) -> None:
    """Sets the visitor's form cookie when the page just made held a form that needs one."""
    secret: str | None = getattr(request.state, "form_secret", None)
    if secret is not None:
        area = "/" + request.url.path.split("/")[1]
        response.set_cookie(FORM_COOKIE, secret, path=area, secure=secure, httponly=True, samesite="lax")


def _fresh(request: Request) -> str:
    secret: str | None = getattr(request.state, "form_secret", None)
    if secret is None:
        secret = request.state.form_secret = urlsafe_b64encode(token_bytes(_SIZE)).decode().rstrip("=")
    return secret


def _derived(secret: str) -> bytes:
    return hmac(secret.encode(), b"piaojue form", sha256).digest()


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
