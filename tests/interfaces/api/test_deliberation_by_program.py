"""Materials, remarks and questions by program, under the rules of the pages."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from application.private.proposal_tables import files
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.deliberating import OTHER_UNIT, Deliberating
from tests.support.programs import Programs
from tests.support.stores import Clock

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

ROOT = "/congresses/jz"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def room(house: House, clock: Clock) -> Deliberating:
    clock.set(2026, 1, 10, 9)
    made = Deliberating(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_a_question_goes_from_the_delegate_to_the_unit_and_back(room: Deliberating, program: Programs) -> None:
    staff = program(Role.STAFF, room.congress)
    delegate = program(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate)
    unit = program(Role.DEPARTMENT, room.congress, unit=room.units[polls.UNIT])
    stranger = program(Role.DEPARTMENT, room.congress, unit=room.units[OTHER_UNIT])
    project: UUID = room.projects[0]

    asked = delegate.post(f"{ROOT}/projects/{project}/questions", {"words": "资金何时到位？"}, key="ask")
    assert asked.status_code == 201, asked.text
    assert delegate.post(f"{ROOT}/projects/{project}/questions", {"words": "资金何时到位？"}, key="ask").json() == (
        asked.json()
    )
    address = f"{ROOT}/remarks/{asked.json()['id']}"
    assert [one["id"] for one in unit.get(f"{ROOT}/own-remarks?year=2026").json()["items"]] == [asked.json()["id"]]
    assert stranger.get(f"{ROOT}/own-remarks?year=2026").json()["items"] == []
    assert stranger.get(address).status_code == 404
    answered = unit.post(f"{address}/answer", {"words": "三月底前到位。"})
    assert (answered.json()["stage"], answered.json()["answered_by"]) == ("answered", polls.UNIT)
    sent_back = delegate.post(f"{address}/send-back", {"reason": "到位多少？"})
    assert sent_back.json()["stage"] == "sent_back"
    assert staff.post(f"{address}/take-back", {"reason": "错"}).status_code == 409
    changed = {"kind": "question", "words": "改", "on": "2026-01-10"}
    assert staff.put(address, changed).json()["type"].endswith("remark-in-wrong-stage")

    said = {"kind": "support", "words": "支持。", "delegation": "没有的代表团"}
    assert staff.post(f"{ROOT}/projects/{project}/remarks", said).status_code == 422
    said["delegation"] = "城东代表团"
    assert staff.post(f"{ROOT}/projects/{project}/remarks", said).json()["due_on"] is None
    assert staff.post(f"{ROOT}/deliberation/2026/close").json()["closed_by"] == "office"
    assert delegate.post(f"{ROOT}/projects/{project}/questions", {"words": "还能问吗？"}).status_code == 409
    summary = staff.get(f"{ROOT}/deliberation/2026").json()["projects"][0]
    assert (summary["support"], summary["questions_of_delegates"], summary["waiting"]) == (1, 1, 1)


def test_a_document_is_kept_sent_and_read_by_whom_it_was_sent_to(
    room: Deliberating, program: Programs, house: House
) -> None:
    staff = program(Role.STAFF, room.congress)
    west = program(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate)
    east = program(Role.DELEGATE, room.congress, delegate=room.delegates[1].delegate)
    kept = staff.post(f"{ROOT}/materials/documents", files={"document": ("安排.pdf", PDF, "application/pdf")})
    assert kept.status_code == 201, kept.text
    body = {
        "session": str(room.session),
        "title": "讨论安排",
        "document": kept.json()["document"],
        "delegations": ["城西代表团"],
    }
    unknown = staff.post(f"{ROOT}/materials", {**body, "document": str(room.session)})
    assert [one["field"] for one in unknown.json()["errors"]] == ["document"]
    assert staff.post(f"{ROOT}/materials", {**body, "delegations": ["没有的代表团"]}).status_code == 422
    with house.private.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(files)) == 0, "nothing stays of what was not sent"
    sent = staff.post(f"{ROOT}/materials", body)
    assert sent.status_code == 201, sent.text
    material = sent.json()["id"]
    assert (sent.json()["readers"]["read"], sent.json()["readers"]["total"]) == (0, 3)
    assert east.get(f"{ROOT}/own-materials").json()["items"] == []
    assert east.post(f"{ROOT}/own-materials/{material}/read").status_code == 404
    assert west.get(f"{ROOT}/own-materials/{material}/document").content == PDF
    assert west.post(f"{ROOT}/own-materials/{material}/read").json()["is_read"] is True
    assert staff.get(f"{ROOT}/materials/{material}").json()["readers"]["read"] == 1
    assert staff.post(f"{ROOT}/materials/{material}/remind").status_code == 200
    assert staff.post(f"{ROOT}/materials/{material}/remind").json()["type"].endswith("reminded-today")
    assert staff.post(f"{ROOT}/deliberation/2026/card-readers/remind").json()["reminded_on"] == "2026-01-10"
