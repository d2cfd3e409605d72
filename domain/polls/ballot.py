"""A ballot 选票: marks in one fixed-length encoding, the receipt for it, and the facts that lie in the box.

A ballot never names a person, a device or a time, and neither do its facts (ballot.md).
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID, uuid5

from domain.checkpoints.tree import tree_hash
from domain.polls.card import CardId
from domain.shared import Refused

Receipt = NewType("Receipt", str)
"""SHA-256 in hex over the ballot as it lies in the box. The ballot's nonce is never shown, so that
a receipt proves the marks to nobody."""


class VoidReason(StrEnum):
    """Why a card can no longer be used. A lost card cannot be found, so it is never voided."""

    LEFT_OVER = "left_over"
    SPOILED = "spoiled"


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCast:
    """What a card put into the box."""

    ballot: str
    """Base64 of a random nonce of 32 bytes and the encoded marks."""
    form: str
    """Hash of the form the voter saw."""
    key: str | None = None
    """Fingerprint of the key the ballot is sealed to; None: unsealed, readable before the count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardVoided:
    """A card that can no longer be cast."""

    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotDeleted:
    """What is left of a sealed ballot after the time for objections: its receipt, never its bytes."""

    receipt: Receipt
    form: str
    key: str


BallotFact = BallotCast | CardVoided | BallotDeleted


@dataclass(eq=False)
class BallotUnreadable(Refused):
    """Not an encoded ballot of this form: "base64", "length", "version", "form", "items" or "mark"."""

    reason: str


@dataclass(eq=False)
class BallotForAnotherForm(Refused):
    """The page was made for another form (an older list of items, another poll): it must be loaded again."""


@dataclass(eq=False)
class CardUsed(Refused):
    """Another ballot was cast with this card before; that one counts, and this is its receipt."""

    receipt: Receipt


@dataclass(eq=False)
class CardHasBallot(Refused):
    """The card cannot be voided, or was handed in as unused, although a ballot was cast with it."""


@dataclass(eq=False)
class CardIsVoid(Refused):
    """The card was voided before a ballot was cast with it."""


@dataclass(eq=False)
class BallotSeenElsewhere(Refused):
    """The very same ballot lies in the box under another card: a copy, never accepted."""


@dataclass(eq=False)
class BoxNotPrepared(Refused):
    """There is no box for this poll."""

    poll: UUID


@dataclass(eq=False)
class BoxClosed(Refused):
    """The gate closed before this ballot or voiding reached the box; it does not count."""

    poll: UUID


@dataclass(eq=False)
class BoxStillOpen(Refused):
    """Ballots and receipts can be taken out only after the gate has closed."""

    poll: UUID


def ballot_stream(poll: UUID, card: CardId) -> UUID:
    """One card, one ballot: the same pair always names the same stream, and its first fact is the only one."""
    return uuid5(poll, f"ballot/{card}")


def packed(ballot: bytes, *, form: str, key: str | None = None) -> BallotCast:
    """The fact for a ballot as it arrived."""
    return BallotCast(ballot=base64.b64encode(ballot).decode("ascii"), form=form, key=key)


def unpacked(text: str) -> bytes:
    """The ballot's bytes. Raises BallotUnreadable ("base64") for anything but their one spelling."""
    try:
        ballot = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BallotUnreadable(reason="base64") from None
    if base64.b64encode(ballot).decode("ascii") != text:
        raise BallotUnreadable(reason="base64")
    return ballot


def receipt(ballot: bytes) -> Receipt:
    """The receipt for the bytes that lie in the box: nonce and marks, or the sealed ballot as a whole."""
    return Receipt(hashlib.sha256(ballot).hexdigest())


def receipt_for(fact: BallotCast | BallotDeleted) -> Receipt:
    """The receipt of a ballot that lies in the box, or lay there before its bytes were deleted."""
    return fact.receipt if isinstance(fact, BallotDeleted) else receipt(unpacked(fact.ballot))


def printed_receipt(full: Receipt) -> str:
    """The receipt in sixteen groups of four, for screens, lists and comparing aloud."""
    return " ".join(full[start : start + 4] for start in range(0, len(full), 4))


def answer_to_cast(found: BallotFact, cast: BallotCast) -> Receipt:
    """What a voter is told whose card has `found` in the box: the same ballot sent again is no mistake.

    Raises CardUsed with the receipt of the ballot that counts, or CardIsVoid.
    """
    if isinstance(found, CardVoided):
        raise CardIsVoid
    counts = receipt_for(found)
    if counts != receipt_for(cast):
        raise CardUsed(receipt=counts)
    return counts


def answer_to_void(found: BallotFact) -> None:
    """Voiding a void card again changes nothing. Raises CardHasBallot, without its receipt.

    Who scans a card together with its holder must not learn which ballot is theirs.
    """
    if not isinstance(found, CardVoided):
        raise CardHasBallot


def box_root(receipts: Iterable[Receipt]) -> str:
    """The root in hex over the sorted receipts: the Merkle tree hash of RFC 9162, section 2.1.1."""
    return tree_hash([bytes.fromhex(one) for one in sorted(receipts)]).hex()
