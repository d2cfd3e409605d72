"""Processes and the database die under load and come back: nobody has to restart anything by hand, nothing is lost."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

import httpx2
import pytest

from interfaces.composition import open_house
from interfaces.settings import Settings
from tests.e2e.clerks import SLUG, add, clerk_of, client_of, units
from tests.e2e.databases import Restarted, restartable
from tests.e2e.servers import ServerProcess, serving
from tests.support.polls import founded

PATIENCE = 120


@dataclass(frozen=True)
class Installation:
    """Two web processes and a worker, with a database of their own."""

    database: Restarted
    server: ServerProcess
    cookies: dict[str, str]

    def client(self) -> httpx2.AsyncClient:
        return client_of(self.server.url, self.cookies)

    def numbers(self, kind: str) -> set[int]:
        return {pid for pid, found in self.server.children().items() if found == kind}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    with restartable() as database, database.server.fresh_database() as url:
        house = open_house(Settings(data=folder, database_url=url))
        congress, _ = founded(house.office, SLUG)
        cookies = clerk_of(house, congress)
        house.close()
        with serving(url, folder, processes="2") as server:
            yield Installation(database, server, cookies)


async def added_and_shown(client: httpx2.AsyncClient, name: str) -> float:
    """Adds a unit as a patient clerk does, the same form again and again; seconds from its success to its sight."""
    key, until = f"key-{name}", monotonic() + PATIENCE
    while True:
        assert monotonic() < until
        with suppress(httpx2.TransportError):
            answer = await add(client, name, key)
            if answer.status_code == httpx2.codes.SEE_OTHER:
                break
        await asyncio.sleep(0.1)
    recorded = monotonic()
    while name not in await units(client):
        assert monotonic() < until
        await asyncio.sleep(0.02)
    return monotonic() - recorded


async def eventually(status: int, client: httpx2.AsyncClient) -> httpx2.Response:
    """The first answer with this status: each of the two processes looks for itself."""
    until = monotonic() + PATIENCE
    while True:
        with suppress(httpx2.TransportError):
            if (answer := await client.get("/readyz")).status_code == status:
                return answer
        assert monotonic() < until
        await asyncio.sleep(0.05)


def test_a_killed_web_process_is_replaced_while_the_other_one_answers(installation: Installation) -> None:
    async def story() -> None:
        before = installation.numbers("web")
        doomed = min(before)
        async with installation.client() as client:
            load = asyncio.gather(*(added_and_shown(client, f"网页{number}") for number in range(10)))
            await asyncio.sleep(0.05)
            os.kill(doomed, signal.SIGKILL)
            await load
            until = monotonic() + PATIENCE
            while len(now := installation.numbers("web")) < 2 or doomed in now:
                assert monotonic() < until
                await asyncio.sleep(0.05)
        assert before & now

    asyncio.run(story())


def test_a_killed_worker_is_replaced_and_goes_on_where_the_other_one_was(installation: Installation) -> None:
    async def story() -> None:
        async with installation.client() as client:
            (doomed,) = installation.numbers("worker")
            os.kill(doomed, signal.SIGKILL)
            await asyncio.gather(*(added_and_shown(client, f"后台{number}") for number in range(5)))
            assert min([await added_and_shown(client, f"后台之后{number}") for number in range(3)]) < 1
        assert doomed not in installation.numbers("worker")

    asyncio.run(story())


def test_while_the_database_is_away_pages_say_so_and_afterwards_all_goes_on_by_itself(
    installation: Installation,
) -> None:
    async def story() -> None:
        async with installation.client() as client:
            await eventually(200, client)
            before = installation.server.children()
            load = asyncio.gather(*(added_and_shown(client, f"重启{number}") for number in range(20)))
            await asyncio.sleep(0.05)
            installation.database.crash()
            page = await client.get(f"/staff/{SLUG}/units")
            assert page.status_code == 503
            assert "系统暂时没有回音" in page.text
            assert 1 <= int(page.headers["Retry-After"]) <= 5
            sent = await add(client, "没有数据库", "key-away")
            assert sent.status_code == 503
            assert "不会办两次" in sent.text
            assert "database" in (await eventually(503, client)).json()["failing"]
            assert (await client.get("/healthz")).status_code == 200
            installation.database.start()
            await load
            await eventually(200, client)
            # the followers are woken again and need not wait for their timer
            waits = [await added_and_shown(client, f"之后{number}") for number in range(5)]
            assert sorted(waits)[2] < 0.5
            shown = await units(client)
            assert [number for number in range(20) if f"重启{number}" not in shown] == []
        assert installation.server.children() == before

    asyncio.run(story())


def test_the_log_of_all_that_is_one_line_of_json_each_and_names_no_unit_or_address(installation: Installation) -> None:
    said = installation.server.said()
    assert "重启" not in said
    assert "127.0.0.1" not in said
    assert installation.cookies["piaojue_sign_in"] not in said
    strange = [line for line in said.splitlines() if not line.startswith(("{", "票决 →"))]
    assert strange == []
