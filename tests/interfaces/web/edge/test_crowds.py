"""A flood on one kind of page, and what becomes of the others."""

import asyncio
from typing import Any

import httpx2
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from interfaces.composition import House
from interfaces.web.edge.edge import Edge
from tests.interfaces.web.edge.asking import HERE, ask

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def crowded(house: House, path: str, at_once: int) -> tuple[Edge, ASGIApp, asyncio.Event]:
    """An application that lets nobody out before the event, with few places for pages like this one."""
    edge, out = Edge(house), asyncio.Event()
    budget = edge.budgets.of_ballot(path) if path.startswith("/v") else edge.budgets.of(path)
    budget.at_once, budget.line_limit = at_once, 0

    async def slow(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["path"] == path:
            await out.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"answered"})

    return edge, edge.around(slow), out


async def flood(app: ASGIApp, out: asyncio.Event, path: str, then: list[tuple[str, dict[str, str]]]) -> list[Any]:
    """Two are inside and stay there; the answers to who comes then."""
    transport = httpx2.ASGITransport(app=app, client=HERE)
    async with httpx2.AsyncClient(transport=transport, base_url="http://site") as client:
        inside = [asyncio.create_task(client.get(path)) for _ in range(2)]
        await asyncio.sleep(0.01)
        answers = [await client.get(asked, headers=headers) for asked, headers in then]
        out.set()
        assert [answer.text for answer in await asyncio.gather(*inside)] == ["answered"] * 2
    return answers


def test_a_flood_on_public_pages_starves_neither_the_desk_nor_the_ballots(house: House) -> None:
    edge, app, out = crowded(house, "/p/CODE", 2)
    others = ["/staff/qc", "/v/cast", "/v/form", "/v", "/api/v1/x", "/sign-in", "/healthz"]
    answers = asyncio.run(flood(app, out, "/p/CODE", [("/p/CODE", {}), *((path, {}) for path in others)]))
    assert [answer.status_code for answer in answers] == [503] + [200] * 7
    assert edge.budgets.public.active == 0


def test_who_is_turned_away_reads_one_sentence_in_their_language_and_when_to_come_back(house: House) -> None:
    _, app, out = crowded(house, "/p/CODE", 2)
    asked = [("/p/CODE", {"accept-language": language}) for language in ("zh-CN", "en")] * 12
    answers = asyncio.run(flood(app, out, "/p/CODE", asked))
    assert {answer.status_code for answer in answers} == {503}
    assert "现在访问的人太多" in answers[0].text
    assert "Too many people" in answers[1].text
    waits = {int(answer.headers["retry-after"]) for answer in answers}
    assert waits <= {1, 2, 3, 4, 5}
    assert len(waits) > 1  # not all at once
    assert answers[0].headers["content-security-policy"]


def test_a_ballot_that_finds_no_place_is_told_so_in_its_own_words(house: House) -> None:
    _, app, out = crowded(house, "/v/cast", 2)
    (answer,) = asyncio.run(flood(app, out, "/v/cast", [("/v/cast", {})]))
    assert (answer.status_code, answer.json()) == (503, {"refused": "Busy"})
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_program_that_finds_no_place_gets_problem_details(house: House) -> None:
    _, app, out = crowded(house, "/api/v1/x", 2)
    (answer,) = asyncio.run(flood(app, out, "/api/v1/x", [("/api/v1/x", {})]))
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 503


def test_a_desk_that_raises_gives_its_place_back(house: House) -> None:
    edge = Edge(house)

    async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ask(edge.around(failing), "/staff/qc")
    assert edge.budgets.desk.active == 0


def test_a_phone_that_takes_its_answer_in_slowly_keeps_no_place(house: House) -> None:
    edge = Edge(house)
    taken_in: list[int] = []

    async def answering(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"part", "more_body": True})
        await send({"type": "http.response.body", "body": b"rest"})

    async def slow(message: Any) -> None:
        taken_in.append(edge.budgets.public.active)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "path": "/p/CODE", "method": "GET", "headers": [], "client": HERE}

    async def story() -> None:
        await edge.around(answering)(scope, receive, slow)

    asyncio.run(story())
    assert taken_in == [1, 1, 0]
    assert edge.budgets.public.active == 0
