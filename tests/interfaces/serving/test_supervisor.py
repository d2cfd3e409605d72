"""The supervisor with processes that do nothing but start, stop and die as they are told."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from interfaces.serving import supervisor as supervising
from interfaces.serving.supervisor import Supervisor
from interfaces.settings import Settings

WELL = """
import os, signal, sys
kind, listener, lifeline, ready = sys.argv[1], *map(int, sys.argv[2:])
open(os.environ["STARTED"] + f"/{kind}-{os.getpid()}", "w").close()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
os.write(ready, b"!")
while True:
    signal.pause()
"""
WEB_FAILS = """
import os, signal, sys
if sys.argv[1] == "web":
    sys.exit({status})
os.write(int(sys.argv[4]), b"!")
signal.pause()
"""
DEAF = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(int(sys.argv[4]), b"!")
while True:
    signal.pause()
"""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    monkeypatch.setenv("STARTED", str(tmp_path))
    return lambda: {file.name for file in tmp_path.iterdir()}


def supervised(listener: socket.socket, program: str, during: Callable[[Supervisor], object] = lambda _: None) -> int:
    """Runs it in this thread, which gets the signals, while the story is told in another."""
    settings = Settings(database_url="postgresql:///x", processes=2, stop_seconds=1)
    supervisor = Supervisor(settings, listener, worker=True, program=("-c", program))

    def tell() -> None:
        try:
            during(supervisor)
        except BaseException:
            ask(signal.SIGTERM)  # a story that breaks off leaves nobody waiting
            raise

    teller = Thread(target=tell)
    teller.start()
    try:
        return supervisor.run()
    finally:
        teller.join()


def all_ready(supervisor: Supervisor, number: int = 3) -> bool:
    """As the supervisor knows it."""
    return sum(child.is_ready for child in supervisor._children) == number


def until(there: Callable[[], object]) -> None:
    deadline = monotonic() + 60
    while not there():
        assert monotonic() < deadline
        sleep(0.02)


def ask(number: int) -> None:
    os.kill(os.getpid(), number)


def pids(names: set[str]) -> set[int]:
    return {int(name.split("-")[1]) for name in names}


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_it_starts_all_starts_those_again_that_die_and_stops_all(
    listener: socket.socket, started: Callable[[], set[str]]
) -> None:
    def story(supervisor: Supervisor) -> None:
        until(lambda: len(started()) == 3)
        assert sorted(name.split("-")[0] for name in started()) == ["web", "web", "worker"]
        first = started()
        for pid in pids(first):
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(started()) == 6)
        until(lambda: all_ready(supervisor))
        ask(signal.SIGTERM)

    assert supervised(listener, WELL, story) == 0
    assert not any(map(is_running, pids(started())))


def test_on_hangup_each_gets_a_successor_before_it_goes(
    listener: socket.socket, started: Callable[[], set[str]]
) -> None:
    def story(supervisor: Supervisor) -> None:
        until(lambda: all_ready(supervisor))
        first = started()
        ask(signal.SIGHUP)
        until(lambda: not any(map(is_running, pids(first))))
        assert len(started()) == 6
        assert all(map(is_running, pids(started() - first)))
        ask(signal.SIGINT)

    assert supervised(listener, WELL, story) == 0


@pytest.mark.parametrize(("dies_with", "status"), [(1, 1), (2, 2)])
def test_when_one_kind_of_process_never_comes_up_it_gives_up(
    listener: socket.socket, dies_with: int, status: int
) -> None:
    assert supervised(listener, WEB_FAILS.format(status=dies_with)) == status


def test_whoever_does_not_stop_in_time_is_ended(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "GRACE", 0.1)
    monkeypatch.setattr(supervising, "LINGER_SECONDS", 0.1)

    asked: list[float] = []

    def story(supervisor: Supervisor) -> None:
        until(lambda: all_ready(supervisor))
        asked.append(monotonic())
        ask(signal.SIGTERM)

    assert supervised(listener, DEAF, story) == 0
    assert monotonic() - asked[0] < 10


def test_a_second_signal_ends_them_at_once(listener: socket.socket) -> None:
    asked: list[float] = []

    def story(supervisor: Supervisor) -> None:
        until(lambda: all_ready(supervisor))
        asked.append(monotonic())
        ask(signal.SIGTERM)
        sleep(0.5)
        ask(signal.SIGTERM)

    assert supervised(listener, DEAF, story) == 0
    assert monotonic() - asked[0] < 5
