"""Polls on paper alone and with the hall's keypads: opened and closed without a card."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application import check_in as desk
from application.history.box import Box
from application.office import Office
from application.polls import preparing, voting
from application.polls.standing import standing_of
from domain.polls.opening import CardSetNeeded, NothingIssued, VotesByKeypad
from domain.polls.poll import Poll, PollStage, Sealing
from tests.support import polls
from tests.support.polls import NAMES, RULES
from tests.support.stores import by


class Hall:
    """Twelve delegates, of whom ten are there, and a poll without cards."""

    def __init__(self, office: Office, box: Box, *, keypad: bool) -> None:
        self.office, self.box, self.poll = office, box, uuid4()
        congress, self.clerk = polls.founded(office)
        today = office.today()
        self.delegates = [one.delegate for one in polls.roll_of(office, self.clerk, congress, 12)]
        self.session = polls.convened(office, self.clerk, congress, today)
        sent_on = today - timedelta(days=10)
        polls.published(office, self.clerk, congress, self.session, today.year, NAMES, sent_on)
        profile = polls.adopted(office, self.clerk, congress, self.session, RULES, today)
        preparing.prepare_poll(
            office,
            box,
            by(self.clerk),
            self.poll,
            session=self.session,
            profile=profile,
            card_set=None,
            title="票决",
            summaries={},
            sealing=Sealing.UNSEALED,
            keypad=keypad,
        )
        chief, *others = self.delegates[:3]
        preparing.approve_scrutineers(office, by(self.clerk), self.poll, chief, others)
        for delegate in self.delegates[:10]:
            desk.check_in(office, by(self.clerk), self.session, delegate)

    @property
    def state(self) -> Poll:
        return preparing.known_poll(self.office, self.poll)

    def paper(self, delegate: UUID) -> int:
        return desk.issue_paper(self.office, by(self.clerk), self.session, self.poll, delegate)

    def open(self) -> int:
        return voting.open_poll(self.office, self.box, by(self.clerk), self.poll)

    def close(self) -> None:
        voting.call_last_ballots(self.office, by(self.clerk), self.poll)
        voting.close_poll(self.office, self.box, by(self.clerk), self.poll)


def test_a_poll_on_paper_alone_opens_once_somebody_holds_a_paper(office: Office, box: Box) -> None:
    hall = Hall(office, box, keypad=False)
    with pytest.raises(NothingIssued):
        hall.open()
    with pytest.raises(CardSetNeeded):
        desk.draw_card(office, by(hall.clerk), hall.session, hall.poll, hall.delegates[0])
    for delegate in hall.delegates[:9]:
        hall.paper(delegate)
    assert standing_of(office, box, hall.poll, hall.state).obstacles == ()
    hall.open()
    desk.check_in(office, by(hall.clerk), hall.session, hall.delegates[11])
    hall.paper(hall.delegates[11])
    hall.close()
    assert (hall.state.attending, hall.state.issued, hall.state.cards_drawn) == (11, 10, 0)
    assert hall.state.cards_add_up


def test_with_keypads_everybody_who_attends_holds_one(office: Office, box: Box) -> None:
    hall = Hall(office, box, keypad=True)
    with pytest.raises(VotesByKeypad):
        hall.paper(hall.delegates[0])
    with pytest.raises(VotesByKeypad):
        desk.draw_card(office, by(hall.clerk), hall.session, hall.poll, hall.delegates[0])
    assert standing_of(office, box, hall.poll, hall.state).obstacles == ()
    hall.open()
    hall.close()
    assert hall.state.stage is PollStage.CLOSED
    assert (hall.state.attending, hall.state.issued, hall.state.cards_drawn, hall.state.papers_issued) == (10, 10, 0, 0)
    assert hall.state.cards_add_up
