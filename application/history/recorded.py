"""The envelope in which a fact lies in the history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact, and when and by whom it was recorded.

    Fits the eventsourcing library's `DomainEventProtocol`, which asks for the first two names.
    `at` is aware; `by` is the account that asked, None for what no account asked for.
    """

    originator_id: UUID
    originator_version: int
    at: datetime
    by: UUID | None
    fact: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A recorded fact as a reader meets it, at its place in the one order of the history.

    Positions rise; they may skip numbers, so a position is a place and never a count.
    """

    position: int
    stream: UUID
    version: int
    at: datetime
    by: UUID | None
    fact: object
