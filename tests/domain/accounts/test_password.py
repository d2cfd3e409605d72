"""Passwords."""

import pytest

from domain.accounts.password import check_password
from domain.shared import Invalid


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("seven77", "password_short"),
        ("x" * 129, "password_long"),
        ("12345678", "password_common"),
        ("87654321", "password_common"),
        ("abcdefgh", "password_common"),
        ("88888888", "password_common"),
        ("12121212", "password_common"),
        ("Password", "password_common"),
        ("wangmin-2026", "password_common"),
    ],
)
def test_a_password_is_not_among_the_first_to_be_guessed(password: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_password(password, "wangmin-2026")
    assert refused.value.reason == reason


@pytest.mark.parametrize("password", ["three short words", "修路 看病 上学 养老", "Qc-016-xY"])
def test_a_password_may_be_words_of_any_language(password: str) -> None:
    check_password(password, "qc-016")
