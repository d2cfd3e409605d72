"""Volunteers with their personal links, and guidance visits between two offices, on their pages."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from application.private import contacts
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support.stores import Clock
from tests.support.supervising import UNIT, Supervising
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

STAFF = "/staff/jz/volunteers"
NAME, PHONE = "赵某某", "13800001111"


def photo() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "PHONE MAKER"
    Image.new("RGB", (40, 30), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def room(house: House, clock: Clock) -> Supervising:
    clock.set(2026, 1, 12, 9)
    made = Supervising(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(room: Supervising, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, room.congress)


def enlisted(staff: Visitor, room: Supervising) -> str:
    staff.open(f"{STAFF}/new")
    page = staff.send(projects=[str(room.projects[0])], origin="城关街道推荐", name=NAME, phone=PHONE)
    assert page.said.startswith("已登记"), page.errors
    return page.path


def linked(staff: Visitor, path: str) -> str:
    staff.open(path)
    page = staff.send(f"{path}/link", until="2026-06-30")
    found = re.search(r"https://rd\.example\.cn(/w/[0-9A-Z]+)", page.text)
    assert found, page.words
    return found.group(1)


def test_a_volunteer_writes_through_the_personal_link_and_reads_what_came_of_it(
    house: House, room: Supervising, staff: Visitor, visitor: Visitor, clock: Clock
) -> None:
    path = enlisted(staff, room)
    link = linked(staff, path)
    page = visitor.open(link)
    assert page.heading == "监督员01，您好"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert NAME not in page.text
    clock.forward(minutes=1)
    assert visitor.send(f"{link}/observe", words="").status == 422
    sent = visitor.send(f"{link}/observe", words="工地没有围挡", files={"photos": ("a.jpg", photo(), "image/jpeg")})
    assert sent.said.startswith("已收到"), sent.errors
    assert "待处理" in sent.words

    waiting = staff.open(STAFF)
    assert NAME in waiting.words
    seen = next(one for one in waiting.links() if "/observations/" in one and not one.endswith("/new"))
    picture = next(one for one in staff.open(seen).links() if "/photos/" in one)
    shown = staff.open(picture)
    assert shown.headers["content-type"] == "image/jpeg"
    assert b"PHONE MAKER" not in shown.content
    staff.open(seen)
    given = staff.send(f"{seen}/duty", unit=str(room.units[UNIT]), words="补齐围挡", working_days="5")
    assert given.said == "已交办。", given.errors
    assert "监督员01" in given.words
    assert "已交办" in visitor.open(link).words

    staff.open(seen)
    file = picture.rsplit("/", 1)[-1]
    assert staff.send(f"{seen}/photos/erase", file=file, photo_reason="拍到人脸").said.startswith("照片已经")
    assert staff.open(picture).status == 404


def test_a_link_dies_with_a_new_one_with_its_day_and_with_release(
    room: Supervising, staff: Visitor, visitor: Visitor, clock: Clock, signed_in: SignedIn
) -> None:
    path = enlisted(staff, room)
    first = linked(staff, path)
    second = linked(staff, path)
    assert visitor.open(first).status == 404
    assert visitor.open(second).status == 200
    assert visitor.open("/w/00000000000000000000A").status == 404
    staff.open(path)
    staff.send(f"{path}/link/revoke")
    assert visitor.open(second).status == 404
    third = linked(staff, path)
    clock.set(2026, 7, 1, 9)
    assert visitor.open(third).status == 404
    staff = signed_in(Role.STAFF, room.congress)
    staff.open(path)
    assert staff.send(f"{path}/release", reason="任期届满").said.startswith("已登记离任")


def test_names_are_erased_for_good_and_no_fact_holds_them(house: House, room: Supervising, staff: Visitor) -> None:
    path = enlisted(staff, room)
    facts = repr([one.fact for one in house.history.select(0, 10_000)])
    assert NAME not in facts
    assert PHONE not in facts
    staff.open(path)
    assert staff.send(f"{path}/forget").said.startswith("姓名和联系方式已经彻底删除")
    assert NAME not in staff.open(path).text
    assert NAME not in staff.open(STAFF).text


def test_the_retention_begins_when_a_volunteer_leaves(
    house: House, room: Supervising, staff: Visitor, clock: Clock, signed_in: SignedIn
) -> None:
    path = enlisted(staff, room)
    with house.private.reading() as connection:
        contact = connection.exec_driver_sql("select contact from private_contact").scalar()
    assert contact is not None
    clock.forward(days=600)
    house.sweep()
    staff = signed_in(Role.STAFF, room.congress)
    assert NAME in staff.open(path).text, "whoever serves is still to be reached"
    staff.send(f"{path}/release", reason="任期届满")
    clock.forward(days=600)
    house.sweep()
    house.followers.wait_for(house.history.last_position(), timeout=20)
    assert NAME not in signed_in(Role.STAFF, room.congress).open(path).text
    assert not contacts.older_than(house.private, house.office.now(), timedelta(0))


def test_a_visit_is_found_answered_below_and_approved_above(room: Supervising, signed_in: SignedIn) -> None:
    upper, lower = signed_in(Role.STAFF, room.congress), signed_in(Role.STAFF, room.below, name="县人大")
    upper.open(f"/staff/jz/visits/new?visited={room.below}")
    page = upper.send("/staff/jz/visits/new", topic="上半年推进情况", on="2026-01-12", place="县城", members="督导组")
    assert page.said.startswith("已安排"), page.errors
    path = page.path
    below = path.replace("/staff/jz/", "/staff/jz-below/")
    assert "上半年推进情况" in lower.open("/staff/jz-below/visits").words
    assert lower.open(f"{below}/hold").status == 404, "the upper level reports"
    upper.open(f"{path}/hold")
    upper.send(report="总体较好。")
    upper.open(f"{path}/findings/new")
    assert upper.send(words="", working_days="10").status == 422
    assert upper.send(words="两个项目进度偏慢", working_days="10").said == "已发给下级办公室。"

    found = next(one for one in lower.open(below).links() if one.endswith("/answer"))
    assert upper.open(found.replace("/staff/jz-below/", "/staff/jz/")).status == 404, "the lower level answers"
    lower.open(found)
    assert lower.send(answer="已加派人手。").said == "答复已提交上级。"
    lower.open(found.replace("/answer", "/duty"))
    passed = lower.send(words="加快进度", unit=str(room.below_unit), working_days="5")
    assert passed.said == "已交办给单位。", passed.errors
    duty = next(one for one in passed.links() if "/duties/" in one)
    source = next(one for one in lower.open(duty).links() if "/visits/findings/" in one)
    assert lower.open(source).path.startswith(below)

    judge = found.replace("/staff/jz-below/", "/staff/jz/").replace("/answer", "/judge")
    upper.open(judge)
    assert upper.send(judge.replace("/judge", "/send-back"), reason="没有时限", working_days="5").said == "已退回重办。"
    lower.open(found)
    lower.send(answer="二月底前赶上。")
    upper.open(judge)
    assert upper.send(judge.replace("/judge", "/approve"), remark="").said == "已认可。"
    assert "已认可" in lower.open(below).words
    assert upper.open(f"{path}/letter.docx").status == 200
