"""How the facts of the box are stored: the library's four columns, and nothing of time, order or account.

The box has a fact book of its own, so that a ballot cannot be recorded in the ordered history by mistake.
"""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent

from application.history.fact_book import FactBook
from domain.polls.ballot import BallotCast, BallotFact, CardVoided, Receipt, box_root, receipt, unpacked

CAST = "polls.ballot-cast"
VOIDED = "polls.card-voided"

ONLY_VERSION = 1
"""A card is either cast or void: there is never a second fact in its stream."""

BALLOTS = FactBook()
BALLOTS.add(CAST, 1, BallotCast)
BALLOTS.add(VOIDED, 1, CardVoided)


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


def totals(states: Iterable[bytes]) -> tuple[int, str]:
    """Number and root of a box, from the states of all ballots in it."""
    receipts: list[Receipt] = [receipt(ballot_in(state)) for state in states]
    return len(receipts), box_root(receipts)
