"""What people type, and how it comes back to them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from starlette.datastructures import FormData
from starlette.requests import Request

from domain.shared import CHINA, Missing
from interfaces.web._base.forms import Sheet, Typed, WrongFields, errors_of, refilled


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def typed(**fields: str) -> Typed:
    return Typed(FormData([("command_key", "k"), *fields.items()]))


def request() -> Request:
    return Request({"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b""})


def test_fields_are_read_as_what_they_mean() -> None:
    form = typed(
        name=" 老旧小区\r\n改造 ",
        on="2026-01-24",
        at="2026-01-24T09:30",
        wan="2,300.5",
        n="12",
        c="blue",
        i=str(UUID(int=7)),
    )
    assert form.text("name") == "老旧小区\n改造"
    assert form.date("on") == date(2026, 1, 24)
    assert form.moment("at") == datetime(2026, 1, 24, 9, 30, tzinfo=CHINA)
    assert form.money_in_wan("wan") == Decimal(23_005_000)
    assert form.integer("n") == 12
    assert form.choice("c", Colour) is Colour.BLUE
    assert form.id("i") == UUID(int=7)
    form.settle()


def test_all_wrong_fields_are_refused_together() -> None:
    form = typed(on="24.1.", wan="viel", n="", c="green")
    form.date("on")
    form.money_in_wan("wan")
    form.integer("n")
    form.choice("c", Colour)
    with pytest.raises(WrongFields) as refused:
        form.settle()
    assert errors_of(refused.value) == {
        "on": "请填写日期，例如 2026-01-24。",
        "wan": "请填写金额，例如 2300 或 2300.5。",
        "n": "请填写。",
        "c": "请从列出的选项中选择。",
    }


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999999999", "1_0", "100000000000", "-999999999999999999"])
def test_an_amount_is_an_ordinary_number(text: str) -> None:
    form = typed(wan=text)
    form.money_in_wan("wan")
    with pytest.raises(WrongFields):
        form.settle()


def test_a_full_width_comma_separates_thousands_too() -> None:
    assert typed(wan="2，300").money_in_wan("wan") == Decimal(23_000_000)


def test_a_refused_form_keeps_what_was_typed() -> None:
    sheet = refilled(request(), typed(name="甲", box="yes"), Missing(fields=("title",)))
    assert sheet.value("name", "乙") == "甲"
    assert sheet.value("title", "as known") == ""
    assert sheet.all_values("box") == ["yes"]
    assert sheet.errors == {"title": "请填写。"}


def test_a_blank_form_shows_what_is_known() -> None:
    sheet = Sheet(request=request(), values={"colour": Colour.RED, "several": ("a", "b"), "none": None})
    assert sheet.value("colour") == "red"
    assert sheet.value("none") == ""
    assert sheet.value("other", 5) == "5"
    assert sheet.all_values("several") == ["a", "b"]


def test_each_form_on_a_page_has_a_key_of_its_own() -> None:
    sheet = Sheet(request=request())
    assert sheet.new_key() != sheet.new_key()
