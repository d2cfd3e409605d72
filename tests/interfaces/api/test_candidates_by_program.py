"""Candidate projects, their list and their reading by program, on both stores."""

import io
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest

from domain.accounts.permissions import Actor, Grant, Role
from domain.projects.card import CandidateCard
from interfaces.composition import House
from interfaces.tables.candidates import COLUMNS
from tests.interfaces.tables.sheets import csv_of
from tests.support import polls
from tests.support.polls import Hall
from tests.support.programs import Program, Programs

PROJECTS = "/congresses/qc/projects"
OF_YEAR = "/congresses/qc/candidates/2026"
READING = "/congresses/qc/reading"


@pytest.fixture
def staff(program: Programs, congress: UUID) -> Program:
    return program(Role.STAFF, congress)


@pytest.fixture
def hall(house: House) -> Hall:
    made = polls.prepared(house.office, house.box, slug="qc")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def sent(card: CandidateCard, **other: Any) -> dict[str, Any]:
    """A card as a program sends it."""
    return {
        "name": card.name,
        "number": card.number,
        "category": card.category,
        "purpose": card.purpose,
        "content": card.content,
        "targets": [{"name": one.name, "amount": str(one.amount), "unit": one.unit} for one in card.targets],
        "place": card.place,
        "total_funds": str(card.total_funds),
        "year_funds": str(card.year_funds),
        "sources": [{"name": one.name, "percent": str(one.percent)} for one in card.sources],
        "beneficiaries": card.beneficiaries,
        "beneficiary_count": card.beneficiary_count,
        "starts_on": str(card.starts_on),
        "finishes_on": str(card.finishes_on),
        "lead_unit_name": card.lead_unit_name,
        "responsible": card.responsible,
        **other,
    }


def whole(number: int = 1, name: str = "城区排水") -> dict[str, Any]:
    return sent(polls.candidate(name, number, 2026), year=2026)


def test_a_card_is_drafted_with_gaps_completed_and_withdrawn(staff: Program) -> None:
    made = staff.post(PROJECTS, {"name": "城区排水", "year": 2026})
    assert made.status_code == 201
    assert "purpose" in {gap["field"] for gap in made.json()["gaps"]}
    address = f"{PROJECTS}/{made.json()['id']}"
    card = {name: value for name, value in whole().items() if name != "year"}
    revised = staff.put(address, card, if_match=made.headers["etag"])
    assert revised.json()["gaps"] == []
    assert revised.json()["card"]["total_funds"] == "12000000"
    assert revised.json()["card"]["lead_unit"] is not None
    assert staff.put(address, card, if_match=made.headers["etag"]).status_code == 412
    withdrawn = staff.post(f"{address}/withdraw", {"reason": "与另一项目重复"})
    assert withdrawn.json()["stage"] == "withdrawn"
    assert withdrawn.json()["timeline"][0]["kind"] == "withdrawn"
    assert staff.put(address, {**card, "place": "城西区"}).json()["refused"] == "WrongStage"


def test_what_is_sent_is_what_is_kept(staff: Program) -> None:
    body = whole()
    more = {
        "longitude": "111.6701234567",
        "latitude": "40.82",
        "total_funds": "650000000.55",
        "year_funds": "8500.5",
        "targets": [
            {"name": "雨水管网", "amount": "42.5", "unit": "公里"},
            {"name": "泵站", "amount": "3", "unit": "座"},
        ],
        "sources": [{"name": "本级财政", "percent": "60"}, {"name": "上级专项", "percent": "40"}],
        "assisting_units": ["公安局", "自然资源局"],
        "cross_year": True,
        "annual_targets": "当年完成一半\n次年全部完成",
        "support_proposals": 12,
        "supporters": 3400,
        "risks": "征地",
    }
    made = staff.post(PROJECTS, {**body, **more})
    card = staff.get(f"{PROJECTS}/{made.json()['id']}").json()["card"]
    kept = {name: card[name] for name in more}
    assert kept == more
    assert {name: card[name] for name in ("content", "responsible", "starts_on")} == {
        name: body[name] for name in ("content", "responsible", "starts_on")
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [("lead_unit_name", "没有这个局"), ("starts_on", "1850-01-01"), ("responsible", "x" * 101), ("number", "1")],
)
def test_a_card_means_what_it_means_on_the_form(staff: Program, field: str, value: Any) -> None:
    refused = staff.post(PROJECTS, {**whole(), field: value})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == [field]


def test_the_candidates_of_a_year_are_listed_by_their_numbers(staff: Program) -> None:
    for number, name in ((2, "乙"), (1, "甲")):
        staff.post(PROJECTS, whole(number, name))
    staff.post(PROJECTS, {"name": "丙", "year": 2027})
    assert [one["name"] for one in staff.get(f"{PROJECTS}?year=2026").json()["items"]] == ["甲", "乙"]
    assert [one["name"] for one in staff.get(PROJECTS).json()["items"]] == ["丙"]


def test_a_department_enters_candidates_and_fixes_no_list(program: Programs, congress: UUID) -> None:
    government = program(Role.GOVERNMENT, congress)
    assert government.post(PROJECTS, whole()).status_code == 201
    body = {"session": str(uuid4()), "projects": [str(uuid4())], "decision": "主席团会议"}
    assert government.post(f"{OF_YEAR}/publish", body).status_code == 403


def table(*cards: dict[str, str]) -> bytes:
    fields = {column.field: column.heading for column in COLUMNS}
    return csv_of([fields[name] for name in cards[0]], *[list(card.values()) for card in cards])


def row(number: int, name: str) -> dict[str, str]:
    return {
        "number": str(number),
        "name": name,
        "category": "城市安全",
        "purpose": "消除易涝点",
        "content": "改造管网42公里",
        "targets": "雨水管网=42公里",
        "place": "城东",
        "total_funds": "504.5",
        "year_funds": "504.5",
        "sources": "市级财政60%;上级专项40%",
        "beneficiaries": "居民",
        "beneficiary_count": "18600",
        "starts_on": "2026-03-15",
        "finishes_on": "2026-11-30",
        "lead_unit_name": polls.UNIT,
        "responsible": "王工",
    }


def test_a_table_is_checked_and_taken_in_with_one_command(staff: Program) -> None:
    bad = {**row(3, "坏"), "total_funds": "很多"}
    sent_table = {"table": ("候选项目.csv", table(row(1, "甲"), row(2, "乙"), bad))}
    told = staff.post(f"{OF_YEAR}/check-import", files=sent_table).json()
    assert (told["rows"], [fault["code"] for fault in told["faults"]]) == (2, ["not_a_number"])
    body = {"upload": told["upload"], "rows": 2}
    assert staff.post(f"{OF_YEAR}/import", {**body, "rows": 3}).json()["errors"][0]["field"] == "rows"
    made = staff.post(f"{OF_YEAR}/import", body, key="once")
    assert made.status_code == 201
    assert [staff.get(f"{PROJECTS}/{one}").json()["card"]["name"] for one in made.json()["projects"]] == ["甲", "乙"]
    assert staff.post(f"{OF_YEAR}/import", body, key="once").json() == made.json()
    assert len(staff.get(PROJECTS).json()["items"]) == 2
    assert staff.post(f"{OF_YEAR}/import", {**body, "upload": str(uuid4())}).json()["errors"][0]["field"] == "upload"


def test_the_list_is_published_read_of_and_taken_back(house: House, program: Programs, congress: UUID) -> None:
    clerk = Actor(account=uuid4(), name="x", grants=(Grant(role=Role.STAFF, congress=congress),))
    polls.roll_of(house.office, clerk, congress, 4)
    session = polls.convened(house.office, clerk, congress, house.office.today())
    staff = program(Role.STAFF, congress)
    gap = staff.post(PROJECTS, {"name": "缺项", "year": 2026, "number": 9}).json()["id"]
    good = [staff.post(PROJECTS, whole(n, f"项目{n}")).json()["id"] for n in (1, 2)]
    body = {"session": str(session), "projects": good, "decision": "大会主席团会议通过"}
    assert staff.get(OF_YEAR).json()["published"] is False
    assert staff.post(f"{OF_YEAR}/publish", {**body, "projects": [gap]}).json()["refused"] == "CardIncomplete"
    assert staff.post(f"{OF_YEAR}/publish", {**body, "projects": [str(uuid4())]}).status_code == 422
    told = staff.post(f"{OF_YEAR}/publish", body).json()
    assert [(one["number"], one["project"]) for one in told["candidates"]] == list(enumerate(good, 1))
    assert told["decision"] == "大会主席团会议通过"
    assert told["pre_reading_days"] == polls.RULES.pre_reading_days
    assert len(staff.get(f"{OF_YEAR}/readers").json()["items"]) == 4
    assert staff.post(f"{OF_YEAR}/publish", body).json()["refused"] == "WrongStage"
    assert staff.post(f"{OF_YEAR}/withdraw", {"reason": "订正"}).json()["published"] is False
    assert staff.get(f"{PROJECTS}/{good[0]}").json()["stage"] == "draft"


def test_a_list_at_the_vote_stays(program: Programs, hall: Hall) -> None:
    staff = program(Role.STAFF, hall.congress)
    assert staff.post(f"{OF_YEAR}/withdraw", {"reason": "订正"}).json()["refused"] == "ListAtVote"


def test_candidates_are_exported_as_they_can_be_imported(program: Programs, hall: Hall) -> None:
    staff = program(Role.STAFF, hall.congress)
    answer = staff.get(f"{OF_YEAR}/candidates.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in page["B"]][1:] == list(polls.NAMES)
    assert staff.get("/congresses/qc/candidates-template.xlsx").content.startswith(b"PK")


def test_a_delegate_reads_cards_and_keeps_notes_of_their_own(program: Programs, hall: Hall) -> None:
    me = program(Role.DELEGATE, hall.congress, delegate=hall.delegates[5].delegate)
    other = program(Role.DELEGATE, hall.congress, delegate=hall.delegates[6].delegate)
    first, second = hall.projects[:2]
    assert [one["number"] for one in me.get(READING).json()["items"]] == [1, 2, 3, 4, 5, 6]
    card = me.get(f"{READING}/{first}").json()
    assert (card["is_read"], card["previous"], card["next"]) == (False, None, str(second))
    assert me.post(f"{READING}/{first}/read").json()["is_read"] is True
    assert me.post(f"{READING}/{first}/read").json()["is_read"] is True
    assert me.post(f"{READING}/{first}/note", {"words": "问：资金何时到位？"}).json()["has_note"] is True
    assert me.get(f"{READING}/{first}").json()["note"] == "问：资金何时到位？"
    assert other.get(f"{READING}/{first}").json()["note"] == ""
    assert other.get(READING).json()["items"][0]["is_read"] is False
    assert me.post(f"{READING}/{first}/note", {"words": ""}).json()["has_note"] is False
    staff = program(Role.STAFF, hall.congress)
    assert max(one["cards"] for one in staff.get(f"{OF_YEAR}/readers").json()["items"]) == 1
    assert staff.post(f"{READING}/{first}/read").status_code == 404


def test_two_cards_are_compared(program: Programs, hall: Hall) -> None:
    me = program(Role.DELEGATE, hall.congress, delegate=hall.delegates[5].delegate)
    first, second = hall.projects[:2]
    rows = me.get(f"/congresses/qc/comparison?a={first}&b={second}").json()["rows"]
    assert {len(row["values"]) for row in rows} == {2}
    assert me.get(f"/congresses/qc/comparison?a={first}&b={uuid4()}").status_code == 404


def test_projects_of_another_congress_are_not_found(house: House, program: Programs, hall: Hall) -> None:
    there, clerk = polls.founded(house.office, "dh")
    polls.roll_of(house.office, clerk, there, 1)
    staff = program(Role.STAFF, there)
    project = hall.projects[0]
    for path in (f"projects/{project}", f"reading/{project}"):
        assert staff.get(f"/congresses/dh/{path}").status_code == 404, path
    assert staff.put(f"/congresses/dh/projects/{project}", {"name": "x"}).status_code == 404
    assert staff.post(f"/congresses/dh/projects/{project}/withdraw", {"reason": "x"}).status_code == 404
