"""What programs do with congresses: found with what is taken over, move, dress, keep calendars, read what is below."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import levels
from tests.support.levels import CITY, EAST, HILLS
from tests.support.programs import Programs

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def built(house: House) -> None:
    levels.build(house.history)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def test_founding_moving_and_dressing(program: Programs) -> None:
    chief = program(Role.ADMINISTRATOR)
    body = {"name": "新镇人民代表大会", "slug": "new-town", "level": "township", "term": 1, "parent": "east"}
    taken = {"source": "hills", "units": True, "screening": True}
    founded = chief.post("/congresses", {**body, "take_over": taken})
    assert founded.status_code == 201, founded.json()
    assert founded.json()["parent"] == str(EAST)
    assert [unit["name"] for unit in chief.get("/congresses/new-town/units").json()["items"]] == ["教育局"]
    stranger = {**body, "slug": "other-town", "parent": "west", "take_over": taken}
    assert "新镇人民代表大会" in chief.post("/congresses", {**stranger, "take_over": {"source": "new-town"}}).text
    assert chief.post("/congresses/new-town/move", {"parent": "lake"}).status_code == 409
    moved = chief.post("/congresses/new-town/move", {"parent": "city"})
    assert moved.json()["parent"] == str(CITY)
    look = {"emblem": "新", "public_name": "新镇", "colour": "plum", "contact": ""}
    assert chief.put("/congresses/new-town/look", look).json() == look
    assert chief.put("/congresses/new-town/look", {**look, "emblem": "<b>"}).status_code == 422
    county = program(Role.ADMINISTRATOR, EAST)
    assert county.post("/congresses", {**body, "slug": "third", "parent": "east"}).status_code == 201
    assert county.post("/congresses", {**body, "slug": "fourth", "parent": "west"}).status_code == 403


def test_calendars(program: Programs) -> None:
    staff = program(Role.STAFF, HILLS)
    body = {"title": "代表视察", "starts_on": "2026-03-05", "ends_on": None, "kind": "visit"}
    made = staff.post("/congresses/hills/calendar", body)
    assert made.status_code == 201
    one = f"/congresses/hills/calendar/{UUID(made.json()['id'])}"
    seen = staff.get(one)
    assert seen.json()["ends_on"] == "2026-03-05"
    changed = staff.put(one, {**body, "public": True}, if_match=seen.headers["etag"])
    assert changed.json()["public"] is True
    assert staff.put(one, body, if_match=seen.headers["etag"]).status_code == 412
    listed = staff.get("/congresses/hills/calendar?year=2026").json()["items"]
    assert [(day["title"], day["written"]) for day in listed] == [("代表视察", True)]
    assert "SUMMARY:代表视察" in staff.get("/congresses/hills/calendar.ics?year=2026").text
    assert staff.delete(one).status_code == 204
    assert staff.get(one).status_code == 404


def test_what_is_below_adds_up(program: Programs) -> None:
    """Rule 18."""
    told = program(Role.UPPER_READER, CITY).get("/congresses/city/below?year=2026").json()
    east = told["items"][0]
    assert (east["slug"], east["proposals"]["received"], east["proposals"]["merged"]) == ("east", 37, 20)
    for name, total in told["sums"]["proposals"].items():
        assert total == sum(one["proposals"][name] for one in told["items"])
