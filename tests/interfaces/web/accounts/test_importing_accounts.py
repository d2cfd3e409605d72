"""Accounts of offices from a table: checked, opened together, slips in one PDF."""

import re
from typing import Any

import pypdfium2
import pytest

from domain.accounts.permissions import Role
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

GOOD = "姓名,登录名,角色,单位\n周南,zhounan,,交通运输局\n李涛,litao,政府办,\n"
BAD = "姓名,登录名,角色,单位\n周南,zhounan,,交通运输局\n李涛,139,政府办,\n吴华,wuhua,,交通局\n"


@pytest.fixture
def administrator(signed_in: SignedIn, qingcheng: Any) -> Visitor:
    return signed_in(Role.ADMINISTRATOR, qingcheng.id, name="赵管理")


def sent(administrator: Visitor, text: str, name: str = "账号.csv") -> Page:
    administrator.open("/staff/qc/accounts/import")
    return administrator.send(files={"table": (name, text.encode(), "text/csv")})


def test_a_table_without_mistakes_opens_the_accounts_together(administrator: Visitor) -> None:
    page = sent(administrator, GOOD)
    assert "没有发现问题" in page.words
    assert "周南 zhounan 责任单位（交通运输局）" in page.words
    assert "zhounan" not in administrator.open("/staff/qc/accounts").words
    administrator.open(page.path)
    after = administrator.send()
    assert after.said == "账号已经开好，请印启用条发给本人。"
    assert after.path == "/staff/qc/accounts?state=waiting"
    assert "李涛 litao 政府办 未发启用条" in after.words


def test_the_same_form_sent_twice_opens_nothing_twice(administrator: Visitor) -> None:
    page = sent(administrator, GOOD)
    token = page.document.xpath("string(//input[@name='csrf']/@value)")
    for _ in range(2):
        answer = administrator.client.post(page.path, data={"csrf": token, "command_key": "once"})
        assert answer.status_code == 200
    assert administrator.open("/staff/qc/accounts").document.xpath("count(//tbody/tr)") == 3


def test_every_bad_row_is_shown_before_anything_is_saved(administrator: Visitor) -> None:
    page = sent(administrator, BAD)
    assert "2 行有问题" in page.words
    assert "3 「登录名」只用字母、数字、点和连字符" in page.words
    assert "4 单位名录里没有「交通局」。是不是「交通运输局」？" in page.words
    assert administrator.send().said == "账号已经开好，请印启用条发给本人。"
    assert administrator.open("/staff/qc/accounts").document.xpath("//tbody//th/a/text()") == ["赵管理", "周南"]


def test_a_sign_in_name_that_somebody_has_is_a_mistake(administrator: Visitor) -> None:
    sent(administrator, GOOD)
    administrator.send()
    assert "「登录名」「zhounan」已经有了。" in sent(administrator, GOOD).words


def test_what_is_no_table_is_said_on_the_form(administrator: Visitor) -> None:
    assert sent(administrator, "").errors == ["账号表格：文件是空的。"]
    administrator.open("/staff/qc/accounts/import")
    assert len(administrator.send().errors) == 1


def test_everybody_who_waits_gets_a_slip_by_unit_in_one_file(administrator: Visitor, visitor: Visitor) -> None:
    sent(administrator, GOOD)
    administrator.send()
    page = administrator.open("/staff/qc/accounts?state=waiting")
    token = page.document.xpath("string(//input[@name='csrf']/@value)")
    printed = administrator.client.post("/staff/qc/accounts/slips", data={"csrf": token, "command_key": "k"})
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.headers["cache-control"] == "no-store"
    document = pypdfium2.PdfDocument(printed.content)
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    told = "\n".join(pages)
    assert "青城市人民代表大会 账号启用条" in told
    assert "交通运输局" in told
    assert "政府办" in told
    codes = re.findall(r"(?:[0-9A-Z]{5} ){3}[0-9A-Z]{6}", told)
    assert len(codes) == 3
    visitor.open("/a")
    assert visitor.send(code=codes[1]).heading.endswith("，您好")
    again = administrator.client.post("/staff/qc/accounts/slips", data={"csrf": token, "command_key": "k"})
    assert again.status_code == 409


def test_the_template_has_the_headings(administrator: Visitor) -> None:
    page = administrator.open("/staff/qc/accounts/template.xlsx")
    assert page.headers["content-type"].startswith("application/vnd.openxmlformats")


def test_only_administrators_import(signed_in: SignedIn, qingcheng: Any) -> None:
    assert signed_in(Role.STAFF, qingcheng.id).open("/staff/qc/accounts/import").status == 403
