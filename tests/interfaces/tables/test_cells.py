"""What one cell means: every form an office writes, and the reason where it means nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interfaces.tables import cells
from interfaces.tables.cells import CellRefused
from interfaces.tables.faults import Reason


def refusal(meaning: Callable[[str], object], text: str) -> Reason:
    with pytest.raises(CellRefused) as refused:
        meaning(text)
    return refused.value.reason


@pytest.mark.parametrize(
    ("text", "number"),
    [("186000", 186_000), ("１８６０００", 186_000), ("186,000", 186_000), ("2300.0", 2300), ("-5", -5), ("007", 7)],
)
def test_a_whole_number(text: str, number: int) -> None:
    assert cells.whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("两千三百", Reason.NOT_A_WHOLE_NUMBER),
        ("3.1万", Reason.NUMBER_WITH_UNIT),
        ("2300户", Reason.NUMBER_WITH_UNIT),
        ("12.5", Reason.NOT_A_WHOLE_NUMBER),
        ("1e400", Reason.NOT_A_WHOLE_NUMBER),
        ("1,00", Reason.NOT_A_WHOLE_NUMBER),
        ("10²", Reason.NUMBER_WITH_UNIT),
        ("٣", Reason.NOT_A_WHOLE_NUMBER),
        ("inf", Reason.NOT_A_WHOLE_NUMBER),
        ("nan", Reason.NOT_A_WHOLE_NUMBER),
        ("1" * 16, Reason.NUMBER_TOO_LARGE),
        ("0" * 5_000, Reason.NUMBER_TOO_LARGE),
    ],
)
def test_what_is_no_whole_number(text: str, reason: Reason) -> None:
    assert refusal(cells.whole_number, text) is reason


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("50400", "504000000"), ("2300.5", "23005000"), ("0.000001", "0.01"), ("１２，４００", "124000000")],
)
def test_ten_thousands_of_yuan_become_exact_yuan(text: str, yuan: str) -> None:
    assert cells.ten_thousand_yuan(text) == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5.6亿", Reason.NUMBER_WITH_UNIT),
        ("约2300", Reason.NOT_A_NUMBER),
        ("0.0000001", Reason.TOO_MANY_DECIMALS),
        ("1e400", Reason.NOT_A_NUMBER),
        ("1.2.3", Reason.NOT_A_NUMBER),
        ("--5", Reason.NOT_A_NUMBER),
        ("100000000000", Reason.NUMBER_TOO_LARGE),
    ],
)
def test_what_is_no_amount(text: str, reason: Reason) -> None:
    assert refusal(cells.ten_thousand_yuan, text) is reason


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-15",
        "2026/3/15",
        "2026.3.15",
        "2026年3月15日",
        "2026 年 3 月 15 日",
        "20260315",
        "２０２６-０３-１５",
        "2026-03-15 00:00",
        "2026/3/15 0:00:00",
    ],
)
def test_a_date_in_the_forms_offices_write(text: str) -> None:
    assert cells.day(text) == date(2026, 3, 15)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-3", "3月15日", "46096", "15/3/2026", "0001-01-01", "2026-03-15 08:30", "明年", "9999-1-1"],
)
def test_what_is_no_date(text: str) -> None:
    assert refusal(cells.day, text) is Reason.NOT_A_DATE


@pytest.mark.parametrize(
    ("text", "said"), [("是", True), ("否", False), ("√", True), ("×", False), ("Ｙ", True), ("0", False)]
)
def test_yes_and_no(text: str, *, said: bool) -> None:
    assert cells.yes_or_no(text) is said


@pytest.mark.parametrize("text", ["maybe", "可能", "2", "是否"])
def test_neither_yes_nor_no(text: str) -> None:
    assert refusal(cells.yes_or_no, text) is Reason.NOT_YES_OR_NO


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("杜静浩", "杜静浩"),
        ("张 三", "张三"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("阿卜杜拉·艾合买提·库尔班", "阿卜杜拉·艾合买提·库尔班"),
        ("𠅤𬭚𫖯", "𠅤𬭚𫖯"),
        ("Ann-Marie O'Neil", "Ann-Marie O'Neil"),
        ("ᠪᠠᠲᠤ", "ᠪᠠᠲᠤ"),
    ],
)
def test_a_name(text: str, name: str) -> None:
    assert cells.person(text) == name


@pytest.mark.parametrize("text", ["张?", "123", "=张三", "@sum(a1)", "+86", "张三<script>", "张\n三", "·张", "长" * 41])
def test_what_is_no_name(text: str) -> None:
    assert refusal(cells.person, text) is Reason.NOT_A_NAME


@pytest.mark.parametrize(("text", "number"), [("0001", "0001"), ("００１２", "0012"), ("A-17", "A-17")])
def test_a_certificate_number_keeps_its_zeros(text: str, number: str) -> None:
    assert cells.certificate_number(text) == number


@pytest.mark.parametrize("text", ["00 01", "一号", "1" * 21, "0001?", "+1"])
def test_what_is_no_certificate_number(text: str) -> None:
    assert refusal(cells.certificate_number, text) is Reason.NOT_A_CERTIFICATE_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "本级财政60%;上级专项40%",
        "本级财政 60％；上级专项 40％",
        "本级财政:60%、上级专项=40%",
        "本级财政60%,上级专项40%;",
    ],
)
def test_fund_sources(text: str) -> None:
    assert [(s.name, s.percent) for s in cells.fund_sources(text)] == [
        ("本级财政", Decimal(60)),
        ("上级专项", Decimal(40)),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("本级财政60%;上级专项", "上级专项"),
        ("本级财政600万元", "本级财政600万元"),
        ("60%", "60%"),
        ("2025年结转", "2025年结转"),
    ],
)
def test_fund_sources_name_the_part_that_cannot_be_read(text: str, part: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.fund_sources(text)
    assert (refused.value.reason, refused.value.value) == (Reason.NOT_A_SOURCE, part)


def test_targets() -> None:
    read = cells.targets("雨水管网=42公里；易涝点：23 处;烟感=30000只\n设备=26台(套);覆盖率=99.5%")
    assert [(t.name, t.amount, t.unit) for t in read] == [
        ("雨水管网", Decimal(42), "公里"),
        ("易涝点", Decimal(23), "处"),
        ("烟感", Decimal(30000), "只"),
        ("设备", Decimal(26), "台(套)"),
        ("覆盖率", Decimal("99.5"), "%"),
    ]


@pytest.mark.parametrize("text", ["雨水管网42公里", "泵站=三座", "泵站=3", "=3座", "泵站=3座;若干"])
def test_what_is_no_target(text: str) -> None:
    assert refusal(cells.targets, text) is Reason.NOT_A_TARGET


def test_names_come_each_once() -> None:
    assert cells.names("公安局;自然资源局、水务局，公安局；\n民政局") == ("公安局", "自然资源局", "水务局", "民政局")


READERS: tuple[Callable[[str], object], ...] = (
    cells.whole_number,
    cells.ten_thousand_yuan,
    cells.degrees,
    cells.day,
    cells.yes_or_no,
    cells.gender,
    cells.certificate_number,
    cells.person,
    cells.delegation,
    cells.fund_sources,
    cells.targets,
    cells.names,
)


@pytest.mark.parametrize("meaning", READERS)
@settings(deadline=None)
@given(
    text=st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("0123456789０１.,-/年月日=:;%公里万亿")), min_size=1
    )
)
def test_any_text_means_something_or_is_refused(meaning: Callable[[str], object], text: str) -> None:
    try:
        meaning(text)
    except CellRefused as refused:
        reason = refused.reason
        assert isinstance(reason, Reason)
