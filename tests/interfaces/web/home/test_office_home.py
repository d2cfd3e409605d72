"""The office's first page: which stage the year is at, and the next thing to do at each."""

from datetime import date
from uuid import uuid4

import pytest

from application.projects import draft_candidate, withdraw_list
from domain.accounts.permissions import Role
from domain.projects.card import CandidateCard
from interfaces.composition import House
from tests.support import polls
from tests.support.declared import declared
from tests.support.stores import Clock, by
from tests.support.visitors import Page, SignedIn

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def stage(page: Page) -> str:
    """The stage at work, with its number and words, without its button."""
    (now,) = page.document.xpath("//ol/li[@aria-current='step']")
    return " ".join(" ".join(now.xpath(".//text()[not(parent::*[contains(@class, 'btn')])]")).split())


def first(page: Page) -> tuple[str, str]:
    """The main button of the page and where it leads."""
    (button,) = page.document.xpath("//ul[@class='need']//a[contains(@class, 'btn-primary')]")
    return button.text, button.get("href")


def settled(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def test_each_step_before_the_vote_names_the_next(house: House, signed_in: SignedIn) -> None:
    office = house.office
    congress, clerk = polls.founded(office)
    settled(house)
    staff = signed_in(Role.STAFF, congress)
    assert "从这里开始" in staff.open("/staff/jz").words

    draft_candidate(office, by(clerk), congress, 2026, uuid4(), polls.candidate("排水", 1, 2026))
    draft_candidate(office, by(clerk), congress, 2026, uuid4(), CandidateCard(number=2, name="校园"))
    settled(house)
    page = staff.open("/staff/jz")
    assert stage(page) == "初定 2 个候选项目"
    assert first(page) == ("补齐", "/staff/jz/projects?year=2026")
    assert "1 个候选项目还有缺项" in page.words


def test_the_list_waits_for_a_session_then_for_its_publication_then_for_the_poll(
    house: House, signed_in: SignedIn
) -> None:
    office = house.office
    congress, clerk = polls.founded(office)
    polls.roll_of(office, clerk, congress, 4)
    draft_candidate(office, by(clerk), congress, 2026, uuid4(), polls.candidate("排水", 7, 2026))
    settled(house)
    staff = signed_in(Role.STAFF, congress)
    assert first(staff.open("/staff/jz")) == ("召集会议", "/staff/jz/sessions/new")

    session = polls.convened(office, clerk, congress, date(2026, 1, 30))
    settled(house)
    page = staff.open("/staff/jz")
    assert first(page) == ("公布名单", "/staff/jz/projects/list?year=2026")
    assert "会议 2026年1月30日 开始" in page.words

    polls.published(office, clerk, congress, session, 2026, ("校园", "道路"), date(2026, 1, 20))
    settled(house)
    page = staff.open("/staff/jz")
    assert stage(page) == "审议 4 人送达，0 人读完；2026年1月27日 起可以票决"
    assert first(page) == ("准备表决", f"/staff/jz/sessions/{session}/polls")

    withdraw_list(office, by(clerk), congress, 2026, "更正")
    settled(house)
    assert stage(staff.open("/staff/jz")).startswith("初定 3")


def test_a_prepared_poll_is_the_next_thing(house: House, signed_in: SignedIn) -> None:
    hall = polls.prepared(house.office, house.box)
    settled(house)
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    assert stage(page) == "票决 6 项待票决，2026年1月20日"
    assert first(page) == ("去开始", f"/staff/jz/polls/{hall.poll}")
    hall.release()
    hall.seat()
    hall.open()
    settled(house)
    assert stage(signed_in(Role.STAFF, hall.congress).open("/staff/jz")) == "票决 12 张发出，正在投票"


def test_after_the_vote_the_rail_tells_the_year(house: House, signed_in: SignedIn) -> None:
    hall = declared(house)
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    assert "票决 12 张收回，2026年1月20日" in " ".join(" ".join(page.document.xpath("//ol//text()")).split())
    assert stage(page).startswith("四问 · 年初问结果 0/1")
    assert "3 个项目还没有报送实施计划" in page.words


def test_who_only_reads_is_asked_for_nothing(house: House, signed_in: SignedIn) -> None:
    hall = declared(house)
    page = signed_in(Role.UPPER_READER, hall.congress).open("/staff/jz")
    assert page.status == 200
    assert "现在需要您" not in page.words


def test_last_years_overdue_asks_are_not_forgotten_in_the_new_year(
    house: House, signed_in: SignedIn, clock: Clock
) -> None:
    hall = declared(house)
    draft_candidate(house.office, by(hall.clerk), hall.congress, 2027, uuid4(), polls.candidate("排水", 1, 2027))
    settled(house)
    clock.set(2027, 1, 5)
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    assert page.heading == "2027 年度"
    assert "3 件“年底问总结”逾期未答" in page.words
    assert "?year=2026" in page.links()
