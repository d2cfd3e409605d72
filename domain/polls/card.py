"""The ballot card 票卡: an anonymous right to cast one ballot. Only the hash of its secret is ever stored."""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import NewType

from domain.shared import CROCKFORD, Refused, normal_code

Secret = NewType("Secret", str)
"""Twenty Crockford digits and a check digit, without separators."""

CardId = NewType("CardId", str)
"""SHA-256 of a secret in hex: tells nothing about the secret, which has 100 random bits."""

SECRET_DIGITS = 20
SECRET_BYTES = 13
"""Random bytes that one secret is made of; the highest 4 of their 104 bits are dropped."""

_CARD = b"piaojue/card/1\x00"


@dataclass(eq=False)
class MistypedCode(Refused):
    """Not a code that was ever printed: wrong length, a strange character or a wrong check digit."""

    reason: str


def check_digit(digits: str) -> str:
    """The digit that makes a code of at most 31 digits right.

    Digits are elements of GF(32) (x⁵+x²+1) weighted by powers of x: every single wrong digit and
    every exchange of two different digits is noticed, and, unlike with Crockford's own modulo 37,
    the check digit is always a digit that can be typed on any keyboard.
    """
    return CROCKFORD[_times_x(_weighted(digits))]


def _weighted(digits: str) -> int:
    total = 0
    for digit in digits:
        total = _times_x(total) ^ CROCKFORD.index(digit)
    return total


def _times_x(element: int) -> int:
    return (element << 1) ^ (0b100101 if element & 0b10000 else 0)


def secret_from(randomness: bytes) -> Secret:
    """The secret made of SECRET_BYTES bytes from a cryptographic random source."""
    if len(randomness) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} random bytes")
    number = int.from_bytes(randomness, "big")
    digits = "".join(CROCKFORD[(number >> 5 * place) & 31] for place in reversed(range(SECRET_DIGITS)))
    return Secret(digits + check_digit(digits))


def read_secret(typed: str) -> Secret:
    """What a person typed or a camera read; forgives case, separators, full width, O for 0, I and L for 1.

    Raises MistypedCode ("length", "character" or "check").
    """
    code = normal_code(unicodedata.normalize("NFKC", typed))
    if len(code) != SECRET_DIGITS + 1:
        raise MistypedCode(reason="length")
    if not all(digit in CROCKFORD for digit in code):
        raise MistypedCode(reason="character")
    if check_digit(code[:-1]) != code[-1]:
        raise MistypedCode(reason="check")
    return Secret(code)


def printed_code(secret: Secret) -> str:
    """The secret as it stands on the card: five groups of four and the check digit."""
    return "-".join(secret[start : start + 4] for start in range(0, SECRET_DIGITS + 1, 4))


def card_id(secret: Secret) -> CardId:
    """The only thing of a card that is stored."""
    return CardId(hashlib.sha256(_CARD + secret[:SECRET_DIGITS].encode("ascii")).hexdigest())
