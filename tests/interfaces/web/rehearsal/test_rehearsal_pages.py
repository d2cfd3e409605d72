"""A rehearsal from the office's desk: one form to begin, two buttons for the hall, one to throw it away."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from domain.congress.rehearsal import rehearsal_id
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box, delegates=16)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(signed_in: SignedIn, hall: Hall) -> Visitor:
    return signed_in(Role.STAFF, hall.congress)


def begun(staff: Visitor, hall: Hall) -> Page:
    staff.open(f"/staff/jz/sessions/{hall.session}/rehearsals")
    return staff.send(sealing="unsealed")


def band(page: Page) -> str:
    return " ".join(page.document.xpath("string(//*[contains(@class, 'rehearsal-band')])").split())


def test_one_form_begins_a_rehearsal(staff: Visitor, hall: Hall) -> None:
    page = begun(staff, hall)
    assert page.status == 200, page.words
    assert page.path == f"/staff/jz/rehearsals/{rehearsal_id(hall.session, 1)}"
    assert page.said == "演练已经开始：票卡、备用票卡和表决都已备好。"
    assert "演练乙" in page.words


def test_every_page_of_a_rehearsal_carries_the_band(staff: Visitor, hall: Hall) -> None:
    page = begun(staff, hall)
    inside = [link for link in page.links() if link.startswith(("/staff/jz/polls/", "/staff/jz/sessions/"))]
    shown = [staff.open(link) for link in inside if str(hall.session) not in link and not link.endswith(".pdf")]
    assert len(shown) > 2
    assert {band(one)[:2] for one in shown} == {"演练"}, [one.path for one in shown if not band(one)]
    real = [f"/staff/jz/polls/{hall.poll}", f"/staff/jz/sessions/{hall.session}", "/staff/jz/sessions"]
    assert [band(staff.open(path)) for path in real] == ["", "", ""]


def test_lists_of_sessions_do_not_know_rehearsals(staff: Visitor, hall: Hall) -> None:
    begun(staff, hall)
    assert "演练1" not in staff.open("/staff/jz/sessions").words
    assert str(rehearsal_id(hall.session, 1)) not in staff.open(f"/staff/jz/sessions/{hall.session}").text


def test_a_rehearsal_is_thrown_away_and_begun_again(staff: Visitor, hall: Hall) -> None:
    page = begun(staff, hall)
    staff.open(page.path)
    ended = staff.send(f"{page.path}/end", reason="网络换了")
    assert ended.said == "这次演练已作废，可以重新开始。"
    assert begun(staff, hall).path.endswith(str(rehearsal_id(hall.session, 2)))


def test_two_rehearsals_at_once_are_refused_in_words(staff: Visitor, hall: Hall) -> None:
    staff.open(f"/staff/jz/sessions/{hall.session}/rehearsals")
    form = staff.at
    begun(staff, hall)
    staff.at = form
    again = staff.send(sealing="unsealed", command_key="another")
    assert again.status == 409
    assert again.errors == ["第1次演练还没有结束。请先把它作废，再开始新的演练。"]


def test_made_up_ballots_wait_for_the_opening(staff: Visitor, hall: Hall) -> None:
    page = begun(staff, hall)
    assert "投入模拟票" not in page.words
    assert "全体签到并领票卡" not in page.words


def test_trial_cards_come_as_pdf(staff: Visitor, hall: Hall, house: House) -> None:
    page = begun(staff, hall)
    link = next(link for link in page.links() if link.endswith("cards.pdf"))
    cards = staff.open(link)
    assert cards.content.startswith(b"%PDF")
    assert staff.open(f"{link}?n=99").status == 422
    assert house.box.counts(UUID(link.split("/")[-2])).cast == 0


def test_who_only_reads_sees_no_buttons(signed_in: SignedIn, staff: Visitor, hall: Hall) -> None:
    begun(staff, hall)
    auditor = signed_in(Role.AUDITOR, hall.congress)
    page = auditor.open(f"/staff/jz/rehearsals/{rehearsal_id(hall.session, 1)}")
    assert page.status == 200
    assert not [form for form in page.forms() if "rehearsals" in form]
