"""What an office remembers never changes what is decided: another process may have recorded meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.history.history import History, open_history
from application.office import Desk, Office
from application.remembered import NOTHING, Folded, Remembered
from domain.shared import Refused
from tests.support.diary import BOOK, Diary, LineWritten, diary, evolve, line
from tests.support.stores import Clock, by

MINE, YOURS = diary("mine"), diary("yours")


@dataclass(eq=False)
class Full(Refused):
    """A diary of these tests holds three lines."""

    lines: int


def length(known: int | None, _fact: LineWritten) -> int:
    """Another way to fold a diary."""
    return (known or 0) + 1


@pytest.fixture
def elsewhere(diaries: History, clock: Clock) -> Office:
    """The same history in another process, which has a memory of its own."""
    return Office(diaries, clock)


def adding(text: str, stream: UUID = MINE, most: int = 3) -> Callable[[Desk], None]:
    def decide(desk: Desk) -> None:
        known = desk.load(stream, evolve)
        if known and len(known.lines) >= most:
            raise Full(lines=len(known.lines))
        desk.add(stream, LineWritten(text=text))

    return decide


def test_what_is_remembered_is_not_read_again(desk_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_office.record(by(), adding("a"), trusting=True)
    asked = Mock(wraps=desk_office.history.recorder.events_after)
    monkeypatch.setattr(desk_office.history.recorder, "events_after", asked)
    desk_office.record(by(), adding("b"), trusting=True)
    assert asked.call_count == 0
    assert desk_office.state_of(MINE, evolve) == Diary(lines=("a", "b"))
    asked.assert_called_once_with({MINE: 2})


def test_what_another_process_recorded_is_taken_in_before_anything_is_recorded(
    desk_office: Office, elsewhere: Office
) -> None:
    desk_office.record(by(), adding("a"), trusting=True)
    elsewhere.record(by(), adding("b"), trusting=True)
    desk_office.record(by(), adding("c"), trusting=True)
    with pytest.raises(Full) as refusal:
        elsewhere.record(by(), adding("d"), trusting=True)
    assert refusal.value.lines == 3
    assert elsewhere.state_of(MINE, evolve) == Diary(lines=("a", "b", "c"))


def test_a_refusal_that_stands_on_memory_is_looked_at_again(desk_office: Office, elsewhere: Office) -> None:
    def only_after_two(desk: Desk) -> None:
        known = desk.load(MINE, evolve)
        if known is None or len(known.lines) < 2:
            raise Full(lines=0)
        desk.add(YOURS, LineWritten(text="seen"))

    desk_office.change(by(), MINE, evolve, line("a"))
    elsewhere.change(by(), MINE, evolve, line("b"))
    desk_office.record(by(), only_after_two, trusting=True)
    assert desk_office.state_of(YOURS, evolve) == Diary(lines=("seen",))


def test_a_command_that_records_nothing_is_looked_at_again_too(desk_office: Office, elsewhere: Office) -> None:
    seen: list[int] = []
    desk_office.change(by(), MINE, evolve, line("a"))
    position = elsewhere.change(by(), MINE, evolve, line("b"))

    def look(desk: Desk) -> None:
        known = desk.load(MINE, evolve)
        seen.append(len(known.lines) if known else 0)

    assert desk_office.record(by(), look, trusting=True) == position
    assert seen == [1, 2]


def test_a_key_used_before_is_answered_as_then_from_memory_too(desk_office: Office) -> None:
    asked = by()
    position = desk_office.record(asked, adding("a", most=1), trusting=True)
    assert desk_office.record(asked, adding("a", most=1), trusting=True) == position
    assert desk_office.record(asked, adding("a", most=9), trusting=True) == position
    assert desk_office.state_of(MINE, evolve) == Diary(lines=("a",))


def test_a_stream_folded_in_two_ways_at_one_desk_is_seen_at_one_moment(desk_office: Office, elsewhere: Office) -> None:
    desk_office.change(by(), MINE, evolve, line("a"))
    desk = desk_office.desk()
    assert desk.load(MINE, evolve) == Diary(lines=("a",))
    elsewhere.change(by(), MINE, evolve, line("b"))
    elsewhere.state_of(MINE, length)
    assert desk_office.state_of(MINE, length) == 2
    assert desk.load(MINE, length) == 1
    desk.add(MINE, LineWritten(text="c"))
    assert desk.load(MINE, length) == 2
    assert desk.load(MINE, evolve) == Diary(lines=("a", "c"))


def test_memory_is_bounded_and_keeps_what_was_used_last() -> None:
    memory = Remembered(most=2)
    for name in ("a", "b"):
        memory.keep(diary(name), evolve, Folded(1, Diary(lines=(name,))))
    memory.of(diary("a"), evolve)
    memory.keep(diary("c"), evolve, Folded(1, Diary()))
    assert memory.of(diary("b"), evolve) is NOTHING
    assert memory.of(diary("a"), evolve) == Folded(1, Diary(lines=("a",)))


def test_an_older_state_never_takes_the_place_of_a_newer_one() -> None:
    memory = Remembered()
    memory.keep(MINE, evolve, Folded(2, Diary(lines=("a", "b"))))
    memory.keep(MINE, evolve, Folded(1, Diary(lines=("a",))))
    assert memory.of(MINE, evolve).version == 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans()), max_size=25))
def test_several_processes_with_memories_decide_as_one_without(
    database_url: str, steps: list[tuple[int, int, bool]]
) -> None:
    """Rule of these diaries: at most three lines, whoever writes, whatever is remembered."""
    with_history = open_history(database_url, book=BOOK)
    try:
        offices = [Office(with_history) for _ in range(3)]
        streams, written = [uuid4(), uuid4()], [0, 0]
        for office, stream, trusting in steps:
            full = written[stream] >= 3
            try:
                offices[office].record(by(), adding("x", streams[stream]), trusting=trusting)
            except Full:
                assert full
            else:
                assert not full
                written[stream] += 1
    finally:
        with_history.close()
