"""The pages of the second factor, of sign-ins and of what the owner is told about them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest

from application.signing_in import create_administrator
from domain.accounts.permissions import Role
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web._base import tokens
from interfaces.web._base.areas import COOKIE_PATHS
from interfaces.web.accounts.signing import STEP_COOKIE
from interfaces.web.app import create_app
from tests.support import visitors
from tests.support.stores import Clock
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PASSWORD = "three short words"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture
def wang(house: House, visitor: Visitor) -> Visitor:
    create_administrator(house.office, house.private, "first", login="wangmin", name="王敏", password=PASSWORD)
    visitor.client.headers["user-agent"] = EDGE
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    return visitor


def key_on(page: Page) -> pyotp.TOTP:
    return pyotp.TOTP(page.document.xpath("string(//dt[text()='密钥']/following-sibling::dd)").replace(" ", ""))


def turned_on(wang: Visitor, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    """What the device shows from now on, and the recovery codes."""
    wang.open("/account/second-factor")
    shown = key_on(wang.send("/account/second-factor/begin", old=PASSWORD))
    page = wang.send("/account/second-factor/on", code=shown.at(clock()))
    assert page.heading == "恢复码"
    clock.forward(seconds=60)
    return shown, [str(item) for item in page.document.xpath("//ol[@class='codes']/li/text()")]


def test_it_is_set_up_with_a_qr_code_or_by_typing_the_key(wang: Visitor, clock: Clock) -> None:
    wang.open("/account/second-factor")
    assert wang.send("/account/second-factor/begin", old="wrong words").errors == ["现在的密码：密码不对。"]
    page = wang.send("/account/second-factor/begin", old=PASSWORD)
    assert page.document.xpath("//*[local-name()='svg' and @class='qr']/*[local-name()='title']/text()") == [
        "二次验证的二维码"
    ]
    address = page.document.xpath("string(//a[starts-with(@href, 'otpauth:')]/@href)")
    assert address.startswith("otpauth://totp/")
    assert f"secret={key_on(page).secret}" in address
    assert wang.open("/account/second-factor").document.xpath("count(//input[@name='code'])") == 1
    wrong = wang.send("/account/second-factor/on", code="000000")
    assert wrong.errors == ["验证码：验证码不对。请等验证器换下一个数字再试；手机时间要准。"]
    assert key_on(wrong).secret == key_on(page).secret


def test_ten_recovery_codes_are_shown_once(wang: Visitor, clock: Clock) -> None:
    _, codes = turned_on(wang, clock)
    assert len(codes) == 10
    page = wang.open("/account/second-factor")
    assert not any(code in page.text for code in codes)
    assert "10 个，共 10 个" in page.words
    assert "已开启" in page.words


def test_signing_in_asks_for_the_code_on_a_page_of_its_own(wang: Visitor, clock: Clock) -> None:
    shown, codes = turned_on(wang, clock)
    wang.open("/account")
    wang.send("/account/sign-out")
    wang.open("/staff/accounts")
    page = wang.send(login="wangmin", password=PASSWORD)
    assert (page.heading, page.path) == ("二次验证", "/sign-in/code?next=%2Fstaff%2Faccounts")
    assert tokens.SIGN_IN_COOKIE not in {cookie.name for cookie in wang.client.cookies.jar}
    assert wang.open("/account").path.startswith("/sign-in?")
    wang.open("/sign-in/code?next=/staff/accounts")
    assert wang.send(code="12345").errors[0].startswith("验证码：验证码不对")
    assert wang.send(code=shown.at(clock())).path == "/staff/accounts"
    assert STEP_COOKIE not in {cookie.name for cookie in wang.client.cookies.jar}
    wang.open("/account")
    wang.send("/account/sign-out")
    wang.open("/sign-in")
    wang.send(login="wangmin", password=PASSWORD)
    assert wang.send(code=codes[3].lower()).path == "/staff/congresses"
    assert "恢复码还剩 9 个" in wang.open("/account").words


def test_without_a_password_there_is_no_code_to_give(visitor: Visitor) -> None:
    assert visitor.open("/sign-in/code").path == "/sign-in"


def test_a_code_that_comes_too_late_leads_back_to_the_password(wang: Visitor, clock: Clock) -> None:
    shown, _ = turned_on(wang, clock)
    wang.open("/account")
    wang.send("/account/sign-out")
    wang.open("/sign-in")
    wang.send(login="wangmin", password=PASSWORD)
    clock.forward(minutes=6)
    page = wang.send(code=shown.at(clock()))
    assert (page.path, page.said) == ("/sign-in", "输入密码后等得太久，请重新登录。")


def test_recovery_codes_are_renewed_with_a_code(wang: Visitor, clock: Clock) -> None:
    shown, codes = turned_on(wang, clock)
    wang.open("/account/second-factor")
    page = wang.send("/account/second-factor/codes", code=shown.at(clock()))
    newer = page.document.xpath("//ol[@class='codes']/li/text()")
    assert len(newer) == 10
    assert not set(newer) & set(codes)


def test_it_is_turned_off_with_password_and_code_and_each_mistake_is_said_beside_its_field(
    wang: Visitor, clock: Clock
) -> None:
    shown, _ = turned_on(wang, clock)
    off = "/account/second-factor/off"
    wang.open("/account/second-factor")
    assert wang.send(off, old="wrong words", off_code=shown.at(clock())).errors == ["现在的密码：密码不对。"]
    assert wang.send(off, old=PASSWORD, off_code="1").errors[0].startswith("验证码：验证码不对")
    assert wang.send(off, old=PASSWORD, off_code="").errors == ["验证码：请填写。"]
    page = wang.send(off, old=PASSWORD, off_code=shown.at(clock()))
    assert page.said == "二次验证已关闭，今后只凭密码登录。"


def test_a_reset_slip_leads_through_the_second_factor_too(
    wang: Visitor, signed_in: SignedIn, clock: Clock, house: House
) -> None:
    turned_on(wang, clock)
    chief = signed_in(Role.ADMINISTRATOR, name="钱总管")
    at = str(chief.open("/staff/accounts").document.xpath("//a[text()='王敏']/@href")[0])
    chief.open(at)
    slip = chief.send(f"{at}/slip", at_once="yes")
    assert slip.heading == "王敏的重设条"
    assert "原密码和所有登录已经作废。" in slip.words
    assert wang.open("/account").path.startswith("/sign-in")
    wang.send(login="wangmin", password=PASSWORD)
    assert wang.at is not None
    assert wang.at.status == 403
    address = slip.document.xpath("string(//dt[text()='启用地址']/following-sibling::dd)")
    wang.open(address.removeprefix(house.settings.public_url))
    page = wang.send(password="other short words", repeated="other short words")
    assert page.heading == "二次验证"


def test_an_administrator_resets_a_lost_second_factor_with_a_reason(
    wang: Visitor, signed_in: SignedIn, clock: Clock
) -> None:
    turned_on(wang, clock)
    chief = signed_in(Role.ADMINISTRATOR, name="钱总管")
    assert "王敏" in chief.open("/staff/accounts?factor=on").words
    assert "王敏" not in chief.open("/staff/accounts?factor=off").words
    at = str(chief.open("/staff/accounts").document.xpath("//a[text()='王敏']/@href")[0])
    chief.open(at)
    assert len(chief.send(f"{at}/reset-second-factor", lost="").errors) == 1
    page = chief.send(f"{at}/reset-second-factor", lost="手机丢失，当面核对了工作证")
    assert page.said == "已重置王敏的二次验证。"
    assert f"{at}/reset-second-factor" not in page.forms()
    assert wang.open("/account").path.startswith("/sign-in")
    assert wang.send(login="wangmin", password=PASSWORD).path == "/account"


def test_sign_ins_are_shown_by_device_and_ended_one_by_one(wang: Visitor, house: House) -> None:
    phone = visitors.visitor(wang.client.app)  # type: ignore[arg-type]  # the site, as the fixture gave it
    phone.client.headers["user-agent"] = WECHAT
    phone.open("/sign-in")
    phone.send(login="wangmin", password=PASSWORD)
    page = wang.open("/account")
    assert "电脑 · Edge 本机" in page.words
    assert "手机 · 微信" in page.words
    assert "10.0.0" not in page.words
    assert "testclient" not in page.words
    one = page.document.xpath("string(//input[@name='sign_in']/@value)")
    token = page.document.xpath("string(//form[@action='/account/sign-ins']//input[@name='csrf']/@value)")
    answer = wang.client.post("/account/sign-ins", data={"csrf": token, "command_key": "k", "sign_in": one})
    assert "已退出那台设备。" in answer.text
    assert phone.open("/account").path.startswith("/sign-in")
    assert wang.open("/account").document.xpath("count(//input[@name='sign_in'])") == 0


def test_all_other_sign_ins_are_ended_at_once(wang: Visitor, house: House) -> None:
    others = [visitors.visitor(wang.client.app) for _ in range(2)]  # type: ignore[arg-type]  # as above
    for other in others:
        other.open("/sign-in")
        other.send(login="wangmin", password=PASSWORD)
    page = wang.open("/account")
    token = page.document.xpath("string(//form[@action='/account/sign-ins']//input[@name='csrf']/@value)")
    answer = wang.client.post("/account/sign-ins", data={"csrf": token, "command_key": "k"})
    assert "其他设备都已退出。" in answer.text
    assert all(other.open("/account").path.startswith("/sign-in") for other in others)
    assert wang.open("/account").heading == "我的账号"


def test_the_owner_reads_the_last_sign_ins_and_the_failures_before(wang: Visitor) -> None:
    wang.open("/account")
    wang.send("/account/sign-out")
    wang.open("/sign-in")
    for _ in range(2):
        wang.send(login="wangmin", password="wrong words")
    wang.send(login="wangmin", password=PASSWORD)
    assert "2026年1月20日 09:00密码 · 电脑 · Edge 此前输错 2 次" in wang.open("/account").words


def test_an_administrator_ends_somebodys_sign_ins(wang: Visitor, signed_in: SignedIn) -> None:
    chief = signed_in(Role.ADMINISTRATOR, name="钱总管")
    at = str(chief.open("/staff/accounts").document.xpath("//a[text()='王敏']/@href")[0])
    page = chief.open(at)
    assert "2026年1月20日" in page.words
    assert "1 台" in page.words
    assert chief.send(f"{at}/sign-out").said == "王敏在所有设备上的登录已退出。"
    assert wang.open("/account").path.startswith("/sign-in")


def test_live_parts_keep_nobody_signed_in(wang: Visitor, clock: Clock) -> None:
    for _ in range(5):
        clock.forward(minutes=50)
        live = wang.client.get("/account", headers={"HX-Request": "true"}, follow_redirects=False)
    assert live.status_code == 401
    assert live.headers["hx-refresh"] == "true"


def test_a_role_can_demand_a_second_factor_and_everything_else_waits_for_it(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    settings = Settings(
        data=tmp_path,
        database_url=database_url,
        public_url="https://rd.example.cn",
        second_factor_for="administrator,staff",
    )
    house = open_house(settings, clock)
    try:
        create_administrator(house.office, house.private, "first", login="wangmin", name="王敏", password=PASSWORD)
        wang = visitors.visitor(create_app(house))
        wang.open("/sign-in")
        page = wang.send(login="wangmin", password=PASSWORD)
        assert page.path == "/account/second-factor"
        assert "您的角色要求二次验证。" in page.words
        for path in ("/staff/congresses", "/staff/accounts", "/delegate", "/sign-in"):
            assert wang.open(path).path == "/account/second-factor"
        live = wang.client.get("/staff/congresses", headers={"HX-Request": "true"}, follow_redirects=False)
        assert live.status_code == 401
        assert "您的角色要求二次验证。" in wang.open("/account").words
        turned_on(wang, clock)
        assert wang.open("/staff/accounts").path == "/staff/accounts"
    finally:
        house.close()


def test_the_step_between_is_a_cookie_for_the_sign_in_pages_and_five_minutes(wang: Visitor, clock: Clock) -> None:
    turned_on(wang, clock)
    other: Any = visitors.visitor(wang.client.app)  # type: ignore[arg-type]  # as above
    other.client.follow_redirects = False
    other.open("/sign-in")
    answer = other.client.post(
        "/sign-in",
        data={
            "csrf": other.at.document.xpath("string(//input[@name='csrf']/@value)"),
            "login": "wangmin",
            "password": PASSWORD,
        },
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(STEP_COOKIE)
    assert "Path=/sign-in" in cookie
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert f"Max-Age={int(timedelta(minutes=5).total_seconds())}" in cookie
    assert "/sign-in" in COOKIE_PATHS
