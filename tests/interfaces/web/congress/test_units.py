"""The pages of the units: pasted, changed, withdrawn."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from projections.congress_register import units_of
from tests.support import polls
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def congress(house: House) -> UUID:
    made, _clerk = polls.founded(house.office, "jz")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(signed_in: SignedIn, congress: UUID) -> Visitor:
    return signed_in(Role.STAFF, congress)


def unit_at(house: House, congress: UUID, name: str) -> UUID:
    with house.reading.connect() as connection:
        return next(unit.id for unit in units_of(connection, congress) if unit.name == name)


def test_units_are_pasted_from_a_table(staff: Visitor) -> None:
    staff.open("/staff/jz/units")
    page = staff.send(units="教育局\t0477-8612348\n\n民政局，0477-8612349\n  市水务局  \n交通 运输局;\n")
    assert page.said == "已添加 3 个单位。另有 1 个名称已经在用，没有重复添加。"
    assert [row.text_content() for row in page.document.xpath("//tbody/tr/th")] == [
        "市水务局",
        "教育局",
        "民政局",
        "交通 运输局",
    ]
    assert "0477-8612349" in page.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "单位名称：请填写。"),
        (",12345", "单位名称：有一行不像单位名称：“”。每行先写名称，最多 100 字。"),
        (
            "教育局,找小王",
            "单位名称：有一行的值班电话不对：“找小王”。电话里只能有数字、空格、括号、加号和连字符。",
        ),
    ],
)
def test_a_line_that_cannot_be_read_adds_nothing(staff: Visitor, typed: str, said: str) -> None:
    staff.open("/staff/jz/units")
    page = staff.send(units=typed)
    assert (page.status, page.errors) == (422, [said])
    assert page.document.xpath("//textarea")[0].value.strip() == typed
    assert "教育局" not in " ".join(row.text_content() for row in page.document.xpath("//tbody"))


def test_a_unit_is_renamed_withdrawn_and_used_again(house: House, staff: Visitor, congress: UUID) -> None:
    unit = unit_at(house, congress, "市水务局")
    staff.open(f"/staff/jz/units/{unit}")
    page = staff.send(f"/staff/jz/units/{unit}", name="水务局", duty_phone="0477-8612345")
    assert page.said == "水务局已保存。"
    staff.open(f"/staff/jz/units/{unit}")
    page = staff.send(f"/staff/jz/units/{unit}/withdraw")
    assert page.said == "水务局已停用，已有的记录不变。"
    assert "还没有单位" in page.words
    page = staff.open(f"/staff/jz/units/{unit}")
    assert "恢复使用" in page.words
    page = staff.send()
    assert page.document.xpath("string(//tbody/tr/th)") == "水务局"


def test_a_name_in_use_is_refused_beside_the_field(house: House, staff: Visitor, congress: UUID) -> None:
    staff.open("/staff/jz/units")
    staff.send(units="教育局")
    staff.open(f"/staff/jz/units/{unit_at(house, congress, '教育局')}")
    page = staff.send(f"/staff/jz/units/{unit_at(house, congress, '教育局')}", name="市水务局")
    assert (page.status, page.errors) == (409, ["名称：已经有名为“市水务局”的单位。"])


def test_readers_see_units_and_change_none(house: House, signed_in: SignedIn, congress: UUID) -> None:
    reader = signed_in(Role.AUDITOR, congress)
    page = reader.open("/staff/jz/units")
    assert "市水务局" in page.words
    assert [form for form in page.forms() if "sign-out" not in form] == []
    assert reader.open(f"/staff/jz/units/{unit_at(house, congress, '市水务局')}").status == 403


def test_a_unit_of_another_congress_is_not_found(house: House, signed_in: SignedIn, congress: UUID) -> None:
    other, _clerk = polls.founded(house.office, "other")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    staff = signed_in(Role.STAFF, other)
    assert staff.open(f"/staff/other/units/{unit_at(house, congress, '市水务局')}").status == 404
    assert staff.open("/staff/jz/units").status == 404
