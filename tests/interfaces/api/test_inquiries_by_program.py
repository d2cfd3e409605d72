"""Inquiries, duties, volunteers and guidance visits by program, under the rules of the pages."""

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support.programs import Programs
from tests.support.stores import Clock
from tests.support.supervising import UNIT, Supervising

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ROOT, BELOW = "/congresses/jz", "/congresses/jz-below"


@pytest.fixture
def room(house: House, clock: Clock) -> Supervising:
    clock.set(2026, 1, 12, 9)
    made = Supervising(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_an_inquiry_leaves_a_duty_that_the_unit_answers(room: Supervising, program: Programs) -> None:
    staff = program(Role.STAFF, room.congress)
    unit = program(Role.DEPARTMENT, room.congress, unit=room.units[UNIT])
    stranger = program(
        Role.DEPARTMENT, room.congress, unit=next(one for name, one in room.units.items() if name != UNIT)
    )
    reader = program(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate)
    plan = {
        "kind": "inquiry",
        "topic": "老旧小区改造推进情况",
        "on": "2026-01-12",
        "place": "三楼会议室",
        "units": [str(room.units[UNIT])],
        "projects": [str(room.projects[0])],
    }
    planned = staff.post(f"{ROOT}/inquiries", plan)
    assert planned.status_code == 201, planned.text
    address = f"{ROOT}/inquiries/{planned.json()['id']}"
    assert unit.get(address).status_code == 403
    asked = reader.post(f"{address}/questions", {"words": "什么时候改完？"})
    assert asked.status_code == 201, asked.text
    [question] = asked.json()["questions"]
    assert reader.post(f"{address}/questions/{question['id']}/answer", {"words": "月底"}).status_code == 403
    staff.post(f"{address}/questions/{question['id']}/answer", {"respondent": "局长", "words": "月底前。"})
    order = {"unit": str(room.units[UNIT]), "words": "公布时间表", "working_days": 5}
    assert staff.post(f"{address}/duties", order).status_code == 409, "not held yet"
    held = staff.post(f"{address}/hold", {"on": "2026-01-12", "conclusion": "发现一处问题。"})
    assert held.json()["stage"] == "held", held.text
    given = staff.post(f"{address}/duties", order)
    assert given.status_code == 201, given.text
    assert staff.get(f"{address}/minutes.docx").status_code == 200

    [duty] = unit.get(f"{ROOT}/own-duties").json()["items"]
    assert duty["due_on"] == "2026-01-19"
    assert stranger.get(f"{ROOT}/own-duties").json()["items"] == []
    one = f"{ROOT}/duties/{duty['id']}"
    assert stranger.get(one).status_code == 404
    assert unit.post(f"{one}/answer", {"outcome": "under_way", "words": "在办。"}).status_code == 422
    assert unit.post(f"{one}/answer", {"outcome": "done", "words": "已公布。"}).json()["stage"] == "answered"
    assert unit.post(f"{one}/approve", {}).status_code == 403
    assert staff.post(f"{one}/approve", {}).json()["stage"] == "approved"
    assert staff.post(f"{one}/escalate", {"step": "reminded"}).status_code == 409


def test_a_volunteer_is_a_number_to_programs(room: Supervising, program: Programs) -> None:
    staff = program(Role.STAFF, room.congress)
    body = {"name": "赵某某", "phone": "13800001111", "projects": [str(room.projects[0])]}
    made = staff.post(f"{ROOT}/volunteers", body)
    assert made.status_code == 201, made.text
    assert made.json()["number"] == 1
    assert "赵某某" not in staff.get(f"{ROOT}/volunteers").text
    seen = {"volunteer": made.json()["id"], "kind": "problem", "words": "没有围挡。"}
    elsewhere = staff.post(f"{ROOT}/observations", {**seen, "project": str(room.projects[1])})
    assert elsewhere.status_code == 409
    entered = staff.post(f"{ROOT}/observations", {**seen, "project": str(room.projects[0])})
    assert entered.status_code == 201, entered.text
    address = f"{ROOT}/observations/{entered.json()['id']}"
    settled = staff.post(f"{address}/duty", {"unit": str(room.units[UNIT]), "words": "补围挡"})
    assert settled.json()["outcome"] == "duty", settled.text
    assert staff.post(f"{address}/note", {"words": "谢谢"}).status_code == 409


def test_a_visit_is_answered_by_the_congress_below_alone(room: Supervising, program: Programs) -> None:
    upper, lower = program(Role.STAFF, room.congress), program(Role.STAFF, room.below)
    beside = upper.post(f"{ROOT}/visits", {"visited": str(room.congress), "on": "2026-01-12", "topic": "督导"})
    assert beside.status_code == 409, "not below"
    made = upper.post(f"{ROOT}/visits", {"visited": str(room.below), "on": "2026-01-12", "topic": "督导"})
    assert made.status_code == 201, made.text
    visit = made.json()["id"]
    assert lower.post(f"{BELOW}/visits/{visit}/hold", {"on": "2026-01-12", "report": "好"}).status_code == 404
    upper.post(f"{ROOT}/visits/{visit}/hold", {"on": "2026-01-12", "report": "总体较好。"})
    noted = upper.post(f"{ROOT}/visits/{visit}/findings", {"words": "补齐填报", "working_days": 5})
    [finding] = noted.json()["findings"]
    answer = f"visits/{visit}/findings/{finding['id']}/answer"
    assert upper.post(f"{ROOT}/{answer}", {"words": "已补"}).status_code == 404
    answered = lower.post(f"{BELOW}/{answer}", {"words": "已补齐。"})
    assert answered.json()["findings"][0]["stage"] == "answered", answered.text
    approved = upper.post(f"{ROOT}/visits/{visit}/findings/{finding['id']}/approve", {"remark": ""})
    assert approved.json()["findings"][0]["stage"] == "approved"
