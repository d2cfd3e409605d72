"""What the office does with proposals, on both stores: one transaction each, and once however often it is sent."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from application.office import By, Office
from application.proposals import handling
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.congress.congress import UnitAdded
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel
from domain.proposals.deciding import CannotTakeIn, DrawnAlready, HandedOn, NotInReserve, ProposalSettled
from domain.proposals.proposal import DeclineReason, Outcome, Proposal, Suggestion, tracking_code
from domain.shared import Invalid, Missing, NotFound, NotPermitted
from tests.support import polls
from tests.support.proposals import Calling, call, calling
from tests.support.stores import by


@pytest.fixture
def place(office: Office) -> Calling:
    return calling(office)


def test_what_was_merged_moves_along_and_unmerging_reopens(office: Office, place: Calling) -> None:
    first, second, third = place.received(), place.received(), place.received()
    handling.merge(office, by(place.clerk), [first], second, "一件事")
    handling.merge(office, by(place.clerk), [second], third)
    assert place.proposal(third).taken_in == (first, second)
    assert place.proposal(second).taken_in == ()
    assert {place.proposal(one).into for one in (first, second)} == {third}
    with pytest.raises(CannotTakeIn):
        handling.merge(office, by(place.clerk), [third], second)
    handling.reopen(office, by(place.clerk), first, "不是一件事")
    assert place.proposal(first).outcome is None
    assert place.proposal(third).taken_in == (second,)
    with pytest.raises(ProposalSettled):
        handling.decline(office, by(place.clerk), [first, second], DeclineReason.OTHER, "已有安排")
    assert place.proposal(first).outcome is None


def test_a_split_proposal_is_received_anew_for_each_further_matter_and_only_once(
    office: Office, place: Calling
) -> None:
    whole = place.received("加装电梯和修桥", place.clerk, channel=Channel.PAPER)
    parts = (Suggestion(title="加装电梯", content="三单元"), Suggestion(title="修桥", content="北桥"))
    key = By(actor=place.clerk, key="split-1")
    position = handling.split(office, key, whole, parts, "一事一议")
    assert handling.split(office, key, whole, parts, "一事一议") == position
    part = place.proposal(handling.split_part(office, key, 1))
    assert (part.suggestion.title, part.received.split_from, part.received.channel) == ("修桥", whole, Channel.PAPER)
    assert part.received.code == tracking_code(handling.split_part(office, key, 1))
    assert place.proposal(whole).suggestion.title == "加装电梯"


def test_a_transfer_names_the_unit_the_work_order_or_the_congress_that_receives_it_onward(
    office: Office, place: Calling
) -> None:
    to_hotline, to_unit, to_congress = place.received(), place.received(), place.received("修路")
    handling.transfer_to_hotline(office, by(place.clerk), to_hotline, "WO-2026-1", "属于日常维护")
    unit = uuid4()
    added = UnitAdded(unit=unit, name="市住建局", duty_phone="")
    office.change(by(place.clerk), place.congress, congresses.evolve, lambda _: added)
    handling.transfer_to_unit(office, by(place.clerk), to_unit, unit, "属于部门职责")
    with pytest.raises(NotFound):
        handling.transfer_to_unit(office, by(place.clerk), to_congress, uuid4(), "属于部门职责")
    other, clerk_there = polls.founded(office, "qc")
    with pytest.raises(NotFound):
        handling.transfer_to_congress(office, by(place.clerk), to_congress, other, "属于区级")
    call(office, clerk_there, other, place.year)
    key = by(place.clerk)
    handling.transfer_to_congress(office, key, to_congress, other, "属于区级")
    onward = place.proposal(office.new_id(key, "onward"))
    assert (onward.congress, onward.received.channel) == (other, Channel.TRANSFER)
    assert (onward.received.origin, onward.suggestion.title, onward.outcome) == (to_congress, "修路", None)
    assert {place.proposal(one).outcome for one in (to_hotline, to_unit, to_congress)} == {Outcome.TRANSFERRED}
    handling.reopen(office, by(place.clerk), to_hotline, "12345 退回")
    with pytest.raises(HandedOn):  # else the matter would be handled in two congresses
        handling.reopen(office, by(place.clerk), to_congress, "转错了")


def test_the_reserve_is_drawn_from_into_a_later_year_that_has_a_call_and_once(office: Office, place: Calling) -> None:
    kept, still_open = place.received("缓一缓"), place.received()
    handling.reserve(office, by(place.clerk), [kept], "明年条件具备")
    later = place.year + 1
    with pytest.raises(NotFound):
        handling.draw_from_reserve(office, by(place.clerk), [kept], later)
    call(office, place.clerk, place.congress, later)
    with pytest.raises(Invalid):
        handling.draw_from_reserve(office, by(place.clerk), [kept], place.year)
    with pytest.raises(NotInReserve):
        handling.draw_from_reserve(office, by(place.clerk), [kept, still_open], later)
    handling.draw_from_reserve(office, by(place.clerk), [kept], later)
    drawn = place.proposal(handling.drawn_for(kept, later))
    assert (drawn.year, drawn.received.origin, drawn.received.channel) == (later, kept, Channel.RESERVE)
    assert place.proposal(kept).outcome is Outcome.RESERVE
    with pytest.raises(DrawnAlready):
        handling.draw_from_reserve(office, by(place.clerk), [kept], later)
    with pytest.raises(DrawnAlready):
        handling.reopen(office, by(place.clerk), kept, "今年再议")


def test_only_who_may_decide_decides(office: Office, place: Calling) -> None:
    proposal, target = place.received(), place.received()
    reader = Actor(account=uuid4(), name="读者", grants=(Grant(role=Role.UPPER_READER, congress=place.congress),))
    with pytest.raises(NotPermitted):
        handling.merge(office, by(reader), [proposal], target)
    with pytest.raises(NotPermitted):
        handling.decline(office, by(reader), [proposal], DeclineReason.OTHER, "不")
    with pytest.raises(NotPermitted):
        handling.show(office, by(reader), proposal, "题", "文")
    with pytest.raises(NotPermitted):
        handling.reopen(office, by(reader), proposal, "再议")
    with pytest.raises(Missing):
        handling.decline(office, by(place.clerk), [], DeclineReason.OTHER, "不")
    government = Actor(account=uuid4(), name="府办", grants=(Grant(role=Role.GOVERNMENT, congress=place.congress),))
    handling.decline(office, by(government), [proposal], DeclineReason.OUTSIDE_POWERS, "属于上级事权")
    assert place.proposal(proposal).outcome is Outcome.DECLINED


def test_a_correction_that_changes_nothing_records_nothing(office: Office, place: Calling) -> None:
    proposal = place.received("路灯")
    said = place.proposal(proposal).suggestion
    before = office.history.last_position()
    handling.put_right(office, by(place.clerk), proposal, said, "")
    assert office.history.last_position() == before
    handling.put_right(office, by(place.clerk), proposal, replace(said, category="照明"), "分类")
    assert known(office, proposal).suggestion.category == "照明"


def known(office: Office, proposal: UUID) -> Proposal:
    state = office.state_of(proposal, proposals.evolve)
    assert state is not None
    return state
