"""What the box asks of a database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.polls.ballot import BallotFact, Receipt

Found = dict[UUID, BallotFact]
"""What lies in the box, by stream."""


class StoreFailed(Exception):
    """The store did not answer as it should: what was asked may or may not have happened.

    Carries no detail and no cause: a database's own message may name a card.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the streams of a group hold after its transaction, and whether the gate was open for it."""

    gate_open: bool
    found: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a closed box holds; `root` is the tree hash over the sorted receipts."""

    ballots: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyFault:
    """A setting of the database that could tie a ballot to a moment."""

    setting: str
    value: str
    wanted: str
    blocks: bool
    """No box is prepared, and no poll may open, while such a fault stands."""


class BoxStore(Protocol):
    """One table a poll with a gate row each. Every method raises StoreFailed when the database fails."""

    def prepare(self, poll: UUID) -> None:
        """Makes the table and its open gate in one transaction; a box that is there stays as it is."""

    def look(self, poll: UUID, streams: Collection[UUID]) -> Found:
        """Reads without touching the gate. Raises BoxNotPrepared."""

    def write(self, poll: UUID, events: Sequence[StoredEvent]) -> Written:
        """Writes what has no conflict, in one transaction that shares the gate, and reads all back.

        `events` are in the order of their streams, which says nothing and keeps two groups that
        meet from waiting for each other crosswise. A closed gate writes nothing.
        """

    def counts(self, poll: UUID) -> tuple[int, int]:
        """Ballots cast and cards voided. Raises BoxNotPrepared."""

    def close_gate(self, poll: UUID) -> None:
        """Waits for the groups that share the gate, then closes it for good. Raises BoxNotPrepared."""

    def lay_in_order(self, poll: UUID) -> None:
        """Copies a closed box in the order of its streams, drops the old table and notes number and root.

        All in one transaction, and nothing when it was done before.
        """

    def wipe(self) -> None:
        """Overwrites what deleted pages and logs still hold, as far as the database lets us."""

    def closing(self, poll: UUID) -> Closing | None:
        """None while the gate is open or the box not yet laid in order. Raises BoxNotPrepared."""

    def ballots(self, poll: UUID) -> list[bytes]:
        """The states of all ballots cast, in no meaningful order. Raises BoxNotPrepared."""

    def receipts(self, poll: UUID) -> list[Receipt]:
        """Of all ballots cast, deleted ones too, in no meaningful order. Raises BoxNotPrepared."""

    def hand_in(self, poll: UUID, stream: UUID) -> bool:
        """Counts an unused card of a closed box; False when it was counted before."""

    def handed_in(self, poll: UUID) -> int:
        """How many unused cards were counted."""

    def delete_sealed(self, poll: UUID) -> None:
        """Puts its receipt in the place of every ballot of a closed box, in one transaction; again changes nothing."""

    def secrecy_faults(self) -> tuple[SecrecyFault, ...]:
        """Settings to be changed, the blocking ones among them."""

    def close(self) -> None:
        """Ends all connections."""
