"""Faults under a running sealed poll at full rate: processes and databases die, disks fill up, lines break.

After each: receipts given are the ballots in the box, each once, the count is what the phones sent, the pages are
right (issue "A ballot that can be trusted", part 9). See also test_casting_over_http.py and test_restarts.py.
"""

import asyncio
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from interfaces.composition import House, open_house
from interfaces.settings import Settings
from tests.e2e.bad_line import Weather, bad_line
from tests.e2e.browsers import everybody
from tests.e2e.clerks import client_of
from tests.e2e.databases import Restarted, restartable
from tests.e2e.full_disk import disk_without_mounting, small_disk
from tests.e2e.jumping_clock import clock_by
from tests.e2e.phones import Burst, cast_all
from tests.e2e.sealed import SealedPoll, answered, sealed_poll
from tests.e2e.servers import ServerProcess, serving
from tests.support.browser import serving as serving_near
from tests.support.ports import free_port

PHONES = 240
_slugs = count(1)


@dataclass(frozen=True)
class Installation:
    """Two web processes and a worker on a PostgreSQL of their own; the test sits at the chair's computer."""

    database: Restarted
    server: ServerProcess
    house: House

    def numbers(self, kind: str) -> set[int]:
        return {pid for pid, found in self.server.children().items() if found == kind}

    def poll(self) -> SealedPoll:
        return sealed_poll(self.house, delegates=PHONES, slug=f"f{next(_slugs)}")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    with restartable() as database, database.server.fresh_database() as url:
        house = open_house(Settings(data=folder, database_url=url), follow=False)
        with serving(url, folder, processes="2") as server:
            yield Installation(database, server, house)
        house.close()


def in_turn(*acts: tuple[int, Callable[[], object]]) -> tuple[Callable[[int], None], list[Thread]]:
    """Lets each thing happen, in a thread, when so many receipts were given."""
    waiting = dict(acts)
    threads: list[Thread] = []

    def hear(given: int) -> None:
        act = waiting.pop(given, None)
        if act is not None:
            threads.append(Thread(target=act))
            threads[-1].start()

    return hear, threads


def under(poll: SealedPoll, url: str, *acts: tuple[int, Callable[[], object]]) -> Burst:
    """All phones cast while this happens; each has its receipt in the end, and the same one when it asks again."""
    hear, threads = in_turn(*acts)
    burst = asyncio.run(cast_all([url], poll.sent, at_once=20, each=hear))
    for thread in threads:
        thread.join()
    assert len(threads) == len(acts)
    assert burst.refused == {}
    assert len(burst.receipts) == len(poll.sent)
    some = dict(list(poll.sent.items())[::7])
    again = asyncio.run(cast_all([url], some))
    assert again.receipts == {card: burst.receipts[card] for card in some}
    return burst


def test_web_processes_and_the_worker_are_killed_under_a_burst(installation: Installation) -> None:
    before = installation.server.children()
    first, second = sorted(installation.numbers("web"))
    (worker,) = installation.numbers("worker")
    poll = installation.poll()
    burst = under(
        poll,
        installation.server.url,
        *(
            (given, lambda pid=pid: os.kill(pid, signal.SIGKILL))
            for given, pid in ((40, first), (60, worker), (120, second))
        ),
    )
    poll.settle(burst.receipts, installation.server.url)
    deadline = monotonic() + 120
    while len(now := installation.server.children()) < len(before):
        assert monotonic() < deadline
        sleep(0.1)
    assert not set(now) & set(before)


def test_postgresql_is_killed_under_a_burst_and_comes_back(installation: Installation) -> None:
    poll = installation.poll()

    def power_cut() -> None:
        installation.database.kill()
        sleep(3)  # longer than a group waits for a connection, so that phones are told to come again
        installation.database.start()

    burst = under(poll, installation.server.url, (10, power_cut))  # early: a quiet server answers the rest at once
    assert burst.told_to_wait > 0
    poll.settle(burst.receipts, installation.server.url)


def test_answers_that_get_lost_after_the_commit_are_given_again(installation: Installation) -> None:
    """Every second answer is lost on the way: the phone sends the same bytes again and gets the same receipt."""
    poll = installation.poll()
    turns = count()
    weather = Weather(eats_answers=lambda request: request.startswith(b"POST /v/cast") and next(turns) % 2 == 0)

    async def vote() -> tuple[Burst, int]:
        async with bad_line(installation.server.port, weather) as line:
            return await cast_all([line.url], poll.sent, at_once=20), line.eaten

    burst, eaten = asyncio.run(vote())
    assert eaten >= PHONES // 2
    assert burst.told_to_wait == eaten
    assert burst.refused == {}
    assert len(burst.receipts) == PHONES
    poll.settle(burst.receipts, installation.server.url)


def test_a_hall_of_314_loads_the_page_and_casts_within_30_seconds_over_a_bad_line(installation: Installation) -> None:
    """From one address: 60 ms there and back, 20 Mbit/s for all together, one message in fifty breaks the line."""
    poll = sealed_poll(installation.house, delegates=314, slug=f"f{next(_slugs)}")
    weather = Weather(latency=0.03, width=2_500_000, breaks=0.02)

    async def vote() -> tuple[dict[str, str], int]:
        async with bad_line(installation.server.port, weather) as line, asyncio.timeout(30):
            receipts, phones = await everybody(int(line.url.rpartition(":")[2]), poll.sent, within=6)
        assert min(phone.heard for phone in phones) > 30_000  # they did load the page's scripts
        return receipts, line.broken

    receipts, broken = asyncio.run(vote())
    assert broken > 20
    poll.settle(receipts, installation.server.url)


def test_a_full_disk_costs_no_ballot_and_afterwards_everybody_gets_a_receipt(store: str) -> None:
    with ExitStack() as opened:
        folder, mounted = opened.enter_context(small_disk(64 if store == "sqlite" else 192))
        url = f"sqlite:///{folder}/piaojue.db"
        if store == "postgres":
            database = opened.enter_context(restartable(folder))
            url = opened.enter_context(database.server.fresh_database())
        house = open_house(Settings(data=folder, database_url=url))
        opened.callback(house.close)
        site = opened.enter_context(serving_near(house, free_port()))
        poll = sealed_poll(house, delegates=120, slug="full")
        disk = mounted or disk_without_mounting(url, poll.hall.poll)
        burst = Burst()

        def fill_for_a_while() -> None:
            disk.fill()
            deadline = monotonic() + 60  # the log may have room for a few ballots more
            while not burst.told_to_wait and monotonic() < deadline:
                sleep(0.05)
            sleep(1)
            told.append(len(burst.receipts))
            disk.free()

        told: list[int] = []
        hear, threads = in_turn((20, fill_for_a_while))
        asyncio.run(cast_all([site.url], poll.sent, at_once=20, each=hear, into=burst))
        threads[0].join()
        assert burst.refused == {}
        assert told[0] < len(burst.receipts) == 120
        assert burst.told_to_wait > 0
        poll.settle(burst.receipts, site.url)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_clock_that_jumps_by_hours_changes_nothing(store: str, database_url: str, tmp_path: Path) -> None:
    """Forth and back again, while ballots arrive and between the chair's two steps."""
    off = tmp_path / "off"
    off.write_text("0", encoding="utf-8")

    def jump(hours: int) -> None:
        off.with_suffix(".new").write_text(str(hours * 3600), encoding="utf-8")
        off.with_suffix(".new").rename(off)

    house = open_house(Settings(data=tmp_path, database_url=database_url), clock_by(off))
    poll = sealed_poll(house, delegates=PHONES, slug="clock")
    program = ("-m", "tests.e2e.jumping_clock", str(off), "serve")
    with serving(database_url, tmp_path, program) as server:
        acts = ((40, lambda: jump(3)), (100, lambda: jump(-2)), (160, lambda: jump(0)))
        burst = under(poll, server.url, *acts)
        house.followers.wait_for(poll.hall.last_call())
        jump(-2)
        left = re.search(r'data-left="(\d+)"', asyncio.run(page_of(poll, server.url)))
        assert left is not None
        assert int(left[1]) <= 60  # the chair's last call does not last for hours
        poll.settle(burst.receipts, server.url)
    house.close()


async def page_of(poll: SealedPoll, url: str) -> str:
    """The screen in the hall."""
    async with client_of(url, poll.cookies) as client:
        return await answered(client, f"/hall/{poll.hall.poll}", until="最后投票")
