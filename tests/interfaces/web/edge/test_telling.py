"""What is numbered, logged and counted of requests, and what never is."""

import logging
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.serving.logs import OneLine
from interfaces.web.app import Site
from interfaces.web.edge.meters import STEP, Stepped
from tests.interfaces.web.edge.asking import ask, figure, figures
from tests.support.polls import founded
from tests.support.visitors import SignedIn

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def congress(house: House) -> UUID:
    made, _ = founded(house.office, "qc")
    house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_every_answer_but_a_ballots_has_a_random_number_that_its_log_lines_carry(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "piaojue.access")
    numbers = [ask(site, "/sign-in", x_request_id="made-up").headers["x-request-id"] for _ in range(2)]
    assert len(set(numbers)) == 2
    assert "made-up" not in numbers
    assert "x-request-id" not in ask(site, "/v").headers


def test_at_the_finest_level_no_log_names_addresses_queries_cookies_or_bodies_nor_anything_about_ballots(
    site: Site, caplog: pytest.LogCaptureFixture, signed_in: SignedIn, congress: UUID
) -> None:
    caplog.set_level(logging.DEBUG)
    staff = signed_in(Role.STAFF, congress)
    caplog.clear()
    staff.open("/staff/qc/units?asked=SECRET-QUERY")
    staff.send("/staff/qc/units", units="SECRET-BODY")
    asking = TestClient(site, client=("198.51.100.9", 1), cookies={"piaojue_language": "SECRET-COOKIE"})
    asking.get("/qc/2026?x=SECRET-QUERY", headers={"User-Agent": "SECRET-AGENT", "X-Forwarded-For": "198.51.100.8"})
    before = len(of_the_site(caplog))
    for path in ("/v", "/v/form", "/v/cast"):
        asking.post(path, json={"card": "SECRET-CARD"})
        asking.get(f"{path}?card=SECRET-CARD")
    lines = of_the_site(caplog)
    assert before >= 3
    assert len(lines) == before
    for needle in ("SECRET", "198.51.100", "/v", "qc", "单位"):
        assert not [line for line in lines if needle in line], needle


def of_the_site(caplog: pytest.LogCaptureFixture) -> list[str]:
    """As written, without the lines of the client the test asks with."""
    own = ("httpx", "httpcore", "asyncio", "faker", "hypothesis")
    return [OneLine().format(record) for record in caplog.records if not record.name.startswith(own)]


def test_requests_are_counted_by_the_pattern_of_their_page(site: Site) -> None:
    for path in ("/a/SECRETSLIP", "/a/OTHERSLIP", "/nowhere/at/all"):
        ask(site, path)
    assert figure(site, "piaojue_requests_total", page="/a/{secret}", method="GET", status="4xx") == 2
    assert figure(site, "piaojue_requests_total", page="-", method="GET", status="4xx") == 1
    assert figure(site, "piaojue_request_seconds_count", page="/a/{secret}") == 2
    assert "SECRETSLIP" not in ask(site, "/metrics").text


def test_commands_are_counted_by_their_name_with_the_size_of_their_groups(
    site: Site, signed_in: SignedIn, congress: UUID
) -> None:
    staff = signed_in(Role.STAFF, congress)
    groups = figure(site, "piaojue_command_group_size_count")
    commands = figure(site, "piaojue_commands_total", command="congress.add_units")
    staff.open("/staff/qc/units")
    staff.send("/staff/qc/units", units="市教育局")
    assert figure(site, "piaojue_commands_total", command="congress.add_units") == commands + 1
    assert figure(site, "piaojue_command_group_size_count") == groups + 1


def test_no_figure_about_ballots_moves_within_a_step_of_ten_seconds(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(site.edge.meters, "stepped", Stepped(lambda: now))
    before = figures(site)
    for _ in range(3):
        TestClient(site).post("/v/cast", json={"card": "x", "ballot": "", "form": ""})
    now += STEP - 0.001
    assert moved(before, figures(site)) == set()
    now += 0.001
    after = figures(site)
    assert moved(before, after) == {"piaojue_ballot_answers_total"}
    assert after["piaojue_ballot_answers_total", (("answer", "refused"),)] == 3


def moved(before: dict[Any, float], after: dict[Any, float]) -> set[str]:
    return {name for name, _ in after if after[name, _] != before.get((name, _))}


def test_no_label_could_name_a_card_a_person_or_an_address(site: Site) -> None:
    labels = {label for _, pairs in figures(site) for label, _ in pairs}
    assert labels <= {"page", "method", "status", "budget", "line", "answer", "command", "projection", "le"}
