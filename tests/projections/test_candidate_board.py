"""The candidates of a year with what keeps each from being listed."""

from datetime import date
from decimal import Decimal

import pytest

from domain.projects.candidate_list import CandidateListWithdrawn
from domain.projects.card import FundSource
from domain.projects.project import CandidateRevised, CandidateWithdrawn, ProjectUnlisted, Stage
from projections import candidate_board
from projections.candidate_board import ListedCandidate
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.facts import CONGRESS, LIST, YEAR
from tests.support.telling import Telling


@pytest.fixture
def projection() -> Projection:
    return candidate_board.PROJECTION


def board(telling: Telling) -> list[ListedCandidate]:
    return telling.ask(candidate_board.candidates_of, CONGRESS, YEAR)


def test_candidates_stand_by_number_and_those_without_one_last(telling: Telling) -> None:
    telling.tell(facts.drafted(2), facts.drafted(3, number=None), facts.drafted(1))
    assert [one.number for one in board(telling)] == [1, 2, None]
    assert board(telling)[0].total_funds == Decimal(12_000_000)


def test_gaps_are_told_in_the_order_of_the_form(telling: Telling) -> None:
    short = (FundSource(name="市级财政", percent=Decimal(90)),)
    telling.tell(facts.drafted(1, purpose="", responsible="", sources=short, finishes_on=date(YEAR, 2, 1)))
    assert board(telling)[0].gaps == [
        ["purpose", "missing", ""],
        ["responsible", "missing", ""],
        ["sources", "sources_do_not_add_up", "90"],
        ["finishes_on", "finish_before_start", "2026-02-01"],
    ]


def test_a_revised_card_loses_its_gap(telling: Telling) -> None:
    telling.tell(facts.drafted(1, purpose=""))
    telling.tell((facts.project(1), CandidateRevised(card=facts.card(1, category="养老助残"))))
    assert board(telling)[0].gaps == []
    assert telling.ask(candidate_board.categories, CONGRESS) == ["养老助残"]


def test_a_withdrawn_candidate_stands_last(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.drafted(2), (facts.project(1), CandidateWithdrawn(reason="并入第 2 项")))
    assert [(one.number, one.stage) for one in board(telling)] == [(2, Stage.DRAFT), (1, Stage.WITHDRAWN)]


def test_a_list_that_is_taken_back_has_no_decision_until_it_is_published_again(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.listed(1), facts.published(1))
    assert telling.ask(candidate_board.decision_of, CONGRESS, YEAR) == "主席团会议通过"
    assert board(telling)[0].listed_number == 1
    telling.tell((facts.project(1), ProjectUnlisted(reason="改")), (LIST, CandidateListWithdrawn(reason="改")))
    assert telling.ask(candidate_board.decision_of, CONGRESS, YEAR) is None
    assert (board(telling)[0].stage, board(telling)[0].listed_number) == (Stage.DRAFT, None)
    telling.tell(facts.listed(1), facts.published(1, decision="第二次会议通过"))
    assert telling.ask(candidate_board.decision_of, CONGRESS, YEAR) == "第二次会议通过"


def test_the_vote_decides_the_stage_and_the_listed_number_stays(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.drafted(2), facts.listed(1), facts.listed(2), facts.published(1, 2))
    telling.tell(facts.adopted(2, 300, place=1), facts.passed_over(1, 150, rank=2, passed=False))
    assert [(one.listed_number, one.stage) for one in board(telling)] == [(1, Stage.NOT_ADOPTED), (2, Stage.ADOPTED)]


def test_years_come_newest_first(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.drafted(1, year=2027))
    assert telling.ask(candidate_board.years, CONGRESS) == [2027, 2026]
