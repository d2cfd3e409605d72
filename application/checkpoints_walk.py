"""The tree over the events made anew, leaf by leaf, beside the one that is stored: where they part, and both roots."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from application.history.tree import hashes_in
from application.history.tree_store import TILE, Tile
from domain.checkpoints.tree import Hash, root_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """The roots at a size: of the events, and of the hashes that are stored."""

    events: bytes
    stored: bytes | None
    """None where the stored tree is shorter."""
    position: int
    """Of the last event."""


@dataclass(eq=False, slots=True)
class _Level:
    """One level of tiles: what has gathered since the last full one, and the stored tiles to be compared with."""

    tiles: Iterator[Tile]
    waiting: Tile | None = None
    number: int = 0
    made: list[bytes] = field(default_factory=list)
    stored: list[bytes] = field(default_factory=list)


class Walk:
    """Takes the leaves in order, a tile's worth at a time, the last one maybe shorter; then `end`.

    `sizes` are those at which roots are wanted. Afterwards `first_difference` is the first leaf at which event and
    stored hash part, and `nodes` names, by level and number, stored hashes above that are not those of the tiles below.
    """

    def __init__(self, hashed: Hash, stored: Callable[[int], Iterator[Tile]], sizes: Sequence[int]) -> None:
        self._hashed = hashed
        self._stored = stored
        self._wanted = sorted(set(sizes) - {0}, reverse=True)
        self._levels: list[_Level] = []
        self.size = 0
        self.stored_size = 0
        self.first_difference: int | None = None
        self.first_position: int | None = None
        self.last_position = 0
        self.nodes: list[tuple[int, int]] = []
        self.right_events: set[tuple[int, int]] = set()
        """Nodes whose stored hash is that of the events, although the stored hashes below are not."""
        self.starts: list[int] = []
        """The first position of each tile's worth of events."""
        self.missing: list[tuple[int, int]] = []
        self.roots: dict[int, Roots] = {}

    def take(self, hashes: list[bytes], positions: Sequence[int]) -> None:
        """The hashes of the next leaves, and where their events are. Full tiles, but for the last."""
        level = self._level(0)
        stored = self._next_tile(0)
        self.starts.append(positions[0])
        self.last_position = positions[-1]
        self._compare(hashes, stored, positions)
        while self._wanted and self._wanted[-1] <= self.size + len(hashes):
            size = self._wanted.pop()
            within = size - self.size
            self.roots[size] = Roots(
                events=self._root(0, hashes[:within], made=True),
                stored=self._root(0, stored[:within], made=False) if len(stored) >= within else None,
                position=positions[within - 1],
            )
        self.size += len(hashes)
        self.stored_size += len(stored)
        if len(hashes) == TILE:
            made = root_of(hashes, self._hashed)
            level.number += 1
            self._push(1, made, made if stored == hashes else root_of(stored, self._hashed))

    def end(self) -> None:
        """Compares what has gathered at the upper levels, and counts the stored leaves beyond the events."""
        for number, level in enumerate(self._levels[1:], 1):
            if level.made:
                self._compare_nodes(number, level)
        for tile in self._rest():
            self.stored_size = max(self.stored_size, tile.end)
        if self.stored_size > self.size and self.first_difference is None:
            self.first_difference = self.size

    def _rest(self) -> Iterator[Tile]:
        """The stored tiles of leaves behind those that were taken."""
        level = self._level(0)
        if level.waiting is not None:
            yield level.waiting
        yield from level.tiles

    def _compare(self, hashes: Sequence[bytes], stored: Sequence[bytes], positions: Sequence[int]) -> None:
        if self.first_difference is not None or stored == hashes:
            return
        for place, (made, kept) in enumerate(zip(hashes, stored, strict=False)):
            if made != kept:
                self.first_difference = self.size + place
                self.first_position = positions[place]
                return

    def _push(self, number: int, made: bytes, stored: bytes) -> None:
        """A full tile's root goes up one level, that of the events and that of the stored hashes."""
        level = self._level(number)
        level.made.append(made)
        level.stored.append(stored)
        if len(level.made) == TILE:
            self._compare_nodes(number, level)
            roots = root_of(level.made, self._hashed), root_of(level.stored, self._hashed)
            level.made, level.stored = [], []
            level.number += 1
            self._push(number + 1, *roots)

    def _compare_nodes(self, number: int, level: _Level) -> None:
        """A stored hash above must be the one of the stored hashes below."""
        kept = self._next_tile(number)
        for place, below in enumerate(level.stored):
            if place >= len(kept):
                break
            node = (number, level.number * TILE + place)
            if kept[place] not in {below, level.made[place]}:
                self.nodes.append(node)
            elif kept[place] != below:
                self.right_events.add(node)

    def _root(self, lowest: int, hashes: Sequence[bytes], *, made: bool) -> bytes:
        root = root_of(hashes, self._hashed) if hashes else None
        for level in self._levels[lowest + 1 :]:
            gathered = [*(level.made if made else level.stored), *([root] if root is not None else [])]
            root = root_of(gathered, self._hashed) if gathered else root
        return root if root is not None else self._hashed(b"")

    def _level(self, number: int) -> _Level:
        while len(self._levels) <= number:
            self._levels.append(_Level(tiles=self._stored(len(self._levels))))
        return self._levels[number]

    def _next_tile(self, number: int) -> list[bytes]:
        """The stored hashes that stand beside those gathered at the level; empty where the tile is gone."""
        level = self._level(number)
        if level.waiting is None:
            level.waiting = next(level.tiles, None)
        if level.waiting is None:
            return []
        if level.waiting.number != level.number:
            self.missing.append((number, level.number))
            return []
        tile, level.waiting = level.waiting, next(level.tiles, None)
        if tile.length < TILE and level.waiting is not None:
            self.missing.append((number, level.number))
        return hashes_in(tile.hashes)
