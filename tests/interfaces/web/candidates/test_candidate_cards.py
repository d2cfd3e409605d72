"""Entering candidates by hand: gaps are named at their fields, nothing typed is lost, withdrawing asks why."""

import pytest

from domain.accounts.permissions import Role
from tests.interfaces.web.candidates.conftest import Town, entered
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_a_complete_card_is_saved_with_its_unit(staff: Visitor, town: Town) -> None:
    page = entered(staff, 1).at
    assert page is not None
    assert page.said == "已保存，卡片内容齐全。"
    assert "1,200 万元" in page.words
    (saved,) = town.candidates()
    assert (saved.number, saved.gaps) == (1, [])


def test_a_draft_with_gaps_is_saved_and_every_gap_is_named(government: Visitor, town: Town) -> None:
    gaps = {"purpose": "", "responsible": "", "sources": "市级财政60%\n上级专项30%"}
    page = entered(government, 1, "unit", **gaps).at
    assert page is not None
    assert page.said == "已保存。卡片还有缺项，补齐后才能列入名单。"
    assert "建设目的：还没有填写" in page.words
    assert "资金来源：资金来源合计 90%，应为 100%" in page.words
    board = government.open("/unit/jz/projects")
    assert "缺：建设目的、责任人；资金来源合计 90%，应为 100%" in board.words


def test_a_gap_stands_at_its_field_and_the_page_is_no_refusal(staff: Visitor, town: Town) -> None:
    entered(staff, 1, purpose="")
    page = staff.open(f"/staff/jz/projects/{town.candidates()[0].project}/edit")
    assert page.status == 200
    assert page.errors == []
    (field,) = page.document.xpath("//textarea[@name='purpose']")
    assert field.get("aria-invalid") == "true"
    assert page.document.get_element_by_id(field.get("aria-describedby").strip()).text_content() == "错误：还没有填写"


def test_cross_year_needs_annual_targets(staff: Visitor, town: Town) -> None:
    entered(staff, 1, cross_year="yes", finishes_on="2027-06-30")
    assert [gap for _, gap, _ in town.candidates()[0].gaps] == ["needs_annual_targets"]
    edit = f"/staff/jz/projects/{town.candidates()[0].project}/edit"
    staff.open(edit)
    assert staff.send(edit, annual_targets="当年完成六处").said == "已保存，卡片内容齐全。"


def test_a_unit_that_is_not_listed_is_refused_with_the_nearest(staff: Visitor, town: Town) -> None:
    staff.open("/staff/jz/projects/new?year=2026")
    page = staff.send("/staff/jz/projects/new", name="校园安全", lead_unit_name="市教育居")
    assert page.status == 422
    assert page.errors == ["牵头单位：单位名录里没有「市教育居」。是不是「市教育局」？"]
    assert 'value="市教育居"' in page.text
    assert town.candidates() == []


def test_units_and_categories_in_use_are_offered(staff: Visitor, town: Town) -> None:
    entered(staff, 1, category="养老助残")
    page = staff.open("/staff/jz/projects/new")
    assert page.document.xpath("//datalist[@id='l-lead_unit_name']/option/@value") == [
        "市水务局",
        "市教育局",
        "市交通运输局",
    ]
    assert page.document.xpath("//datalist[@id='l-category']/option/@value") == ["养老助残"]
    assert page.document.xpath("string(//input[@name='number']/@value)") == "2"


def test_a_card_without_a_name_is_refused(staff: Visitor, town: Town) -> None:
    staff.open("/staff/jz/projects/new")
    page = staff.send("/staff/jz/projects/new", name="", purpose="先写目的")
    assert page.errors == ["名称：请填写。"]
    assert "先写目的" in page.text


def test_sending_the_form_twice_makes_one_candidate(staff: Visitor, town: Town) -> None:
    page = staff.open("/staff/jz/projects/new?year=2026")
    (form,) = [form for form in page.document.forms if form.get("action") == "/staff/jz/projects/new"]
    data = {**dict(form.form_values()), "name": "只有一个"}
    for _ in range(2):
        staff.client.post("/staff/jz/projects/new", data=data)
    assert len(town.candidates()) == 1


def test_withdrawing_asks_why_and_the_timeline_keeps_it(staff: Visitor, town: Town) -> None:
    entered(staff, 1)
    address = f"/staff/jz/projects/{town.candidates()[0].project}"
    staff.open(f"{address}/edit")
    assert staff.send(f"{address}/withdraw").errors == ["理由：请填写。"]
    assert staff.send(f"{address}/withdraw", reason="并入排水项目").said == "已撤回。"
    assert "已撤回" in staff.open("/staff/jz/projects").words
    page = staff.open(address)
    assert "并入排水项目" in page.words
    assert f"{address}/edit" not in page.links()
    staff.open(f"{address}/edit")
    assert staff.send(f"{address}/edit", name="改名").status == 409


@pytest.mark.parametrize("role", [Role.UPPER_READER, Role.AUDITOR])
def test_readers_read_and_change_nothing(role: Role, staff: Visitor, town: Town, signed_in: SignedIn) -> None:
    entered(staff, 1)
    reader = signed_in(role, town.congress)
    page = reader.open("/staff/jz/projects")
    assert "项目1" in page.words
    assert not any(link.endswith(("/new", "/edit")) or "/import" in link for link in page.links())
    assert reader.open("/staff/jz/projects/new").status == 403


def test_a_department_sees_no_candidates(town: Town, signed_in: SignedIn) -> None:
    officer = signed_in(Role.DEPARTMENT, town.congress, unit=town.units["市教育局"])
    assert officer.open("/unit/jz/projects").status == 403
