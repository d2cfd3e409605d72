"""The pages of the congresses: who sees which, founding, putting right."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from application.office import Office
from domain.accounts.account import evolve
from domain.accounts.login import evolve_login, login_stream
from domain.accounts.permissions import Grant, Role
from domain.congress import congress as congresses
from domain.congress.congress import SlugTakenBy, slug_stream
from interfaces.composition import House
from projections.congress_directory import ListedCongress, congresses_below
from projections.congress_register import units_of
from tests.support import polls, visitors
from tests.support.levels import LAKE, WEST, build
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

CITY: dict[str, Any] = {
    "name": "江州市人民代表大会",
    "short_name": "江州市人大",
    "level": "city",
    "term": "17",
    "slug": "jiangzhou",
}


@pytest.fixture
def administrator(signed_in: SignedIn) -> Visitor:
    return signed_in(Role.ADMINISTRATOR)


def congress_at(office: Office, slug: str) -> UUID:
    holder = office.state_of(slug_stream(slug), congresses.evolve_slug)
    assert isinstance(holder, SlugTakenBy)
    return holder.congress


def settled(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def found(administrator: Visitor, **typed: str) -> None:
    administrator.open("/staff/congresses/new")
    administrator.send(**{**CITY, "parent": "", **typed})


def test_an_empty_installation_asks_for_its_first_congress(administrator: Visitor) -> None:
    page = administrator.open("/staff/congresses")
    assert "还没有大会" in page.words
    page = administrator.open("/staff/congresses/new")
    page = administrator.send(**CITY, parent="")
    assert page.said == "江州市人民代表大会已建立。接着添加单位、导入代表名册。"
    assert page.path == "/staff/jiangzhou/units"


def test_districts_stand_indented_under_their_city(administrator: Visitor, office: Office) -> None:
    found(administrator)
    city = congress_at(office, "jiangzhou")
    found(administrator, name="东河区人民代表大会", slug="donghe", level="county", parent=str(city))
    district = congress_at(office, "donghe")
    found(administrator, name="南店街道居民议事会", slug="nandian", level="street", parent=str(district))
    found(administrator, name="西河区人民代表大会", slug="xihe", level="county", parent=str(city))
    page = administrator.open("/staff/congresses")
    rows = page.document.xpath("//tbody/tr/th")
    assert [(row.text_content(), row.get("class")) for row in rows] == [
        ("江州市人民代表大会", "depth-0"),
        ("东河区人民代表大会", "depth-1"),
        ("南店街道居民议事会", "depth-2"),
        ("西河区人民代表大会", "depth-1"),
    ]


def test_what_was_typed_wrong_is_told_beside_its_field_and_kept(administrator: Visitor) -> None:
    administrator.open("/staff/congresses/new")
    page = administrator.send(**{**CITY, "parent": "", "slug": "Staff", "term": "十七"})
    assert page.status == 422
    assert [error.split("：")[0] for error in page.errors] == ["届"]
    assert page.document.xpath("//input[@name='slug']")[0].value == "Staff"
    page = administrator.send(term="17")
    assert [error.split("：")[0] for error in page.errors] == ["网址"]


def test_an_address_that_is_taken_is_told_beside_it(administrator: Visitor) -> None:
    found(administrator)
    administrator.open("/staff/congresses/new")
    page = administrator.send(**{**CITY, "parent": ""})
    assert page.status == 409
    assert page.errors == ["网址：网址“jiangzhou”已被另一个大会使用，请换一个。"]


def test_a_wrong_parent_is_told_in_words(administrator: Visitor, office: Office) -> None:
    found(administrator)
    found(administrator, slug="street", level="street", parent=str(congress_at(office, "jiangzhou")))
    administrator.open("/staff/congresses/new")
    page = administrator.send(
        **{**CITY, "slug": "other", "level": "county", "parent": str(congress_at(office, "street"))}
    )
    assert page.errors == ["上级大会：旗县区级的大会不能设在街道之下，请改选上级或层级。"]


def test_names_and_term_are_put_right(administrator: Visitor) -> None:
    found(administrator)
    administrator.open("/staff/congresses/jiangzhou")
    page = administrator.send(short_name="江州人大", term="18")
    assert page.said == "江州市人民代表大会的资料已更新。"
    assert "第 18 届" in page.words


def test_everybody_sees_the_congresses_of_their_own_desks_only(
    house: House, site: FastAPI, signed_in: SignedIn
) -> None:
    one, _ = polls.founded(house.office, "one")
    two, _ = polls.founded(house.office, "two")
    polls.founded(house.office, "three")
    settled(house)
    both = visitors.account(house, Grant(role=Role.STAFF, congress=one), Grant(role=Role.VENUE, congress=two))
    staff = visitors.sign_in(house, visitors.visitor(site), both)
    page = staff.open("/staff/congresses")
    assert {link for link in page.links() if link in {"/one", "/two", "/three"}} == {"/one", "/two"}
    assert not [link for link in page.links() if link.startswith("/staff/congresses/")]
    assert signed_in(Role.GOVERNMENT, one).open("/staff/congresses").words.count("您的账号还没有分到") == 1


def test_staff_neither_found_nor_describe(house: House, signed_in: SignedIn) -> None:
    congress, _ = polls.founded(house.office, "one")
    settled(house)
    staff = signed_in(Role.STAFF, congress)
    assert staff.open("/staff/congresses/new").status == 403
    assert staff.open("/staff/congresses/one").status == 403
    assert staff.open("/staff/congresses/elsewhere").status == 404


def test_the_administrator_of_one_congress_puts_only_that_right(house: House, signed_in: SignedIn) -> None:
    congress, _ = polls.founded(house.office, "one")
    polls.founded(house.office, "two")
    settled(house)
    own = signed_in(Role.ADMINISTRATOR, congress)
    assert own.open("/staff/congresses/one").status == 200
    assert own.open("/staff/congresses/two").status == 404
    offered = own.open("/staff/congresses/new").document
    assert offered.xpath("//select[@name='parent']/option/@value") == [str(congress)]


def test_a_congress_is_founded_below_with_its_first_person_and_what_it_takes_over(
    house: House, signed_in: SignedIn
) -> None:
    county, _ = polls.founded(house.office, "one")
    polls.founded(house.office, "two")
    settled(house)
    above = signed_in(Role.ADMINISTRATOR, county)
    above.open("/staff/congresses/new")
    typed = {
        "name": "丘陵镇人民代表大会",
        "short_name": "丘陵镇人大",
        "slug": "hills",
        "level": "township",
        "term": "3",
    }
    refused = above.send(**typed, parent=str(county), person="马苏木", login="")
    assert refused.errors == ["登录名：请填写。"]
    shown = above.send(login="ma.sumu", source=str(county), take=["units", "screening"])
    assert shown.heading == "丘陵镇人民代表大会已建立"
    assert "ma.sumu" in shown.words
    with house.reading.connect() as connection:
        made = next(one for one in congresses_below(connection, county) if one.slug == "hills")
        there = [unit.name for unit in units_of(connection, made.id)]
        assert there == [unit.name for unit in units_of(connection, county)]
    assert above.open("/staff/hills").status == 200, "read from above"
    assert above.open("/staff/hills/accounts").status == 403, "its accounts are its own"
    holder = house.office.state_of(login_stream("ma.sumu"), evolve_login)
    held = house.office.state_of(holder.account, evolve) if holder else None
    assert held is not None
    assert [(grant.role, grant.congress) for grant in held.grants] == [
        (Role.STAFF, made.id),
        (Role.ADMINISTRATOR, made.id),
    ]
    assert above.open("/staff/hills/units").forms() == ["/account/sign-out"], "nothing to press"


def test_a_congress_is_moved_only_under_a_level_above_its_own(house: House, signed_in: SignedIn) -> None:
    build(house.history)
    settled(house)
    administrator = signed_in(Role.ADMINISTRATOR)
    administrator.open("/staff/congresses/hills")
    moved = administrator.send("/staff/congresses/hills/move", parent=str(WEST))
    assert moved.said == "丘陵镇人民代表大会的上级已更改。"
    assert [one.slug for one in below(house, WEST)] == ["hills"]
    administrator.open("/staff/congresses/hills")
    assert administrator.send("/staff/congresses/hills/move", parent=str(LAKE)).errors == [
        "上级大会：苏木乡镇级的大会不能设在苏木乡镇级之下，请改选上级或层级。"
    ]
    administrator.open("/staff/congresses/hills")
    said = administrator.send("/staff/congresses/hills/move", parent=str(WEST)).errors
    assert said == ["上级大会：丘陵镇人民代表大会已经设在这里，不需要改。"]


def below(house: House, congress: UUID) -> list[ListedCongress]:
    with house.reading.connect() as connection:
        return congresses_below(connection, congress)
