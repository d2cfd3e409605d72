"""Alive, ready, and the figures: who may learn what."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.web.app import Site, create_app
from interfaces.web.edge.admission import Budget
from interfaces.web.health import readiness as looking
from interfaces.web.health.readiness import KEPT_SECONDS, Readiness
from tests.interfaces.web.edge.asking import ELSEWHERE, HERE, ask, set_so
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_it_is_alive_without_a_database_and_however_full_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Budget, "enters_at_once", lambda _: False)
    answer = ask(create_app(house), "/healthz", ELSEWHERE)
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_it_is_ready_and_tells_the_details_only_to_this_computer(site: Site) -> None:
    known = ask(site, "/readyz").json()
    assert known["ready"]
    assert known["failing"] == known["projections"]["broken"] == []
    assert known["projections"]["lag"]["poll_board"] == 0
    assert known["disk"]["free_bytes"] > 0
    assert ask(site, "/readyz", ELSEWHERE).json() == {"ready": True}
    assert ask(site, "/readyz", x_forwarded_for="203.0.113.7").json() == {"ready": True}


@pytest.mark.parametrize(
    ("breaks", "failing"),
    [
        (lambda house: house.history.close(), "database"),
        (lambda house: house.box.stop(), "box"),
    ],
)
def test_it_is_not_ready_when_a_store_does_not_answer(
    house: House, breaks: Callable[[House], None], failing: str, caplog: pytest.LogCaptureFixture
) -> None:
    site = create_app(house)
    assert ask(site, "/readyz").status_code == 200
    house.followers.stop()
    breaks(house)
    site.edge.readiness._seen_at = 0.0
    answer = ask(site, "/readyz")
    assert answer.status_code == 503
    assert failing in answer.json()["failing"]


def test_it_is_not_ready_on_a_full_disk_and_warns_before(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 60 * 1024 * 1024

    monkeypatch.setattr(looking, "disk_usage", lambda _: Usage)
    assert ask(create_app(house), "/readyz").json()["warnings"] == ["disk"]
    Usage.free = 10 * 1024 * 1024
    assert ask(create_app(house), "/readyz").json()["failing"] == ["disk"]


def test_a_clock_behind_the_newest_fact_is_doubted(house: House, signed_in: SignedIn, clock: Any) -> None:
    signed_in(Role.ADMINISTRATOR)
    clock.forward(days=-1)
    assert ask(create_app(house), "/readyz").json()["warnings"] == ["clock"]


def test_however_often_it_is_asked_it_looks_once_a_second(house: House) -> None:
    looks, now = 0, 0.0
    readiness = Readiness(house, lambda: now)
    look = readiness._look

    def counted() -> Any:
        nonlocal looks
        looks += 1
        return look()

    readiness._look = counted  # type: ignore[method-assign]  # counted here

    async def story() -> None:
        nonlocal now
        for _ in range(20):
            assert (await readiness.standing()).is_ready
        assert looks == 1
        now = KEPT_SECONDS
        await readiness.standing()

    asyncio.run(story())
    assert looks == 2


def test_a_process_that_is_stopping_is_not_ready_and_closes_each_connection_with_its_answer(site: Site) -> None:
    ask(site, "/sign-in")
    site.edge.stop()
    assert ask(site, "/readyz").status_code == 503
    assert ask(site, "/healthz").status_code == 200
    assert ask(site, "/sign-in").headers["connection"] == "close"
    assert ask(site, "/v").headers["connection"] == "close"


def test_figures_are_shown_to_this_computer_only_or_by_a_token_or_from_networks_that_are_set(house: House) -> None:
    plain = create_app(house)
    assert ask(plain, "/metrics").status_code == 200
    assert ask(plain, "/metrics", ELSEWHERE).status_code == 403
    assert ask(plain, "/metrics", x_forwarded_for="127.0.0.1").status_code == 403
    assert ask(plain, "/metrics", authorization="Bearer ").status_code == 200
    assert ask(plain, "/metrics", ELSEWHERE, authorization="Bearer ").status_code == 403
    secret = create_app(set_so(house, metrics_token="three-words"))
    assert ask(secret, "/metrics").status_code == 403
    assert ask(secret, "/metrics", authorization="Bearer wrong").status_code == 403
    assert ask(secret, "/metrics", ELSEWHERE, authorization="Bearer three-words").status_code == 200
    near = create_app(set_so(house, metrics_networks="203.0.113.0/24", trusted_proxies="127.0.0.1"))
    assert ask(near, "/metrics", ELSEWHERE).status_code == 200
    assert ask(near, "/metrics", ("192.0.2.1", 1)).status_code == 403
    assert ask(near, "/metrics", x_forwarded_for="203.0.113.9").status_code == 200
    assert ask(near, "/metrics", x_forwarded_for="198.51.100.1").status_code == 403


def test_patience_with_wrong_passwords_counts_the_address_a_trusted_web_server_tells(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = create_app(set_so(house, trusted_proxies="127.0.0.1"))
    seen: list[str] = []
    monkeypatch.setattr(house.addresses, "note_failure", lambda address, _now: seen.append(address))
    client = TestClient(behind, "https://rd.example.cn", client=HERE, headers={"X-Forwarded-For": "203.0.113.7"})
    visitor = Visitor(client)
    visitor.open("/sign-in")
    visitor.send(login="nobody", password="three short words")
    assert seen == ["203.0.113.7"]
