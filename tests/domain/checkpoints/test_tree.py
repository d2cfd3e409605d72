"""The hash tree against vectors of others, and proofs with every kind of damage."""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256 as library_sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checkpoints.sm3 import sm3
from domain.checkpoints.tree import (
    ProofInvalid,
    full_subtrees,
    joined,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    sha256,
    span_hashes,
    tree_hash,
    verify_consistency,
    verify_inclusion,
)
from domain.polls.ballot import Receipt, box_root

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data/tree/vectors.json").read_text("utf-8"))
LEAVES = [bytes.fromhex(leaf) for leaf in VECTORS["leaves"]]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
ROOTS = {int(size): bytes.fromhex(root) for size, root in VECTORS["roots"].items()}
SIZES = st.integers(1, len(LEAVES))


def proofs(kind: str) -> list[dict[str, Any]]:
    return [case | {"proof": [bytes.fromhex(one) for one in case["proof"]]} for case in VECTORS[kind]]


@pytest.mark.parametrize("size", sorted(ROOTS))
def test_the_root_is_that_of_the_vectors(size: int) -> None:
    assert tree_hash(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize("case", proofs("inclusion"), ids=lambda case: f"{case['index']} in {case['size']}")
def test_inclusion_is_proven_as_in_the_vectors(case: dict[str, Any]) -> None:
    index, size = case["index"], case["size"]
    assert prove_inclusion(index, size, span_hashes(HASHES)) == case["proof"]
    verify_inclusion(HASHES[index], index, size, case["proof"], ROOTS[size])


@pytest.mark.parametrize("case", proofs("consistency"), ids=lambda case: f"{case['first']} to {case['second']}")
def test_consistency_is_proven_as_in_the_vectors(case: dict[str, Any]) -> None:
    first, second = case["first"], case["second"]
    assert prove_consistency(first, second, span_hashes(HASHES)) == case["proof"]
    verify_consistency(first, second, case["proof"], ROOTS[first], ROOTS[second])


def damaged(proof: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Every byte changed, every hash dropped, doubled, swapped with its neighbour, cut, and one more at each place."""
    for place, one in enumerate(proof):
        for byte in range(len(one)):
            yield [*proof[:place], one[:byte] + bytes([one[byte] ^ 0x40]) + one[byte + 1 :], *proof[place + 1 :]]
        yield [*proof[:place], *proof[place + 1 :]]
        yield [*proof[: place + 1], one, *proof[place + 1 :]]
        yield [*proof[:place], one[:31], *proof[place + 1 :]]
        if place + 1 < len(proof) and one != proof[place + 1]:
            yield [*proof[:place], proof[place + 1], one, *proof[place + 2 :]]
    for place in range(len(proof) + 1):
        yield [*proof[:place], b"\0" * 32, *proof[place:]]
    if proof:
        yield []


def refused(check: Callable[..., object], *arguments: object) -> bool:
    try:
        check(*arguments)
    except ProofInvalid:
        return True
    return False


@pytest.mark.parametrize("case", proofs("inclusion"), ids=lambda case: f"{case['index']} in {case['size']}")
def test_a_damaged_proof_of_inclusion_does_not_hold(case: dict[str, Any]) -> None:
    index, size, proof = case["index"], case["size"], case["proof"]
    leaf, root = HASHES[index], ROOTS[size]
    for other in damaged(proof):
        assert refused(verify_inclusion, leaf, index, size, other, root)
    assert refused(verify_inclusion, leaf, -1, size, proof, root)
    assert refused(verify_inclusion, leaf, size, size, proof, root)
    assert refused(verify_inclusion, b"\1" * 32, index, size, proof, root)
    assert refused(verify_inclusion, leaf, index, size, proof, b"\1" * 32)
    assert refused(verify_inclusion, leaf, index, 0, proof, root)
    for elsewhere in set(range(size)) - {index}:
        assert refused(verify_inclusion, leaf, elsewhere, size, proof, root)


@pytest.mark.parametrize("case", proofs("consistency"), ids=lambda case: f"{case['first']} to {case['second']}")
def test_a_damaged_proof_of_consistency_does_not_hold(case: dict[str, Any]) -> None:
    first, second, proof = case["first"], case["second"], case["proof"]
    old, new = ROOTS[first], ROOTS[second]
    for other in damaged(proof):
        assert refused(verify_consistency, first, second, other, old, new)
    assert refused(verify_consistency, second + 1, second, proof, old, new)
    assert refused(verify_consistency, -1, second, proof, old, new)
    assert refused(verify_consistency, first, second, proof, b"\1" * 32, new)
    assert refused(verify_consistency, first, second, proof, old, b"\1" * 32)
    assert first == second or refused(verify_consistency, first, second, proof, new, old)


def test_every_tree_began_with_the_empty_one() -> None:
    verify_consistency(0, 5, [], ROOTS[0], ROOTS[5])
    assert refused(verify_consistency, 0, 5, [], ROOTS[1], ROOTS[5])
    assert refused(verify_consistency, 0, 5, [ROOTS[1]], ROOTS[0], ROOTS[5])
    assert refused(prove_consistency, 0, 5, span_hashes(HASHES))
    assert refused(prove_consistency, 6, 5, span_hashes(HASHES))
    assert refused(prove_inclusion, 5, 5, span_hashes(HASHES))


@given(size=SIZES, data=st.data())
def test_every_leaf_of_every_tree_is_proven_with_few_hashes(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = prove_inclusion(index, size, span_hashes(HASHES[:size]))
    verify_inclusion(HASHES[index], index, size, proof, ROOTS[size])
    assert len(proof) <= (size - 1).bit_length()


@given(sizes=st.tuples(SIZES, SIZES).map(sorted))
def test_every_tree_is_proven_to_continue_every_earlier_one(sizes: list[int]) -> None:
    first, second = sizes
    proof = prove_consistency(first, second, span_hashes(HASHES[:second]))
    verify_consistency(first, second, proof, ROOTS[first], ROOTS[second])
    assert len(proof) <= (second - 1).bit_length() + 1


@given(leaves=st.lists(st.binary(max_size=40), max_size=70), place=st.integers(0, 69), other=st.binary(max_size=40))
def test_a_tree_with_another_leaf_has_another_root(leaves: list[bytes], place: int, other: bytes) -> None:
    changed = [*leaves[:place], other, *leaves[place + 1 :]]
    assert (tree_hash(changed) == tree_hash(leaves)) == (changed == leaves)


@given(first=SIZES, second=SIZES, data=st.data())
def test_no_proof_ties_two_histories_that_differ(first: int, second: int, data: st.DataObject) -> None:
    first, second = sorted((first, second))
    changed = data.draw(st.integers(0, first - 1))
    other = [leaf_hash(b"changed") if place == changed else one for place, one in enumerate(HASHES[:second])]
    for hashes in (HASHES[:second], other):
        proof = prove_consistency(first, second, span_hashes(hashes))
        assert refused(verify_consistency, first, second, proof, ROOTS[first], root_of(other))


@given(start=st.integers(0, 200), length=st.integers(0, 200))
def test_any_span_is_made_of_full_subtrees(start: int, length: int) -> None:
    covered = start
    for level, number in full_subtrees(start, start + length):
        assert number << level == covered
        covered += 1 << level
    assert covered == start + length


@given(size=SIZES)
def test_full_subtrees_of_a_tree_join_to_its_root(size: int) -> None:
    parts = [root_of(HASHES[n << level : (n + 1) << level]) for level, n in full_subtrees(0, size)]
    assert joined(parts) == ROOTS[size]


def test_with_another_hash_function_it_is_another_tree() -> None:
    root = tree_hash(LEAVES[:5], sm3)
    assert root != ROOTS[5]
    hashes = [leaf_hash(leaf, sm3) for leaf in LEAVES[:5]]
    proof = prove_inclusion(2, 5, span_hashes(hashes, sm3))
    verify_inclusion(hashes[2], 2, 5, proof, root, sm3)
    assert refused(verify_inclusion, hashes[2], 2, 5, proof, root, sha256)


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_what_the_standard_says(text: bytes, digest: str) -> None:
    assert sm3(text).hex() == digest


def test_the_root_of_a_box_is_the_root_of_this_tree() -> None:
    receipts = [Receipt(library_sha256(leaf).hexdigest()) for leaf in LEAVES[:9]]
    assert box_root(receipts) == tree_hash([bytes.fromhex(one) for one in sorted(receipts)]).hex()
