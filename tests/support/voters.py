"""Delegates who vote in a hall of `tests.support.polls`: whom, and with which card, only the test knows."""

from hashlib import sha256

from domain.polls.ballot import Receipt
from domain.polls.ballot_form import NONCE_BYTES, Row, cast_unsealed, unsealed
from domain.polls.card import Secret, card_id
from domain.polls.rules import Form
from tests.support.polls import Hall

VOTES = (12, 10, 9, 8, 3, 0)
"""Of twelve delegates for items 1 to 6: with three places 1, 2 and 3 are adopted, 4 has a majority below the cut."""


def row(hall: Hall, *chosen: int) -> Row:
    """For the items of these numbers, against the others (or not ticked)."""
    yes, no = ("x", "") if hall.form.form is Form.CHOOSE else ("for", "against")
    return tuple(yes if int(item.id) in chosen else no for item in hall.form.items)


def ballot(hall: Hall, marks: Row, number: int = 0) -> bytes:
    """An unsealed ballot; the same number always has the same nonce."""
    nonce = sha256(f"nonce {number}".encode()).digest()[:NONCE_BYTES]
    return unsealed(nonce, marks, hall.form)


def cast(hall: Hall, card: Secret, marks: Row, number: int = 0) -> Receipt:
    """Puts a ballot into the box."""
    fact = cast_unsealed(ballot(hall, marks, number), form=hall.form, seen=hall.form_hash)
    return hall.box.cast(hall.poll, card_id(card), fact)


def cast_all(hall: Hall, votes: tuple[int, ...] = VOTES, *, but: int = 0) -> list[Receipt]:
    """Everybody with a card votes (all but the last so many), so that items 1, 2, … get these votes."""
    cards = hall.cards[: len(hall.cards) - but]
    return [
        cast(hall, card, row(hall, *(item for item, wanted in enumerate(votes, 1) if place < wanted)), place)
        for place, card in enumerate(cards)
    ]
