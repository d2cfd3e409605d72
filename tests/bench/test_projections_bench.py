"""How fast read models are filled, and how soon a page can show what was recorded; nothing here fails by the clock."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import quantiles
from threading import Thread
from time import perf_counter, process_time, sleep
from uuid import UUID, uuid4

import pytest

from application.history.history import History
from application.history.recorded import Recorded
from domain.congress.session import DelegateCheckedIn, attendance_stream
from domain.shared import CHINA
from interfaces.composition import House
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.reading.rebuild import rebuild, rebuild_all
from projections.reading.shelf import ALL
from tests.bench.conftest import Say, durable_store
from tests.support.decades import prolong
from tests.support.demonstration import told

pytestmark = pytest.mark.bench

TIMES = 9
"""The demonstration's year is told so many times more, in other cities: about 12,000 facts."""

CHECK_INS, SECONDS = 250, 6
"""A second, for so long."""

DESKS = 16


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("bench")
    with durable_store(request.param, folder) as url:
        made = told(url, folder)
        yield made
        made.close()


def seconds(do: Callable[[], object]) -> float:
    started = perf_counter()
    do()
    return perf_counter() - started


def read_only(history: History) -> None:
    reached = 0
    while noticed := history.select(reached, 2000):
        reached = noticed[-1].position


def test_rebuild(house: House, say: Say) -> None:
    house.followers.stop()
    facts = prolong(house.history, house.history.select(0, 100_000), TIMES)
    first = seconds(house.followers.catch_up)
    reading = min(seconds(partial(read_only, house.history)) for _ in range(3))
    say(f"{house.reading.dialect.name}: {facts:,} facts; read and decode alone {facts / reading:,.0f} facts/s")
    for projection in ALL:
        begun = process_time()
        taken = min(seconds(partial(rebuild, house.history, house.reading, projection)) for _ in range(2))
        worked = (process_time() - begun) / 2 / facts * 1_000_000
        compared = f"{facts / taken:,.0f} facts/s, ratio to reading {taken / reading:.1f}"
        say(f"  rebuild {projection.name}: {compared}, {worked:.0f} µs of this process's processor time a fact")
    taken = seconds(partial(rebuild_all, house.history, house.reading, ALL))
    for what, spent in (("rebuild of all", taken), ("following all", first)):
        rate, each = facts / spent, facts * len(ALL) / spent
        say(f"  {what}: {rate:,.0f} facts/s, {each:,.0f} facts shown by a projection a second")
    house.followers.start()


@pytest.mark.parametrize("here", [True, False], ids=["followed here", "followed by another process"])
def test_visible_on_a_ballot_day(house: House, say: Say, *, here: bool) -> None:
    """From the append of a check-in until every projection shows it, while so many come in each second."""
    waiting = house.followers
    if not here:
        reading = open_reading(house.settings.storage_url)
        waiting = Followers(house.history, reading, ALL)
    congress, session = uuid4(), uuid4()

    def at_the_desk(number: int) -> list[float]:
        waits = []
        began = perf_counter() + number / CHECK_INS
        for turn in range(CHECK_INS * SECONDS // DESKS):
            sleep(max(0.0, began + turn * DESKS / CHECK_INS - perf_counter()))
            position = house.history.append([_checked_in(congress, session)], seen={})
            appended = perf_counter()
            assert waiting.wait_for(position, 10)
            waits.append(perf_counter() - appended)
        return waits

    begun = perf_counter()
    with ThreadPoolExecutor(DESKS) as desks:
        waits = [wait for found in desks.map(at_the_desk, range(DESKS)) for wait in found]
    rate = len(waits) / (perf_counter() - begun)
    cuts = quantiles(waits, n=100)
    where = "followed here" if here else "followed elsewhere"
    say(
        f"{house.reading.dialect.name}: shown after {cuts[49] * 1000:.0f} ms (median), {cuts[98] * 1000:.0f} ms (p99),"
        f" {max(waits) * 1000:.0f} ms (worst) at {rate:.0f} check-ins/s, {where}"
    )
    if not here:
        reading.dispose()


def test_visible_while_everything_is_rebuilt(house: House, say: Say) -> None:
    """The same, while all models are filled anew beside."""
    rebuilding = Thread(target=rebuild_all, args=(house.history, house.reading, ALL))
    congress, session, waits = uuid4(), uuid4(), []
    rebuilding.start()
    while rebuilding.is_alive():
        position = house.history.append([_checked_in(congress, session)], seen={})
        waits.append(seconds(partial(house.followers.wait_for, position, 10)))
    rebuilding.join()
    cuts = quantiles(waits, n=100)
    say(
        f"{house.reading.dialect.name}: during a rebuild in the same process shown after {cuts[49] * 1000:.0f} ms"
        f" (median), {cuts[98] * 1000:.0f} ms (p99), {max(waits) * 1000:.0f} ms (worst); {len(waits)} facts"
    )


def _checked_in(congress: UUID, session: UUID) -> Recorded:
    delegate = uuid4()
    fact = DelegateCheckedIn(congress=congress, session=session, delegate=delegate)
    return Recorded(attendance_stream(session, delegate), 1, datetime.now(CHINA), None, fact)
