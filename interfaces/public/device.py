"""The one cookie that tells devices apart, so that each supports a proposal once; given when a person acts, not before.

It holds a random number and nothing else. Only keyed hashes of it together with one proposal are kept, so nobody can
see from them which proposals one device has supported.
"""

from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from interfaces.composition import House

COOKIE: Final = "piaojue_device"
_SECONDS: Final = 400 * 24 * 3600
_LONGEST: Final = 64


def device_of(request: Request) -> str:
    """The device's number, empty where it has none yet."""
    return request.cookies.get(COOKIE, "")[:_LONGEST]


def device_hash(house: House, device: str, proposal: UUID) -> str:
    """What is kept of a device that supported a proposal."""
    return house.seals.hashed("device", device, str(proposal))


def known_device(request: Request) -> str:
    """The device's number, or a new one to be given by `remember`."""
    return device_of(request) or token_urlsafe(24)


def remember(house: House, response: Response, device: str) -> None:
    """Lets the browser keep its number."""
    response.set_cookie(
        COOKIE, device, max_age=_SECONDS, path="/", secure=house.settings.is_https, httponly=True, samesite="lax"
    )
