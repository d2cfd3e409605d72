"""What follows a vote, by programs: second ballots, repetitions, decisions on places, evaluations."""

from dataclasses import replace
from uuid import UUID

import pytest

from application.polls import preparing
from domain.accounts.permissions import Role
from domain.polls.card_set import card_set_stream
from domain.polls.ready_made import READY_MADE
from domain.polls.rules import TieAtCut
from interfaces.composition import House
from tests.support import polls
from tests.support.outcomes import PURPLE, declare, grade, open_again, vote
from tests.support.polls import GREEN, RULES, Hall
from tests.support.programs import Program, Programs
from tests.support.stores import by

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
TIE = {"1": 12, "2": 10, "3": 9, "4": 9}


def settled(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def declared(house: House, **rules: object) -> Hall:
    hall = polls.open_hall(house.office, house.box, rules=replace(RULES, **rules))  # type: ignore[arg-type]  # the names are those of RuleProfile
    vote(hall, TIE)
    declare(hall)
    settled(house)
    return hall


def root(hall: Hall) -> str:
    return f"/congresses/jz/polls/{hall.poll}"


def again(hall: Hall, **more: object) -> dict[str, object]:
    card_set = str(card_set_stream(hall.session, GREEN.number))
    return {"title": "再次票决", "card_set": card_set, "sealing": "unsealed", **more}


def test_a_second_ballot_is_prepared_once_and_told_from_both_sides(house: House, program: Programs) -> None:
    hall = declared(house)
    hall.print_set(GREEN, 14)
    settled(house)
    staff = program(Role.STAFF, hall.congress)
    made = staff.post(f"{root(hall)}/second-ballot", again(hall))
    assert (made.status_code, [item["id"] for item in made.json()["items"]]) == (201, ["3", "4"])
    child = made.json()["id"]
    assert staff.get(f"{root(hall)}/afterwards").json()["again_in"] == child
    told = staff.get(f"/congresses/jz/polls/{child}/afterwards").json()
    assert (told["parent"], told["again"], told["places"]) == (str(hall.poll), "tie", None)
    refused = staff.post(f"{root(hall)}/second-ballot", again(hall))
    assert (refused.status_code, refused.json()["refused"]) == (409, "AlreadyHeldAgain")


def test_a_decision_on_places_is_recorded_and_the_list_supplemented(house: House, program: Programs) -> None:
    hall = declared(house, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES)
    staff = program(Role.STAFF, hall.congress)
    body = {"number": "〔2026〕3号", "on": "2026-01-25", "adopted": [str(hall.projects[2])]}
    assert program(Role.AUDITOR, hall.congress).post(f"{root(hall)}/places", body).status_code == 403
    assert staff.post(f"{root(hall)}/places", body).status_code == 200
    places = staff.get(f"{root(hall)}/afterwards").json()["places"]
    assert places == {"by": "presidium", **body}
    voted = staff.get("/congresses/jz/voted-lists/2026").json()["projects"]
    assert [(one["number"], one["decided_by"]) for one in voted[:3]] == [(1, ""), (2, ""), (3, "presidium")]


def test_a_cancelled_poll_that_was_never_open_is_not_repeated(house: House, program: Programs) -> None:
    hall = polls.prepared(house.office, house.box)
    preparing.cancel_poll(house.office, by(hall.clerk), hall.poll, "改期")
    hall.print_set(GREEN, 14)
    settled(house)
    refused = program(Role.STAFF, hall.congress).post(f"{root(hall)}/repeat", again(hall))
    assert refused.json()["refused"] == "NothingLeftOpen"


def evaluated(house: House, staff: Program, hall: Hall) -> Hall:
    rules = replace(READY_MADE["committee_evaluation"], unsealed_allowed=True)
    profile = polls.adopted(house.office, hall.clerk, hall.congress, hall.session, rules, house.office.today())
    secrets = hall.print_set(PURPLE, 14)
    settled(house)
    card_set = str(card_set_stream(hall.session, PURPLE.number))
    asked = {"year": 2026, "profile": str(profile), "title": "测评", "card_set": card_set, "sealing": "unsealed"}
    made = staff.post(f"/congresses/jz/sessions/{hall.session}/evaluations", asked)
    assert made.status_code == 201, made.text
    held = replace(hall, poll=UUID(made.json()["id"]), secrets=secrets)
    chief, *others = [entry.delegate for entry in hall.delegates[:3]]
    preparing.approve_scrutineers(house.office, by(hall.clerk), held.poll, chief, others)
    open_again(held)
    marks = {"satisfied": 9, "basic": 2, "unsatisfied": 1}
    grade(held, {"1": marks, "2": {"basic": 12}})
    return held


def test_an_evaluation_is_prepared_and_its_grades_are_told_with_the_declaration(
    house: House, program: Programs
) -> None:
    hall = declared(house, tie_at_cut=TieAtCut.SECOND_BALLOT)
    staff = program(Role.STAFF, hall.congress)
    held = evaluated(house, staff, hall)
    assert staff.get(f"{root(held)}/grades").status_code == 404
    declare(held, "〔2026〕40号")
    settled(house)
    told = staff.get(f"{root(held)}/grades").json()
    assert told["declared"] is True
    first, second = told["items"]
    assert (first["satisfaction"], first["overall"], first["grade"], first["rank"]) == ("75.00", "91.67", "满意", 1)
    assert (second["score"], second["grade"], second["band"]) == ("60.00", "基本满意", "合格")
    assert staff.get(f"{root(held)}/grades.xlsx").content.startswith(b"PK")
    assert staff.get(f"{root(hall)}/grades").status_code == 404
