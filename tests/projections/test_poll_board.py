"""Polls, card sets and profiles as lists show them, on both stores."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from application.check_in import exchange_card
from application.history.box import Box, open_box
from application.history.history import History
from application.office import Office
from application.polls.cards import discard_card_set
from application.polls.counting import count_poll
from application.polls.preparing import approve_scrutineers, cancel_poll
from domain.accounts.permissions import Actor
from domain.polls import declaring
from domain.polls import poll as domain
from domain.polls.poll import PollStage, SignerRole
from projections import card_shelf, poll_board, profile_shelf, year_rail
from projections.poll_board import BoardPoll
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.reading.projection import Projection
from tests.support import polls
from tests.support.polls import GREEN, RULES, Hall
from tests.support.stores import by
from tests.support.voters import cast_all

SHELVES: tuple[Projection, ...] = (poll_board.PROJECTION, card_shelf.PROJECTION, profile_shelf.PROJECTION)


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
def hall(office: Office, box: Box) -> Hall:
    return polls.prepared(office, box)


@pytest.fixture
def followers(history: History, reading: Engine) -> Followers:
    return Followers(history, reading, SHELVES)


def sign(hall: Hall, person: Actor) -> None:
    """Signs the current count; the password is the command's business."""
    delegate, counted = person.delegate_in(hall.congress), hall.state.counted
    assert delegate is not None
    assert counted is not None
    signed = declaring.sign_count(hall.state, delegate=delegate, name=person.name, shown_hash=counted.count_hash)

    def decide(_: domain.Poll | None) -> domain.CountSigned:
        return signed

    hall.office.change(by(person), hall.poll, domain.evolve, decide)


def board(connection: Connection, hall: Hall) -> BoardPoll:
    found = poll_board.poll_at(connection, hall.congress, hall.poll)
    assert found is not None
    return found


def test_a_poll_is_followed_through_its_stages(hall: Hall, followers: Followers, reading: Engine) -> None:
    stages = []

    def look() -> BoardPoll:
        followers.catch_up()
        with reading.connect() as connection:
            stages.append(board(connection, hall).stage)
            return board(connection, hall)

    assert look().opened_at is None
    hall.release()
    hall.seat(10)
    hall.open()
    opened = look()
    assert (opened.all_delegates, opened.attending, opened.issued) == (12, 10, 10)
    cast_all(hall, (10, 9, 8, 2, 1, 0), but=1)
    hall.last_call()
    assert look().last_call_seconds == 60
    hall.close()
    closed = look()
    assert closed.ballots == 9
    assert len(closed.root) == 64
    count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    counted = look()
    assert (counted.count_version, counted.void_because) == (1, "")
    assert hall.state.counted is not None
    assert counted.count_hash == hall.state.counted.count_hash
    assert stages == [PollStage.PREPARED, PollStage.OPEN, PollStage.OPEN, PollStage.CLOSED, PollStage.COUNTED]


def test_rule_13_a_card_exchanged_for_a_paper_leaves_the_issued_as_they_were(
    hall: Hall, history: History, reading: Engine
) -> None:
    followers = Followers(history, reading, (poll_board.PROJECTION, year_rail.PROJECTION))
    hall.release()
    hall.seat(10)
    hall.open()
    holder = hall.delegate(0).delegate_in(hall.congress)
    assert holder is not None
    exchange_card(hall.office, hall.box, by(hall.clerk), hall.session, hall.poll, holder, hall.cards[0])
    followers.catch_up()
    with reading.connect() as connection:
        found = board(connection, hall)
        rail = year_rail.rail(connection, hall.congress, found.year)
    assert rail is not None
    assert (found.issued, found.attending) == (rail.issued, rail.attending) == (10, 10)


def test_signatures_are_those_under_the_current_count(hall: Hall, followers: Followers, reading: Engine) -> None:
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall)
    hall.close()
    count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    for person in (hall.scrutineers[0], hall.chief):
        sign(hall, person)
    followers.catch_up()
    with reading.connect() as connection:
        found = poll_board.signatures_of(connection, hall.poll)
    assert [(one.role, one.name) for one in found] == [(SignerRole.SCRUTINEER, "代表2"), (SignerRole.CHIEF, "代表1")]
    count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)
    followers.catch_up()
    with reading.connect() as connection:
        assert poll_board.signatures_of(connection, hall.poll) == []


def test_scrutineers_find_their_polls_until_they_are_replaced(
    hall: Hall, followers: Followers, reading: Engine
) -> None:
    delegates = [entry.delegate for entry in hall.delegates]
    followers.catch_up()
    with reading.connect() as connection:
        theirs = [poll_board.polls_of_scrutineer(connection, hall.congress, one) for one in delegates[:4]]
    assert [[poll.id for poll in found] for found in theirs] == [[hall.poll]] * 3 + [[]]
    approve_scrutineers(hall.office, by(hall.clerk), hall.poll, delegates[3], delegates[4:6])
    followers.catch_up()
    with reading.connect() as connection:
        assert poll_board.polls_of_scrutineer(connection, hall.congress, delegates[0]) == []
        assert len(poll_board.polls_of_scrutineer(connection, hall.congress, delegates[3])) == 1


def test_sets_lie_on_the_shelf_with_what_became_of_them(hall: Hall, followers: Followers, reading: Engine) -> None:
    hall.print_set(GREEN, 20)
    followers.catch_up()
    with reading.connect() as connection:
        first, second = card_shelf.sets_of(connection, hall.session)
    assert (first.number, first.poll, first.released, first.cards) == (1, hall.poll, False, 14)
    assert (second.colour, second.word, second.cards, second.is_spare) == ("绿色", "香樟", 20, True)
    hall.release()
    discard_card_set(hall.office, by(hall.clerk), hall.session, 2, "卡纸")
    cancel_poll(hall.office, by(hall.clerk), hall.poll, "名单有误")
    followers.catch_up()
    with reading.connect() as connection:
        first, second = card_shelf.sets_of(connection, hall.session)
        cancelled = board(connection, hall)
    assert (first.released, first.discarded) == (True, "名单有误")
    assert (second.discarded, second.is_spare) == ("卡纸", False)
    assert (cancelled.stage, cancelled.reason) == (PollStage.CANCELLED, "名单有误")


def test_an_adopted_profile_is_found_for_the_next_poll(hall: Hall, followers: Followers, reading: Engine) -> None:
    followers.catch_up()
    with reading.connect() as connection:
        (adopted,) = profile_shelf.adopted_profiles(connection, hall.congress)
        assert profile_shelf.profiles_of(connection, hall.congress) == [adopted]
    assert (adopted.title, adopted.version, adopted.quota) == (RULES.title, 1, 3)
    assert adopted.session == hall.session
    assert adopted.is_adopted


def test_polls_of_other_congresses_are_not_found(hall: Hall, followers: Followers, reading: Engine) -> None:
    followers.catch_up()
    with reading.connect() as connection:
        assert poll_board.poll_at(connection, hall.session, hall.poll) is None
        assert [poll.id for poll in poll_board.polls_of_session(connection, hall.session)] == [hall.poll]
