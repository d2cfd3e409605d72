"""What is wrong with a request to the API before any rule is asked."""

from dataclasses import dataclass
from typing import Final

from domain.shared import Refused


@dataclass(eq=False)
class KeyNotGiven(Refused):
    """A request that changes something carries no usable Idempotency-Key."""


@dataclass(eq=False)
class VersionNotGiven(Refused):
    """A request that changes what is there does not say which version it has seen."""


@dataclass(eq=False)
class NotJson(Refused):
    """The content is of another kind than the operation takes."""


@dataclass(eq=False)
class SecondFactorNotSetUp(Refused):
    """The account's roles demand a second factor, which its owner has not set up; its tokens wait for it."""


@dataclass(eq=False)
class TooManyRequests(Refused):
    """The token asks faster than it may."""

    seconds: int


@dataclass(eq=False)
class NotShownYet(Refused):
    """It was recorded, but the lists do not show it yet."""

    retry_after: float


STATUS: Final = {
    "KeyNotGiven": 400,
    "TokenNotGiven": 401,
    "TokenNotValid": 401,
    "ScopeMissing": 403,
    "BeyondToken": 403,
    "SecondFactorNotSetUp": 403,
    "NotJson": 415,
    "VersionNotGiven": 428,
    "TooManyRequests": 429,
    "NotShownYet": 503,
}
"""Taken into the one table of statuses by `interfaces/web/api_tokens/sentences.py`."""
