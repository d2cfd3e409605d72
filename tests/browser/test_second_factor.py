"""A second factor and a provider of identities, as somebody with a browser meets them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from application.private import identities
from application.signing_in import create_administrator
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from tests.support import browser as browsers
from tests.support.browser import DESKTOP, PHONE, LiveSite, faults, sideways, small_targets
from tests.support.identity_provider import CLIENT, SECRET, IdentityProvider, providing
from tests.support.ports import free_port
from tests.support.stores import Clock

PASSWORD = "three short words"
Window = Callable[..., Page]


@pytest.fixture
def provider(clock: Clock) -> Iterator[IdentityProvider]:
    with providing(clock) as provides:
        yield provides


@pytest.fixture
def live(database_url: str, tmp_path: Path, clock: Clock, provider: IdentityProvider) -> Iterator[LiveSite]:
    """An installation that demands a second factor of administrators and knows a provider of identities."""
    port = free_port()
    settings = Settings(
        data=tmp_path,
        database_url=database_url,
        public_url=f"http://127.0.0.1:{port}",
        second_factor_for="administrator",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="政务统一认证",
    )
    house = open_house(settings, clock)
    with browsers.serving(house, port) as site:
        yield site
    house.close()


@pytest.fixture
def wang(house: House) -> None:
    made = create_administrator(house.office, house.private, "k", login="wangmin", name="王敏", password=PASSWORD)
    identities.link(house.private, made, house.settings.oidc_issuer, "u-1001")


def looks_right(page: Page) -> None:
    assert faults(page) == []
    assert sideways(page) == []
    if page.viewport_size == PHONE:
        assert small_targets(page) == []


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill("wangmin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def set_up(page: Page, clock: Clock) -> pyotp.TOTP:
    """Takes the key in as an authenticator would, and turns the second factor on."""
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_role("button", name="开始设置").click()
    looks_right(page)
    key = page.locator("dt:text-is('密钥') + dd").inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(pyotp.TOTP(key).at(clock()))
    page.get_by_role("button", name="开启二次验证").click()
    return pyotp.TOTP(key)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_demanded_second_factor_is_set_up_and_asked_for(
    size: dict[str, int], window: Window, wang: None, clock: Clock
) -> None:
    page = window(size)
    sign_in(page)
    expect(page.get_by_text("您的角色要求二次验证。")).to_be_visible()
    looks_right(page)
    shown = set_up(page, clock)
    expect(page.locator("ol.codes li")).to_have_count(10)
    looks_right(page)
    recovery_code = page.locator("ol.codes li").first.inner_text()
    page.get_by_role("link", name="已经收好").click()
    looks_right(page)
    page.goto("/account")
    looks_right(page)
    page.get_by_role("main").get_by_role("button", name="退出登录").click()
    clock.forward(seconds=60)
    sign_in(page)
    looks_right(page)
    expect(page.get_by_label("验证码")).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_contain_text("验证码不对")
    page.get_by_label("验证码").fill(shown.at(clock()))
    page.keyboard.press("Enter")
    expect(page).to_have_url("/staff/congresses")
    page.context.clear_cookies()
    sign_in(page)
    page.get_by_label("验证码").fill(recovery_code.lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url("/staff/congresses")


def test_the_qr_code_says_what_can_be_typed(window: Window, wang: None, clock: Clock, tmp_path: Path) -> None:
    page = window(DESKTOP)
    sign_in(page)
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_role("button", name="开始设置").click()
    key = page.locator("dt:text-is('密钥') + dd").inner_text().replace(" ", "")
    page.locator("svg.qr").screenshot(path=tmp_path / "qr.png")
    (code,) = zxingcpp.read_barcodes(Image.open(tmp_path / "qr.png"))
    assert code.text.startswith("otpauth://totp/")
    assert f"secret={key}" in code.text


def test_somebody_comes_in_through_the_provider_and_still_shows_the_second_factor(
    window: Window, wang: None, clock: Clock, chromium: Browser
) -> None:
    page = window(DESKTOP)
    page.goto("/sign-in")
    looks_right(page)
    page.get_by_role("link", name="用政务统一认证登录").click()
    page.get_by_role("link", name="同意").click()
    expect(page).to_have_url("/account/second-factor")
    shown = set_up(page, clock)
    page.context.clear_cookies()
    clock.forward(seconds=60)
    page.goto("/sign-in")
    page.get_by_role("link", name="用政务统一认证登录").click()
    page.get_by_role("link", name="同意").click()
    expect(page.get_by_role("heading", name="二次验证")).to_be_visible()
    page.get_by_label("验证码").fill(shown.at(clock()))
    page.keyboard.press("Enter")
    expect(page).to_have_url("/staff/congresses")


def test_what_the_provider_says_of_a_stranger_is_a_plain_sentence(
    window: Window, wang: None, provider: IdentityProvider
) -> None:
    provider.subject = "u-9999"
    page = window(PHONE)
    page.goto("/sign-in")
    page.get_by_role("link", name="用政务统一认证登录").click()
    page.get_by_role("link", name="同意").click()
    expect(page.locator("#errors")).to_contain_text("还没有关联本系统的账号")
    looks_right(page)
