"""The demonstration, told on days of every season."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from application.office import By
from application.polls import voting
from application.polls.preparing import known_poll
from domain.accounts import account as accounts
from domain.accounts.permissions import Actor
from domain.asks.answers import Completion
from domain.asks.ask import AskApproved, AskSentBack
from domain.polls.card import card_id
from domain.polls.card_set import CardSetPrinted
from domain.polls.poll import PollStage
from domain.projects.lights import Colour
from domain.proposals.call import Channel
from domain.proposals.proposal import Outcome, ProposalReceived
from domain.proposals.support import SupportGiven
from domain.shared import CHINA
from interfaces.composition import House, open_house
from interfaces.demo import story
from interfaces.demo.clock import DemoClock
from interfaces.demo.story import Told
from interfaces.demo.town_hall import TownHall
from interfaces.settings import Settings
from projections import asks_board, calls, progress_board, proposal_register, voted_list
from projections.congress_directory import congress_at

DAYS = (date(2026, 1, 5), date(2026, 6, 15), date(2026, 12, 31), date(2028, 2, 29))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Told, date]]:
    today: date = request.param
    clock = DemoClock(story.beginning(today))
    folder: Path = tmp_path_factory.mktemp("demo")
    house = open_house(Settings(data=folder), clock)
    yield house, story.tell(TownHall(house, clock, seed=1), today), today
    house.close()


def test_nothing_in_the_story_lies_ahead_of_the_day_it_is_told(told: tuple[House, Told, date]) -> None:
    house, _, today = told
    facts = house.history.select(0, 10_000)
    assert all(notice.at.astimezone(CHINA).date() <= today for notice in facts)
    assert [notice.at for notice in facts] == sorted(notice.at for notice in facts)


def test_every_fact_of_the_story_came_about_by_somebodys_command(told: tuple[House, Told, date]) -> None:
    house, _, _ = told
    nobodys = {type(notice.fact) for notice in house.history.select(0, 10_000) if notice.by is None}
    assert nobodys == {ProposalReceived, SupportGiven}  # residents have no accounts


def test_the_citys_poll_can_be_opened_at_once_with_the_cards_on_the_table(told: tuple[House, Told, date]) -> None:
    house, made, _ = told
    state = known_poll(house.office, made.poll)
    assert state.stage is PollStage.PREPARED
    printed = [n.fact for n in house.history.select(0, 10_000, kinds=(CardSetPrinted,))][-1]
    assert isinstance(printed, CardSetPrinted)
    assert {card_id(code) for code in made.cards} <= set(printed.cards)
    staff = next(n.by for n in house.history.select(0, 10_000) if n.stream == made.poll)
    hall_actor = _actor(house, staff)
    voting.open_poll(house.office, house.box, By(actor=hall_actor, key="open"), made.poll)
    opened = known_poll(house.office, made.poll).opened
    assert opened is not None
    assert (opened.all_delegates, opened.attending, opened.issued) == (327, 314, 314)


def test_the_district_has_a_voted_list_and_asks_in_every_state(told: tuple[House, Told, date]) -> None:
    house, _, today = told
    house.followers.wait_for(house.history.last_position(), timeout=20)
    with house.reading.connect() as conn:
        district = congress_at(conn, "donghe")
        assert district is not None
        announced = voted_list.all_announced(conn, district.id)[0]
        adopted = voted_list.adopted(conn, district.id, announced.year)
        out = asks_board.asks_of(conn, district.id, announced.year)
    assert [project.number for project in adopted] == list(range(1, 9))
    asks = [ask for ask in out if ask.asked_by is None]
    assert len(asks) == 1 + 8 + 8
    assert any(ask.is_overdue(today) for ask in asks)
    assert {"approved", "sent_back", "issued"} <= {ask.stage for ask in asks}
    kinds = {type(n.fact) for n in house.history.select(0, 10_000)}
    assert {AskApproved, AskSentBack} <= kinds


def test_the_totals_of_every_call_add_up_and_closed_calls_leave_nothing_open(told: tuple[House, Told, date]) -> None:
    house, _, today = told
    house.followers.wait_for(house.history.last_position(), timeout=20)
    with house.reading.connect() as conn:
        for slug in ("qingcheng", "donghe", "nandian"):
            body = congress_at(conn, slug)
            assert body is not None
            for call in calls.calls_of(conn, body.id):
                found = proposal_register.totals(conn, body.id, call.year)
                assert found.reconciles
                assert found.received > 0
                assert slug == "nandian" or call.closes_on >= today or found.open == 0


def test_every_candidate_of_the_lists_goes_back_to_a_first_suggestion(told: tuple[House, Told, date]) -> None:
    house, made, _ = told
    house.followers.wait_for(house.history.last_position(), timeout=20)
    state = known_poll(house.office, made.poll)
    with house.reading.connect() as conn:
        behind = [proposal_register.behind(conn, item.project) for item in state.prepared.items]
    assert all(behind)
    assert any(row.outcome == Outcome.MERGED for rows in behind for row in rows)


def test_proposals_come_on_every_way_and_end_in_every_way(told: tuple[House, Told, date]) -> None:
    house, _, _ = told
    facts = [notice.fact for notice in house.history.select(0, 10_000)]
    channels = {fact.channel for fact in facts if isinstance(fact, ProposalReceived)}
    assert channels == set(Channel)
    assert len({fact.code for fact in facts if isinstance(fact, ProposalReceived)}) > 300
    kinds = {type(fact).__name__ for fact in facts}
    ends = {"ProposalBecameCandidate", "ProposalMerged", "ProposalTransferred", "ProposalReserved", "ProposalDeclined"}
    later = {"ApprovalRecorded", "RemarkAnswered", "AnswerSentBack", "MaterialRead", "HandsShown", "ItemPassedOn"}
    assert ends | later | {"StreetListAnnounced", "CongressLookChosen"} <= kinds


def test_the_city_has_three_years_behind_it(told: tuple[House, Told, date]) -> None:
    house, made, today = told
    house.followers.wait_for(house.history.last_position(), timeout=20)
    with house.reading.connect() as conn:
        years = progress_board.years(conn, made.city)
        boards = [progress_board.board(conn, made.city, year) for year in years]
        rules = progress_board.rules_of(conn, made.city)
    assert [len(board) for board in boards] == [6, 6, 6]
    for year, board in zip(years, boards, strict=True):
        assert all(row.plan is not None and row.completion is not None for row in board)
        assert all(row.accepted is not None or row.plan.crosses(year) for row in board if row.plan)
        due = min(today.year - year - (today < date(today.year, 11, 30)), 3)
        of_the_year = [row for row in board if row.accepted and row.plan and not row.plan.crosses(year)]
        assert all(len(row.look_backs) == max(due, 0) for row in of_the_year)
    lights = [progress_board.light_of(row, rules, today) for board in boards for row in board]
    assert Colour.BLUE in {light.colour for light in lights if light}
    for row, light in zip((row for board in boards for row in board), lights, strict=True):
        plan, ended = row.plan, row.completion
        if plan and plan.deadline and plan.crosses(row.year) and today > plan.deadline + timedelta(days=9):
            assert [one.year for one in plan.annual] == [row.year, row.year + 1], "rule 21"
            assert sum(one.funds for one in plan.annual) == plan.total_funds
            assert ended is not None
            assert light is not None
            assert (ended.completion, light.colour) == (Completion.COMPLETED, Colour.BLUE)


def _actor(house: House, account: UUID | None) -> Actor:
    assert account is not None
    state = house.office.state_of(account, accounts.evolve)
    assert state is not None
    return state.actor(account)
