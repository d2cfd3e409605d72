"""What the hash tree asks of a database: the events in order, tiles of hashes, and checkpoints.

A tile holds up to 256 hashes beside each other in the tree: at level 0 those of events, above them the roots of the
full tiles below. It grows at its end and never changes otherwise. One event more is one hash more in the last tile, and
every 256th one more a level higher.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from application.history.tree_leaf import Row

HEIGHT: Final = 8
TILE: Final = 1 << HEIGHT
HASH_BYTES: Final = 32

Place = tuple[int, int]
"""Level and number of a tile."""


class Tile(NamedTuple):
    """Hashes beside each other; at level 0 also which events they stand for."""

    level: int
    number: int
    hashes: bytes
    first_position: int | None = None
    last_position: int | None = None

    @property
    def place(self) -> Place:
        """Its key."""
        return self.level, self.number

    @property
    def length(self) -> int:
        """How many hashes it holds."""
        return len(self.hashes) // HASH_BYTES

    @property
    def end(self) -> int:
        """The number of hashes at this level up to its end."""
        return self.number * TILE + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheckpoint:
    """A checkpoint as it was kept.

    `algorithm` is "sha256" or "sm3", `position` that of the last event in the tree. `key` is the verification key of
    who signed, to be shown: what is trusted is known from elsewhere.
    """

    number: int
    algorithm: str
    size: int
    position: int
    at: datetime
    note: str
    key: str


class Reading(Protocol):
    """Everything at one moment, however long it takes to read it."""

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[Row]:
        """Events from a position up to another, in order."""

    def size(self) -> int:
        """How many events there are."""

    def tiles(self, algorithm: str, level: int) -> Iterator[Tile]:
        """The tiles of a level, in order."""

    def algorithms(self) -> list[str]:
        """Those for which there are tiles."""

    def checkpoints(self) -> list[StoredCheckpoint]:
        """All, by number. Raises ValueError for rows that are none."""

    def broken_streams(self) -> list[tuple[str, int, int]]:
        """Streams whose versions are not 1, 2, 3 …: how many there are, and the highest; the first hundred."""

    def keys_without_event(self) -> list[int]:
        """Positions that commands were answered with, where nothing is; the first hundred."""

    def last_given(self) -> int | None:
        """The last position the database says it gave away, None where that means nothing."""


class TreeStore(Protocol):
    """Beside the history. Every method may raise NotAnswering."""

    def edge(self, algorithm: str) -> list[Tile]:
        """The last tile of each level, from the bottom."""

    def rows_after(self, position: int, limit: int) -> list[Row]:
        """The next events in order."""

    def rows_in(self, stream: UUID) -> list[Row]:
        """The events of one stream, in order."""

    def grow(self, algorithm: str, size: int, tiles: Sequence[Tile]) -> bool:
        """Writes tiles that continue a tree of this size; False, and nothing is written, if it has grown meanwhile."""

    def tiles(self, algorithm: str, places: Collection[Place]) -> dict[Place, Tile]:
        """Those that are there."""

    def tile_of(self, algorithm: str, position: int) -> Tile | None:
        """The tile at level 0 in which an event at this position would be."""

    def between(self, first: int, last: int) -> list[int]:
        """The positions from one to another at which there are events, at most a tile's."""

    def keep(self, checkpoint: StoredCheckpoint) -> bool:
        """Writes a checkpoint with the next number (its own is not looked at); False if one of the size is there."""

    def checkpoints(self, algorithm: str | None = None) -> list[StoredCheckpoint]:
        """All, oldest first."""

    def checkpoint(self, algorithm: str, size: int) -> StoredCheckpoint | None:
        """The one of a size."""

    def last_checkpoint(self, algorithm: str | None = None) -> StoredCheckpoint | None:
        """The newest one."""

    def reading(self) -> AbstractContextManager[Reading]:
        """For who reads everything."""
