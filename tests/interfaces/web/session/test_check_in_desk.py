"""The check-in desk: scanner, keyboard, phone; cards handed out; mistakes taken back."""

from uuid import uuid4

import pytest

from application import check_in as commands
from application.polls.papers_out import print_papers
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def desk(hall: Hall) -> str:
    return f"/staff/jz/sessions/{hall.session}/check-in"


def scan(who: Visitor, hall: Hall, typed: str, **more: str) -> Page:
    """What a scanner does: types into the field that has the focus, and presses Enter."""
    page = who.at
    if page is None or not page.path.startswith(desk(hall)):
        page = who.open(desk(hall))
    (form,) = [form for form in page.document.forms if form.get("class") == "scan"]
    data: dict[str, str] = {**dict(form.form_values()), "q": typed, **more}
    return who._seen(who.client.post(form.get("action"), data=data))


def press(who: Visitor, hall: Hall, act: str, place: int) -> Page:
    """Presses the button that does this to this delegate."""
    assert who.at is not None
    delegate = str(hall.delegates[place].delegate)
    (form,) = [
        form
        for form in who.at.document.forms
        if form.get("action") == f"{desk(hall)}{act}" and dict(form.form_values()).get("delegate") == delegate
    ]
    return who._seen(who.client.post(form.get("action"), data=dict(form.form_values())))


def arrived(page: Page) -> str:
    """What the large panel says."""
    return " ".join(page.document.xpath("string(//section[contains(@class, 'arrived')])").split())


def code(hall: Hall, place: int) -> str:
    return commands.check_in_code(hall.session, hall.delegates[place].delegate)


def buttons(page: Page) -> set[str]:
    return {form.rsplit("/check-in", 1)[-1] for form in page.forms() if "/check-in" in form}


def test_the_field_has_the_focus_before_and_after_a_scan(hall: Hall, venue: Visitor) -> None:
    for page in (venue.open(desk(hall)), scan(venue, hall, "0001")):
        (field,) = page.document.xpath("//input[@autofocus]")
        assert (field.name, field.value) == ("q", None)


@pytest.mark.parametrize(
    "typed",
    ["{code}", "{number}", "https://rd.example.cn/staff/jz/check-in/17-4/{code}", "https://elsewhere/{code}/"],
)
def test_a_scan_of_code_number_or_address_checks_in(hall: Hall, venue: Visitor, typed: str) -> None:
    page = scan(venue, hall, typed.format(code=code(hall, 3), number="0004"))
    assert arrived(page).startswith("✓ 已签到 09:00 代表4 城东代表团 · 0004")


def test_scan_after_scan_the_last_arrival_is_shown_and_those_before_it_listed(hall: Hall, venue: Visitor) -> None:
    for place in range(3):
        page = scan(venue, hall, code(hall, place))
    assert "代表3" in arrived(page)
    assert "您刚才签到的 代表2" in page.words
    assert "3 / 12" in page.words


def test_who_checked_in_before_is_told_plainly(hall: Hall, venue: Visitor) -> None:
    scan(venue, hall, "0001")
    page = scan(venue, hall, code(hall, 0))
    assert page.status == 409
    assert page.document.xpath("string(//*[@role='alert'])") == "代表1已经签到，不用再签。"
    assert "✓ 已签到" in arrived(page)


def test_a_name_offers_those_who_have_it(hall: Hall, venue: Visitor) -> None:
    scan(venue, hall, "0010")
    page = scan(venue, hall, "代表1")
    found = [" ".join(item.text_content().split()) for item in page.document.xpath("//ul[@class='need'][1]/li")]
    assert found[0].startswith("代表1城西代表团 · 0001")
    assert "已签到 09:00" in found[1]
    page = press(venue, hall, "", 0)
    assert "代表1" in arrived(page)


def test_nobody_of_that_name_is_said_with_what_was_typed(hall: Hall, venue: Visitor) -> None:
    page = scan(venue, hall, "某某人")
    assert page.status == 404
    assert page.document.xpath("string(//*[@role='alert'])") == "没有找到“某某人”。请核对姓名或代表证号。"
    assert page.document.xpath("//input[@name='q']")[0].value is None


def test_an_empty_scan_changes_nothing(hall: Hall, venue: Visitor) -> None:
    assert scan(venue, hall, "").status == 200
    assert "0 / 12" in scan(venue, hall, "  ").words


def test_a_wrong_check_in_is_undone_with_a_confirmation(hall: Hall, venue: Visitor) -> None:
    page = scan(venue, hall, "0001")
    assert "确认撤销代表1的签到" in arrived(page)
    page = press(venue, hall, "/undo", 0)
    assert arrived(page).startswith("还没有签到 代表1")
    assert "0 / 12" in page.words


def test_a_phone_that_scans_a_code_confirms_and_checks_in(hall: Hall, venue: Visitor) -> None:
    page = venue.open(f"/staff/jz/check-in/17-4/{code(hall, 5)}")
    assert arrived(page).startswith("还没有签到 代表6 城东代表团 · 0006")
    page = press(venue, hall, "", 5)
    assert arrived(page).startswith("✓ 已签到 09:00 代表6")


def test_a_code_of_another_session_or_nobody_is_not_found(hall: Hall, venue: Visitor) -> None:
    assert venue.open(f"/staff/jz/check-in/17-5/{code(hall, 0)}").status == 404
    assert venue.open("/staff/jz/check-in/17-4/AAAAAAAAAA").status == 404
    assert venue.open(f"/staff/jz/check-in/x/{code(hall, 0)}").status == 404


def test_who_scans_a_code_without_being_at_the_door_is_told_to_show_it(hall: Hall, signed_in: SignedIn) -> None:
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[0].delegate)
    page = delegate.open(f"/staff/jz/check-in/17-4/{code(hall, 0)}")
    assert "请把签到码出示给会场的工作人员" in page.words
    assert delegate.open(desk(hall)).status == 403


def test_cards_are_offered_once_they_are_released(hall: Hall, house: House, venue: Visitor) -> None:
    page = scan(venue, hall, "0001")
    assert "/draw" not in buttons(page)
    hall.release()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    venue.open(f"{desk(hall)}?delegate={hall.delegates[0].delegate}")
    page = press(venue, hall, "/draw", 0)
    assert "已领票：2026年民生实事项目表决票" in arrived(page)
    assert buttons(page) == {"", "/undo-draw"}


def test_check_in_and_card_are_one_scan_where_the_desk_wants_it(released: Hall, venue: Visitor) -> None:
    page = scan(venue, released, "0001", card=str(released.poll))
    assert "已领票" in arrived(page)
    page = scan(venue, released, "0002")
    assert "已领票" in arrived(page), "the tick stays for the next delegate"


def test_who_is_present_already_gets_only_the_card(released: Hall, venue: Visitor) -> None:
    scan(venue, released, "0001")
    page = scan(venue, released, "0001", card=str(released.poll))
    assert "已领票" in arrived(page)
    page = scan(venue, released, "0001")
    assert page.status == 409
    assert page.document.xpath("string(//*[@role='alert'])") == "代表1已经领过票卡，一位代表只领一张。"


def test_a_card_comes_back_before_the_check_in_is_undone(released: Hall, venue: Visitor) -> None:
    page = scan(venue, released, "0001", card=str(released.poll))
    assert "/undo" not in buttons(page)
    page = press(venue, released, "/undo-draw", 0)
    assert "/undo" in buttons(page)
    page = press(venue, released, "/undo", 0)
    assert arrived(page).startswith("还没有签到")


def test_an_old_page_cannot_undo_the_check_in_of_a_card_holder(released: Hall, venue: Visitor) -> None:
    scan(venue, released, "0001")
    old = venue.at
    press(venue, released, "/draw", 0)
    venue.at = old
    page = press(venue, released, "/undo", 0)
    assert page.status == 409
    assert "请先收回票卡、撤销领票" in page.document.xpath("string(//*[@role='alert'])")


def test_the_same_form_sent_twice_is_one_check_in(hall: Hall, venue: Visitor) -> None:
    page = venue.open(desk(hall))
    for _ in range(2):
        venue.at = page
        assert "✓ 已签到" in arrived(scan(venue, hall, "0001"))


def test_once_voting_began_the_desk_only_takes_cards_back_that_cannot_be_used(
    released: Hall, house: House, venue: Visitor
) -> None:
    released.seat(10)
    released.open()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    page = scan(venue, released, "0012")
    assert arrived(page).startswith("✓ 已签到 09:00 代表12")
    assert buttons(page) == {"", "/undo"}
    page = venue.open(f"{desk(released)}?delegate={released.delegates[0].delegate}")
    assert buttons(page) == {"", "/exchange"}


def test_a_desk_of_another_congress_checks_nobody_in_here(hall: Hall, house: House, signed_in: SignedIn) -> None:
    other, _clerk = polls.founded(house.office, "other")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    venue = signed_in(Role.VENUE, other)
    page = venue.open("/staff/other/sessions")
    token = page.document.xpath("string(//input[@name='csrf']/@value)")
    for act in ("", "/undo", "/draw", "/undo-draw"):
        sent = {"csrf": token, "command_key": str(uuid4()), "delegate": str(hall.delegates[0].delegate)}
        sent["poll"] = str(hall.poll)
        for slug in ("other", "jz"):
            answer = venue.client.post(f"/staff/{slug}/sessions/{hall.session}/check-in{act}", data=sent)
            assert answer.status_code == 404


@pytest.fixture
def on_paper(released: Hall, house: House) -> Hall:
    """Papers were printed beside the cards."""
    print_papers(house.office, by(released.clerk), released.poll, 15)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return released


def test_papers_are_offered_once_they_are_printed(released: Hall, house: House, venue: Visitor) -> None:
    assert "/paper" not in buttons(scan(venue, released, "0001"))
    print_papers(house.office, by(released.clerk), released.poll, 15)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    assert {"/draw", "/paper"} <= buttons(venue.open(f"{desk(released)}?delegate={released.delegates[0].delegate}"))
    page = press(venue, released, "/paper", 0)
    assert "已领纸质票：2026年民生实事项目表决票" in arrived(page)
    assert buttons(page) == {"", "/undo-paper"}


def test_rule_13_who_holds_a_paper_gets_no_card(on_paper: Hall, venue: Visitor) -> None:
    scan(venue, on_paper, "0001", paper=str(on_paper.poll))
    page = scan(venue, on_paper, "0001", card=str(on_paper.poll), paper="")
    assert page.status == 409
    assert "票卡和纸质票只能领一样" in page.document.xpath("string(//*[@role='alert'])")


def test_card_and_paper_are_not_ticked_together(on_paper: Hall, venue: Visitor) -> None:
    page = scan(venue, on_paper, "0001", card=str(on_paper.poll), paper=str(on_paper.poll))
    assert page.status == 422
    assert "票卡和纸质票只能领一样，请只勾选一样。" in page.words


def test_check_in_and_paper_are_one_scan_where_the_desk_wants_it(on_paper: Hall, venue: Visitor) -> None:
    assert "已领纸质票" in arrived(scan(venue, on_paper, "0001", paper=str(on_paper.poll)))
    assert "已领纸质票" in arrived(scan(venue, on_paper, "0002")), "the tick stays for the next delegate"
    page = scan(venue, on_paper, "0001", paper=str(on_paper.poll))
    assert page.document.xpath("string(//*[@role='alert'])").startswith("代表1已经领过纸质票")


def test_a_paper_comes_back_unused(on_paper: Hall, venue: Visitor) -> None:
    scan(venue, on_paper, "0001", paper=str(on_paper.poll))
    page = press(venue, on_paper, "/undo-paper", 0)
    assert {"/draw", "/paper", "/undo"} <= buttons(page)


def test_after_the_opening_a_late_delegate_gets_a_paper(on_paper: Hall, house: House, venue: Visitor) -> None:
    on_paper.seat(10)
    on_paper.open()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    page = venue.open(desk(on_paper))
    assert "投票已经开始，迟到的代表用纸质票" in page.words
    page = scan(venue, on_paper, "0011", paper=str(on_paper.poll))
    assert "已领纸质票" in arrived(page)


def test_a_spoiled_card_is_exchanged_for_a_paper_at_the_desk(on_paper: Hall, house: House, venue: Visitor) -> None:
    on_paper.seat()
    on_paper.open()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    page = venue.open(f"{desk(on_paper)}?delegate={on_paper.delegates[0].delegate}")
    (form,) = [form for form in page.document.forms if form.get("action") == f"{desk(on_paper)}/exchange"]
    data = {**dict(form.form_values()), "code": on_paper.cards[0]}
    page = venue._seen(venue.client.post(form.get("action"), data=data))
    assert "已领纸质票" in arrived(page)
    page = venue._seen(venue.client.post(form.get("action"), data={**data, "delegate": str(uuid4())}))
    assert page.status == 404
