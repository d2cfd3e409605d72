"""Commands about rule profiles, on both stores."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from application.office import Office
from application.profiles import adopt_profile, draft_profile, known_profile, revise_profile
from domain.accounts.permissions import Actor, Role
from domain.polls.profile import ProfileChanged, ProfileExists, ProfileFaults, ProfileLocked
from domain.polls.ready_made import READY_MADE
from domain.shared import Missing, NotFound, NotPermitted
from tests.support import polls
from tests.support.stores import by, granted

RULES = READY_MADE["per_item_majority"]
DAY = date(2026, 1, 20)


@pytest.fixture
def place(office: Office) -> tuple[UUID, Actor, UUID]:
    """A congress, its clerk and its session."""
    congress, clerk = polls.founded(office)
    return congress, clerk, polls.convened(office, clerk, congress, office.today())


@pytest.fixture
def draft(office: Office, place: tuple[UUID, Actor, UUID]) -> UUID:
    congress, clerk, _ = place
    profile = uuid4()
    draft_profile(office, by(clerk), congress, profile, RULES)
    return profile


def test_versions_count_what_changed(office: Office, place: tuple[UUID, Actor, UUID], draft: UUID) -> None:
    clerk = place[1]
    revise_profile(office, by(clerk), draft, RULES)
    assert known_profile(office, draft).version == 1
    revise_profile(office, by(clerk), draft, replace(RULES, quota=8))
    assert known_profile(office, draft).version == 2
    assert known_profile(office, draft).rules.quota == 8


def test_adoption_locks(office: Office, place: tuple[UUID, Actor, UUID], draft: UUID) -> None:
    _, clerk, session = place
    adopt_profile(office, by(clerk), draft, session=session, on=DAY, decision="全体会议通过", version=1)
    assert known_profile(office, draft).is_locked
    with pytest.raises(ProfileLocked):
        revise_profile(office, by(clerk), draft, replace(RULES, quota=8))
    with pytest.raises(ProfileLocked):
        adopt_profile(office, by(clerk), draft, session=session, on=DAY, decision="再次", version=1)


def test_only_what_was_shown_is_adopted(office: Office, place: tuple[UUID, Actor, UUID], draft: UUID) -> None:
    _, clerk, session = place
    revise_profile(office, by(clerk), draft, replace(RULES, quota=8))
    with pytest.raises(ProfileChanged) as refused:
        adopt_profile(office, by(clerk), draft, session=session, on=DAY, decision="通过", version=1)
    assert (refused.value.shown, refused.value.current) == (1, 2)


def test_a_session_of_another_congress_adopts_nothing(
    office: Office, place: tuple[UUID, Actor, UUID], draft: UUID
) -> None:
    other, clerk_there = polls.founded(office, "other")
    session_there = polls.convened(office, clerk_there, other, office.today())
    for session in (session_there, uuid4()):
        with pytest.raises(NotFound):
            adopt_profile(office, by(place[1]), draft, session=session, on=DAY, decision="通过")


def test_an_adoption_has_its_decision(office: Office, place: tuple[UUID, Actor, UUID], draft: UUID) -> None:
    _, clerk, session = place
    with pytest.raises(Missing):
        adopt_profile(office, by(clerk), draft, session=session, on=DAY, decision=" ")


def test_a_profile_with_faults_is_not_kept(office: Office, place: tuple[UUID, Actor, UUID], draft: UUID) -> None:
    congress, clerk, _ = place
    with pytest.raises(ProfileFaults):
        draft_profile(office, by(clerk), congress, uuid4(), replace(RULES, quota=0))
    with pytest.raises(ProfileFaults):
        revise_profile(office, by(clerk), draft, replace(RULES, title=" "))


def test_the_same_form_sent_twice_is_done_once(office: Office, place: tuple[UUID, Actor, UUID]) -> None:
    congress, clerk, session = place
    asked, profile = by(clerk), uuid4()
    assert draft_profile(office, asked, congress, profile, RULES) == draft_profile(
        office, asked, congress, profile, RULES
    )
    with pytest.raises(ProfileExists):
        draft_profile(office, by(clerk), congress, profile, RULES)
    adopting = by(clerk)
    first = adopt_profile(office, adopting, profile, session=session, on=DAY, decision="通过")
    assert adopt_profile(office, adopting, profile, session=session, on=DAY, decision="通过") == first


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.SCRUTINEER, Role.AUDITOR, Role.UPPER_READER, Role.GOVERNMENT])
def test_only_the_office_keeps_profiles(
    office: Office, place: tuple[UUID, Actor, UUID], draft: UUID, role: Role
) -> None:
    congress, _, session = place
    somebody = granted(role, congress)
    with pytest.raises(NotPermitted):
        draft_profile(office, by(somebody), congress, uuid4(), RULES)
    with pytest.raises(NotPermitted):
        revise_profile(office, by(somebody), draft, RULES)
    with pytest.raises(NotPermitted):
        adopt_profile(office, by(somebody), draft, session=session, on=DAY, decision="通过")


def test_an_unknown_profile_is_not_found(office: Office, place: tuple[UUID, Actor, UUID]) -> None:
    with pytest.raises(NotFound):
        revise_profile(office, by(place[1]), uuid4(), RULES)
