"""The roll by program: the rules of the pages, one delegate at a time and as a table; on both stores."""

import io
from uuid import UUID, uuid4

import openpyxl
import pytest

from application import check_in as desk
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.interfaces.tables.sheets import DELEGATE_HEADINGS, csv_of
from tests.support import polls
from tests.support.polls import Hall
from tests.support.programs import Program, Programs
from tests.support.stores import by

DELEGATES = "/congresses/qc/delegates"
IMPORTS = "/congresses/qc/delegate-imports"
WANG = {"number": "0123", "name": "王敏", "delegation": "城中代表团", "gender": "female", "unit": "市水务局"}
GOOD = [("1", "李红", "女", "城中", "", "", ""), ("2", "张三", "男", "城北", "", "是", "")]


@pytest.fixture
def staff(program: Programs, congress: UUID) -> Program:
    return program(Role.STAFF, congress)


def checked(staff: Program, *rows: tuple[str, ...], new_delegations: str = "refused") -> dict[str, object]:
    table = csv_of(DELEGATE_HEADINGS, *rows)
    answer = staff.post(
        f"{IMPORTS}/check", files={"table": ("名册.csv", table)}, data={"new_delegations": new_delegations}
    )
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_a_delegate_enters_is_corrected_and_leaves(staff: Program) -> None:
    made = staff.post(DELEGATES, WANG)
    assert made.status_code == 201
    address = f"{DELEGATES}/{made.json()['id']}"
    assert staff.get(address).json() == made.json()
    assert made.json()["gender"] == "female"
    corrected = staff.put(address, {**WANG, "name": "王　敏"}, if_match=staff.get(address).headers["etag"])
    assert corrected.json()["name"] == "王敏"
    assert staff.get("/congresses/qc/delegations").json()["items"] == [{"name": "城中代表团", "delegates": 1}]
    assert staff.delete(address).status_code == 204
    assert staff.get(address).status_code == 404
    assert staff.get(DELEGATES).json()["items"] == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("number", "一号", "certificate_number"), ("name", "#!", "person"), ("delegation", "<", "delegation")],
)
def test_a_line_means_what_it_means_in_a_table(staff: Program, field: str, value: str, code: str) -> None:
    refused = staff.post(DELEGATES, {**WANG, field: value})
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]


def test_a_certificate_number_is_used_once(staff: Program) -> None:
    staff.post(DELEGATES, WANG)
    assert staff.post(DELEGATES, {**WANG, "name": "李红"}).json()["refused"] == "NumberTaken"


def test_the_roll_is_searched_and_read_by_delegation(staff: Program) -> None:
    for number, (name, delegation) in enumerate([("王敏", "城中"), ("王强", "城北"), ("李红", "城中")], 1):
        staff.post(DELEGATES, {"number": str(number), "name": name, "delegation": delegation})
    assert [one["name"] for one in staff.get(f"{DELEGATES}?named=王").json()["items"]] == ["王敏", "王强"]
    assert [one["name"] for one in staff.get(f"{DELEGATES}?delegation=城中").json()["items"]] == ["王敏", "李红"]
    first = staff.get(f"{DELEGATES}?limit=2").json()
    assert len(staff.get(f"{DELEGATES}?limit=2&cursor={first['next']}").json()["items"]) == 1


def test_a_table_is_checked_confirmed_and_taken_back(staff: Program) -> None:
    told = checked(staff, *GOOD, ("2", "重复", "男", "城北", "", "", ""), ("4", "", "男", "城北", "", "", ""))
    assert told["rows"] == 2
    assert told["new_delegations"] == ["城中", "城北"]
    assert {fault["code"] for fault in told["faults"]} == {"twice", "missing"}  # type: ignore[attr-defined]  # a list
    assert staff.get(DELEGATES).json()["items"] == []
    body = {"upload": told["upload"], "rows": 2}
    made = staff.post(IMPORTS, body, key="once")
    assert made.status_code == 201
    assert (made.json()["delegates"], made.json()["left"], made.json()["source"]) == (2, 2, "名册.csv")
    assert staff.post(IMPORTS, body, key="once").json() == made.json()
    assert len(staff.get(DELEGATES).json()["items"]) == 2
    undone = staff.delete(f"{IMPORTS}/{made.json()['id']}")
    assert undone.json()["undone_at"]
    assert staff.get(DELEGATES).json()["items"] == []


def test_new_delegations_are_mistakes_unless_they_are_allowed(staff: Program) -> None:
    staff.post(DELEGATES, WANG)
    assert checked(staff, *GOOD)["rows"] == 0
    told = checked(staff, *GOOD, new_delegations="allowed")
    assert told["rows"] == 2
    made = staff.post(IMPORTS, {"upload": told["upload"], "rows": 2, "new_delegations": "allowed"})
    assert made.status_code == 201


def test_a_file_that_was_not_checked_or_has_changed_meanwhile_is_not_taken_in(staff: Program) -> None:
    told = checked(staff, *GOOD)
    refused = staff.post(IMPORTS, {"upload": told["upload"], "rows": 3})
    assert [one["field"] for one in refused.json()["errors"]] == ["rows"]
    refused = staff.post(IMPORTS, {"upload": str(uuid4()), "rows": 1})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "upload")


def test_what_is_no_table_is_refused(staff: Program) -> None:
    answer = staff.post(f"{IMPORTS}/check", files={"table": ("x.pdf", b"%PDF-1.7")})
    assert (answer.status_code, answer.json()["refused"]) == (422, "UnreadableTable")


def test_a_delegate_who_was_there_stays_on_the_roll(house: House, program: Programs) -> None:
    hall: Hall = polls.prepared(house.office, house.box, slug="qc")
    staff = program(Role.STAFF, hall.congress)
    delegate = hall.delegates[3].delegate
    desk.check_in(house.office, by(hall.clerk), hall.session, delegate)
    assert staff.delete(f"{DELEGATES}/{delegate}").json()["refused"] == "DelegateInUse"
    brought = staff.get(IMPORTS).json()["items"][0]["id"]
    assert staff.delete(f"{IMPORTS}/{brought}").json()["refused"] == "ImportInUse"


def test_the_roll_is_exported_as_it_can_be_imported(staff: Program) -> None:
    staff.post(DELEGATES, WANG)
    answer = staff.get("/congresses/qc/roll.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in page[3]][:3] == ["0123", "王敏", "女"]
    assert staff.get("/congresses/qc/roll-template.xlsx").content.startswith(b"PK")
