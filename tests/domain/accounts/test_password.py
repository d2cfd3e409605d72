"""Passwords: length, and what is tried first."""

import pytest

from domain.accounts.password import USUAL, PasswordRules, check_password, folded_password
from domain.shared import Invalid

NEAR = ("lihong", "李红", "qc-016", "qingcheng", "青城市人民代表大会")


def reason(password: str, rules: PasswordRules = USUAL) -> str:
    with pytest.raises(Invalid) as refused:
        check_password(password, rules, NEAR)
    assert refused.value.field == "password"
    return refused.value.reason


def test_a_password_has_ten_characters_and_at_most_128() -> None:
    assert reason("nine 9 99") == "password_short"
    assert reason("xy" * 65) == "password_long"
    check_password("ten kettle", USUAL, NEAR)
    check_password("修路要快看病要近上学要便", USUAL, NEAR)


def test_how_long_it_must_be_is_a_rule_of_the_installation() -> None:
    fifteen = PasswordRules(shortest=15)
    with pytest.raises(Invalid) as refused:
        check_password("three short wo", fifteen, NEAR)
    assert refused.value.value == "15"
    check_password("three short words", fifteen, NEAR)


@pytest.mark.parametrize(
    "password",
    [
        "three short words",
        "修路 看病 上学 养老",
        "correct horse battery staple",
        "minsheng-shishi-2026",
        "password number 7",
        "tram9 violin",
        "aaaa bbbb tram",
        "lihong likes the tram",
    ],
)
def test_words_are_enough_whatever_their_script_and_no_kind_of_character_is_demanded(password: str) -> None:
    check_password(password, USUAL, NEAR)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "P@ssw0rd2026",
        "Welcome-2026!",
        "qwertyuiop",
        "1qaz2wsx3edc",
        "1234567890",
        "0987654321",
        "abcdefghij",
        "8888888888",
        "1212121212",
        "admin@123456",
    ],
)
def test_what_the_whole_world_tries_first_is_refused(password: str) -> None:
    assert reason(password) == "password_common"


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314520",
        "woaini5201314",
        "zhangwei19900101",
        "Zhang.Wei.0101",
        "zhongguo2026",
        "renmindaibiao",
        "wodemima888",
        "1990.0101.1990",
        "13912345678",
        "150102199003074516",
        "15010219900307451X",
        "huhehaote@0471",
        "我爱中国 2026 666",
    ],
)
def test_what_is_tried_first_here_is_refused_pinyin_with_birthdays_telephones_and_personal_numbers(
    password: str,
) -> None:
    assert reason(password) == "password_common"


@pytest.mark.parametrize(
    "password",
    ["lihong-qc016", "QC-016-2026", "qingcheng.lihong", "青城市人民代表大会", "李红李红李红20", "qc-016@qingcheng"],
)
def test_the_name_of_the_person_or_the_congress_with_a_number_is_refused(password: str) -> None:
    assert reason(password) in {"password_near", "password_common", "password_short"}


def test_an_installation_may_refuse_a_list_of_its_own_whatever_its_case() -> None:
    rules = PasswordRules(leaked=frozenset({folded_password("Violin Tram Seventeen")}))
    assert reason("violin tram SEVENTEEN", rules) == "password_common"


def test_the_longest_password_is_judged_at_once() -> None:
    check_password("aixzo9" * 21, USUAL, NEAR)
