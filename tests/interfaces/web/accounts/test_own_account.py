"""The own account."""

import pytest

from application.signing_in import create_administrator
from interfaces.composition import House
from tests.support.visitors import Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PASSWORD = "three short words"


@pytest.fixture
def wang(house: House, visitor: Visitor) -> Visitor:
    create_administrator(house.office, house.private, "first", login="wangmin", name="王敏", password=PASSWORD)
    visitor.open("/sign-in")
    visitor.send(login="wangmin", password=PASSWORD)
    return visitor


def test_the_password_is_changed_with_the_old_one(wang: Visitor) -> None:
    wang.open("/account")
    page = wang.send("/account/password", old=PASSWORD, password="other short words", repeated="other short words")
    assert page.said == "密码已更换，其他设备上的登录已退出。"
    wang.send("/account/sign-out")
    wang.open("/sign-in")
    assert wang.send(login="wangmin", password="other short words").status != 403


def test_what_is_wrong_is_said_beside_its_field(wang: Visitor) -> None:
    wang.open("/account")
    wrong = wang.send(
        "/account/password", old="wrong words", password="other short words", repeated="other short words"
    )
    assert wrong.errors == ["现在的密码：密码不对。"]
    short = wang.send("/account/password", old=PASSWORD, password="short", repeated="short")
    assert short.errors == ["新密码：密码至少 10 位。"]
    differs = wang.send("/account/password", old=PASSWORD, password="other short words", repeated="x")
    assert differs.errors == ["再输一次：两次输入的密码不一样。"]


def test_the_language_is_chosen_once_for_every_device(wang: Visitor) -> None:
    wang.open("/account")
    page = wang.send("/account/language", language="en")
    assert page.heading == "My account"
    assert page.said == "The language was changed."
    wang.send("/account/sign-out")
    wang.client.cookies.clear()
    assert wang.open("/sign-in").heading == "登录"
    wang.send(login="wangmin", password=PASSWORD)
    assert wang.open("/account").heading == "My account"


def test_another_language_than_those_offered_is_refused(wang: Visitor) -> None:
    wang.open("/account")
    assert wang.send("/account/language", language="tlh").status == 422


def test_what_was_done_is_said_once(wang: Visitor) -> None:
    wang.open("/account")
    assert wang.send("/account/language", language="zh-CN").said == "界面语言已更换。"
    assert wang.open("/account").said == ""
