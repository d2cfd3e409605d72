"""The pages of a poll: what they refuse, what they say in each stage, and buttons pressed twice."""

from dataclasses import replace
from typing import Any

import pytest

from application.polls import voting
from domain.accounts.permissions import Role
from domain.polls.poll import PollStage
from interfaces.composition import House
from tests.interfaces.web.polls.conftest import counted, opened, settled, url_of
from tests.support import polls
from tests.support.polls import GREEN, Hall
from tests.support.stores import by
from tests.support.visitors import Page, SignedIn, Visitor
from tests.support.voters import cast_all

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def twice(visitor: Visitor, action: str, **typed: Any) -> tuple[Page, Page]:
    """The same form, sent twice by one impatient finger: the key of the command is the same."""
    assert visitor.at is not None
    before = visitor.at
    first = visitor.send(action, **typed)
    visitor.at = before
    return first, visitor.send(action, **typed)


def test_every_page_of_an_unsealed_poll_says_so(hall: Hall, staff: Visitor, house: House) -> None:
    for page in ("", "/scrutineers", "/void-cards", "/open", "/close", "/cancel"):
        assert "未密封：" in staff.open(url_of(hall) + page).words, page
    counted(hall, house)
    for page in ("", "/report", "/declare", "/recount"):
        assert "未密封：" in staff.open(url_of(hall) + page).words, page


def test_what_keeps_a_poll_from_opening_is_named_line_by_line(hall: Hall, staff: Visitor) -> None:
    page = staff.open(url_of(hall))
    said = [" ".join(line.text_content().split()) for line in page.document.xpath("//li[@class='not']")]
    assert len(said) == 4
    assert said[0].startswith("未满足：票卡还没有启用")
    assert "到会0人，全体代表12人，按办法至少要8人到会" in said[1]
    assert "还没有代表领票" in said[2]
    assert "印了14张，作废0张，领出0张" in said[3]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "请填写"),
        ("ABCD", "请对照票卡上的代码再输一次"),
        ("0000-0000-0000-0000-0000-0", "系统里没有这张票卡"),
    ],
)
def test_a_card_that_cannot_be_voided_says_why_and_leaves_the_field_empty(
    hall: Hall, staff: Visitor, code: str, said: str
) -> None:
    staff.open(f"{url_of(hall)}/void-cards?reason=spoiled")
    page = staff.send(code=code)
    assert said in page.errors[0]
    assert page.document.xpath("string(//input[@name='code']/@value)") == ""
    assert page.document.xpath("//input[@value='spoiled' and @checked]")


def test_a_card_is_voided_once_and_a_second_scan_says_so(hall: Hall, staff: Visitor) -> None:
    url = f"{url_of(hall)}/void-cards"
    staff.open(url)
    first, second = twice(staff, url, code=hall.secrets[-1])
    assert first.said == second.said == "已作废一张。"
    page = staff.send(url, code=hall.secrets[-1])
    assert "已经作废" in page.errors[0]


def test_the_second_download_of_a_set_is_refused(hall: Hall, staff: Visitor) -> None:
    url = f"/staff/jz/sessions/{hall.session}/polls/cards"
    staff.open(url)
    first, second = twice(staff, url, present_1="0002", present_2="0003", cards="20")
    assert first.content.startswith(b"%PDF")
    assert second.status == 409
    assert "已经印过。票卡只能下载一次" in second.errors[0]


def test_cards_are_printed_before_two_delegates_on_the_roll(hall: Hall, staff: Visitor) -> None:
    url = f"/staff/jz/sessions/{hall.session}/polls/cards"
    staff.open(url)
    page = staff.send(present_1="9999", present_2="代表2", colour="黑色", cards="0")
    assert page.status == 422
    assert any("名册上没有“9999”" in error for error in page.errors)
    staff.open(url)
    page = staff.send(present_1="0002", present_2="0002")
    assert page.status == 409
    assert "两个不同的人" in page.errors[0]


def test_a_spare_set_is_discarded_and_the_set_of_a_poll_is_not(hall: Hall, staff: Visitor, house: House) -> None:
    hall.print_set(GREEN, 14)
    settled(house)
    root = f"/staff/jz/sessions/{hall.session}/polls"
    page = staff.open(root)
    assert f"{root}/cards/1/discard" not in page.forms()
    assert "请填写" in staff.send(f"{root}/cards/2/discard").errors[0]
    page = staff.send(f"{root}/cards/2/discard", reason="打印机卡纸")
    assert page.said == "第2套票卡已停用。"
    assert "打印机卡纸" in page.words


def test_rule_14_scrutineers_are_three_different_delegates(hall: Hall, staff: Visitor) -> None:
    url = f"{url_of(hall)}/scrutineers"
    staff.open(url)
    page = staff.send(chief="0004", scrutineer_1="0005", scrutineer_2="")
    assert "监票人至少2人，现在监票人1人" in page.errors[0]
    page = staff.send(chief="0004", scrutineer_1="0005", scrutineer_2="0005")
    assert "同一个人填了两次" in page.errors[0]
    page = staff.send(chief="0004", scrutineer_1="0005", scrutineer_2="没有这个人")
    assert "名册上没有" in page.errors[0]


def test_every_button_pressed_twice_does_it_once(hall: Hall, staff: Visitor, house: House) -> None:
    url = url_of(hall)
    hall.release()
    hall.seat()
    settled(house)
    staff.open(f"{url}/open")
    assert [page.said for page in twice(staff, f"{url}/open")] == ["投票已经开始。"] * 2
    cast_all(hall)
    staff.open(url)
    assert [page.status for page in twice(staff, f"{url}/last-call")] == [200, 200]
    staff.open(f"{url}/close")
    assert [page.said for page in twice(staff, f"{url}/close")] == ["投票已截止，票箱已封。"] * 2
    staff.open(url)
    first, second = twice(staff, f"{url}/count")
    assert first.said == second.said == "计票完成。请核对报告单。"
    assert hall.state.counted is not None
    assert hall.state.counted.version == 1


def test_a_poll_is_prepared_once_however_often_the_button_is_pressed(hall: Hall, staff: Visitor, house: House) -> None:
    hall.print_set(GREEN, 14)
    settled(house)
    url = url_of(hall)
    staff.open(f"{url}/cancel")
    assert [page.said for page in twice(staff, f"{url}/cancel", reason="名单有误")] == ["这次表决已取消。"] * 2
    root = f"/staff/jz/sessions/{hall.session}/polls"
    staff.open(f"{root}/new")
    first, second = twice(staff, f"{root}/new")
    assert first.path == second.path != url
    assert first.said == "表决已经准备好，票卡已经绑定。"
    assert "原因：名单有误" in staff.open(url).words
    assert "这次表决已取消" in staff.open(url).words


def test_cancelling_needs_a_reason(hall: Hall, staff: Visitor) -> None:
    staff.open(f"{url_of(hall)}/cancel")
    assert "请填写" in staff.send().errors[0]


def test_a_list_at_the_vote_is_not_prepared_again(hall: Hall, staff: Visitor) -> None:
    page = staff.open(f"/staff/jz/sessions/{hall.session}/polls/new")
    assert "已经用于另一次表决" in page.words
    assert url_of(hall) in page.links()


def test_rule_10_an_equal_election_says_at_its_field_what_is_missing(house: House, signed_in: SignedIn) -> None:
    congress, clerk = polls.founded(house.office)
    delegates = polls.roll_of(house.office, clerk, congress, 12)
    session = polls.convened(house.office, clerk, congress, house.office.today())
    polls.published(house.office, clerk, congress, session, 2026, polls.NAMES[:3], house.office.today())
    polls.adopted(house.office, clerk, congress, session, replace(polls.RULES, allow_equal=True), house.office.today())
    polls.print_set_of(house.office, clerk, session, delegates, GREEN, 14)
    settled(house)
    staff = signed_in(Role.STAFF, congress)
    staff.open(f"/staff/jz/sessions/{session}/polls/new")
    page = staff.send(title="表决")
    assert page.status == 409
    assert "候选项目3项，应选3项，不是差额" in page.errors[0]
    assert "#f-waiver" in page.links()
    page = staff.send(waiver="主席团第三次会议决定")
    assert page.said.startswith("表决已经准备好")


def test_a_crash_between_gate_and_record_is_made_good_by_the_same_button(
    hall: Hall, staff: Visitor, house: House
) -> None:
    opened(hall, house)
    hall.last_call()
    house.box.close(hall.poll)
    settled(house)
    assert hall.state.stage is PollStage.OPEN
    staff.open(f"{url_of(hall)}/close")
    page = staff.send(f"{url_of(hall)}/close")
    assert page.said == "投票已截止，票箱已封。"
    assert hall.state.closed is not None
    assert hall.state.closed.ballots == 12


def test_closing_takes_two_steps(hall: Hall, staff: Visitor, house: House) -> None:
    opened(hall, house)
    page = staff.open(f"{url_of(hall)}/close")
    assert "截止分两步：先宣布最后投票" in page.words
    assert f"{url_of(hall)}/close" not in page.forms()


def test_the_numbers_alone_are_a_small_answer_that_tells_when_the_stage_moved(
    hall: Hall, staff: Visitor, house: House
) -> None:
    page = staff.open(f"{url_of(hall)}/numbers?stage=prepared")
    assert "<html" not in page.text
    assert "hx-refresh" not in page.headers
    opened(hall, house)
    page = staff.open(f"{url_of(hall)}/numbers?stage=prepared")
    assert page.headers["hx-refresh"] == "true"
    assert "<b>12</b> / 12 张票已在票箱" in page.text


def test_a_poll_of_another_congress_is_not_found(hall: Hall, house: House, signed_in: SignedIn) -> None:
    other, _ = polls.founded(house.office, "other")
    settled(house)
    stranger = signed_in(Role.STAFF, other)
    for page in ("", "/report", "/open", "/numbers"):
        assert stranger.open(f"/staff/other/polls/{hall.poll}{page}").status == 404
    assert stranger.open(f"/staff/other/sessions/{hall.session}/polls").status == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.UPPER_READER, Role.VENUE])
def test_buttons_are_for_those_who_may_press_them(hall: Hall, signed_in: SignedIn, role: Role) -> None:
    somebody = signed_in(role, hall.congress)
    for page in ("open", "close", "scrutineers", "cancel", "declare"):
        assert somebody.open(f"{url_of(hall)}/{page}").status == 403


def test_opening_that_was_refused_keeps_the_page(hall: Hall, staff: Visitor) -> None:
    staff.open(f"{url_of(hall)}/open")
    page = staff.send()
    assert page.status == 409
    assert page.heading == "开始投票"


def test_opening_twice_from_two_screens_is_told_to_the_second(hall: Hall, staff: Visitor, house: House) -> None:
    hall.release()
    hall.seat()
    settled(house)
    staff.open(f"{url_of(hall)}/open")
    voting.open_poll(house.office, house.box, by(hall.clerk), hall.poll)
    page = staff.send()
    assert page.status == 409
    assert "投票正在进行，现在不能这样办理" in page.errors[0]
