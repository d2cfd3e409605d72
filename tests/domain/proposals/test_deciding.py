"""What becomes of a proposal: exactly one outcome with a reason, and totals that add up (rule 18)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain.proposals import deciding
from domain.proposals.call import Channel
from domain.proposals.deciding import CannotTakeIn, ProposalIsOpen, ProposalSettled, StandsBehindProject
from domain.proposals.proposal import (
    DeclineReason,
    Outcome,
    Proposal,
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalForm,
    ProposalMerged,
    ProposalPutRight,
    ProposalReceived,
    ProposalReopened,
    ProposalReserved,
    ProposalScreened,
    ProposalTookIn,
    ProposalTransferred,
    Suggestion,
    TransferTo,
    evolve,
    tracking_code,
)
from domain.proposals.screening import (
    READY_MADE,
    AdoptedRules,
    Criterion,
    NegativeListHit,
    NotScreened,
    Screening,
    ScreeningRules,
    adopt_rules,
    screened,
)
from domain.proposals.support import SupportGiven, SupportIndex, SupportSource, give_support
from domain.proposals.totals import Totals, totals_of
from domain.shared import Invalid, Missing, Year, is_code
from tests.support.given import given

CONGRESS, PROJECT, ONE, OTHER = (UUID(int=number) for number in range(1, 5))
WANTED = Suggestion(title="加装路灯", content="北街夜里看不见路。", place="北街")


def received(**changed: object) -> ProposalReceived:
    plain = ProposalReceived(
        congress=CONGRESS,
        year=Year(2027),
        code="X",
        form=ProposalForm.PERSON,
        channel=Channel.WEB,
        received_on=date(2026, 9, 20),
        suggestion=WANTED,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # names of its fields


HIT = ProposalScreened(screening=screened(None, READY_MADE, hits=("负5",), unmet=(), note=""))
CLEAN = ProposalScreened(screening=screened(None, READY_MADE, hits=(), unmet=("正3",), note=""))
DECLINED = ProposalDeclined(reason=DeclineReason.UNCLEAR, words="没有写清楚地点")


def test_rule_18_thirty_seven_received_are_twelve_candidates_twenty_merged_and_five_declined() -> None:
    ended = [Outcome.BECAME_CANDIDATE] * 12 + [Outcome.MERGED] * 20 + [Outcome.DECLINED] * 5
    totals = totals_of(ended)
    assert totals == Totals(received=37, became_candidate=12, merged=20, declined=5, open=0)
    assert totals.reconciles
    assert not replace(totals, merged=19).reconciles


@over(st.lists(st.sampled_from([None, *Outcome])))
def test_rule_18_totals_of_whatever_happened_reconcile(outcomes: list[Outcome | None]) -> None:
    assert totals_of(outcomes).reconciles


def test_rule_18_a_negative_list_hit_blocks_candidacy_and_names_the_rule() -> None:
    hit = Criterion(code="负5", name="个别人或者个别单位的诉求")
    screened_badly = given(received(), HIT, evolve=evolve)
    screened_badly.when(lambda it: deciding.become_candidate(it, PROJECT, "加装路灯", screening_needed=False)).refused(
        NegativeListHit, title="加装路灯", rules=(hit,)
    )
    screened_badly.when(lambda it: deciding.decline(it, DeclineReason.NEGATIVE_LIST, "只涉及一户")).then(
        ProposalDeclined(reason=DeclineReason.NEGATIVE_LIST, words="只涉及一户", rules=(hit,))
    )


def test_a_positive_line_that_is_not_met_does_not_block() -> None:
    given(received(), CLEAN, evolve=evolve).when(
        lambda it: deciding.become_candidate(it, PROJECT, "加装路灯", screening_needed=True)
    ).then(ProposalBecameCandidate(project=PROJECT, name="加装路灯"))


def test_where_rules_are_adopted_nothing_becomes_a_candidate_unscreened() -> None:
    plain = given(received(), evolve=evolve)
    plain.when(lambda it: deciding.become_candidate(it, PROJECT, "", screening_needed=True)).refused(NotScreened)
    plain.when(lambda it: deciding.become_candidate(it, PROJECT, "甲", screening_needed=False)).then(
        ProposalBecameCandidate(project=PROJECT, name="甲")
    )


def test_the_negative_list_is_no_reason_where_it_was_not_hit() -> None:
    for facts in ((received(),), (received(), CLEAN)):
        given(*facts, evolve=evolve).when(lambda it: deciding.decline(it, DeclineReason.NEGATIVE_LIST, "理由")).refused(
            Invalid, field="reason", reason="no_rule_hit"
        )


ENDED = (
    ProposalMerged(into=OTHER),
    ProposalTransferred(to=TransferTo.HOTLINE, name="", reason="日常维修"),
    ProposalReserved(reason="明年再办"),
    DECLINED,
    ProposalBecameCandidate(project=PROJECT, name="甲"),
)


@pytest.mark.parametrize("ended", ENDED, ids=lambda fact: type(fact).__name__)
def test_a_proposal_has_exactly_one_outcome(ended: object) -> None:
    settled = given(received(), ended, evolve=evolve)
    assert settled.state is not None
    target = evolve(None, received())
    for again in (
        lambda it: deciding.decline(it, DeclineReason.OTHER, "理由"),
        lambda it: deciding.reserve(it, "理由"),
        lambda it: deciding.transfer(it, ProposalTransferred(to=TransferTo.HOTLINE, name="", reason="理由")),
        lambda it: deciding.become_candidate(it, PROJECT, "甲", screening_needed=False),
        lambda it: deciding.merge(ONE, it, OTHER, target, ""),
        lambda it: deciding.split(it, (WANTED, WANTED), "理由"),
        lambda it: deciding.screen(it, CLEAN.screening),
    ):
        settled.when(again).refused(ProposalSettled, title="加装路灯")


@pytest.mark.parametrize("ended", ENDED[1:4], ids=lambda fact: type(fact).__name__)
def test_an_outcome_is_taken_back_with_a_reason(ended: object) -> None:
    settled = given(received(), ended, evolve=evolve)
    settled.when(lambda it: deciding.reopen(it, "重新研究")).then(ProposalReopened(reason="重新研究"))
    settled.when(lambda it: deciding.reopen(it, "")).refused(Missing, fields=("reason",))
    reopened = evolve(settled.state, ProposalReopened(reason="重新研究"))
    assert (reopened.outcome, reopened.into, reopened.project) == (None, None, None)


def test_what_stands_behind_a_candidate_goes_back_only_with_its_withdrawal() -> None:
    behind = given(received(), ProposalBecameCandidate(project=PROJECT, name="甲"), evolve=evolve)
    behind.when(lambda it: deciding.reopen(it, "理由")).refused(StandsBehindProject)
    behind.when(lambda it: deciding.reopen(it, "理由", withdrawn=True)).then(ProposalReopened(reason="理由"))


def test_an_open_proposal_has_nothing_to_take_back() -> None:
    given(received(), evolve=evolve).when(lambda it: deciding.reopen(it, "理由")).refused(ProposalIsOpen)
    given(received(), evolve=evolve).when(lambda it: deciding.unmerge(it, ONE, "理由")).refused(ProposalIsOpen)


def test_merging_is_told_on_both_sides() -> None:
    target = evolve(None, received())
    given(received(), evolve=evolve).when(lambda it: deciding.merge(ONE, it, OTHER, target, "同一条路")).then(
        ProposalMerged(into=OTHER, reason="同一条路"), ProposalTookIn(proposal=ONE)
    )


@pytest.mark.parametrize(
    "target",
    [
        evolve(evolve(None, received()), DECLINED),
        evolve(evolve(None, received()), ProposalMerged(into=PROJECT)),
        evolve(None, received(year=Year(2028))),
        evolve(None, received(congress=PROJECT)),
    ],
    ids=["declined", "merged", "another year", "another congress"],
)
def test_only_an_open_one_or_one_behind_a_candidate_takes_others_in(target: Proposal) -> None:
    given(received(), evolve=evolve).when(lambda it: deciding.merge(ONE, it, OTHER, target, "")).refused(CannotTakeIn)


def test_nothing_is_merged_into_itself() -> None:
    itself = evolve(None, received())
    given(received(), evolve=evolve).when(lambda it: deciding.merge(ONE, it, ONE, itself, "")).refused(CannotTakeIn)


def test_one_behind_a_candidate_takes_others_in() -> None:
    candidate = evolve(evolve(None, received()), ProposalBecameCandidate(project=PROJECT, name="甲"))
    merged, took_in = deciding.merge(ONE, evolve(None, received()), OTHER, candidate, "")
    assert evolve(candidate, took_in).taken_in == (ONE,)
    assert evolve(evolve(None, received()), merged).into == OTHER


def test_every_outcome_needs_its_reason() -> None:
    plain = given(received(), evolve=evolve)
    plain.when(lambda it: deciding.decline(it, DeclineReason.OTHER, " ")).refused(Missing, fields=("words",))
    plain.when(lambda it: deciding.reserve(it, "")).refused(Missing, fields=("reason",))
    nowhere = ProposalTransferred(to=TransferTo.UNIT, name=" ", reason="")
    plain.when(lambda it: deciding.transfer(it, nowhere)).refused(Missing, fields=("name", "reason"))


@pytest.mark.parametrize(
    ("field", "text"),
    [("title", "请联系13800138000"), ("content", "我的身份证11010519491231002X"), ("place", "找 15912345678 带路")],
)
def test_no_number_that_reaches_a_person_gets_into_a_fact(field: str, text: str) -> None:
    said = {"title": WANTED.title, "content": WANTED.content, "place": WANTED.place} | {field: text}
    with pytest.raises(Invalid) as refused:
        deciding.receive(
            received(suggestion=Suggestion(title=said["title"], content=said["content"], place=said["place"]))
        )
    assert (refused.value.field, refused.value.reason) == (field, "personal")
    assert text not in str(refused.value)


@pytest.mark.parametrize("number", ["0471-12345678", "12345", "投资138001380000元", "400米长、3.5米宽"])
def test_other_numbers_are_no_persons(number: str) -> None:
    fact = received(suggestion=replace(WANTED, content=number))
    assert deciding.receive(fact) == fact


def test_blanks_are_taken_off_and_gaps_are_named() -> None:
    said = deciding.receive(received(suggestion=replace(WANTED, title="  加装 \n 路灯 ", content=" 看不见路 ")))
    assert (said.suggestion.title, said.suggestion.content) == ("加装 路灯", "看不见路")
    with pytest.raises(Missing) as refused:
        deciding.receive(received(suggestion=Suggestion(title=" ", content="")))
    assert refused.value.fields == ("title", "content")
    with pytest.raises(Missing) as unit:
        deciding.receive(received(form=ProposalForm.UNIT))
    assert unit.value.fields == ("unit_name",)
    with pytest.raises(Invalid):
        deciding.receive(received(suggestion=replace(WANTED, longitude=Decimal(181))))


def test_a_split_leaves_the_first_part_under_the_code() -> None:
    lamps, road = replace(WANTED, title="路灯"), replace(WANTED, title="修路")
    plain = given(received(), evolve=evolve)
    plain.when(lambda it: deciding.split(it, (lamps, road), "一事一议")).then(
        ProposalPutRight(suggestion=lamps, reason="一事一议")
    )
    plain.when(lambda it: deciding.split(it, (WANTED, road), "一事一议")).then()
    plain.when(lambda it: deciding.split(it, (lamps,), "一事一议")).refused(Missing, fields=("parts",))


@over(st.uuids())
def test_a_tracking_code_can_be_typed_and_fits_into_an_address(proposal: UUID) -> None:
    code = tracking_code(proposal)
    assert is_code(code, 10)
    assert code.isalnum()


def test_rules_are_adopted_version_after_version() -> None:
    first = adopt_rules(None, CONGRESS, READY_MADE, "主任会议 2026年6月1日")
    assert first.version == 1
    current = AdoptedRules(version=1, rules=READY_MADE, decision=first.decision)
    assert adopt_rules(current, CONGRESS, READY_MADE, "再次").version == 2
    twice = ScreeningRules(positive=READY_MADE.positive, negative=(*READY_MADE.negative, READY_MADE.positive[0]))
    with pytest.raises(Invalid):
        adopt_rules(None, CONGRESS, twice, "主任会议")
    with pytest.raises(Invalid):
        screened(current, READY_MADE, hits=("负9",), unmet=(), note="")
    assert screened(current, READY_MADE, hits=("负1",), unmet=(), note="").version == 1
    assert Screening(version=0).hits == ()


@pytest.mark.parametrize(
    ("proposals", "supporters", "stars"),
    [(0, 0, 0), (1, 0, 1), (1, 8, 1), (1, 9, 2), (12, 37, 2), (12, 38, 3), (0, 200, 4), (1, 999, 5)],
)
def test_the_support_index_counts_voices_and_shows_stars(proposals: int, supporters: int, stars: int) -> None:
    index = SupportIndex(proposals=proposals, supporters=supporters)
    assert (index.voices, index.stars) == (proposals + supporters, stars)


def test_signatures_on_paper_say_where_they_came_from() -> None:
    on_paper = SupportGiven(
        congress=CONGRESS, year=Year(2027), proposal=ONE, voices=30, source=SupportSource.PAPER, words="北街社区联名"
    )
    assert give_support(on_paper) == on_paper
    with pytest.raises(Missing):
        give_support(replace(on_paper, words=""))
    with pytest.raises(Invalid):
        give_support(replace(on_paper, voices=0))
