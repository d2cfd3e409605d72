"""How the facts of the box are stored: the library's four columns, and nothing of time, order or account.

The box has a fact book of its own, so that a ballot cannot be recorded in the ordered history by mistake.
"""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent

from application.history.fact_book import FactBook
from domain.polls.ballot import (
    BallotCast,
    BallotDeleted,
    BallotFact,
    CardVoided,
    Receipt,
    box_root,
    receipt_for,
    unpacked,
)

CAST = "polls.ballot-cast"
VOIDED = "polls.card-voided"
DELETED = "polls.sealed-ballot-deleted"

ONLY_VERSION = 1
"""A card is either cast or void: there is never a second fact in its stream."""

BALLOTS = FactBook()
BALLOTS.add(CAST, 1, BallotCast)
BALLOTS.add(VOIDED, 1, CardVoided)
BALLOTS.add(DELETED, 1, BallotDeleted)


class _Stored(msgspec.Struct):
    v: int
    fact: msgspec.Raw


_decoder = msgspec.json.Decoder(_Stored)


def stored(stream: UUID, fact: BallotFact) -> StoredEvent:
    """The row for a fact. Two equal ballots have equal states. Raises NotRecordable."""
    entry = BALLOTS.entry_of(type(fact))
    state = msgspec.json.encode(_Stored(v=entry.version, fact=msgspec.Raw(BALLOTS.encoded(fact))))
    return StoredEvent(originator_id=stream, originator_version=ONLY_VERSION, topic=entry.name, state=state)


def fact_in(topic: str, state: bytes) -> BallotFact:
    """The fact of a row. Raises UnknownFact for what a newer program has written."""
    raw = _decoder.decode(state)
    return cast("BallotFact", BALLOTS.decoded(topic, raw.v, raw.fact))


def ballot_in(state: bytes) -> bytes:
    """The ballot's bytes from the state of a ballot that was cast."""
    return unpacked(cast("BallotCast", fact_in(CAST, state)).ballot)


def receipt_in(topic: str, state: bytes) -> Receipt:
    """The receipt of a ballot that was cast, whether or not its bytes are still there."""
    return receipt_for(cast("BallotCast | BallotDeleted", fact_in(topic, state)))


def without_bytes(stream: UUID, state: bytes) -> StoredEvent:
    """The row that takes the place of a sealed ballot's. Raises ValueError for an unsealed one."""
    ballot = cast("BallotCast", fact_in(CAST, state))
    if ballot.key is None:
        raise ValueError("only sealed ballots are deleted")
    return stored(stream, BallotDeleted(receipt=receipt_for(ballot), form=ballot.form, key=ballot.key))


def totals(receipts: Iterable[Receipt]) -> tuple[int, str]:
    """Number and root of a box, from the receipts of all ballots in it."""
    found = list(receipts)
    return len(found), box_root(found)
