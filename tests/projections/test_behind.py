"""What stands behind a project: on the board, at the beginning of its timeline and on its public page."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
from domain.projects.origins import ProposalGivenBack, ProposalTakenUp
from domain.projects.project import CandidateRevised
from domain.proposals.call import Channel
from domain.proposals.proposal import (
    ProposalForm,
    ProposalHidden,
    ProposalMerged,
    ProposalReceived,
    ProposalReopened,
    ProposalShown,
    Suggestion,
    tracking_code,
)
from domain.proposals.screening import READY_MADE, ApprovalKind, ScreeningRulesAdopted, rules_stream, screened
from domain.proposals.support import SupportGiven, support_stream
from domain.shared import CHINA, Year
from projections import candidate_board, progress_timeline, public_page
from projections.candidate_board import ListedCandidate, Standing
from projections.progress_timeline import Entry, Reader
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.facts import CONGRESS, YEAR, Told
from tests.support.telling import Telling

PROJECT = facts.project(1)
FIRST, SECOND, THIRD = (UUID(int=900 + n) for n in range(3))
ORDER = (ApprovalKind.DEPARTMENTS, ApprovalKind.LEGALITY)


@pytest.fixture
def projection(request: pytest.FixtureRequest) -> Projection:
    chosen: Projection = request.param
    return chosen


def of(projection: Projection) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("projection", [projection], indirect=True)


def received(proposal: UUID, day: int) -> Told:
    fact = ProposalReceived(
        congress=CONGRESS,
        year=Year(YEAR),
        code=tracking_code(proposal),
        form=ProposalForm.PERSON,
        channel=Channel.WEB,
        received_on=date(2025, 9, day),
        suggestion=Suggestion(title="路灯", content="加装路灯。"),
    )
    return proposal, fact


def taken_up(proposal: UUID, day: int) -> Told:
    fact = ProposalTakenUp(
        proposal=proposal, code=tracking_code(proposal), title="路灯", received_on=date(2025, 9, day)
    )
    return PROJECT, fact


def supported(proposal: UUID, voices: int) -> Told:
    fact = SupportGiven(congress=CONGRESS, year=Year(YEAR), proposal=proposal, voices=voices)
    return support_stream(proposal), fact


def approval(kind: ApprovalKind, outcome: ApprovalOutcome = ApprovalOutcome.CONSENT) -> ApprovalRecorded:
    return ApprovalRecorded(
        approval=uuid4(), kind=kind, body="市财政局", outcome=outcome, number="7", on=date(2025, 11, 3)
    )


def behind_the_first(telling: Telling) -> None:
    """Three proposals, of which one was merged before the taking up and an earlier one after it."""
    telling.now = datetime(2025, 10, 20, tzinfo=CHINA)
    telling.tell(received(FIRST, 25), received(SECOND, 27), received(THIRD, 21), supported(SECOND, 12))
    telling.tell((SECOND, ProposalMerged(into=FIRST)), facts.drafted(1), taken_up(FIRST, 25))
    telling.tell((THIRD, ProposalMerged(into=FIRST)), supported(FIRST, 400))


def row(telling: Telling) -> ListedCandidate:
    return telling.ask(candidate_board.candidates_of, CONGRESS, YEAR)[0]


@of(candidate_board.PROJECTION)
def test_the_board_counts_proposals_and_voices_and_keeps_what_was_frozen_with_the_list(telling: Telling) -> None:
    behind_the_first(telling)
    assert (row(telling).support_proposals, row(telling).supporters, row(telling).support.stars) == (3, 412, 4)
    telling.tell((THIRD, ProposalReopened(reason="另一件事")))
    assert row(telling).support_proposals == 2
    frozen = facts.card(1, support_proposals=2, supporters=412)
    telling.tell((PROJECT, CandidateRevised(card=frozen)), facts.listed(1), supported(FIRST, 50))
    assert (row(telling).support_proposals, row(telling).supporters) == (2, 412)


@of(candidate_board.PROJECTION)
def test_a_candidate_moves_over_the_board_as_the_rules_ask(telling: Telling) -> None:
    telling.tell(facts.drafted(1))
    assert row(telling).standing is Standing.READY, "no rules were adopted"
    rules = replace(READY_MADE, approvals=ORDER)
    adopted = ScreeningRulesAdopted(congress=CONGRESS, version=1, rules=rules, decision="主任会议")
    telling.tell((rules_stream(CONGRESS), adopted))
    assert (row(telling).standing, row(telling).lacking) == (Standing.TO_SCREEN, ["departments", "legality"])
    hit = CandidateScreened(screening=screened(None, READY_MADE, ("负6",), (), ""))
    telling.tell((PROJECT, hit))
    assert (row(telling).standing, row(telling).hits) == (Standing.TO_SCREEN, [["负6", "形象工程"]])
    telling.tell((PROJECT, CandidateScreened(screening=screened(None, READY_MADE, (), (), ""))))
    assert row(telling).standing is Standing.SCREENED
    opinion, refusal = approval(ORDER[0]), approval(ORDER[1], ApprovalOutcome.REFUSAL)
    telling.tell((PROJECT, opinion), (PROJECT, refusal))
    assert (row(telling).standing, row(telling).refused_by) == (Standing.IN_APPROVAL, "市财政局")
    telling.tell((PROJECT, ApprovalWithdrawn(approval=refusal.approval, reason="重新审查")))
    assert (row(telling).refused_by, row(telling).lacking) == ("", ["legality"])
    telling.tell((PROJECT, approval(ORDER[1])))
    assert row(telling).standing is Standing.READY
    telling.tell((PROJECT, CandidateRevised(card=facts.card(1, purpose=""))))
    assert row(telling).standing is Standing.IN_APPROVAL
    telling.tell((PROJECT, CandidateRevised(card=facts.card(1))), facts.listed(1))
    assert row(telling).standing is Standing.LISTED


def timeline(telling: Telling, *, reader: Reader = Reader.OFFICE) -> list[Entry]:
    return telling.ask(progress_timeline.timeline, PROJECT, reader)


@of(progress_timeline.PROJECTION)
def test_the_timeline_begins_with_the_first_suggestion_however_it_came_to_stand_behind(telling: Telling) -> None:
    behind_the_first(telling)
    for public in (True, False):
        first = timeline(telling, reader=Reader.RESIDENT if public else Reader.OFFICE)[-1]
        assert (first.kind, first.happened_on) == ("suggested", date(2025, 9, 21))
        assert first.details == {"proposals": 3, "supporters": 412}
    assert [one.kind for one in timeline(telling, reader=Reader.RESIDENT)] == ["drafted", "suggested"]
    telling.tell((PROJECT, CandidateRevised(card=facts.card(1, support_proposals=3, supporters=412))), facts.listed(1))
    seen = telling.tell(supported(FIRST, 9))
    assert timeline(telling)[-1].details["supporters"] == 412
    assert telling.ask(progress_timeline.changed_since, seen - 1) == set(), "what was frozen does not change"
    given_back = telling.tell((PROJECT, ProposalGivenBack(proposal=FIRST)))
    assert telling.ask(progress_timeline.changed_since, given_back - 1) == {CONGRESS}
    assert "suggested" not in [one.kind for one in timeline(telling)]


@of(progress_timeline.PROJECTION)
def test_residents_see_who_consented_and_neither_refusals_nor_what_was_withdrawn(telling: Telling) -> None:
    telling.tell(facts.drafted(1), (PROJECT, CandidateScreened(screening=screened(None, READY_MADE, (), (), ""))))
    opinion, refusal = approval(ORDER[0]), approval(ORDER[1], ApprovalOutcome.REFUSAL)
    telling.tell((PROJECT, opinion), (PROJECT, refusal))
    (shown,) = timeline(telling, reader=Reader.RESIDENT)
    assert (shown.details["body"], shown.happened_on) == ("市财政局", date(2025, 11, 3))
    telling.tell((PROJECT, ApprovalWithdrawn(approval=opinion.approval, reason="录错")))
    assert timeline(telling, reader=Reader.RESIDENT) == []
    kinds = [one.kind for one in timeline(telling)]
    assert kinds == ["approval_withdrawn", "screened", "drafted", "approval", "approval"]


@of(public_page.PROJECTION)
def test_the_public_page_leads_to_the_proposals_that_are_shown(telling: Telling) -> None:
    behind_the_first(telling)
    telling.tell(facts.listed(1))
    seen = telling.tell((SECOND, ProposalShown(title="北街加装路灯", content="二十盏。")))
    assert telling.ask(public_page.changed_since, seen - 1) == {CONGRESS}
    assert telling.ask(public_page.shown_proposals, PROJECT) == [(SECOND, "北街加装路灯")]
    hidden = telling.tell((SECOND, ProposalHidden(reason="重复")))
    assert telling.ask(public_page.changed_since, hidden - 1) == {CONGRESS}
    assert telling.ask(public_page.shown_proposals, PROJECT) == []
