"""The unused-card desk, incidents and the record of the closed box, in the browser."""

import sqlite3
from collections.abc import Callable
from uuid import UUID

import pytest

from domain.accounts.permissions import Actor, Role
from domain.polls.card import SECRET_BYTES, printed_code, secret_from
from interfaces.composition import House
from tests.interfaces.web.after_closing.conftest import opened, settled
from tests.support.polls import GREEN, Hall
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import cast_all

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

SignsIn = Callable[[Actor], Visitor]


def url_of(hall: Hall, area: str = "scrutineer") -> str:
    return f"/{area}/jz/polls/{hall.poll}"


@pytest.fixture
def closed(hall: Hall, house: House) -> Hall:
    """Twelve cards were drawn, ten ballots lie in the box."""
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall, but=2)
    hall.close()
    settled(house)
    return hall


def test_each_card_is_scanned_and_counted_once(closed: Hall, signs_in: SignsIn) -> None:
    one = signs_in(closed.scrutineers[0])
    page = one.open(f"{url_of(closed)}/unused-cards")
    assert "发出12＝票箱里10＋交回未用0＋没有交回2" in page.words
    page = one.send(code=printed_code(closed.cards[10]).lower())
    assert page.said == "已清点一张。"
    assert "发出12＝票箱里10＋交回未用1＋没有交回1" in page.words
    page = one.send(code=closed.cards[10])
    assert page.status == 409
    assert "这张票卡已经清点过，只计一次" in page.words
    assert "交回未用1" in page.words


def test_the_office_counts_at_a_desk_of_its_own(closed: Hall, staff: Visitor) -> None:
    staff.open(f"{url_of(closed, 'staff')}/unused-cards")
    assert staff.send(code=f"https://rd.example.cn/v#{closed.cards[11]}").said == "已清点一张。"


def test_a_copied_card_is_told_without_its_ballot_and_blocks_the_count(closed: Hall, signs_in: SignsIn) -> None:
    one = signs_in(closed.scrutineers[0])
    one.open(f"{url_of(closed)}/unused-cards")
    page = one.send(code=closed.cards[0])
    assert page.status == 409
    assert "这张票卡已经投过票" in page.words
    assert "异常情况（1件）" in page.words
    receipt = closed.box.receipts(closed.poll)
    assert not any(one in page.text for one in receipt)
    page = one.open(f"{url_of(closed)}/incidents")
    assert "待总监票人决定" in page.words
    assert f"{url_of(closed)}/incidents/1/decide" not in page.links()
    assert "第1件异常还没有决定" in one.open(url_of(closed)).words


@pytest.mark.parametrize(("decision", "told"), [("proceed", "已查明，继续"), ("repeat", "重新表决")])
def test_the_chief_decides(closed: Hall, signs_in: SignsIn, decision: str, told: str) -> None:
    chief = signs_in(closed.chief)
    chief.open(f"{url_of(closed)}/unused-cards")
    chief.send(code=closed.cards[0])
    chief.open(f"{url_of(closed)}/incidents/1/decide")
    assert chief.send(decision=decision, reason="").errors
    page = chief.send(decision=decision, reason="查过了")
    assert page.said == "决定已记录。"
    assert told in page.words
    chief.open(f"{url_of(closed)}/incidents/1/decide")
    page = chief.send(decision="proceed", reason="再想想")
    assert "第1件异常已经有了决定" in page.words


def test_a_poll_to_be_repeated_is_cancelled_by_the_office(closed: Hall, signs_in: SignsIn, staff: Visitor) -> None:
    chief = signs_in(closed.chief)
    chief.open(f"{url_of(closed)}/unused-cards")
    chief.send(code=closed.cards[0])
    chief.open(f"{url_of(closed)}/incidents/1/decide")
    chief.send(decision="repeat", reason="有人复印了票卡")
    assert "总监票人已决定重新表决" in chief.open(f"{url_of(closed)}/incidents").words
    staff.open(f"{url_of(closed, 'staff')}/cancel")
    assert staff.send(reason="按总监票人的决定重新表决").status == 200


def test_who_is_no_chief_decides_nothing(closed: Hall, signs_in: SignsIn, staff: Visitor) -> None:
    one = signs_in(closed.scrutineers[0])
    one.open(f"{url_of(closed)}/unused-cards")
    one.send(code=closed.cards[0])
    assert one.open(f"{url_of(closed)}/incidents/1/decide").status == 409
    assert staff.open(f"{url_of(closed)}/incidents/1/decide").status == 403


def test_already_used_is_reported_while_voting_goes_on(hall: Hall, house: House, signs_in: SignsIn) -> None:
    opened(hall, house)
    one = signs_in(hall.scrutineers[1])
    one.open(f"{url_of(hall)}/incidents")
    assert one.send(note=" ").errors
    page = one.send(note="三号席的代表说没有投过")
    assert page.said == "异常已报告，请总监票人决定。"
    assert "三号席的代表说没有投过" in page.words


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (secret_from(bytes(SECRET_BYTES)), "没有这张票卡"),
        ("ABC", "21"),
        ("", ""),
    ],
)
def test_what_is_no_card_of_this_poll_is_told_at_the_field(
    closed: Hall, signs_in: SignsIn, code: str, told: str
) -> None:
    one = signs_in(closed.scrutineers[0])
    one.open(f"{url_of(closed)}/unused-cards")
    page = one.send(code=code)
    assert page.status in (404, 409, 422)
    assert page.errors
    assert told in page.words


def test_a_card_of_another_set_is_answered_by_name(closed: Hall, signs_in: SignsIn) -> None:
    green = closed.print_set(GREEN, 3)
    one = signs_in(closed.scrutineers[0])
    one.open(f"{url_of(closed)}/unused-cards")
    page = one.send(code=green[0])
    assert "绿色第 2 套（香樟）" in page.words
    assert "蓝色第 1 套（山茶）" in page.words


def test_before_the_closing_the_desk_says_when_it_opens(hall: Hall, house: House, signs_in: SignsIn) -> None:
    opened(hall, house)
    page = signs_in(hall.scrutineers[0]).open(f"{url_of(hall)}/unused-cards")
    assert "截止以后、计票以前" in page.words
    assert signs_in(hall.scrutineers[0]).open(f"{url_of(hall)}/closed").status == 404


def test_number_and_root_are_there_to_be_shown_and_printed(closed: Hall, signs_in: SignsIn, staff: Visitor) -> None:
    assert closed.state.closed is not None
    root = closed.state.closed.root
    for visitor, area in ((signs_in(closed.chief), "scrutineer"), (staff, "staff")):
        page = visitor.open(f"{url_of(closed, area)}/closed")
        assert all(root[at : at + 8] in page.words for at in range(0, 64, 8))
        assert "票箱里的票10" in page.words.replace(" ", "")


@pytest.mark.parametrize("role", [Role.VENUE, Role.DELEGATE, Role.AUDITOR])
def test_others_have_no_business_here(closed: Hall, signed_in: SignedIn, role: Role) -> None:
    other = signed_in(role, closed.congress)
    for page in ("unused-cards", "incidents", "closed"):
        assert other.open(f"{url_of(closed, 'staff')}/{page}").status == 403


def test_no_key_of_a_command_holds_anything_of_a_scanned_card(closed: Hall, house: House, signs_in: SignsIn) -> None:
    """Keys are kept with the place in the history: a hash of what was typed would tie a card to a moment."""
    one = signs_in(closed.scrutineers[0])
    one.open(f"{url_of(closed)}/unused-cards")
    one.send(code=closed.cards[10])
    with sqlite3.connect(house.settings.storage_url.removeprefix("sqlite:///")) as looking:
        asked = "SELECT key FROM command_keys WHERE command LIKE '%hand_in_unused%'"
        keys = [key for (key,) in looking.execute(asked)]
    assert len(keys) == 1
    assert UUID(keys[0]).version == 4
