"""Supervision by program: the same commands and limits as on the pages."""

import io
import json
from uuid import UUID

import pytest
from PIL import Image

from domain.accounts.permissions import Role
from domain.supervision.draw_record import verify
from interfaces.composition import House
from tests.support.declared import declared
from tests.support.polls import Hall
from tests.support.programs import Programs
from tests.support.stores import Clock

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

JZ = "/congresses/jz"


@pytest.fixture
def hall(house: House, clock: Clock) -> Hall:
    made = declared(house)
    clock.set(2026, 5, 12, 9)
    return made


def test_supervision_from_the_group_to_the_record(house: House, hall: Hall, program: Programs) -> None:
    staff = program(Role.STAFF, hall.congress)
    one, two, three = (entry.delegate for entry in hall.delegates[:3])
    first = program(Role.DELEGATE, hall.congress, delegate=one)
    third = program(Role.DELEGATE, hall.congress, delegate=three)
    project = str(hall.projects[0])

    group = {"name": "代表小组", "leader": str(one), "members": [str(one), str(two)]}
    at = f"{JZ}/projects/{project}/group"
    assert first.post(at, group).status_code == 403
    made = staff.post(at, group)
    assert made.status_code == 201, made.text
    assert staff.post(at, group).json()["refused"] == "GroupStands"
    assert staff.put(at, {**group, "leader": str(three)}).json()["refused"] == "LeaderNotAMember"
    assert staff.put(at, group, if_match='"9-0000000000000000"').status_code == 412

    plan = {"title": "视察", "kind": "inspection", "on": "2026-05-11", "projects": [project], "members": [str(one)]}
    inspection = staff.post(f"{JZ}/inspections", plan).json()["id"]
    there = f"{JZ}/inspections/{inspection}"
    assert first.get(there).status_code == 404
    assert staff.post(f"{there}/tell").json()["is_told"]
    assert first.post(f"{there}/reply", {"coming": True}).json()["replies"][0]["coming"]
    assert third.post(f"{there}/reply", {"coming": True}).status_code == 404

    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    photo = first.post(f"{JZ}/note-photos", files={"photo_file": ("1.jpg", out.getvalue(), "image/jpeg")}).json()[
        "photo"
    ]
    body = {"words": "井盖没有复位", "is_problem": True, "photos": [photo], "inspection": inspection}
    noted = first.post(f"{JZ}/projects/{project}/notes", body, key="the-note")
    assert noted.status_code == 201, noted.text
    assert first.post(f"{JZ}/projects/{project}/notes", body, key="the-note").json()["id"] == noted.json()["id"]
    note = f"{JZ}/notes/{noted.json()['id']}"
    assert third.get(note).status_code == 404
    assert staff.get(f"{note}/photos/{photo}").headers["content-type"] == "image/jpeg"
    assert len(first.get(f"{JZ}/own-notes").json()["items"]) == 1

    unit = str(staff.get(f"{JZ}/units").json()["items"][0]["id"])
    order = {"unit": unit, "words": "请立即复位。", "working_days": 5}
    finding = {
        "words": "井盖没有复位",
        "is_problem": True,
        "project": project,
        "note": noted.json()["id"],
        "order": order,
    }
    conclusion = {"held_on": "2026-05-11", "attended": [str(one)], "words": "总体好。", "findings": [finding]}
    done = staff.post(f"{there}/conclude", conclusion)
    assert done.status_code == 200, done.text
    assert done.json()["findings"][0]["duty"]
    assert staff.get(note).json()["stage"] == "handed_over"
    assert staff.post(f"{note}/settle", {"reason": "x"}).json()["refused"] == "NoteInWrongStage"

    record = {one["deed"] for one in first.get(f"{JZ}/own-record?year=2026").json()["items"]}
    assert record == {"session", "group", "inspection", "note"}
    listed = staff.get(f"{JZ}/records?year=2026").json()["items"]
    assert {count["deed"]: count["times"] for count in listed[0]["counts"]}["session"] == 1


def test_a_draw_by_program_is_made_again_from_the_public_record(hall: Hall, program: Programs) -> None:
    staff = program(Role.STAFF, hall.congress)
    terms = {"title": "抽点", "year": 2026, "takes": 2, "spread": "pool", "witness": "现场报数"}
    made = staff.post(f"{JZ}/draws", terms).json()
    assert (made["stage"], made["seed"]) == ("announced", "")
    there = f"{JZ}/draws/{made['id']}"
    sites = [{"name": f"{n} 号", "project": str(hall.projects[0])} for n in range(1, 8)]
    assert staff.post(f"{there}/close", {"sites": sites[:2]}).json()["refused"] == "NothingToDraw"
    assert staff.post(f"{there}/close", {"sites": sites}).json()["stage"] == "closed"
    drawn = staff.post(f"{there}/draw", {"number": "７７"}).json()
    assert (len(drawn["drawn"]), drawn["number"]) == (2, "77")
    public = staff.client.get(f"/jz/2026/draws/{UUID(made['id'])}.json").json()
    assert verify(json.dumps(public).encode()).holds
    assert public["drawn"] == drawn["drawn"]
