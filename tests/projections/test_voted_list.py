"""The annual voted list, and how each candidate was voted."""

from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from domain.polls.rules import Publication
from domain.projects.project import CandidateRevised, FirstVote, ProjectAdopted, ProjectNotAdopted
from domain.projects.voted_list import AdoptedProject, VotedListSupplemented
from domain.shared import Year
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


def again(votes: int, first: int, rank: int) -> object:
    """A vote of the second ballot on what was equal at the cut."""
    before = FirstVote(poll=facts.POLL, again="tie", votes_for=first, rank=2, candidates=4)
    return replace(facts.vote(votes, rank=rank), poll=uuid5(facts.POLL, "again"), first=before)


def tied(telling: Telling) -> None:
    """Of four candidates one is adopted, two are equal at the second place, one failed."""
    telling.tell(*(facts.drafted(number) for number in (1, 2, 3, 4)))
    telling.tell(*(facts.listed(number) for number in (1, 2, 3, 4)))
    telling.tell(facts.prepared(), facts.adopted(1, 300, place=1), facts.passed_over(4, 20, rank=3, passed=False))
    assert telling.ask(voted_list.waiting, CONGRESS, YEAR) == []
    telling.tell(facts.announced(1))


def supplemented(decided_by: str = "") -> tuple[object, object]:
    line = AdoptedProject(project=facts.project(3), number=2, name="项目3")
    fact = VotedListSupplemented(
        congress=CONGRESS,
        year=Year(YEAR),
        poll=uuid5(facts.POLL, "again"),
        notice_number="〔2026〕6号",
        announced_on=date(YEAR, 1, 22),
        projects=(line,),
        decided_by=decided_by,
    )
    return facts.VOTED, fact


def test_rule_8_what_is_equal_at_the_cut_waits_on_the_list(telling: Telling) -> None:
    tied(telling)
    assert [one.name for one in telling.ask(voted_list.waiting, CONGRESS, YEAR)] == ["项目2", "项目3"]
    assert telling.ask(voted_list.supplements, CONGRESS, YEAR) == []


def test_a_second_ballot_supplements_the_list_under_the_next_number(telling: Telling) -> None:
    tied(telling)
    on, number = date(YEAR, 1, 22), "〔2026〕6号"
    adopted = ProjectAdopted(number=2, on=on, notice_number=number, vote=again(180, 200, 1))  # type: ignore[arg-type]  # a VoteOnProject
    over = ProjectNotAdopted(on=on, vote=again(120, 200, 2))  # type: ignore[arg-type]  # as above
    before = telling.tell((facts.project(3), adopted), (facts.project(2), over))
    telling.tell(supplemented())  # type: ignore[arg-type]  # a stream and its fact
    assert telling.ask(voted_list.changed_since, before) == {CONGRESS}
    assert telling.ask(voted_list.waiting, CONGRESS, YEAR) == []
    found = telling.ask(voted_list.voted, CONGRESS, YEAR)
    assert [(one.name, one.number, one.again, one.first_votes) for one in found[:3]] == [
        ("项目1", 1, "", None),
        ("项目3", 2, "tie", 200),
        ("项目2", 2, "tie", 200),
    ]
    (added,) = telling.ask(voted_list.supplements, CONGRESS, YEAR)
    assert (added.first_number, added.projects, added.decided_by) == (2, 1, "")


def test_a_place_given_by_the_presidium_says_so_for_both(telling: Telling) -> None:
    tied(telling)
    on, by = date(YEAR, 1, 23), {"decided_by": "presidium", "notice_number": "〔2026〕3号"}
    vote = facts.vote(200, rank=2)
    telling.tell((facts.project(3), ProjectAdopted(number=2, on=on, vote=vote, **by)))
    telling.tell((facts.project(2), ProjectNotAdopted(on=on, vote=vote, **by)), supplemented("presidium"))  # type: ignore[arg-type]  # as above
    found = telling.ask(voted_list.voted, CONGRESS, YEAR)
    assert [(one.name, one.decided_by) for one in found if one.decided_by] == [
        ("项目3", "presidium"),
        ("项目2", "presidium"),
    ]
