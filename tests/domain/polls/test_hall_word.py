"""The hall word: six digits for who sits in the hall."""

import pytest

from domain.polls.hall_word import HallWordNeeded, HallWordWrong, hall_word, require_word


def test_a_word_is_six_digits_whatever_the_randomness() -> None:
    assert hall_word(bytes(16)) == "000000"
    assert hall_word((42).to_bytes(16, "big")) == "000042"
    assert len(hall_word(b"\xff" * 16)) == 6
    with pytest.raises(ValueError, match="16 random bytes"):
        hall_word(b"short")


@pytest.mark.parametrize("given", ["031415", "031 415", " 031-415 "])
def test_the_word_may_be_typed_in_groups(given: str) -> None:
    require_word("031415", given)


def test_a_missing_and_a_wrong_word_are_told_apart() -> None:
    for nothing in ("", " ", "word"):
        with pytest.raises(HallWordNeeded):
            require_word("031415", nothing)
    for wrong in ("031416", "31415", "0314155"):
        with pytest.raises(HallWordWrong):
            require_word("031415", wrong)
