"""What holds for every operation of the API, whoever wrote it: who is let in, what is asked for, what is declared."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.private import sign_ins
from domain.accounts.permissions import Grant, Role
from domain.accounts.scopes import Scope
from interfaces.api._base import openapi
from interfaces.api._base.describing import TAGS
from interfaces.api._base.operations import CONDITIONAL, ROOT
from interfaces.api._base.rates import Rates
from interfaces.composition import House
from interfaces.web._base.tokens import SIGN_IN_COOKIE
from tests.support import programs, visitors
from tests.support.programs import ALL_SCOPES, READING_SCOPES, Programs, every_operation

EVERY = every_operation()
GUARDED = [called for called in EVERY if not called.route.rule.public]
CHANGING = [called for called in GUARDED if called.changes]
WITHOUT_SCOPE = {"GET /me"}
"""What any living token may ask."""


def is_problem(response: Any, status: int, refused: str = "") -> bool:
    told = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert told["status"] == response.status_code
    assert {"type", "title", "detail", "instance", "errors"} <= set(told)
    return bool(response.status_code == status and (not refused or told["refused"] == refused))


@pytest.fixture
def store() -> str:
    """What is asked here is asked before any store is."""
    return "sqlite"


@pytest.fixture(autouse=True)
def unhurried(site: Any) -> None:
    """Each test asks for every operation at once, which is more than a program may."""
    site.api.state.rates = Rates(100_000)


@pytest.fixture
def document(site: FastAPI) -> dict[str, Any]:
    made: dict[str, Any] = TestClient(site).get(openapi.ADDRESS).json()
    return made


def test_without_a_token_nothing_but_public_data_is_told(site: FastAPI) -> None:
    client = TestClient(site)
    for called in GUARDED:
        response = client.request(called.method, ROOT + called.path)
        assert is_problem(response, 401, "TokenNotGiven"), called
        assert response.headers["www-authenticate"].startswith("Bearer")
        wrong = {"Authorization": f"Bearer piaojue_{'x' * 43}"}
        assert is_problem(client.request(called.method, ROOT + called.path, headers=wrong), 401, "TokenNotValid")


def test_public_data_is_read_without_a_token_from_any_site() -> None:
    public = [called for called in EVERY if called.route.rule.public]
    assert all(called.method == "GET" and called.route.path.startswith(f"{ROOT}/public/") for called in public)
    assert not [called for called in GUARDED if called.route.path.startswith(f"{ROOT}/public")]


def test_a_sign_in_of_a_browser_opens_nothing_here(house: House, site: FastAPI) -> None:
    who = visitors.account(house, Grant(role=Role.ADMINISTRATOR, congress=None))
    browser = visitors.sign_in(house, visitors.visitor(site), who)
    token = sign_ins.begin(house.private, who, house.office.now())
    browser.client.cookies.set(SIGN_IN_COOKIE, token, path="/")
    assert is_problem(browser.client.get(f"{ROOT}/me"), 401)


@pytest.mark.parametrize("only_in", [False, True], ids=["of an account elsewhere", "for another congress"])
def test_a_token_of_another_congress_reaches_nothing(
    house: House, site: FastAPI, congress: UUID, elsewhere: UUID, *, only_in: bool
) -> None:
    """An account elsewhere; or an administrator of everything, whose token was made for another congress."""
    everything = Grant(role=Role.ADMINISTRATOR, congress=None)
    there = [Grant(role=role, congress=elsewhere) for role in (Role.STAFF, Role.ADMINISTRATOR)]
    stranger = programs.program(
        house, site, *([everything] if only_in else there), congress=elsewhere if only_in else None
    )
    before = house.history.last_position()
    for called in GUARDED:
        if "{slug}" not in called.route.path:
            continue
        assert stranger.call(called).status_code in (403, 404), called
    assert house.history.last_position() == before


def test_no_scope_to_read_changes_anything(house: House, program: Programs, congress: UUID) -> None:
    reader = program(Role.ADMINISTRATOR, None, scopes=READING_SCOPES)
    before = house.history.last_position()
    for called in CHANGING:
        response = reader.call(called)
        assert is_problem(response, 403, "ScopeMissing"), called
    assert house.history.last_position() == before


def test_every_other_scope_together_is_not_the_one_that_is_needed(house: House, site: FastAPI, congress: UUID) -> None:
    assert {str(called) for called in GUARDED if called.scope is None} == WITHOUT_SCOPE
    administrator = Grant(role=Role.ADMINISTRATOR, congress=None)
    for scope in sorted({called.scope for called in GUARDED if called.scope}):
        others = programs.program(
            house, site, administrator, scopes=[other for other in ALL_SCOPES if other is not scope]
        )
        for called in GUARDED:
            if called.scope is scope:
                response = others.call(called)
                assert is_problem(response, 403, "ScopeMissing"), called


def test_writing_needs_a_scope_to_write_and_reading_one_to_read() -> None:
    for called in GUARDED:
        if called.scope is not None:
            assert called.scope.changes == called.changes, called


def test_every_change_carries_a_key_of_its_own(program: Programs, congress: UUID) -> None:
    staff = program(Role.ADMINISTRATOR, None)
    for called in CHANGING:
        response = staff.client.request(
            called.method, ROOT + called.path, headers={"Authorization": f"Bearer {staff.secret}"}
        )
        assert is_problem(response, 400, "KeyNotGiven"), called


def test_what_is_there_is_only_changed_by_who_has_seen_it(program: Programs, congress: UUID) -> None:
    staff = program(Role.ADMINISTRATOR, None)
    for called in CHANGING:
        if called.method in CONDITIONAL:
            assert is_problem(staff.call(called, if_match=""), 428, "VersionNotGiven"), called


def test_content_of_another_kind_is_refused(program: Programs, congress: UUID) -> None:
    staff = program(Role.ADMINISTRATOR, None)
    for called in CHANGING:
        if called.route.body_field is not None:
            kind = {"Content-Type": "text/plain"}
            response = staff.send(called.method, called.path, if_match="*", headers=kind, content=b"{}")
            assert is_problem(response, 415, "NotJson"), called


def test_a_query_that_is_not_known_is_refused(program: Programs, congress: UUID) -> None:
    staff = program(Role.ADMINISTRATOR, None)
    for called in GUARDED:
        response = staff.call(called, "?schoenes=wetter")
        assert is_problem(response, 422), called


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    known = {tag["name"] for tag in TAGS}
    ids: list[str] = []
    for called in EVERY:
        told = document["paths"][called.route.path][called.method.lower()]
        ids.append(told["operationId"])
        assert told["summary"], called
        assert not told["summary"].isascii(), f"{called}: the document is written in Chinese"
        assert set(told["tags"]) <= known, f"{called}: name the tag in describing.py"
        for part in (told.get("requestBody", {}), *told["responses"].values()):
            for kind, content in part.get("content", {}).items():
                assert "example" in content or "json" not in kind, f"{called} {kind}"
        problems = {"404", "422", "500", "503"} | ({"400", "409", "412"} if called.changes else set())
        assert problems <= set(told["responses"]), called
        if not called.route.rule.public:
            assert told["security"] == [{"token": []}]
            assert {"401", "403", "429"} <= set(told["responses"])
    assert len(ids) == len(set(ids))


def test_every_field_is_described_in_chinese(document: dict[str, Any]) -> None:
    wrong = []
    for name, schema in document["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            if not told.get("description") or told["description"].isascii():
                wrong.append(f"{name}.{field}")
    for path, operations in document["paths"].items():
        for method, told in operations.items():
            wrong += [
                f"{method} {path} {asked['name']}"
                for asked in told["parameters"]
                if "$ref" not in asked and (not asked.get("description") or asked["description"].isascii())
            ]
    assert wrong == []


def test_every_scope_is_of_some_use() -> None:
    used = {called.scope for called in GUARDED}
    assert [scope for scope in Scope if scope not in used] == []
