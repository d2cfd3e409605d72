"""Preparing: what a poll takes from its rules, how ballots are given, when it may be unsealed (rule 10)."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.polls.poll import Poll, PollFact, Sealing, evolve
from domain.polls.preparing import (
    Medium,
    NoSurplus,
    NotAnEvaluation,
    NotForProjects,
    SealingRequired,
    medium_of,
    prepare_evaluation,
    prepare_vote,
)
from domain.polls.rules import Form
from domain.shared import Invalid, Missing
from tests.support.given import given
from tests.support.poll_facts import prepared, with_rules

SET = UUID("5e000000-0000-4000-8000-000000000001")


def test_a_poll_takes_its_items_and_rules_as_they_are() -> None:
    fact = prepared()
    assert prepare_vote(fact) == fact
    assert evolve(None, fact) == Poll(prepared=fact)


@pytest.mark.parametrize(("fact", "field"), [(prepared(title=""), "title"), (prepared(candidates=0), "items")])
def test_a_poll_without_title_or_items_is_refused(fact: PollFact, field: str) -> None:
    given(evolve=evolve).when(lambda _: prepare_vote(fact)).refused(Missing, fields=(field,))  # type: ignore[arg-type]  # a PollPrepared


def test_rule_10_twelve_candidates_for_ten_places_need_nothing() -> None:
    assert prepare_vote(prepared(candidates=12)).waiver == ""


@pytest.mark.parametrize(("candidates", "quota"), [(7, 7), (6, 7)])
def test_rule_10_no_more_candidates_than_places_needs_a_waiver(candidates: int, quota: int) -> None:
    strict = with_rules(quota=quota)
    lenient = with_rules(quota=quota, allow_equal=True)
    for rules, waiver in ((strict, ""), (strict, "主席团决定"), (lenient, ""), (lenient, "  ")):
        with pytest.raises(NoSurplus) as refusal:
            prepare_vote(prepared(candidates, rules, waiver))
        assert (refusal.value.candidates, refusal.value.quota) == (candidates, quota)
    fact = prepared(candidates, lenient, "主席团第二次会议决定")
    assert prepare_vote(fact) == fact


def test_rule_10_an_open_quota_has_no_surplus_to_ask_for() -> None:
    fact = prepared(35, with_rules(quota=None))
    assert prepare_vote(fact) == fact


def test_a_poll_is_sealed_unless_its_profile_says_otherwise() -> None:
    strict = with_rules(unsealed_allowed=False)
    with pytest.raises(SealingRequired):
        prepare_vote(prepared(rules=strict))
    sealed = replace(prepared(rules=strict), sealing=Sealing.SEALED)
    assert prepare_vote(sealed) == sealed


def test_a_rehearsal_may_be_unsealed_whatever_its_profile_says() -> None:
    fact = replace(prepared(rules=with_rules(unsealed_allowed=False)), rehearsal=True)
    assert prepare_vote(fact) == fact


@pytest.mark.parametrize(
    ("card_set", "keypad", "colour", "medium"),
    [
        (SET, False, "", Medium.CARDS),
        (SET, False, "黄色", Medium.CARDS_AND_PAPER),
        (None, False, "黄色", Medium.PAPER),
        (None, True, "", Medium.KEYPAD),
    ],
)
def test_a_poll_says_how_ballots_are_given(*, card_set: UUID | None, keypad: bool, colour: str, medium: Medium) -> None:
    fact = replace(prepared(), card_set=card_set, keypad=keypad, paper_colour=colour)
    assert medium_of(prepare_vote(fact)) is medium


def test_without_cards_there_is_nothing_to_seal() -> None:
    on_paper = replace(prepared(), card_set=None, sealing=Sealing.SEALED)
    assert not evolve(None, on_paper).is_sealed
    assert evolve(None, replace(on_paper, card_set=SET)).is_sealed


def test_keypads_need_neither_cards_nor_papers_and_cannot_choose() -> None:
    keypad = replace(prepared(), card_set=None, keypad=True)
    choosing = replace(keypad, profile=with_rules(form=Form.CHOOSE))
    for fact in (replace(keypad, card_set=SET), replace(keypad, paper_colour="白色"), choosing):
        with pytest.raises(Invalid) as refusal:
            prepare_vote(fact)
        assert refusal.value.field == "medium"


def test_a_vote_gives_no_grades() -> None:
    with pytest.raises(NotAnEvaluation):
        prepare_evaluation(prepared())
    fact = prepared(rules=with_rules(form=Form.GRADE))
    assert prepare_evaluation(fact) == fact


def test_an_evaluation_does_not_adopt_projects() -> None:
    with pytest.raises(NotForProjects):
        prepare_vote(prepared(rules=with_rules(form=Form.GRADE)))
