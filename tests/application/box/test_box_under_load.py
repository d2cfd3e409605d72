import asyncio
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier, Event
from uuid import UUID, uuid4

import pytest

from application.history.box import Box, open_box
from domain.polls.ballot import BoxClosed, CardHasBallot, CardIsVoid, CardUsed, VoidReason
from domain.shared import Refused
from tests.support.ballots import ballot, card, receipt_of

CASTING = Path(__file__).with_name("casting.py")


def caster(url: str, poll: UUID, first: int, how_many: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(CASTING), url, str(poll), str(first), str(how_many)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def heard(hall: "subprocess.Popen[str]", lines: int | None = None) -> list[str]:
    """What the process said: so many lines, or all until it ended."""
    assert hall.stdout is not None
    if lines is not None:
        return [hall.stdout.readline() for _ in range(lines)]
    rest = hall.stdout.read().splitlines()
    hall.stdout.close()
    hall.wait()
    return rest


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """The answers, refusals among them, of attempts that start together."""
    start = Barrier(len(attempts))

    def wait_and(attempt: Callable[[], object]) -> object:
        start.wait()
        try:
            return attempt()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(attempts)) as hands:
        return list(hands.map(wait_and, attempts))


def test_the_same_card_cast_50_times_at_once_is_one_ballot_and_one_receipt(box: Box, poll: UUID) -> None:
    answers = at_once(*[lambda: box.cast(poll, card(1), ballot(1))] * 50)
    assert answers == [receipt_of(ballot(1))] * 50
    assert box.counts(poll).cast == 1


def test_the_same_card_with_50_ballots_at_once_is_one_ballot_and_all_hear_of_it(box: Box, poll: UUID) -> None:
    async def hall() -> list[object]:
        sent = (box.cast_soon(poll, card(1), ballot(n)) for n in range(50))
        return await asyncio.gather(*sent, return_exceptions=True)

    answers = asyncio.run(hall())
    given = [answer for answer in answers if isinstance(answer, str)]
    refused = [answer for answer in answers if isinstance(answer, CardUsed)]
    assert (len(given), len(refused)) == (1, 49)
    assert {refusal.receipt for refusal in refused} == set(given)
    assert box.close(poll).ballots == 1
    assert box.receipts(poll) == given


def test_a_card_cast_and_voided_at_once_is_either_cast_or_void(database_url: str) -> None:
    """Through two boxes, as from two processes: only the store decides."""
    poll = uuid4()
    with open_box(database_url) as hall, open_box(database_url) as desk:
        hall.prepare(poll)
        for n in range(25):
            receipt, voided = at_once(
                partial(hall.cast, poll, card(n), ballot(n)), partial(desk.void, poll, card(n), VoidReason.SPOILED)
            )
            if voided is None:
                assert isinstance(receipt, CardIsVoid)
            else:
                assert (receipt, type(voided)) == (receipt_of(ballot(n)), CardHasBallot)
        turnout = hall.counts(poll)
        assert turnout.cast + turnout.voided == 25


def test_the_same_ballot_under_many_cards_at_once_is_accepted_once(database_url: str) -> None:
    poll = uuid4()
    with open_box(database_url) as one, open_box(database_url) as other:
        one.prepare(poll)
        attempts = [lambda n=n, box=box: box.cast(poll, card(n), ballot(1)) for n in range(10) for box in (one, other)]
        random.Random(1).shuffle(attempts)
        answers = at_once(*attempts)
        assert one.counts(poll).cast == 1
        assert {answer for answer in answers if isinstance(answer, str)} == {receipt_of(ballot(1))}


@pytest.mark.parametrize("_attempt", range(3))
def test_a_poll_closed_in_the_middle_of_a_burst_counts_every_receipt_and_nothing_after(
    database_url: str, _attempt: int
) -> None:
    poll = uuid4()
    with open_box(database_url) as box:
        box.prepare(poll)
        halls = [caster(database_url, poll, first, 50_000) for first in (0, 100_000)]
        said = [heard(hall, lines=1) for hall in halls]  # both are in the middle of it
        closing = box.close(poll)
        said = [before + heard(hall) for before, hall in zip(said, halls, strict=True)]
        assert all(lines[-1] == "closed" for lines in said)
        given = {line.split()[1] for lines in said for line in lines[:-1]}
        assert given == set(box.receipts(poll))
        assert closing.ballots == len(given) == box.counts(poll).cast
        with pytest.raises(BoxClosed):
            box.cast(poll, card(999_999), ballot(999_999))


def test_every_receipt_of_a_killed_process_is_there_and_none_twice(database_url: str) -> None:
    poll = uuid4()
    given: set[str] = set()
    with open_box(database_url) as box:
        box.prepare(poll)
    for round_ in range(3):
        hall = caster(database_url, poll, round_ * 1000, 50_000)
        lines = heard(hall, lines=random.Random(round_).randrange(1, 400))
        hall.kill()
        lines += heard(hall)
        given |= {line.split()[1] for line in lines if len(line.split()[-1]) == 64}  # the last may be cut off
    with open_box(database_url) as box:
        closing = box.close(poll)
        kept = box.receipts(poll)
    assert given
    assert given <= set(kept)
    assert len(kept) == len(set(kept)) == closing.ballots


def test_closing_waits_for_the_group_that_is_being_written_and_counts_it(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, gate_seen, go_on = uuid4(), Event(), Event()
    with open_box(database_url) as hall, open_box(database_url) as chair, ThreadPoolExecutor(2) as hands:
        hall.prepare(poll)
        table = hall._store._table(poll)  # type: ignore[attr-defined]  # a look inside
        as_it_is = table.insert_in

        def slowly(*said: object) -> None:
            gate_seen.set()
            assert go_on.wait(10)
            as_it_is(*said)

        monkeypatch.setattr(table, "insert_in", slowly)
        given = hands.submit(hall.cast, poll, card(1), ballot(1))
        assert gate_seen.wait(10)
        closing = hands.submit(chair.close, poll)
        with pytest.raises(TimeoutError):
            closing.result(timeout=0.5)
        go_on.set()
        assert given.result() == receipt_of(ballot(1))
        assert closing.result().ballots == 1


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_closing_that_waits_is_not_passed_by_later_ballots(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row locks for sharing would let every later group pass; the chair must not wait until the hall is empty."""
    poll, gate_seen, go_on = uuid4(), Event(), Event()
    with (
        open_box(database_url) as early,
        open_box(database_url) as late,
        open_box(database_url) as chair,
        ThreadPoolExecutor(3) as hands,
    ):
        early.prepare(poll)
        table = early._store._table(poll)  # type: ignore[attr-defined]  # a look inside
        as_it_is = table.insert_in

        def slowly(*said: object) -> None:
            gate_seen.set()
            assert go_on.wait(10)
            as_it_is(*said)

        monkeypatch.setattr(table, "insert_in", slowly)
        first = hands.submit(early.cast, poll, card(1), ballot(1))
        assert gate_seen.wait(10)
        closing = hands.submit(chair.close, poll)
        with pytest.raises(TimeoutError):
            closing.result(timeout=0.3)
        second = hands.submit(late.cast, poll, card(2), ballot(2))
        with pytest.raises(TimeoutError):
            second.result(timeout=0.3)
        go_on.set()
        assert first.result() == receipt_of(ballot(1))
        assert isinstance(second.exception(), BoxClosed)
        assert closing.result().ballots == 1
