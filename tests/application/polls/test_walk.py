"""From the roll to the declaration, by commands alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

import pytest

from application.history.box import Box
from application.office import By, Office
from application.polls import counting, preparing, voting
from application.polls.cards import discard_card_set, release_card_set, void_card
from domain.asks import ask as asks
from domain.asks.ask import AskKind, AskStage, ask_id
from domain.congress import session as sessions
from domain.polls.ballot import VoidReason
from domain.polls.card import card_id
from domain.polls.card_set import card_set_stream
from domain.polls.count import read_count
from domain.polls.poll import PollStage
from domain.polls.rules import TieAtCut
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.projects.project import Stage
from domain.projects.voted_list import AdoptedProject
from tests.support import polls
from tests.support.polls import GREEN, NAMES, RULES, UNIT, Hall
from tests.support.stores import by
from tests.support.voters import cast_all

NOTICE = "〔2026〕5号"
ON = date(2026, 1, 22)


def declare(hall: Hall, asked: By | None = None) -> int:
    return counting.declare_poll(
        hall.office, hall.private, asked or by(hall.clerk), hall.poll, notice_number=NOTICE, on=ON
    )


def sign_all(hall: Hall, sign: Callable[..., int]) -> None:
    for person in (hall.chief, *hall.scrutineers):
        sign(hall, person)


def test_a_year_is_voted_on_from_the_roll_to_the_declaration(counted_hall: Hall, sign: Callable[..., int]) -> None:
    hall = counted_hall
    sign_all(hall, sign)
    declare(hall)
    state = hall.state
    assert state.stage is PollStage.DECLARED
    assert state.opened is not None
    assert (state.opened.all_delegates, state.opened.attending, state.opened.issued) == (12, 12, 12)
    assert state.closed is not None
    assert (state.closed.ballots, state.closed.cards_printed, state.closed.cards_voided) == (12, 14, 2)
    found = [hall.office.state_of(project, projects.evolve) for project in hall.projects]
    assert [one.stage for one in found if one] == [Stage.ADOPTED] * 3 + [Stage.NOT_ADOPTED] * 3
    assert [one.number for one in found if one][:3] == [1, 2, 3]


def test_the_voted_list_is_announced_in_the_order_of_votes(counted_hall: Hall, sign: Callable[..., int]) -> None:
    sign_all(counted_hall, sign)
    declare(counted_hall)
    stream = voted_lists.voted_list_stream(counted_hall.congress, 2026)
    announced = counted_hall.office.state_of(stream, voted_lists.evolve)
    assert announced is not None
    assert announced.projects == tuple(
        AdoptedProject(project=project, number=number, name=name)
        for number, (project, name) in enumerate(zip(counted_hall.projects[:3], NAMES[:3], strict=True), 1)
    )


def test_a_majority_below_the_cut_is_not_adopted_and_both_are_recorded(
    counted_hall: Hall, sign: Callable[..., int]
) -> None:
    """Rule 7: item 4 has 8 of 12 votes, but there are three places."""
    sign_all(counted_hall, sign)
    declare(counted_hall)
    facts = counted_hall.office.history.facts_of([counted_hall.projects[3]])[counted_hall.projects[3]]
    passed_over = facts[-1]
    assert isinstance(passed_over, projects.ProjectNotAdopted)
    assert (passed_over.vote.votes_for, passed_over.vote.needed, passed_over.vote.passed) == (8, 7, True)
    assert (passed_over.vote.rank, passed_over.vote.candidates) == (4, 6)


def test_the_asks_of_the_year_go_out_with_the_declaration(counted_hall: Hall, sign: Callable[..., int]) -> None:
    hall = counted_hall
    sign_all(hall, sign)
    declare(hall)
    result = hall.office.state_of(ask_id(hall.congress, 2026, AskKind.RESULT), asks.evolve)
    session = hall.office.state_of(hall.session, sessions.evolve)
    assert result is not None
    assert session is not None
    assert (result.unit, result.stage) == (None, AskStage.ISSUED)
    assert (result.opens_on, result.due_on) == (session.ends_on, session.ends_on + timedelta(days=15))
    for place, project in enumerate(hall.projects):
        for kind in (AskKind.PROGRESS, AskKind.SUMMARY):
            ask = hall.office.state_of(ask_id(hall.congress, 2026, kind, project), asks.evolve)
            assert (ask is not None) == (place < 3)
            if ask is not None:
                assert ask.unit is not None
                assert (ask.opens_on, ask.due_on) == asks.window(kind, 2026)


def test_a_tie_at_the_cut_leaves_the_tied_projects_listed(office: Office, box: Box, sign: Callable[..., int]) -> None:
    """Rule 8: items 3 and 4 have 9 votes each; two are adopted, 3 and 4 wait, 5 and 6 are passed over."""
    hall = polls.open_hall(office, box)
    cast_all(hall, (12, 10, 9, 9, 3, 0))
    hall.close()
    counting.count_poll(office, box, hall.private, by(hall.clerk), hall.poll)
    sign_all(hall, sign)
    declare(hall)
    found = [office.state_of(project, projects.evolve) for project in hall.projects]
    waiting, over = [Stage.LISTED] * 2, [Stage.NOT_ADOPTED] * 2
    assert [one.stage for one in found if one] == [Stage.ADOPTED] * 2 + waiting + over


def test_what_the_presidium_decides_stays_open_too(office: Office, box: Box, sign: Callable[..., int]) -> None:
    hall = polls.open_hall(office, box, rules=replace(RULES, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES))
    cast_all(hall, (12, 10, 9, 9, 9, 0))
    hall.close()
    counting.count_poll(office, box, hall.private, by(hall.clerk), hall.poll)
    sign_all(hall, sign)
    declare(hall)
    found = [office.state_of(project, projects.evolve) for project in hall.projects]
    assert [one.stage for one in found if one].count(Stage.LISTED) == 3


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_every_command_sent_twice_is_done_once(office: Office, box: Box, sign: Callable[..., int]) -> None:
    """The same person with the same key: nothing is recorded, the earlier position comes back."""
    hall = polls.prepared(office, box)
    hall.print_set(GREEN, 3)
    clerk, poll = hall.clerk, hall.poll
    chief, scrutineer = hall.chief, hall.scrutineers[0]
    people = [entry.delegate for entry in hall.delegates[:3]]

    def twice(command: Callable[[By], int], asked: By) -> None:
        first = command(asked)
        end = office.history.last_position()
        assert command(asked) == first
        assert office.history.last_position() == end

    twice(lambda b: preparing.approve_scrutineers(office, b, poll, people[0], people[1:]), by(clerk))
    twice(lambda b: release_card_set(office, b, poll, scrutineer), by(chief))
    twice(lambda b: discard_card_set(office, b, hall.session, GREEN.number, "印坏"), by(clerk))
    for place in range(12):
        hall.check_in(place)
        hall.draw(place)
    hall.account_for_cards(12)
    twice(lambda b: voting.open_poll(office, box, b, poll), by(clerk))
    cast_all(hall)
    twice(lambda b: voting.call_last_ballots(office, b, poll), by(clerk))
    twice(lambda b: voting.close_poll(office, box, b, poll), by(clerk))
    twice(lambda b: counting.count_poll(office, box, hall.private, b, poll), by(clerk))
    sign_all(hall, sign)
    twice(lambda b: declare(hall, b), by(clerk))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_nothing_recorded_leads_from_a_delegate_to_a_card(counted_hall: Hall) -> None:
    """Who drew a card is recorded, never which: no fact names both, and none names a single card at all."""
    history = counted_hall.office.history
    cards = {card_id(secret) for secret in counted_hall.secrets}
    singles = 0
    for noticed in history.select(0, 10_000):
        text = repr(noticed.fact)
        named = [card for card in cards if card in text]
        if named:
            singles += len(named) != len(cards)
            assert not any(str(entry.delegate) in text for entry in counted_hall.delegates[3:])
    assert singles == 0


def test_the_count_is_what_anybody_counts_from_the_columns(counted_hall: Hall) -> None:
    assert counted_hall.state.counted is not None
    said = read_count(counted_hall.state.counted.count)
    columns = {item["id"]: item for item in said["columns"]["items"]}
    assert [columns[str(number)]["for"] for number in range(1, 7)] == [12, 10, 9, 8, 3, 0]
    assert [columns[str(number)]["against"] for number in range(1, 7)] == [0, 2, 3, 4, 9, 12]
    assert said["outcome"]["adopted"] == ["1", "2", "3"]
    assert said["box"]["root"] == counted_hall.box.closing(counted_hall.poll).root


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_void_poll_is_cancelled_and_the_list_voted_on_again_with_a_spare_set(office: Office, box: Box) -> None:
    hall = polls.prepared(office, box)
    hall.print_set(GREEN, 14)
    preparing.cancel_poll(office, by(hall.clerk), hall.poll, "票卡印刷有误")
    assert hall.state.stage is PollStage.CANCELLED
    again = uuid5(hall.poll, "again")
    preparing.prepare_poll(
        office,
        box,
        by(hall.clerk),
        again,
        session=hall.session,
        profile=hall.state.prepared.profile_id,
        card_set=card_set_stream(hall.session, GREEN.number),
        title="重新票决",
        summaries={},
    )
    assert preparing.known_poll(office, again).stage is PollStage.PREPARED


def test_a_left_over_card_and_a_spoiled_one_are_voided_alike(hall: Hall) -> None:
    for card, reason in zip(hall.secrets, VoidReason, strict=False):
        void_card(hall.office, hall.box, by(hall.clerk), hall.poll, card, reason)
    assert hall.box.counts(hall.poll).voided == 2


def test_the_unit_of_an_adopted_project_is_the_one_on_its_card(counted_hall: Hall, sign: Callable[..., int]) -> None:
    sign_all(counted_hall, sign)
    declare(counted_hall)
    stream = ask_id(counted_hall.congress, 2026, AskKind.PROGRESS, counted_hall.projects[0])
    issued = counted_hall.office.history.facts_of([stream])[stream][0]
    assert isinstance(issued, asks.AskIssued)
    assert issued.unit_name == UNIT
