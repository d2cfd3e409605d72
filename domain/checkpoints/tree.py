"""The hash tree of RFC 9162, section 2.1: tree hash, proofs that a leaf is in it or that it only grew, their check.

The hash function is an argument: SHA-256 as the RFC says, or SM3 where national algorithms are asked for. Hashes of
leaves and of nodes differ by a first byte, so that neither can be passed off as the other.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.shared import Refused

Hash = Callable[[bytes], bytes]
"""From bytes to their digest."""

Span = tuple[int, int]
"""Leaves from a first one to before a last one, by their index."""

SpanHash = Callable[[int, int], bytes]
"""The tree hash over a span of leaves."""


def sha256(data: bytes) -> bytes:
    """The hash of trees that say nothing else."""
    return hashlib.sha256(data).digest()


@dataclass(eq=False)
class ProofInvalid(Refused):
    """A proof does not show what it claims.

    `reason` is "index" (the leaf would lie beyond the tree), "sizes" (a tree cannot have shrunk), "length" (too many
    or too few hashes for these sizes), "root" (hashes that lead to another root) or "old_root".
    """

    reason: str


def leaf_hash(leaf: bytes, hashed: Hash = sha256) -> bytes:
    """What stands for a leaf in the tree."""
    return hashed(b"\x00" + leaf)


def node_hash(left: bytes, right: bytes, hashed: Hash = sha256) -> bytes:
    """What stands for two subtrees, of which the left one is full."""
    return hashed(b"\x01" + left + right)


def tree_hash(leaves: Sequence[bytes], hashed: Hash = sha256) -> bytes:
    """The root over leaves as they are (RFC 9162, section 2.1.1)."""
    return root_of([leaf_hash(leaf, hashed) for leaf in leaves], hashed)


def root_of(hashes: Sequence[bytes], hashed: Hash = sha256) -> bytes:
    """The root over the hashes of leaves, level by level: the last one without a neighbour goes up as it is."""
    if not hashes:
        return hashed(b"")
    level = list(hashes)
    while len(level) > 1:
        above = [hashed(b"\x01" + left + right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = above + level[len(above) * 2 :]
    return level[0]


def largest_full(leaves: int) -> int:
    """The largest power of two below this number, at least 2: how many leaves lie on the left."""
    return 1 << (leaves - 1).bit_length() - 1


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose hashes prove that the leaf is in the tree, from the leaf up (section 2.1.3.1).

    Raises ProofInvalid for an index beyond the tree.
    """
    if not 0 <= index < size:
        raise ProofInvalid(reason="index")
    spans: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + largest_full(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The spans whose hashes prove that the tree of `second` leaves began as the one of `first` (section 2.1.4.1).

    Raises ProofInvalid when nothing can be proven: a tree that would have shrunk, or none at all before.
    """
    if not 0 < first <= second:
        raise ProofInvalid(reason="sizes")
    spans: list[Span] = []
    start, end, known = 0, second, True
    while first != end:
        middle = start + largest_full(end - start)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start, known = middle, False
    return spans[::-1] if known else [(start, end), *spans[::-1]]


def full_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The full subtrees, as level and number, that make up a span, from the left; sides of the tree are such spans."""
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def joined(subtrees: Sequence[bytes], hashed: Hash = sha256) -> bytes:
    """The hash over full subtrees that grow smaller to the right."""
    if not subtrees:
        return hashed(b"")
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root, hashed)
    return root


def span_hashes(leaf_hashes: Sequence[bytes], hashed: Hash = sha256) -> SpanHash:
    """The hashes of spans of a tree that lies in memory."""
    return lambda start, end: root_of(leaf_hashes[start:end], hashed)


def prove_inclusion(index: int, size: int, span_hash: SpanHash) -> list[bytes]:
    """The hashes from the leaf's neighbour to the root's child. Raises ProofInvalid."""
    return [span_hash(start, end) for start, end in inclusion_spans(index, size)]


def prove_consistency(first: int, second: int, span_hash: SpanHash) -> list[bytes]:
    """The proof between two sizes; empty for equal ones. Raises ProofInvalid."""
    return [span_hash(start, end) for start, end in consistency_spans(first, second)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, hashed: Hash = sha256
) -> None:
    """Checks that the leaf with this hash lies at `index` in the tree (section 2.1.3.2). Raises ProofInvalid."""
    if not 0 <= index < size:
        raise ProofInvalid(reason="index")
    at, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofInvalid(reason="length")
        if at & 1 or at == last:
            reached = node_hash(step, reached, hashed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            reached = node_hash(reached, step, hashed)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofInvalid(reason="length")
    if reached != root:
        raise ProofInvalid(reason="root")


def verify_consistency(
    first: int, second: int, proof: Sequence[bytes], old_root: bytes, root: bytes, hashed: Hash = sha256
) -> None:
    """Checks that the tree of `second` leaves began with the one of `first` (section 2.1.4.2). Raises ProofInvalid.

    Every tree began with the empty one; there the roots are all that can be compared.
    """
    if not 0 <= first <= second:
        raise ProofInvalid(reason="sizes")
    if first == 0 and old_root != hashed(b""):
        raise ProofInvalid(reason="old_root")
    if first in {0, second}:
        if proof:
            raise ProofInvalid(reason="length")
        if first and old_root != root:
            raise ProofInvalid(reason="root")
        return
    _verify_growth(first, second, proof, old_root, root, hashed)


def _verify_growth(first: int, second: int, proof: Sequence[bytes], old_root: bytes, root: bytes, hashed: Hash) -> None:
    steps = list(proof) if first & (first - 1) else [old_root, *proof]
    if not steps:
        raise ProofInvalid(reason="length")
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofInvalid(reason="length")
        if at & 1 or at == last:
            old, new = node_hash(step, old, hashed), node_hash(step, new, hashed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step, hashed)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofInvalid(reason="length")
    if old != old_root:
        raise ProofInvalid(reason="old_root")
    if new != root:
        raise ProofInvalid(reason="root")
