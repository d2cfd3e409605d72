"""The doors of a session in a real browser: scanner and keyboard, a phone's camera, numbers that move by themselves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from application.check_in import check_in_code
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.browser import DESKTOP, PHONE, faults, sideways, small_targets
from tests.support.polls import Hall

Window = Callable[..., Page]


@pytest.fixture
def hall(house: House) -> Hall:
    """A session with twelve delegates and cards to be drawn."""
    made = polls.prepared(house.office, house.box)
    made.release()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def code(hall: Hall, place: int) -> str:
    return check_in_code(hall.session, hall.delegates[place].delegate)


def arrived(page: Page, name: str) -> None:
    """The next page names this delegate, and its script listens."""
    page.get_by_role("heading", name=name, exact=True).wait_for()
    page.wait_for_load_state()


def test_a_scanner_types_on_wherever_the_focus_went(hall: Hall, window: Window) -> None:
    page = window(DESKTOP, Role.VENUE, hall.congress)
    page.goto(f"/staff/jz/sessions/{hall.session}/check-in")
    for place in (0, 1):
        page.keyboard.type(f"https://rd.example.cn/staff/jz/check-in/17-4/{code(hall, place)}")
        page.keyboard.press("Enter")
        arrived(page, f"代表{place + 1}")
    page.locator(".count").click()
    assert page.evaluate("document.activeElement.id") != "f-q"
    page.keyboard.type("0003")
    page.keyboard.press("Enter")
    arrived(page, "代表3")
    page.get_by_text("撤销签到…").focus()
    page.keyboard.type("0004")
    page.keyboard.press("Enter")
    arrived(page, "代表4")
    expect(page.locator("#f-q")).to_be_focused()
    expect(page.locator("#f-q")).to_have_value("")


def test_what_was_scanned_is_forgotten_only_on_a_page_that_is_shown_again(hall: Hall, window: Window) -> None:
    page = window(DESKTOP, Role.VENUE, hall.congress)
    page.goto(f"/staff/jz/sessions/{hall.session}/check-in")
    page.keyboard.type("0003")
    for shown_again, left in (("false", "0003"), ("true", "")):
        page.evaluate(f"dispatchEvent(new PageTransitionEvent('pageshow', {{persisted: {shown_again}}}))")
        expect(page.locator("#f-q")).to_have_value(left)


def test_numbers_of_the_day_move_without_a_reload(hall: Hall, house: House, window: Window) -> None:
    hub = window(DESKTOP, Role.STAFF, hall.congress)
    hub.goto(f"/staff/jz/sessions/{hall.session}")
    desk = window(PHONE, Role.VENUE, hall.congress, name="李会务")
    desk.goto(f"/staff/jz/sessions/{hall.session}/check-in")
    assert hub.locator(".rail .figure").nth(1).inner_text() == "0"
    hall.check_in(0)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    hub.locator(".rail .figure", has_text="1").first.wait_for(timeout=60_000)
    hub.locator("tbody tr", has_text="城西代表团").get_by_text("5", exact=True).wait_for(timeout=60_000)
    desk.locator(".count b", has_text="1").wait_for(timeout=60_000)


def test_a_phone_scans_checks_in_and_hands_out_a_card(hall: Hall, window: Window) -> None:
    page = window(PHONE, Role.VENUE, hall.congress)
    page.goto(f"/staff/jz/check-in/17-4/{code(hall, 5)}")
    assert page.locator(".arrived").is_visible()
    page.locator(".arrived").get_by_role("button", name="签到", exact=True).click()
    page.get_by_text("✓ 已签到").wait_for()
    page.get_by_role("button", name="领票", exact=True).click()
    page.get_by_text("已领票").wait_for()
    page.get_by_text("撤销领票…").click()
    page.get_by_role("button", name="确认撤销领票").click()
    page.get_by_text("撤销签到…").click()
    page.get_by_role("button", name="确认撤销代表6的签到").click()
    page.get_by_text("还没有签到").wait_for()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_the_day_have_no_faults_on_any_screen(
    hall: Hall, house: House, window: Window, size: dict[str, int]
) -> None:
    hall.check_in(0)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    page = window(size, Role.STAFF, hall.congress)
    root = f"/staff/jz/sessions/{hall.session}"
    paths = ["", "/attendance?show=all", "/check-in", f"/check-in?delegate={hall.delegates[0].delegate}", "/edit"]
    for path in [f"{root}{path}" for path in paths] + [
        "/staff/jz/sessions",
        "/staff/jz/sessions/new",
        "/staff/jz/delegates",
        "/staff/jz/delegates/new",
        "/staff/jz/delegates/import",
        "/staff/jz/units",
        "/staff/congresses",
    ]:
        page.goto(path)
        found = [*faults(page), *sideways(page), *(small_targets(page) if size == PHONE else [])]
        assert found == [], path
