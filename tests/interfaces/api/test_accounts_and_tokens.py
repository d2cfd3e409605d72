"""Accounts and tokens by program: the same rules as on the pages, and no way to more than one has."""

from datetime import timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Role
from domain.accounts.scopes import Scope
from interfaces.composition import House
from tests.support import programs
from tests.support.programs import Program, Programs
from tests.support.stores import Clock

NEW = {"login": "lihong", "name": "李红", "role": "staff", "congress": "qc"}


@pytest.fixture
def store() -> str:
    return "sqlite"


@pytest.fixture
def administrator(program: Programs, congress: UUID) -> Program:
    return program(Role.ADMINISTRATOR, congress)


def test_an_account_is_opened_given_roles_and_disabled(administrator: Program) -> None:
    made = administrator.post("/accounts", NEW)
    assert made.status_code == 201
    address = made.headers["location"].removeprefix("/api/v1")
    assert [role["role"] for role in made.json()["roles"]] == ["staff"]
    more = administrator.post(f"{address}/roles", {"role": "venue", "congress": "qc"}, if_match=made.headers["etag"])
    assert [role["role"] for role in more.json()["roles"]] == ["staff", "venue"]
    assert administrator.delete(f"{address}/roles/staff?congress=qc").json()["roles"][0]["role"] == "venue"
    assert administrator.put(address, {"name": "李虹"}).json()["name"] == "李虹"
    assert administrator.post(f"{address}/disable", {"reason": "已调离"}).json()["disabled"] is True
    refused = administrator.post(f"{address}/disable", {"reason": "已调离"})
    assert (refused.status_code, refused.json()["refused"]) == (409, "AlreadyDisabled")
    assert administrator.post(f"{address}/enable", {}).json()["disabled"] is False
    listed = administrator.get("/accounts?congress=qc").json()["items"]
    assert made.json()["id"] in {account["id"] for account in listed}


def test_a_slip_is_told_once_and_by_the_same_key_never_again(administrator: Program) -> None:
    account = administrator.post("/accounts", NEW).json()["id"]
    slip = administrator.post(f"/accounts/{account}/slip", {}, key="s")
    assert slip.json()["address"].endswith(f"/a/{slip.json()['secret']}")
    assert slip.headers["cache-control"] == "no-store"
    again = administrator.post(f"/accounts/{account}/slip", {}, key="s")
    assert (again.status_code, again.json()["refused"]) == (409, "SlipsAlreadyPrinted")


def test_the_accounts_of_a_list_are_opened_all_or_none_and_get_their_slips(administrator: Program) -> None:
    people = [{"login": f"u{number}", "name": f"第{number}人", "role": "staff"} for number in range(3)]
    refused = administrator.post("/congresses/qc/accounts", {"people": [*people, {**people[0], "name": "又一人"}]})
    assert (refused.status_code, refused.json()["refused"]) == (409, "LoginTaken")
    made = administrator.post("/congresses/qc/accounts", {"people": people}, key="list")
    assert [account["login"] for account in made.json()["accounts"]] == ["u0", "u1", "u2"]
    again = administrator.post("/congresses/qc/accounts", {"people": people}, key="list")
    assert again.json() == made.json()
    slips = administrator.post("/congresses/qc/accounts/slips").json()["slips"]
    assert {slip["login"] for slip in slips} >= {"u0", "u1", "u2"}


def test_a_delegates_role_is_not_given_by_hand(administrator: Program) -> None:
    assert administrator.post("/accounts", {**NEW, "role": "delegate"}).status_code == 422


def test_nobody_disables_the_own_account_by_program_either(administrator: Program) -> None:
    refused = administrator.post(f"/accounts/{administrator.account}/disable", {"reason": "试"})
    assert refused.json()["refused"] == "OwnAccount"


def test_an_administrator_of_one_congress_reaches_no_account_of_another(
    program: Programs, administrator: Program, elsewhere: UUID
) -> None:
    there = program(Role.ADMINISTRATOR, elsewhere)
    account = there.post("/accounts", {**NEW, "congress": "dh"}).json()["id"]
    for response in (
        administrator.get(f"/accounts/{account}"),
        administrator.put(f"/accounts/{account}", {"name": "甲"}),
        administrator.post(f"/accounts/{account}/slip", {}),
        administrator.post(f"/accounts/{account}/disable", {"reason": "试"}),
        administrator.post(f"/accounts/{account}/roles", {"role": "staff", "congress": "dh"}),
        administrator.get("/accounts?congress=dh"),
        administrator.post("/accounts", {**NEW, "login": "other", "congress": "dh"}),
        administrator.post("/accounts", {**NEW, "login": "other", "congress": None}),
    ):
        assert response.status_code in (403, 404), response.text
    assert there.get(f"/accounts/{account}").json()["roles"][0]["role"] == "staff"


def test_slips_for_delegates_are_told_in_the_order_of_the_roll(program: Programs, congress: UUID) -> None:
    staff = program(Role.STAFF, congress)
    refused = staff.post("/congresses/qc/delegates/slips", {})
    assert (refused.status_code, refused.json()["refused"]) == (404, "NotFound")


def test_a_token_makes_no_token_that_may_more(house: House, program: Programs, congress: UUID) -> None:
    few = (Scope.TOKENS_READ, Scope.TOKENS_WRITE, Scope.ROLL_READ)
    staff = program(Role.STAFF, congress, scopes=few, only_in=congress)
    today = house.office.today()
    right = {"name": "签到机", "congress": "qc", "scopes": ["roll:read"], "expires_on": f"{today + timedelta(days=9)}"}
    for wrong in (
        {"scopes": ["roll:write"]},
        {"congress": None},
        {"expires_on": f"{today + timedelta(days=31)}"},
    ):
        refused = staff.post("/tokens", {**right, **wrong})
        assert (refused.status_code, refused.json()["refused"]) == (403, "BeyondToken")
    made = staff.post("/tokens", right)
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    inner = Program(client=staff.client, secret=made.json()["secret"], account=staff.account, token=UUID(int=0))
    assert inner.get("/me").json()["scopes"] == ["roll:read"]
    assert inner.get("/tokens").status_code == 403


def test_a_secret_is_told_once(house: House, program: Programs, congress: UUID) -> None:
    staff = program(Role.STAFF, congress)
    body = {"name": "签到机", "scopes": ["roll:read"], "expires_on": f"{house.office.today()}"}
    made = staff.post("/tokens", body, key="t")
    again = staff.post("/tokens", body, key="t")
    assert (again.status_code, again.json()["refused"]) == (409, "TokenAlreadyShown")
    shown = staff.get(made.headers["location"].removeprefix("/api/v1")).json()
    assert "secret" not in shown
    assert {token["id"] for token in staff.get("/tokens").json()["items"]} == {str(staff.token), shown["id"]}


def test_a_token_revokes_itself(program: Programs, congress: UUID) -> None:
    staff = program(Role.STAFF, congress)
    assert staff.delete(f"/tokens/{staff.token}").json()["revoked_at"]
    assert staff.get("/me").json()["refused"] == "TokenNotValid"


def test_an_administrator_revokes_tokens_made_for_the_congress(
    house: House, site: FastAPI, program: Programs, administrator: Program, congress: UUID
) -> None:
    staff = program(Role.STAFF, congress, only_in=congress)
    path = f"/accounts/{staff.account}/tokens"
    assert [token["id"] for token in administrator.get(path).json()["items"]] == [str(staff.token)]
    assert administrator.delete(f"{path}/{staff.token}").status_code == 200
    assert staff.get("/me").status_code == 401
    everywhere = programs.program(house, site, account=staff.account)
    assert administrator.delete(f"{path}/{everywhere.token}").status_code == 404
    assert everywhere.get("/me").status_code == 200


def test_a_token_is_dead_with_its_account_and_lives_again_with_it(
    program: Programs, administrator: Program, congress: UUID
) -> None:
    staff = program(Role.STAFF, congress)
    administrator.post(f"/accounts/{staff.account}/disable", {"reason": "已调离"})
    assert staff.get("/me").json()["refused"] == "TokenNotValid"
    administrator.post(f"/accounts/{staff.account}/enable", {})
    assert staff.get("/me").status_code == 200


def test_a_role_that_is_taken_back_is_gone_from_the_token_at_once(
    program: Programs, administrator: Program, congress: UUID
) -> None:
    staff = program(Role.STAFF, congress)
    assert staff.get("/congresses/qc/units").status_code == 200
    administrator.delete(f"/accounts/{staff.account}/roles/staff?congress=qc")
    assert staff.get("/congresses/qc/units").status_code == 404
    assert staff.get("/me").json()["roles"] == []


def test_a_token_expires_after_its_last_day(program: Programs, congress: UUID, clock: Clock) -> None:
    staff = program(Role.STAFF, congress)
    clock.forward(days=30)
    assert staff.get("/me").status_code == 200
    clock.forward(days=1)
    assert staff.get("/me").status_code == 401


def test_where_a_second_factor_is_demanded_tokens_wait_for_it(
    house: House, program: Programs, congress: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = program(Role.STAFF, congress)
    monkeypatch.setattr(type(house.settings), "roles_with_second_factor", frozenset({Role.STAFF}))
    refused = staff.get("/me")
    assert (refused.status_code, refused.json()["refused"]) == (403, "SecondFactorNotSetUp")
