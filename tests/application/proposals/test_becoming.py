"""From a proposal to the list the presidium fixes, on both stores."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from application import projects as candidates
from application.approvals import record_approval, withdraw_approval
from application.office import Office
from application.proposals.becoming import become_candidate, stand_behind, step_back
from application.proposals.screening import (
    Findings,
    adopt_screening_rules,
    rules_of,
    screen_candidate,
    screen_proposal,
)
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import session as sessions
from domain.congress.session import session_id
from domain.projects import approvals
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded, ApprovalsMissing
from domain.projects.candidate_list import PresidiumDecision
from domain.projects.origins import first_card
from domain.projects.project import Project, Stage, WrongStage
from domain.proposals import deciding, support
from domain.proposals import proposal as proposals
from domain.proposals.screening import READY_MADE, ApprovalKind, NegativeListHit, NotScreened
from domain.proposals.support import SupportGiven
from domain.shared import Missing, NotFound, NotPermitted, Year
from tests.support import polls
from tests.support.proposals import Calling, calling
from tests.support.stores import actor, by

RULES = replace(READY_MADE, approvals=(ApprovalKind.DEPARTMENTS, ApprovalKind.LEGALITY))
DECISION = PresidiumDecision(words="主席团第二次会议通过", number="〔2026〕3号")


@dataclass
class Desk:
    """The office between a call and the list."""

    place: Calling

    @property
    def office(self) -> Office:
        return self.place.office

    def adopt(self) -> None:
        adopt_screening_rules(self.office, by(self.place.clerk), self.place.congress, RULES, "主任会议第 40 次")

    def become(self, proposal: UUID, number: int = 1) -> UUID:
        """A complete card; what the proposal says stands in it."""
        said = first_card(self.place.proposal(proposal).suggestion)
        project, full = uuid4(), polls.candidate(said.name, number, self.place.year)
        become_candidate(self.office, by(self.place.clerk), proposal, project, full)
        return project

    def project(self, project: UUID) -> Project:
        state = self.office.state_of(project, projects.evolve)
        assert state is not None
        return state

    def clean(self, proposal: UUID) -> None:
        screen_proposal(self.office, by(self.place.clerk), proposal, Findings(unmet=("正5",), note="可缓"))

    def approve(self, project: UUID, kind: ApprovalKind, on: date) -> UUID:
        fact = ApprovalRecorded(
            approval=uuid4(), kind=kind, body=polls.UNIT, outcome=ApprovalOutcome.CONSENT, number="7", on=on
        )
        record_approval(self.office, by(self.place.clerk), project, fact)
        return fact.approval

    def merge(self, proposal: UUID, into: UUID) -> None:
        merged, took_in = deciding.merge(
            proposal, self.place.proposal(proposal), into, self.place.proposal(into), "同一件事"
        )
        self.office.change(by(self.place.clerk), proposal, proposals.evolve, lambda _: merged)
        self.office.change(by(self.place.clerk), into, proposals.evolve, lambda _: took_in)

    def supported(self, proposal: UUID, voices: int) -> None:
        fact = SupportGiven(congress=self.place.congress, year=Year(self.place.year), proposal=proposal, voices=voices)
        stream = support.support_stream(proposal)
        self.office.change(by(self.place.clerk), stream, support.evolve_support, lambda _: support.give_support(fact))

    def publish(self, *chosen: UUID, decision: PresidiumDecision | str = DECISION) -> None:
        on = date(self.place.year, 1, 20)
        session = session_id(self.place.congress, polls.TERM, 4)
        if self.office.state_of(session, sessions.evolve) is None:
            polls.convened(self.office, self.place.clerk, self.place.congress, on)
        numbered = [(project, number) for number, project in enumerate(chosen, start=1)]
        candidates.publish_list(
            self.office,
            by(self.place.clerk),
            self.place.congress,
            self.place.year,
            session,
            numbered,
            decision,
            self.office.today(),
        )


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(calling(office))


def test_rule_18_a_hit_keeps_a_proposal_from_candidacy_and_so_does_no_screening_under_adopted_rules(desk: Desk) -> None:
    hit = desk.place.received("补贴某小区物业费")
    screen_proposal(desk.office, by(desk.place.clerk), hit, Findings(hits=("负5",)))
    with pytest.raises(NegativeListHit) as refused:
        desk.become(hit)
    assert [rule.name for rule in refused.value.rules] == ["个别人或者个别单位的诉求"]
    unscreened = desk.place.received("加装路灯")
    draft = desk.become(desk.place.received("改造公厕"))
    desk.adopt()
    with pytest.raises(NotScreened):
        desk.become(unscreened)
    with pytest.raises(NotScreened):
        stand_behind(desk.office, by(desk.place.clerk), unscreened, draft)
    desk.clean(unscreened)
    state = desk.project(desk.become(unscreened))
    assert state.proposals == (unscreened,)
    assert state.examined.screening is not None
    assert [line.code for line in state.examined.screening.unmet] == ["正5"]
    assert state.examined.screening.version == 1


def test_a_withdrawn_candidate_gives_its_proposals_back_open(desk: Desk) -> None:
    first, second, third = (desk.place.received() for _ in range(3))
    project = desk.become(first)
    stand_behind(desk.office, by(desk.place.clerk), second, project)
    stand_behind(desk.office, by(desk.place.clerk), third, project)
    step_back(desk.office, by(desk.place.clerk), third, "另一个项目的事")
    assert desk.project(project).proposals == (first, second)
    candidates.withdraw_candidate(desk.office, by(desk.place.clerk), project, "与上级项目重复")
    assert {desk.place.proposal(one).outcome for one in (first, second, third)} == {None}
    assert desk.project(project).proposals == ()
    assert desk.become(first) != project
    with pytest.raises(WrongStage):
        stand_behind(desk.office, by(desk.place.clerk), second, project)


def test_a_proposal_stands_behind_candidates_of_its_own_congress_and_year_only(desk: Desk) -> None:
    proposal, other = desk.place.received(), uuid4()
    candidates.draft_candidate(
        desk.office, by(desk.place.clerk), desk.place.congress, desk.place.year + 1, other, polls.candidate("甲", 1, 1)
    )
    with pytest.raises(NotFound):
        stand_behind(desk.office, by(desk.place.clerk), proposal, other)
    government = Actor(
        account=uuid4(), name="政府办", grants=(Grant(role=Role.GOVERNMENT, congress=desk.place.congress),)
    )
    with pytest.raises(NotPermitted):
        become_candidate(desk.office, by(actor(Role.DELEGATE)), proposal, uuid4(), polls.candidate("甲", 1, 2026))
    become_candidate(desk.office, by(government), proposal, uuid4(), polls.candidate("甲", 1, desk.place.year))
    with pytest.raises(NotPermitted):
        adopt_screening_rules(desk.office, by(government), desk.place.congress, RULES, "政府自定")


def test_the_list_asks_for_every_approval_of_the_rules_and_freezes_the_support(desk: Desk) -> None:
    desk.adopt()
    proposal, merged, late = (desk.place.received() for _ in range(3))
    desk.merge(merged, proposal)
    desk.clean(proposal)
    project, today = desk.become(proposal), desk.office.today()
    desk.merge(late, proposal)
    for one, voices in ((proposal, 400), (merged, 12)):
        desk.supported(one, voices)
    opinion = desk.approve(project, ApprovalKind.DEPARTMENTS, today)
    with pytest.raises(ApprovalsMissing) as refused:
        desk.publish(project)
    assert refused.value.kinds == (ApprovalKind.LEGALITY,)
    desk.approve(project, ApprovalKind.LEGALITY, today)
    with pytest.raises(Missing) as undated:
        desk.publish(project)
    assert undated.value.fields == ("decided_on",)
    desk.publish(project, decision=replace(DECISION, on=today))
    state = desk.project(project)
    assert (state.stage, state.card.support_proposals, state.card.supporters) == (Stage.LISTED, 3, 412)
    published = desk.office.state_of(lists.list_stream(desk.place.congress, desk.place.year), lists.evolve)
    assert published is not None
    assert (published.decision.number, published.decision.on) == ("〔2026〕3号", today)
    with pytest.raises(WrongStage):
        withdraw_approval(desk.office, by(desk.place.clerk), project, opinion, "录错")
    candidates.withdraw_list(desk.office, by(desk.place.clerk), desk.place.congress, desk.place.year, "放错了项目")
    step_back(desk.office, by(desk.place.clerk), proposal, "另一个项目的事")
    card = desk.project(project).card
    assert (card.support_proposals, card.supporters) == (0, 0)


def test_without_adopted_rules_words_are_decision_enough_and_a_refusal_still_blocks(desk: Desk) -> None:
    project = desk.become(desk.place.received())
    refusal = ApprovalRecorded(
        approval=uuid4(),
        kind=ApprovalKind.DEPARTMENTS,
        body=polls.UNIT,
        outcome=ApprovalOutcome.REFUSAL,
        on=desk.office.today(),
        words="用地没有落实",
    )
    record_approval(desk.office, by(desk.place.clerk), project, refusal)
    assert desk.project(project).examined.approvals[0].unit is not None
    with pytest.raises(approvals.ApprovalRefused):
        desk.publish(project, decision="主席团决定")
    withdraw_approval(desk.office, by(desk.place.clerk), project, refusal.approval, "用地已经落实")
    desk.publish(project, decision="主席团决定")
    assert desk.project(project).card.support_proposals == 1


def test_a_candidate_is_screened_by_the_version_in_force(desk: Desk) -> None:
    project = desk.become(desk.place.received())
    screen_candidate(desk.office, by(desk.place.clerk), project, Findings(hits=("负6",)))
    desk.adopt()
    desk.adopt()
    rules = rules_of(desk.office, desk.place.congress)
    assert rules is not None
    assert rules.version == 2
    screen_candidate(desk.office, by(desk.place.clerk), project, Findings())
    found = desk.project(project).examined.screening
    assert found is not None
    assert (found.version, found.hits) == (2, ())
