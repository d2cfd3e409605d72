"""Accounts as the administrator sees them."""

import re
from typing import Any

import pytest

from domain.accounts.permissions import Role
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PASSWORD = "three short words"


@pytest.fixture
def administrator(signed_in: SignedIn, qingcheng: Any) -> Visitor:
    return signed_in(Role.ADMINISTRATOR, qingcheng.id, name="赵管理")


def opened(administrator: Visitor, **typed: Any) -> Page:
    administrator.open("/staff/qc/accounts/new")
    return administrator.send(**{"name": "李红", "login": "lihong", "role": "staff", **typed})


def code_on(page: Page) -> str:
    found = re.search(r"/a/([0-9A-Z]{21})", page.words)
    assert found is not None
    return found[1]


def test_a_new_account_gets_a_slip_that_is_shown_once_and_begins_it(administrator: Visitor, visitor: Visitor) -> None:
    slip = opened(administrator)
    assert slip.heading == "李红的启用条"
    assert slip.headers["cache-control"] == "no-store"
    listed = administrator.open("/staff/qc/accounts").words
    assert "李红 lihong 人大工作人员 待启用" in listed
    visitor.open(f"/a/{code_on(slip)}")
    assert visitor.send(password=PASSWORD, repeated=PASSWORD).path == "/staff/qc"
    assert "李红 lihong 人大工作人员 已启用" in administrator.open("/staff/qc/accounts").words


def test_a_taken_name_is_said_beside_the_field_and_everything_typed_stays(administrator: Visitor) -> None:
    opened(administrator)
    page = opened(administrator, name="李虹")
    assert page.status == 409
    assert page.errors == ["登录名：登录名“lihong”已经有人使用，请换一个。"]
    assert page.document.xpath("string(//input[@name='name']/@value)") == "李虹"
    assert page.document.xpath("string(//input[@name='role' and @checked]/@value)") == "staff"


def test_everything_missing_is_named_at_once(administrator: Visitor) -> None:
    page = opened(administrator, name="", login=" ", role=None)
    assert page.status == 422
    assert page.errors == ["角色：请填写。", "登录名：请填写。", "姓名：请填写。"]


def test_a_department_officer_belongs_to_a_unit(administrator: Visitor, qingcheng: Any) -> None:
    assert opened(administrator, role="department").errors == ["所在单位：请填写。"]
    assert opened(administrator, role="department", unit=str(qingcheng.unit)).status == 200
    assert "责任单位（交通运输局）" in administrator.open("/staff/qc/accounts").words


@pytest.mark.parametrize("role", ["delegate", "nobody"])
def test_roles_are_those_that_are_offered(role: str, administrator: Visitor) -> None:
    assert opened(administrator, role=role).errors == ["角色：请从列出的选项中选择。"]


def account_page(administrator: Visitor, name: str = "李红") -> Page:
    links = administrator.open("/staff/qc/accounts").document.xpath(f"//a[text()='{name}']/@href")
    return administrator.open(str(links[0]))


def test_roles_are_added_and_taken_back(administrator: Visitor) -> None:
    opened(administrator)
    at = account_page(administrator).path
    assert administrator.send(f"{at}/grant", role="venue").said == "已给李红增加角色。"
    assert "会务人员" in account_page(administrator).words
    again = administrator.send(f"{at}/grant", role="venue")
    assert again.errors == ["李红已经有这个角色。"]
    administrator.open(at)
    buttons = [form for form in administrator.open(at).document.forms if form.get("action") == f"{at}/revoke"]
    assert [form.fields["role"] for form in buttons] == ["staff", "venue"]


def test_the_last_role_taken_back_takes_the_account_off_the_list(administrator: Visitor) -> None:
    opened(administrator)
    at = account_page(administrator).path
    page = administrator.send(f"{at}/revoke")
    assert page.path == "/staff/qc/accounts"
    assert page.said == "已收回李红的这个角色。"
    assert "lihong" not in page.words


def test_an_account_is_disabled_and_enabled(administrator: Visitor, visitor: Visitor) -> None:
    slip = code_on(opened(administrator))
    at = account_page(administrator).path
    page = administrator.send(f"{at}/disable", reason="调离本单位")
    assert page.said == "已停用李红的账号，所有登录已退出。"
    assert "已停用" in page.words
    assert visitor.open(f"/a/{slip}").status == 410
    assert administrator.send(f"{at}/enable").said == "已恢复李红的账号。"


def test_a_forgotten_password_is_chosen_anew_by_a_slip(administrator: Visitor, visitor: Visitor) -> None:
    first = code_on(opened(administrator))
    visitor.open(f"/a/{first}")
    visitor.send(password=PASSWORD, repeated=PASSWORD)
    at = account_page(administrator).path
    second = code_on(administrator.send(f"{at}/slip"))
    visitor.open(f"/a/{second}")
    visitor.send(password="other short words", repeated="other short words")
    visitor.open("/account")
    visitor.send("/account/sign-out")
    visitor.open("/sign-in")
    assert visitor.send(login="lihong", password=PASSWORD).status == 403
    assert visitor.send(login="lihong", password="other short words").status != 403


def test_nobody_can_lock_themselves_out(administrator: Visitor) -> None:
    page = account_page(administrator, "赵管理")
    assert [form for form in page.forms() if form.endswith(("/disable", "/slip", "/revoke"))] == []


def test_an_unknown_act_is_not_there(administrator: Visitor) -> None:
    opened(administrator)
    at = account_page(administrator).path
    token = administrator.open(at).document.xpath("string(//input[@name='csrf']/@value)")
    answer = administrator.client.post(f"{at}/promote", data={"csrf": token, "command_key": "x"})
    assert answer.status_code == 404


def test_accounts_of_another_congress_are_not_shown(administrator: Visitor, donghe: Any, signed_in: SignedIn) -> None:
    other = signed_in(Role.ADMINISTRATOR, donghe.id, name="孙管理")
    other.open("/staff/dh/accounts/new")
    other.send(name="周东", login="zhoudong", role="staff")
    link = other.open("/staff/dh/accounts").document.xpath("//a[text()='周东']/@href")[0]
    assert "周东" not in administrator.open("/staff/qc/accounts").words
    assert administrator.open(str(link).replace("/dh/", "/qc/")).status == 404


def test_administrators_of_the_installation_are_a_list_of_their_own(signed_in: SignedIn, qingcheng: Any) -> None:
    chief = signed_in(Role.ADMINISTRATOR, name="钱总管")
    assert "钱总管" in chief.open("/staff/accounts").words
    chief.open("/staff/accounts/new")
    assert chief.send(name="吴副", login="wufu").heading == "吴副的启用条"
    assert "吴副 wufu 管理员 待启用" in chief.open("/staff/accounts").words
    assert "吴副" not in chief.open("/staff/qc/accounts").words


def test_a_long_list_is_searched_by_name_or_sign_in_name(administrator: Visitor) -> None:
    opened(administrator)
    opened(administrator, name="周南", login="zhounan")
    found = administrator.open("/staff/qc/accounts?q=zhou").words
    assert "周南" in found
    assert "李红" not in found
    assert "没有找到账号。" in administrator.open("/staff/qc/accounts?q=%25").words


def test_a_person_is_renamed(administrator: Visitor) -> None:
    opened(administrator)
    at = account_page(administrator).path
    page = administrator.send(f"{at}/rename", name="李 宏")
    assert page.said == "姓名已更正，原来是李红。"
    assert page.heading.startswith("李 宏")
    assert administrator.send(f"{at}/rename", name=" ").errors == ["姓名：请填写。"]


def test_who_disables_an_account_says_why_and_it_is_told_there(administrator: Visitor) -> None:
    opened(administrator)
    at = account_page(administrator).path
    assert administrator.send(f"{at}/disable", reason=" ").errors == ["理由：请填写。"]
    assert "原因：调离本单位" in administrator.send(f"{at}/disable", reason="调离本单位").words
    assert administrator.send(f"{at}/enable", reason="").said == "已恢复李红的账号。"


def test_accounts_are_found_by_role_and_by_how_far_they_are(
    administrator: Visitor, visitor: Visitor, qingcheng: Any
) -> None:
    slip = code_on(opened(administrator))
    opened(administrator, name="周南", login="zhounan", role="venue")
    visitor.open(f"/a/{slip}")
    visitor.send(password=PASSWORD, repeated=PASSWORD)

    def found(query: str) -> list[str]:
        page = administrator.open(f"/staff/qc/accounts?{query}")
        return [str(name) for name in page.document.xpath("//tbody//th/a/text()")]

    assert found("role=venue") == ["周南"]
    assert found("state=waiting") == ["赵管理", "周南"]
    assert found("state=never") == ["赵管理", "周南"]
    assert found("state=in_use&q=LI") == ["李红"]
    assert found("state=disabled") == []
    assert found("role=delegate") == []
    assert found("role=nobody&state=nothing&factor=x") == ["赵管理", "李红", "周南"]
    at = account_page(administrator).path
    administrator.send(f"{at}/disable", reason="调离")
    assert found("state=disabled") == ["李红"]


def test_delegates_are_found_when_they_are_asked_for(administrator: Visitor, qingcheng: Any) -> None:
    page = administrator.open("/staff/qc/delegates/slips")
    token = page.document.xpath("string(//input[@name='csrf']/@value)")
    administrator.client.post("/staff/qc/delegates/slips", data={"csrf": token, "command_key": "k"})
    assert "阿古拉" not in administrator.open("/staff/qc/accounts").words
    assert "阿古拉 qc-001 代表" in administrator.open("/staff/qc/accounts?role=delegate").words


def test_the_list_says_who_signed_in_last_when(administrator: Visitor, visitor: Visitor) -> None:
    slip = code_on(opened(administrator))
    assert "待启用 – 从未登录" in administrator.open("/staff/qc/accounts?q=lihong").words
    visitor.open(f"/a/{slip}")
    visitor.send(password=PASSWORD, repeated=PASSWORD)
    assert "已启用 – 2026年1月20日" in administrator.open("/staff/qc/accounts?q=lihong").words


def test_a_long_list_comes_in_pages_that_keep_what_was_asked(administrator: Visitor) -> None:
    for number in range(51):
        opened(administrator, name=f"会务{number:02}", login=f"venue{number:02}", role="venue")
    page = administrator.open("/staff/qc/accounts?role=venue")
    assert "第 1–50 项，共 51 项" in page.words
    second = administrator.open(next(link for link in page.links() if "page=2" in link))
    assert second.document.xpath("//tbody//th/a/text()") == ["会务50"]


def test_the_installation_finds_accounts_of_every_congress_and_without_a_role(
    signed_in: SignedIn, administrator: Visitor, donghe: Any, qingcheng: Any
) -> None:
    opened(administrator)
    chief = signed_in(Role.ADMINISTRATOR, name="钱总管")
    assert "李红" not in chief.open("/staff/accounts").words
    assert "李红 lihong 青城市人民代表大会 人大工作人员" in chief.open("/staff/accounts?congress=any").words
    assert "李红" in chief.open(f"/staff/accounts?congress={qingcheng.id}").words
    assert "李红" not in chief.open(f"/staff/accounts?congress={donghe.id}").words
    at = account_page(administrator).path
    administrator.send(f"{at}/revoke")
    assert "李红 lihong 没有角色" in chief.open("/staff/accounts?congress=any").words
    at = str(chief.at.document.xpath("//a[text()='李红']/@href")[0]) if chief.at else ""
    page = chief.open(at)
    assert "现在没有任何角色" in page.words
    assert chief.send(f"{at}/disable", reason="离职").status == 200


def test_staff_look_at_accounts_of_their_congress_and_press_nothing(
    administrator: Visitor, signed_in: SignedIn, qingcheng: Any, donghe: Any
) -> None:
    opened(administrator)
    staff = signed_in(Role.STAFF, qingcheng.id, name="王工")
    page = staff.open("/staff/qc/accounts")
    assert "李红" in page.words
    assert "开设账号" not in page.words
    at = str(page.document.xpath("//a[text()='李红']/@href")[0])
    shown = staff.open(at)
    assert [form for form in shown.forms() if "/accounts/" in form] == []
    assert "请找管理员" in shown.words
    token = shown.document.xpath("string(//input[@name='csrf']/@value)")
    answer = staff.client.post(f"{at}/disable", data={"csrf": token, "command_key": "k", "reason": "x"})
    assert answer.status_code == 403
    assert staff.open("/staff/qc/accounts/new").status == 403
    assert staff.open("/staff/dh/accounts").status == 404


def test_a_reset_slip_leaves_the_password_until_it_is_used_unless_asked_otherwise(
    administrator: Visitor, visitor: Visitor
) -> None:
    visitor.open(f"/a/{code_on(opened(administrator))}")
    visitor.send(password=PASSWORD, repeated=PASSWORD)
    at = account_page(administrator).path
    slip = administrator.send(f"{at}/slip")
    assert slip.heading == "李红的重设条"
    assert "原密码仍然有效" in slip.words
    assert visitor.open("/account").heading == "我的账号"
    account_page(administrator)
    administrator.send(f"{at}/slip", at_once="yes")
    assert visitor.open("/account").path.startswith("/sign-in")
    assert visitor.send(login="lihong", password=PASSWORD).status == 403
