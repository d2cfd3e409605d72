"""One person, several congresses: where the sign-in leads, and how one goes from desk to desk."""

from uuid import uuid5

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Grant, Role
from domain.congress.roll import DelegateEntry, DelegatesImported, roll_stream
from interfaces.composition import House
from interfaces.web._base.desks import LAST_DESK
from tests.support import levels, visitors
from tests.support.levels import CITY, EAST, HILLS
from tests.support.visitors import SignedIn, Visitor
from tests.support.year import of, record

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def li_hong(house: House, site: FastAPI) -> Visitor:
    """Staff of the township, delegate of the district, reader for the city."""
    levels.build(house.history)
    delegate = uuid5(EAST, "delegate")
    listed = of(DelegatesImported, congress=EAST, entries=(of(DelegateEntry, delegate=delegate, number="7"),))
    record(house.history, [(roll_stream(EAST), listed)])
    made = visitors.account(
        house,
        Grant(role=Role.STAFF, congress=HILLS),
        Grant(role=Role.DELEGATE, congress=EAST, delegate=delegate),
        Grant(role=Role.UPPER_READER, congress=CITY),
        name="李红",
    )
    return visitors.sign_in(house, visitors.visitor(site), made)


def test_the_sign_in_offers_every_desk_and_the_last_one_first(li_hong: Visitor) -> None:
    offered = li_hong.open("/account/desk")
    assert offered.path == "/account/desks"
    assert offered.document.xpath("//main//li//a/@href") == ["/staff/city", "/staff/hills", "/delegate/east"]
    for said in ("青城市人民代表大会上级查看", "丘陵镇人民代表大会人大工作人员", "东河区人民代表大会代表"):
        assert said in offered.words.replace(" ", "")
    li_hong.open("/staff/east")  # read from above: no desk of hers, and nothing to come back to
    li_hong.open("/staff/hills/units")
    again = li_hong.open("/account/desk")
    assert again.document.xpath("//main//li//a/@href")[0] == "/staff/hills"
    assert "人大工作人员 · 上次在这里" in again.words


def test_the_top_bar_names_congress_and_role_and_keeps_the_kind_of_page(li_hong: Visitor) -> None:
    page = li_hong.open("/staff/hills/delegates")
    desks = page.document.xpath("//header//a[contains(@class, 'desk')]")
    assert [(" ".join(desk.text_content().split()), desk.get("href")) for desk in desks] == [
        ("青城市人大上级查看", "/staff/city/delegates"),
        ("丘陵镇人大人大工作人员", "/staff/hills/delegates"),
        ("东河区人大代表", "/delegate/east"),
    ]
    assert [desk.get("aria-current") for desk in desks] == [None, "true", None]
    assert "/account/desks" in li_hong.open("/delegate/east").links(), "on the phone one switches on a page of its own"


def test_each_desk_has_its_own_rights(li_hong: Visitor) -> None:
    assert li_hong.open("/staff/hills/units").forms() == ["/account/sign-out", "/staff/hills/units"]
    assert li_hong.open("/staff/city/units").forms() == ["/account/sign-out"]
    assert li_hong.open("/delegate/west").status == 404
    district = li_hong.open("/staff/east/units")
    assert "您正在查看下级：东河区人民代表大会，只能阅读。" in district.words
    assert district.forms() == ["/account/sign-out"]


def test_who_has_one_desk_is_led_to_it(house: House, signed_in: SignedIn) -> None:
    levels.build(house.history)
    assert signed_in(Role.STAFF, HILLS).open("/account/desk").path == "/staff/hills"
    assert signed_in(Role.VENUE, HILLS).open("/account/desk").path == "/staff/hills/sessions"
    assert signed_in(Role.ADMINISTRATOR).open("/account/desk").path == "/staff/city"


def test_the_cookie_of_the_last_desk_goes_to_the_own_account_alone(li_hong: Visitor) -> None:
    li_hong.open("/staff/hills")
    (cookie,) = [one for one in li_hong.client.cookies.jar if one.name == LAST_DESK]
    assert (cookie.path, cookie.value) == ("/account", '"staff/hills"')
    assert cookie.has_nonstandard_attr("HttpOnly")
    li_hong.client.cookies.set(LAST_DESK, "staff/elsewhere", path="/account")
    assert li_hong.open("/account/desk").path == "/account/desks"
