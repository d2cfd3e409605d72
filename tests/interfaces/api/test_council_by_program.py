"""A council's agenda kept by a program: entered, discussed, decided by hands, put on the street's own list."""

from uuid import UUID

import pytest

from application.council import NewItem, enter_items
from application.office import Office
from domain.accounts.permissions import Role
from domain.congress.council import Matter
from domain.polls.ready_made import READY_MADE
from interfaces.composition import House
from tests.support import polls
from tests.support.programs import Program, Programs
from tests.support.stores import by

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def where(house: House, office: Office) -> tuple[UUID, UUID, UUID]:
    """A body of six with a meeting and adopted rules: its identity, the meeting's, the profile's."""
    congress, clerk = polls.founded(office)
    polls.roll_of(office, clerk, congress, 6)
    session = polls.convened(office, clerk, congress, office.today())
    rules = polls.adopted(office, clerk, congress, session, READY_MADE["council_majority"], office.today())
    enter_items(office, by(clerk), session, [NewItem(matter=Matter(title="停车位划线"))])
    house.followers.wait_for(house.history.last_position())
    return congress, session, rules


def test_an_item_goes_from_the_agenda_to_the_list(where: tuple[UUID, UUID, UUID], program: Programs) -> None:
    congress, session, rules = where
    staff: Program = program(Role.STAFF, congress)
    agenda = f"/congresses/jz/sessions/{session}/agenda"
    entered = staff.post(agenda, {"title": "北巷路灯", "presenter": "第二小组"})
    assert (entered.status_code, entered.json()["place"]) == (201, 2)
    item = f"{agenda}/{entered.json()['id']}"
    assert staff.post(f"{item}/move", {"to": 1}).json()["place"] == 1
    assert staff.post(f"{item}/notes", {"words": "先修北巷。"}).json()["notes"][0]["words"] == "先修北巷。"
    hands = {"profile": str(rules), "present": 5, "votes_for": 3, "against": 1, "abstain": 0, "counted_by": "林兰"}
    refused = staff.post(f"{item}/hands", hands | {"not_voting": 0})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:piaojue:problem:hands-do-not-add-up")
    shown = staff.post(f"{item}/hands", hands | {"not_voting": 1}).json()["hands"]
    assert (shown["quorum"], shown["needed"], shown["carried"]) == (4, 3, True)
    assert staff.post(f"{item}/result", {"result": "chosen"}).json()["chosen_by"] == "hands"
    listed = {"items": [entered.json()["id"]], "notice_number": "西街居议〔2026〕1号"}
    assert staff.post(f"{agenda}/street-list", listed).json()["items"][0]["listed"] == 1
    found = staff.get("/congresses/jz/years/2026/street-list").json()["items"]
    assert [(line["number"], line["title"], line["votes_for"], line["present"]) for line in found] == [
        (1, "北巷路灯", 3, 5)
    ]


def test_nothing_is_passed_on_where_nobody_stands_above(where: tuple[UUID, UUID, UUID], program: Programs) -> None:
    congress, session, _ = where
    staff = program(Role.STAFF, congress)
    agenda = f"/congresses/jz/sessions/{session}/agenda"
    item = staff.get(agenda).json()["items"][0]["id"]
    refused = staff.post(f"{agenda}/pass-on", {"items": [{"item": item}]})
    assert (refused.status_code, refused.json()["detail"]) == (409, "没有上级，不能报送。请管理员先登记上级。")
