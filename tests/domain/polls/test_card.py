import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.polls.card import (
    SECRET_BYTES,
    MistypedCode,
    Secret,
    card_id,
    check_digit,
    printed_code,
    read_secret,
    secret_from,
)
from domain.shared import CROCKFORD

secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES).map(secret_from)
places = st.integers(min_value=0, max_value=20)


def changed(secret: Secret, place: int, digit: str) -> str:
    return secret[:place] + digit + secret[place + 1 :]


@given(secrets)
def test_a_secret_is_printed_in_five_groups_of_four_and_a_check_digit(secret: Secret) -> None:
    groups = printed_code(secret).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4, 4, 1]
    assert set("".join(groups)) <= set(CROCKFORD)


@given(st.integers(min_value=0, max_value=2**100 - 1))
def test_every_one_of_the_hundred_random_bits_is_in_the_secret(bits: int) -> None:
    secret = secret_from(bits.to_bytes(SECRET_BYTES, "big"))
    assert sum(CROCKFORD.index(digit) << 5 * place for place, digit in enumerate(reversed(secret[:-1]))) == bits


@given(secrets)
def test_what_is_printed_is_read_back(secret: Secret) -> None:
    assert read_secret(printed_code(secret)) == secret


@given(secrets)
def test_case_spaces_confusable_letters_and_full_width_are_forgiven(secret: Secret) -> None:
    typed = printed_code(secret).lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert read_secret(typed) == secret
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in secret.replace("1", "I"))
    assert read_secret(full_width) == secret


@given(secrets, places, st.sampled_from(CROCKFORD))
def test_every_single_wrong_digit_is_noticed(secret: Secret, place: int, digit: str) -> None:
    if digit == secret[place]:
        return
    with pytest.raises(MistypedCode) as refusal:
        read_secret(changed(secret, place, digit))
    assert refusal.value.reason == "check"


@given(secrets, st.integers(min_value=0, max_value=19))
def test_every_exchange_of_two_neighbours_is_noticed(secret: Secret, place: int) -> None:
    swapped = secret[:place] + secret[place + 1] + secret[place] + secret[place + 2 :]
    if swapped == secret:
        return
    with pytest.raises(MistypedCode):
        read_secret(swapped)


def test_the_check_notices_every_single_error_and_exchange_at_every_place() -> None:
    """Not by luck of the examples: the check is linear, so differences of one and two places are all cases."""
    for place in range(20):
        for digit in CROCKFORD[1:]:
            one = "0" * place + digit + "0" * (19 - place)
            assert check_digit(one) != "0"
            if place:
                two = "0" * (place - 1) + digit + digit + "0" * (19 - place)
                assert check_digit(two) != "0"
    # the last digit exchanged with the check digit itself
    for last in CROCKFORD[1:]:
        assert check_digit("0" * 19 + last) != last


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "length"),
        ("ABCD-EFGH", "length"),
        ("0000-0000-0000-0000-0000-00", "length"),
        ("UUUU-0000-0000-0000-0000-0", "character"),
        ("票决票决-0000-0000-0000-0000-0", "character"),
        ("1000-0000-0000-0000-0000-0", "check"),
    ],
)
def test_a_mistyped_code_says_what_is_wrong(typed: str, reason: str) -> None:
    with pytest.raises(MistypedCode) as refusal:
        read_secret(typed)
    assert refusal.value.reason == reason


def test_a_secret_needs_exactly_its_random_bytes() -> None:
    with pytest.raises(ValueError, match="13"):
        secret_from(os.urandom(12))


@given(secrets)
def test_a_card_id_is_the_hash_of_the_secret_alone_with_its_own_prefix(secret: Secret) -> None:
    assert card_id(secret) == hashlib.sha256(b"piaojue/card/1\x00" + secret[:20].encode()).hexdigest()
    assert secret[:20] not in card_id(secret)
