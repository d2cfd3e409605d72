"""What stands around every page: the top bar by role, pages of long lists, words said once."""

import pytest
from starlette.requests import Request

from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.web._base.paging import pager
from tests.support.bodies import Body, found
from tests.support.visitors import Page, SignedIn, Visitor

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def qingcheng(house: House) -> Body:
    return found(house, "qc", "青城市人民代表大会")


def bar(page: Page) -> list[str]:
    return [str(link.text_content()).strip() for link in page.document.xpath("//header//nav/a")]


def menu(page: Page) -> list[str]:
    return [str(link.text_content()).strip() for link in page.document.xpath("//header//details[last()]//a")]


@SQLITE
def test_the_top_bar_shows_what_the_role_may_see(qingcheng: Body, signed_in: SignedIn) -> None:
    administrator = bar(signed_in(Role.ADMINISTRATOR, qingcheng.id).open("/staff/qc/audit"))
    assert {"账号", "记录"} <= set(administrator)
    staff = bar(signed_in(Role.STAFF, qingcheng.id).open("/staff/qc/delegates/slips"))
    assert "账号" in staff
    assert "记录" not in staff
    venue = bar(signed_in(Role.VENUE, qingcheng.id).open("/staff/qc/sessions"))
    assert {"账号", "记录"}.isdisjoint(venue)


@SQLITE
def test_the_place_in_the_top_bar_is_marked(qingcheng: Body, signed_in: SignedIn) -> None:
    page = signed_in(Role.ADMINISTRATOR, qingcheng.id).open("/staff/qc/accounts/new")
    assert page.document.xpath("//header//a[@aria-current='page']/text()") == ["账号"]


@SQLITE
def test_only_who_has_several_congresses_can_switch(house: House, qingcheng: Body, signed_in: SignedIn) -> None:
    local = signed_in(Role.ADMINISTRATOR, qingcheng.id).open("/staff/qc/accounts")
    assert "东河区人民代表大会" not in local.words
    found(house, "dh", "东河区人民代表大会")
    chief = signed_in(Role.ADMINISTRATOR).open("/staff/qc/accounts")
    assert "东河区人民代表大会" in chief.words
    assert "/staff/dh/accounts" in chief.links(), "the same kind of page there"


@SQLITE
def test_administrators_of_the_installation_reach_all_congresses(qingcheng: Body, signed_in: SignedIn) -> None:
    assert "管理各级大会" in menu(signed_in(Role.ADMINISTRATOR).open("/staff/qc/accounts"))
    assert "管理各级大会" not in menu(signed_in(Role.ADMINISTRATOR, qingcheng.id).open("/staff/qc/accounts"))


@SQLITE
def test_a_refused_form_is_named_in_the_title(visitor: Visitor) -> None:
    visitor.open("/a")
    page = visitor.send(code="")
    assert page.document.xpath("string(//title)").startswith("错误：输入启用码")


@SQLITE
def test_what_is_typed_is_never_markup(signed_in: SignedIn, qingcheng: Body) -> None:
    administrator = signed_in(Role.ADMINISTRATOR, qingcheng.id)
    administrator.open("/staff/qc/accounts/new")
    page = administrator.send(name="<script>alert(1)</script>", login='"><b>', role="staff")
    assert page.status == 422
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("asked", "first", "last", "before", "after"),
    [
        ("page=1&q=x", 1, 50, "", "/l?q=x&page=2"),
        ("q=x&page=3", 101, 120, "/l?q=x&page=2", ""),
        ("page=99", 101, 120, "/l?page=2", ""),
        ("page=-1", 1, 50, "", "/l?page=2"),
        ("page=²", 1, 50, "", "/l?page=2"),
        ("", 1, 50, "", "/l?page=2"),
    ],
)
def test_a_long_list_goes_page_by_page(asked: str, first: int, last: int, before: str, after: str) -> None:
    at = pager(request(asked), 120)
    assert (at.first, at.last, at.previous, at.next) == (first, last, before, after)


def test_an_empty_list_has_one_page() -> None:
    at = pager(request(""), 0)
    assert (at.pages, at.first, at.last, at.next) == (1, 0, 0, "")


def request(query: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/l",
            "headers": [],
            "query_string": query.encode(),
            "server": ("x", 80),
        }
    )
