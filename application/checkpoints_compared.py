"""One tree of the audit judged: the first event that differs, hashes that were changed, checkpoints that say else.

Where event and stored hash part, the first good or bad checkpoint over both decides which of the two was changed. Where
they agree and a checkpoint still says otherwise, the hashes were changed with the events; then all that can be told is
between which checkpoints, or under which node, the change lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from application.checkpoints_walk import Walk
from application.history.tree import HASHES, hashes_in
from application.history.tree_findings import Finding, Kind, explained
from application.history.tree_store import HEIGHT, TILE, Reading, StoredCheckpoint
from domain.checkpoints.checkpoint import Checkpoint

WINDOW: Final = 2 * TILE
"""Events and leaves looked at to explain a difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A checkpoint to be compared, and where it is from."""

    said: Checkpoint
    ours: bool
    """Signed by a key that is trusted; others judge nothing."""
    stored: StoredCheckpoint | None = None
    name: str = ""
    """Of the file it was given in."""

    @property
    def algorithm(self) -> str:
        """The hash function of its tree."""
        return self.said.algorithm.value

    @property
    def number(self) -> int:
        """Among the stored ones, 0 for one from outside."""
        return self.stored.number if self.stored else 0


class Compared:
    """A walk that has ended, and the checkpoints of its tree."""

    def __init__(self, reading: Reading, algorithm: str, walk: Walk, said: Sequence[Said]) -> None:
        self._reading = reading
        self._algorithm = algorithm
        self._walk = walk
        self._said = said
        judging = [one.said for one in said if one.ours and one.said.size in walk.roots]
        self.good = sorted(one.size for one in judging if one.root == walk.roots[one.size].events)
        self.bad = sorted(one.size for one in judging if one.root != walk.roots[one.size].events)

    def findings(self) -> Iterator[Finding]:
        """The first event that differs, then what is wrong with hashes and checkpoints."""
        yield from self._first_difference()
        yield from self._of_tiles()
        for one in self._said:
            yield from self._of_checkpoint(one)

    def _first_difference(self) -> Iterator[Finding]:
        at = self._walk.first_difference
        if at is not None:
            yield self._changed_node(0, at) if self._events_are_right(0, at) else self._explained(at)
        if self.bad and (at is None or at >= self.bad[0]):
            yield self._since_checkpoint()

    def _of_tiles(self) -> Iterator[Finding]:
        walk = self._walk
        for level, number in walk.missing:
            yield Finding(kind=Kind.TILE_MISSING, number=number << HEIGHT * (level + 1), other=level)
        for level, number in walk.nodes:
            if self._events_are_right(level, number) or not self.bad:
                yield self._changed_node(level, number)
        longest = max((one.said.size for one in self._said if one.stored), default=0)
        if not walk.missing and walk.stored_size < min(longest, walk.size):
            yield Finding(kind=Kind.TILE_MISSING, number=walk.stored_size, other=0)

    def _of_checkpoint(self, one: Said) -> Iterator[Finding]:
        size = one.said.size
        if size > self._walk.size:
            yield Finding(
                kind=Kind.CHECKPOINT_BEYOND, number=one.number, other=size, detail=one.name, position=self._walk.size
            )
        elif size in self._walk.roots:
            roots = self._walk.roots[size]
            if roots.events != one.said.root:
                yield Finding(kind=Kind.CHECKPOINT_ROOT, number=one.number, other=size, detail=one.name)
            elif one.stored is not None and one.stored.position != roots.position:
                yield Finding(kind=Kind.CHECKPOINT_ROW, number=one.number, other=size)

    def _events_are_right(self, level: int, number: int) -> bool:
        """Whether something says that the events under a node are as they were: a checkpoint over it, or the tree."""
        end = (number + 1) << HEIGHT * level
        covering = min((size for size in (*self.good, *self.bad) if size >= end), default=None)
        if covering is not None:
            return covering in self.good
        return (level + 1, number >> HEIGHT) in self._walk.right_events

    def _changed_node(self, level: int, number: int) -> Finding:
        position = self._walk.first_position if level == 0 else self._walk.starts[number << HEIGHT * (level - 1)]
        return Finding(kind=Kind.NODE, number=number, other=level * HEIGHT, position=position)

    def _explained(self, at: int) -> Finding:
        leaves: list[bytes] = []
        for tile in self._reading.tiles(self._algorithm, 0):
            if tile.end > at and len(leaves) < WINDOW:
                leaves += hashes_in(tile.hashes)[max(0, at - tile.number * TILE) :]
        first = self._walk.first_position
        rows = [] if first is None else list(islice(self._reading.rows(first), WINDOW))
        found = explained(leaves, rows, HASHES[self._algorithm])
        if found.kind is Kind.END_REMOVED:
            missing = self._walk.stored_size - self._walk.size
            return Finding(kind=Kind.END_REMOVED, number=missing, position=self._walk.last_position)
        return found

    def _since_checkpoint(self) -> Finding:
        """As narrow as checkpoints and nodes tell: after one position, up to another."""
        walk = self._walk
        good = [size for size in self.good if size < self.bad[0]]
        start, end = good[-1] if good else 0, self.bad[0]
        after, upto = walk.roots[start].position if start else 0, walk.roots[end].position
        for level, number in walk.nodes:
            first, behind = number << HEIGHT * level, (number + 1) << HEIGHT * level
            if first < end and behind > start and behind <= walk.size:
                if first > start:
                    after = walk.starts[first // TILE] - 1
                if behind < end:
                    upto = walk.starts[behind // TILE] - 1
                break
        return Finding(kind=Kind.SINCE_CHECKPOINT, position=after, other=upto, number=self.bad[0])
