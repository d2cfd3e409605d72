"""The year calendar: what the office writes, what the record knows by itself, and the part that is public."""

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import levels
from tests.support.levels import HILLS, LAKE, WEST
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def built(house: House) -> None:
    levels.build(house.history)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def write(staff: Visitor, slug: str, **typed: str) -> str:
    staff.open(f"/staff/{slug}/calendar/new")
    return staff.send(**typed).said


def test_entries_are_written_changed_and_withdrawn(signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, HILLS)
    said = write(
        staff, "hills", title="代表视察", starts_on="2026-03-05", ends_on="2026-03-06", kind="visit", words="三个村"
    )
    assert said == "“代表视察”已写入日程。"
    page = staff.open("/staff/hills/calendar?year=2026")
    assert "5–6 日 代表视察三个村 视察调研" in page.words
    entry = next(link for link in page.links() if link.startswith("/staff/hills/calendar/") and len(link) > 50)
    staff.open(entry)
    assert staff.send(entry, title="代表视察", ends_on="2026-03-01").errors == ["结束日期：结束日期早于开始日期。"]
    staff.open(entry)
    assert staff.send(entry).errors == ["“代表视察”没有改动。"]
    staff.open(entry)
    assert staff.send(entry, starts_on="2026-04-09", ends_on="").said == "“代表视察”已更改。"
    assert "4 月 9 日 代表视察" in staff.open("/staff/hills/calendar?year=2026").words
    staff.open(entry)
    assert staff.send(f"{entry}/withdraw").said == "“代表视察”已从日程中取消。"
    assert "代表视察" not in staff.open("/staff/hills/calendar?year=2026").words
    assert staff.open(entry).status == 404


def test_the_record_fills_the_year_by_itself(signed_in: SignedIn) -> None:
    """Rule 16: what was sent on the twentieth may be voted on seven days later."""
    staff = signed_in(Role.STAFF, WEST)
    assert "09-20 – 10-19 2026 年民生实事项目征集" in staff.open("/staff/west/calendar?year=2025").words
    year = staff.open("/staff/west/calendar?year=2026").words
    assert "20 日 2026 年候选项目名单公布（12 项）" in year or "候选项目名单公布（12 项）" in year
    assert "2026 年候选项目从这天起可以票决" in year


def test_the_public_sees_what_is_marked_public_and_nothing_else(signed_in: SignedIn, visitor: Visitor) -> None:
    staff = signed_in(Role.STAFF, LAKE)
    write(staff, "lake", title="内部协调会", starts_on="2026-02-02")
    write(staff, "lake", title="票决知识宣传，进社区", starts_on="2026-02-03", ends_on="2026-02-05", public="yes")
    shown = visitor.open("/lake/calendar?year=2026")
    assert "票决知识宣传" in shown.words
    assert "内部协调会" not in shown.words
    assert "会议" in shown.words, "the session of 24 January"
    file = visitor.open("/lake/calendar.ics?year=2026").text
    assert "SUMMARY:票决知识宣传，进社区\r\n" in file
    assert "DTSTART;VALUE=DATE:20260203\r\nDTEND;VALUE=DATE:20260206\r\n" in file
    assert "内部协调会" not in file
    assert "内部协调会" in staff.open("/staff/lake/calendar/calendar.ics?year=2026").text
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75


def test_nobody_else_writes_in_it(signed_in: SignedIn) -> None:
    reader = signed_in(Role.UPPER_READER, HILLS)
    page = reader.open("/staff/hills/calendar")
    assert page.status == 200
    assert "/staff/hills/calendar/new" not in " ".join(page.links())
    assert reader.open("/staff/hills/calendar/new").status == 403
    assert signed_in(Role.SCRUTINEER, HILLS).open("/staff/hills/calendar").status == 403
