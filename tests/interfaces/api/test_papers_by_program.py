"""Papers and keypads counted by programs: figures go in, none comes out before the count."""

from typing import Any

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import programs
from tests.support.papers import mixed_hall, without_cards
from tests.support.polls import Hall
from tests.support.programs import Program, Programs
from tests.support.voters import cast, row

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
pytestmark = SQLITE


@pytest.fixture
def hall(house: House) -> Hall:
    """Closed: 18 cards all used, 12 papers handed out."""
    made = mixed_hall(house.office, house.box, house.private)
    for number, card in enumerate(made.cards):
        cast(made, card, row(made, 1, 2, 3), number)
    made.close()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def root(hall: Hall) -> str:
    return f"/congresses/jz/polls/{hall.poll}"


def items(hall: Hall, *marks: int, **first: Any) -> list[dict[str, Any]]:
    """The same figures for every item, something else for the first."""
    same = [{"id": item.id, "marks": list(marks)} for item in hall.form.items]
    return [same[0] | first, *same[1:]]


def test_two_teams_count_papers_by_program(hall: Hall, house: House, site: Any, program: Programs) -> None:
    one, other = (program(Role.STAFF, hall.congress) for _ in range(2))
    assert one.get(f"{root(hall)}/papers").json()["returned"] is None
    counted = one.post(f"{root(hall)}/papers", {"batches": [12]}).json()
    assert counted["batches"] == [{"number": 1, "papers": 12, "entered": [False, False], "status": "待录入"}]
    short = one.post(f"{root(hall)}/papers/1/enter", {"team": 1, "items": items(hall, 0, 10, 1, 0)})
    assert (short.status_code, short.json()["refused"]) == (422, "EntryDoesNotAddUp")
    doubtful = items(hall, 0, 12, 0, 0, marks=[0, 11, 0, 0], doubtful=1)
    for number, person in ((1, one), (2, other)):
        shown = person.post(f"{root(hall)}/papers/1/enter", {"team": number, "items": doubtful}).json()
    assert shown["batches"][0]["entered"] == [True, True]
    assert shown["doubtful"] == [{"batch": 1, "item": "1", "number": 1, "decided": False, "reason": ""}]
    assert "存疑" in shown["obstacles"][0]
    assert one.post(f"{root(hall)}/count").json()["refused"] == "DoubtfulUndecided"
    chief = programs.program(house, site, account=hall.chief.account)
    decided = chief.post(
        f"{root(hall)}/papers/1/doubtful", {"item": "1", "number": 1, "mark": "for", "reason": "意思清楚"}
    ).json()
    assert decided["doubtful"][0]["decided"] is True
    assert decided["obstacles"] == []
    assert one.post(f"{root(hall)}/count").json()["stage"] == "counted"
    assert one.get(f"{root(hall)}/count").json()["rows"][0]["votes"] == 30


def test_what_a_team_entered_is_read_by_nobody(hall: Hall, program: Programs) -> None:
    one = program(Role.STAFF, hall.congress)
    one.post(f"{root(hall)}/papers", {"batches": [12]})
    answer = one.post(f"{root(hall)}/papers/1/enter", {"team": 1, "items": items(hall, 0, 7, 5, 0)})
    assert "marks" not in answer.text
    assert "marks" not in one.get(root(hall)).text


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"team": 1, "items": [{"id": "1", "marks": [0, 12, 0, 0]}]}, "ItemsDiffer"),
        ({"team": 1, "items": [{"id": "9", "marks": [0, 12, 0, 0]}]}, "ItemsDiffer"),
    ],
)
def test_entries_of_other_items_are_refused(hall: Hall, program: Programs, body: dict[str, Any], refused: str) -> None:
    one = program(Role.STAFF, hall.congress)
    one.post(f"{root(hall)}/papers", {"batches": [12]})
    assert one.post(f"{root(hall)}/papers/1/enter", body).json()["refused"] == refused
    assert one.post(f"{root(hall)}/papers/2/enter", body).status_code == 404


def test_rule_5_keypad_totals_are_entered_by_program(house: House, program: Programs) -> None:
    hall = without_cards(house.office, house.box, house.private, keypad=True)
    hall.close()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    for number in (1, 2):
        person: Program = program(Role.STAFF, hall.congress)
        shown = person.post(
            f"{root(hall)}/keypad", {"team": number, "present": 30, "items": items(hall, 3, 20, 5, 2)}
        ).json()
    assert shown["obstacles"] == []
    assert shown["batches"] == [{"number": 0, "papers": 30, "entered": [True, True], "status": "一致"}]
