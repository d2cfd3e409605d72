"""Ballot cards on paper: what a scrutineer prints, cuts and a delegate scans or types."""

import re
from dataclasses import replace
from time import perf_counter

import pytest

from domain.shared import Invalid, code_from, normal_code
from interfaces.documents.cards import CardPrinting, CardSet, card_sheets, grouped
from tests.interfaces.documents.printed import catalogue, pages, scanned, texts, title


def codes(count: int) -> tuple[str, ...]:
    """Made-up secrets that look like random ones."""
    return tuple(code_from(pow(7, 61 + n, 2**100 - 15), 20) for n in range(count))


BLUE = CardSet(
    congress="青城市人民代表大会",
    session="青城市第十六届人民代表大会第五次会议",
    poll="2026年度民生实事项目票决",
    number=2,
    colour="蓝",
    ink="#1f5fa8",
    printing=CardPrinting.ADDRESS,
    address="https://piaojue.example/",
    codes=codes(17),
)


def test_a_card_by_address_opens_the_ballot_page_with_the_card_after_the_hash() -> None:
    assert sorted(scanned(card_sheets(BLUE))) == sorted(f"https://piaojue.example/v#{code}" for code in BLUE.codes)


def test_a_card_by_code_holds_nothing_but_the_code() -> None:
    bare = replace(BLUE, printing=CardPrinting.CODE)
    assert sorted(scanned(card_sheets(bare))) == sorted(BLUE.codes)


def test_what_is_typed_from_a_card_is_the_card() -> None:
    printed = "".join(texts(card_sheets(BLUE)))
    typed = re.findall(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z*~$=]", printed)
    assert sorted(normal_code(code) for code in typed) == sorted(BLUE.codes)


def test_a_card_names_its_colour_in_words_and_its_set() -> None:
    first = texts(card_sheets(BLUE))[0]
    assert first.count("蓝色票卡") == first.count("第2套") == 8


def test_only_cards_by_address_warn_that_the_scanning_app_sees_them() -> None:
    warning = "用扫码软件扫描时，该软件的提供者能看到此卡。"
    assert warning in texts(card_sheets(BLUE))[0]
    assert warning not in texts(card_sheets(replace(BLUE, printing=CardPrinting.CODE)))[0]


def test_cards_lie_in_the_order_of_their_secrets_and_not_in_the_order_they_were_made() -> None:
    assert card_sheets(BLUE) == card_sheets(replace(BLUE, codes=BLUE.codes[::-1]))


def test_a_card_carries_no_number_of_its_own() -> None:
    one, other = (texts(card_sheets(replace(BLUE, codes=(code,))))[0] for code in BLUE.codes[:2])
    secrets = ["-".join(grouped(code)) for code in BLUE.codes[:2]]
    assert one.replace(secrets[0], "") == other.replace(secrets[1], "")


def test_eight_cards_fill_a_page() -> None:
    assert len(pages(card_sheets(BLUE))) == 3


def test_a_spare_set_names_no_poll() -> None:
    assert "票决" not in texts(card_sheets(replace(BLUE, poll="")))[0]


@pytest.mark.parametrize(
    ("printed", "reason"),
    [(("0" * 21 + "1",), "card_code"), (("A" * 20 + "0",), "card_code"), (codes(1) * 2, "card_twice")],
)
def test_a_card_nobody_could_use_is_not_printed(printed: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        card_sheets(replace(BLUE, codes=printed))
    assert refusal.value.reason == reason
    assert not any(code in str(refusal.value) for code in printed)


def test_names_are_never_read_as_markup() -> None:
    sly = "#panic() *粗* $x$ @ref <label> \\ `原样`"
    assert "#panic()*粗*$x$@ref<label>\\`原样`" in texts(card_sheets(replace(BLUE, session=sly)))[0]


def test_the_file_is_tagged_titled_and_in_chinese() -> None:
    pdf = card_sheets(BLUE)
    assert title(pdf) == "青城市人民代表大会 票卡 第2套（蓝）"
    assert catalogue(pdf) == (True, True)


def test_a_set_of_350_cards_takes_a_few_seconds() -> None:
    card_sheets(BLUE)
    started = perf_counter()
    card_sheets(replace(BLUE, codes=codes(350)))
    assert perf_counter() - started < 10
