"""The pages about accounts, and the layouts under all pages, as people see and touch them."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from application.account_slips import issue_delegate_slips
from application.signing_in import create_administrator
from domain.accounts.permissions import Role
from tests.support.bodies import Body, found
from tests.support.browser import DESKTOP, PHONE, LiveSite, faults, sideways, small_targets
from tests.support.stores import by, granted

PASSWORD = "three short words"
Window = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def qingcheng(live: LiveSite) -> Body:
    return found(live.house, "qc", "青城市人民代表大会")


def slip_of(live: LiveSite, congress: UUID, delegate: UUID) -> str:
    staff = by(granted(Role.STAFF, congress))
    _, printed = issue_delegate_slips(
        live.house.office, live.house.private, staff, congress, live.house.slips_last, delegate=delegate
    )
    return printed[0].secret


def looks_right(page: Page) -> None:
    assert faults(page) == []
    assert sideways(page) == []
    if page.viewport_size == PHONE:
        assert small_targets(page) == []


@SIZES
def test_pages_for_the_administrator_look_right(size: dict[str, int], window: Window, qingcheng: Body) -> None:
    page = window(size, Role.ADMINISTRATOR)
    for path in (
        "/staff/qc/accounts",
        "/staff/qc/accounts/new",
        "/staff/qc/delegates/slips",
        "/staff/qc/delegates/slips?delegation=第一代表团",
        "/staff/qc/audit",
        "/staff/accounts",
        "/account",
    ):
        page.goto(path)
        looks_right(page)
    page.get_by_role("heading", level=1).wait_for()
    page.locator("header summary").last.click()
    looks_right(page)


@SIZES
def test_pages_for_strangers_look_right(size: dict[str, int], window: Window, live: LiveSite, qingcheng: Body) -> None:
    page = window(size)
    secret = slip_of(live, qingcheng.id, qingcheng.delegates["欧阳海燕"])
    for path in ("/sign-in", "/a", f"/a/{secret}", "/nowhere", f"/a/{secret}?view=large", "/sign-in?lang=en"):
        page.goto(path)
        looks_right(page)


@SIZES
def test_a_refused_form_looks_right_and_leads_to_its_fields(
    size: dict[str, int], window: Window, qingcheng: Body
) -> None:
    page = window(size, Role.ADMINISTRATOR)
    page.goto("/staff/qc/accounts/new")
    page.get_by_role("button", name="开设并生成启用条").click()
    looks_right(page)
    page.get_by_role("link", name="登录名：请填写。").click()
    page.keyboard.type("lihong")
    expect(page.get_by_label("登录名")).to_have_value("lihong")


def test_somebody_signs_in_by_keyboard_alone(window: Window, live: LiveSite) -> None:
    create_administrator(live.house.office, live.house.private, "k", login="wangmin", name="王敏", password=PASSWORD)
    page = window()
    page.goto("/sign-in")
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type("wangmin")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("header")).to_contain_text("王敏")


def test_a_delegate_begins_on_the_phone(window: Window, live: LiveSite, qingcheng: Body) -> None:
    secret = slip_of(live, qingcheng.id, qingcheng.delegates["欧阳海燕"])
    page = window(PHONE)
    page.goto(f"/a/{secret}")
    expect(page.get_by_role("heading", level=1)).to_have_text("欧阳海燕，您好")
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    page.get_by_role("button", name="设置密码并登录").click()
    expect(page).to_have_url("/delegate/qc")


def test_the_person_who_works_for_several_congresses_switches_between_them(
    window: Window, live: LiveSite, qingcheng: Body
) -> None:
    found(live.house, "dh", "东河区人民代表大会")
    page = window(DESKTOP, Role.ADMINISTRATOR)
    page.goto("/staff/qc/accounts")
    page.locator("header summary").first.click()
    page.get_by_role("link", name="东河区人民代表大会").click()
    expect(page).to_have_url(re.compile("/staff/dh"))


def test_staff_are_warned_while_qr_codes_lead_nowhere(window: Window, qingcheng: Body) -> None:
    page = window(DESKTOP, Role.STAFF, qingcheng.id)
    page.goto("/staff/qc/delegates/slips")
    expect(page.get_by_role("complementary", name="提醒")).to_contain_text("PIAOJUE_PUBLIC_URL")


def test_large_type_is_a_quarter_larger_and_the_phone_still_shows_all(window: Window) -> None:
    page = window(PHONE)
    page.goto("/a")
    usual = page.evaluate("parseFloat(getComputedStyle(document.querySelector('label')).fontSize)")
    page.get_by_role("link", name="长辈版").click()
    page.wait_for_load_state()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('label')).fontSize)") == usual * 1.25
    assert sideways(page) == []


def test_a_printed_page_leaves_out_what_only_a_screen_needs(window: Window, qingcheng: Body) -> None:
    page = window(DESKTOP, Role.ADMINISTRATOR)
    page.goto("/staff/qc/accounts")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.get_by_role("link", name="开设账号").is_visible()
    assert page.get_by_role("table").is_visible() or page.get_by_text("没有找到账号。").is_visible()


def test_nothing_is_loaded_from_another_host(window: Window, live: LiveSite, qingcheng: Body) -> None:
    page = window(DESKTOP, Role.ADMINISTRATOR)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/staff/qc/accounts")
    assert asked
    assert [url for url in asked if not url.startswith(live.url)] == []
