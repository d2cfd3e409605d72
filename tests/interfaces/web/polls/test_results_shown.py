"""What the pages say of a count: ties, void polls, signatures; and to whom."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from application.polls.counting import count_poll
from application.polls.paper_count import return_papers
from domain.accounts.permissions import Actor, Role
from domain.polls.rules import PassBase, TieAtCut
from interfaces.composition import House
from tests.interfaces.web.polls.conftest import PASSWORD, counted, opened, settled, url_of
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_a_tie_at_the_cut_is_said_plainly_and_its_places_stay_open(hall: Hall, staff: Visitor, house: House) -> None:
    counted(hall, house, (12, 10, 9, 9, 3, 0))
    page = staff.open(f"{url_of(hall)}/report")
    assert "“乡镇卫生院提升”“农村公路安全防护”得票相同（各9票），还剩1个名额，须在这些项目中另行表决" in page.words
    assert "结果：列入2项" in page.words
    assert page.words.count("待定") == 4


def test_what_a_body_decides_is_said_plainly(house: House, signed_in: SignedIn) -> None:
    rules = replace(polls.RULES, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES)
    hall = polls.prepared(house.office, house.box, rules=rules)
    staff = signed_in(Role.STAFF, hall.congress)
    counted(hall, house, (12, 10, 9, 9, 3, 0))
    assert "还剩1个名额，由主席团决定" in staff.open(f"{url_of(hall)}/report").words


def test_a_plurality_has_no_pass_line(house: House, signed_in: SignedIn) -> None:
    hall = polls.prepared(house.office, house.box, rules=replace(polls.RULES, pass_base=PassBase.NONE))
    staff = signed_in(Role.STAFF, hall.congress)
    counted(hall, house)
    page = staff.open(f"{url_of(hall)}/report")
    assert "虚线" not in page.words
    assert not page.document.xpath("//*[@class='line']")
    assert "未入前 3" in page.words


def test_a_void_poll_says_only_why(hall: Hall, staff: Visitor, house: House) -> None:
    """Twelve ballots in the box and a paper in the paper box, for twelve cards and no paper issued."""
    opened(hall, house)
    hall.close()
    return_papers(house.office, by(hall.clerk), hall.poll, [1])
    count_poll(house.office, house.box, house.private, by(hall.clerk), hall.poll)
    settled(house)
    page = staff.open(url_of(hall))
    assert "收回的票多于发出的票，本次表决无效" in page.words
    assert not page.document.xpath("//figure")
    report = staff.open(f"{url_of(hall)}/report")
    assert "收回的票多于发出的票" in report.words
    assert "赞成" not in report.document.xpath("string(//table)")
    assert staff.open(f"{url_of(hall)}/tally.zip").status == 404
    assert staff.open(f"{url_of(hall)}/report.pdf").content.startswith(b"%PDF")
    staff.open(f"{url_of(hall)}/cancel")
    assert staff.send(reason="票数不符").said == "这次表决已取消。"


def test_before_the_declaration_readers_see_no_result(
    hall: Hall, staff: Visitor, house: House, signed_in: SignedIn
) -> None:
    counted(hall, house)
    reader = signed_in(Role.UPPER_READER, hall.congress)
    page = reader.open(url_of(hall))
    assert page.status == 200
    assert not page.document.xpath("//figure")
    for name in ("report", "report.pdf", "count.json", "tally.zip"):
        assert reader.open(f"{url_of(hall)}/{name}").status == 403, name
    assert reader.open(f"{url_of(hall)}/poll.pb").status == 404
    assert staff.open(f"{url_of(hall)}/poll.pb").status == 404


def test_declaring_before_the_signatures_says_who_is_missing(hall: Hall, staff: Visitor, house: House) -> None:
    counted(hall, house)
    staff.open(f"{url_of(hall)}/declare")
    page = staff.send(notice_number="〔2026〕5号")
    assert page.status == 409
    assert "总监票人未签，监票人已签0人" in page.errors[0]


def test_a_recount_warns_that_signatures_are_void(
    hall: Hall, staff: Visitor, house: House, signs_in: Callable[[Actor], Visitor]
) -> None:
    counted(hall, house)
    chief = signs_in(hall.chief)
    chief.open(f"/scrutineer/jz/polls/{hall.poll}/sign")
    chief.send(password=PASSWORD)
    assert "已有1人签名" in staff.open(f"{url_of(hall)}/recount").words
    staff.send(f"{url_of(hall)}/count")
    assert "还没有人签名" in staff.open(f"{url_of(hall)}/report").words
