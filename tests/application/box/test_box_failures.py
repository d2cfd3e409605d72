import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application.history import box_facts
from application.history.box import Box, Busy, TryAgain, _slip, open_box
from application.history.box_sqlite import SQLiteBoxStore
from application.history.box_store import StoreFailed, Written
from domain.polls.ballot import CardUsed, Receipt, VoidReason
from tests.support.ballots import ballot, card, receipt_of
from tests.support.postgres import end_sessions


def in_the_database(url: str, statement: str) -> None:
    if url.startswith("sqlite"):
        with sqlite3.connect(Path(url.removeprefix("sqlite:///")).with_name("piaojue-box.db")) as file:
            file.execute(statement)
        file.close()
    else:
        with psycopg.connect(url) as server:
            server.execute(statement.encode())


@pytest.mark.parametrize("damage", ["ALTER TABLE box_gate RENAME TO lost", "DELETE FROM box_gate"])
def test_a_gate_that_cannot_be_read_means_try_again_and_never_closed(
    database_url: str, box: Box, poll: UUID, damage: str
) -> None:
    box.cast(poll, card(1), ballot(1))
    in_the_database(database_url, damage)
    for attempt in (
        lambda: box.cast(poll, card(2), ballot(2)),
        lambda: box.void(poll, card(2), VoidReason.SPOILED),
        lambda: box.close(poll),
    ):
        with pytest.raises(TryAgain) as refusal:
            attempt()
        assert 1 <= refusal.value.retry_after <= 5
    # the box is looked at before the gate
    assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))
    with pytest.raises(CardUsed):
        box.cast(poll, card(1), ballot(2))
    assert box.counts(poll).cast == 1


def test_a_damaged_gate_is_not_opened_by_preparing_again(database_url: str, box: Box, poll: UUID) -> None:
    in_the_database(database_url, "DELETE FROM box_gate")
    box.prepare(poll)
    with pytest.raises(TryAgain):
        box.cast(poll, card(2), ballot(2))


def test_a_store_that_does_not_answer_gives_no_receipt_and_afterwards_the_same_ballot_gets_one(
    box: Box, poll: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise StoreFailed

    with monkeypatch.context() as broken:
        broken.setattr(box._store, "write", failing)
        for _ in range(3):
            with pytest.raises(TryAgain):
                box.cast(poll, card(1), ballot(1))
    assert not box.has(poll, card(1))
    assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))


def test_a_commit_whose_answer_was_lost_is_found_by_looking_into_the_box(
    box: Box, poll: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_it_is: Callable[..., Any] = box._store.write

    def written_but_not_told(*said: Any) -> None:
        as_it_is(*said)
        raise StoreFailed

    with monkeypatch.context() as broken:
        broken.setattr(box._store, "write", written_but_not_told)
        assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))
        with pytest.raises(CardUsed):
            box.cast(poll, card(1), ballot(2))
    assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))
    assert box.counts(poll).cast == 1


def test_a_group_that_fails_is_never_retried_one_by_one(box: Box, poll: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []
    hold = Event()

    def failing(_: UUID, events: list[object]) -> None:
        groups.append(len(events))
        hold.wait(10)
        raise StoreFailed

    monkeypatch.setattr(box._store, "write", failing)
    answers: list[object] = []

    def cast(number: int) -> None:
        try:
            answers.append(box.cast(poll, card(number), ballot(number)))
        except TryAgain as refusal:
            answers.append(refusal.retry_after)

    phones = [Thread(target=cast, args=(number,)) for number in range(20)]
    phones[0].start()
    while not groups:
        phones[0].join(0.01)
    for phone in phones[1:]:
        phone.start()
    while len(box._writer._waiting) < 19:
        phones[0].join(0.01)
    hold.set()
    for phone in phones:
        phone.join()
    assert groups == [1, 19]
    assert len(answers) == 20
    assert all(isinstance(answer, int) and 1 <= answer <= 5 for answer in answers)
    assert len(set(answers)) > 1  # a hall does not come back all at once


def test_doubles_within_a_group_are_written_once_and_the_ballot_sent_first_counts(
    box: Box, poll: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[int, int]] = [(1, 1), (2, 2), (1, 1), (1, 3), (3, 2)]
    group = [_slip(poll, card(c), ballot(b), Future()) for c, b in sent]
    answers = box._write(group)
    assert answers[0] == answers[2] == receipt_of(ballot(1))
    assert isinstance(answers[3], CardUsed)
    # cards 2 and 3 sent the same ballot: one of them is accepted, whatever came first
    assert sum(isinstance(answer, str) for answer in (answers[1], answers[4])) == 1
    assert box.counts(poll).cast == 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_too_much_waiting_is_told_at_once(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    poll, began, hold = uuid4(), Event(), Event()
    store = SQLiteBoxStore(Path(database_url.removeprefix("sqlite:///")))
    box = Box(store, queue_limit=3)
    box.prepare(poll)
    as_it_is = store.write

    def slow(*said: Any) -> Written:
        began.set()
        hold.wait(10)
        return as_it_is(*said)

    monkeypatch.setattr(store, "write", slow)
    given: list[Receipt] = []
    phones = [Thread(target=lambda n=n: given.append(box.cast(poll, card(n), ballot(n)))) for n in range(4)]
    phones[0].start()
    assert began.wait(10)
    for phone in phones[1:]:
        phone.start()
    while len(box._writer._waiting) < 3:
        phones[0].join(0.01)
    with pytest.raises(Busy) as refusal:
        box.cast(poll, card(9), ballot(9))
    assert 1 <= refusal.value.retry_after <= 5
    hold.set()
    for phone in phones:
        phone.join()
    assert sorted(given) == sorted(receipt_of(ballot(n)) for n in range(4))
    box.stop()


def test_stopping_writes_what_is_waiting_and_then_takes_nothing_more(database_url: str) -> None:
    poll = uuid4()
    box = open_box(database_url)
    box.prepare(poll)
    given: list[Receipt] = []
    phones = [Thread(target=lambda n=n: given.append(box.cast(poll, card(n), ballot(n)))) for n in range(30)]
    for phone in phones:
        phone.start()
    while len(box._writer._waiting) + len(given) == 0:
        phones[0].join(0.001)
    for phone in phones:
        phone.join()
    box.stop()
    with pytest.raises(TryAgain):
        box.cast(poll, card(99), ballot(99))
    with open_box(database_url) as again:
        assert again.counts(poll).cast == 30 == len(given)


def test_an_unforeseen_error_costs_its_group_an_answer_but_not_the_writer(
    box: Box, poll: UUID, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = card(1)

    def failing(*_: object) -> None:
        raise RuntimeError(f"something with {secret} in its text")

    with monkeypatch.context() as broken, caplog.at_level(logging.DEBUG):
        broken.setattr(box._store, "write", failing)
        with pytest.raises(TryAgain):
            box.cast(poll, card(1), ballot(1))
    assert "RuntimeError" in caplog.text
    assert secret not in caplog.text
    assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))


def test_a_fact_of_a_newer_program_is_no_ballot_of_ours(box: Box, poll: UUID) -> None:
    with pytest.raises(LookupError):
        box_facts.fact_in(box_facts.CAST, b'{"v":2,"fact":{}}')


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_server_that_cuts_all_connections_is_called_again(database_url: str, box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    assert end_sessions(database_url) >= 1
    answers = [patiently(lambda: box.cast(poll, card(2), ballot(2))) for _ in range(5)]
    assert set(answers[-3:]) == {receipt_of(ballot(2))}
    assert box.counts(poll).cast == 2


def patiently(attempt: Callable[[], Receipt]) -> Receipt | None:
    """None for "not known yet": a connection that was cut is found out by using it."""
    try:
        return attempt()
    except TryAgain:
        return None
