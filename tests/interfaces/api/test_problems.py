"""Problem details for whatever goes wrong, in the sentences of the pages and the language asked for."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from domain.accounts.permissions import Role
from interfaces.api._base import operations
from interfaces.api._base.rates import Rates
from interfaces.api._base.refusals import TooManyRequests
from interfaces.composition import House
from tests.support.programs import Program, Programs

UNITS = "/congresses/qc/units"


@pytest.fixture
def store() -> str:
    return "sqlite"


@pytest.fixture
def staff(program: Programs, congress: UUID) -> Program:
    return program(Role.STAFF, congress)


def told(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    return problem


def test_an_address_that_is_none(site: FastAPI) -> None:
    problem = told(TestClient(site).get("/api/v1/nothing"), 404)
    assert (problem["type"], problem["title"]) == ("about:blank", "没有找到")
    assert told(TestClient(site).get("/api/v1"), 404)


def test_a_method_that_is_none(site: FastAPI) -> None:
    response = TestClient(site).put("/api/v1/me")
    told(response, 405)
    assert response.headers["allow"] == "GET"


def test_malformed_json(staff: Program) -> None:
    response = staff.post(UNITS, content=b"{", headers={"Content-Type": "application/json"})
    assert told(response, 400)["detail"] == "请求不完整或格式不对。"


def test_content_that_is_too_large(staff: Program) -> None:
    kind = {"Content-Type": "application/json"}
    told(staff.post(UNITS, content=b" " * (operations.MAX_BODY + 1), headers=kind), 413)
    parts = (b" " * 1024 * 1024 for _ in range(8))
    told(staff.post(UNITS, content=parts, headers=kind), 413)


def test_every_wrong_field_is_named(staff: Program) -> None:
    problem = told(staff.post(UNITS, {"duty_phone": 7, "x": 1}), 422)
    assert {(error["field"], error["code"]) for error in problem["errors"]} == {
        ("name", "required"),
        ("duty_phone", "malformed"),
        ("x", "unknown_field"),
    }
    assert {error["detail"] for error in problem["errors"]} == {"请填写。", "格式不对。", "这里没有这一项。"}


@pytest.mark.parametrize("term", ["16", 16.5, True, None, 0, 100])
def test_nothing_is_converted_silently(program: Programs, congress: UUID, term: object) -> None:
    administrator = program(Role.ADMINISTRATOR)
    told(administrator.put("/congresses/qc", {"name": "甲", "term": term}), 422)


def test_a_key_that_is_no_key(staff: Program) -> None:
    for key in ("a" * 129, "a b"):
        assert told(staff.post(UNITS, {"name": "市教育局"}, key=key), 400)["refused"] == "KeyNotGiven"


def test_the_language_is_that_of_the_request_and_of_no_cookie(staff: Program) -> None:
    staff.client.cookies.set("piaojue_language", "en")
    assert staff.get("/congresses/xx").json()["title"] == "没有找到"
    english = staff.get("/congresses/xx", **{"Accept-Language": "en-GB,en;q=0.9"})
    assert english.headers["content-language"] == "en"
    assert english.json()["title"].isascii()
    assert english.json()["refused"] == "NotFound"


def test_a_fault_of_ours_says_so_and_nothing_else(staff: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("select secret from place")

    monkeypatch.setattr("interfaces.api.units.routes.units_of", broken)
    problem = told(staff.get(UNITS), 500)
    assert "secret" not in str(problem)


def test_a_store_that_is_away_is_said_to_be_away(staff: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("select", {}, Exception("server closed the connection"), connection_invalidated=True)

    monkeypatch.setattr("interfaces.api.units.routes.units_of", away)
    response = staff.get(UNITS)
    assert told(response, 503)["refused"] == "NotAnswering"
    assert response.headers["retry-after"].isdecimal()


def test_a_token_that_asks_too_fast_waits(staff: Program) -> None:
    moment = 0.0
    rates = Rates(60, lambda: moment)
    for _ in range(10):
        rates.take(staff.token)
    with pytest.raises(TooManyRequests) as refused:
        rates.take(staff.token)
    assert refused.value.seconds == 1
    moment = 1.0
    rates.take(staff.token)


def test_when_to_come_back_is_told(staff: Program, site: Any) -> None:
    site.api.state.rates = Rates(6)
    staff.get("/me")
    response = staff.get("/me")
    assert told(response, 429)["detail"] == "请求太频繁，请稍候再发。"
    assert 1 <= int(response.headers["retry-after"]) <= 10


def test_what_is_recorded_but_not_shown_yet_is_told(
    house: House, staff: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(house.followers), "wait_for", lambda *_args, **_how: False)
    response = staff.post(UNITS, {"name": "市教育局"}, key="a")
    assert told(response, 503)["refused"] == "NotShownYet"
    assert response.headers["retry-after"].isdecimal()
    monkeypatch.undo()
    made = staff.post(UNITS, {"name": "市教育局"}, key="a")
    assert made.status_code == 201
    assert [unit["id"] for unit in staff.get(UNITS).json()["items"] if "教育" in unit["name"]] == [made.json()["id"]]


def test_while_lists_lag_behind_nothing_can_be_based_on_what_they_show(
    house: House, staff: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version newer than what is shown would let a change overwrite what was never seen."""
    unit = staff.post(UNITS, {"name": "市教育局"}).json()["id"]
    monkeypatch.setattr(type(house.followers), "wait_for", lambda *_args, **_how: False)
    lagging = staff.get(f"{UNITS}/{unit}").headers["etag"]
    monkeypatch.undo()
    told(staff.put(f"{UNITS}/{unit}", {"name": "市教委"}, if_match=lagging), 412)
