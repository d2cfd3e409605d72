"""What surrounds every page: headers, tokens in forms, the log, limits."""

import logging
import re
from uuid import UUID

import pytest
from fastapi import APIRouter

from domain.accounts.permissions import Role
from interfaces.web import app as web
from interfaces.web._base import tokens
from interfaces.web._base.areas import AREAS
from interfaces.web.app import UnguardedPage, create_app
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_every_answer_forbids_foreign_and_inline_scripts(visitor: Visitor) -> None:
    for path in ("/sign-in", "/nowhere", "/a", "/static/css/tokens.css"):
        headers = visitor.open(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_a_site_reached_by_tls_demands_it(visitor: Visitor) -> None:
    answer = visitor.client.get("/sign-in")
    assert "max-age" in answer.headers["strict-transport-security"]
    assert "Secure" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_pages_with_forms_and_signed_in_pages_are_stored_nowhere(visitor: Visitor, signed_in: SignedIn) -> None:
    assert visitor.open("/sign-in").headers["cache-control"] == "no-store"
    assert signed_in(Role.ADMINISTRATOR).open("/account").headers["cache-control"] == "no-store"


def test_a_slip_leaves_no_referrer(visitor: Visitor) -> None:
    assert visitor.open("/a/0000").headers["referrer-policy"] == "no-referrer"


def test_pages_hold_no_inline_script_or_style(visitor: Visitor, signed_in: SignedIn) -> None:
    for page in (visitor.open("/sign-in"), signed_in(Role.ADMINISTRATOR).open("/staff/accounts")):
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=", page.text)


def test_a_form_of_another_site_is_refused(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    assert visitor.send(csrf="", login="a", password="b").status == 403
    visitor.open("/sign-in")
    assert visitor.send(csrf="A" * 88, login="a", password="b").status == 403
    visitor.open("/sign-in")
    visitor.client.headers["Sec-Fetch-Site"] = "cross-site"
    assert visitor.send(login="a", password="b").heading == "没有权限"


def test_the_token_of_one_browser_is_worth_nothing_in_another(
    site: object, visitor: Visitor, signed_in: SignedIn
) -> None:
    other = signed_in(Role.ADMINISTRATOR).open("/account").document.xpath("string(//input[@name='csrf']/@value)")
    visitor.open("/sign-in")
    assert visitor.send(csrf=str(other), login="a", password="b").status == 403


def test_a_token_is_masked_afresh_on_every_page(visitor: Visitor) -> None:
    def token() -> str:
        return str(visitor.open("/sign-in").document.xpath("string(//input[@name='csrf']/@value)"))

    assert token() != token()


def test_getting_a_page_changes_nothing_even_with_a_form_cookie_of_our_own(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    cookie = next(cookie for cookie in visitor.client.cookies.jar if cookie.name == tokens.FORM_COOKIE)
    assert cookie.path == "/sign-in"


def test_every_address_of_a_signed_in_area_sends_strangers_to_the_sign_in_page(visitor: Visitor) -> None:
    for area in AREAS:
        answer = visitor.client.get(f"/{area.name}", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next=%2F{area.name}"


def test_the_program_does_not_start_with_a_page_that_asks_for_nobody(
    monkeypatch: pytest.MonkeyPatch, house: object
) -> None:
    router = APIRouter()
    router.add_api_route("/staff/{slug}/open", lambda: None)
    monkeypatch.setattr(web, "all_routes", lambda: router.routes)
    with pytest.raises(UnguardedPage):
        create_app(house)  # type: ignore[arg-type]  # refused before the house is looked at


def test_the_program_does_not_start_with_a_form_that_is_not_checked(
    monkeypatch: pytest.MonkeyPatch, house: object
) -> None:
    router = APIRouter()
    router.add_api_route("/p/{code}/rate", lambda: None, methods=["POST"])
    monkeypatch.setattr(web, "all_routes", lambda: router.routes)
    with pytest.raises(UnguardedPage):
        create_app(house)  # type: ignore[arg-type]  # refused before the house is looked at


def test_the_log_names_pages_and_never_addresses_queries_or_people(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "piaojue.access")
    secret = "K7M4Q-0Z"
    visitor.client.get(f"/a/{secret}?next={secret}", headers={"User-Agent": secret, "Referer": secret})
    visitor.client.get(f"/{secret}/nowhere")
    lines = [record.__dict__ for record in caplog.records if record.name == "piaojue.access"]
    assert [(line["page"], line["status"]) for line in lines] == [("/a/{secret}", 410), ("-", 404)]
    assert secret not in repr(lines)


def test_a_request_that_is_too_large_is_refused(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    page = visitor.send(login="a" * (32 * 1024 * 1024), password="b")
    assert page.status == 413
    assert "上传的内容太大" in page.words


def test_head_is_answered_like_get(visitor: Visitor) -> None:
    assert visitor.client.head("/sign-in").status_code == 200


@pytest.mark.parametrize(
    "path", ["/staff/qc", "/p/NOTACODE", f"/staff/qc/accounts/{UUID(int=7)}", "/staff/qc/accounts/x"]
)
def test_what_is_not_there_is_said_in_a_sentence(path: str, signed_in: SignedIn) -> None:
    page = signed_in(Role.ADMINISTRATOR).open(path)
    assert page.status == 404
    assert page.heading in {"没有找到", "没有找到这个项目"} or "没有" in page.words
