"""The pages of the congresses: who sees which, founding, putting right."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from application.office import Office
from domain.accounts.permissions import Grant, Role
from domain.congress import congress as congresses
from domain.congress.congress import SlugTakenBy, slug_stream
from interfaces.composition import House
from tests.support import polls, visitors
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
    assert own.open("/staff/congresses/new").status == 403
