"""Delegates begin with a slip of paper."""

from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from domain.accounts.permissions import Role
from domain.congress import congress as congresses
from domain.congress.congress import Level
from tests.support.stores import by
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

SLIPS = "/staff/qc/delegates/slips"
PASSWORD = "three short words"


@pytest.fixture
def staff(signed_in: SignedIn, qingcheng: Any) -> Visitor:
    return signed_in(Role.STAFF, qingcheng.id)


def codes(pdf: Page) -> list[str]:
    """What a phone reads on the sheets."""
    assert pdf.headers["content-type"] == "application/pdf"
    found: list[str] = []
    for sheet in pypdfium2.PdfDocument(pdf.content):
        picture = sheet.render(scale=4).to_numpy()
        found.extend(code.text for code in zxingcpp.read_barcodes(picture))
    return found


def path_of(address: str) -> str:
    assert address.startswith("https://rd.example.cn/a/")
    return address.removeprefix("https://rd.example.cn")


def everybody(staff: Visitor) -> list[str]:
    """Prints for the whole roll."""
    page = staff.open(SLIPS)
    button = next(form for form in page.document.forms if "印未启用的 5 张" in form.text_content())
    return codes(_pressed(staff, button))


def _pressed(staff: Visitor, button: Any) -> Page:
    answer = staff.client.post(button.get("action"), data=dict(button.form_values()))
    return Page(SLIPS, answer.status_code, "", dict(answer.headers), answer.content)


def row_button(staff: Visitor, path: str, words: str) -> Any:
    document = staff.open(path).document
    return document.xpath(f"//tr[contains(., '{words}')]//form")[0]


def test_a_scanned_slip_leads_a_delegate_to_the_own_pages(staff: Visitor, visitor: Visitor) -> None:
    addresses = everybody(staff)
    assert len(set(addresses)) == 5
    welcome = visitor.open(path_of(addresses[0]))
    assert welcome.heading == "阿古拉，您好"
    assert "青城市人民代表大会 · 第一代表团" in welcome.words
    assert welcome.headers["cache-control"] == "no-store"
    assert visitor.send(password=PASSWORD, repeated=PASSWORD).path == "/delegate/qc"
    visitor.open("/account")
    visitor.send("/account/sign-out")
    visitor.open("/sign-in")
    assert visitor.send(login="QC-001", password=PASSWORD).path == "/delegate/qc"


def test_looking_at_a_slip_does_not_use_it_up(staff: Visitor, visitor: Visitor) -> None:
    address = path_of(everybody(staff)[0])
    for _ in range(3):
        assert visitor.open(address).status == 200


def test_a_slip_is_used_once(staff: Visitor, visitor: Visitor, site: Any) -> None:
    address = path_of(everybody(staff)[0])
    visitor.open(address)
    visitor.send(password=PASSWORD, repeated=PASSWORD)
    page = visitor.open(address)
    assert page.status == 410
    assert "这张启用条不能再用" in page.words


def test_a_lost_slip_is_replaced_and_dead(staff: Visitor, visitor: Visitor) -> None:
    lost = path_of(everybody(staff)[2])
    assert visitor.open(lost).heading == "张丽，您好"
    (fresh,) = codes(_pressed(staff, row_button(staff, f"{SLIPS}?delegation=第一代表团", "张丽")))
    assert visitor.open(lost).status == 410
    assert visitor.open(path_of(fresh)).heading == "张丽，您好"


def test_slips_are_printed_by_delegation(staff: Visitor, visitor: Visitor) -> None:
    pdf = _pressed(staff, row_button(staff, SLIPS, "第二代表团"))
    assert "filename*=UTF-8''" in pdf.headers["content-disposition"]
    assert [visitor.open(path_of(address)).heading for address in codes(pdf)] == ["李建国，您好", "陈晓，您好"]


def test_pressing_twice_leaves_the_printed_slips_alive(staff: Visitor, visitor: Visitor) -> None:
    button = row_button(staff, SLIPS, "第二代表团")
    printed = codes(_pressed(staff, button))
    again = _pressed(staff, button)
    assert again.status == 409
    assert "已经印过" in again.words
    assert visitor.open(path_of(printed[0])).status == 200


def test_the_page_counts_who_has_begun(staff: Visitor, visitor: Visitor) -> None:
    visitor.open(path_of(everybody(staff)[0]))
    visitor.send(password=PASSWORD, repeated=PASSWORD)
    assert "全体代表 5 已启用 1 未启用 4" in staff.open(SLIPS).words
    assert "第一代表团 3 1 2" in staff.open(SLIPS).words
    assert "001 阿古拉 qc-001 已启用" in staff.open(f"{SLIPS}?delegation=第一代表团").words


def test_the_code_can_be_typed_by_who_cannot_scan(staff: Visitor, visitor: Visitor) -> None:
    code = path_of(everybody(staff)[0]).removeprefix("/a/")
    visitor.open("/a")
    typed = " ".join(code[start : start + 5] for start in range(0, 21, 5)).lower().replace("0", "o")
    assert visitor.send(code=typed).heading == "阿古拉，您好"


@pytest.mark.parametrize(("code", "status"), [("", 422), ("AAAAA-AAAAA-AAAAA-AAAAA-A", 410)])
def test_a_wrong_code_is_told_on_the_same_form(code: str, status: int, visitor: Visitor) -> None:
    visitor.open("/a")
    page = visitor.send(code=code)
    assert page.status == status
    assert page.heading == "输入启用码"
    assert len(page.errors) == 1


@pytest.mark.parametrize(
    ("password", "repeated", "error"),
    [
        ("short", "short", "新密码：密码至少 10 位。"),
        ("three short words", "three long words", "再输一次：两次输入的密码不一样。"),
        (
            "agula19880101",
            "agula19880101",
            "新密码：整个密码只由常用词、姓名拼音、生日、电话、连续的键这类最先被猜到的部分组成，请换一个。可以用几个不相干的词连起来。",
        ),
        (
            "阿古拉 qc-001",
            "阿古拉 qc-001",
            "新密码：整个密码只由登录名、姓名或大会名称加上容易猜到的部分组成，请换一个。可以用几个不相干的词连起来。",
        ),
    ],
)
def test_a_refused_password_keeps_the_slip(
    password: str, repeated: str, error: str, staff: Visitor, visitor: Visitor
) -> None:
    address = path_of(everybody(staff)[0])
    visitor.open(address)
    assert visitor.send(password=password, repeated=repeated).errors == [error]
    assert visitor.send(password=PASSWORD, repeated=PASSWORD).path == "/delegate/qc"


def test_slips_are_made_by_those_who_may(signed_in: SignedIn, qingcheng: Any) -> None:
    for role in (Role.GOVERNMENT, Role.SCRUTINEER, Role.VENUE, Role.AUDITOR):
        assert signed_in(role, qingcheng.id).open(SLIPS).status == 403


def test_a_roll_without_delegates_says_what_to_do(house: Any, signed_in: SignedIn) -> None:

    congress = uuid4()
    fact = congresses.found_congress(name="西河区人大", short_name="西河", slug="xh", level=Level.COUNTY, term=3)
    house.followers.wait_for(house.office.change(by(), congress, congresses.evolve, lambda _: fact))
    page = signed_in(Role.STAFF, congress).open("/staff/xh/delegates/slips")
    assert "名册里还没有代表。" in page.words
