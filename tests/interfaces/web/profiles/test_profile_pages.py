"""Rule profiles in the browser: from a ready-made one to adoption."""

from typing import Any

import pytest

from domain.accounts.permissions import Role
from domain.polls.ready_made import READY_MADE
from interfaces.composition import House
from projections.congress_directory import congress_at
from tests.support import polls
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def staff(house: House, signed_in: SignedIn) -> Visitor:
    """A clerk of a congress of 327 delegates with a session."""
    congress, clerk = polls.founded(house.office)
    polls.roll_of(house.office, clerk, congress, 327)
    polls.convened(house.office, clerk, congress, house.office.today())
    house.followers.wait_for(house.history.last_position(), timeout=20)
    return signed_in(Role.STAFF, congress)


def test_a_profile_is_drafted_from_a_ready_made_one_and_adopted(staff: Visitor) -> None:
    assert "从现成的办法开始" in staff.open("/staff/jz/profiles").words
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    page = staff.send(title="江州市票决办法")
    assert page.said == "票决办法已保存。"
    assert "通过：赞成票超过全体代表的半数，即至少164票。" in page.words
    assert "全体代表327人，到会不少于全体代表的2/3，即至少218人" in page.words
    url = page.path
    page = staff.send(f"{url}/adopt", decision="全体会议通过")
    assert page.said == "已登记通过，办法就此锁定。"
    assert "全体会议通过" in page.words
    assert f"{url}/edit" not in page.links()
    assert "已通过" in page.heading


def test_an_adopted_profile_refuses_a_change_in_plain_words(staff: Visitor) -> None:
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    url = staff.send(title="办法").path
    staff.send(f"{url}/adopt", decision="全体会议通过")
    staff.open(f"{url}/edit")
    page = staff.send(title="另一个")
    assert page.status == 409
    assert "由会议通过，不能再改" in page.errors[0]


def test_what_was_revised_since_it_was_shown_is_not_adopted(staff: Visitor, house: House) -> None:
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    url = staff.send(title="办法").path
    staff.open(f"{url}/edit")
    staff.send(quota="8")
    page = staff.send(f"{url}/adopt", decision="通过", version="1")
    assert page.status == 409
    assert "现在已是第 2 稿" in page.errors[0]


def test_each_fault_stands_at_its_field(staff: Visitor) -> None:
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    page = staff.send(quota="0", quorum_fraction="3/2", pass_operator=">", pass_fraction="1", min_group_size="1")
    assert page.status == 422
    at = [link for link in page.links() if link.startswith("#f-")]
    assert at == ["#f-quota", "#f-min_group_size", "#f-quorum_fraction", "#f-pass_fraction"]
    assert any("不是0到1之间的分数" in error for error in page.errors)
    assert any("永远达不到" in error for error in page.errors)


def test_a_preview_shows_the_numbers_and_keeps_nothing(staff: Visitor) -> None:
    staff.open("/staff/jz/profiles/new?from=open_attending")
    page = staff.send(preview="yes", places="fixed", quota="10", pass_base="all_delegates")
    assert "即至少164票" in page.words
    assert "并列：第10名与第11名得票相同时" in page.words
    assert "还没有办法" in staff.open("/staff/jz/profiles").words


def test_an_evaluation_has_a_form_of_its_own(staff: Visitor) -> None:
    page = staff.open("/staff/jz/profiles/new?from=committee_evaluation")
    assert page.document.xpath("//input[@name='option-0-name']")
    assert not page.document.xpath("//input[@name='quota']")
    page = staff.send(title="测评办法")
    assert page.status == 200
    assert "等次：满意票不少于全体代表的半数的，评为“满意”（327人中至少164票）。" in page.words
    assert "85分以上为优秀" in page.words
    staff.open(f"{page.path}/edit")
    wrong: dict[str, Any] = {"grade-0-of": "很满意", "option-0-score": "-1"}
    page = staff.send(**wrong)
    assert page.status == 422
    assert {"#f-option-0-score", "#f-grade-0-of"} <= set(page.links())


@pytest.mark.parametrize("ready", sorted(READY_MADE))
def test_every_ready_made_profile_comes_back_unchanged_from_its_form(staff: Visitor, ready: str) -> None:
    staff.open(f"/staff/jz/profiles/new?from={ready}")
    page = staff.send()
    assert page.status == 200, page.errors
    url = page.path
    staff.open(f"{url}/edit")
    page = staff.send()
    assert "第 1 稿" in page.words


def test_the_trial_counts_made_up_ballots_as_asked(staff: Visitor) -> None:
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    url = staff.send(title="办法").path
    page = staff.open(f"{url}?candidates=13&attending=300")
    assert "到会300人" in page.words
    assert len(page.document.xpath("//figure//li")) == 13
    assert "等额" in staff.open(f"{url}?candidates=10").words
    assert "不足法定人数" in staff.open(f"{url}?attending=100").words


def test_a_profile_prints(staff: Visitor) -> None:
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    url = staff.send(title="办法").path
    page = staff.open(f"{url}/profile.pdf")
    assert page.content.startswith(b"%PDF")
    assert page.headers["cache-control"] == "no-store"


def test_who_may_not_keep_profiles_reads_them_only(staff: Visitor, house: House, signed_in: SignedIn) -> None:
    staff.open("/staff/jz/profiles/new?from=per_item_majority")
    url = staff.send(title="办法").path
    with house.reading.connect() as connection:
        found = congress_at(connection, "jz")
    assert found is not None
    reader = signed_in(Role.AUDITOR, found.id)
    page = reader.open(url)
    assert f"{url}/edit" not in page.links()
    assert reader.open(f"{url}/edit").status == 403
