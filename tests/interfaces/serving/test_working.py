"""Workers beside each other: one leads, and when it is gone another one does."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from interfaces.composition import House, open_house
from interfaces.serving import working
from interfaces.serving.working import Duties, Turn, work
from interfaces.settings import Settings
from projections.reading.engine import open_reading
from tests.support.many_facts import fill
from tests.support.postgres import end_sessions

PATIENCE = 30

pytestmark = pytest.mark.parametrize("store", ["postgres"], indirect=True)


def until(true: Callable[[], object]) -> None:
    """A lock goes with its session, which the server ends a moment after it was hung up on."""
    deadline = monotonic() + PATIENCE
    while not true():
        assert monotonic() < deadline
        sleep(0.01)


def test_of_two_workers_one_leads_until_it_is_gone(database_url: str) -> None:
    reading = open_reading(database_url)
    first, second = Turn(reading), Turn(reading)
    assert first.is_mine()
    assert first.is_mine()
    assert not second.is_mine()
    first.give_up()
    until(second.is_mine)
    assert not first.is_mine()
    second.give_up()
    reading.dispose()


def test_a_worker_that_has_lost_its_connection_leads_no_more(database_url: str) -> None:
    reading = open_reading(database_url)
    first, second = Turn(reading), Turn(reading)
    assert first.is_mine()
    assert end_sessions(database_url, "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')") == 1
    assert second.is_mine()
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
    assert swept.wait(PATIENCE)
    ended.set()
    worker.join(PATIENCE)
    other = Turn(house.reading)
    until(other.is_mine)
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
    assert twice.wait(PATIENCE)
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
    until(house.history.tree_store.checkpoints)
    ended.set()
    if isinstance(duties, Duties):
        duties.stop()
    else:
        duties.join()
    assert [one.size for one in house.history.tree_store.checkpoints()] == [3]
    house.close()
