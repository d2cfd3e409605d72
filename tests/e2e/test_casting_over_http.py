"""Ballots on their way through real servers: at once, against the closing, and through crashes."""

import asyncio
import gc
import os
import signal
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import httpx2
import psycopg

from domain.polls.ballot import receipt, unpacked
from domain.polls.card import Secret, card_id
from interfaces.composition import open_house
from interfaces.settings import Settings
from tests.e2e.conftest import OpenHall
from tests.e2e.phones import Burst, cast_all, filled_in
from tests.e2e.servers import serving
from tests.support.browser import LiveSite
from tests.support.browser import serving as serving_near
from tests.support.polls import Hall, open_hall
from tests.support.ports import free_port
from tests.support.postgres import own_server
from tests.support.stores import Clock


def once_at(number: int, act: Callable[[], object]) -> tuple[Callable[[int], None], list[Thread]]:
    """Lets something happen in a thread when so many receipts were given."""
    threads: list[Thread] = []

    def hear(given: int) -> None:
        if given == number:
            threads.append(Thread(target=act))
            threads[-1].start()

    return hear, threads


def the_box_holds(hall: Hall, receipts: dict[str, str]) -> None:
    """Exactly these ballots, each under its card, none twice."""
    assert sorted(receipts.values()) == hall.box.receipts(hall.poll)
    assert hall.box.closing(hall.poll).ballots == len(receipts) == len(set(receipts.values()))
    for card, given in receipts.items():
        assert hall.box.receipt_of(hall.poll, card_id(Secret(card))) == given


def test_the_same_card_cast_50_times_at_once_is_one_ballot_and_the_same_receipt_each_time(
    near: LiveSite, hall_of: OpenHall
) -> None:
    hall = hall_of(12)
    (said,) = filled_in(hall, hall.cards[:1]).values()

    async def fifty() -> list[httpx2.Response]:
        limits = httpx2.Limits(max_connections=50)
        async with httpx2.AsyncClient(base_url=near.url, limits=limits, timeout=60, trust_env=False) as phone:
            return await asyncio.gather(*(phone.post("/v/cast", json=said) for _ in range(50)))

    answers = asyncio.run(fifty())
    assert [answer.status_code for answer in answers] == [200] * 50
    assert {answer.text for answer in answers} == {f'{{"receipt":"{receipt(unpacked(said["ballot"]))}"}}'}
    assert hall.box.counts(hall.poll).cast == 1


def test_a_poll_closed_in_the_middle_of_a_burst_on_two_servers_counts_every_receipt_and_nothing_after(
    database_url: str, tmp_path: Path, near: LiveSite, hall_of: OpenHall
) -> None:
    hall = hall_of(300)
    sent = filled_in(hall, hall.cards)
    hall.last_call()
    closing, chair = once_at(60, hall.close)
    with serving(database_url, tmp_path) as far:
        urls = (near.url, far.url)
        burst = asyncio.run(cast_all(urls, sent, at_once=10, each=closing))
        chair[0].join()
        the_box_holds(hall, burst.receipts)
        assert set(burst.refused.values()) == {"PollIsClosed"}
        assert len(burst.receipts) + len(burst.refused) == 300
        again = asyncio.run(cast_all(urls, sent))
    assert again.receipts == burst.receipts  # the same ballot, the same receipt, also after closing
    assert again.refused.keys() == burst.refused.keys()
    the_box_holds(hall, burst.receipts)


def test_every_receipt_of_a_killed_server_is_in_the_box_and_every_voter_gets_one_in_the_end(
    database_url: str, tmp_path: Path, hall_of: OpenHall
) -> None:
    hall = hall_of(200)
    sent = filled_in(hall, hall.cards)
    with serving(database_url, tmp_path) as server:

        def kill_and_restart() -> None:
            server.kill()
            told.update(burst.receipts)
            server.start()

        told: dict[str, str] = {}
        burst = Burst()
        kill, rescue = once_at(60, kill_and_restart)
        asyncio.run(cast_all([server.url], sent, at_once=20, each=kill, into=burst))
        rescue[0].join()
        repeated = asyncio.run(cast_all([server.url], sent))
    assert burst.told_to_wait > 0
    assert 60 <= len(told) < 200
    assert len(burst.receipts) == 200
    assert repeated.receipts == burst.receipts
    hall.close()
    the_box_holds(hall, burst.receipts)


def test_a_database_that_crashes_while_ballots_arrive_loses_nothing_and_every_voter_gets_a_receipt(
    tmp_path: Path, clock: Clock
) -> None:
    with own_server(durable=True) as database, database.fresh_database() as url:
        house = open_house(Settings(data=tmp_path, database_url=url), clock)
        with serving_near(house, free_port()) as near:
            hall = open_hall(house.office, house.box, delegates=200)
            sent = filled_in(hall, hall.cards)
            with closing(psycopg.connect(url)) as doomed:
                burst = asyncio.run(cast_all([near.url], sent, at_once=20, each=crash_at(60, doomed)))
            assert burst.refused == {}
            hall.close()
            the_box_holds(hall, burst.receipts)
            assert len(burst.receipts) == 200
        house.close()
    with warnings.catch_warnings():
        # a connection that was just being set up when the server died is given up unclosed by its driver's pool
        warnings.simplefilter("ignore", ResourceWarning)
        del house, hall
        gc.collect()


def crash_at(number: int, doomed: psycopg.Connection[object]) -> Callable[[int], None]:
    """One backend dies as by a hardware fault: PostgreSQL then ends all the others and recovers from its log.

    At once when so many receipts were given, so that most ballots are still on their way.
    """

    def hear(given: int) -> None:
        if given == number:
            os.kill(doomed.info.backend_pid, signal.SIGKILL)

    return hear
