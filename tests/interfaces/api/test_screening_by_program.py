"""Screening, candidacy and approvals by program: the same rules and sentences as on the pages."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support.programs import Programs
from tests.support.proposals import Calling, calling

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ROOT = "/congresses/jz"
LISTS = {
    "positive": [{"code": "正1", "name": "普惠性"}],
    "negative": [{"code": "负1", "name": "形象工程"}],
    "approvals": ["legality"],
    "decision": "主任会议第 40 次会议通过",
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def place(house: House) -> Calling:
    made = calling(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def received(house: House, place: Calling, title: str) -> UUID:
    made = place.received(title)
    house.followers.wait_for(house.history.last_position())
    return made


def test_a_program_takes_a_proposal_from_the_inbox_to_the_last_approval(
    house: House, place: Calling, program: Programs
) -> None:
    staff = program(Role.STAFF, place.congress)
    rules = staff.get(f"{ROOT}/screening-rules")
    assert (rules.json()["version"], len(rules.json()["negative"])) == (0, 6)
    adopted = staff.put(f"{ROOT}/screening-rules", LISTS, if_match=rules.headers["ETag"])
    assert (adopted.json()["version"], adopted.json()["approvals"]) == (1, ["legality"])
    assert staff.put(f"{ROOT}/screening-rules", LISTS, if_match=rules.headers["ETag"]).status_code == 412

    proposal = received(house, place, "地标广场")
    at = f"{ROOT}/proposals/{proposal}"
    hit = staff.post(f"{at}/screen", {"hits": ["负1"], "note": "先缓"})
    assert hit.json()["hits"] == [{"code": "负1", "name": "形象工程"}]
    refused = staff.post(f"{at}/become-candidate", {"name": "地标广场"})
    assert (refused.status_code, "负1“形象工程”" in refused.json()["detail"]) == (409, True)
    staff.post(f"{at}/screen", {"unmet": ["正1"]})
    made = staff.post(f"{at}/become-candidate", {"name": "街心公园", "number": 3})
    assert made.status_code == 201
    project = made.json()["id"]
    assert made.json()["proposals"] == [str(proposal)]
    assert made.json()["screening"]["unmet"] == [{"code": "正1", "name": "普惠性"}]

    sent = staff.client.post(
        f"/api/v1{ROOT}/documents",
        files={"document_file": ("审查意见.pdf", PDF, "application/pdf")},
        headers={"Authorization": f"Bearer {staff.secret}", "Idempotency-Key": "document-1"},
    )
    said = {"kind": "legality", "body": "市司法局", "outcome": "consent", "number": "9", "on": "2026-01-15"}
    one = staff.post(f"{ROOT}/projects/{project}/approvals", {**said, "document": sent.json()["document"]})
    assert one.status_code == 201
    (approval,) = one.json()["approvals"]
    paper = f"{ROOT}/projects/{project}/approvals/{approval['id']}/document"
    assert staff.get(paper).content == PDF
    scrutineer = program(Role.SCRUTINEER, place.congress)
    assert scrutineer.get(paper).status_code == 403
    assert scrutineer.get(f"{ROOT}/projects/{project}").json()["approvals"][0]["document"] is None
    (line,) = staff.get(f"{ROOT}/projects?year={place.year}").json()["items"]
    assert (line["standing"], line["lacking"], line["support_proposals"]) == ("in_approval", [], 1)
    back = staff.post(f"{ROOT}/projects/{project}/proposals/{proposal}/give-back", {"reason": "另有项目"})
    assert back.json()["proposals"] == []
