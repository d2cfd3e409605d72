"""Receiving proposals, on both stores."""

from datetime import timedelta
from uuid import uuid4

import pytest

from application.office import Office
from application.proposals.receiving import receive_proposal, receive_proposals
from domain.accounts.permissions import RESIDENT, Actor, Grant, Role
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel, OutsideTheWindow
from domain.proposals.proposal import ProposalForm, tracking_code
from domain.shared import Invalid, Missing, NotFound, NotPermitted
from tests.support.proposals import Calling, calling
from tests.support.stores import actor, by


@pytest.fixture
def place(office: Office) -> Calling:
    return calling(office)


def test_a_resident_without_an_account_brings_one_online_and_nobody_is_recorded(place: Calling) -> None:
    proposal = place.received("加装路灯")
    stands = place.proposal(proposal)
    assert stands.received.code == tracking_code(proposal)
    assert stands.outcome is None
    (recorded,) = place.office.history.recorded_of((proposal,))[proposal]
    assert recorded.by is None


def test_sent_twice_it_is_received_once(place: Calling) -> None:
    asked, proposal = by(RESIDENT, "form 1"), uuid4()
    first = receive_proposal(place.office, asked, proposal, place.fact("加装路灯"))
    assert receive_proposal(place.office, asked, proposal, place.fact("加装路灯")) == first


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.TELEPHONE, Channel.DELEGATE, Channel.COUNCIL])
def test_residents_bring_theirs_online_only(place: Calling, channel: Channel) -> None:
    with pytest.raises(NotPermitted):
        place.received(channel=channel)
    with pytest.raises(NotPermitted):
        place.received(delegate=place.delegates[0].delegate)


def test_the_office_types_in_what_reached_it_in_the_window(place: Calling) -> None:
    on_time = place.office.today() - timedelta(days=10)
    typed = place.received(actor=place.clerk, channel=Channel.PAPER, received_on=on_time, signatories=12)
    assert place.proposal(typed).received.signatories == 12
    with pytest.raises(OutsideTheWindow):
        place.received(actor=place.clerk, channel=Channel.PAPER, received_on=on_time - timedelta(days=10))
    with pytest.raises(Invalid) as refused:
        place.received(actor=place.clerk, channel=Channel.PAPER, received_on=place.office.today() + timedelta(days=1))
    assert refused.value.field == "received_on"
    with pytest.raises(NotPermitted):
        place.received(actor=actor(), channel=Channel.PAPER)


@pytest.mark.parametrize("channel", [Channel.COUNCIL, Channel.RESERVE, Channel.TRANSFER, Channel.UNIT])
def test_rule_17_nobody_goes_round_the_window_by_a_way_that_no_call_offers(place: Calling, channel: Channel) -> None:
    with pytest.raises(NotPermitted):
        place.received(actor=place.clerk, channel=channel)


def test_delegates_and_units_bring_their_own_and_nobody_else_s(place: Calling) -> None:
    mine, other = place.delegates[0].delegate, place.delegates[1].delegate
    place.received(actor=place.delegate(0), channel=Channel.DELEGATE, delegate=mine)
    place.received(actor=place.delegate(0), channel=Channel.VISIT, delegate=mine, house=place.house)
    for channel, of in ((Channel.DELEGATE, other), (Channel.DELEGATE, None), (Channel.WEB, mine)):
        with pytest.raises(NotPermitted):
            place.received(actor=place.delegate(0), channel=channel, delegate=of)
    stranger = Actor(account=uuid4(), name="外来", grants=(Grant(role=Role.DEPARTMENT, congress=place.congress),))
    with pytest.raises(NotPermitted):
        place.received(actor=stranger, channel=Channel.UNIT, form=ProposalForm.UNIT, unit_name="市水务局")


def test_what_a_proposal_names_belongs_to_its_congress(place: Calling) -> None:
    with pytest.raises(NotFound) as house:
        place.received(channel=Channel.HOUSE, house=uuid4())
    assert house.value.kind == "house"
    with pytest.raises(Missing):
        place.received(channel=Channel.HOUSE)
    with pytest.raises(NotFound) as unit:
        place.received(actor=place.clerk, channel=Channel.PAPER, unit=uuid4())
    assert unit.value.kind == "unit"
    with pytest.raises(NotFound) as call:
        place.received(year=place.year + 1)
    assert call.value.kind == "call"
    assert place.proposal(place.received(channel=Channel.HOUSE, house=place.house)).received.house == place.house


def test_an_import_is_received_whole_or_not_at_all(place: Calling) -> None:
    lines = [(uuid4(), place.fact(title, channel=Channel.PAPER)) for title in ("甲", "乙", " ")]
    lines[2] = (lines[2][0], place.fact(channel=Channel.PAPER, signatories=0))
    with pytest.raises(Invalid):
        receive_proposals(place.office, by(place.clerk), lines)
    assert place.office.states_of([line for line, _ in lines], proposals.evolve) == {}
    receive_proposals(place.office, by(place.clerk), lines[:2])
    assert len(place.office.states_of([line for line, _ in lines], proposals.evolve)) == 2
