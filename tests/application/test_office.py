"""The office: load, decide, record; once a key, afresh after a conflict."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier
from typing import Any
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError

from application.history.filing import OpenPage
from application.history.history import History, open_history
from application.office import ATTEMPTS, AlreadyThere, Busy, By, Desk, KeyUsedOtherwise, Office
from domain.shared import CHINA, Invalid, Refused
from tests.support.diary import BOOK, Diary, LineWritten, diary, evolve, line, lines
from tests.support.stores import Clock, actor, by

MINE, YOURS = diary("mine"), diary("yours")


@dataclass(eq=False)
class Full(Refused):
    """A test's own rule: a diary holds one line of each text."""

    text: str


def once(text: str) -> Callable[[Diary | None], LineWritten]:
    def decide(known: Diary | None) -> LineWritten:
        if known and text in known.lines:
            raise Full(text=text)
        return LineWritten(text=text)

    return decide


def texts(office: Office, stream: UUID = MINE) -> tuple[str, ...]:
    state = office.state_of(stream, evolve)
    return state.lines if state else ()


def test_what_was_recorded_is_the_state(desk_office: Office) -> None:
    assert desk_office.state_of(MINE, evolve) is None
    desk_office.change(by(), MINE, evolve, line("a"))
    desk_office.change(by(), MINE, evolve, lambda _: lines("bc"))
    assert texts(desk_office) == ("a", "b", "c")


def test_a_fact_is_recorded_with_the_moment_and_the_account(desk_office: Office, clock: Clock) -> None:
    clock.set(2026, 3, 1, 9, 30)
    who = actor("张三")
    position = desk_office.change(by(who), MINE, evolve, line("a"))
    (noticed,) = desk_office.history.select(position - 1, 10)
    assert (noticed.stream, noticed.version, noticed.by) == (MINE, 1, who.account)
    assert noticed.at == datetime(2026, 3, 1, 9, 30, tzinfo=CHINA)
    assert noticed.fact == LineWritten(text="a")


def test_the_clock_of_the_office_is_that_of_china(diaries: History) -> None:
    office = Office(diaries, lambda: datetime(2026, 1, 1, 20, tzinfo=UTC))
    assert office.now() == datetime(2026, 1, 2, 4, tzinfo=CHINA)
    assert office.now().utcoffset() == timedelta(hours=8)
    assert office.today() == date(2026, 1, 2)


def test_the_position_rises_with_every_command(desk_office: Office) -> None:
    positions = [desk_office.change(by(), diary(str(n)), evolve, line("a")) for n in range(5)]
    assert positions == sorted(set(positions))
    assert desk_office.history.last_position() == positions[-1]


def test_several_streams_are_recorded_in_one_transaction_or_not_at_all(desk_office: Office) -> None:
    desk_office.change(by(), YOURS, evolve, line("taken"))

    def both(desk: Desk) -> None:
        desk.add(MINE, LineWritten(text="a"))
        desk.add(YOURS, LineWritten(text="b"))

    with pytest.raises(AlreadyThere) as refused:
        desk_office.record(by(), both)
    assert refused.value.stream == YOURS
    assert desk_office.state_of(MINE, evolve) is None


def test_a_desk_sees_what_was_added_at_it(desk_office: Office) -> None:
    def decide(desk: Desk) -> None:
        assert desk.load(MINE, evolve) is None
        desk.add(MINE, *lines("ab"))
        desk.add(YOURS, *lines("c"))
        assert desk.load(MINE, evolve) == Diary(lines=("a", "b"))
        assert desk.load_many([YOURS, MINE], evolve) == {YOURS: Diary(lines=("c",)), MINE: Diary(lines=("a", "b"))}
        desk.add(MINE, *lines("d"))

    desk_office.record(by(), decide)
    assert texts(desk_office) == ("a", "b", "d")


def test_a_command_with_nothing_to_record_returns_the_end_of_the_history(desk_office: Office) -> None:
    assert desk_office.record(by(), lambda _: None) == 0
    position = desk_office.change(by(), MINE, evolve, line("a"))
    assert desk_office.record(by(), lambda _: None) == position
    assert desk_office.change(by(), MINE, evolve, lambda _: ()) == position


def test_many_states_come_in_one_query(desk_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [diary(f"many {n}") for n in range(3000)]

    def fill(desk: Desk) -> None:
        for stream in many:
            desk.add(stream, LineWritten(text=str(stream)))

    desk_office.record(by(), fill)
    asked = Mock(wraps=desk_office.history.recorder.events_after)
    monkeypatch.setattr(desk_office.history.recorder, "events_after", asked)
    states = desk_office.states_of([*many, diary("empty")], evolve)
    assert states == {stream: Diary(lines=(str(stream),)) for stream in many}
    assert asked.call_count == 1


def test_eight_at_once_are_each_decided_on_what_was_there(desk_office: Office) -> None:
    together = Barrier(8)

    def write(_: int) -> int:
        together.wait()
        return desk_office.change(by(), MINE, evolve, lambda known: line(str(len(known.lines) if known else 0))(known))

    with ThreadPoolExecutor(8) as threads:
        positions = list(threads.map(write, range(8)))
    assert texts(desk_office) == tuple("01234567")
    assert len(set(positions)) == 8


def test_of_eight_who_want_the_same_one_gets_it(desk_office: Office) -> None:
    together = Barrier(8)

    def write(_: int) -> str:
        together.wait()
        try:
            desk_office.change(by(), MINE, evolve, once("a"))
        except Full:
            return "refused"
        return "recorded"

    with ThreadPoolExecutor(8) as threads:
        outcomes = sorted(threads.map(write, range(8)))
    assert outcomes == ["recorded"] + ["refused"] * 7
    assert texts(desk_office) == ("a",)


def test_two_processes_do_not_overwrite_each_other(database_url: str, clock: Clock) -> None:
    first, second = open_history(database_url, BOOK), open_history(database_url, BOOK)
    offices = [Office(first, clock), Office(second, clock)]

    def write(number: int) -> None:
        offices[number % 2].change(by(), MINE, evolve, lambda known: line(str(len(known.lines) if known else 0))(known))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(write, range(20)))
    assert texts(offices[0]) == tuple(str(n) for n in range(20))
    first.close()
    second.close()


def test_what_was_only_read_must_still_hold_when_recording(desk_office: Office) -> None:
    """Otherwise two commands that each read what the other writes could both go through."""
    seen: list[Diary | None] = []

    def decide(desk: Desk) -> None:
        seen.append(desk.load(YOURS, evolve))
        if len(seen) == 1:
            desk_office.change(by(), YOURS, evolve, line("meanwhile"))
        desk.add(MINE, LineWritten(text="a"))

    desk_office.record(by(), decide)
    assert seen == [None, Diary(lines=("meanwhile",))]


def test_a_command_that_always_loses_is_told_to_come_again(desk_office: Office) -> None:
    def decide(desk: Desk) -> None:
        desk.load(MINE, evolve)
        desk_office.change(by(), MINE, evolve, line("faster"))
        desk.add(MINE, LineWritten(text="never"))

    with pytest.raises(Busy) as refused:
        desk_office.record(by(), decide)
    assert refused.value.retry_after > 0
    assert texts(desk_office) == ("faster",) * ATTEMPTS


def test_the_same_key_is_done_once_and_answered_alike(desk_office: Office) -> None:
    ask = by()
    position = desk_office.change(ask, MINE, evolve, line("a"))
    desk_office.change(by(), MINE, evolve, line("b"))
    assert desk_office.change(ask, MINE, evolve, line("a")) == position
    assert texts(desk_office) == ("a", "b")


def test_a_repeat_that_would_be_refused_now_is_answered_with_the_earlier_position(desk_office: Office) -> None:
    ask = by()
    position = desk_office.change(ask, MINE, evolve, once("a"))
    assert desk_office.change(ask, MINE, evolve, once("a")) == position
    with pytest.raises(Full):
        desk_office.change(by(), MINE, evolve, once("a"))


def test_eight_at_once_with_the_same_key_are_one_command(desk_office: Office) -> None:
    ask, together = by(), Barrier(8)

    def write(_: int) -> int:
        together.wait()
        return desk_office.change(ask, MINE, evolve, once("a"))

    with ThreadPoolExecutor(8) as threads:
        positions = set(threads.map(write, range(8)))
    assert len(positions) == 1
    assert texts(desk_office) == ("a",)


def test_a_key_belongs_to_its_account(desk_office: Office) -> None:
    desk_office.change(by(actor("张三"), "k"), MINE, evolve, line("a"))
    desk_office.change(by(actor("李四"), "k"), MINE, evolve, line("b"))
    assert texts(desk_office) == ("a", "b")


def _add_yours(desk: Desk, text: str) -> None:
    desk.add(YOURS, LineWritten(text=text))


def test_a_key_used_for_another_kind_of_command_records_nothing(desk_office: Office) -> None:
    desk_office.record(by(key="k"), partial(_add_yours, text="yours"))
    with pytest.raises(KeyUsedOtherwise) as refused:
        desk_office.change(by(key="k"), MINE, evolve, once("mine"))
    assert refused.value.key == "k"
    assert texts(desk_office) == ()


def test_the_steps_of_one_act_have_keys_of_their_own(desk_office: Office) -> None:
    ask = by(key="act")
    for _ in range(2):
        desk_office.change(ask.step("first"), MINE, evolve, line("a"))
        desk_office.change(ask.step("second"), MINE, evolve, once("b"))
    assert texts(desk_office) == ("a", "b")


@pytest.mark.parametrize("key", ["", "x" * 201, "null\x00byte", "two\nlines"])
def test_a_key_is_a_short_printable_text(key: str) -> None:
    with pytest.raises(Invalid):
        By(actor=actor(), key=key)


def test_a_repeated_command_makes_the_same_identity(desk_office: Office) -> None:
    ask = by()
    assert desk_office.new_id(ask, "poll") == desk_office.new_id(ask, "poll")
    others = {desk_office.new_id(ask, "card"), desk_office.new_id(by(), "poll")}
    others.add(desk_office.new_id(by(actor("李四"), ask.key), "poll"))
    assert len(others | {desk_office.new_id(ask, "poll")}) == 4


def test_a_lost_acknowledgement_does_not_record_twice(desk_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit went through, the answer did not arrive: the key finds what was recorded."""
    lose_answers(desk_office, monkeypatch, times=1)
    position = desk_office.change(by(), MINE, evolve, line("a"))
    assert texts(desk_office) == ("a",)
    assert desk_office.history.last_position() == position


def test_a_store_that_does_not_answer_is_busy_and_the_key_tells_later(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = by()
    with monkeypatch.context() as away:
        away.setattr(desk_office.history.recorder, "done", _unreachable)
        away.setattr(desk_office.history.recorder, "events_after", _unreachable)
        with pytest.raises(Busy):
            desk_office.change(ask, MINE, evolve, line("a"))
        with pytest.raises(Busy):
            desk_office.state_of(MINE, evolve)
    desk_office.change(ask, MINE, evolve, line("a"))
    assert texts(desk_office) == ("a",)


def lose_answers(office: Office, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    page: Callable[[], AbstractContextManager[OpenPage]] = office.history.recorder.page
    lost: list[int] = []

    @contextmanager
    def losing() -> Any:
        with page() as opened:
            yield opened
        if len(lost) < times:
            lost.append(1)
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(office.history.recorder, "page", losing)


def _unreachable(*_: object) -> None:
    raise OperationalError("connection refused")


def test_a_refusal_records_nothing(desk_office: Office) -> None:
    def decide(desk: Desk) -> None:
        desk.add(uuid4(), LineWritten(text="a"))
        raise Full(text="a")

    with pytest.raises(Full):
        desk_office.record(by(), decide)
    assert desk_office.history.last_position() == 0
