import hashlib
import json
import random
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checkpoints.tree import tree_hash
from domain.polls.ballot import (
    BallotCast,
    BallotUnreadable,
    CardHasBallot,
    CardIsVoid,
    CardUsed,
    CardVoided,
    Receipt,
    VoidReason,
    answer_to_cast,
    answer_to_void,
    ballot_stream,
    box_root,
    packed,
    printed_receipt,
    receipt,
    unpacked,
)
from domain.polls.card import CardId

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "tree" / "vectors.json").read_text(encoding="utf-8"))
LEAVES = [bytes.fromhex(leaf) for leaf in VECTORS["leaves"]]
CARD, OTHER_CARD = CardId("a" * 64), CardId("b" * 64)


def test_the_stream_of_a_ballot_is_named_by_poll_and_card() -> None:
    poll, other_poll = uuid4(), uuid4()
    assert ballot_stream(poll, CARD) == ballot_stream(poll, CARD)
    assert len({ballot_stream(p, c) for p in (poll, other_poll) for c in (CARD, OTHER_CARD)}) == 4


@given(st.binary())
def test_the_receipt_is_the_hash_of_exactly_the_bytes_in_the_box(ballot: bytes) -> None:
    assert receipt(unpacked(packed(ballot, form="f").ballot)) == hashlib.sha256(ballot).hexdigest()


@pytest.mark.parametrize("text", ["*", "QQ", "QR==", "QQ==\n", " QQ==", "票"])
def test_a_ballot_has_one_spelling_only(text: str) -> None:
    """Else the same ballot could be sent in two spellings that would not be recognised as the same."""
    with pytest.raises(BallotUnreadable):
        unpacked(text)


def test_a_receipt_is_printed_in_groups_of_four() -> None:
    shown = printed_receipt(receipt(b"x"))
    assert len(shown.split()) == 16
    assert shown.replace(" ", "") == receipt(b"x")


def test_the_same_ballot_sent_again_gets_the_same_receipt() -> None:
    assert answer_to_cast(packed(b"first", form="f"), packed(b"first", form="f")) == receipt(b"first")


def test_another_ballot_with_a_used_card_gets_the_receipt_of_the_one_that_counts() -> None:
    with pytest.raises(CardUsed) as refusal:
        answer_to_cast(packed(b"first", form="f"), packed(b"second", form="f"))
    assert refusal.value.receipt == receipt(b"first")


def test_a_void_card_casts_no_ballot() -> None:
    with pytest.raises(CardIsVoid):
        answer_to_cast(CardVoided(reason=VoidReason.SPOILED), packed(b"first", form="f"))


def test_a_used_card_is_not_voided_and_its_receipt_is_not_told_to_who_tries() -> None:
    with pytest.raises(CardHasBallot) as refusal:
        answer_to_void(packed(b"first", form="f"))
    assert receipt(b"first") not in repr(refusal.value)
    answer_to_void(CardVoided(reason=VoidReason.LEFT_OVER))


@pytest.mark.parametrize("size", sorted(int(size) for size in VECTORS["roots"]))
def test_the_tree_hash_is_that_of_rfc_9162(size: int) -> None:
    assert tree_hash(LEAVES[:size]).hex() == VECTORS["roots"][str(size)]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40, unique=True), st.randoms(use_true_random=False))
def test_the_root_of_the_box_does_not_depend_on_the_order(hashes: list[bytes], order: random.Random) -> None:
    receipts = [Receipt(one.hex()) for one in hashes]
    shuffled = list(receipts)
    order.shuffle(shuffled)
    assert box_root(shuffled) == box_root(receipts) == tree_hash(sorted(hashes)).hex()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True), st.data())
def test_a_missing_added_or_doubled_ballot_changes_the_root(hashes: list[bytes], data: st.DataObject) -> None:
    receipts = [Receipt(one.hex()) for one in hashes]
    one = data.draw(st.sampled_from(receipts))
    assert box_root([r for r in receipts if r != one]) != box_root(receipts)
    assert box_root([*receipts, one]) != box_root(receipts)


def test_a_ballot_fact_holds_nothing_but_ballot_form_and_key() -> None:
    assert set(BallotCast.__dataclass_fields__) == {"ballot", "form", "key"}
    assert set(CardVoided.__dataclass_fields__) == {"reason"}
