"""Activation slips: by delegation, one strip a delegate."""

from dataclasses import replace
from datetime import date

from interfaces.documents.slips import Slip, SlipBook, activation_slips
from tests.interfaces.documents.printed import catalogue, scanned, texts


def slips(delegation: str, count: int, start: int) -> tuple[Slip, ...]:
    return tuple(
        Slip(
            login=f"{start + n:04}",
            name=f"代表{start + n}",
            delegation=delegation,
            address=f"https://piaojue.example/a/slip{start + n}",
            typed=f"TYPED-{start + n}",
        )
        for n in range(count)
    )


BOOK = SlipBook(
    congress="青城市人民代表大会",
    printed_on=date(2026, 1, 20),
    valid_until=date(2026, 2, 1),
    sign_in="piaojue.example/a",
    office_phone="0471-1234567",
    slips=slips("东河区代表团", 12, 1) + slips("西河镇代表团", 3, 13),
)


def test_every_slip_opens_its_own_address() -> None:
    assert sorted(scanned(activation_slips(BOOK))) == sorted(slip.address for slip in BOOK.slips)


def test_a_delegation_begins_a_page_that_names_it() -> None:
    first, second, third = texts(activation_slips(BOOK))
    assert first.startswith("东河区代表团")
    assert "共12人" in first
    assert "1/2" in first
    assert "2/2" in second
    assert "西河镇代表团" in third
    assert "代表13" not in first + second


def test_slips_that_come_mixed_are_sorted_into_their_delegations() -> None:
    mixed = replace(BOOK, slips=(BOOK.slips[0], *BOOK.slips[12:], *BOOK.slips[1:12]))
    assert activation_slips(mixed) == activation_slips(BOOK)


def test_a_slip_names_the_delegate_the_login_and_what_to_type() -> None:
    first = texts(activation_slips(BOOK))[0]
    for shown in ("代表7", "0007", "TYPED-7", "piaojue.example/a", "2026年2月1日前有效", "0471-1234567"):
        assert shown in first


def test_a_slip_without_typed_code_or_end_says_nothing_of_them() -> None:
    plain = replace(BOOK, valid_until=None, office_phone="", slips=(replace(BOOK.slips[0], typed=""),))
    page = texts(activation_slips(plain))[0]
    assert "不能扫码" not in page
    assert "前有效" not in page
    assert "问询" not in page


def test_the_file_is_tagged_and_in_chinese() -> None:
    assert catalogue(activation_slips(BOOK)) == (True, True)
