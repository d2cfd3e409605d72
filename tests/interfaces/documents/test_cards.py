"""Ballot cards on paper: what a scrutineer prints, cuts and a delegate scans or types."""

import re
from dataclasses import replace
from time import perf_counter

import pytest

from domain.polls.card import SECRET_BYTES, Secret, printed_code, read_secret, secret_from
from domain.polls.card_set import PrintAs, SetName
from domain.shared import Invalid
from interfaces.documents.cards import CARDS_A_SHEET, INKS, CardSheets, card_sheets
from tests.interfaces.documents.printed import catalogue, pages, scanned, texts, title


def secrets(count: int) -> tuple[Secret, ...]:
    """Made-up secrets that look like random ones."""
    numbers = (pow(7, 61 + n, 2**100 - 15) for n in range(count))
    return tuple(secret_from(number.to_bytes(SECRET_BYTES, "big")) for number in numbers)


BLUE = CardSheets(
    session="青城市第十六届人民代表大会第五次会议",
    poll="2026年度民生实事项目票决",
    name=SetName(colour="蓝", word="青松", number=2),
    print_as=PrintAs.ADDRESS,
    address="https://piaojue.example/",
    secrets=secrets(17),
)


def test_a_card_by_address_opens_the_ballot_page_with_the_card_after_the_hash() -> None:
    assert sorted(scanned(card_sheets(BLUE))) == sorted(
        f"https://piaojue.example/v#{secret}" for secret in BLUE.secrets
    )


def test_a_card_by_code_holds_nothing_but_the_code() -> None:
    bare = replace(BLUE, print_as=PrintAs.BARE_CODE)
    assert sorted(scanned(card_sheets(bare))) == sorted(BLUE.secrets)


def test_what_is_typed_from_a_card_is_the_card() -> None:
    printed = "".join(texts(card_sheets(BLUE)))
    typed = re.findall(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]", printed)
    assert sorted(read_secret(code) for code in typed) == sorted(BLUE.secrets)


def test_a_card_names_its_colour_in_words_and_its_set() -> None:
    first = texts(card_sheets(BLUE))[0]
    assert first.count("蓝色·青松") == first.count("第2套") == CARDS_A_SHEET


def test_only_cards_by_address_warn_that_the_scanning_app_sees_them() -> None:
    warning = "用扫码软件扫描时，该软件的提供者能看到此卡。"
    assert warning in texts(card_sheets(BLUE))[0]
    assert warning not in texts(card_sheets(replace(BLUE, print_as=PrintAs.BARE_CODE)))[0]


def test_cards_lie_in_the_order_of_their_secrets_and_not_in_the_order_they_were_made() -> None:
    assert card_sheets(BLUE) == card_sheets(replace(BLUE, secrets=BLUE.secrets[::-1]))


def test_a_card_carries_no_number_of_its_own() -> None:
    one, other = (texts(card_sheets(replace(BLUE, secrets=(secret,))))[0] for secret in BLUE.secrets[:2])
    assert one.replace(printed_code(BLUE.secrets[0]), "") == other.replace(printed_code(BLUE.secrets[1]), "")


def test_eight_cards_fill_a_page() -> None:
    assert len(pages(card_sheets(BLUE))) == 3


def test_a_spare_set_names_no_poll() -> None:
    assert "票决" not in texts(card_sheets(replace(BLUE, poll="")))[0]


@pytest.mark.parametrize(
    ("printed", "reason"),
    [((Secret("0" * 20 + "1"),), "card_code"), ((Secret("A" * 19),), "card_code"), (secrets(1) * 2, "card_twice")],
)
def test_a_card_nobody_could_use_is_not_printed(printed: tuple[Secret, ...], reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        card_sheets(replace(BLUE, secrets=printed))
    assert refusal.value.reason == reason
    assert not any(secret in str(refusal.value) for secret in printed)


@pytest.mark.parametrize("colour", INKS)
def test_white_letters_can_be_read_on_every_colour(colour: str) -> None:
    channels = [int(INKS[colour][at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_a_colour_may_be_named_with_its_word() -> None:
    assert "蓝色·青松" in texts(card_sheets(replace(BLUE, name=SetName(colour="蓝色", word="青松", number=2))))[0]


def test_a_colour_without_ink_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        card_sheets(replace(BLUE, name=SetName(colour="透明", word="青松", number=2)))
    assert refusal.value.field == "colour"


def test_names_are_never_read_as_markup() -> None:
    sly = "#panic() *粗* $x$ @ref <label> \\ `原样`"
    assert "#panic()*粗*$x$@ref<label>\\`原样`" in texts(card_sheets(replace(BLUE, session=sly)))[0]


def test_the_file_is_tagged_titled_and_in_chinese() -> None:
    pdf = card_sheets(BLUE)
    assert title(pdf) == "票卡 蓝色青松 第2套"
    assert catalogue(pdf) == (True, True)


def test_a_set_of_350_cards_takes_a_few_seconds() -> None:
    card_sheets(BLUE)
    started = perf_counter()
    card_sheets(replace(BLUE, secrets=secrets(350)))
    assert perf_counter() - started < 10
