"""Reading by program: parts of lists, conditional requests, what is private and what anybody may keep."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.history.book import BOOK
from domain.accounts.permissions import Role
from domain.accounts.scopes import Scope
from domain.polls.rules import Publication
from interfaces.composition import House
from tests.support.declared import NOTICE, declared
from tests.support.programs import Program, Programs

UNITS = "/congresses/qc/units"
PUBLIC = "/api/v1/public"


@pytest.fixture
def store() -> str:
    return "sqlite"


@pytest.fixture
def staff(program: Programs, congress: UUID) -> Program:
    made = program(Role.STAFF, congress)
    for number in range(1, 5):
        made.post(UNITS, {"name": f"第{number}局"})
    return made


def names(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [unit["name"] for unit in answer["items"]]


def test_a_list_is_read_in_parts_to_its_end(staff: Program) -> None:
    whole, found, path = names(staff.get(UNITS).json()), [], f"{UNITS}?limit=2"
    while path:
        response = staff.get(path)
        found += names(response.json())
        link = response.headers.get("link", "")
        assert bool(link) == (response.json()["next"] is not None)
        path = link.split(">")[0].removeprefix("</api/v1") if link else ""
    assert found == whole
    assert len(whole) == 5


def test_what_is_added_meanwhile_shifts_nothing(staff: Program) -> None:
    first = staff.get(f"{UNITS}?limit=2").json()
    unit = staff.get(UNITS).json()["items"][0]["id"]
    staff.delete(f"{UNITS}/{unit}")
    rest = staff.get(f"{UNITS}?limit=200&cursor={first['next']}").json()
    assert not set(names(first)[1:]) & set(names(rest))
    assert set(names(first)) | set(names(rest)) == set(names(staff.get(UNITS).json()))


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=*", "cursor=YWJj", "page=2"])
def test_a_wrong_part_is_refused(staff: Program, query: str) -> None:
    assert staff.get(f"{UNITS}?{query}").status_code == 422


def test_who_has_it_already_is_told_only_that(staff: Program) -> None:
    for path in (UNITS, "/congresses/qc", "/me"):
        first = staff.get(path)
        assert first.headers["cache-control"] == "private, no-cache"
        again = staff.get(path, **{"If-None-Match": f'"x", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


def test_a_program_is_told_whom_it_stands_for(program: Programs, congress: UUID) -> None:
    reader = program(Role.STAFF, congress, scopes=(Scope.POLLS_READ,))
    told = reader.get("/me").json()
    assert told["scopes"] == ["polls:read"]
    assert told["roles"] == [{"role": "staff", "congress": "qc", "unit": None, "delegate": None}]
    assert (told["account"], told["token"]) == (str(reader.account), str(reader.token))


def test_an_administrators_token_for_one_congress_sees_no_other(
    program: Programs, congress: UUID, elsewhere: UUID
) -> None:
    token = program(Role.ADMINISTRATOR, only_in=congress)
    assert [one["slug"] for one in token.get("/congresses").json()["items"]] == ["qc"]
    assert token.get("/congresses/dh").status_code == 404
    assert token.get("/accounts").status_code == 403
    assert token.get("/audit").status_code == 403
    assert token.get("/audit?congress=dh").status_code == 404
    assert token.get("/audit?congress=qc").status_code == 200


def test_the_trail_tells_who_did_what(staff: Program, program: Programs, congress: UUID, elsewhere: UUID) -> None:
    auditor = program(Role.AUDITOR, congress)
    trail = auditor.get("/audit?congress=qc&concept=congress&limit=2").json()
    newest = trail["items"][0]
    assert (newest["fact"], newest["by"], newest["subject"]) == ("congress.unit-added", str(staff.account), "第4局")
    older = auditor.get(f"/audit?congress=qc&concept=congress&limit=2&cursor={trail['next']}").json()
    assert older["items"][0]["position"] < trail["items"][1]["position"]
    whole = auditor.get(f"/audit/{newest['position']}").json()
    assert whole["recorded"]["name"] == "第4局"
    assert auditor.get("/audit").status_code == 403
    assert auditor.get("/audit?congress=dh").status_code == 404
    assert staff.get("/audit?congress=qc").status_code == 403


def test_a_line_of_another_congress_is_not_found(
    house: House, program: Programs, congress: UUID, elsewhere: UUID
) -> None:
    there = program(Role.STAFF, elsewhere)
    position = there.post("/congresses/dh/units", {"name": "区教育局"}).headers["piaojue-position"]
    assert program(Role.AUDITOR, congress).get(f"/audit/{position}").status_code == 404
    assert program(Role.AUDITOR, elsewhere).get(f"/audit/{position}").status_code == 200


def test_everybody_reads_the_voted_list_and_its_result(house: House, site: FastAPI) -> None:
    declared(house)
    anybody = TestClient(site)
    (told,) = anybody.get(f"{PUBLIC}/congresses").json()["items"]
    year, slug = told["years"][0], told["slug"]
    listed = anybody.get(f"{PUBLIC}/congresses/{slug}/lists/{year}")
    assert listed.json()["notice_number"] == NOTICE
    assert [project["votes"]["votes_for"] for project in listed.json()["projects"]] == [12, 10, 9]
    result = anybody.get(f"{PUBLIC}/congresses/{slug}/results/{year}").json()
    assert [one["outcome"] for one in result["outcomes"]] == [
        *["adopted"] * 3,
        "below_quota",
        "not_passed",
        "not_passed",
    ]
    assert (result["all_delegates"], result["needed"]) == (12, 7)
    code = listed.json()["projects"][0]["code"]
    page = anybody.get(f"{PUBLIC}/projects/{code.lower()}")
    assert page.json()["address"] == f"{house.settings.public_url}/p/{code}"
    assert page.json()["timeline"][0]["kind"] == "adopted"
    for response in (listed, page):
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert response.headers["cache-control"] == "public, max-age=15"
        again = anybody.get(response.url.path, headers={"If-None-Match": response.headers["etag"]})
        assert again.status_code == 304


def test_votes_that_are_not_published_are_not_told(house: House, site: FastAPI) -> None:
    declared(house, Publication.ADOPTED_ONLY)
    anybody = TestClient(site)
    (told,) = anybody.get(f"{PUBLIC}/congresses").json()["items"]
    address = f"{PUBLIC}/congresses/{told['slug']}"
    result = anybody.get(f"{address}/results/{told['years'][0]}").json()
    assert {one["votes"] for one in result["outcomes"]} == {None}
    assert {one["rank"] for one in result["outcomes"]} == {None}
    assert result["needed"] is None
    assert {one["votes"] for one in anybody.get(f"{address}/lists/{told['years'][0]}").json()["projects"]} == {None}


def test_a_browser_of_another_site_may_ask_for_public_data_and_nothing_else(site: FastAPI) -> None:
    anybody = TestClient(site)
    asked = {"Origin": "https://example.cn", "Access-Control-Request-Method": "GET"}
    allowed = anybody.options(f"{PUBLIC}/congresses", headers=asked)
    assert (allowed.status_code, allowed.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    assert anybody.options("/api/v1/me", headers=asked).status_code == 405
    assert "access-control-allow-origin" not in anybody.get("/api/v1/me").headers


def test_nothing_of_a_token_is_in_the_record(house: House, staff: Program) -> None:
    recorded = b"".join(BOOK.encoded(noticed.fact) for noticed in house.history.select(0, 10_000))
    assert staff.secret.encode() not in recorded
    assert b"piaojue_" not in recorded
