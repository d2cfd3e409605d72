"""Sessions and the check-in by program, on both stores."""

from uuid import UUID, uuid4

import pytest

from application.check_in import check_in_code
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.programs import Program, Programs

SESSIONS = "/congresses/qc/sessions"
FIFTH = {
    "number": 5,
    "title": "青城市第十七届人民代表大会第五次会议",
    "year": 2026,
    "starts_on": "2026-01-20",
    "ends_on": "2026-01-24",
}


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box, slug="qc")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_a_session_is_convened_once_and_rescheduled(program: Programs, congress: UUID) -> None:
    staff = program(Role.STAFF, congress)
    made = staff.post(SESSIONS, FIFTH)
    assert made.status_code == 201
    assert made.json()["term"] == polls.TERM
    address = f"{SESSIONS}/{made.json()['id']}"
    assert staff.get(address).json() == made.json() == staff.get(SESSIONS).json()["items"][0]
    assert staff.post(SESSIONS, FIFTH).json()["refused"] == "SessionExists"
    later = {**FIFTH, "ends_on": "2026-01-25"}
    del later["number"]
    assert staff.put(address, later, if_match=made.headers["etag"]).json()["ends_on"] == "2026-01-25"
    assert staff.put(address, later, if_match=made.headers["etag"]).status_code == 412
    refused = staff.put(address, {**later, "ends_on": "2026-01-01"})
    assert [one["field"] for one in refused.json()["errors"]] == ["ends_on"]


def test_a_session_at_work_stands(program: Programs, hall: Hall) -> None:
    staff = program(Role.STAFF, hall.congress)
    later = {name: value for name, value in FIFTH.items() if name != "number"}
    assert staff.put(f"{SESSIONS}/{hall.session}", later).json()["refused"] == "SessionInUse"


def test_delegates_come_in_and_the_quorum_is_told(program: Programs, hall: Hall) -> None:
    venue: Program = program(Role.VENUE, hall.congress)
    at = f"{SESSIONS}/{hall.session}"
    third = hall.delegates[2].delegate
    for code in (check_in_code(hall.session, hall.delegates[0].delegate), hall.delegates[1].number):
        assert venue.post(f"{at}/check-in", {"code": code}).json()["checked_in_at"]
    assert venue.post(f"{at}/attendees/{third}/check-in").json()["checked_in_at"]
    assert venue.post(f"{at}/attendees/{third}/check-in").json()["refused"] == "AlreadyCheckedIn"
    told = venue.get(f"{at}/attendance").json()
    assert (told["all_delegates"], told["attending"], told["needed"], told["is_met"]) == (12, 3, 8, False)
    assert sum(one["present"] for one in told["delegations"]) == 3
    assert venue.post(f"{at}/attendees/{third}/undo-check-in").json()["checked_in_at"] is None
    assert len(venue.get(f"{at}/attendees?show=present").json()["items"]) == 2
    assert len(venue.get(f"{at}/attendees?show=absent").json()["items"]) == 10
    assert venue.post(f"{at}/check-in", {"code": "nobody"}).status_code == 404


def test_the_same_request_checks_in_once(house: House, program: Programs, hall: Hall) -> None:
    venue = program(Role.VENUE, hall.congress)
    scan = f"{SESSIONS}/{hall.session}/check-in"
    code = {"code": hall.delegates[0].number}
    first = venue.post(scan, code, key="scan")
    before = house.history.last_position()
    assert venue.post(scan, code, key="scan").json() == first.json()
    assert house.history.last_position() == before


def test_a_card_is_drawn_once_by_who_is_there_and_can_come_back(program: Programs, hall: Hall) -> None:
    hall.release()
    venue = program(Role.VENUE, hall.congress)
    who = f"{SESSIONS}/{hall.session}/attendees/{hall.delegates[0].delegate}"
    poll = {"poll": str(hall.poll)}
    assert venue.post(f"{who}/draw", poll).json()["refused"] == "NotCheckedIn"
    venue.post(f"{who}/check-in")
    assert venue.post(f"{who}/draw", poll).json()["cards"] == [str(hall.poll)]
    assert venue.post(f"{who}/draw", poll).json()["refused"] == "CardAlreadyDrawn"
    assert venue.post(f"{who}/undo-check-in").json()["refused"] == "HoldsCard"
    assert venue.post(f"{who}/undo-draw", poll).json()["cards"] == []
    assert venue.post(f"{who}/draw", {"poll": str(uuid4())}).status_code == 404


def test_a_version_that_was_seen_is_asked_for(program: Programs, hall: Hall) -> None:
    venue = program(Role.VENUE, hall.congress)
    who = f"{SESSIONS}/{hall.session}/attendees/{hall.delegates[0].delegate}"
    seen = venue.get(who).headers["etag"]
    assert venue.post(f"{who}/check-in", if_match=seen).status_code == 200
    assert venue.post(f"{who}/undo-check-in", if_match=seen).status_code == 412


def test_badges_and_the_roll_to_sign_are_pdfs(program: Programs, hall: Hall) -> None:
    staff = program(Role.STAFF, hall.congress)
    for name in ("badges.pdf?delegation=城东代表团", "roll.pdf"):
        answer = staff.get(f"{SESSIONS}/{hall.session}/{name}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def test_a_delegate_reads_the_own_code_and_nobody_elses(program: Programs, hall: Hall) -> None:
    mine = hall.delegates[4].delegate
    delegate = program(Role.DELEGATE, hall.congress, delegate=mine)
    assert delegate.get("/congresses/qc/own-check-in").json()["code"] == check_in_code(hall.session, mine)
    other = hall.delegates[5].delegate
    assert delegate.get(f"{SESSIONS}/{hall.session}/attendees/{other}").status_code == 403
    assert delegate.get(f"{SESSIONS}/{hall.session}/attendance").status_code == 403
    assert program(Role.STAFF, hall.congress).get("/congresses/qc/own-check-in").status_code == 404


def test_a_session_of_another_congress_is_not_found(house: House, program: Programs, hall: Hall) -> None:
    there = program(Role.STAFF, polls.founded(house.office, "dh")[0])
    who = hall.delegates[0].delegate
    for path in ("", "/attendance", "/attendees", f"/attendees/{who}", "/roll.pdf", "/badges.pdf"):
        assert there.get(f"/congresses/dh/sessions/{hall.session}{path}").status_code == 404, path
    for act in ("check-in", "undo-check-in"):
        answer = there.post(f"/congresses/dh/sessions/{hall.session}/attendees/{who}/{act}")
        assert answer.status_code == 404, act
