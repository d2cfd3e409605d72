"""Words that every part of the domain shares: refusals, money, moments, public codes."""

from dataclasses import dataclass
from datetime import timedelta, timezone
from decimal import Decimal
from typing import Final, NewType
from uuid import UUID

Money = NewType("Money", Decimal)
"""Yuan, exact. Shown in 万元 or 亿元 by the edges only."""

MOST_YUAN: Final = 10**15
"""An amount is below it, typed by whoever: read tables keep fen in 64 bits, sums of many included."""

Year = NewType("Year", int)

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Every date of the congress calendar is a date in this zone (no summer time since 1991)."""

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_SYMBOLS = CROCKFORD + "*~$=U"
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(eq=False)
class Refused(Exception):
    """A decision the rules do not allow.

    Subclasses are dataclasses that carry the values which explain the refusal; the sentence a
    person reads is made from them by the catalogue, the HTTP status by one table in interfaces.
    """

    def __str__(self) -> str:
        return repr(self)


@dataclass(eq=False)
class NotFound(Refused):
    """Nothing of this kind exists under this identity (or the reader may not know of it)."""

    kind: str
    id: str


@dataclass(eq=False)
class NotPermitted(Refused):
    """The actor's roles in this congress do not include the act."""

    act: str


@dataclass(eq=False)
class Missing(Refused):
    """Required fields that are empty, by their names in the code."""

    fields: tuple[str, ...]


@dataclass(eq=False)
class Invalid(Refused):
    """A field holds something that cannot be accepted; `reason` is a key of the catalogue."""

    field: str
    reason: str
    value: str = ""


def check_symbol(digits: str) -> str:
    """The check symbol of a Crockford base32 text (modulo 37, Crockford's own definition)."""
    value = 0
    for digit in digits:
        value = (value * 32 + CROCKFORD.index(digit)) % 37
    return _CHECK_SYMBOLS[value]


def normal_code(typed: str) -> str:
    """What a person typed, as the code means it: upper case, no separators, O→0, I and L→1."""
    kept = "".join(c for c in typed.upper() if c.isalnum() or c in "*~$=")
    return kept.translate(_FORGIVEN)


def is_code(text: str, length: int) -> bool:
    """Whether `text` is `length` Crockford digits followed by their right check symbol."""
    digits, check = text[:-1], text[-1:]
    return len(digits) == length and all(d in CROCKFORD for d in digits) and check_symbol(digits) == check


def code_from(number: int, length: int) -> str:
    """`number` (taken modulo 32**length) as `length` Crockford digits and a check symbol."""
    digits = ""
    for _ in range(length):
        number, rest = divmod(number, 32)
        digits = CROCKFORD[rest] + digits
    return digits + check_symbol(digits)


def project_code(project: UUID) -> str:
    """The short public code of a project: seven digits and a check symbol of its identity.

    Thirty-five bits keep accidental twins away from any one city's few thousand projects.
    """
    return _letters_only(project.int)


def _letters_only(number: int) -> str:
    """A code whose check symbol is a plain letter or digit, so that it fits into an address."""
    while True:
        code = code_from(number, 7)
        if code[-1] in CROCKFORD:
            return code
        number += 1
