"""Projects, lists and polls as pages show them of an earlier moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from application.projects import withdraw_candidate
from domain.accounts.permissions import Role
from domain.congress import congress as congresses
from domain.congress.congress import Level
from domain.projects import project as projects
from domain.shared import CHINA
from interfaces.composition import House
from interfaces.web.as_of.moments import asked_for, end_of
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import Clock, actor, by
from tests.support.visitors import SignedIn
from tests.support.voters import cast_all

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
NOW = datetime(2026, 1, 20, 9, 0, tzinfo=CHINA)
Later = Callable[[], None]


@pytest.fixture
def hall(house: House) -> Hall:
    """A poll prepared on 20 January; its list and cards came to the delegates before."""
    made = polls.prepared(house.office, house.box)
    _settle(house)
    return made


def _settle(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("2026-01-15", "2026-01-15T23:59:59.999999"),
        ("2026-01-15T09:00", "2026-01-15T09:00:59.999999"),
        ("2026-01-15 09:00", "2026-01-15T09:00:59.999999"),
        ("2026-01-15T09:00:03", "2026-01-15T09:00:03.999999"),
        ("2026-01-15T09:00:03.25", "2026-01-15T09:00:03.250000"),
        ("2026-01-15T01:00+00:00", "2026-01-15T09:00:59.999999"),
    ],
)
def test_a_moment_is_over_when_what_was_typed_is_over(typed: str, end: str) -> None:
    assert end_of(typed) == datetime.fromisoformat(end).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    "typed", ["gestern", "2026-13-01", "2026-02-30T09:00", "9:00", "1" * 500, "20260115", "２０２６"]
)
def test_what_is_no_moment_gets_a_sentence(typed: str) -> None:
    asked = asked_for(typed, NOW)
    assert asked.until is None
    assert asked.wrong is not None
    assert asked.wrong.reason == "as_of_moment"


def test_a_moment_that_has_not_come_gets_a_sentence_but_today_is_fine() -> None:
    assert asked_for("2026-01-20", NOW).wrong is None
    wrong = asked_for("2026-01-22", NOW).wrong
    assert wrong is not None
    assert wrong.reason == "as_of_future"
    assert asked_for("", NOW).until is None


@SQLITE
def test_a_bad_moment_keeps_what_was_typed_and_shows_the_course(hall: Hall, signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, hall.congress)
    for url in (f"/staff/jz/polls/{hall.poll}/as-of", f"/staff/jz/projects/{hall.projects[0]}/as-of"):
        page = staff.open(f"{url}?on=gestern")
        assert page.status == 422
        assert page.errors == ["时刻：请填写年月日和时间，例如 2026-01-15 09:00。"]
        assert page.document.xpath("//input[@name='on']/@value") == ["gestern"]
        assert page.document.xpath("//h2[@id='versions']")


@SQLITE
def test_a_withdrawn_project_is_shown_as_it_was(house: House, hall: Hall, signed_in: SignedIn, clock: Clock) -> None:
    project = uuid4()
    card = polls.candidate("口袋公园", 99, 2026)
    made = projects.draft_candidate(hall.congress, 2026, "ABCDEFG1", card)
    house.office.change(by(hall.clerk), project, projects.evolve, lambda _: made)
    before = clock()
    clock.forward(days=2)
    withdraw_candidate(house.office, by(hall.clerk), project, "与上级项目重复")
    _settle(house)
    staff = signed_in(Role.STAFF, hall.congress)
    page = staff.open(f"/staff/jz/projects/{project}/as-of?on={before:%Y-%m-%dT%H:%M}")
    assert page.heading.startswith("口袋公园")
    assert "草稿" in page.heading
    assert f"这是 {before.year}年{before.month}月{before.day}日 {before:%H:%M} 的状态" in page.words
    (row,) = page.document.xpath("//section[@aria-labelledby='since']//tbody/tr")
    assert [" ".join(cell.text_content().split()) for cell in row] == ["状态", "草稿", "已撤回"]
    assert "撤下候选项目。理由：与上级项目重复" in page.words
    earlier = staff.open(f"/staff/jz/projects/{project}/as-of?on={before - timedelta(days=1):%Y-%m-%d}")
    assert "当时还没有“口袋公园”。" in earlier.words
    course = staff.open(f"/staff/jz/projects/{project}/as-of")
    assert course.heading == "口袋公园的沿革"
    links = [link for link in course.links() if "on=" in link]
    assert len(links) == 2
    assert "草稿" in staff.open(f"/staff/jz/projects/{project}/as-of{links[-1]}").heading


@SQLITE
def test_pages_of_today_lead_to_the_state_of_a_moment(hall: Hall, signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, hall.congress)
    for url, there in (
        (f"/staff/jz/projects/{hall.projects[0]}", f"/staff/jz/projects/{hall.projects[0]}/as-of"),
        ("/staff/jz/projects/list", "/staff/jz/projects/list/as-of"),
        (f"/staff/jz/polls/{hall.poll}", f"/staff/jz/polls/{hall.poll}/as-of"),
    ):
        assert there in staff.open(url).forms()
    listed = staff.open("/staff/jz/projects/list/as-of?year=2026&on=2026-01-20")
    assert "交付票决" in listed.words
    assert len(listed.document.xpath("//section[1]//table/tbody/tr | //section[2]//table/tbody/tr")) >= len(
        hall.projects
    )


@SQLITE
def test_who_may_not_open_the_page_may_not_open_its_past(house: House, hall: Hall, signed_in: SignedIn) -> None:
    other = uuid4()
    founded = congresses.found_congress(name="邻市人大", short_name="邻市", slug="ls", level=Level.CITY, term=16)
    house.office.change(by(actor()), other, congresses.evolve, lambda _: founded)
    _settle(house)
    urls = (f"projects/{hall.projects[0]}/as-of", f"polls/{hall.poll}/as-of")
    for url in urls:
        assert signed_in(Role.VENUE, hall.congress).open(f"/staff/jz/{url}").status == 403
        neighbour = signed_in(Role.STAFF, other)
        assert neighbour.open(f"/staff/jz/{url}").status == 404
        assert neighbour.open(f"/staff/ls/{url}").status == 404
    assert signed_in(Role.STAFF, hall.congress).open(f"/staff/jz/polls/{uuid4()}/as-of").status == 404
    assert signed_in(Role.STAFF, hall.congress).open("/staff/jz/lists/2026/as-of").status == 404


@SQLITE
def test_marks_are_shown_to_who_could_see_them_then_and_can_now(
    house: House, hall: Hall, signed_in: SignedIn, clock: Clock
) -> None:
    """Before the declaration those who count see them; an auditor sees them neither in the past nor in the trail."""
    clerk, reader = signed_in(Role.STAFF, hall.congress), signed_in(Role.AUDITOR, hall.congress)
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall)
    hall.close()
    opened = clock()
    clock.forward(hours=1)
    clerk.open(f"/staff/jz/polls/{hall.poll}")
    counting = clerk.send(f"/staff/jz/polls/{hall.poll}/count")
    assert counting.status == 200
    _settle(house)
    late = signed_in(Role.STAFF, hall.congress)
    url = f"/staff/jz/polls/{hall.poll}/as-of?on={clock():%Y-%m-%dT%H:%M}"
    assert clerk.open(url).document.xpath("//h2[@id='result']")
    assert not reader.open(url).document.xpath("//h2[@id='result']")
    assert late.open(url).document.xpath("//h2[@id='result']")
    assert not clerk.open(f"/staff/jz/polls/{hall.poll}/as-of?on={opened:%Y-%m-%dT%H:%M}").document.xpath(
        "//h2[@id='result']"
    )
    for page in (reader.open(url), clerk.open(url)):
        assert "piaojue-count" not in page.text
    link = reader.open("/staff/jz/audit?kind=polls.poll-counted").document.xpath("//td/a[text()='计票']/@href")[0]
    recorded = reader.open(str(link))
    assert "（宣布以前不显示）" in recorded.words
    assert "piaojue-count" not in recorded.text
    exported = reader.open("/staff/jz/audit/trail.csv").text
    assert "第 1 次计票" in exported
    assert "piaojue-count" not in exported
