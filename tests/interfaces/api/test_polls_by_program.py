"""A vote from its rules to its list, held by programs; marks are told with the declaration, not before."""

from uuid import UUID

import pytest
from fastapi import FastAPI

from application.private import passwords
from domain.accounts.permissions import Actor, Role
from interfaces.composition import House
from tests.support import polls, programs
from tests.support.polls import Hall
from tests.support.programs import Program, Programs
from tests.support.stores import Clock
from tests.support.voters import cast_all

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
PASSWORD = "four quiet evening walks"


@pytest.fixture
def hall(house: House) -> Hall:
    """A poll that is prepared, its cards printed and dead."""
    made = polls.prepared(house.office, house.box)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(hall: Hall, program: Programs) -> Program:
    return program(Role.STAFF, hall.congress)


def root(hall: Hall) -> str:
    return f"/congresses/jz/polls/{hall.poll}"


def at_the_table(house: House, site: FastAPI, person: Actor) -> Program:
    """A scrutineer's program; the scrutineer has a password too."""
    with house.private.writing() as connection:
        passwords.keep(connection, person.account, passwords.hashed(PASSWORD))
    return programs.program(house, site, account=person.account)


def test_a_vote_is_held_by_programs_and_its_marks_are_told_with_the_declaration(
    house: House, site: FastAPI, hall: Hall, staff: Program, program: Programs, clock: Clock
) -> None:
    auditor = program(Role.AUDITOR, hall.congress)
    chief, *others = [at_the_table(house, site, hall.delegate(place)) for place in range(3)]
    logins = [str(staff.get(root(hall)).json()["chief"])]
    assert logins == [str(hall.delegates[0].delegate)]
    hall.release()
    hall.seat()
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    opened = staff.post(f"{root(hall)}/open")
    assert (opened.status_code, opened.json()["stage"]) == (200, "open")
    cast_all(hall)
    assert staff.post(f"{root(hall)}/last-call").json()["last_call"] is True
    closed = staff.post(f"{root(hall)}/close").json()
    assert closed["numbers"]["cast"] == len(hall.cards)
    counted = staff.post(f"{root(hall)}/count").json()
    assert counted["stage"] == "counted"
    for asked in (auditor, program(Role.UPPER_READER, hall.congress)):
        refused = asked.get(f"{root(hall)}/count")
        assert (refused.status_code, refused.json()["refused"]) == (403, "NotPermitted")
        for file in ("count.json", "report.pdf", "tally.zip"):
            assert asked.get(f"{root(hall)}/{file}").status_code == 403
        for address in (root(hall), f"{root(hall)}/as-of"):
            told = asked.get(address)
            assert told.status_code == 200
            assert '"votes"' not in told.text
            assert "piaojue-count" not in told.text
    assert staff.get(f"{root(hall)}/count").json()["declared"] is False
    for person in (chief, *others):
        wrong = person.post(f"{root(hall)}/sign", {"password": "wrong", "shown_hash": counted["count_hash"]})
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "password")
        signed = person.post(f"{root(hall)}/sign", {"password": PASSWORD, "shown_hash": counted["count_hash"]})
        assert signed.status_code == 200
    assert [one["role"] for one in signed.json()["signatures"]] == ["chief", "scrutineer", "scrutineer"]
    unfinished = staff.post(f"{root(hall)}/declare", {"notice_number": "江人公〔2026〕", "on": "2026-01-24"})
    assert (unfinished.status_code, unfinished.json()["errors"][0]["field"]) == (422, "notice_number")
    declared = staff.post(f"{root(hall)}/declare", {"notice_number": "江人公〔2026〕4号", "on": "2026-01-24"})
    assert declared.json()["stage"] == "declared"
    count = auditor.get(f"{root(hall)}/count").json()
    assert count["declared"] is True
    assert sum(row["adopted"] for row in count["rows"]) == 3
    assert auditor.get(f"{root(hall)}/poll.pb").status_code == 200
    listed = auditor.get("/congresses/jz/voted-lists").json()["items"]
    year = listed[0]["year"]
    voted = auditor.get(f"/congresses/jz/voted-lists/{year}").json()
    assert [one["stage"] for one in voted["projects"]].count("adopted") == 3
    assert auditor.get(f"/congresses/jz/voted-lists/{year}/notice.docx").content[:2] == b"PK"
    assert auditor.get(f"/congresses/jz/voted-lists/{year}/as-of").json()["there"] is True
    asks = staff.get(f"/congresses/jz/asks?year={year}").json()["items"]
    (result,) = [one for one in asks if one["kind"] == "result"]
    clock.forward(days=4)
    answered = staff.post(f"/congresses/jz/asks/{result['id']}/answer-result", {"remarks": ""})
    assert (answered.status_code, answered.json()["answer"]["adopted"]) == (200, 3)
    assert staff.post(f"/congresses/jz/asks/{result['id']}/approve").json()["stage"] == "approved"


@SQLITE
def test_a_set_is_printed_once_and_the_password_is_in_no_key(
    house: House, site: FastAPI, hall: Hall, staff: Program
) -> None:
    path = f"/congresses/jz/sessions/{hall.session}/card-sets"
    present = [str(entry.delegate) for entry in hall.delegates[:2]]
    wanted = {"number": 7, "colour": "绿色", "word": "玉兰", "cards": 6, "print_as": "bare_code", "present": present}
    sheets = staff.post(path, wanted, key="once")
    assert (sheets.status_code, sheets.content[:5]) == (200, b"%PDF-")
    again = staff.post(path, wanted, key="once")
    assert (again.status_code, again.json()["refused"]) == (409, "SecondDownload")
    assert staff.get(path).json()["items"][-1]["cards"] == 6
    gone = staff.post(f"{path}/7/discard", {"reason": "卡纸"})
    assert gone.json()["discarded"] == "卡纸"
    chief = at_the_table(house, site, hall.delegate(0))
    at_the_table(house, site, hall.delegate(1))
    wrong = chief.post(f"{root(hall)}/release", {"login": "nobody", "password": PASSWORD})
    assert (wrong.status_code, wrong.json()["refused"]) == (403, "SignInRefused")


@SQLITE
def test_rules_are_drafted_revised_and_adopted_with_what_is_wrong_at_its_field(hall: Hall, staff: Program) -> None:
    path = "/congresses/jz/profiles"
    ready = staff.get(f"{path}/ready-made").json()["items"]
    for one in ready:
        rules = {name: value for name, value in one["rules"].items() if value is not None or name == "quota"}
        made = staff.post(path, rules)
        assert made.status_code == 201, made.json()
        assert made.json()["rules"] == one["rules"]
    wrong = staff.post(path, {"title": "办法", "quota": 3, "pass_fraction": "3/2"})
    assert (wrong.status_code, [one["field"] for one in wrong.json()["errors"]]) == (422, ["pass_fraction"])
    made = staff.post(path, {"title": "办法", "quota": 3})
    place = made.headers["location"].removeprefix("/api/v1")
    revised = staff.put(place, {"title": "办法二", "quota": 4}, if_match=made.headers["etag"])
    assert (revised.status_code, revised.json()["version"]) == (200, 2)
    assert staff.put(place, {"title": "办法三", "quota": 4}, if_match=made.headers["etag"]).status_code == 412
    decision = {"session": str(hall.session), "on": "2026-01-20", "decision": "全体会议通过", "version": 1}
    assert staff.post(f"{place}/adopt", decision).json()["refused"] == "ProfileChanged"
    assert staff.post(f"{place}/adopt", decision | {"version": 2}).json()["adoption"]["decision"] == "全体会议通过"
    assert staff.get(f"{place}/profile.pdf").content[:5] == b"%PDF-"


@SQLITE
def test_the_past_is_told_field_by_field(hall: Hall, staff: Program) -> None:
    project = f"/congresses/jz/projects/{hall.projects[0]}/as-of"
    told = staff.get(project).json()
    assert told["there"] is True
    assert {one["field"] for one in told["state"]} >= {"card.name", "stage"}
    assert told["versions"][-1]["said"].startswith("登记")
    before = staff.get(f"{project}?on=2020-01-01").json()
    assert (before["there"], before["state"]) == (False, [])
    for wrong in ("2026-13-01", "2099-01-01"):
        refused = staff.get(f"{project}?on={wrong}")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "on")
    assert staff.get(f"/congresses/jz/projects/{UUID(int=5)}/as-of").status_code == 404


@SQLITE
def test_a_plan_is_asked_for_answered_and_sent_back(hall: Hall, staff: Program, program: Programs) -> None:
    asked = staff.post("/congresses/jz/asks/plan", {"year": 2027})
    assert asked.status_code == 201
    path = asked.headers["location"].removeprefix("/api/v1")
    office = program(Role.GOVERNMENT, hall.congress)
    assert [one["id"] for one in office.get("/congresses/jz/own-asks").json()["items"]] == [asked.json()["id"]]
    plan = {"call_from": "2026-01-10", "call_until": "2026-01-05", "channels": "网站"}
    wrong = office.post(f"{path}/answer-plan", plan)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "call_until")
    assert office.post(f"{path}/answer-plan", plan | {"call_until": "2026-02-10"}).json()["stage"] == "answered"
    assert office.post(f"{path}/approve").status_code == 403
    back = staff.post(f"{path}/send-back", {"reason": "请写明资金"})
    assert (back.json()["stage"], back.json()["sent_back_because"]) == ("sent_back", "请写明资金")
    assert office.post(f"{path}/answer-summary", {"completion": "completed", "results": "好"}).status_code == 422
