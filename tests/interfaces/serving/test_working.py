"""Workers beside each other: one leads, and when it is gone another one does."""

from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import psycopg
import pytest

from interfaces.composition import House, open_house
from interfaces.serving import working
from interfaces.serving.working import Duties, Turn, work
from interfaces.settings import Settings
from projections.reading.engine import open_reading
from tests.support.many_facts import fill

pytestmark = pytest.mark.parametrize("store", ["postgres"], indirect=True)


def test_of_two_workers_one_leads_until_it_is_gone(database_url: str) -> None:
    reading = open_reading(database_url)
    first, second = Turn(reading), Turn(reading)
    assert first.is_mine()
    assert first.is_mine()
    assert not second.is_mine()
    first.give_up()
    assert second.is_mine()
    assert not first.is_mine()
    second.give_up()
    reading.dispose()


def test_a_worker_that_has_lost_its_connection_leads_no_more(database_url: str) -> None:
    reading = open_reading(database_url)
    first, second = Turn(reading), Turn(reading)
    assert first.is_mine()
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
    until = monotonic() + 10
    while not second.is_mine():
        assert monotonic() < until
        sleep(0.01)
    assert not first.is_mine()
    second.give_up()
    first.give_up()
    reading.dispose()


def test_a_worker_sweeps_while_it_leads_and_lets_go_when_it_is_stopped(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept, ended = Event(), Event()
    monkeypatch.setattr(House, "sweep", lambda _: swept.set())
    house = open_house(Settings(database_url=database_url), follow=False)
    worker = Thread(target=work, args=(house, ended))
    worker.start()
    assert swept.wait(10)
    ended.set()
    worker.join(10)
    other = Turn(house.reading)
    assert other.is_mine()
    other.give_up()
    house.close()


def test_one_process_alone_goes_on_sweeping_after_a_failure(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds: list[int] = []
    twice = Event()

    def sweep(_house: House) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError
        twice.set()

    monkeypatch.setattr(House, "sweep", sweep)
    monkeypatch.setattr(working, "SWEEP_EVERY", 0.01)
    house = open_house(Settings(database_url=database_url), follow=False)
    duties = Duties(house)
    duties.start()
    assert twice.wait(10)
    duties.stop()
    house.close()
    assert "sweeping failed" in caplog.text


@pytest.mark.parametrize("alone", [True, False], ids=["one process alone", "the worker"])
def test_what_nobody_signed_is_signed_in_time(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, alone: bool
) -> None:
    monkeypatch.setattr(working, "SIGN_EVERY", 0.01)
    monkeypatch.setattr(working, "LOOK_EVERY", 0.01)
    fill(database_url, 3)
    house = open_house(Settings(data=tmp_path, database_url=database_url), follow=False)
    ended = Event()
    duties = Duties(house) if alone else Thread(target=work, args=(house, ended))
    duties.start()
    deadline = monotonic() + 10
    while not house.history.tree_store.checkpoints() and monotonic() < deadline:
        sleep(0.02)
    ended.set()
    if isinstance(duties, Duties):
        duties.stop()
    else:
        duties.join()
    assert [one.size for one in house.history.tree_store.checkpoints()] == [3]
    house.close()
