"""Concurrent commands share transactions and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from threading import Event
from time import sleep
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError, StoredEvent

from application.history.filing import CommandKey, Conflict, Done
from application.history.group_commit import Busy, GroupCommit

ACCOUNT = uuid4()


class Ledger:
    """A store in memory, as far as a page needs one."""

    def __init__(self) -> None:
        self.events: list[StoredEvent] = []
        self.keys: dict[tuple[UUID, str], Done] = {}

    def versions(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        last = {UUID(str(event.originator_id)): event.originator_version for event in self.events}
        return {stream: last[stream] for stream in streams if stream in last}

    def done(self, keys: Iterable[CommandKey]) -> dict[tuple[UUID, str], Done]:
        asked = [(key.account, key.key) for key in keys]
        return {one: self.keys[one] for one in asked if one in self.keys}

    def append(self, events: Sequence[StoredEvent]) -> list[int]:
        self.events += events
        return list(range(len(self.events) - len(events) + 1, len(self.events) + 1))

    def keep(self, keys: Sequence[tuple[CommandKey, int]]) -> None:
        for key, position in keys:
            self.keys[key.account, key.key] = Done(command=key.command, position=position)


class Recorder(GroupCommit):
    """Writes into memory; each page waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.pages = 0
        self.opened = Event()
        self.let_go = Event()
        self.fault: BaseException | None = None

    @contextmanager
    def page(self) -> Iterator[Ledger]:
        self.pages += 1
        self.opened.set()
        self.let_go.wait(5)
        fault, self.fault = self.fault, None
        if fault:
            raise fault
        yield self.ledger


def event(stream: UUID, version: int = 1) -> StoredEvent:
    return StoredEvent(stream, version, "tests.fact", b"{}")


def key(text: str) -> CommandKey:
    return CommandKey(account=ACCOUNT, key=text, command="tests")


def waiting(recorder: Recorder, number: int) -> None:
    while len(recorder._waiting) < number:
        sleep(0.001)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(32) as pool:
        yield pool


def held(recorder: Recorder, threads: ThreadPoolExecutor) -> "Future[Sequence[int]]":
    """One command that is being written and holds up all others until it is let go."""
    first = threads.submit(recorder.insert_events, [event(uuid4())])
    recorder.opened.wait(5)
    return first


def test_what_waits_while_a_group_is_written_is_the_next_group(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    first = held(recorder, threads)
    others = [
        threads.submit(recorder.insert_events, [event(stream), event(stream, 2)])
        for stream in (uuid4() for _ in range(20))
    ]
    waiting(recorder, 20)
    recorder.let_go.set()
    assert first.result() == [1]
    positions = [list(other.result()) for other in others]
    assert sorted(chain.from_iterable(positions)) == list(range(2, 42))
    assert all(last == first + 1 for first, last in positions)
    assert recorder.pages == 2


def test_a_group_is_not_larger_than_agreed(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    recorder.group_size = 4
    held(recorder, threads)
    others = [threads.submit(recorder.insert_events, [event(uuid4())]) for _ in range(20)]
    waiting(recorder, 20)
    recorder.let_go.set()
    assert sorted(position for other in others for position in other.result()) == list(range(2, 22))
    assert recorder.pages == 1 + 5


def test_one_bad_filing_never_spoils_its_group(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    held(recorder, threads)
    stream = uuid4()
    good = [threads.submit(recorder.insert_events, [event(uuid4())]) for _ in range(3)]
    same = [threads.submit(recorder.insert_events, [event(stream)]) for _ in range(2)]
    bad = [
        threads.submit(recorder.insert_events, [event(uuid4(), 2)]),
        threads.submit(recorder.insert_events, [event(uuid4())], seen={uuid4(): 1}),
    ]
    waiting(recorder, 7)
    recorder.let_go.set()
    assert all(len(one.result()) == 1 for one in good)
    assert [type(one.exception()) for one in same if one.exception()] == [Conflict]
    assert [type(one.exception()) for one in bad] == [Conflict, Conflict]
    assert len(recorder.ledger.events) == 1 + 3 + 1


def test_of_two_filings_with_one_key_in_a_group_one_is_written(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    held(recorder, threads)
    same = [threads.submit(recorder.insert_events, [event(uuid4())], key=key("k")) for _ in range(2)]
    waiting(recorder, 2)
    recorder.let_go.set()
    assert sorted(one.exception() is None for one in same) == [False, True]
    assert recorder.ledger.keys == {(ACCOUNT, "k"): Done(command="tests", position=2)}


def test_what_was_read_must_not_be_written_by_a_neighbour_in_the_group(
    recorder: Recorder, threads: ThreadPoolExecutor
) -> None:
    held(recorder, threads)
    mine, yours = uuid4(), uuid4()
    crossed = [
        threads.submit(recorder.insert_events, [event(mine)], seen={mine: 0, yours: 0}),
        threads.submit(recorder.insert_events, [event(yours)], seen={mine: 0, yours: 0}),
    ]
    waiting(recorder, 2)
    recorder.let_go.set()
    assert sorted(one.exception() is None for one in crossed) == [False, True]


def test_too_many_waiting_are_sent_away_at_once(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    recorder.waiting_limit = 2
    held(recorder, threads)
    others = [threads.submit(recorder.insert_events, [event(uuid4())]) for _ in range(2)]
    waiting(recorder, 2)
    with pytest.raises(Busy):
        recorder.insert_events([event(uuid4())])
    recorder.let_go.set()
    assert all(other.result() for other in others)


def test_who_waits_too_long_goes_away_and_is_not_written(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    first = held(recorder, threads)
    recorder.patience = 0.01
    with pytest.raises(Busy):
        recorder.insert_events([event(uuid4())])
    recorder.let_go.set()
    first.result()
    assert recorder.insert_events([event(uuid4())]) == [2]


def test_a_store_that_fails_is_reported_to_the_whole_group_and_to_nobody_else(
    recorder: Recorder, threads: ThreadPoolExecutor
) -> None:
    recorder.fault = OperationalError("the disk is full")
    first = held(recorder, threads)
    recorder.let_go.set()
    assert isinstance(first.exception(), OperationalError)
    assert recorder.insert_events([event(uuid4())]) == [1]


def test_a_leader_that_is_interrupted_hands_over(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    recorder.fault = KeyboardInterrupt()
    first = held(recorder, threads)
    other = threads.submit(recorder.insert_events, [event(uuid4())])
    waiting(recorder, 1)
    recorder.let_go.set()
    assert isinstance(first.exception(), KeyboardInterrupt)
    assert other.result() == [1]


def test_listeners_are_called_once_a_group(recorder: Recorder, threads: ThreadPoolExecutor) -> None:
    calls: list[int] = []
    recorder.announce = lambda: calls.append(1)
    first = held(recorder, threads)
    others = [threads.submit(recorder.insert_events, [event(uuid4())]) for _ in range(5)]
    waiting(recorder, 5)
    recorder.let_go.set()
    for one in (first, *others):
        one.result()
    assert len(calls) <= 2
