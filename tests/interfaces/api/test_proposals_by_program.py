"""A program receives proposals and decides on them as the office does, and never sees who made them."""

from uuid import UUID

import pytest

from application.private.contacts import contact_of, erase_contact
from domain.accounts.permissions import Role
from domain.accounts.scopes import Scope
from interfaces.composition import House
from tests.support.programs import Programs
from tests.support.proposals import Calling, calling

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PATH = "/congresses/jz/proposals"


@pytest.fixture
def place(house: House) -> Calling:
    place = calling(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return place


def test_proposals_are_received_merged_and_counted(house: House, place: Calling, program: Programs) -> None:
    staff = program(Role.STAFF, place.congress)
    on = house.office.today().isoformat()
    body = {"title": "北街小区加装电梯", "content": "老人上下楼难。", "place": "北街", "year": place.year}
    made = [staff.post(PATH, {**body, "channel": "paper", "received_on": on}, key=f"k{n}") for n in range(3)]
    assert [one.status_code for one in made] == [201, 201, 201]
    first, second, third = (one.json()["id"] for one in made)
    personal = staff.post(
        PATH, {**body, "content": "电话 13900000000", "channel": "paper", "received_on": on}, key="k9"
    )
    assert personal.status_code == 422
    near = staff.get(f"{PATH}/{second}/near").json()
    assert {one["proposal"]["id"] for one in near} == {first, third}
    merged = staff.post(f"{PATH}/{second}/merge", {"into": first, "reason": "同一件事"}, key="m1")
    assert (merged.status_code, merged.json()["outcome"], merged.json()["into"]) == (200, "merged", first)
    again = staff.post(f"{PATH}/{second}/reserve", {"reason": "明年"}, key="m2")
    assert again.status_code == 409
    declined = staff.post(f"{PATH}/{third}/decline", {"reason": "already_planned", "words": "已列入计划"}, key="d1")
    assert [step["heading"] for step in declined.json()["way"]] == ["不采纳", "收到"]
    totals = staff.get(f"/congresses/jz/proposal-lists/{place.year}/totals").json()
    assert (totals["received"], totals["merged"], totals["declined"], totals["open"]) == (3, 1, 1, 1)
    listed = staff.get(f"{PATH}?year={place.year}&limit=2").json()
    rest = staff.get(f"{PATH}?year={place.year}&limit=2&cursor={listed['next']}").json()
    assert [UUID(one["id"]) for part in (listed, rest) for one in part["items"]] == [
        UUID(one) for one in (third, second, first)
    ]
    assert rest["next"] is None
    found = staff.get(f"{PATH}?year={place.year}&outcome=open&words=电梯").json()
    assert [one["id"] for one in found["items"]] == [first]


def test_a_program_that_reads_cannot_decide(place: Calling, program: Programs, house: House) -> None:
    proposal = place.received("路灯")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    reader = program(Role.STAFF, place.congress, scopes=(Scope.PROPOSALS_READ,))
    shown = reader.get(f"{PATH}/{proposal}")
    assert shown.status_code == 200
    assert "contact" not in shown.json()
    assert reader.post(f"{PATH}/{proposal}/reserve", {"reason": "明年"}, key="r1").status_code == 403


def test_a_repeated_command_leaves_the_contact_data_of_the_first_as_they_are(
    place: Calling, program: Programs, house: House
) -> None:
    staff = program(Role.STAFF, place.congress)
    lists = f"/congresses/jz/proposal-lists/{place.year}"

    def sent(phone: str) -> dict[str, object]:
        table = f"标题,内容,姓名,电话\n加装路灯,巷子没有灯。,王敏,{phone}\n".encode()
        checked = staff.post(f"{lists}/check-import", files={"table": ("建议.csv", table, "text/csv")})
        assert checked.status_code == 200, checked.json()
        return {"upload": checked.json()["upload"], "rows": checked.json()["rows"]}

    body = sent("13900000001")
    first = staff.post(f"{lists}/import", body, key="i1")
    assert first.status_code == 201
    contact = place.proposal(UUID(first.json()["proposals"][0])).contact
    assert contact is not None
    assert staff.post(f"{lists}/import", sent("13900000002"), key="i1").status_code == 409
    kept = contact_of(house.private, contact)
    assert kept is not None
    assert kept.phone == "13900000001"
    erase_contact(house.private, contact)
    assert staff.post(f"{lists}/import", body, key="i1").status_code == 201
    assert contact_of(house.private, contact) is None
