"""Changes by program: done once, decided on what was seen, shown when they are answered; on both stores."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support.programs import Program, Programs

UNITS = "/congresses/qc/units"


@pytest.fixture
def staff(program: Programs, congress: UUID) -> Program:
    return program(Role.STAFF, congress)


def test_what_was_made_is_shown_at_once_under_its_address(staff: Program) -> None:
    made = staff.post(UNITS, {"name": "市教育局", "duty_phone": "0471-1234567"})
    assert made.status_code == 201
    assert made.headers["piaojue-position"].isdecimal()
    address = made.headers["location"].removeprefix("/api/v1")
    shown = staff.get(address)
    assert shown.json() == made.json()
    assert shown.headers["etag"] == made.headers["etag"]
    assert "市教育局" in {unit["name"] for unit in staff.get(UNITS).json()["items"]}


def test_the_same_request_with_the_same_key_is_done_once(house: House, staff: Program) -> None:
    first = staff.post(UNITS, {"name": "市教育局"}, key="a")
    before = house.history.last_position()
    again = staff.post(UNITS, {"name": "市教育局"}, key="a")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["location"] == first.headers["location"]
    assert house.history.last_position() == before


def test_the_same_key_with_other_content_or_for_something_else_is_refused(staff: Program) -> None:
    unit = staff.post(UNITS, {"name": "市教育局"}, key="a").json()["id"]
    for response in (
        staff.post(UNITS, {"name": "市民政局"}, key="a"),
        staff.put(f"{UNITS}/{unit}", {"name": "市教育局"}, key="a"),
        staff.delete(f"{UNITS}/{unit}", key="a"),
    ):
        assert response.status_code == 409
        assert response.json()["refused"] == "KeyUsedOtherwise"


def test_a_key_belongs_to_its_account(program: Programs, congress: UUID, staff: Program) -> None:
    other = program(Role.STAFF, congress)
    one, two = staff.post(UNITS, {"name": "市教育局"}, key="a"), other.post(UNITS, {"name": "市民政局"}, key="a")
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json()["id"] != two.json()["id"]


def test_a_change_is_refused_when_somebody_was_faster(staff: Program) -> None:
    unit = staff.post(UNITS, {"name": "市教育局"}).json()["id"]
    seen = staff.get(f"{UNITS}/{unit}").headers["etag"]
    changed = staff.put(f"{UNITS}/{unit}", {"name": "市教育体育局"}, if_match=seen)
    assert (changed.status_code, changed.json()["name"]) == (200, "市教育体育局")
    late = staff.put(f"{UNITS}/{unit}", {"name": "市教委"}, if_match=seen)
    assert late.status_code == 412
    assert late.json()["refused"] == "ChangedMeanwhile"
    assert staff.get(f"{UNITS}/{unit}").json()["name"] == "市教育体育局"
    assert staff.put(f"{UNITS}/{unit}", {"name": "市教委"}, if_match=changed.headers["etag"]).status_code == 200


def test_a_request_sent_again_is_answered_as_before_though_the_version_has_moved_on(staff: Program) -> None:
    unit = staff.post(UNITS, {"name": "市教育局"}).json()["id"]
    seen = staff.get(f"{UNITS}/{unit}").headers["etag"]
    for _ in range(2):
        assert staff.put(f"{UNITS}/{unit}", {"name": "市教委"}, key="k", if_match=seen).status_code == 200


def test_of_many_who_have_seen_the_same_one_changes_it(staff: Program) -> None:
    """The version is looked at in the transaction that records."""
    unit = staff.post(UNITS, {"name": "市教育局"}).json()["id"]
    seen = staff.get(f"{UNITS}/{unit}").headers["etag"]

    def change(number: int) -> int:
        return int(staff.put(f"{UNITS}/{unit}", {"name": f"第{number}局"}, if_match=seen).status_code)

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(change, range(6)))
    assert found == [200, *[412] * 5]


def test_a_post_is_decided_on_a_version_where_one_is_given(staff: Program) -> None:
    unit = staff.post(UNITS, {"name": "市教育局"}).json()["id"]
    seen = staff.get(f"{UNITS}/{unit}").headers["etag"]
    assert staff.post(UNITS, {"name": "市民政局"}, if_match=seen).status_code == 201
    assert staff.post(UNITS, {"name": "市水务局"}, if_match=seen).status_code == 412


def test_a_withdrawn_unit_stays_and_is_told_to_be_withdrawn(staff: Program) -> None:
    unit = staff.post(UNITS, {"name": "市教育局"}).json()["id"]
    assert staff.delete(f"{UNITS}/{unit}").json()["withdrawn"] is True
    gone = staff.delete(f"{UNITS}/{unit}")
    assert (gone.status_code, gone.json()["refused"]) == (404, "NotFound")


def test_the_rules_are_those_of_the_pages(staff: Program) -> None:
    staff.post(UNITS, {"name": "市教育局"})
    refused = staff.post(UNITS, {"name": "市教育局"}).json()
    assert (refused["refused"], refused["detail"]) == ("UnitExists", "已经有名为“市教育局”的单位。")
    assert refused["type"] == "urn:piaojue:problem:unit-exists"
    assert refused["instance"] == "/api/v1/congresses/qc/units"
    assert [error["field"] for error in refused["errors"]] == ["name"]


def test_who_may_not_do_it_on_a_page_may_not_do_it_by_program(program: Programs, congress: UUID) -> None:
    reader = program(Role.UPPER_READER, congress)
    assert reader.get(UNITS).status_code == 200
    assert reader.post(UNITS, {"name": "市教育局"}).json()["refused"] == "NotPermitted"
    assert reader.put("/congresses/qc", {"name": "甲", "term": 16}).status_code == 403


def test_a_congress_is_founded_and_put_right(program: Programs, congress: UUID) -> None:
    administrator = program(Role.ADMINISTRATOR)
    body = {"slug": "xh", "name": "西河区人民代表大会", "level": "county", "term": 9, "parent": "qc"}
    made = administrator.post("/congresses", body)
    assert (made.status_code, made.json()["parent"]) == (201, str(congress))
    taken = administrator.post("/congresses", body)
    assert (taken.status_code, taken.json()["refused"]) == (409, "SlugTaken")
    seen = administrator.get("/congresses/xh").headers["etag"]
    right = administrator.put("/congresses/xh", {"name": "西河区人大", "term": 10}, if_match=seen)
    assert (right.json()["name"], right.json()["term"]) == ("西河区人大", 10)
    assert {one["slug"] for one in administrator.get("/congresses").json()["items"]} >= {"qc", "xh"}
