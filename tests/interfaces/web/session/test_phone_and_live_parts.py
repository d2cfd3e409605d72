"""What a phone that scanned a code is asked, and what parts of a page that load themselves anew are answered."""

import pytest

from application.check_in import check_in_code
from application.polls import preparing
from interfaces.composition import House
from tests.interfaces.web.session.conftest import settled
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import Page, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def scanned(who: Visitor, hall: Hall, place: int) -> Page:
    return who.open(f"/staff/jz/check-in/17-4/{check_in_code(hall.session, hall.delegates[place].delegate)}")


def offered(page: Page) -> list[str]:
    """The buttons of the panel with the delegate, in their order."""
    return [" ".join(button.text_content().split()) for button in page.document.xpath("//section//button")]


def test_a_phone_shows_the_delegate_first_and_no_keyboard_over_the_button(hall: Hall, venue: Visitor) -> None:
    page = scanned(venue, hall, 5)
    assert offered(page) == ["签到"]
    assert page.document.xpath("//input[@autofocus]") == []
    (panel,) = page.document.xpath("//section[contains(@class, 'arrived')]")
    assert panel.xpath("following::input[@id='f-q']")


def test_check_in_and_card_are_one_tap_where_cards_are_drawn(released: Hall, venue: Visitor) -> None:
    page = scanned(venue, released, 5)
    assert offered(page) == ["签到", "签到并领票"]
    (form,) = page.document.xpath("//section//form[input[@name='card']]")
    page = venue._seen(venue.client.post(form.get("action"), data=dict(form.form_values())))
    assert "✓ 已签到" in page.words
    assert "已领票" in page.words
    assert page.document.xpath("//input[@autofocus]/@name") == ["q"]


def test_a_card_of_a_poll_that_was_cancelled_comes_back(released: Hall, house: House, venue: Visitor) -> None:
    released.check_in(0)
    released.draw(0)
    preparing.cancel_poll(house.office, by(released.clerk), released.poll, "议程改期")
    settled(house)
    page = scanned(venue, released, 0)
    assert offered(page) == ["确认撤销领票"]
    (form,) = page.document.xpath("//section//form")
    page = venue._seen(venue.client.post(form.get("action"), data=dict(form.form_values())))
    assert offered(page) == ["确认撤销代表1的签到"]


def test_a_part_of_a_page_never_shows_the_sign_in_form(hall: Hall, visitor: Visitor) -> None:
    part = f"/staff/jz/sessions/{hall.session}/live"
    answer = visitor.client.get(part, headers={"HX-Request": "true"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.text) == (401, "true", "")
    assert visitor.client.get(part, follow_redirects=False).status_code == 303


def test_an_error_never_takes_the_place_of_numbers(hall: Hall, staff: Visitor) -> None:
    page = staff.open(f"/staff/jz/sessions/{hall.session}")
    (settings,) = page.document.xpath("//meta[@name='htmx-config']/@content")
    assert '"4xx", "5xx"' in settings
