"""Supervision over HTTP: a group, an inspection that is told and answered, notes with photos, problems handed over."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from domain.accounts.permissions import Role
from domain.supervision.duty import DutyStage
from domain.supervision.duty import evolve as evolve_duty
from domain.supervision.inspection import evolve as evolve_inspection
from domain.supervision.note import evolve as evolve_note
from interfaces.composition import House
from projections import delegate_notes, inspections
from tests.support.declared import declared
from tests.support.polls import Hall
from tests.support.stores import Clock
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def photo(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def hall(house: House, clock: Clock) -> Hall:
    made = declared(house)
    clock.set(2026, 5, 12, 9)
    return made


class Room:
    """The people of a congress whose list is announced."""

    def __init__(self, house: House, hall: Hall, signed_in: SignedIn) -> None:
        self.house, self.hall = house, hall
        self.staff = signed_in(Role.STAFF, hall.congress)
        entries = hall.delegates
        self.names = [entry.name for entry in entries]
        self.ids = [entry.delegate for entry in entries]
        self.first = signed_in(Role.DELEGATE, hall.congress, name=self.names[0], delegate=self.ids[0])
        self.second = signed_in(Role.DELEGATE, hall.congress, name=self.names[1], delegate=self.ids[1])
        self.project, self.other = hall.projects[0], hall.projects[1]

    def group(self, project: UUID, leader: int, *members: int) -> None:
        self.staff.open(f"{STAFF}/supervision/groups/{project}")
        chosen = [str(self.ids[place]) for place in (leader, *members)]
        page = self.staff.send(f"{STAFF}/supervision/groups/{project}", leader=str(self.ids[leader]), members=chosen)
        assert page.said == "代表小组已保存。", page.words


@pytest.fixture
def room(house: House, hall: Hall, signed_in: SignedIn) -> Room:
    return Room(house, hall, signed_in)


STAFF, DELEGATE = "/staff/jz", "/delegate/jz"


def test_from_the_group_to_the_record(room: Room, clock: Clock) -> None:
    staff, first, second = room.staff, room.first, room.second
    overview = staff.open(f"{STAFF}/supervision")
    assert "3 个项目还没有小组" in overview.words
    room.group(room.project, 0, 1, 2)
    assert room.names[0] in staff.open(f"{STAFF}/supervision").words

    # planned from the project's group: its people are in the form, and they are told at once
    form = staff.open(f"{STAFF}/inspections/new?project={room.project}")
    ticked = form.document.xpath("//input[@name='members' and @checked]/@value")
    assert set(ticked) == {str(one) for one in room.ids[:3]}
    page = staff.send(on="2026-05-11", sites="泵站，青山路，1\n排水口", gather="上午 8:30 机关院内", tell="yes")
    assert page.said == "已安排，并通知了代表。", page.errors
    inspection = UUID(page.path.rsplit("/", 1)[1])
    state = room.house.office.state_of(inspection, evolve_inspection)
    assert state is not None
    assert [site.project for site in state.plan.sites] == [room.project, room.project]

    # a delegate answers on the phone
    assert "请回复能否参加" in first.open(f"{DELEGATE}/supervision").words
    first.open(f"{DELEGATE}/supervision/inspections/{inspection}")
    assert first.send(coming="yes").said == "已回复：能参加。"
    second.open(f"{DELEGATE}/supervision/inspections/{inspection}")
    assert second.send(coming="no", words="").errors != []
    assert second.send(coming="no", words="出差").said == "已回复：请假。"

    noted_twice(room, inspection)

    # the problem stands in the form of the conclusion, with its lead unit, and becomes a duty there
    form = staff.open(f"{STAFF}/inspections/{inspection}/conclude")
    assert "两处井盖没有复位" in form.text
    page = staff.send(words="总体进展好。", public_words="代表视察了泵站。", words_2="公示牌内容不全")
    assert page.said == "意见已保存，1 个问题已交办。", page.errors
    concluded = room.house.office.state_of(inspection, evolve_inspection)
    assert concluded is not None
    assert concluded.concluded is not None
    given = concluded.concluded.findings[0].duty
    assert given is not None
    duty = room.house.office.state_of(given, evolve_duty)
    assert duty is not None
    assert (duty.stage, duty.words, duty.project) == (DutyStage.OPEN, "两处井盖没有复位", room.project)
    assert concluded.concluded.attended == (room.ids[0], room.ids[2])
    with room.house.reading.connect() as conn:
        assert inspections.count_of(conn, room.project, 2026) == 1

    in_the_record(room)
    paper = staff.client.get(f"{STAFF}/inspections/{inspection}/report.docx").content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(paper)).paragraphs)
    assert "报告" in words
    assert "两处井盖没有复位" in words
    assert "已交办整改1件，见附件2。" in words or "已交办整改1件，见附件。" in words

    # the conclusion is put right; its findings stand
    staff.open(f"{STAFF}/inspections/{inspection}/conclude")
    page = staff.send(words="总体进展很好。", others=[str(room.ids[5])])
    assert page.said == "意见已保存。", page.errors
    assert "参加视察调研" in staff.open(f"{STAFF}/supervision/records/{room.ids[5]}").words


def noted_twice(room: Room, inspection: UUID) -> UUID:
    """A note with photos in a few taps; the network fails, the phone sends it again: one note."""
    form = room.first.open(f"{DELEGATE}/supervision/note?inspection={inspection}")
    sent = {name: value for name, value in form.document.forms[-1].form_values() if name != "photos"}
    sent |= {"kind": "problem", "words": "两处井盖没有复位"}
    files = [("photos", ("1.jpg", photo(), "image/jpeg")), ("photos", ("2.jpg", photo("red"), "image/jpeg"))]
    answers = [room.first.client.post(f"{DELEGATE}/supervision/note", data=sent, files=files) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert "已记下，办公室已经收到。" in answers[0].text
    note = UUID(str(answers[0].url).rsplit("/", 1)[1].split("?", maxsplit=1)[0])
    with room.house.reading.connect() as conn:
        assert len(delegate_notes.notes_of(conn, room.hall.congress)) == 1
    noted = room.house.office.state_of(note, evolve_note)
    assert noted is not None
    assert len(noted.photos) == 2
    picture = f"{DELEGATE}/supervision/notes/{note}/photos/{noted.photos[0].file}"
    assert room.first.client.get(picture).headers["content-type"] == "image/jpeg"
    return note


def in_the_record(room: Room) -> None:
    """Who did not come is not in the record as if they had been there."""
    record = room.first.open(f"{DELEGATE}/record").words
    for deed in ("参加视察调研", "现场监督记录", "参加代表小组", "出席会议"):
        assert deed in record
    assert "参加视察调研" not in room.second.open(f"{DELEGATE}/record").words
    table = load_workbook(io.BytesIO(room.first.client.get(f"{DELEGATE}/record/record.xlsx").content)).worksheets[0]
    assert "现场监督记录" in {cell.value for row in table.iter_rows() for cell in row}
    listed = room.staff.open(f"{STAFF}/supervision/records")
    assert room.names[0] in listed.words
    assert room.staff.client.get(f"{STAFF}/supervision/records/records.xlsx").status_code == 200
    assert room.staff.open(f"{STAFF}/supervision/records/{room.ids[0]}").status == 200


def test_who_sees_a_note(room: Room, signed_in: SignedIn) -> None:
    room.group(room.project, 0, 2)
    room.first.open(f"{DELEGATE}/supervision/note?project={room.project}")
    page = room.first.send(kind="problem", words="噪声很大", place="青山路")
    note = page.path.split("?")[0].rsplit("/", 1)[1]
    assert room.second.open(f"{DELEGATE}/supervision/notes/{note}").status == 404
    room.group(room.project, 0, 1)
    assert room.second.open(f"{DELEGATE}/supervision/notes/{note}").status == 200
    assert "更正" not in room.second.at.words  # type: ignore[union-attr]  # it was opened
    # the own one is put right until somebody acts on it
    room.first.open(f"{DELEGATE}/supervision/notes/{note}")
    assert room.first.send(f"{DELEGATE}/supervision/notes/{note}/correct", words="夜里噪声很大").said == "已更正。"
    settle = f"{STAFF}/inspections/notes/{note}/settle"
    room.staff.open(f"{STAFF}/inspections/notes/{note}")
    assert room.staff.send(settle, reason="").errors != []
    assert room.staff.send(settle, reason="施工单位已停止夜间作业").said == "已登记处理情况。"
    assert "施工单位已停止夜间作业" in room.first.open(f"{DELEGATE}/supervision/notes/{note}").words
    assert f"{DELEGATE}/supervision/notes/{note}/correct" not in room.first.at.forms()  # type: ignore[union-attr]


def test_a_photo_that_is_none_is_refused_and_everything_typed_stays(room: Room) -> None:
    room.first.open(f"{DELEGATE}/supervision/note?project={room.project}")
    files = [("photos", ("好.jpg", photo(), "image/jpeg")), ("photos", ("坏.jpg", b"x", "image/jpeg"))]
    page = room.first.send(kind="problem", words="井盖没有复位", files=files)
    assert page.status == 422
    assert "坏.jpg" in page.words
    assert "井盖没有复位" in page.text
    assert "保留已上传的 好.jpg" in page.words
    page = room.first.send()
    assert "已记下" in page.words
    assert len(page.document.xpath("//ul[@class='shots']//img")) == 1


def test_a_note_is_handed_over_and_its_photo_erased_for_good(room: Room) -> None:
    room.first.open(f"{DELEGATE}/supervision/note?project={room.project}")
    page = room.first.send(kind="problem", words="围挡倒了", files=[("photos", ("围挡.jpg", photo(), "image/jpeg"))])
    note = page.path.split("?")[0].rsplit("/", 1)[1]
    at = f"{STAFF}/inspections/notes/{note}"
    shown = room.staff.open(at)
    picture = shown.document.xpath("//ul[@class='photos']//img/@src")[0]
    assert room.staff.client.get(picture).status_code == 200
    assert room.staff.send(f"{at}/hand-over", unit="").errors != []
    assert room.staff.send(f"{at}/hand-over", unit=unit_of(room.staff)).said == "已交办，单位会按期答复。"
    room.staff.open(at)
    page = room.staff.send(f"{at}/remove", what=picture.rsplit("/", 1)[1], because="照到了行人")
    assert page.said == "照片已删除，不能恢复。"
    assert room.staff.client.get(picture).status_code == 404
    assert "已交给" in room.first.open(f"{DELEGATE}/supervision/notes/{note}").words


def unit_of(staff: Visitor) -> str:
    assert staff.at is not None
    options: list[str] = staff.at.document.xpath("//select[@name='unit']/option[@value!='']/@value")
    return options[0]


def test_a_draw_from_its_announcement_to_the_inspection(room: Room, tmp_path: Any, run: Callable[..., int]) -> None:
    staff = room.staff
    staff.open(f"{STAFF}/draws/new")
    page = staff.send(title="第二季度抽点", takes="2")
    assert page.said == "承诺值已公布。现在可以确定点位名单。", page.errors
    draw, at = page.path.rsplit("/", 1)[1], page.path
    public = f"/jz/2026/draws/{draw}"
    assert "种子已经固定，还没有公开" in staff.open(public).words
    assert "seed" not in staff.client.get(f"{public}.json").json()
    staff.open(at)
    assert staff.send(f"{at}/close", sites="一处\n两处").errors != []
    sites = "\n".join(f"{n} 号点，青山路 {n} 号，{n % 3 + 1}" for n in range(1, 9))
    assert staff.send(f"{at}/close", sites=f"{sites}\n九号点，某处，9").errors != []
    assert staff.send(f"{at}/close", sites=sites).said == "点位名单已封闭并公布，不能再改。"
    assert staff.send(f"{at}/draw", number="").errors != []
    assert staff.send(f"{at}/draw", number="48 29 13").said == "已抽出，结果和种子已经公布。"
    record = tmp_path / "draw.json"
    record.write_bytes(staff.client.get(f"{public}.json").content)
    assert run(["draw", "verify", str(record)]) == 0
    record.write_text(record.read_text(encoding="utf-8").replace("48 29 13", "48 29 14"), encoding="utf-8")
    assert run(["draw", "verify", str(record)]) == 1
    shown = staff.open(public)
    assert shown.words.count("抽中") >= 2
    assert "第二季度抽点" in staff.open("/jz/2026/draws").words
    assert b"sha256" in staff.client.get("/jz/2026/draws/verify_draw.py").content
    staff.open(f"{STAFF}/inspections/new?draw={draw}")
    page = staff.send(on="2026-05-20", members=[str(room.ids[0])])
    assert page.said == "已安排。确定以后请通知代表。", page.errors
    assert "点位由随机抽点产生" in page.words


@pytest.fixture
def run() -> Callable[..., int]:
    from interfaces.cli import main  # noqa: PLC0415 -- the command line loads every command

    return main
