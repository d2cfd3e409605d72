"""A rule profile from its draft to its adoption."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.polls.profile import (
    READY_MADE,
    Profile,
    ProfileAdopted,
    ProfileDrafted,
    ProfileExists,
    ProfileFact,
    ProfileFaults,
    ProfileLocked,
    ProfileNotAdopted,
    ProfileRevised,
    adopt_profile,
    adopted_rules,
    check,
    draft_profile,
    evolve,
    revise_profile,
)
from domain.shared import Missing, NotFound

CONGRESS, SESSION = UUID(int=1), UUID(int=2)
RULES = READY_MADE["per_item_majority"]
DRAFTED = ProfileDrafted(congress=CONGRESS, rules=RULES)
ADOPTED = ProfileAdopted(session=SESSION, on=date(2026, 1, 22), decision="主席团第二次会议决定")


def after(*facts: ProfileFact) -> Profile | None:
    profile: Profile | None = None
    for fact in facts:
        profile = evolve(profile, fact)
    return profile


def test_a_profile_is_drafted_once() -> None:
    assert draft_profile(None, congress=CONGRESS, rules=RULES) == DRAFTED
    with pytest.raises(ProfileExists):
        draft_profile(after(DRAFTED), congress=CONGRESS, rules=RULES)


def test_every_revision_is_a_version() -> None:
    revised = replace(RULES, quota=8)
    facts = revise_profile(after(DRAFTED), rules=revised)
    assert facts == (ProfileRevised(rules=revised),)
    profile = after(DRAFTED, *facts)
    assert profile is not None
    assert (profile.version, profile.rules.quota, profile.congress) == (2, 8, CONGRESS)


def test_saving_without_a_change_records_nothing() -> None:
    assert revise_profile(after(DRAFTED), rules=RULES) == ()


def test_adoption_names_session_day_and_decision() -> None:
    adopted = adopt_profile(after(DRAFTED), session=SESSION, on=date(2026, 1, 22), decision=" 主席团第二次会议决定 ")
    assert adopted == ADOPTED
    profile = after(DRAFTED, ADOPTED)
    assert profile is not None
    assert profile.adoption is not None
    assert profile.adoption.session == SESSION
    assert adopted_rules(profile) == RULES


def test_adoption_needs_a_decision() -> None:
    with pytest.raises(Missing) as refused:
        adopt_profile(after(DRAFTED), session=SESSION, on=date(2026, 1, 22), decision=" ")
    assert refused.value.fields == ("decision",)


def test_adoption_locks_the_profile() -> None:
    locked = after(DRAFTED, ADOPTED)
    with pytest.raises(ProfileLocked) as refused:
        revise_profile(locked, rules=replace(RULES, quota=8))
    assert refused.value.on == date(2026, 1, 22)
    with pytest.raises(ProfileLocked):
        adopt_profile(locked, session=SESSION, on=date(2026, 1, 23), decision="再次")


def test_a_poll_counts_by_adopted_rules_only() -> None:
    with pytest.raises(ProfileNotAdopted) as refused:
        adopted_rules(after(DRAFTED))
    assert refused.value.title == RULES.title


def test_an_unknown_profile_is_not_found() -> None:
    with pytest.raises(NotFound):
        adopted_rules(None)
    with pytest.raises(NotFound):
        revise_profile(None, rules=RULES)


def test_a_faulty_profile_is_neither_drafted_nor_kept() -> None:
    faulty = replace(RULES, quota=0)
    with pytest.raises(ProfileFaults):
        draft_profile(None, congress=CONGRESS, rules=faulty)
    with pytest.raises(ProfileFaults):
        revise_profile(after(DRAFTED), rules=faulty)


@pytest.mark.parametrize("name", READY_MADE)
def test_every_ready_made_profile_can_be_drafted_and_adopted(name: str) -> None:
    check(READY_MADE[name])
