"""Any text that people enter prints; none is taken for markup, none stops the printer."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interfaces.documents.placards import PlacardSize, placards
from interfaces.documents.typesetting import TEMPLATES
from interfaces.documents.written import chinese_ordinal, money, percent, plain, printable
from tests.interfaces.documents.printed import catalogue, scanned, texts
from tests.interfaces.documents.test_placards import SHEETS

PLACARD = SHEETS.placards[0]


@pytest.mark.parametrize(
    "name", ["😀", "ᠪᠠᠲᠤ", "\ue000", "a\x00b\x1f\x7f", "\u202eabc", "", "\n\n", "𠅤𬭚𫖯", "长" * 400]
)
def test_any_name_prints(name: str) -> None:
    for size in PlacardSize:
        pdf = placards(replace(SHEETS, placards=(replace(PLACARD, name=f"甲{name}乙"),)), size)
        assert scanned(pdf) == [PLACARD.address]
        assert catalogue(pdf) == (True, True)


@pytest.mark.parametrize(
    "name", ["𠅤𬭚𫖯㛃", "#panic()", "$x$ *b* _i_ `c` = h", "<a> @b // c /* d */", '"\\', "{{ x }}"]
)
def test_a_name_is_printed_letter_by_letter(name: str) -> None:
    pdf = placards(replace(SHEETS, placards=(replace(PLACARD, name=name),)), PlacardSize.WHOLE_PAGE)
    assert name.replace(" ", "") in texts(pdf)[0]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_text_stops_the_printer(name: str) -> None:
    printed = placards(replace(SHEETS, congress=name, placards=(replace(PLACARD, name=name),)), PlacardSize.SIX_A_PAGE)
    assert printed.startswith(b"%PDF")


def test_templates_take_no_text_as_markup() -> None:
    assert not [path.name for path in TEMPLATES.glob("*.typ") if "eval(" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (504_000_000, "5.04亿元"),
        (23_000_000, "2300万元"),
        (100_000_000, "1亿元"),
        (99_999_999, "9999.9999万元"),
        (0, "0万元"),
    ],
)
def test_money_is_written_in_the_unit_that_reads_best(yuan: int, words: str) -> None:
    assert money(Decimal(yuan)) == words


def test_numbers_in_words() -> None:
    assert [chinese_ordinal(n) for n in (1, 5, 10, 11, 16, 20, 21, 99)] == [
        "一",
        "五",
        "十",
        "十一",
        "十六",
        "二十",
        "二十一",
        "九十九",
    ]
    assert [percent(1, 3), percent(565, 615), percent(0, 0)] == ["33.33%", "91.87%", "—"]
    assert [plain(Decimal(text)) for text in ("1.50", "100", "1E+3", "0.000001")] == ["1.5", "100", "1000", "0.000001"]
    assert printable("a\x00\x0b\n\t\ud800\ufffe甲") == "a\n\t甲"
