"""Entering papers in a browser: sums while typing, Enter goes on, one paper after the other by keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support.browser import DESKTOP, PHONE, faults, sideways
from tests.support.papers import mixed_hall, returned
from tests.support.polls import Hall

Window = Callable[..., Page]


@pytest.fixture
def hall(house: House) -> Hall:
    """Closed: twelve papers to be counted."""
    made = mixed_hall(house.office, house.box, house.private)
    made.close()
    returned(made, 12)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def entry(window: Window, hall: Hall, size: dict[str, int] = DESKTOP) -> Page:
    page = window(size, Role.STAFF, hall.congress)
    page.goto(f"/staff/jz/polls/{hall.poll}/papers/1/1")
    return page


def test_rule_11_a_sum_says_at_once_what_is_short(window: Window, hall: Hall) -> None:
    page = entry(window, hall)
    page.locator("[name='r1.1']").fill("10")
    says = page.locator("tr:has([name='r1.1']) .says")
    expect(says).to_have_text("少 2")
    page.locator("[name='r1.2']").fill("3")
    expect(says).to_have_text("多 1")
    page.locator("#f-void").fill("0")
    page.locator("[name='r1.2']").fill("2")
    expect(says).to_have_text("相符")
    page.locator("#f-void").fill("1")
    expect(says).to_have_text("多 1")


def test_enter_goes_on_to_the_next_field_and_sends_nothing(window: Window, hall: Hall) -> None:
    page = entry(window, hall)
    page.locator("#f-void").press("Enter")
    expect(page.locator("[name='r1.1']")).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name='r2.1']")).to_be_focused()
    assert page.url.endswith("/papers/1/1")


def test_papers_typed_one_by_one_add_up_in_the_page(window: Window, hall: Hall) -> None:
    page = entry(window, hall)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("details.one-by-one summary").click()
    sheet = page.locator(".sheet")
    sheet.focus()
    for number in range(1, 13):
        expect(sheet.locator(".current")).to_contain_text(f"第 {number} 张")
        if number == 12:
            page.keyboard.press("v")
        else:
            for key in ("1", "2", "3", "0", "?", "1"):
                page.keyboard.press(key)
        page.keyboard.press("Enter")
    assert not [url for url in sent if "/static/" not in url]
    expect(page.locator("[name='r1.1']")).to_have_value("11")
    expect(page.locator("[name='r5.u']")).to_have_value("11")
    expect(page.locator("#f-void")).to_have_value("1")
    expect(page.locator(".says").first).to_have_text("相符")
    page.get_by_role("button", name="录入", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("已录入。")


def test_a_key_pressed_by_mistake_is_taken_back(window: Window, hall: Hall) -> None:
    page = entry(window, hall)
    page.locator("details.one-by-one summary").click()
    page.locator(".sheet").focus()
    for key in ("1", "1", "Backspace", "2", "2", "2", "2", "2"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("[name='r1.1']")).to_have_value("1")
    expect(page.locator("[name='r2.1']")).to_have_value("")
    expect(page.locator("[name='r2.2']")).to_have_value("1")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_papers_have_no_fault(window: Window, hall: Hall, size: dict[str, int]) -> None:
    page = entry(window, hall, size)
    for path in ("papers/1/1", "papers", "papers/doubtful", "papers/1/1/scan", ""):
        page.goto(f"/staff/jz/polls/{hall.poll}/{path}".rstrip("/"))
        assert faults(page) == []
        assert sideways(page) == []
