"""Plans, the duty list and adjustments by program: the same commands and words as on the pages."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from application.congress import convene_session
from domain.accounts.permissions import Role
from domain.congress.session import session_id
from interfaces.composition import House
from tests.support import polls
from tests.support.planned import NUMBER, SAFEGUARDS, YEAR, Planned, planned
from tests.support.programs import Programs
from tests.support.stores import Clock, by

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

JZ = "/congresses/jz"


@pytest.fixture
def year(house: House, clock: Clock) -> Planned:
    clock.set(YEAR, 2, 20, 9)
    made = planned(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def body_of(shown: dict[str, Any], **other: Any) -> dict[str, Any]:
    """What was read, to be sent back with these fields otherwise."""
    plan = {name: value for name, value in shown["plan"].items() if name != "lead_unit"}
    steps = [{name: value for name, value in one.items() if name != "number"} for one in plan["milestones"]]
    return {**plan, "milestones": steps, **other}


def test_a_plan_is_filed_published_adjusted_and_told(
    year: Planned, program: Programs, house: House, clock: Clock
) -> None:
    staff = program(Role.STAFF, year.congress)
    lead = program(Role.DEPARTMENT, year.congress, unit=year.lead_unit())
    address = f"{JZ}/projects/{year.projects[0]}/plan"
    read = lead.get(address)
    shown = read.json()
    assert (shown["standing"], shown["plan"]["targets"]) == (
        "none",
        [{"name": "改造点位", "amount": "10", "unit": "处"}],
    )
    steps = [
        {"name": "完工", "due_on": "2026-11-20", "percent": "100"},
        {"name": "主体完工", "due_on": "2026-06-30", "percent": "60"},
    ]
    assert (
        lead.put(address, body_of(shown, lead_unit_name="没有的局"), if_match=read.headers["etag"]).status_code == 422
    )
    filed = lead.put(address, body_of(shown, milestones=steps), if_match=read.headers["etag"])
    assert filed.status_code == 200, filed.text
    assert [gap["field"] for gap in filed.json()["gaps"]] == ["safeguards"]
    assert [one["number"] for one in filed.json()["plan"]["milestones"]] == [1, 2]
    assert lead.put(address, body_of(shown), if_match=read.headers["etag"]).status_code == 412
    publication = {"projects": [str(year.projects[0])], "number": NUMBER, "on": "2026-02-20"}
    refused = staff.post(f"{JZ}/duty-lists/2026/publish", publication)
    assert (refused.status_code, refused.json()["refused"]) == (422, "PlanIncomplete")
    assert staff.post(f"{address}/send-back", {"reason": "请写明保障措施"}).json()["standing"] == "sent_back"
    again = lead.get(address)
    lead.put(address, body_of(again.json(), safeguards=SAFEGUARDS), if_match=again.headers["etag"])
    published = staff.post(f"{JZ}/duty-lists/2026/publish", publication)
    assert [one["number"] for one in published.json()["publications"]] == [NUMBER]
    assert staff.get(f"{JZ}/duty-lists/2026/list.docx").headers["content-type"].startswith("application/vnd.openxml")
    assert [one["standing"] for one in staff.get(f"{JZ}/plans?year=2026").json()["items"]] == [
        "published",
        "none",
        "none",
    ]

    in_force = lead.get(address).json()
    less = [{"name": "改造点位", "amount": "6", "unit": "处"}]
    proposal = {"kind": "change", "reason": "四处征不下来", "plan": body_of(in_force, targets=less)}
    made = lead.post(f"{JZ}/projects/{year.projects[0]}/adjustments", proposal)
    assert made.status_code == 201, made.text
    asked = made.json()
    assert (asked["stage"], asked["changes"][0]["total"], asked["changes"][0]["is_major"]) == (
        "proposed",
        "-40.0",
        True,
    )
    one = f"{JZ}/adjustments/{asked['id']}"
    assert lead.get(one).json()["stage"] == "proposed"
    decision = {"body": "standing_committee", "number": "青人常发〔2026〕11号", "notice_on": "2026-02-20"}
    assert lead.post(f"{one}/decide", decision).status_code == 403
    assert staff.post(f"{one}/decide", decision).json()["stage"] == "decided"
    assert lead.get(address).json()["plan"]["targets"] == less
    assert [each["id"] for each in staff.get(f"{JZ}/session-duties").json()["items"]] == [asked["id"]]
    clock.set(YEAR, 7, 20, 9)
    on = date(YEAR, 7, 18)
    convene_session(
        house.office, by(year.clerk), year.congress, number=5, title="五次会议", year=YEAR, starts_on=on, ends_on=on
    )
    told = {"session": str(session_id(year.congress, polls.TERM, 5)), "adjustments": [asked["id"]]}
    done = program(Role.STAFF, year.congress).post(f"{JZ}/session-duties/tell", told)
    assert [each["stage"] for each in done.json()] == ["told"]


def test_the_plans_of_a_year_come_as_a_table(year: Planned, program: Programs) -> None:
    staff = program(Role.STAFF, year.congress)
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{JZ}/duty-lists/2026/template.xlsx").content))
    rows = book.worksheets[0]
    heading = {cell.value: cell.column or 0 for cell in rows[1]}
    rows.cell(2, heading["时间节点"]).value = "六月底完工"
    out = io.BytesIO()
    book.save(out)
    sent = {"table": ("计划.xlsx", out.getvalue(), "application/octet-stream")}
    checked = staff.post(f"{JZ}/duty-lists/2026/check-import", files=sent).json()
    assert (checked["rows"], [fault["code"] for fault in checked["faults"]]) == (2, ["not_a_milestone"])
    made = staff.post(f"{JZ}/duty-lists/2026/import", {"upload": checked["upload"], "rows": 2})
    assert made.json()["projects"] == [str(one) for one in year.projects[1:]]
