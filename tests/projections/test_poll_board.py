"""Where polls and card sets stand, as the office's pages read it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, select

from application.history.box import Box, open_box
from application.history.history import History
from application.office import Office
from application.polls import cards, counting, preparing
from domain.polls.card import card_id
from domain.polls.card_set import card_set_stream
from domain.polls.poll import CountSigned, PollStage, SignerRole
from projections import card_shelf, poll_board
from projections.poll_board import BoardPoll
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support import polls
from tests.support.polls import BLUE, GREEN, Hall
from tests.support.stores import Clock, by
from tests.support.voters import cast_all

Look = Callable[[], Connection]


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def look(history: History, reading: Engine) -> Iterator[Look]:
    """A connection that sees everything recorded so far."""
    followers = Followers(history, reading, [poll_board.PROJECTION, card_shelf.PROJECTION])
    opened: list[Connection] = []

    def looking() -> Connection:
        followers.catch_up()
        opened.append(reading.connect())
        return opened[-1]

    yield looking
    for connection in opened:
        connection.close()


@pytest.fixture
def hall(office: Office, box: Box) -> Hall:
    return polls.prepared(office, box)


def board(look: Look, hall: Hall) -> BoardPoll:
    found = poll_board.poll_at(look(), hall.congress, hall.poll)
    assert found is not None
    return found


def sign(hall: Hall, place: int) -> None:
    """The delegate's name under the current count, without the password."""
    count = hall.state.counted
    assert count is not None
    entry = hall.delegates[place]
    fact = CountSigned(
        version=count.version,
        role=SignerRole.SCRUTINEER if place else SignerRole.CHIEF,
        delegate=entry.delegate,
        name=entry.name,
        count_hash=count.count_hash,
    )
    hall.office.change(by(), hall.poll, lambda _, __: 0, lambda _: fact)


def test_a_poll_is_followed_from_its_preparation_to_its_declaration(hall: Hall, look: Look, clock: Clock) -> None:
    prepared = board(look, hall)
    assert (prepared.stage, prepared.items, prepared.sealing) == (PollStage.PREPARED, 6, "unsealed")
    assert (prepared.all_delegates, prepared.attending, prepared.issued, prepared.ballots) == (None, None, None, None)
    hall.release()
    hall.seat(11)
    opened_at = clock.now
    hall.open()
    opened = board(look, hall)
    assert (opened.stage, opened.all_delegates, opened.attending, opened.issued) == (PollStage.OPEN, 12, 11, 11)
    assert (opened.opened_at, opened.last_called_at) == (opened_at, None)
    cast_all(hall, but=1)
    clock.forward(minutes=5)
    hall.last_call()
    called = board(look, hall)
    assert (called.stage, called.last_called_at, called.last_call_seconds) == (PollStage.OPEN, clock.now, 60)
    clock.forward(seconds=60)
    hall.close()
    closed = board(look, hall)
    assert (closed.stage, closed.ballots, closed.closed_at) == (PollStage.CLOSED, 10, clock.now)
    assert closed.root == hall.box.closing(hall.poll).root
    counting.count_poll(hall.office, hall.box, by(hall.clerk), hall.poll)
    for place in range(3):
        sign(hall, place)
    counting.declare_poll(hall.office, by(hall.clerk), hall.poll, notice_number="〔2026〕5号", on=date(2026, 1, 22))
    declared = board(look, hall)
    assert declared.stage is PollStage.DECLARED
    assert (declared.notice_number, declared.declared_on) == ("〔2026〕5号", date(2026, 1, 22))


def test_the_signatures_shown_are_those_under_the_current_count(hall: Hall, look: Look) -> None:
    hall.release()
    hall.seat()
    hall.open()
    hall.close()
    counting.count_poll(hall.office, hall.box, by(hall.clerk), hall.poll)
    for place in (2, 0):
        sign(hall, place)
    shown = poll_board.signatures_of(look(), hall.poll)
    assert [(one.name, one.role) for one in shown] == [
        ("代表3", SignerRole.SCRUTINEER),
        ("代表1", SignerRole.CHIEF),
    ]
    assert {one.count_hash for one in shown} == {board(look, hall).count_hash}
    counting.count_poll(hall.office, hall.box, by(hall.clerk), hall.poll)
    assert poll_board.signatures_of(look(), hall.poll) == []
    assert board(look, hall).count_version == 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_scrutineer_finds_the_polls_they_were_approved_for(hall: Hall, look: Look) -> None:
    chief, other = hall.delegates[0].delegate, hall.delegates[5].delegate
    assert [poll.id for poll in poll_board.polls_of_scrutineer(look(), hall.congress, chief)] == [hall.poll]
    assert poll_board.polls_of_scrutineer(look(), hall.congress, other) == []
    assert poll_board.polls_of_scrutineer(look(), uuid4(), chief) == []
    people = [entry.delegate for entry in hall.delegates[4:7]]
    preparing.approve_scrutineers(hall.office, by(hall.clerk), hall.poll, people[0], people[1:])
    assert poll_board.polls_of_scrutineer(look(), hall.congress, chief) == []
    assert [poll.id for poll in poll_board.polls_of_scrutineer(look(), hall.congress, other)] == [hall.poll]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_polls_of_a_session_stand_newest_first_with_the_reason_of_a_cancellation(hall: Hall, look: Look) -> None:
    hall.print_set(GREEN, 3)
    preparing.cancel_poll(hall.office, by(hall.clerk), hall.poll, "会议改期")
    again = uuid4()
    preparing.prepare_poll(
        hall.office,
        hall.box,
        by(hall.clerk),
        again,
        session=hall.session,
        profile=hall.state.prepared.profile_id,
        card_set=card_set_stream(hall.session, GREEN.number),
        title="再次票决",
        summaries={},
    )
    shown = poll_board.polls_of_session(look(), hall.session)
    assert [(poll.id, poll.stage, poll.reason) for poll in shown] == [
        (again, PollStage.PREPARED, ""),
        (hall.poll, PollStage.CANCELLED, "会议改期"),
    ]
    assert poll_board.poll_at(look(), uuid4(), hall.poll) is None


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_sets_stand_by_number_with_how_far_they_have_come(hall: Hall, look: Look, clock: Clock) -> None:
    clock.forward(hours=1)
    hall.print_set(GREEN, 3)
    first, second = card_shelf.sets_of(look(), hall.session)
    assert (first.number, first.colour, first.word, first.cards) == (1, BLUE.colour, BLUE.word, 14)
    assert (first.poll, first.released, first.is_spare) == (hall.poll, False, False)
    assert (second.poll, second.cards, second.is_spare) == (None, 3, True)
    assert second.printed_at - first.printed_at == timedelta(hours=1)
    hall.release()
    cards.discard_card_set(hall.office, by(hall.clerk), hall.session, GREEN.number, "印坏")
    first, second = card_shelf.sets_of(look(), hall.session)
    assert first.released
    assert (second.discarded, second.is_spare) == ("印坏", False)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_table_holds_a_card(hall: Hall, look: Look) -> None:
    """Not even its hash: pages need numbers of cards only."""
    hall.release()
    hall.seat()
    connection = look()
    tables = (*poll_board.metadata.sorted_tables, *card_shelf.metadata.sorted_tables)
    kept = repr([tuple(row) for table in tables for row in connection.execute(select(table))])
    assert not any(card_id(secret) in kept for secret in hall.secrets)
