"""How values are printed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from interfaces.web._base import language, shown


@pytest.mark.parametrize(
    ("yuan", "chinese", "english"),
    [
        ("504000000", "5.04 亿元", "504 million yuan"),
        ("100000000", "1 亿元", "100 million yuan"),
        ("23000000", "2,300 万元", "23,000 thousand yuan"),
        ("23450000.5", "2,345 万元", "23,450 thousand yuan"),
        ("8500", "8,500 元", "8,500 yuan"),
        ("0", "0 元", "0 yuan"),
    ],
)
def test_money_is_shown_in_wan_and_yi(yuan: str, chinese: str, english: str) -> None:
    assert shown.money(Decimal(yuan)) == chinese
    with language.speaking("en"):
        assert shown.money(Decimal(yuan)) == english


def test_money_for_a_field_is_bare_wan() -> None:
    assert shown.wan(Decimal(23005000)) == "2300.5"
    assert shown.wan(None) == ""
    assert shown.money(None) == "–"


def test_days_and_moments_are_those_of_china() -> None:
    assert shown.day(date(2026, 1, 24)) == "2026年1月24日"
    assert shown.moment(datetime(2026, 1, 23, 17, 5, tzinfo=UTC)) == "2026年1月24日 01:05"
    assert shown.day(None) == shown.moment(None) == "–"
    with language.speaking("en"):
        assert shown.day(date(2026, 1, 24)) == "24 January 2026"


def test_printed_figures_round_half_up() -> None:
    assert shown.percent(Decimal("96.425")) == "96.43%"
    assert shown.percent(Fraction(1, 8) * 100, 0) == "13%"
    assert shown.number(Decimal("1234.50")) == "1,234.5"
    assert shown.number(12345) == "12,345"
