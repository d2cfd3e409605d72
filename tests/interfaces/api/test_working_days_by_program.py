"""A program reads a year of working days, marks some and takes the marks back."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from tests.support.programs import Programs

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
NADAM = {"starts_on": "2026-07-16", "ends_on": "2026-07-17", "kind": "free", "name": "那达慕"}


def test_a_program_marks_days_and_takes_them_back(program: Programs, congress: UUID) -> None:
    staff = program(Role.STAFF, congress)
    year = staff.get("/congresses/qc/working-days?year=2026").json()
    assert (year["working"], year["preparation"], year["working_by_month"][1]) == (248, "announced", 16)
    made = staff.post("/congresses/qc/working-days", NADAM).json()
    assert made["working"] == 246
    assert {
        "starts_on": "2026-07-16",
        "ends_on": "2026-07-17",
        "kind": "free",
        "name": "那达慕",
        "marked_by": "qc",
    } in (made["marked"])
    back = {"starts_on": "2026-07-16", "ends_on": "2026-07-17"}
    assert staff.post("/congresses/qc/working-days/take-back", back).json()["working"] == 248
    assert staff.post("/congresses/qc/working-days/take-back", back).status_code == 404
