"""A program drafts, keeps, submits and takes back a report to the level above, and reads the figures over years."""

from io import BytesIO

import docx
import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support.declared import declared
from tests.support.programs import Programs

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ONE = "/congresses/jz/year-reports/analysis/2026/2026"


def test_a_program_submits_a_report(program: Programs, house: House) -> None:
    hall = declared(house)
    staff = program(Role.STAFF, hall.congress)
    figures = staff.get("/congresses/jz/year-figures").json()
    assert (figures["total"]["projects"], figures["total"]["undecided"], figures["congresses"]) == (3, 3, 1)
    draft = staff.get(ONE).json()
    assert (draft["kept"], draft["number"]) == (False, None)
    assert [part["key"] for part in draft["parts"]][:2] == ["overall", "progress"]
    assert staff.post(f"{ONE}/submit", _sent()).status_code == 404

    parts = [{"key": "overall", "heading": "总体情况", "words": "票决三项。"}]
    kept = staff.put(ONE, {"title": "分析报告", "parts": parts}).json()
    assert (kept["kept"], kept["title"], kept["parts"]) == (True, "分析报告", parts)
    paper = staff.get(f"{ONE}/report.docx")
    assert docx.Document(BytesIO(paper.content)).paragraphs[0].text == "分析报告"

    sent = staff.post(f"{ONE}/submit", _sent()).json()
    assert (sent["number"], sent["to"], sent["submitted_on"]) == ("12号", "省人大常委会", "2026-01-20")
    assert staff.get(f"{ONE}/document").status_code == 200
    assert staff.put(ONE, {"title": "另一份", "parts": parts}).status_code == 409
    assert [one["title"] for one in staff.get("/congresses/jz/year-reports").json()["items"]] == ["分析报告"]
    back = staff.post(f"{ONE}/take-back", {"reason": "数字有误"}).json()
    assert (back["number"], back["kept"]) == (None, True)
    assert staff.get("/congresses/jz/year-reports/research/2026/2026").status_code == 404


def _sent() -> dict[str, str]:
    return {"number": "12号", "to": "省人大常委会", "submitted_on": "2026-01-20"}
