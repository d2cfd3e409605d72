"""Commands in general: delegates checked in by many hands at once, beside bare commits of one row."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time

import psycopg
import pytest

from application import check_in as desk
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from tests.bench.conftest import Say, durable_store
from tests.support.polls import Hall, prepared
from tests.support.stores import by

pytestmark = pytest.mark.bench

DELEGATES, HANDS = 3_000, 64


@pytest.fixture(params=["postgres", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with durable_store(request.param, tmp_path) as url:
        opened = open_house(Settings(data=tmp_path, database_url=url))
        opened.followers.stop()  # in an office they run in a process of their own
        yield opened
        opened.close()


def test_check_ins(house: House, say: Say) -> None:
    hall = prepared(house.office, house.box, delegates=DELEGATES, spare_cards=0)
    hall.release()
    kind = house.settings.storage_url.partition(":")[0]
    say(f"check-ins of {DELEGATES:,} delegates by {HANDS} threads, {kind}: {_rate(hall, _check_in)}")
    say(f"cards drawn by them: {_rate(hall, _draw)}")
    if kind == "postgresql":
        say(f"plain psycopg, one row a commit, one connection: {_bare(house.settings.storage_url):,.0f}/s")


def _rate(hall: Hall, do: Callable[[Hall, int], None]) -> str:
    started, before = perf_counter(), process_time()
    with ThreadPoolExecutor(HANDS) as many:
        list(many.map(lambda place: do(hall, place), range(DELEGATES)))
    taken, own = perf_counter() - started, process_time() - before
    return f"{DELEGATES / taken:,.0f}/s ({own / DELEGATES * 1e6:.0f} µs of this process each)"


def _check_in(hall: Hall, place: int) -> None:
    desk.check_in(hall.office, by(hall.clerk), hall.session, hall.delegates[place].delegate)


def _draw(hall: Hall, place: int) -> None:
    desk.draw_card(hall.office, by(hall.clerk), hall.session, hall.poll, hall.delegates[place].delegate)


def _bare(url: str) -> float:
    with closing(psycopg.connect(url)) as plain:
        plain.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, state bytea)")
        plain.commit()
        started = perf_counter()
        for _ in range(500):
            plain.execute("INSERT INTO bare (state) VALUES (%s)", (bytes(200),))
            plain.commit()
        return 500 / (perf_counter() - started)
