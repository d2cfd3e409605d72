"""The annual voted list, and how each candidate was voted."""

from dataclasses import replace

import pytest

from domain.polls.rules import Publication
from domain.projects.project import CandidateRevised
from projections import voted_list
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.facts import CONGRESS, YEAR
from tests.support.telling import Telling


@pytest.fixture
def projection() -> Projection:
    return voted_list.PROJECTION


def declared(telling: Telling, publication: Publication = Publication.FULL_COUNTS) -> None:
    """Of three candidates the second and the first are adopted; the third had a majority below the cut."""
    telling.tell(*(facts.drafted(number) for number in (1, 2, 3, 4)))
    telling.tell(*(facts.listed(number) for number in (1, 2, 3, 4)))
    telling.tell(facts.prepared(publication), facts.adopted(2, 300, place=1), facts.adopted(1, 250, place=2))
    telling.tell(facts.passed_over(3, 180, rank=3, passed=True), facts.passed_over(4, 150, rank=4, passed=False))
    telling.tell(facts.announced(2, 1))


def test_nothing_is_announced_before_the_announcement(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.listed(1), facts.prepared())
    assert telling.ask(voted_list.announced, CONGRESS, YEAR) is None
    assert telling.ask(voted_list.voted, CONGRESS, YEAR) == []


def test_rule_7_adopted_by_number_then_the_others_by_rank(telling: Telling) -> None:
    declared(telling)
    found = telling.ask(voted_list.voted, CONGRESS, YEAR)
    assert [(one.name, one.stage, one.votes_for, one.passed) for one in found] == [
        ("项目2", "adopted", 300, True),
        ("项目1", "adopted", 250, True),
        ("项目3", "not_adopted", 180, True),
        ("项目4", "not_adopted", 150, False),
    ]
    assert [one.number for one in telling.ask(voted_list.adopted, CONGRESS, YEAR)] == [1, 2]


def test_rule_6_the_votes_stand_beside_their_base(telling: Telling) -> None:
    declared(telling)
    first = telling.ask(voted_list.adopted, CONGRESS, YEAR)[0]
    assert (first.needed, first.all_delegates, first.attending, first.against) == (164, 327, 314, 13)


@pytest.mark.parametrize(("publication", "full"), [(Publication.FULL_COUNTS, True), (Publication.ADOPTED_ONLY, False)])
def test_the_profile_says_whether_counts_are_published(
    telling: Telling, publication: Publication, *, full: bool
) -> None:
    declared(telling, publication)
    announced = telling.ask(voted_list.announced, CONGRESS, YEAR)
    assert announced is not None
    assert (announced.notice_number, announced.full_counts) == (facts.NOTICE, full)
    assert telling.ask(voted_list.all_announced) == [announced]


def test_a_candidate_without_funds_has_none(telling: Telling) -> None:
    telling.tell(facts.drafted(1))
    card = replace(facts.card(1), total_funds=None)
    telling.tell((facts.project(1), CandidateRevised(card=card)), facts.listed(1), facts.adopted(1, 300, place=1))
    assert telling.ask(voted_list.adopted, CONGRESS, YEAR)[0].total_funds is None
