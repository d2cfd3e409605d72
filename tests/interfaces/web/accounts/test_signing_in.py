"""The sign-in page, the way to the right desk, and the way out."""

from typing import Any

import pytest

from application.accounts import disable_account
from application.signing_in import create_administrator
from domain.accounts import login as logins
from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.web._base import tokens
from interfaces.web._base.areas import COOKIE_PATHS
from tests.support.stores import Clock, by, granted
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PASSWORD = "three short words"


@pytest.fixture(autouse=True)
def wang(house: House) -> None:
    create_administrator(house.office, house.private, "first", login="wangmin", name="王敏", password=PASSWORD)


def sign_in_cookies(visitor: Visitor) -> dict[str, str]:
    return {
        cookie.path: str(cookie.value) for cookie in visitor.client.cookies.jar if cookie.name == tokens.SIGN_IN_COOKIE
    }


def test_the_right_password_leads_to_the_desk(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    answer = visitor.send(login=" WangMin", password=PASSWORD)
    assert answer.path == "/staff/congresses"


def test_the_page_that_was_asked_for_comes_after_signing_in(visitor: Visitor) -> None:
    assert visitor.open("/staff/accounts?q=li").path == "/sign-in?next=%2Fstaff%2Faccounts%3Fq%3Dli"
    assert visitor.send(login="wangmin", password=PASSWORD).path == "/staff/accounts?q=li"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/staff",
        "//evil.example/staff",
        "/\\evil.example",
        "/staff\\..\\x",
        "javascript:alert(1)",
        "/v",
        "/sign-in",
        "staff",
        "/",
        "/staff?" + "x" * 1000,
    ],
)
def test_signing_in_leads_nowhere_else(elsewhere: str, visitor: Visitor) -> None:
    visitor.client.follow_redirects = False
    visitor.open("/sign-in")
    assert visitor.send(login="wangmin", password=PASSWORD, next=elsewhere).headers["location"] == "/account/desk"


def test_a_wrong_password_keeps_the_name_and_never_the_password(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    page = visitor.send(login="wangmin", password="wrong words")
    assert page.status == 403
    assert page.errors == ["登录名或密码不对。请检查大小写，再试一次。"]
    assert page.document.xpath("string(//input[@name='login']/@value)") == "wangmin"
    assert "wrong words" not in page.text


def test_who_guesses_is_told_to_wait_and_for_how_long(visitor: Visitor, clock: Clock) -> None:
    visitor.open("/sign-in")
    for _ in range(5):
        visitor.send(login="wangmin", password="wrong words")
    page = visitor.send(login="wangmin", password=PASSWORD)
    assert page.status == 429
    assert page.headers["retry-after"] == "2"
    assert page.errors == ["试的次数较多，请过 2 秒再试。"]
    clock.forward(seconds=3)
    assert visitor.send(login="wangmin", password=PASSWORD).status != 429


def test_the_sign_in_cookie_goes_to_signed_in_addresses_only(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    assert set(sign_in_cookies(visitor)) == set(COOKIE_PATHS)
    assert len(set(sign_in_cookies(visitor).values())) == 1


def test_signing_in_takes_no_token_that_the_browser_brought_along(visitor: Visitor) -> None:
    visitor.client.cookies.set(tokens.SIGN_IN_COOKIE, "planted", path="/sign-in")
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    assert "planted" not in sign_in_cookies(visitor)["/staff"]
    visitor.open("/account")
    assert visitor.at is not None
    assert visitor.at.heading == "我的账号"


def test_signing_out_ends_the_sign_in_on_the_server_too(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    stolen = sign_in_cookies(visitor)["/account"]
    visitor.open("/account")
    assert visitor.send("/account/sign-out").said == "您已退出登录。"
    assert sign_in_cookies(visitor) == {}
    visitor.client.cookies.set(tokens.SIGN_IN_COOKIE, stolen, path="/account")
    assert visitor.open("/account").path.startswith("/sign-in")


def test_a_sign_in_that_was_left_alone_for_hours_has_ended(visitor: Visitor, clock: Clock) -> None:
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    clock.forward(hours=4)
    assert visitor.open("/account").path == "/sign-in?next=%2Faccount"


def test_a_form_sent_after_the_sign_in_ended_leads_back_to_the_area(signed_in: SignedIn, clock: Clock) -> None:
    staff = signed_in(Role.ADMINISTRATOR)
    staff.open("/staff/accounts/new")
    clock.forward(hours=15)
    assert staff.send(name="李红", login="lihong").path == "/sign-in?next=%2Fstaff"


def test_disabling_works_at_the_next_click(visitor: Visitor, house: House) -> None:
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    holder = house.office.state_of(logins.login_stream("wangmin"), logins.evolve_login)
    assert holder is not None
    disable_account(house.office, house.private, by(granted(Role.ADMINISTRATOR)), holder.account, "调离")
    assert visitor.open("/account").path.startswith("/sign-in")


def test_who_is_signed_in_needs_no_sign_in_page(signed_in: SignedIn) -> None:
    assert signed_in(Role.ADMINISTRATOR).open("/sign-in?next=/staff/accounts").path == "/staff/accounts"


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.STAFF, "/staff/qc"),
        (Role.VENUE, "/staff/qc/sessions"),
        (Role.AUDITOR, "/staff/qc"),
        (Role.GOVERNMENT, "/unit/qc"),
        (Role.DELEGATE, "/delegate/qc"),
        (Role.SCRUTINEER, "/scrutineer/qc"),
    ],
)
def test_everybody_is_led_to_the_own_desk(role: Role, desk: str, qingcheng: Any, signed_in: SignedIn) -> None:
    extra = {"delegate": qingcheng.delegates["张丽"]} if role is Role.DELEGATE else {}
    somebody = signed_in(role, qingcheng.id, **extra)
    assert somebody.open("/account/desk").path == desk


def test_nobody_enters_a_congress_where_they_have_no_role(qingcheng: Any, donghe: Any, signed_in: SignedIn) -> None:
    page = signed_in(Role.ADMINISTRATOR, qingcheng.id).open("/staff/dh/accounts")
    assert page.status == 404


def test_a_role_without_the_act_is_told_so(qingcheng: Any, signed_in: SignedIn) -> None:
    page = signed_in(Role.VENUE, qingcheng.id).open("/staff/qc/accounts")
    assert page.status == 403
    assert page.heading == "没有权限"
