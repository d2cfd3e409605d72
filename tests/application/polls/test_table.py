"""Who may act at a poll's table: roles alone are not enough."""

from collections.abc import Callable

import pytest

from application.history.box import Box
from application.office import Office
from application.polls import counting, preparing, voting
from application.polls.cards import void_card
from domain.accounts.permissions import Role
from domain.polls.ballot import VoidReason
from domain.polls.card import card_id
from domain.polls.declaring import NotThisPollsScrutineer
from domain.polls.poll import PollStage
from domain.shared import NotPermitted
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by, granted

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall_with_a_replaced_scrutineer(office: Office, box: Box) -> Hall:
    """Delegate 5 was approved first and keeps the role; the poll's own scrutineers are others."""
    hall = polls.prepared(office, box)
    for people in (hall.delegates[4:7], hall.delegates[:3]):
        chief, *others = [entry.delegate for entry in people]
        preparing.approve_scrutineers(office, by(hall.clerk), hall.poll, chief, others)
    return hall


def test_a_scrutineer_of_another_poll_does_nothing_at_this_one(hall_with_a_replaced_scrutineer: Hall) -> None:
    hall = hall_with_a_replaced_scrutineer
    stranger = hall.delegate(4)
    with pytest.raises(NotThisPollsScrutineer):
        void_card(hall.office, hall.box, by(stranger), hall.poll, hall.secrets[0], VoidReason.SPOILED)
    assert not hall.box.is_void(hall.poll, card_id(hall.secrets[0]))
    hall.release()
    hall.seat()
    hall.open()
    steps: tuple[Callable[[], int], ...] = (
        lambda: voting.call_last_ballots(hall.office, by(stranger), hall.poll),
        lambda: voting.close_poll(hall.office, hall.box, by(stranger), hall.poll),
        lambda: counting.count_poll(hall.office, hall.box, hall.private, by(stranger), hall.poll),
    )
    for step in steps:
        with pytest.raises(NotThisPollsScrutineer) as refusal:
            step()
        assert refusal.value.name == stranger.name
    assert hall.state.stage is PollStage.OPEN
    assert not hall.state.last_call


def test_the_chief_closes_and_the_other_scrutineers_do_not(open_hall: Hall) -> None:
    one = open_hall.scrutineers[0]
    with pytest.raises(NotThisPollsScrutineer):
        voting.call_last_ballots(open_hall.office, by(one), open_hall.poll)
    voting.call_last_ballots(open_hall.office, by(open_hall.chief), open_hall.poll)
    with pytest.raises(NotThisPollsScrutineer):
        voting.close_poll(open_hall.office, open_hall.box, by(one), open_hall.poll)
    voting.close_poll(open_hall.office, open_hall.box, by(open_hall.chief), open_hall.poll)
    counting.count_poll(open_hall.office, open_hall.box, open_hall.private, by(one), open_hall.poll)
    assert open_hall.state.stage is PollStage.COUNTED


def test_venue_staff_and_the_polls_scrutineers_void_cards(hall: Hall) -> None:
    venue = granted(Role.VENUE, hall.congress)
    for person, card in zip((venue, hall.chief, *hall.scrutineers), hall.secrets, strict=False):
        void_card(hall.office, hall.box, by(person), hall.poll, card, VoidReason.LEFT_OVER)
    assert hall.box.counts(hall.poll).voided == 4


def test_the_office_of_another_congress_does_nothing_here(open_hall: Hall, office: Office) -> None:
    _, clerk = polls.founded(office, "bz")
    with pytest.raises(NotPermitted):
        voting.call_last_ballots(office, by(clerk), open_hall.poll)
    with pytest.raises(NotPermitted):
        counting.count_poll(office, open_hall.box, open_hall.private, by(clerk), open_hall.poll)
