"""Cards and ballots for tests of the box: the same number is always the same card, the same ballot."""

import hashlib

from domain.polls.ballot import BallotCast, Receipt, packed, receipt, unpacked
from domain.polls.card import SECRET_BYTES, CardId, card_id, secret_from

FORM = hashlib.sha256(b"form").hexdigest()


def card(number: int) -> CardId:
    """The card of that number."""
    return card_id(secret_from(number.to_bytes(SECRET_BYTES, "big")))


def ballot(number: int, items: int = 12) -> BallotCast:
    """An unsealed ballot of that number, as long as one over twelve items."""
    nonce = hashlib.sha256(b"nonce %d" % number).digest()
    marks = bytes(1 + (number >> 2 * item) % 3 for item in range(items))
    return packed(nonce + bytes((1, 1, 0, items)) + marks, form=FORM)


def receipt_of(cast: BallotCast) -> Receipt:
    """The receipt its voter gets."""
    return receipt(unpacked(cast.ballot))
