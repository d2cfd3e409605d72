"""A program publishes a call, keeps a house, and brings a delegate's and a unit's proposals."""

from uuid import UUID, uuid4

import pytest

from application.congress import add_unit
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.programs import Programs
from tests.support.stores import Clock, by

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
CALL = {
    "year": 2027,
    "title": "公告",
    "words": "可以提什么",
    "channels": ["paper", "web", "visit"],
    "opens_on": "2026-09-20",
    "closes_on": "2026-10-19",
}


def test_a_call_a_house_and_what_delegates_and_units_bring(house: House, program: Programs, clock: Clock) -> None:
    clock.set(2026, 9, 25, 9)
    congress, clerk = polls.founded(house.office, "rd")
    mine = polls.roll_of(house.office, clerk, congress, 4)[0].delegate
    unit: UUID = uuid4()
    add_unit(house.office, by(clerk), congress, unit, "市园林局", "")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    staff = program(Role.STAFF, congress)
    short = staff.post("/congresses/rd/calls", {**CALL, "opens_on": "2026-10-13"})
    assert (short.status_code, short.json()["errors"][0]["field"]) == (409, "closes_on")
    made = staff.post("/congresses/rd/calls", CALL)
    assert made.status_code == 201
    assert (made.json()["days_left"], made.json()["channels"]) == (25, ["web", "paper", "visit"])
    longer = {"closes_on": "2026-10-31", "reason": "降雪"}
    stale = made.headers["etag"]
    assert staff.post("/congresses/rd/calls/2027/extend", longer).json()["first_closes_on"] == "2026-10-19"
    reworded = {name: CALL[name] for name in ("title", "words", "channels")}
    assert staff.put("/congresses/rd/calls/2027/wording", reworded, if_match=stale).status_code == 412
    house_made = staff.post("/congresses/rd/houses", {"name": "北街代表之家", "address": "北街 12 号"}).json()
    assert house_made["page"].endswith(f"/h/{house_made['code']}")

    delegate = program(Role.DELEGATE, congress, delegate=mine)
    heard = {"year": 2027, "title": "装红绿灯", "content": "车多", "visited_on": "2026-09-24", "signatories": 46}
    brought = delegate.post("/congresses/rd/own-proposals", {**heard, "house": house_made["id"]})
    assert (brought.status_code, brought.json()["channel"], brought.json()["state"]) == (201, "visit", "待办")
    assert [step["words"] for step in brought.json()["steps"]] == ["收到建议，发给查询码。"]
    assert [one["title"] for one in delegate.get("/congresses/rd/own-proposals").json()["items"]] == ["装红绿灯"]
    assert delegate.get("/congresses/rd/unit-proposals").status_code == 403

    department = program(Role.DEPARTMENT, congress, unit=unit)
    told = {"year": 2027, "title": "修公园", "content": "缺绿地", "estimated_funds": "2300000"}
    assert department.post("/congresses/rd/unit-proposals", told).json()["unit_name"] == "市园林局"
    assert department.post("/congresses/rd/unit-proposals", {**told, "unit": str(uuid4())}).status_code == 404
    assert department.get("/congresses/rd/own-proposals").json()["items"] == []
    assert staff.get("/congresses/rd/own-proposals").status_code == 403
    counted = staff.get("/congresses/rd/calls/2027").json()["received"]
    assert counted == [{"channel": "unit", "received": 1}, {"channel": "visit", "received": 1}]
    assert staff.delete(f"/congresses/rd/houses/{house_made['id']}").json()["in_use"] is False
