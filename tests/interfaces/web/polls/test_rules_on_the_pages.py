"""Rules as the office's pages show them: the surplus, the accounts of the cards, the text that is signed."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from application.polls.counting import count_poll
from domain.accounts.permissions import Role
from domain.congress import congress as congresses
from domain.polls.ballot import VoidReason
from domain.polls.card import card_id
from domain.polls.card_set import PrintAs
from interfaces.composition import House
from projections.card_shelf import sets_of
from tests.support import polls
from tests.support.polls import RULES, UNIT, Hall
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import cast_all

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def seen(house: House) -> None:
    """Pages show everything recorded so far."""
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def at(hall: Hall, path: str = "") -> str:
    return f"/staff/jz/polls/{hall.poll}{path}"


@pytest.fixture
def counted(hall: Hall, house: House) -> Hall:
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall)
    hall.close()
    count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    seen(house)
    return hall


def test_rule_10_the_surplus_stands_on_the_page_with_its_denominator(hall: Hall, staff: Visitor) -> None:
    """Six candidates for three places."""
    words = staff.open(at(hall)).words
    assert "100%" in words
    assert "候选6项，应选3项；(6−3)÷3" in words


def test_rule_10_too_small_a_surplus_is_warned_of_before_the_poll_is_prepared(
    house: House, signed_in: SignedIn
) -> None:
    """Twenty-one candidates for twenty places are five per cent."""
    congress, clerk = polls.founded(house.office)
    today = house.office.today()
    polls.roll_of(house.office, clerk, congress, 30)
    session = polls.convened(house.office, clerk, congress, today)
    names = [f"第{number}个项目" for number in range(1, 22)]
    polls.published(house.office, clerk, congress, session, today.year, names, today)
    polls.adopted(house.office, clerk, congress, session, replace(RULES, quota=20), today)
    seen(house)
    staff = signed_in(Role.STAFF, congress)
    staff.open(f"/staff/jz/sessions/{session}/polls/cards")
    staff.send(present_1="0001", present_2="0002")
    page = staff.open(f"/staff/jz/sessions/{session}/polls/new")
    assert "差额率5%，低于办法规定的10%（候选21项，应选20项；(21−20)÷20）。" in page.words
    assert "（应选20项，差额率5%）" in page.words


def test_a_poll_whose_cards_do_not_add_up_is_repeated_not_counted(hall: Hall, staff: Visitor, house: House) -> None:
    """A card that was drawn went void while the poll was opened."""
    hall.release()
    hall.seat()
    hall.open()
    hall.box.void(hall.poll, card_id(hall.cards[0]), VoidReason.SPOILED)
    hall.close()
    seen(house)
    page = staff.open(at(hall))
    assert page.document.xpath("string(//h2[@id='next'])") == "票卡对不上"
    assert "开始投票时发出12张票卡，截止时可用的是11张" in page.words
    assert at(hall, "/count") not in page.forms()
    staff.open(at(hall, "/cancel"))
    page = staff.send(reason="票卡数不符，主席团决定重新投票")
    assert page.said == "这次表决已取消。"
    assert "票卡数不符，主席团决定重新投票" in page.words


def test_the_text_that_is_signed_can_be_downloaded_byte_by_byte(counted: Hall, staff: Visitor) -> None:
    answer = staff.open(at(counted, "/count.json"))
    state = counted.state.counted
    assert state is not None
    assert sha256(answer.content).hexdigest() == state.count_hash
    assert json.loads(answer.content)["outcome"]["adopted"] == ["1", "2", "3"]
    assert state.count_hash in staff.open(at(counted, "/report")).text


def test_the_report_shows_bars_with_the_line_and_the_table_behind(counted: Hall, staff: Visitor) -> None:
    page = staff.open(at(counted, "/report"))
    assert len(page.document.xpath("//figure[contains(@class, 'hall')]//li")) == 6
    assert len(page.document.xpath("//figure//li//path")) == 6
    cells = [" ".join(cell.text_content().split()) for cell in page.document.xpath("//table/tbody/tr")[3]]
    assert "农村公路安全防护" in cells[1]
    assert cells[2:] == ["8", "4", "0", "0", "12", "7", "4", "已过线，未入前 3"]


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.DELEGATE])
def test_people_without_a_desk_in_the_office_see_no_poll(hall: Hall, signed_in: SignedIn, role: Role) -> None:
    congress = hall.office.state_of(hall.congress, congresses.evolve)
    unit = congress.unit_named(UNIT) if congress else None
    assert unit is not None
    of = {"unit": unit.id} if role is Role.DEPARTMENT else {"delegate": hall.delegates[5].delegate}
    assert signed_in(role, hall.congress, **of).open(at(hall)).status == 403


def test_the_form_of_a_set_says_who_can_see_a_card_that_is_an_address(hall: Hall, staff: Visitor, house: House) -> None:
    page = staff.open(f"/staff/jz/sessions/{hall.session}/polls/cards")
    assert "扫码软件的厂商看得到这张票卡" in page.words
    assert page.document.forms[-1].fields["cards"] == "13"
    staff.send(present_1="0001", present_2="0002", print_as=PrintAs.BARE_CODE.value)
    seen(house)
    with house.reading.connect() as connection:
        assert [one.print_as for one in sets_of(connection, hall.session)] == ["address", "bare_code"]
