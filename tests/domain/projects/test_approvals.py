"""Screening of candidates and their approvals: in the order of the rules, dates forwards, a refusal blocks."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.projects import approvals
from domain.projects.approvals import (
    NOTHING_YET,
    AlreadyApproved,
    ApprovalOutcome,
    ApprovalOutOfOrder,
    ApprovalRecorded,
    ApprovalRefused,
    ApprovalRunsBackwards,
    ApprovalsMissing,
    CandidateScreened,
    Examined,
    LaterApprovalStands,
)
from domain.proposals.screening import (
    READY_MADE,
    AdoptedRules,
    ApprovalKind,
    NegativeListHit,
    NotScreened,
    ScreeningRules,
    screened,
)
from domain.shared import Invalid, Missing

TODAY = date(2025, 12, 31)
ORDER = tuple(ApprovalKind)
RULES = AdoptedRules(
    version=1,
    rules=ScreeningRules(positive=READY_MADE.positive, negative=READY_MADE.negative, approvals=ORDER),
    decision="主任会议",
)
CLEAN = CandidateScreened(screening=screened(RULES, READY_MADE, (), (), ""))
HIT = CandidateScreened(screening=screened(RULES, READY_MADE, ("负3", "负6"), ("正4",), "资金缺口大"))


def said(kind: ApprovalKind, on: int, body: str = "市财政局", **others: object) -> ApprovalRecorded:
    known = ApprovalRecorded(
        approval=UUID(int=on),
        kind=kind,
        body=body,
        outcome=ApprovalOutcome.CONSENT,
        number="〔2025〕7号",
        on=date(2025, 12, on),
    )
    return replace(known, **others)  # type: ignore[arg-type] # values of the test


def after(*facts: approvals.ApprovalFact) -> Examined:
    examined = NOTHING_YET
    for fact in facts:
        examined = approvals.evolve_examined(examined, fact)
    return examined


def record(examined: Examined, fact: ApprovalRecorded, rules: AdoptedRules | None = RULES) -> ApprovalRecorded:
    return approvals.record_approval("雨污分流", examined, rules, fact, TODAY)


ALL_FOUR = after(CLEAN, *(said(kind, 1 + place) for place, kind in enumerate(ORDER)))


OTHER = said(ApprovalKind.DEPARTMENTS, 7, body="市住建局")


def test_rule_18_a_hit_blocks_every_approval_and_the_list_and_names_the_rules() -> None:
    for refusing in (
        lambda: record(after(HIT), said(ApprovalKind.DEPARTMENTS, 1)),
        lambda: approvals.require_ready("雨污分流", after(HIT), None),
    ):
        with pytest.raises(NegativeListHit) as refused:
            refusing()
        assert [rule.code for rule in refused.value.rules] == ["负3", "负6"]


def test_rule_18_with_adopted_rules_nothing_goes_on_unscreened() -> None:
    with pytest.raises(NotScreened):
        record(NOTHING_YET, said(ApprovalKind.DEPARTMENTS, 1))
    with pytest.raises(NotScreened):
        approvals.require_ready("雨污分流", NOTHING_YET, RULES)
    approvals.require_ready("雨污分流", NOTHING_YET, None)


@pytest.mark.parametrize("place", [1, 2, 3])
def test_who_comes_later_waits_for_the_first_that_has_not_spoken(place: int) -> None:
    before = after(CLEAN, *(said(kind, 1 + n) for n, kind in enumerate(ORDER[: place - 1])))
    with pytest.raises(ApprovalOutOfOrder) as refused:
        record(before, said(ORDER[place], 20))
    assert (refused.value.kind, refused.value.first) == (ORDER[place], ORDER[place - 1])
    record(before, said(ORDER[place - 1], 20))


def test_a_congress_orders_as_its_rules_say_and_asks_for_no_others() -> None:
    order = (ApprovalKind.LEGALITY, ApprovalKind.PARTY_COMMITTEE)
    rules = replace(RULES, rules=replace(RULES.rules, approvals=order))
    with pytest.raises(ApprovalOutOfOrder):
        record(after(CLEAN), said(ApprovalKind.PARTY_COMMITTEE, 5), rules)
    with pytest.raises(Invalid):
        record(after(CLEAN), said(ApprovalKind.EXECUTIVE_MEETING, 5), rules)
    examined = after(CLEAN, said(ApprovalKind.LEGALITY, 5))
    assert approvals.missing_approvals(examined, rules) == (ApprovalKind.PARTY_COMMITTEE,)
    record(NOTHING_YET, said(ApprovalKind.PARTY_COMMITTEE, 5), None)  # without rules in any order


def test_dates_do_not_run_backwards_but_an_opinion_may_be_entered_late() -> None:
    examined = after(CLEAN, said(ApprovalKind.DEPARTMENTS, 10), said(ApprovalKind.EXECUTIVE_MEETING, 15))
    with pytest.raises(ApprovalRunsBackwards) as refused:
        record(examined, said(ApprovalKind.PARTY_COMMITTEE, 14))
    assert refused.value.other == date(2025, 12, 15)
    record(examined, said(ApprovalKind.PARTY_COMMITTEE, 15))  # the same day is no step back
    record(examined, said(ApprovalKind.DEPARTMENTS, 12, body="市住建局"))
    with pytest.raises(ApprovalRunsBackwards):
        record(examined, said(ApprovalKind.DEPARTMENTS, 16, body="市住建局"))
    with pytest.raises(Invalid):
        record(examined, replace(said(ApprovalKind.PARTY_COMMITTEE, 15), on=date(2026, 1, 1)))


def test_departments_speak_once_each_and_other_bodies_once() -> None:
    with pytest.raises(AlreadyApproved):
        record(ALL_FOUR, said(ApprovalKind.DEPARTMENTS, 1))
    with pytest.raises(AlreadyApproved):
        record(ALL_FOUR, said(ApprovalKind.EXECUTIVE_MEETING, 2, body="另一次常务会议"))


def test_a_refusal_blocks_until_it_is_withdrawn() -> None:
    refusal = said(ApprovalKind.EXECUTIVE_MEETING, 6, outcome=ApprovalOutcome.REFUSAL, words="财力不足")
    examined = after(CLEAN, said(ApprovalKind.DEPARTMENTS, 5), refusal)
    with pytest.raises(ApprovalRefused):
        record(examined, said(ApprovalKind.PARTY_COMMITTEE, 8))
    with pytest.raises(ApprovalRefused):
        approvals.require_ready("雨污分流", examined, RULES)
    record(after(CLEAN, said(ApprovalKind.DEPARTMENTS, 5, outcome=ApprovalOutcome.REFUSAL, words="不宜")), OTHER)
    withdrawn = approvals.withdraw_approval("雨污分流", examined, RULES, refusal.approval, "压缩规模后重新上会")
    anew = approvals.evolve_examined(examined, withdrawn)
    record(anew, said(ApprovalKind.EXECUTIVE_MEETING, 20, words="规模减半"))


def test_what_others_rest_on_is_not_withdrawn_before_them() -> None:
    with pytest.raises(LaterApprovalStands) as refused:
        approvals.withdraw_approval("雨污分流", ALL_FOUR, RULES, UUID(int=1), "录错")
    assert refused.value.kind is ApprovalKind.EXECUTIVE_MEETING
    assert approvals.withdraw_approval("雨污分流", ALL_FOUR, RULES, UUID(int=4), "录错").approval == UUID(int=4)


def test_changes_and_refusals_are_said_in_words_and_meetings_cited_by_number() -> None:
    changes = said(ApprovalKind.DEPARTMENTS, 3, outcome=ApprovalOutcome.CONSENT_WITH_CHANGES, number="")
    with pytest.raises(Missing) as refused:
        record(after(CLEAN), changes)
    assert refused.value.fields == ("words",)
    examined = after(CLEAN, record(after(CLEAN), replace(changes, words="补充管护责任")))
    with pytest.raises(Missing) as refused:
        record(examined, said(ApprovalKind.EXECUTIVE_MEETING, 5, number=" "))
    assert refused.value.fields == ("number",)


def test_a_candidate_is_ready_when_all_have_consented_and_else_the_missing_are_named() -> None:
    approvals.require_ready("雨污分流", ALL_FOUR, RULES)
    with pytest.raises(ApprovalsMissing) as refused:
        approvals.require_ready("雨污分流", after(CLEAN, said(ApprovalKind.DEPARTMENTS, 3)), RULES)
    assert refused.value.kinds == ORDER[1:]
