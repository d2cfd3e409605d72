"""Working days: the year on a page, marks of an office, and what the levels below make of them."""

from datetime import date

import pytest

from application.working_days import working_days
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import levels
from tests.support.levels import CITY, HILLS
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
NADAM = {"starts_on": "2026-07-16", "ends_on": "2026-07-17", "kind": "free", "name": "那达慕"}


@pytest.fixture(autouse=True)
def built(house: House) -> None:
    levels.build(house.history)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def mark(staff: Visitor, slug: str, **typed: str) -> str:
    staff.open(f"/staff/{slug}/working-days/mark?on=2026-07-16")
    return staff.send(f"/staff/{slug}/working-days/mark", **typed).said


def test_a_mark_of_the_city_counts_below_until_the_county_says_otherwise(house: House, signed_in: SignedIn) -> None:
    city = signed_in(Role.STAFF, CITY)
    assert mark(city, "city", **NADAM) == "“那达慕”已标记为放假。"
    assert "7 月 23 个工作日" not in city.open("/staff/city/working-days?year=2026").words
    assert not working_days(house.office, HILLS).is_working(date(2026, 7, 16))
    county = signed_in(Role.STAFF, HILLS)
    assert "2026-07-16" not in county.open("/staff/hills/working-days?year=2026").said
    assert mark(county, "hills", starts_on="2026-07-17", ends_on="", kind="working", name="防汛值守") != ""
    assert working_days(house.office, HILLS).is_working(date(2026, 7, 17))
    assert not working_days(house.office, CITY).is_working(date(2026, 7, 17))
    county.open("/staff/hills/working-days/mark?on=2026-07-17")
    assert county.send("/staff/hills/working-days/take-back").said == "标记已撤销，恢复为原来的安排。"
    assert not working_days(house.office, HILLS).is_working(date(2026, 7, 17))


def test_each_year_says_how_well_it_is_known(signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, HILLS)
    announced = staff.open("/staff/hills/working-days?year=2026").words
    assert "已按国务院办公厅公布的安排备好，全年 248 个工作日" in announced
    assert "2 月 16 个工作日" in announced
    assert "2026年6月19日 – 2026年6月21日 3 端午节 放假 国家统一安排" in announced
    calculated = staff.open("/staff/hills/working-days?year=2027").words
    assert "2027 年的安排请核对。" in calculated
    assert "推算，待核对" in calculated
    assert "没有备好的放假安排" in staff.open("/staff/hills/working-days?year=2031").words


def test_what_cannot_be_marked_is_said_on_the_form(signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, HILLS)
    staff.open("/staff/hills/working-days/mark?on=2026-02-14")
    assert "春节调休，上班" in staff.open("/staff/hills/working-days/mark?on=2026-02-14").words
    refused = staff.send("/staff/hills/working-days/mark", name="", ends_on="2026-02-01")
    assert refused.errors == ["名称或依据：请填写。"]
    staff.open("/staff/hills/working-days/mark?on=2026-02-14")
    refused = staff.send("/staff/hills/working-days/mark", name="假", ends_on="2026-02-01")
    assert refused.errors == ["结束日期：结束日期早于开始日期。"]
    mark(staff, "hills", **NADAM)
    staff.open("/staff/hills/working-days/mark?on=2026-07-16")
    again = staff.send("/staff/hills/working-days/mark", **NADAM)
    assert again.errors == ["这些日子已经这样标记为“那达慕”。"]


def test_only_staff_mark_days(signed_in: SignedIn) -> None:
    reader = signed_in(Role.UPPER_READER, HILLS)
    page = reader.open("/staff/hills/working-days")
    assert page.status == 200
    assert not [link for link in page.links() if "working-days/mark" in link]
    assert reader.open("/staff/hills/working-days/mark").status == 403
    assert signed_in(Role.DELEGATE, HILLS).open("/staff/hills/working-days").status == 403
