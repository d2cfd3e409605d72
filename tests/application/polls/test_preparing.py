"""Preparing a poll: what it takes, who may, and what is refused."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from application.congress import correct_delegate
from application.history.box import Box, NotSecret
from application.history.box_store import SecrecyFault
from application.office import Office
from application.polls import preparing
from application.profiles import draft_profile
from application.projects import withdraw_list
from domain.accounts import account as accounts
from domain.accounts.permissions import Act, Role
from domain.polls.card_set import SetAlreadyBound, SetDiscarded, SetName, card_set_stream
from domain.polls.card_set import evolve as evolve_set
from domain.polls.opening import CardSetNeeded, MayNotBeScrutineer
from domain.polls.poll import PollInWrongStage, PollStage
from domain.polls.preparing import NoSurplus, SealingRequired
from domain.polls.profile import ProfileNotAdopted
from domain.projects.candidate_list import ListAtVote, ListNotPublished
from domain.shared import Missing, NotFound, NotPermitted
from tests.support import polls
from tests.support.polls import GREEN, RULES, UNIT, Hall
from tests.support.stores import by, granted

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def prepare(hall: Hall, poll: UUID | None = None, **other: object) -> UUID:
    """Prepares one more poll; `other` replaces what it would take."""
    poll = poll or uuid4()
    taken = {
        "session": hall.session,
        "profile": hall.state.prepared.profile_id,
        "card_set": card_set_stream(hall.session, GREEN.number),
        "title": "再次票决",
        "summaries": {},
    }
    preparing.prepare_poll(hall.office, hall.box, by(hall.clerk), poll, **{**taken, **other})  # type: ignore[arg-type]  # as above
    return poll


@pytest.fixture
def released(hall: Hall) -> Hall:
    """The list is free again: its poll was cancelled; a spare set is there."""
    hall.print_set(GREEN, 5)
    preparing.cancel_poll(hall.office, by(hall.clerk), hall.poll, "改期")
    return hall


def test_a_poll_takes_items_rules_and_numbers_from_the_record(hall: Hall) -> None:
    prepared = hall.state.prepared
    assert [item.id for item in prepared.items] == ["1", "2", "3", "4", "5", "6"]
    assert [item.project for item in prepared.items] == hall.projects
    assert {item.lead_unit for item in prepared.items} == {UNIT}
    assert prepared.profile == RULES
    assert prepared.year == 2026


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STAFF])
def test_only_the_office_prepares_a_poll(hall: Hall, role: Role) -> None:
    somebody = granted(role, hall.congress)
    with pytest.raises(NotPermitted) as refusal:
        preparing.approve_scrutineers(hall.office, by(somebody), hall.poll, uuid4(), [])
    assert refusal.value.act == Act.PREPARE_POLL
    with pytest.raises(NotPermitted):
        preparing.cancel_poll(hall.office, by(somebody), hall.poll, "改期")


def test_a_list_goes_to_one_vote_at_a_time(hall: Hall) -> None:
    hall.print_set(GREEN, 5)
    with pytest.raises(ListAtVote):
        prepare(hall)


def test_a_cancelled_poll_sets_its_list_free_and_its_cards_out_of_use(released: Hall) -> None:
    assert released.state.stage is PollStage.CANCELLED
    card_set = released.office.state_of(card_set_stream(released.session, 1), evolve_set)
    assert card_set is not None
    assert card_set.discarded
    again = prepare(released)
    assert preparing.known_poll(released.office, again).prepared.title == "再次票决"


def test_a_poll_needs_a_published_list_of_its_own_session(released: Hall) -> None:
    withdraw_list(released.office, by(released.clerk), released.congress, 2026, "更正第二项")
    with pytest.raises(ListNotPublished):
        prepare(released)


def test_a_poll_needs_a_set_of_its_session_that_no_other_poll_uses(released: Hall) -> None:
    for unknown in (uuid4(), card_set_stream(released.session, 9)):
        with pytest.raises(CardSetNeeded):
            prepare(released, card_set=unknown)
    with pytest.raises(SetDiscarded):
        prepare(released, card_set=card_set_stream(released.session, 1))


def test_a_set_serves_one_poll(released: Hall) -> None:
    first = prepare(released)
    released.print_set(SetName(colour="紫色", word="玉兰", number=3), 5)
    preparing.cancel_poll(released.office, by(released.clerk), first, "改期")
    with pytest.raises((SetAlreadyBound, SetDiscarded)):
        prepare(released)


def test_a_poll_needs_adopted_rules(released: Hall) -> None:
    draft = uuid4()
    draft_profile(released.office, by(released.clerk), released.congress, draft, RULES)
    with pytest.raises(ProfileNotAdopted):
        prepare(released, profile=draft)


def test_rules_of_another_congress_are_not_found(released: Hall) -> None:
    office = released.office
    elsewhere, clerk = polls.founded(office, "bz")
    session = polls.convened(office, clerk, elsewhere, office.today())
    theirs = polls.adopted(office, clerk, elsewhere, session, RULES, office.today())
    with pytest.raises(NotFound):
        prepare(released, profile=theirs)


def test_a_poll_needs_a_title_and_a_session(released: Hall) -> None:
    with pytest.raises(Missing):
        prepare(released, title="  ")
    with pytest.raises(NotFound):
        prepare(released, session=uuid4())


def test_rule_10_an_equal_election_needs_the_presidiums_waiver(office: Office, box: Box) -> None:
    """Six candidates for six places."""
    equal = replace(RULES, quota=6, allow_equal=True)
    with pytest.raises(NoSurplus) as refusal:
        polls.prepared(office, box, rules=equal)
    assert (refusal.value.candidates, refusal.value.quota) == (6, 6)


def test_rules_that_ask_for_sealing_open_no_unsealed_poll(office: Office, box: Box) -> None:
    with pytest.raises(SealingRequired):
        polls.prepared(office, box, rules=replace(RULES, unsealed_allowed=False))


def test_a_database_that_logs_when_ballots_come_prepares_and_opens_nothing(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = SecrecyFault(setting="track_commit_timestamp", value="on", wanted="off", blocks=True)
    monkeypatch.setattr(hall.box, "secrecy_faults", lambda: (fault,))
    with pytest.raises(NotSecret) as refusal:
        hall.open()
    assert refusal.value.settings == ("track_commit_timestamp",)
    with pytest.raises(NotSecret):
        prepare(hall)


def test_approved_scrutineers_get_into_their_area(hall: Hall) -> None:
    for person in (hall.chief, *hall.scrutineers):
        assert person.may(Act.SIGN_COUNT, hall.congress)
        assert person.may(Act.RELEASE_CARDS, hall.congress)
    outsider = hall.delegate(5)
    assert not outsider.may(Act.SIGN_COUNT, hall.congress)


def test_a_delegate_without_an_account_gets_one(hall: Hall) -> None:
    account = accounts.account_of_delegate(hall.delegates[6].delegate)
    assert hall.office.state_of(account, accounts.evolve) is None
    people = [entry.delegate for entry in hall.delegates[4:7]]
    preparing.approve_scrutineers(hall.office, by(hall.clerk), hall.poll, people[0], people[1:])
    assert hall.office.state_of(account, accounts.evolve) is not None


def test_rule_14_who_works_in_a_responsible_unit_is_no_scrutineer(hall: Hall) -> None:
    involved = replace(hall.delegates[3], unit=UNIT)
    correct_delegate(hall.office, by(hall.clerk), hall.congress, involved)
    others = [entry.delegate for entry in hall.delegates[1:3]]
    with pytest.raises(MayNotBeScrutineer) as refusal:
        preparing.approve_scrutineers(hall.office, by(hall.clerk), hall.poll, involved.delegate, others)
    assert (refusal.value.name, refusal.value.unit) == (involved.name, UNIT)


def test_rule_14_a_scrutineer_is_on_the_roll(hall: Hall) -> None:
    others = [entry.delegate for entry in hall.delegates[1:3]]
    with pytest.raises(NotFound):
        preparing.approve_scrutineers(hall.office, by(hall.clerk), hall.poll, uuid4(), others)


def test_an_open_poll_is_not_cancelled(open_hall: Hall) -> None:
    with pytest.raises(PollInWrongStage):
        preparing.cancel_poll(open_hall.office, by(open_hall.clerk), open_hall.poll, "改期")
