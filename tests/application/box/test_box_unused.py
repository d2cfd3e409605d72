"""Cards handed in unused: one sorted value a poll, which knows no order, no time and no row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from application.history import box_unused
from application.history.box import Box, open_box
from application.history.transfer import box_lines, check_box, fill_box, filling, snapshot
from application.history.transfer_box_format import BoxFile, BoxTally
from application.history.transfer_checks import BrokenFile
from domain.polls.ballot import BoxNotPrepared, BoxStillOpen, CardHasBallot, CardIsVoid, VoidReason, ballot_stream
from tests.support.ballots import ballot, card
from tests.support.postgres import Server

IN_HANDS = range(3, 40)


@pytest.fixture
def closed(box: Box, poll: UUID) -> Box:
    """Card 1 was cast, card 2 voided; the others are in delegates' hands."""
    box.cast(poll, card(1), ballot(1))
    box.void(poll, card(2), VoidReason.LEFT_OVER)
    box.close(poll)
    return box


@pytest.fixture
def other_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A store of the other kind, where nothing is yet."""
    if store != "sqlite":
        yield f"sqlite:///{tmp_path}/other/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


def stored(url: str, statement: str = "SELECT cards FROM box_unused") -> list[bytes]:
    """Everything that is kept of them."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///")).with_name("piaojue-box.db")
        with closing(sqlite3.connect(path, isolation_level=None)) as looking:
            return [row[0] for row in looking.execute(statement)]
    with psycopg.connect(url) as there:
        asked = there.execute(statement.encode())
        return [bytes(row[0]) for row in asked] if asked.description else []


def test_a_card_is_counted_once(closed: Box, poll: UUID) -> None:
    assert closed.handed_in(poll) == 0
    assert [closed.hand_in(poll, card(7)) for _ in range(3)] == [True, False, False]
    assert closed.hand_in(poll, card(8))
    assert closed.handed_in(poll) == 2


def test_whichever_card_comes_first_the_same_is_kept(closed: Box, poll: UUID, database_url: str) -> None:
    order = list(IN_HANDS)
    Random(4).shuffle(order)
    for number in order:
        closed.hand_in(poll, card(number))
    expected = b"".join(sorted(ballot_stream(poll, card(number)).bytes for number in IN_HANDS))
    assert stored(database_url) == [expected]


def test_cards_that_were_cast_or_voided_are_not_unused(closed: Box, poll: UUID, database_url: str) -> None:
    with pytest.raises(CardHasBallot):
        closed.hand_in(poll, card(1))
    with pytest.raises(CardIsVoid):
        closed.hand_in(poll, card(2))
    assert stored(database_url) == []


def test_nothing_is_handed_in_before_the_closing(box: Box, poll: UUID) -> None:
    with pytest.raises(BoxStillOpen):
        box.hand_in(poll, card(7))
    with pytest.raises(BoxNotPrepared):
        box.hand_in(uuid4(), card(7))


def test_a_box_from_before_there_was_such_a_table_gets_one(closed: Box, poll: UUID, database_url: str) -> None:
    stored(database_url, "DROP TABLE box_unused")
    assert closed.handed_in(poll) == 0
    with snapshot(database_url) as taken:
        assert [gate.unused for gate, rows in taken.polls() if [*rows]] == [()]
    assert closed.hand_in(poll, card(7))
    assert closed.handed_in(poll) == 1


def test_they_travel_with_the_box(closed: Box, poll: UUID, database_url: str, other_url: str) -> None:
    for number in (9, 7, 8):
        closed.hand_in(poll, card(number))
    with snapshot(database_url) as taken:
        lines = list(box_lines(taken, BoxTally()))
    with filling(other_url) as into:
        fill_box(into, lines)
    with open_box(other_url) as moved:
        assert moved.handed_in(poll) == 3
        assert not moved.hand_in(poll, card(7))
    with snapshot(other_url) as taken:
        assert list(box_lines(taken, BoxTally())) == lines


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_file_in_which_they_are_out_of_order_is_refused(closed: Box, poll: UUID, database_url: str) -> None:
    for number in (7, 8):
        closed.hand_in(poll, card(number))
    with snapshot(database_url) as taken:
        lines = list(box_lines(taken, BoxTally()))
    check_box(lines)
    ((gate, _rows),) = BoxFile(lines).polls()
    first, second = (str(stream).encode() for stream in gate.unused)
    turned = lines[0].replace(first, b"?").replace(second, first).replace(b"?", second)
    with pytest.raises(BrokenFile):
        check_box([turned, *lines[1:]])


@for_all(st.sets(st.uuids()))
def test_what_is_packed_is_read_back_sorted(streams: set[UUID]) -> None:
    packed = box_unused.packed(tuple(streams))
    assert box_unused.unpacked(packed) == tuple(sorted(streams))
    assert box_unused.counted(packed) == len(streams)
