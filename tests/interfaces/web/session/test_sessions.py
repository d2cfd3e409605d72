"""The pages of a session: convened, rescheduled, the hub of the day, attendance and quorum."""

from typing import Any
from uuid import UUID

import pytest
from lxml import html

from application.congress import describe_congress
from application.profiles import adopt_profile, draft_profile
from domain.accounts.permissions import Role
from domain.congress.session import session_id
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import RuleProfile
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import Clock, by, granted
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def settled(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


@pytest.fixture
def congress(house: House) -> UUID:
    made, _clerk = polls.founded(house.office, "qc")
    settled(house)
    return made


@pytest.fixture
def clerk(signed_in: SignedIn, congress: UUID) -> Visitor:
    return signed_in(Role.STAFF, congress)


def part(page: Page) -> Any:
    """A part of a page, which does not name its letters as a whole page does."""
    return html.fromstring(page.text)


def figures(page: Page) -> dict[str, str]:
    """The large numbers by their titles, with the words below."""
    return {
        item.xpath("string(.//*[@class='title'])"): " ".join(
            item.xpath("string(.//*[@class='figure'])").split() + item.xpath("string(.//small)").split()
        )
        for item in part(page).xpath("//ol[contains(@class, 'rail')]/li")
    }


def test_the_next_session_is_filled_in_as_far_as_the_office_knows(clerk: Visitor, clock: Clock) -> None:
    clock.set(2025, 12, 20, 9)
    page = clerk.open("/staff/qc/sessions/new")
    shown = {field.name: field.value for field in page.document.xpath("//main//input")}
    assert (shown["number"], shown["year"]) == ("1", "2026")
    assert shown["title"] == "江州市第十七届人民代表大会第一次会议"
    page = clerk.send(starts_on="2026-01-20", ends_on="2026-01-24")
    assert page.said == "会议已召集。"
    assert page.heading == "江州市第十七届人民代表大会第一次会议"
    assert clerk.open("/staff/qc/sessions/new").document.xpath("//input[@name='number']")[0].value == "2"


def test_in_january_a_session_votes_on_the_projects_of_its_own_year(clerk: Visitor) -> None:
    assert clerk.open("/staff/qc/sessions/new").document.xpath("//input[@name='year']")[0].value == "2026"


def test_wrong_dates_and_numbers_are_told_together(clerk: Visitor) -> None:
    clerk.open("/staff/qc/sessions/new")
    page = clerk.send(number="第一", starts_on="", ends_on="2026-01-24")
    assert page.status == 422
    assert page.errors == ["第几次会议：请填写数字。", "开始日期：请填写。"]
    page = clerk.send(number="1", starts_on="2026-01-25")
    assert page.errors == ["结束日期：结束日期早于开始日期。"]
    assert page.document.xpath("//input[@name='starts_on']")[0].value == "2026-01-25"


def test_the_same_number_is_convened_once_in_a_term(clerk: Visitor, house: House, congress: UUID) -> None:
    for _ in range(2):
        clerk.open("/staff/qc/sessions/new")
        page = clerk.send(number="1", title="第一次会议", starts_on="2026-01-20", ends_on="2026-01-24")
    assert (page.status, page.errors) == (409, ["第几次会议：第 17 届第 1 次会议已经召集。"])
    describe_congress(
        house.office, by(granted(Role.ADMINISTRATOR)), congress, name="江州市人大", short_name="", term=18
    )
    settled(house)
    clerk.open("/staff/qc/sessions/new")
    assert clerk.send(starts_on="2026-06-20", ends_on="2026-06-24").said == "会议已召集。"


def test_a_session_is_rescheduled_until_its_list_is_published(clerk: Visitor, house: House, congress: UUID) -> None:
    staff = granted(Role.STAFF, congress)
    session = polls.convened(house.office, staff, congress, house.office.today())
    settled(house)
    clerk.open(f"/staff/qc/sessions/{session}/edit")
    page = clerk.send(starts_on="2026-02-01", ends_on="2026-02-03")
    assert page.said == "会议安排已更新。"
    assert "2026年2月1日 至 2026年2月3日" in page.words
    polls.published(house.office, staff, congress, session, 2026, ["城区排水"], house.office.today())
    clerk.open(f"/staff/qc/sessions/{session}/edit")
    page = clerk.send(starts_on="2026-02-02")
    assert page.status == 409
    assert "候选项目清单已经公布" in page.errors[0]


def test_rule_1_attendance_stands_against_two_thirds_until_a_profile_is_adopted(
    clerk: Visitor, house: House, congress: UUID
) -> None:
    staff = granted(Role.STAFF, congress)
    polls.roll_of(house.office, staff, congress, 327)
    session = polls.convened(house.office, staff, congress, house.office.today())
    settled(house)
    page = clerk.open(f"/staff/qc/sessions/{session}")
    assert figures(page) == {"应到": "327 全体代表", "实到": "0 未到 327 人", "法定人数": "218 还差 218 人"} | {
        "领票": "– 还没有发票卡和纸质票"
    }
    assert "不少于全体代表的2/3" in page.words


@pytest.mark.parametrize(("operator", "needed"), [(Operator.AT_LEAST, 40), (Operator.OVER, 41)])
def test_rule_1_the_adopted_profile_decides_what_suffices(
    clerk: Visitor, house: House, congress: UUID, operator: Operator, needed: int
) -> None:
    staff = granted(Role.STAFF, congress)
    polls.roll_of(house.office, staff, congress, 60)
    session = polls.convened(house.office, staff, congress, house.office.today())
    rules = RuleProfile(title="本级办法", quota=3, quorum=Threshold(fraction="2/3", operator=operator))
    profile = session_id(congress, 99, 99)
    draft_profile(house.office, by(staff), congress, profile, rules)
    adopt_profile(house.office, by(staff), profile, session=session, on=house.office.today(), decision="大会通过")
    settled(house)
    page = clerk.open(f"/staff/qc/sessions/{session}")
    assert figures(page)["法定人数"] == f"{needed} 还差 {needed} 人"
    assert "本级办法" in page.words


def test_the_hub_leads_to_everything_of_the_day(hall: Hall, staff: Visitor) -> None:
    page = staff.open(f"/staff/jz/sessions/{hall.session}")
    root = f"/staff/jz/sessions/{hall.session}"
    wanted = {
        *(f"{root}/{part}" for part in ("check-in", "attendance", "badges.pdf", "roll.pdf", "edit", "polls")),
        f"/staff/jz/polls/{hall.poll}",
        "/staff/jz/projects",
        "/staff/jz/profiles",
    }
    assert wanted - set(page.links()) == set()
    assert "正在开会" in page.words
    assert "已公布 6 项" in page.words


def test_attendance_is_live_by_delegation(hall: Hall, house: House, staff: Visitor) -> None:
    for place in range(8):
        hall.check_in(place)
    settled(house)
    page = staff.open(f"/staff/jz/sessions/{hall.session}/live")
    assert figures(page)["实到"] == "8 未到 4 人"
    assert figures(page)["法定人数"] == "8 已达到"
    page = staff.open(f"/staff/jz/sessions/{hall.session}/live/delegations")
    rows = [" ".join(row.text_content().split()) for row in part(page).xpath("//tbody/tr")]
    assert rows == ["城西代表团642", "城东代表团642"]
    count = staff.open(f"/staff/jz/sessions/{hall.session}/live/desk")
    assert "".join(part(count).xpath("//text()")).split()[:3] == ["8", "/", "12"]
    assert staff.open(f"/staff/jz/sessions/{hall.session}/live/else").status == 404


def test_the_absent_and_the_present_are_listed_by_name(hall: Hall, house: House, staff: Visitor) -> None:
    hall.check_in(0)
    settled(house)
    url = f"/staff/jz/sessions/{hall.session}/attendance"

    def names(query: str) -> list[str]:
        return [name.text_content() for name in staff.open(f"{url}{query}").document.xpath("//ul[@class='names']//b")]

    assert names("?show=present") == ["代表1"]
    assert len(names("")) == 11
    assert len(names("?show=all")) == 12
    assert names("?show=absent&delegation=城西代表团") == ["代表3", "代表5", "代表7", "代表9", "代表11"]


def test_the_list_shows_each_session_with_its_poll(hall: Hall, house: House, staff: Visitor) -> None:
    hall.check_in(0)
    settled(house)
    (row,) = staff.open("/staff/jz/sessions").document.xpath("//tbody/tr")
    words = " ".join(row.text_content().split())
    assert "江州市第十七届人民代表大会第四次会议 正在开会" in words
    assert words.endswith("2026 1 准备中")


def test_venue_staff_see_the_session_and_nothing_of_the_office(hall: Hall, venue: Visitor) -> None:
    page = venue.open("/staff/jz/sessions")
    assert page.status == 200
    page = venue.open(f"/staff/jz/sessions/{hall.session}")
    assert f"/staff/jz/sessions/{hall.session}/check-in" in page.links()
    assert not [link for link in page.links() if "/polls" in link or "/profiles" in link or link.endswith("/edit")]
    assert venue.open(f"/staff/jz/sessions/{hall.session}/edit").status == 403
    assert venue.open("/staff/jz/sessions/new").status == 403


def test_a_session_of_another_congress_is_not_found(hall: Hall, house: House, signed_in: SignedIn) -> None:
    other, _clerk = polls.founded(house.office, "other")
    settled(house)
    elsewhere = signed_in(Role.STAFF, other)
    for path in ("", "/check-in", "/attendance", "/live", "/edit", "/badges.pdf", "/roll.pdf"):
        assert elsewhere.open(f"/staff/other/sessions/{hall.session}{path}").status == 404
        assert elsewhere.open(f"/staff/jz/sessions/{hall.session}{path}").status == 404
