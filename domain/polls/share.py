"""Shares of a poll's secret key: the text a holder prints and types, and putting the key together again.

A share is 45 bytes: version and threshold, number and how many there are (half a byte each), three bytes that
name the poll, three that name the key, the place of the share, 32 bytes of it, and four bytes of SHA-256 over
all before. Printed, they are six rows of twelve Crockford digits, each row with a check digit of its own, so
that a slip of the pen is found in its row before anybody looks for another fault.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from uuid import UUID

from domain.polls.card import check_digit
from domain.polls.sealing import key_fingerprint
from domain.shared import CROCKFORD, Refused, normal_code

VERSION = 1
SECRET_BYTES = 32
MOST_SHARES = 7
"""More holders than a scrutineers' table has; the format has room for fifteen."""

ROWS, ROW_DIGITS = 6, 12
DIGITS = ROWS * (ROW_DIGITS + 1)

_POLL = b"piaojue/share-of-poll/1\x00"
_SUM = b"piaojue/share/1\x00"
_TAG, _SUM_BYTES = 3, 4


@dataclass(eq=False)
class MistypedShare(Refused):
    """Not a share as it was printed: "length", "character", "row" (counted from 1), "sum" or "version"."""

    reason: str
    row: int = 0


@dataclass(eq=False)
class ShareOfAnotherPoll(Refused):
    """A good share, but of another poll."""


@dataclass(eq=False)
class ShareOfAnotherKey(Refused):
    """A good share of this poll, but of a key that was replaced."""

    number: int


@dataclass(eq=False)
class SharesDoNotOpen(Refused):
    """Each share is well-formed, yet together they are not this key: one of them is false."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Share:
    """What one holder keeps. Never shown by accident: it has no representation."""

    threshold: int
    number: int
    of: int
    poll_tag: bytes
    key_tag: bytes
    place: int
    """Where the polynomials are known, 1 to 255."""
    part: bytes
    """Their values there, one for each byte of the secret key."""


def poll_tag(poll: UUID) -> bytes:
    """What a share says of its poll."""
    return hashlib.sha256(_POLL + poll.bytes).digest()[:_TAG]


def key_tag(public_key: str) -> bytes:
    """What a share says of its key."""
    return bytes.fromhex(key_fingerprint(public_key))[:_TAG]


def share_text(share: Share) -> str:
    """The share as one text of 78 digits: what the fingerprint is made of, and what the QR code holds."""
    head = bytes((VERSION << 4 | share.threshold, share.number << 4 | share.of))
    body = head + share.poll_tag + share.key_tag + bytes((share.place,)) + share.part
    number = int.from_bytes(body + _sum(body), "big")
    digits = "".join(CROCKFORD[(number >> 5 * place) & 31] for place in reversed(range(ROWS * ROW_DIGITS)))
    rows = (digits[start : start + ROW_DIGITS] for start in range(0, len(digits), ROW_DIGITS))
    return "".join(row + check_digit(row) for row in rows)


def printed_share(share: Share) -> tuple[str, ...]:
    """The rows as they are printed: three groups of four and the check digit."""
    text, width = share_text(share), ROW_DIGITS + 1
    rows = (text[start : start + width] for start in range(0, DIGITS, width))
    return tuple("-".join((row[:4], row[4:8], row[8:12], row[12])) for row in rows)


def read_share(typed: str) -> Share:
    """What was typed or scanned; forgives case, separators, full width, O for 0, I and L for 1.

    Raises MistypedShare.
    """
    text = normal_code(unicodedata.normalize("NFKC", typed))
    if len(text) != DIGITS:
        raise MistypedShare(reason="length")
    width = ROW_DIGITS + 1
    for row, start in enumerate(range(0, DIGITS, width), start=1):
        read_row(text[start : start + width], row)
    return _share_in(_bytes_of(text))


def read_row(typed: str, row: int) -> str:
    """One row as it is typed, with its check digit. Raises MistypedShare."""
    digits = normal_code(unicodedata.normalize("NFKC", typed))
    if not all(digit in CROCKFORD for digit in digits):
        raise MistypedShare(reason="character", row=row)
    if len(digits) != ROW_DIGITS + 1 or check_digit(digits[:-1]) != digits[-1]:
        raise MistypedShare(reason="row", row=row)
    return digits


def _bytes_of(text: str) -> bytes:
    width, number = ROW_DIGITS + 1, 0
    for place, digit in enumerate(text):
        if place % width != ROW_DIGITS:
            number = number << 5 | CROCKFORD.index(digit)
    return number.to_bytes(ROWS * ROW_DIGITS * 5 // 8, "big")


def _share_in(read: bytes) -> Share:
    body, expected = read[:-_SUM_BYTES], read[-_SUM_BYTES:]
    if not hmac.compare_digest(_sum(body), expected):
        raise MistypedShare(reason="sum")
    found = Share(
        threshold=body[0] & 15,
        number=body[1] >> 4,
        of=body[1] & 15,
        poll_tag=body[2 : 2 + _TAG],
        key_tag=body[2 + _TAG : 2 + 2 * _TAG],
        place=body[2 + 2 * _TAG],
        part=body[3 + 2 * _TAG :],
    )
    if body[0] >> 4 != VERSION or not 1 <= found.threshold <= found.of or not 1 <= found.number <= found.of:
        raise MistypedShare(reason="version")
    return found


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(_SUM + body).digest()[:_SUM_BYTES]


def share_fingerprint(text: str) -> str:
    """SHA-256 in hex over the 78 digits: what the record keeps of a share."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def require_share_of(share: Share, poll: UUID, public_key: str) -> Share:
    """Raises ShareOfAnotherPoll or ShareOfAnotherKey."""
    if share.poll_tag != poll_tag(poll):
        raise ShareOfAnotherPoll
    if share.key_tag != key_tag(public_key):
        raise ShareOfAnotherKey(number=share.number)
    return share


def split(
    secret: bytes,
    *,
    threshold: int,
    shares: int,
    poll: UUID,
    public_key: str,
    randomness: Callable[[int], bytes],
) -> tuple[Share, ...]:
    """Shares of a secret key, as the scrutineers' browser makes them. Raises ValueError for numbers that do not fit."""
    if not 1 <= threshold <= shares <= MOST_SHARES or len(secret) != SECRET_BYTES:
        raise ValueError("a key of 32 bytes is split into 1 to 7 shares")
    polynomials = [bytes((byte,)) + randomness(threshold - 1) for byte in secret]
    return tuple(
        Share(
            threshold=threshold,
            number=place,
            of=shares,
            poll_tag=poll_tag(poll),
            key_tag=key_tag(public_key),
            place=place,
            part=bytes(_value(polynomial, place) for polynomial in polynomials),
        )
        for place in range(1, shares + 1)
    )


def combined(shares: Sequence[Share]) -> bytes:
    """The secret that exactly `threshold` shares of different places give; whether it is the key is for the caller.

    Raises ValueError for too few of them, or the same one twice.
    """
    if not shares or len(shares) != shares[0].threshold or len({share.place for share in shares}) != len(shares):
        raise ValueError("as many different shares as the threshold says")
    weights = [_weight(share.place, [other.place for other in shares if other is not share]) for share in shares]
    return bytes(
        reduce(xor, map(_times, weights, column)) for column in zip(*(share.part for share in shares), strict=True)
    )


def _weight(place: int, others: Sequence[int]) -> int:
    """Lagrange's weight of a place for the value at 0; subtraction in GF(256) is exclusive or."""
    return reduce(_times, (_times(other, _inverse(other ^ place)) for other in others), 1)


def _value(polynomial: bytes, place: int) -> int:
    value = 0
    for coefficient in reversed(polynomial):
        value = _times(value, place) ^ coefficient
    return value


def _powers() -> Iterator[int]:
    """3 generates the multiplicative group of GF(256) modulo x⁸+x⁴+x³+x+1."""
    element = 1
    for _ in range(255):
        yield element
        doubled = element << 1
        element ^= doubled ^ (0x11B if doubled & 0x100 else 0)


_EXP = tuple(_powers())
_LOG = {element: exponent for exponent, element in enumerate(_EXP)}


def _times(a: int, b: int) -> int:
    return _EXP[(_LOG[a] + _LOG[b]) % 255] if a and b else 0


def _inverse(a: int) -> int:
    return _EXP[-_LOG[a] % 255]
