"""What a delegate shows at the door: the code on the phone, the badge, the roll to sign."""

import pytest

from application import check_in as commands
from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.web.session.codes import drawn
from tests.interfaces.documents.printed import pages, scanned, texts
from tests.support.polls import Hall
from tests.support.stores import Clock
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def address(hall: Hall, place: int) -> str:
    code = commands.check_in_code(hall.session, hall.delegates[place].delegate)
    return f"https://rd.example.cn/staff/jz/check-in/17-4/{code}"


def test_a_delegate_shows_the_own_code_and_sees_when_it_was_scanned(
    hall: Hall, house: House, signed_in: SignedIn
) -> None:
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[2].delegate)
    page = delegate.open("/delegate/jz/check-in")
    code = commands.check_in_code(hall.session, hall.delegates[2].delegate)
    assert f"{code[:5]} {code[5:]}" in page.words
    assert "还没有签到" in page.words
    assert len(page.document.xpath("//main//*[local-name()='svg']")) == 1
    hall.check_in(2)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    assert "已签到 09:00" in delegate.open("/delegate/jz/check-in").words


def test_without_a_session_ahead_there_is_no_code(hall: Hall, clock: Clock, signed_in: SignedIn) -> None:
    clock.forward(days=30)
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[2].delegate)
    assert "现在没有要签到的会议" in delegate.open("/delegate/jz/check-in").words


def test_who_is_no_delegate_has_no_code(staff: Visitor) -> None:
    assert "现在没有要签到的会议" in staff.open("/delegate/jz/check-in").words


def test_the_picture_of_a_code_is_read_by_a_phone(hall: Hall) -> None:
    svg = str(drawn(address(hall, 0), "签到码"))
    assert 'style="' not in svg
    assert 'viewBox="0 0 ' in svg


def test_badges_carry_the_code_of_each_delegate_by_delegation(hall: Hall, staff: Visitor) -> None:
    page = staff.open(f"/staff/jz/sessions/{hall.session}/badges.pdf")
    assert page.headers["content-type"] == "application/pdf"
    assert set(scanned(page.content)) == {address(hall, place) for place in range(12)}
    assert len(pages(page.content)) == 2
    assert "城西代表团·签到证·共6人" in texts(page.content)[0]


def test_badges_of_one_delegation_are_printed_alone(hall: Hall, staff: Visitor) -> None:
    page = staff.open(f"/staff/jz/sessions/{hall.session}/badges.pdf?delegation=城东代表团")
    assert set(scanned(page.content)) == {address(hall, place) for place in range(1, 12, 2)}


def test_the_roll_to_sign_begins_a_page_for_each_delegation(hall: Hall, venue: Visitor) -> None:
    page = venue.open(f"/staff/jz/sessions/{hall.session}/roll.pdf")
    first, second = texts(page.content)
    assert "城西代表团" in first
    assert "代表12" in second
