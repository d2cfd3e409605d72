from datetime import date
from uuid import UUID

import pytest

from domain.projects import project as projects
from domain.projects.card import CandidateCard, CardIncomplete
from domain.projects.project import Project, ProjectFact, Stage, VoteOnProject, WrongStage
from domain.shared import Missing
from tests.domain.projects.test_card import COMPLETE

CONGRESS, POLL = UUID(int=1), UUID(int=2)
ON = date(2026, 1, 24)
VOTE = VoteOnProject(
    poll=POLL,
    votes_for=288,
    against=20,
    abstain=6,
    all_delegates=327,
    attending=314,
    needed=164,
    rank=4,
    passed=True,
    candidates=12,
)


def after(*facts: ProjectFact) -> Project:
    state: Project | None = None
    for fact in facts:
        state = projects.evolve(state, fact)
    assert state is not None
    return state


DRAFTED = projects.draft_candidate(CONGRESS, 2026, "AB12CD34", COMPLETE)
LISTED = projects.ProjectListed(number=5, on=ON)
ADOPTED = projects.ProjectAdopted(number=4, on=ON, notice_number="〔2026〕5号", vote=VOTE)


def test_a_draft_may_have_gaps_but_needs_its_name() -> None:
    assert projects.draft_candidate(CONGRESS, 2026, "AB12CD34", CandidateCard(name="街心公园")).card.name == "街心公园"
    with pytest.raises(Missing) as refused:
        projects.draft_candidate(CONGRESS, 2026, "AB12CD34", CandidateCard(name="  "))
    assert refused.value.fields == ("name",)


def test_rule_16_a_card_with_gaps_is_not_listed_and_every_gap_is_told() -> None:
    draft = after(projects.draft_candidate(CONGRESS, 2026, "AB12CD34", CandidateCard(number=1, name="街心公园")))
    with pytest.raises(CardIncomplete) as refused:
        projects.list_project(draft, 1, ON)
    assert {"purpose", "sources", "lead_unit_name"} <= {gap.field for gap in refused.value.gaps}


def test_a_listed_card_cannot_be_revised_until_the_list_is_taken_back() -> None:
    listed = after(DRAFTED, LISTED)
    with pytest.raises(WrongStage):
        projects.revise_candidate(listed, COMPLETE)
    unlisted = projects.evolve(listed, projects.unlist_project(listed, "补充地点"))
    assert projects.revise_candidate(unlisted, COMPLETE).card == COMPLETE


def test_adoption_gives_the_number_of_the_voted_list() -> None:
    adopted = after(DRAFTED, LISTED, ADOPTED)
    assert (adopted.stage, adopted.number, adopted.code) == (Stage.ADOPTED, 4, "AB12CD34")


def test_a_project_is_decided_once() -> None:
    adopted = after(DRAFTED, LISTED, ADOPTED)
    with pytest.raises(WrongStage):
        projects.pass_over_project(adopted, on=ON, vote=VOTE)


def test_a_withdrawn_candidate_says_why_and_goes_nowhere() -> None:
    with pytest.raises(Missing):
        projects.withdraw_candidate(after(DRAFTED), " ")
    withdrawn = after(DRAFTED, projects.withdraw_candidate(after(DRAFTED), "并入其他项目"))
    with pytest.raises(WrongStage):
        projects.list_project(withdrawn, 1, ON)
