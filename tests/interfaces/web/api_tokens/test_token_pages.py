"""The pages of API tokens: made and shown once, revoked by their owner or an administrator."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.private import token_secrets
from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.stores import Clock
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def congress(house: House) -> UUID:
    made, _clerk = polls.founded(house.office, "qc")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(signed_in: SignedIn, congress: UUID) -> Visitor:
    return signed_in(Role.STAFF, congress)


def made(who: Visitor, **reaches: str) -> Page:
    who.open("/account/tokens/new")
    typed: dict[str, Any] = {f"reach_{concept}": reach for concept, reach in reaches.items()}
    return who.send(name="数据大屏", **typed)


def secret_on(page: Page) -> str:
    found = re.search(rf"{token_secrets.PREFIX}[\w-]{{43}}", page.text)
    assert found
    return found[0]


def status_of(site: FastAPI, secret: str) -> int:
    return TestClient(site).get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_shown_once_and_works_until_it_is_revoked(site: FastAPI, staff: Visitor) -> None:
    secret = secret_on(made(staff, congress="write", polls="read"))
    assert status_of(site, secret) == 200
    page = staff.open("/account/tokens")
    assert secret not in page.text
    assert "数据大屏" in page.words
    assert "读取：票决读取和办理：大会和单位" in page.words.replace(" ", "")
    assert "2026年1月20日" in page.words
    page = staff.send(next(action for action in page.forms() if action.endswith("/revoke")))
    assert page.said == "令牌“数据大屏”已撤销，用它的程序不能再进来。"
    assert "已撤销" in page.words
    assert status_of(site, secret) == 401


def test_what_is_typed_stays_when_something_is_missing(staff: Visitor) -> None:
    staff.open("/account/tokens/new")
    page = staff.send(name="数据大屏", expires_on="2028-01-01", reach_polls="read")
    assert page.errors == ["到期日：请选择今天起一年以内的日期。"]
    assert 'value="数据大屏"' in page.text
    page = staff.send(expires_on="2026-03-01", reach_polls="none")
    assert page.errors == ["范围：请填写。"]


def test_a_delegate_is_offered_only_what_delegates_may(signed_in: SignedIn, congress: UUID) -> None:
    delegate = signed_in(Role.DELEGATE, congress)
    page = delegate.open("/account/tokens/new")
    assert "候选项目" in page.words
    assert "代表名册" not in page.words


def test_the_same_form_sent_twice_makes_one_token_and_shows_its_secret_once(staff: Visitor, congress: UUID) -> None:
    staff.open("/account/tokens/new")
    form = staff.at
    staff.send(name="数据大屏", reach_polls="read")
    staff.at = form
    page = staff.send(name="数据大屏", reach_polls="read")
    assert (page.status, page.errors) == (
        409,
        ["这个令牌的内容已经显示过，不能再看。如果没有记下，请撤销它，另做一个。"],
    )
    assert len(staff.open("/account/tokens").document.xpath("//tbody/tr")) == 1


def test_nobody_revokes_the_token_of_somebody_else(
    signed_in: SignedIn, site: FastAPI, staff: Visitor, congress: UUID
) -> None:
    secret = secret_on(made(staff, polls="read"))
    staff.open("/account/tokens")
    form = staff.at
    other = signed_in(Role.STAFF, congress)
    other.open("/account/tokens/new")
    csrf = other.at.document.xpath("string(//input[@name='csrf']/@value)") if other.at else ""
    action = next(action for action in form.forms() if action.endswith("/revoke")) if form else ""
    assert other.client.post(action, data={"csrf": csrf, "command_key": "k"}).status_code == 404
    assert status_of(site, secret) == 200


def test_the_administrator_sees_and_revokes_every_token(
    signed_in: SignedIn, site: FastAPI, staff: Visitor, congress: UUID
) -> None:
    staff.open("/account/tokens/new")
    secret = secret_on(staff.send(name="签到机", congress=str(congress), reach_sessions="write"))
    of_congress, of_all = signed_in(Role.ADMINISTRATOR, congress), signed_in(Role.ADMINISTRATOR)
    assert "签到机" in of_congress.open("/staff/qc/accounts/tokens").words
    page = of_all.open("/staff/accounts/tokens")
    page = of_all.send(next(action for action in page.forms() if action.endswith("/revoke")))
    assert page.said == "令牌“签到机”已撤销，用它的程序不能再进来。"
    assert status_of(site, secret) == 401


def test_a_token_dies_on_the_day_after_its_last(site: FastAPI, staff: Visitor, clock: Clock) -> None:
    staff.open("/account/tokens/new")
    secret = secret_on(staff.send(name="数据大屏", expires_on="2026-01-21", reach_polls="read"))
    clock.set(2026, 1, 21, 23, 59)
    assert status_of(site, secret) == 200
    clock.set(2026, 1, 22)
    assert status_of(site, secret) == 401
