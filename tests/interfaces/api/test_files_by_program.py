"""Files by program: sent first, named by what is recorded next, looked through as on the pages, read back."""

import io
from datetime import date
from typing import Any

import pytest
from PIL import Image

from domain.accounts.permissions import Role
from domain.accounts.scopes import Scope
from domain.asks.ask import AskKind
from interfaces.composition import House
from tests.interfaces.web.asks.test_prefilling import issued
from tests.support import polls
from tests.support.planned import YEAR
from tests.support.programs import Program, Programs
from tests.support.stores import Clock
from tests.support.supervising import UNIT, Supervising
from tests.support.under_way import UnderWay

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

JZ, BELOW = "/congresses/jz", "/congresses/jz-below"
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
MAKER = "Handset Eleven"


def taken_photo() -> bytes:
    """A photo that says by which telephone it was taken."""
    picture, out = Image.new("RGB", (60, 40)), io.BytesIO()
    written = picture.getexif()
    written[0x010F] = MAKER
    picture.save(out, "JPEG", exif=written)
    assert MAKER.encode() in out.getvalue()
    return out.getvalue()


def send(program: Program, where: str, field: str, name: str, content: bytes, **more: Any) -> Any:
    return program.post(where, files={field: (name, content, "application/octet-stream")}, **more)


def paper(program: Program, where: str, name: str = "情况.pdf", content: bytes = PDF) -> str:
    answer = send(program, where, "document_file", name, content)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document"])


def shot(program: Program, where: str) -> str:
    answer = send(program, where, "photo_file", "现场.jpg", taken_photo())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["photo"])


def test_files_of_supervision(house: House, clock: Clock, program: Programs) -> None:
    clock.set(2026, 1, 12, 9)
    room = Supervising(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    staff, lower = program(Role.STAFF, room.congress), program(Role.STAFF, room.below)
    unit = program(Role.DEPARTMENT, room.congress, unit=room.units[UNIT])
    documents = f"{JZ}/supervision-documents"

    _refused_as_on_the_pages(staff, documents)
    reader = program(Role.STAFF, room.congress, scopes=(Scope.SUPERVISION_READ,))
    assert send(reader, documents, "document_file", "1.pdf", PDF).status_code == 403
    delegate = program(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate)
    assert send(delegate, documents, "document_file", "1.pdf", PDF).status_code == 403

    once = send(staff, documents, "document_file", "1.pdf", PDF, key="the-paper").json()
    assert send(staff, documents, "document_file", "1.pdf", PDF, key="the-paper").json() == once
    assert send(staff, documents, "document_file", "2.pdf", PDF, key="the-paper").status_code == 409

    plan = {
        "kind": "inquiry",
        "topic": "推进情况",
        "on": "2026-01-12",
        "place": "三楼",
        "units": [str(room.units[UNIT])],
    }
    inquiry = f"{JZ}/inquiries/{staff.post(f'{JZ}/inquiries', plan).json()['id']}"
    held = {"on": "2026-01-12", "conclusion": "一处问题。"}
    forgotten = staff.post(f"{inquiry}/hold", {**held, "documents": [str(room.congress)]}).json()
    assert forgotten["detail"] == "附件：核对过的文件只保留一小时，现在已经清除。请重新上传。"
    others = staff.post(f"{inquiry}/hold", {**held, "documents": [paper(unit, documents)]})
    assert others.status_code == 422, "somebody else's"
    minutes = staff.post(f"{inquiry}/hold", {**held, "documents": [paper(staff, documents, "纪要.pdf")]}).json()
    [file] = minutes["documents"]
    assert (file["name"], file["type"], file["size"]) == ("纪要.pdf", "application/pdf", len(PDF))
    assert staff.get(f"{inquiry}/documents/{file['id']}").content == PDF
    assert staff.post(f"{inquiry}/hold", held).json()["documents"] == [file], "stays when it is put right"

    order = {"unit": str(room.units[UNIT]), "words": "公布时间表", "working_days": 5}
    staff.post(f"{inquiry}/duties", order)
    duty = f"{JZ}/duties/{unit.get(f'{JZ}/own-duties').json()['items'][0]['id']}"
    sent = [paper(unit, documents), paper(unit, documents, "现场.jpg", taken_photo())]
    body = {"outcome": "done", "words": "已公布。", "documents": sent}
    answered = unit.post(f"{duty}/answer", body, key="the-answer").json()
    assert [one["type"] for one in answered["documents"]] == ["application/pdf", "image/jpeg"]
    assert unit.post(f"{duty}/answer", body, key="the-answer").json()["documents"] == answered["documents"]
    scan = staff.get(f"{duty}/documents/{answered['documents'][1]['id']}")
    assert MAKER.encode() not in scan.content
    assert staff.get(f"{duty}/documents/{file['id']}").status_code == 404, "of another page"

    visit = staff.post(f"{JZ}/visits", {"visited": str(room.below), "on": "2026-01-12", "topic": "督导"}).json()["id"]
    report = {"on": "2026-01-12", "report": "总体较好。", "documents": [paper(staff, documents)]}
    assert len(staff.post(f"{JZ}/visits/{visit}/hold", report).json()["documents"]) == 1
    [finding] = staff.post(f"{JZ}/visits/{visit}/findings", {"words": "补齐填报"}).json()["findings"]
    reply = {"words": "已补齐。", "documents": [paper(lower, f"{BELOW}/supervision-documents", "台账.pdf")]}
    said = lower.post(f"{BELOW}/visits/{visit}/findings/{finding['id']}/answer", reply).json()
    [book] = said["findings"][0]["documents"]
    assert staff.get(f"{JZ}/visits/{visit}/documents/{book['id']}").content == PDF

    enlisted = staff.post(f"{JZ}/volunteers", {"name": "赵某某", "projects": [str(room.projects[0])]}).json()
    seen = {"volunteer": enlisted["id"], "project": str(room.projects[0]), "kind": "problem", "words": "没有围挡。"}
    photos = [shot(staff, f"{JZ}/note-photos")]
    assert staff.post(f"{JZ}/observations", {**seen, "photos": photos}).json()["photos"] == 1


def _refused_as_on_the_pages(staff: Program, documents: str) -> None:
    """Each in one clear sentence."""
    for name, content, said in (
        ("1.exe", b"MZ" + b"\0" * 200, "“1.exe”的格式不能接收。请换成 PDF、DOCX、XLSX、JPG、PNG 格式的文件再上传。"),
        ("2.pdf", b"%PDF-1.4\n", "“2.pdf”打不开，可能已经损坏或者没有传完。请在自己的设备上确认能打开后再上传。"),
        ("3.pdf", b"%PDF-1.4 /Encrypt %%EOF", "“3.pdf”设有密码，别人打不开。请去掉密码后再上传。"),
    ):
        refused = send(staff, documents, "document_file", name, content)
        assert (refused.status_code, refused.json()["detail"]) == (422, said)
    large = send(staff, f"{JZ}/note-photos", "photo_file", "4.jpg", b"\xff\xd8\xff" + b" " * 10 * 1024 * 1024)
    said = "“4.jpg”太大（最多 10 MB），没有收下。请压缩后，或者换一个小一些的文件再上传。"
    assert (large.status_code, large.json()["detail"]) == (413, said)


def test_files_of_the_year_under_way(house: House, clock: Clock, program: Programs) -> None:
    way = UnderWay(house.office, clock)
    ask = f"{JZ}/asks/{issued(way, AskKind.PROGRESS)}"
    way.on(date(YEAR, 6, 21))
    staff = program(Role.STAFF, way.congress)
    lead = program(Role.DEPARTMENT, way.congress, unit=way.units[polls.UNIT])
    documents, project = f"{JZ}/implementation-documents", f"{JZ}/projects/{way.first}"
    assert send(lead, documents, "document_file", "1.pdf", PDF).status_code == 403

    met = {
        "year": YEAR,
        "title": "第二次会议",
        "held_on": "2026-06-18",
        "document": paper(staff, documents, "纪要.pdf"),
    }
    meeting = staff.post(f"{JZ}/meetings", met).json()
    assert meeting["minutes"] == "纪要.pdf"
    assert staff.get(f"{JZ}/meetings?year={YEAR}").json()["items"][0]["minutes"] == "纪要.pdf"
    assert staff.get(f"{JZ}/meetings/{meeting['id']}/minutes").content == PDF
    for number in (1, 2):
        assert staff.post(f"{project}/milestones/{number}/reach", {"on": "2026-06-20"}).status_code == 200
    body = {"on": "2026-06-20", "body": "市住建局", "document": paper(staff, documents, "验收.pdf")}
    accepted = staff.post(f"{project}/closing/accept", body).json()["acceptance"]
    assert [one["name"] for one in accepted["documents"]] == ["验收.pdf"]
    assert staff.get(f"{project}/closing/document").content == PDF
    assert send(lead, f"{JZ}/ask-photos", "photo_file", "1.pdf", PDF).status_code == 422

    reply = {"percent": 46, "funds_spent": "5400000", "milestones": "主体完工"}
    first = lead.post(f"{ask}/answer-progress", {**reply, "photos": [shot(lead, f"{JZ}/ask-photos")] * 2}).json()
    [photo] = first["answer"]["photos"]
    assert MAKER.encode() not in staff.get(f"{ask}/photos/{photo['file']}").content
    more = lead.post(f"{ask}/answer-progress", {**reply, "photos": [shot(lead, f"{JZ}/ask-photos")]}).json()
    assert [one["file"] for one in more["answer"]["photos"]][:1] == [photo["file"]], "kept unless others are named"
    last = lead.post(f"{ask}/answer-progress", {**reply, "keep": []}).json()
    assert last["answer"]["photos"] == []
    assert staff.get(f"{ask}/photos/{photo['file']}").status_code == 404
