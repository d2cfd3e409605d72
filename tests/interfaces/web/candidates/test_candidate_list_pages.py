"""The list: published complete or not at all, read by delegation, taken back with a reason."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from application.projects import read_card
from domain.accounts.permissions import Actor, Grant, Role
from tests.interfaces.web.candidates.conftest import YEAR, Town, entered
from tests.support import polls
from tests.support.stores import Clock, by
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

LIST = f"/staff/jz/projects/list?year={YEAR}"


def publish(staff: Visitor, **typed: Any) -> Page:
    staff.open(LIST)
    return staff.send("/staff/jz/projects/list", **typed)


def reads(town: Town, place: int, *numbers: int) -> None:
    entry = town.delegates[place]
    grant = Grant(role=Role.DELEGATE, congress=town.congress, delegate=entry.delegate)
    reader = Actor(account=uuid4(), name=entry.name, grants=(grant,))
    for number in numbers:
        project = next(one.project for one in town.candidates() if one.number == number)
        town.house.followers.wait_for(read_card(town.house.office, by(reader), project))


def test_complete_cards_are_chosen_beforehand(staff: Visitor, town: Town) -> None:
    entered(entered(staff, 1), 2, purpose="")
    page = staff.open(LIST)
    ticked = page.document.xpath("//input[@name='chosen'][@checked]/@value")
    assert ticked == [str(town.candidates()[0].project)]
    assert "缺：建设目的" in page.words
    assert publish(staff).said == "名单已公布，代表现在可以阅读候选项目。"
    assert [one.stage for one in town.candidates()] == ["listed", "draft"]


def test_rule_16_a_card_with_gaps_keeps_the_list_back_and_each_gap_is_named(staff: Visitor, town: Town) -> None:
    entered(entered(staff, 1), 2, purpose="", responsible="")
    page = publish(staff, chosen=[str(one.project) for one in town.candidates()], decision="第二次会议通过")
    assert page.status == 409
    assert page.errors == ["“项目2”还不能列入名单（缺：建设目的、责任人）。"]
    assert 'value="第二次会议通过"' in page.text
    assert {one.stage for one in town.candidates()} == {"draft"}


def test_two_candidates_of_one_number_are_refused(staff: Visitor, town: Town) -> None:
    entered(entered(staff, 1), 2, number="1")
    assert publish(staff).errors == ["有两个候选项目都是第 1 号，请改正编号。"]


def test_a_list_needs_candidates_and_a_decision(staff: Visitor, town: Town) -> None:
    entered(staff, 1)
    assert publish(staff, chosen=None).errors == ["候选项目：请填写。"]
    assert publish(staff, decision="").errors == ["主席团决定：请填写。"]


def test_a_listed_card_cannot_be_changed(staff: Visitor, town: Town) -> None:
    entered(staff, 1)
    address = f"/staff/jz/projects/{town.candidates()[0].project}"
    staff.open(f"{address}/edit")
    form = staff.at
    publish(staff)
    staff.at = form
    page = staff.send(f"{address}/edit", place="城西")
    assert page.errors == ["“项目1”现在是“已列入名单”，不能这样办理。"]


def test_a_list_is_taken_back_with_a_reason_and_published_again(staff: Visitor, town: Town) -> None:
    entered(staff, 1)
    publish(staff)
    staff.open(LIST)
    assert staff.send("/staff/jz/projects/list/withdraw").errors == ["理由：请填写。"]
    page = staff.send("/staff/jz/projects/list/withdraw", reason="更正金额")
    assert page.said == "名单已撤回，可以修改候选项目。"
    assert publish(staff).said == "名单已公布，代表现在可以阅读候选项目。"


def test_publishing_twice_is_refused(staff: Visitor, town: Town) -> None:
    entered(staff, 1)
    page = staff.open(LIST)
    publish(staff)
    staff.at = page
    page = staff.send("/staff/jz/projects/list", decision="再次")
    assert page.errors == ["“项目1”现在是“已列入名单”，不能这样办理。"]


def test_who_has_not_read_is_named_by_delegation(staff: Visitor, town: Town) -> None:
    entered(entered(staff, 1), 2)
    publish(staff)
    reads(town, 0, 1, 2)
    reads(town, 2, 1)
    page = staff.open(LIST)
    found = page.document.xpath("//section[h2='阅读情况']//tbody/tr")
    rows = [" ".join(" ".join(row.itertext()).split()) for row in found]
    assert rows == [
        "城东代表团 3 0 3 人 代表2（0/2）、代表4（0/2）、代表6（0/2）",
        "城西代表团 3 1 2 人 代表3（1/2）、代表5（0/2）",
    ]
    assert "全部读完 1 人共 6 人" in page.words


@pytest.mark.parametrize(("days", "earliest"), [(None, "2026年1月27日"), (3, "2026年1月23日"), (10, "2026年1月30日")])
def test_rule_16_the_earliest_day_follows_the_adopted_profile(
    signed_in: SignedIn, staff: Visitor, town: Town, clock: Clock, days: int | None, earliest: str
) -> None:
    entered(staff, 1)
    publish(staff)
    if days is not None:
        rules = replace(polls.RULES, pre_reading_days=days)
        polls.adopted(town.house.office, town.clerk, town.congress, town.session, rules, date(YEAR, 1, 20))
        town.house.followers.wait_for(town.house.history.last_position())
    clock.forward(days=2)
    words = signed_in(Role.STAFF, town.congress, name="李红").open(LIST).words
    assert f"最早票决日 {earliest}" in words
    assert "到今天 2 天" in words


def test_the_government_office_does_not_publish(government: Visitor, town: Town) -> None:
    assert government.open(LIST).status == 403


def test_a_year_without_a_session_is_told_to_convene_one(staff: Visitor, town: Town, signed_in: SignedIn) -> None:
    staff.open("/staff/jz/projects/new?year=2027")
    staff.send("/staff/jz/projects/new", name="明年的项目")
    page = staff.open("/staff/jz/projects/list?year=2027")
    assert "还没有召集 2027 年的会议" in page.words
    assert "/staff/jz/sessions/new" in page.links()
