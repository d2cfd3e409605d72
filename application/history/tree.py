"""The hash tree over the history (RFC 9162): grown from the events as they lie there, asked for roots and proofs.

Recording knows nothing of it. It follows whenever a checkpoint is made and every few seconds in the worker, so that a
fact costs two hashes later and nothing at once. Proofs read a few tiles, whatever the size of the tree.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hashes import Hash as Digest

from application.history.history import History
from application.history.tree_leaf import Row, leaf_of
from application.history.tree_store import HASH_BYTES, HEIGHT, TILE, Tile, TreeStore
from domain.checkpoints.tree import (
    Hash,
    full_subtrees,
    joined,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    sha256,
)
from domain.shared import NotFound

AT_ONCE: Final = 64 * TILE
"""Events taken in together: about a tenth of a second, and half a megabyte to be written."""


def sm3(data: bytes) -> bytes:
    """SM3 by the library: forty times as fast as the domain's own."""
    digest = Digest(SM3())
    digest.update(data)
    return digest.finalize()


HASHES: Final[dict[str, Hash]] = {"sha256": sha256, "sm3": sm3}
"""The hash functions a tree can be made with, by the word of the setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """That an event is in the tree of a size: the hashes from its neighbour up."""

    position: int
    index: int
    size: int
    leaf_hash: bytes
    proof: tuple[bytes, ...]


class HistoryTree:
    """The tree of one hash function. Every method may raise NotAnswering."""

    def __init__(self, store: TreeStore, algorithm: str = "sha256") -> None:
        self._store = store
        self.algorithm = algorithm
        self.hashed = HASHES[algorithm]

    def follow(self) -> int:
        """Takes in everything that was recorded; returns the size. Several may do it at once."""
        while True:
            edge = self._store.edge(self.algorithm)
            size = edge[0].end if edge else 0
            rows = self._store.rows_after(edge[0].last_position or 0 if edge else 0, AT_ONCE)
            if not rows:
                return size
            self._store.grow(self.algorithm, size, grown(edge, rows, self.hashed))

    def size(self) -> int:
        """How many events are in the tree at this moment."""
        edge = self._store.edge(self.algorithm)
        return edge[0].end if edge else 0

    def root(self, size: int) -> bytes:
        """The root of the first `size` events. Raises NotFound for more than there are."""
        return self._span_hash(size)(0, size)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """The proof that the tree of `second` events began as the one of `first`. Raises NotFound, ProofInvalid."""
        return prove_consistency(first, second, self._span_hash(second))

    def inclusions(self, positions: Iterable[int], size: int) -> list[Inclusion]:
        """The proofs for events at these positions, in their order.

        Raises NotFound for a position where nothing is or that lies beyond the tree.
        """
        span_hash = self._span_hash(size)
        found = []
        for position in positions:
            index = self.index_of(position)
            if index >= size:
                raise NotFound(kind="position", id=str(position))
            proof = tuple(prove_inclusion(index, size, span_hash))
            leaf = span_hash(index, index + 1)
            found.append(Inclusion(position=position, index=index, size=size, leaf_hash=leaf, proof=proof))
        return found

    def index_of(self, position: int) -> int:
        """Which leaf, counted from 0, the event at a position is. Raises NotFound."""
        tile = self._store.tile_of(self.algorithm, position)
        if tile is not None and tile.first_position is not None and position <= (tile.last_position or 0):
            before = self._store.between(tile.first_position, position)
            if before and before[-1] == position:
                return tile.number * TILE + len(before) - 1
        raise NotFound(kind="position", id=str(position))

    def last_position(self, size: int) -> int:
        """The position of the last of the first `size` events, 0 for none. Raises NotFound."""
        if size == 0:
            return 0
        tile = self._store.tiles(self.algorithm, [(0, (size - 1) // TILE)]).get((0, (size - 1) // TILE))
        if tile is None or tile.end < size or tile.first_position is None or tile.last_position is None:
            raise NotFound(kind="tree", id=str(size))
        if tile.end == size:
            return tile.last_position
        return self._store.between(tile.first_position, tile.last_position)[(size - 1) % TILE]

    def _span_hash(self, size: int) -> Callable[[int, int], bytes]:
        """Hashes of spans, from tiles that are read once. Raises NotFound for more events than there are.

        A tree that does not reach so far grows now: after an import or a restoring there is none yet.
        """
        if size > self.size() and size > self.follow():
            raise NotFound(kind="tree", id=str(size))
        nodes = _Nodes(self._store, self.algorithm, self.hashed)
        return lambda start, end: joined([nodes.at(*place) for place in full_subtrees(start, end)], self.hashed)


class _Nodes:
    """The nodes of a tree, by level and number, from its tiles."""

    def __init__(self, store: TreeStore, algorithm: str, hashed: Hash) -> None:
        self._store = store
        self._algorithm = algorithm
        self._hashed = hashed
        self._tiles: dict[tuple[int, int], Tile | None] = {}

    def at(self, level: int, number: int) -> bytes:
        """Raises NotFound."""
        tall, over = divmod(level, HEIGHT)
        first, end = number << over, (number + 1) << over
        place = (tall, first // TILE)
        if place not in self._tiles:
            self._tiles[place] = self._store.tiles(self._algorithm, [place]).get(place)
        tile = self._tiles[place]
        start = first - place[1] * TILE
        if tile is None or end > tile.end:
            raise NotFound(kind="tree", id=str(end << level - over))
        return root_of(hashes_in(tile.hashes)[start : start + end - first], self._hashed)


def grow_all(history: History) -> None:
    """Makes the trees of an imported or restored history, so that nobody has to wait for them."""
    for algorithm in sorted({one.algorithm for one in history.tree_store.checkpoints()} & HASHES.keys()):
        HistoryTree(history.tree_store, algorithm).follow()


def grown(edge: Sequence[Tile], rows: Sequence[Row], hashed: Hash) -> list[Tile]:
    """The tiles that are new or longer when these events follow on a tree with this edge."""
    hashes = [leaf_hash(leaf_of(row), hashed) for row in rows]
    positions = [row.position for row in rows]
    made: list[Tile] = []
    level = 0
    while hashes:
        last = edge[level] if level < len(edge) else Tile(level, 0, b"", None, None)
        longer = _lengthened(last, hashes, positions if level == 0 else [])
        made += longer
        full = [tile for tile in longer if tile.length == TILE]
        hashes = [root_of(hashes_in(tile.hashes), hashed) for tile in full]
        level += 1
    return made


def hashes_in(hashes: bytes) -> list[bytes]:
    """The hashes that lie beside each other."""
    return [hashes[start : start + HASH_BYTES] for start in range(0, len(hashes), HASH_BYTES)]


def _lengthened(last: Tile, hashes: Sequence[bytes], positions: Sequence[int]) -> list[Tile]:
    tiles = []
    taken = 0
    tile = last
    while taken < len(hashes):
        if tile.length == TILE:
            tile = Tile(tile.level, tile.number + 1, b"", None, None)
        more = min(TILE - tile.length, len(hashes) - taken)
        here = positions[taken : taken + more]
        tile = Tile(
            tile.level,
            tile.number,
            tile.hashes + b"".join(hashes[taken : taken + more]),
            tile.first_position if tile.first_position is not None or not here else here[0],
            here[-1] if here else None,
        )
        tiles.append(tile)
        taken += more
    return tiles


def proofs_for(history: History, positions: Iterable[int], size: int, *, algorithm: str = "sha256") -> list[Inclusion]:
    """The proofs that events are in the tree of `size`, that of a checkpoint: for whoever publishes some of them.

    Raises NotFound for a position where nothing is or that lies beyond the tree, and NotAnswering.
    """
    return HistoryTree(history.tree_store, algorithm).inclusions(positions, size)
