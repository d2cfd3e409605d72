"""A residents' council decides and passes on: all in one transaction, or nothing at all."""

from uuid import UUID, uuid4

import pytest

from application.congress import add_delegate, convene_session
from application.council import (
    NewItem,
    NoUpperBody,
    announce_street_list,
    decide_item,
    enter_items,
    pass_on,
    show_hands,
)
from application.office import Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import council as councils
from domain.congress.council import Agenda, Hands, ItemResult, Matter, agenda_stream
from domain.congress.deciding_in_council import ItemNotChosen, ItemSettled, TooFewPresent
from domain.congress.roll import DelegateEntry
from domain.congress.session import session_id
from domain.polls.ready_made import READY_MADE
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel
from domain.proposals.deciding import ProposalSettled
from domain.proposals.proposal import Outcome, Suggestion
from domain.shared import NotFound, NotPermitted
from tests.support import polls
from tests.support.stores import by
from tests.support.street import Street, founded

SAID = Suggestion(title="北巷路灯", content="沿巷加装。")


class Meeting:
    """A meeting of a street's council of three, with a proposal and a matter of its own on the agenda."""

    def __init__(self, office: Office, street: Street) -> None:
        self.office, self.street, self.clerk = office, street, street.clerk
        for number, name in enumerate("兰英芳", 1):
            entry = DelegateEntry(delegate=uuid4(), number=f"{number}", name=f"林{name}", delegation="第一小组")
            add_delegate(office, by(self.clerk), street.congress, entry)
        convene_session(
            office,
            by(self.clerk),
            street.congress,
            number=1,
            title="第一次会议",
            year=street.year,
            starts_on=office.today(),
            ends_on=office.today(),
        )
        self.session = session_id(street.congress, 2, 1)
        rules = READY_MADE["council_majority"]
        self.profile = polls.adopted(office, self.clerk, street.congress, self.session, rules, office.today())
        taken = NewItem(matter=Matter(title="北巷路灯"), proposal=street.sent[0])
        enter_items(office, by(self.clerk), self.session, [taken, NewItem(matter=Matter(title="停车位"))])
        self.lamps, self.parking = (one.id for one in self.agenda.items)

    @property
    def agenda(self) -> Agenda:
        found = self.office.state_of(agenda_stream(self.session), councils.evolve)
        assert found is not None
        return found

    def choose(self, item: UUID, votes: int = 3) -> None:
        hands = Hands(present=votes, votes_for=votes, against=0, abstain=0, not_voting=0, counted_by="林兰")
        show_hands(self.office, by(self.clerk), self.session, item, hands, profile=self.profile)
        decide_item(self.office, by(self.clerk), self.session, item, ItemResult.CHOSEN)


@pytest.fixture
def meeting(office: Office) -> Meeting:
    return Meeting(office, founded(office))


def test_what_is_passed_on_is_received_above_and_transferred_here_in_one_go(meeting: Meeting) -> None:
    office, street = meeting.office, meeting.street
    meeting.choose(meeting.lamps)
    with pytest.raises(ItemNotChosen):
        pass_on(office, by(meeting.clerk), meeting.session, {meeting.lamps: SAID, meeting.parking: SAID})
    assert meeting.agenda.item(meeting.lamps).passed_on is None, "all of them or none"
    pass_on(office, by(meeting.clerk), meeting.session, {meeting.lamps: SAID})
    gone = meeting.agenda.item(meeting.lamps).passed_on
    assert gone is not None
    above = office.state_of(gone.proposal, proposals.evolve)
    assert above is not None
    received = above.received
    assert (received.congress, received.channel, received.origin) == (street.city, Channel.COUNCIL, meeting.lamps)
    assert (received.unit_name, received.code) == ("西街街道居民议事会", gone.code)
    here = office.state_of(street.sent[0], proposals.evolve)
    assert here is not None
    assert here.outcome is Outcome.TRANSFERRED
    with pytest.raises(ItemSettled):
        pass_on(office, by(meeting.clerk), meeting.session, {meeting.lamps: SAID})


def test_a_proposal_that_two_meetings_chose_is_passed_on_once(meeting: Meeting) -> None:
    office, street = meeting.office, meeting.street
    meeting.choose(meeting.lamps)
    pass_on(office, by(meeting.clerk), meeting.session, {meeting.lamps: SAID})
    today, session = office.today(), session_id(street.congress, 2, 2)
    clerk, congress, year = by(meeting.clerk), street.congress, street.year
    convene_session(office, clerk, congress, number=2, title="第二次会议", year=year, starts_on=today, ends_on=today)
    enter_items(office, by(meeting.clerk), session, [NewItem(matter=Matter(title="路灯"), proposal=street.sent[0])])
    agenda = office.state_of(agenda_stream(session), councils.evolve)
    assert agenda is not None
    again = agenda.items[0].id
    hands = Hands(present=3, votes_for=3, against=0, abstain=0, not_voting=0, counted_by="林兰")
    show_hands(office, by(meeting.clerk), session, again, hands, profile=meeting.profile)
    decide_item(office, by(meeting.clerk), session, again, ItemResult.CHOSEN)
    with pytest.raises(ProposalSettled):
        pass_on(office, by(meeting.clerk), session, {again: SAID})


def test_only_items_of_the_agenda_come_onto_the_streets_list(meeting: Meeting) -> None:
    meeting.choose(meeting.lamps)
    with pytest.raises(NotFound):
        announce_street_list(meeting.office, by(meeting.clerk), meeting.session, [meeting.lamps, uuid4()], "居议1号")


def test_two_of_three_are_a_quorum_of_two_thirds_and_one_is_none(meeting: Meeting) -> None:
    with pytest.raises(TooFewPresent):
        meeting.choose(meeting.parking, votes=1)
    meeting.choose(meeting.parking, votes=2)
    assert meeting.agenda.item(meeting.parking).is_chosen


def test_only_the_streets_own_staff_keep_its_agenda(meeting: Meeting) -> None:
    entered = [NewItem(matter=Matter(title="别处的事"))]
    for stranger in (meeting.street.city_clerk, _reader(meeting.street.congress)):
        with pytest.raises(NotPermitted):
            enter_items(meeting.office, by(stranger), meeting.session, entered)
    elsewhere = NewItem(matter=Matter(title="别处的建议"), proposal=uuid4())
    with pytest.raises(NotFound):
        enter_items(meeting.office, by(meeting.clerk), meeting.session, [elsewhere])


def test_a_city_passes_nothing_on_for_nobody_stands_above(meeting: Meeting) -> None:
    office, street = meeting.office, meeting.street
    session = polls.convened(office, street.city_clerk, street.city, office.today())
    enter_items(office, by(street.city_clerk), session, [NewItem(matter=Matter(title="议题"))])
    agenda = office.state_of(agenda_stream(session), councils.evolve)
    assert agenda is not None
    with pytest.raises(NoUpperBody):
        pass_on(office, by(street.city_clerk), session, {agenda.items[0].id: SAID})


def _reader(congress: UUID) -> Actor:
    grants = (Grant(role=Role.UPPER_READER, congress=congress),)
    return Actor(account=uuid4(), name="上级", grants=grants)
