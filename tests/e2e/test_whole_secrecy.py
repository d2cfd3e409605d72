"""A whole sealed poll with known voters, and a search of everything it left behind (ballot.md, "What must hold").

The voters' browsers are signed in as delegates. After every stage what was stored, logged, exported and answered is
searched; at the end leaks are planted in the very same stores and must be found, by each kind of search.
"""

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine

from domain.congress.session import CardDrawUndone, DelegateCheckedIn, PaperIssued
from domain.polls.card import card_id
from domain.polls.poll import LastBallotsCalled, PollClosed, PollOpened
from domain.polls.voiding import VoidingNoted
from interfaces.composition import House
from interfaces.web.app import create_app
from tests.e2e import pieces, searching, whole_day
from tests.e2e.delegates_browsers import signed_in
from tests.e2e.pieces import Piece, rows_of
from tests.e2e.searching import AFTER_DECLARATION, AFTER_DELETION, ALWAYS, Known, Search
from tests.e2e.stores import box_rows, everything, outside_the_box
from tests.e2e.whole_day import LATE, Day
from tests.support.browser import serving
from tests.support.leaks import Heard, Listening
from tests.support.polls import Hall
from tests.support.ports import free_port
from tests.support.stores import Clock
from tests.support.visitors import sign_in, visitor

OF_THE_CLIENT = ("httpx", "httpcore", "asyncio", "hpack")


@pytest.fixture
def logged() -> Iterator[Heard]:
    """Every line that any library logs, at the finest level."""
    kept = Heard()
    listening, root = Listening(kept), logging.getLogger()
    before = root.level
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(listening)


def test_a_whole_poll_ties_nobody_to_marks(
    database_url: str,
    house: House,
    clock: Clock,
    logged: Heard,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    day = whole_day.prepared(house)
    with (
        serving(house, free_port()) as site,
        signed_in(house, site.url, day.hall, whole_day.VOTERS) as voters,
    ):
        whole_day.vote(day, house, database_url, clock, voters)
        known = searching.known_of(day, voters)
        _nothing_but_the_box_changed_by_a_ballot(house, day)
        shown = pieces.on_screens(site.url, day.hall)
        whole_day.close_and_count(day, house, clock)
        known = searching.known_of(day, voters)
        shown += [*pieces.on_screens(site.url, day.hall), *_at_the_table(house, day.hall)]
        whole_day.declare(day.hall, house)
        shown += pieces.on_screens(site.url, day.hall)

    site_again = create_app(house)
    shown += [*pieces.pages(house, site_again, day.hall), *pieces.answers(house, site_again, day.hall)]
    assert sum(piece.where.startswith("answer") for piece in shown) > 150
    spoken = capfd.readouterr()
    shown += [Piece("log spoken", f"{spoken.out}{spoken.err}".encode()), *_lines(logged)]
    declared = [*shown, *_left_at(database_url, tmp_path / "declared")]
    _rows_lie_in_card_order(database_url, day.hall)
    for search in (*ALWAYS, AFTER_DECLARATION):
        assert search.find(known, declared) == set(), search.name

    whole_day.delete_sealed(day, house, clock)
    deleted = _left_at(database_url, tmp_path / "deleted")
    _rows_lie_in_card_order(database_url, day.hall)
    for search in (*ALWAYS, AFTER_DECLARATION, AFTER_DELETION):
        assert search.find(known, deleted) == set(), search.name

    for search in (*ALWAYS, AFTER_DECLARATION, AFTER_DELETION):
        _finds_what_is_planted(search, known, deleted)
    _finds_what_is_stored(database_url, known, day)


def _nothing_but_the_box_changed_by_a_ballot(house: House, day: Day) -> None:
    """No row elsewhere, no event between two check-ins, and no number left out where one could have been."""
    assert day.changed == []
    notices = house.history.select(0, 10_000)
    opened = next(notice.position for notice in notices if isinstance(notice.fact, PollOpened))
    since = [notice for notice in notices if notice.position > opened]
    kinds = [type(notice.fact) for notice in since if not type(notice.fact).__module__.startswith("domain.accounts")]
    exchanged = {VoidingNoted, CardDrawUndone, PaperIssued}
    assert kinds[: 2 * LATE] == [DelegateCheckedIn, PaperIssued] * LATE
    assert set(kinds[2 * LATE :]) == exchanged
    assert not {PollClosed, LastBallotsCalled} & set(kinds)
    assert [notice.position for notice in since] == list(range(opened + 1, opened + 1 + len(since)))


def _at_the_table(house: House, hall: Hall) -> list[Piece]:
    """What the scrutineers' browser is given to open, and what the table shows before the declaration."""
    chief = sign_in(house, visitor(create_app(house)), hall.chief.account)
    table = f"/scrutineer/jz/polls/{hall.poll}"
    paths = (f"{table}/box/box.json", table, f"{table}/box", f"{table}/papers", f"{table}/report", f"{table}/closed")
    return [Piece(f"answer {path} before", chief.open(path).content) for path in paths]


def _lines(logged: Heard) -> list[Piece]:
    of_the_server = [(where, line) for where, line in logged.pieces if not where.startswith(_client_logs())]
    return [Piece(where, line) for where, line in of_the_server]


def _client_logs() -> tuple[str, ...]:
    return tuple(f"log {name}" for name in OF_THE_CLIENT)


def _left_at(database_url: str, folder: Path) -> list[Piece]:
    folder.mkdir()
    return pieces.everything_of(database_url, folder, [])


def _rows_lie_in_card_order(database_url: str, hall: Hall) -> None:
    """And all of them were written by one command of one transaction."""
    rows = box_rows(database_url, hall.poll)
    assert [stream for stream, _ in rows] == sorted(stream for stream, _ in rows)
    assert len({hidden for _, hidden in rows}) == 1


def _finds_what_is_planted(search: Search, known: Known, honest: list[Piece]) -> None:
    for plant in search.plants(known):
        beside = [piece for piece in honest if piece.where.endswith(f"box_{known.poll.hex}")]
        assert search.find(known, [*beside, plant]), f"{search.name}: {plant}"


def _finds_what_is_stored(database_url: str, known: Known, day: Day) -> None:
    """The way from a store to a search is whole: what is written into table, log of writing or file is found."""
    before = outside_the_box(database_url)
    voter, cast = known.voters[0], day.cast[0]
    leak = (
        f"{voter.account} {'/'.join(voter.tells)} {cast.receipt} {cast.card} {card_id(cast.card)} {','.join(cast.row)}"
    )
    _write(database_url, f"{leak} {day.figures[0]} {cast.ballot}")
    assert outside_the_box(database_url) != before
    stored = [*rows_of(everything(database_url)), *pieces.files_of(database_url)]
    for search in (*ALWAYS, AFTER_DECLARATION, AFTER_DELETION):
        if search.name not in {"people in the box", "order", "sizes"}:
            found = search.find(known, stored)
            assert any("a_leak" in where for where in found), search.name
        if search.name not in {"people in the box", "order", "sizes", "cards", "receipts"}:  # of files as a whole
            assert any(where.startswith("file") for where in found), search.name


def _write(database_url: str, leak: str) -> None:
    if database_url.startswith("sqlite"):
        with closing(create_engine(database_url).raw_connection()) as opened:
            opened.cursor().execute("CREATE TABLE a_leak (told TEXT)")
            opened.cursor().execute("INSERT INTO a_leak VALUES (?)", (leak,))
            opened.commit()
        return
    with psycopg.connect(database_url) as server:
        server.execute("CREATE TABLE a_leak (told TEXT)")
        server.execute("INSERT INTO a_leak VALUES (%s)", (leak,))
