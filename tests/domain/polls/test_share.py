"""Shares of the sealing key (ballot.md, step 2): t of n, a checksum on each, typed without fear."""

import secrets
from itertools import combinations
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.polls.share import (
    DIGITS,
    MOST_SHARES,
    MistypedShare,
    Share,
    ShareOfAnotherKey,
    ShareOfAnotherPoll,
    combined,
    printed_share,
    read_share,
    require_share_of,
    share_fingerprint,
    share_text,
    split,
)
from domain.shared import CROCKFORD

POLL = UUID("6f3f0a52-6a5e-4c3f-9c3c-0d4d2b6f1a11")
PUBLIC = "5a" * 32
NUMBERS = st.integers(1, MOST_SHARES).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


def shares_of(secret: bytes, threshold: int, shares: int) -> tuple[Share, ...]:
    return split(
        secret, threshold=threshold, shares=shares, poll=POLL, public_key=PUBLIC, randomness=secrets.token_bytes
    )


@given(st.binary(min_size=32, max_size=32), NUMBERS)
def test_any_threshold_of_shares_gives_the_key(secret: bytes, numbers: tuple[int, int]) -> None:
    threshold, number = numbers
    for some in combinations(shares_of(secret, threshold, number), threshold):
        assert combined(some) == secret
        assert combined(some[::-1]) == secret


@given(st.binary(min_size=32, max_size=32), st.integers(2, 5), st.integers(0, 255))
def test_fewer_shares_fit_every_key_there_could_be(secret: bytes, threshold: int, byte: int) -> None:
    """With one share less, each value of the key's first byte is still possible: a last share exists for it."""
    shares = shares_of(secret, threshold, threshold)
    known, last = shares[:-1], shares[-1]
    fitting = set()
    for value in range(256):
        made_up = Share(
            threshold=threshold,
            number=last.number,
            of=last.of,
            poll_tag=last.poll_tag,
            key_tag=last.key_tag,
            place=last.place,
            part=bytes((value,)) + last.part[1:],
        )
        fitting.add(combined((*known, made_up))[0])
    assert byte in fitting
    assert len(fitting) == 256


def test_too_few_or_doubled_shares_are_not_combined() -> None:
    shares = shares_of(bytes(32), 3, 5)
    for some in (shares[:2], (), (shares[0], shares[0], shares[1])):
        with pytest.raises(ValueError, match="different shares"):
            combined(some)


@given(st.binary(min_size=32, max_size=32), NUMBERS, st.data())
def test_a_share_is_read_however_it_was_typed(secret: bytes, numbers: tuple[int, int], data: st.DataObject) -> None:
    share = data.draw(st.sampled_from(shares_of(secret, *numbers)))
    rows = printed_share(share)
    assert read_share(share_text(share)) == share
    assert read_share("\n".join(rows).lower()) == share
    assert read_share("  ".join(rows).replace("0", "o").replace("1", "l")) == share
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in share_text(share))
    assert read_share(wide) == share


@given(st.binary(min_size=32, max_size=32), st.integers(0, DIGITS - 1), st.sampled_from(CROCKFORD))
def test_every_wrong_digit_is_found_in_its_row(secret: bytes, place: int, digit: str) -> None:
    text = share_text(shares_of(secret, 2, 3)[1])
    if text[place] == digit:
        return
    with pytest.raises(MistypedShare) as refusal:
        read_share(text[:place] + digit + text[place + 1 :])
    assert (refusal.value.reason, refusal.value.row) == ("row", place // 13 + 1)


@given(st.integers(0, DIGITS - 2))
def test_two_neighbours_exchanged_are_found(place: int) -> None:
    text = share_text(shares_of(secrets.token_bytes(32), 2, 3)[0])
    wrong = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if wrong != text:
        with pytest.raises(MistypedShare):
            read_share(wrong)


def test_exchanged_rows_are_found_though_each_row_is_right() -> None:
    rows = printed_share(shares_of(secrets.token_bytes(32), 2, 3)[0])
    with pytest.raises(MistypedShare) as refusal:
        read_share("".join((rows[1], rows[0], *rows[2:])))
    assert refusal.value.reason == "sum"


@pytest.mark.parametrize(("typed", "reason"), [("", "length"), ("0" * 77, "length"), ("U" * 78, "character")])
def test_what_is_no_share_is_said(typed: str, reason: str) -> None:
    with pytest.raises(MistypedShare) as refusal:
        read_share(typed)
    assert refusal.value.reason == reason


def test_a_share_of_another_poll_or_key_is_named() -> None:
    share = shares_of(bytes(32), 2, 3)[0]
    assert require_share_of(share, POLL, PUBLIC) is share
    with pytest.raises(ShareOfAnotherPoll):
        require_share_of(share, uuid4(), PUBLIC)
    with pytest.raises(ShareOfAnotherKey):
        require_share_of(share, POLL, "5b" * 32)


def test_a_share_never_shows_itself() -> None:
    share = shares_of(bytes(range(32)), 1, 1)[0]
    assert share.part.hex() not in repr(share)
    assert repr(share.part) not in repr(share)


@pytest.mark.parametrize(("threshold", "shares"), [(0, 3), (4, 3), (2, 8)])
def test_numbers_that_do_not_fit_split_nothing(threshold: int, shares: int) -> None:
    with pytest.raises(ValueError, match="shares"):
        shares_of(bytes(32), threshold, shares)


def test_the_vector_in_the_documentation_is_right() -> None:
    told = (Path(__file__).parents[3] / "docs" / "sealing.md").read_text(encoding="utf-8")
    public_key = "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"
    share, *_ = split(
        bytes(range(32)), threshold=2, shares=3, poll=POLL, public_key=public_key, randomness=lambda n: b"\x53" * n
    )
    assert all(text in told for text in (public_key, str(POLL), share_fingerprint(share_text(share))))
    assert "\n".join(printed_share(share)) in told
