"""A year under way by program: the same commands, words and lights as on the pages."""

import io
from datetime import date

import pytest
from PIL import Image

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.programs import Programs
from tests.support.stores import Clock
from tests.support.under_way import OTHER_UNIT, UnderWay

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

JZ = "/congresses/jz"


@pytest.fixture
def way(house: House, clock: Clock) -> UnderWay:
    made = UnderWay(house.office, clock)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_a_year_under_way(way: UnderWay, program: Programs) -> None:
    way.on(date(2026, 3, 18))
    staff = program(Role.STAFF, way.congress)
    lead = program(Role.DEPARTMENT, way.congress, unit=way.units[polls.UNIT])
    assists = program(Role.DEPARTMENT, way.congress, unit=way.units[OTHER_UNIT])
    project = f"{JZ}/projects/{way.first}"
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    held = lead.post(f"{JZ}/photos", files={"photo_file": ("现场.jpg", out.getvalue(), "image/jpeg")}).json()["photo"]
    body = {"due_on": "2026-03-20", "percent": "17", "funds_spent": "1700000", "words": "已开工。", "photos": [held]}
    assert assists.post(f"{project}/reports", body).status_code == 403
    refused = lead.post(f"{project}/reports", {**body, "due_on": "2026-06-22"})
    assert (refused.status_code, refused.json()["detail"]) == (422, "截止日期：这一期还不用填报，或者没有这一期。")
    made = lead.post(f"{project}/reports", {**body, "reached": [{"number": 1, "on": "2026-03-16"}]})
    assert made.status_code == 201, made.text
    report = made.json()
    assert (report["stage"], report["days_late"], report["photos"]) == ("given", 0, [held])
    picture = staff.get(f"{project}/reports/{report['id']}/photos/{held}")
    assert picture.headers["content-type"] == "image/jpeg"
    at = made.headers["location"].removeprefix("/api/v1")
    assert lead.post(f"{at}/approve").status_code == 403
    assert staff.post(f"{at}/approve").json()["stage"] == "approved"
    closed = lead.post(f"{project}/reports", body)
    assert (closed.status_code, closed.json()["refused"]) == (409, "ReportClosed")

    board = staff.get(f"{JZ}/implementation?year=2026").json()["items"]
    assert [one["light"]["colour"] for one in board] == ["green", "yellow", "yellow"]
    assert (board[0]["actual"], board[0]["spent"], board[0]["missing"]) == ("17", "1700000", [])
    one = assists.get(f"{project}/progress").json()
    assert [step["reached_on"] for step in one["milestones"]] == ["2026-03-16", None]

    raised = lead.post(f"{project}/difficulties", {"words": "管线权属不清", "needs": "请协调"}).json()
    decision = {"project": str(way.first), "difficulty": raised["id"], "words": "市水务局牵头"}
    meeting = {"year": 2026, "title": "第二次会议", "held_on": "2026-03-18", "decisions": [decision]}
    assert staff.post(f"{JZ}/meetings", meeting).status_code == 201
    assert [one["title"] for one in staff.get(f"{JZ}/meetings?year=2026").json()["items"]] == ["第二次会议"]
    settled = staff.post(f"{project}/difficulties/{raised['id']}/resolve", {"words": "已明确"}).json()
    assert (settled["resolved_on"], settled["decisions"][0]["words"]) == ("2026-03-18", "市水务局牵头")
    urged = staff.post(f"{project}/urge", {"level": "supervision", "words": "请抓紧"}).json()
    assert [step["level"] for step in urged["urged"]] == ["supervision"]
    assert staff.post(f"{project}/urge", {"level": "reminder", "words": "请抓紧"}).status_code == 409


def test_rules_and_the_end(way: UnderWay, program: Programs) -> None:
    way.on(date(2026, 11, 20))
    staff = program(Role.STAFF, way.congress)
    project = f"{JZ}/projects/{way.first}"
    rules = staff.get(f"{JZ}/progress-rules")
    assert (rules.json()["version"], rules.json()["bands"][0]["at_least"]) == (0, "-5")
    names = [one["name"] for one in staff.get(f"{JZ}/progress-rules/schemes").json()["items"]]
    assert "four_colours" in names
    bands = [{"colour": "green", "words": "达标", "at_least": "0"}, {"colour": "red", "words": "未达标"}]
    wanted = {"title": "本市办法", "rhythm": "monthly", "report_day": 5, "bands": bands}
    adopted = staff.put(f"{JZ}/progress-rules", wanted, if_match=rules.headers["etag"])
    assert (adopted.json()["version"], adopted.json()["rhythm"]) == (1, "monthly")
    assert staff.put(f"{JZ}/progress-rules", wanted, if_match=rules.headers["etag"]).status_code == 412

    early = staff.post(f"{project}/closing/accept", {"on": "2026-11-18", "body": "市住建局"})
    assert (early.status_code, early.json()["refused"]) == (409, "MilestonesOpen")
    for number in (1, 2):
        assert staff.post(f"{project}/milestones/{number}/reach", {"on": "2026-10-01"}).status_code == 200
    accepted = staff.post(f"{project}/closing/accept", {"on": "2026-11-18", "body": "市住建局"}).json()
    assert (accepted["acceptance"]["on"], accepted["next_look_back_due_on"]) == ("2026-11-18", "2027-11-18")
    assert staff.post(f"{project}/closing/complete", {"completion": "completed"}).json()["completion"] == "completed"
    looked = {"nth": 1, "on": "2026-11-20", "in_use": False, "findings": "井盖缺失"}
    assert staff.post(f"{project}/closing/look-back", looked).status_code == 422
    done = staff.post(f"{project}/closing/look-back", {**looked, "measures": "一周内补齐"}).json()
    assert (done["look_backs"][0]["in_use"], done["next_look_back"]) == (False, 2)
    undone = staff.post(f"{project}/closing/undo", {"reason": "资料不全"})
    assert (undone.status_code, undone.json()["refused"]) == (409, "CompletionDoesNotFit")
