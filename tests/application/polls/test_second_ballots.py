"""Second ballots, decisions on open places, void polls and their repetition (rules 2, 7 to 10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from application.history.box import Box, Closing
from application.office import Office
from application.polls import preparing, second_ballots
from domain.accounts.permissions import Act, Role
from domain.asks import ask as asks
from domain.asks.ask import AskKind, ask_id
from domain.polls import second_ballots as judging
from domain.polls.card_set import card_set_stream
from domain.polls.count import read_count
from domain.polls.opening import CardSetNeeded
from domain.polls.places import Again, DecidedBy
from domain.polls.poll import Poll, PollInWrongStage, PollStage, Sealing
from domain.polls.preparing import NoSurplus, SealingRequired, prepare_vote
from domain.polls.rules import Form, MaxFor, PassBase, Shortfall, TieAtCut
from domain.polls.second_ballots import (
    AlreadyHeldAgain,
    ByVoteAlone,
    MoreThanPlaces,
    NotAmongTheOpen,
    NothingLeftOpen,
    PlacesAlreadyDecided,
)
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.projects.candidate_list import ListHasChanged, list_stream
from domain.projects.candidate_list import evolve as evolve_list
from domain.projects.project import ProjectAdopted, ProjectNotAdopted, Stage
from domain.shared import Invalid, Missing, NotPermitted
from tests.support import polls
from tests.support.outcomes import ON, PURPLE, count, declare, open_again, repeated, second_ballot, vote
from tests.support.polls import GREEN, RULES, Hall
from tests.support.stores import by, granted
from tests.support.voters import cast, row

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
TIE = {"1": 12, "2": 10, "3": 9, "4": 9, "5": 3}
"""Two adopted, 3 and 4 equal at the third place, 5 and 6 without a majority."""
SHORT = {"1": 12, "2": 10, "3": 6, "4": 5, "5": 5, "6": 1}
"""Seven are needed: two pass, one place stays open."""


def declared(office: Office, box: Box, votes: dict[str, int], **rules: object) -> Hall:
    hall = polls.open_hall(office, box, rules=replace(RULES, **rules))  # type: ignore[arg-type]  # the names are those of RuleProfile
    vote(hall, votes)
    declare(hall)
    return hall


def stages(hall: Hall) -> list[str]:
    found = hall.office.states_of(hall.projects, projects.evolve)
    return [found[project].stage.value for project in hall.projects]


def on_the_list(hall: Hall) -> list[tuple[int, UUID]]:
    stream = voted_lists.voted_list_stream(hall.congress, 2026)
    found = hall.office.state_of(stream, voted_lists.evolve)
    return [(line.number, line.project) for line in found.projects] if found else []


def last_fact(hall: Hall, place: int) -> object:
    project = hall.projects[place]
    return hall.office.history.facts_of([project])[project][-1]


def decide(hall: Hall, *chosen: int, number: str = "〔2026〕3号", on: date = ON) -> None:
    adopted = tuple(hall.projects[place] for place in chosen)
    second_ballots.decide_places(hall.office, by(hall.clerk), hall.poll, number=number, on=on, adopted=adopted)


def parent_of(hall: Hall) -> Poll:
    parent = hall.state.prepared.parent
    assert parent is not None
    return preparing.known_poll(hall.office, parent)


def test_rule_8_a_tie_at_the_cut_goes_to_a_second_ballot_of_the_tied_items(office: Office, box: Box) -> None:
    first = declared(office, box, TIE)
    again = second_ballot(first)
    prepared = again.state.prepared
    assert [item.id for item in prepared.items] == ["3", "4"]
    assert (prepared.profile.quota, prepared.again, prepared.parent) == (1, Again.TIE, first.poll)
    assert (prepared.profile.min_surplus_rate, prepared.profile.tie_at_cut) == (Decimal(0), TieAtCut.PRESIDIUM_DECIDES)
    assert again.state.chief == first.state.chief
    open_again(again)
    vote(again, {"3": 5, "4": 7})
    declare(again, "〔2026〕6号")
    assert stages(first) == ["adopted", "adopted", "not_adopted", "adopted", "not_adopted", "not_adopted"]
    assert on_the_list(first) == [(1, first.projects[0]), (2, first.projects[1]), (3, first.projects[3])]


def test_who_came_in_by_a_second_ballot_has_both_votes_in_the_record(office: Office, box: Box) -> None:
    first = declared(office, box, TIE)
    again = open_again(second_ballot(first))
    vote(again, {"3": 5, "4": 7})
    declare(again, "〔2026〕6号")
    adopted, over = last_fact(first, 3), last_fact(first, 2)
    assert isinstance(adopted, ProjectAdopted)
    assert (adopted.number, adopted.notice_number, adopted.vote.votes_for) == (3, "〔2026〕6号", 7)
    assert adopted.vote.first is not None
    assert (adopted.vote.first.votes_for, adopted.vote.first.again, adopted.vote.first.candidates) == (9, "tie", 6)
    assert isinstance(over, ProjectNotAdopted)
    assert (over.vote.poll, over.vote.votes_for) == (again.poll, 5)


def test_asks_go_out_for_who_came_in_later_and_ask_two_only_once(office: Office, box: Box) -> None:
    first = declared(office, box, TIE)
    again = open_again(second_ballot(first))
    vote(again, {"4": 8})
    declare(again, "〔2026〕6号")
    for place, project in enumerate(first.projects):
        ask = office.state_of(ask_id(first.congress, 2026, AskKind.PROGRESS, project), asks.evolve)
        assert (ask is not None) == (place in (0, 1, 3))
    result = ask_id(first.congress, 2026, AskKind.RESULT)
    assert len(office.history.facts_of([result])[result]) == 1


@ONE_STORE
def test_the_numbers_of_a_second_ballot_are_those_of_its_own_moment(office: Office, box: Box) -> None:
    """Twelve attended the first ballot, nine hold cards for the second: nine attend of twelve."""
    first = declared(office, box, TIE)
    again = second_ballot(first)
    again.release()
    for place in range(9):
        again.draw(place)
    again.account_for_cards(9)
    again.open()
    vote(again, {"3": 8})
    declare(again, "〔2026〕6号")
    opened = again.state.opened
    assert opened is not None
    assert (opened.all_delegates, opened.attending, opened.issued) == (12, 12, 9)


@ONE_STORE
def test_still_tied_the_presidium_decides_with_number_and_date(office: Office, box: Box) -> None:
    first = declared(office, box, TIE)
    again = open_again(second_ballot(first))
    vote(again, {"3": 8, "4": 8})
    declare(again, "〔2026〕6号")
    outcome = read_count(again.state.counted.count)["outcome"] if again.state.counted else {}
    assert outcome["decision"] == {"by": "presidium", "items": ["3", "4"], "places": 1}
    assert stages(first)[2:4] == ["listed", "listed"]
    decide(again, 2)
    places = again.state.places
    assert places is not None
    assert (places.by, places.number, places.on) == (DecidedBy.PRESIDIUM, "〔2026〕3号", ON)
    assert stages(first) == ["adopted"] * 3 + ["not_adopted"] * 3
    adopted = last_fact(first, 2)
    assert isinstance(adopted, ProjectAdopted)
    assert (adopted.number, adopted.notice_number, adopted.decided_by) == (3, "〔2026〕3号", "presidium")
    over = last_fact(first, 3)
    assert isinstance(over, ProjectNotAdopted)
    assert (over.decided_by, over.notice_number, over.vote.passed) == ("presidium", "〔2026〕3号", True)


@ONE_STORE
def test_rule_9_a_shortfall_goes_to_a_second_ballot_with_surplus(office: Office, box: Box) -> None:
    """One place: the best failed item and one more, and 5, which is equal with it."""
    first = declared(office, box, SHORT, shortfall=Shortfall.SECOND_BALLOT)
    assert stages(first) == ["adopted"] * 2 + ["listed"] * 3 + ["not_adopted"]
    again = open_again(second_ballot(first))
    prepared = again.state.prepared
    assert [item.id for item in prepared.items] == ["3", "4", "5"]
    assert (prepared.again, prepared.profile.quota) == (Again.SHORTFALL, 1)
    assert prepared.profile.min_surplus_rate == RULES.min_surplus_rate
    vote(again, {"3": 6, "4": 7, "5": 8})
    declare(again, "〔2026〕6号")
    assert stages(first) == ["adopted", "adopted", "not_adopted", "not_adopted", "adopted", "not_adopted"]


@ONE_STORE
def test_rule_10_a_second_ballot_without_surplus_needs_the_presidiums_waiver(office: Office, box: Box) -> None:
    """An equal election: of six items for six places four pass, two are left for two places."""
    equal = replace(RULES, quota=6, allow_equal=True, shortfall=Shortfall.SECOND_BALLOT)
    hall = polls.prepared(office, box, rules=equal, waiver="主席团第二次会议决定")
    hall.release()
    hall.seat()
    hall.open()
    vote(hall, {"1": 12, "2": 10, "3": 9, "4": 8, "5": 3, "6": 1})
    declare(hall)
    with pytest.raises(NoSurplus) as refusal:
        second_ballot(hall)
    assert (refusal.value.candidates, refusal.value.quota) == (2, 2)
    again = open_again(second_ballot(hall, PURPLE, waiver="主席团第三次会议决定"))
    vote(again, {"5": 7, "6": 2})
    declare(again, "〔2026〕6号")
    outcome = read_count(again.state.counted.count)["outcome"] if again.state.counted else {}
    assert outcome["warnings"] == ["equal_election"]
    assert stages(hall) == ["adopted"] * 5 + ["listed"]
    decide(again)
    assert stages(hall) == ["adopted"] * 5 + ["not_adopted"]


@ONE_STORE
def test_rule_9_the_standing_committee_fills_open_places(office: Office, box: Box) -> None:
    hall = declared(office, box, SHORT, shortfall=Shortfall.STANDING_COMMITTEE)
    assert stages(hall) == ["adopted"] * 2 + ["listed"] * 4
    decide(hall, 3)
    assert stages(hall) == ["adopted", "adopted", "not_adopted", "adopted", "not_adopted", "not_adopted"]
    stream = voted_lists.voted_list_stream(hall.congress, 2026)
    supplemented = office.history.facts_of([stream])[stream][-1]
    assert isinstance(supplemented, voted_lists.VotedListSupplemented)
    assert (supplemented.decided_by, supplemented.notice_number) == ("standing_committee", "〔2026〕3号")
    assert [line.number for line in supplemented.projects] == [3]


@ONE_STORE
def test_a_body_may_leave_the_places_empty(office: Office, box: Box) -> None:
    hall = declared(office, box, SHORT, shortfall=Shortfall.STANDING_COMMITTEE)
    decide(hall)
    assert stages(hall) == ["adopted"] * 2 + ["not_adopted"] * 4
    assert len(on_the_list(hall)) == 2


@ONE_STORE
def test_a_decision_is_about_the_open_items_and_places_alone(office: Office, box: Box) -> None:
    hall = declared(office, box, TIE, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES)
    with pytest.raises(NotAmongTheOpen):
        decide(hall, 4)
    with pytest.raises(MoreThanPlaces) as refusal:
        decide(hall, 2, 3)
    assert (refusal.value.named, refusal.value.places) == (2, 1)
    with pytest.raises(Missing):
        decide(hall, 2, number="  ")
    with pytest.raises(Invalid) as early:
        decide(hall, 2, on=date(2026, 1, 21))
    assert early.value.field == "on"
    decide(hall, 2)
    with pytest.raises(PlacesAlreadyDecided):
        decide(hall, 3)


@ONE_STORE
def test_places_of_a_second_ballot_are_not_given_by_a_body(office: Office, box: Box) -> None:
    hall = declared(office, box, TIE)
    with pytest.raises(ByVoteAlone):
        decide(hall, 2)
    again = second_ballot(hall)
    with pytest.raises(AlreadyHeldAgain):
        decide(hall)
    preparing.cancel_poll(office, by(hall.clerk), again.poll, "不再举行")
    decide(hall)
    assert stages(hall) == ["adopted"] * 2 + ["not_adopted"] * 4


@ONE_STORE
def test_a_poll_that_left_nothing_open_has_no_second_ballot_and_no_decision(office: Office, box: Box) -> None:
    hall = declared(office, box, {"1": 12, "2": 10, "3": 9, "4": 8})
    with pytest.raises(NothingLeftOpen):
        second_ballot(hall)
    with pytest.raises(NothingLeftOpen):
        decide(hall)


@ONE_STORE
def test_one_second_ballot_at_a_time(office: Office, box: Box) -> None:
    hall = declared(office, box, TIE)
    second_ballot(hall)
    with pytest.raises(AlreadyHeldAgain):
        second_ballot(hall, PURPLE)


@ONE_STORE
def test_a_second_ballot_is_held_after_the_declaration(office: Office, box: Box) -> None:
    hall = polls.open_hall(office, box)
    vote(hall, TIE)
    count(hall)
    with pytest.raises(PollInWrongStage):
        second_ballot(hall)


@ONE_STORE
def test_a_second_ballot_needs_a_spare_set_and_sealing_like_any_poll(office: Office, box: Box) -> None:
    hall = declared(office, box, TIE)
    used = card_set_stream(hall.session, 9)
    with pytest.raises(CardSetNeeded):
        second_ballots.prepare_second_ballot(
            office, box, by(hall.clerk), uuid4(), parent=hall.poll, title="再次票决", card_set=used
        )
    hall.print_set(GREEN, 5)
    rules = replace(hall.state.prepared.profile, unsealed_allowed=False)
    strict = replace(hall.state, prepared=replace(hall.state.prepared, profile=rules))
    spare = card_set_stream(hall.session, GREEN.number)
    again = judging.second_ballot(
        hall.poll, strict, title="再次票决", card_set=spare, sealing=Sealing.UNSEALED, paper_colour=""
    )
    with pytest.raises(SealingRequired):
        prepare_vote(again)


@ONE_STORE
def test_a_cancelled_second_ballot_leaves_the_places_open_for_another(office: Office, box: Box) -> None:
    hall = declared(office, box, TIE)
    gone = second_ballot(hall)
    preparing.cancel_poll(office, by(hall.clerk), gone.poll, "票卡印刷有误")
    assert parent_of(gone).again_in is None
    again = open_again(second_ballot(hall, PURPLE))
    vote(again, {"3": 8})
    declare(again, "〔2026〕6号")
    assert stages(hall)[2:4] == ["adopted", "not_adopted"]


def stuffed(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """More ballots lie in the box than cards were issued."""
    closing = Closing(ballots=13, root="00" * 32)
    with monkeypatch.context() as patch:
        for name in ("close", "closing"):
            patch.setattr(hall.box, name, lambda _: closing)
        hall.close()
        count(hall)


@ONE_STORE
def test_rule_2_a_void_poll_is_repeated_on_the_same_list_with_a_spare_set(
    office: Office, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = polls.open_hall(office, box)
    stuffed(hall, monkeypatch)
    preparing.cancel_poll(office, by(hall.clerk), hall.poll, "收回多于发出")
    assert stages(hall) == ["listed"] * 6
    again = repeated(hall)
    prepared = again.state.prepared
    assert (prepared.parent, prepared.again, prepared.items) == (hall.poll, Again.REPEAT, hall.state.prepared.items)
    listed = office.state_of(list_stream(hall.congress, 2026), evolve_list)
    assert listed is not None
    assert listed.poll == again.poll
    open_again(again)
    vote(again, {"1": 12, "2": 10, "3": 9, "4": 8})
    declare(again)
    assert stages(hall) == ["adopted"] * 3 + ["not_adopted"] * 3
    assert [number for number, _ in on_the_list(hall)] == [1, 2, 3]


@ONE_STORE
def test_a_void_second_ballot_is_repeated_for_the_same_places(
    office: Office, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = declared(office, box, TIE)
    void = open_again(second_ballot(first))
    stuffed(void, monkeypatch)
    preparing.cancel_poll(office, by(first.clerk), void.poll, "收回多于发出")
    assert stages(first)[2:4] == ["listed", "listed"]
    again = open_again(repeated(void, PURPLE))
    assert preparing.known_poll(office, first.poll).again_in == again.poll
    vote(again, {"3": 9})
    declare(again, "〔2026〕6号")
    assert stages(first) == ["adopted"] * 3 + ["not_adopted"] * 3
    adopted = last_fact(first, 2)
    assert isinstance(adopted, ProjectAdopted)
    assert adopted.vote.first is not None
    assert adopted.vote.first.poll == first.poll


@ONE_STORE
def test_a_poll_that_was_never_opened_is_prepared_afresh_not_repeated(office: Office, box: Box) -> None:
    hall = polls.prepared(office, box)
    preparing.cancel_poll(office, by(hall.clerk), hall.poll, "改期")
    with pytest.raises(NothingLeftOpen):
        repeated(hall)


@ONE_STORE
def test_a_list_that_was_changed_meanwhile_is_not_voted_on_as_it_was(
    office: Office, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    from application.projects import publish_list, withdraw_list  # noqa: PLC0415 -- for this test alone

    hall = polls.open_hall(office, box)
    stuffed(hall, monkeypatch)
    preparing.cancel_poll(office, by(hall.clerk), hall.poll, "收回多于发出")
    withdraw_list(office, by(hall.clerk), hall.congress, 2026, "撤下第六项")
    chosen = [(project, number) for number, project in enumerate(hall.projects[:5], 1)]
    publish_list(office, by(hall.clerk), hall.congress, 2026, hall.session, chosen, "主席团决定", ON)
    with pytest.raises(ListHasChanged):
        repeated(hall)


@ONE_STORE
def test_a_choose_ballot_has_its_second_ballot_too(office: Office, box: Box) -> None:
    """Rule 3: with one place, two ticks would be void."""
    choosing = {"form": Form.CHOOSE, "max_for": MaxFor.QUOTA, "pass_base": PassBase.NONE}
    hall = polls.open_hall(office, box, rules=replace(RULES, **choosing))  # type: ignore[arg-type]  # as above
    for place, card in enumerate(hall.cards[:8]):
        cast(hall, card, row(hall, 1, 2, 3 if place % 2 else 4), place)
    declare(hall)
    again = second_ballot(hall)
    assert again.form.most_for == 1
    open_again(again)
    vote(again, {"3": 7})
    declare(again, "〔2026〕6号")
    assert stages(hall)[:4] == ["adopted", "adopted", "adopted", "not_adopted"]


@ONE_STORE
@pytest.mark.parametrize("role", [Role.VENUE, Role.DELEGATE, Role.AUDITOR, Role.SCRUTINEER])
def test_what_follows_a_vote_is_the_offices_act(office: Office, box: Box, role: Role) -> None:
    hall = declared(office, box, TIE, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES)
    somebody = granted(role, hall.congress)
    with pytest.raises(NotPermitted) as refusal:
        second_ballots.decide_places(office, by(somebody), hall.poll, number="3", on=ON, adopted=())
    assert refusal.value.act == Act.DECIDE_PLACES
    with pytest.raises(NotPermitted):
        second_ballots.prepare_second_ballot(
            office, box, by(somebody), hall.session, parent=hall.poll, title="再次", card_set=None
        )


@ONE_STORE
def test_what_follows_is_recorded_once_however_often_it_is_sent(office: Office, box: Box) -> None:
    hall = declared(office, box, TIE, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES)
    asked = by(hall.clerk)
    positions = {
        second_ballots.decide_places(office, asked, hall.poll, number="〔2026〕3号", on=ON, adopted=(hall.projects[2],))
        for _ in range(2)
    }
    assert len(positions) == 1
    assert hall.state.stage is PollStage.DECLARED
    assert stages(hall).count(Stage.ADOPTED) == 3
