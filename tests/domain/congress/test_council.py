"""A residents' council: numbers reconcile, majorities follow the adopted profile, results leave the council once."""

from dataclasses import replace
from datetime import date
from functools import reduce
from uuid import UUID, uuid4

import pytest

from domain.congress import council as councils
from domain.congress import deciding_in_council as deciding
from domain.congress import street_list as lists
from domain.congress.council import (
    Agenda,
    AgendaFact,
    AgendaItemEntered,
    ChosenBy,
    DiscussionCorrected,
    DiscussionNoted,
    Hands,
    HandsShown,
    ItemListed,
    ItemPassedOn,
    ItemResult,
    Matter,
)
from domain.polls.ready_made import READY_MADE
from domain.polls.rules import RuleProfile
from domain.shared import Invalid, Missing, NotFound, Year

DAY = date(2026, 11, 22)
MAJORITY = READY_MADE["council_majority"]
PLURALITY = READY_MADE["council_plurality"]
STREET, SESSION = uuid4(), uuid4()
LAMPS, STAIRS = uuid4(), uuid4()


def entered(item: UUID, title: str, proposal: UUID | None = None) -> AgendaItemEntered:
    return AgendaItemEntered(congress=STREET, session=SESSION, item=item, matter=Matter(title=title), proposal=proposal)


def after(*facts: AgendaFact, agenda: Agenda | None = None) -> Agenda:
    found = reduce(councils.evolve, facts, agenda)
    assert found is not None
    return found


AGENDA = after(entered(LAMPS, "路灯"), entered(STAIRS, "加装扶手"))


def hands(votes_for: int, against: int = 0, abstain: int = 0, not_voting: int = 0, present: int = 0) -> Hands:
    everybody = present or votes_for + against + abstain + not_voting
    return Hands(
        present=everybody,
        votes_for=votes_for,
        against=against,
        abstain=abstain,
        not_voting=not_voting,
        counted_by="第一小组 包玉兰",
    )


def shown(
    agenda: Agenda, raised: Hands, rules: RuleProfile = MAJORITY, item: UUID = LAMPS, reason: str = ""
) -> HandsShown:
    return deciding.show_hands(
        agenda, item, raised, members=30, profile=SESSION, version=1, rules=rules, on=DAY, reason=reason
    )


def decided(agenda: Agenda, result: ItemResult, item: UUID = LAMPS, quota: int | None = None, **more: object) -> Agenda:
    adopted, reason = more.get("adopted"), str(more.get("reason", ""))
    assert adopted is None or isinstance(adopted, bool)
    fact = deciding.decide_item(agenda, item, result, quota=quota, adopted=adopted, on=DAY, reason=reason)
    return after(fact, agenda=agenda)


def test_of_30_members_19_decide_nothing_and_20_do() -> None:
    with pytest.raises(deciding.TooFewPresent) as refused:
        shown(AGENDA, hands(19))
    assert (refused.value.present, refused.value.quorum) == (19, 20)
    assert shown(AGENDA, hands(11, 9)).quorum == 20


def test_over_one_half_of_20_present_is_11_whoever_abstains_or_does_not_vote() -> None:
    assert not after(shown(AGENDA, hands(10, 0, 5, 5)), agenda=AGENDA).item(LAMPS).is_carried
    assert after(shown(AGENDA, hands(11, 9)), agenda=AGENDA).item(LAMPS).is_carried


def test_under_plurality_more_hands_for_than_against_are_needed_and_at_least_one() -> None:
    assert shown(AGENDA, hands(9, 8, 3), PLURALITY).needed == 9
    assert not after(shown(AGENDA, hands(8, 8, 4), PLURALITY), agenda=AGENDA).item(LAMPS).is_carried
    assert not after(shown(AGENDA, hands(0, 0, 20), PLURALITY), agenda=AGENDA).item(LAMPS).is_carried


def test_the_hands_are_everybody_present_or_the_gap_is_named() -> None:
    with pytest.raises(deciding.HandsDoNotAddUp) as refused:
        shown(AGENDA, hands(18, 3, 2, 0, present=25))
    assert (refused.value.total, refused.value.missing) == (23, 2)
    with pytest.raises(deciding.MorePresentThanMembers):
        shown(AGENDA, hands(31))
    with pytest.raises(Invalid):
        shown(AGENDA, hands(26, -1, present=25))
    with pytest.raises(Missing):
        shown(AGENDA, replace(hands(25), counted_by=" "))


def test_hands_are_counted_again_with_a_reason_and_the_first_result_falls() -> None:
    chosen = decided(after(shown(AGENDA, hands(20)), agenda=AGENDA), ItemResult.CHOSEN)
    with pytest.raises(Missing):
        shown(chosen, hands(9, 11))
    again = after(shown(chosen, hands(9, 11), reason="有人举了两次手"), agenda=chosen).item(LAMPS)
    assert (again.is_carried, again.decided) == (False, None)


def test_an_item_is_chosen_with_enough_hands_or_by_its_poll() -> None:
    with pytest.raises(deciding.ItemNotCarried):
        decided(AGENDA, ItemResult.CHOSEN)
    with pytest.raises(deciding.ItemNotCarried):
        decided(AGENDA, ItemResult.NOT_CHOSEN)
    with pytest.raises(deciding.ItemNotCarried):
        decided(after(shown(AGENDA, hands(10, 10)), agenda=AGENDA), ItemResult.CHOSEN)
    by_poll = after(deciding.put_to_poll(AGENDA, LAMPS, uuid4(), "1"), agenda=AGENDA)
    with pytest.raises(deciding.ItemWasVoted):
        shown(by_poll, hands(20))
    assert decided(by_poll, ItemResult.CHOSEN, adopted=True).item(LAMPS).decided == deciding.decide_item(
        by_poll, LAMPS, ItemResult.CHOSEN, quota=None, adopted=True, on=DAY, reason=""
    )
    chosen = decided(by_poll, ItemResult.CHOSEN, adopted=True).item(LAMPS).decided
    assert chosen is not None
    assert chosen.by is ChosenBy.POLL


def test_no_more_items_are_chosen_than_the_quota_allows() -> None:
    both = after(shown(AGENDA, hands(20)), shown(AGENDA, hands(19, 1), item=STAIRS), agenda=AGENDA)
    one = decided(both, ItemResult.CHOSEN, quota=1)
    with pytest.raises(deciding.QuotaReached):
        decided(one, ItemResult.CHOSEN, item=STAIRS, quota=1)
    with pytest.raises(Missing):
        decided(one, ItemResult.NOT_CHOSEN, item=STAIRS, quota=1)
    assert decided(one, ItemResult.DEFERRED, item=STAIRS, quota=1, reason="名额已满，下次会商").item(STAIRS).decided


def test_a_result_leaves_the_council_once() -> None:
    chosen = decided(after(shown(AGENDA, hands(20)), agenda=AGENDA), ItemResult.CHOSEN)
    going = ItemPassedOn(item=LAMPS, congress=uuid4(), proposal=uuid4(), code="")
    with pytest.raises(deciding.ItemNotChosen):
        deciding.pass_on(chosen, replace(going, item=STAIRS))
    gone = after(deciding.pass_on(chosen, going), agenda=chosen)
    for again in (lambda: deciding.pass_on(gone, going), lambda: shown(gone, hands(20), reason="再数")):
        with pytest.raises(deciding.ItemSettled):
            again()
    with pytest.raises(lists.NothingToList):
        listing(gone)


def listing(
    agenda: Agenda, current: lists.StreetList | None = None, notice_number: str = "西街居议〔2026〕1号"
) -> lists.StreetListAnnounced:
    return lists.announce_street_list(
        current,
        congress=STREET,
        year=Year(2027),
        session=SESSION,
        notice_number=notice_number,
        on=DAY,
        chosen=tuple(one for one in agenda.items if one.is_chosen),
    )


def test_the_streets_list_goes_on_with_the_next_number_at_a_later_meeting() -> None:
    chosen = decided(after(shown(AGENDA, hands(20, 4)), agenda=AGENDA), ItemResult.CHOSEN)
    first = listing(chosen)
    assert [(line.number, line.title, line.votes_for, line.present) for line in first.lines] == [(1, "路灯", 20, 24)]
    later = listing(chosen, lists.evolve_street_list(None, first))
    assert later.lines[0].number == 2
    assert after(ItemListed(item=LAMPS, number=1), agenda=chosen).item(LAMPS).is_settled


def test_items_move_and_are_removed_while_nobody_voted_on_them() -> None:
    moved = after(*deciding.move_item(AGENDA, STAIRS, 1), agenda=AGENDA)
    assert [one.id for one in moved.items] == [STAIRS, LAMPS]
    assert deciding.move_item(AGENDA, STAIRS, 9) == ()
    assert after(deciding.remove_item(AGENDA, LAMPS, ""), agenda=AGENDA).items == (AGENDA.item(STAIRS),)
    voted = after(shown(AGENDA, hands(20)), agenda=AGENDA)
    with pytest.raises(deciding.ItemWasVoted):
        deciding.remove_item(voted, LAMPS, "写错了")
    with pytest.raises(deciding.ItemWasVoted):
        deciding.put_item_right(voted, LAMPS, Matter(title="另一件事"))
    with pytest.raises(NotFound):
        AGENDA.item(uuid4())


def test_a_proposal_stands_on_an_agenda_once() -> None:
    proposal = uuid4()
    agenda = after(entered(LAMPS, "路灯", proposal))
    with pytest.raises(deciding.ProposalOnAgenda):
        deciding.enter_item(agenda, entered(STAIRS, "还是路灯", proposal))


def test_a_note_is_corrected_with_a_reason_and_names_no_number_of_a_person() -> None:
    note = DiscussionNoted(item=LAMPS, note=uuid4(), speaker=" 第二小组 成员 ", words="先修北巷。")
    agenda = after(deciding.note_discussion(AGENDA, note), agenda=AGENDA)
    assert agenda.item(LAMPS).notes[0].speaker == "第二小组 成员"
    better = DiscussionCorrected(item=LAMPS, note=note.note, speaker="第二小组", words="先修南巷。", reason="记错了")
    with pytest.raises(Missing):
        deciding.correct_discussion(agenda, replace(better, reason=""))
    assert after(*deciding.correct_discussion(agenda, better), agenda=agenda).item(LAMPS).notes[0].words == "先修南巷。"
    with pytest.raises(Invalid) as refused:
        deciding.note_discussion(AGENDA, replace(note, words="请打 13812345678"))
    assert refused.value.reason == "personal"


def test_reasons_and_notice_numbers_are_short_and_name_no_number_of_a_person() -> None:
    with pytest.raises(Invalid) as refused:
        decided(AGENDA, ItemResult.DEFERRED, reason="等 13812345678 回话")
    assert (refused.value.field, refused.value.reason) == ("reason", "personal")
    with pytest.raises(Invalid) as refused:
        decided(AGENDA, ItemResult.DEFERRED, reason="等" * 201)
    assert (refused.value.field, refused.value.value) == ("reason", "200")
    with pytest.raises(Invalid) as refused:
        shown(AGENDA, replace(hands(25), counted_by="林" * 61))
    assert (refused.value.field, refused.value.value) == ("counted_by", "60")
    with pytest.raises(Invalid) as refused:
        listing(decided(after(shown(AGENDA, hands(20)), agenda=AGENDA), ItemResult.CHOSEN), notice_number="号" * 61)
    assert (refused.value.field, refused.value.value) == ("notice_number", "60")
