"""Support: once a device, in the office's count on paper, and the store behind it that names nobody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from application.office import Office
from application.private import same_texts, supporters, turns
from application.private.proposal_tables import turns as kept_turns
from application.private.seals import Seals
from application.private.store import PrivateStore, open_private
from application.private.turns import Allowance, TooOften, take_turn
from application.proposals import handling, support
from domain.accounts.permissions import RESIDENT
from domain.proposals.deciding import ProposalSettled
from domain.proposals.proposal import DeclineReason
from domain.proposals.support import Support, evolve_support, support_stream
from domain.shared import CHINA, Missing, NotFound, NotPermitted
from tests.support import proposals
from tests.support.stores import by

NOW = datetime(2026, 8, 20, 9, tzinfo=CHINA)


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


def test_a_device_supports_a_shown_proposal_once_and_paper_is_counted_by_the_office(
    office: Office, private: PrivateStore
) -> None:
    place = proposals.calling(office)
    proposal = place.received("路灯")
    with pytest.raises(NotFound):
        support.support_online(office, private, by(RESIDENT), proposal, "d1")
    handling.show(office, by(place.clerk), proposal, "路灯", "请装。")
    assert support.support_online(office, private, by(RESIDENT), proposal, "d1") is not None
    assert support.support_online(office, private, by(RESIDENT), proposal, "d1") is None
    assert support.support_online(office, private, by(RESIDENT), proposal, "d2") is not None
    support.count_signatures(office, by(place.clerk), place.congress, proposal, 40, "北街社区签名簿")
    assert office.state_of(support_stream(proposal), evolve_support) == Support(voices=42)
    with pytest.raises(Missing):
        support.count_signatures(office, by(place.clerk), place.congress, proposal, 3, " ")
    with pytest.raises(NotPermitted):
        support.count_signatures(office, by(RESIDENT), place.congress, proposal, 3, "x")
    handling.decline(office, by(place.clerk), [proposal], DeclineReason.ALREADY_PLANNED, "已安排。")
    with pytest.raises(ProposalSettled):
        support.support_online(office, private, by(RESIDENT), proposal, "d3")
    assert supporters.has_supported(private, {"d1", "d2", "d3"}) == {"d1", "d2"}
    supporters.sweep(private, office.now() + timedelta(days=401))
    assert not supporters.has_supported(private, {"d1", "d2"})


def test_voices_at_the_same_moment_are_all_counted_and_each_device_once(office: Office, private: PrivateStore) -> None:
    place = proposals.calling(office)
    proposal = place.received("路灯")
    handling.show(office, by(place.clerk), proposal, "路灯", "请装。")
    with ThreadPoolExecutor(4) as people:
        given = list(
            people.map(
                lambda n: support.support_online(office, private, by(RESIDENT), proposal, f"device {n % 10}"), range(20)
            )
        )
    assert sum(position is not None for position in given) == 10
    assert office.state_of(support_stream(proposal), evolve_support) == Support(voices=10)


def test_an_allowance_is_shared_by_all_processes_refills_and_is_forgotten(
    private: PrivateStore, database_url: str
) -> None:
    other = open_private(database_url)
    five = Allowance(at_once=5, a_minute=2)
    for number in range(5):
        take_turn(private if number % 2 else other, "hall", five, NOW)
    with pytest.raises(TooOften) as refused:
        take_turn(private, "hall", five, NOW)
    assert refused.value.seconds == 30
    take_turn(other, "another hall", five, NOW)
    take_turn(other, "hall", five, NOW + timedelta(seconds=30))
    turns.sweep(private, NOW + timedelta(minutes=10))
    with other.reading() as connection:
        assert connection.execute(kept_turns.select()).first() is None
    other.close()


def test_processes_share_one_secret_and_public_names_lead_back(private: PrivateStore, database_url: str) -> None:
    other = open_private(database_url)
    here, there, identity = Seals(private), Seals(other), uuid4()
    assert there.is_signed("form", "text", here.signature("form", "text"))
    assert not there.is_signed("other", "text", here.signature("form", "text"))
    name = here.public_name(identity)
    assert there.identity_of(name.upper()) == identity
    assert there.identity_of(name[:-1]) is None
    assert there.identity_of("z" * 26) is None
    other.close()


def test_the_same_words_are_known_for_sixty_days(private: PrivateStore) -> None:
    congress, first = uuid4(), uuid4()
    same_texts.note_text(private, congress, "h", first, NOW)
    same_texts.note_text(private, congress, "h", uuid4(), NOW)
    assert same_texts.same_text(private, congress, "h", NOW + timedelta(days=59)) == first
    assert same_texts.same_text(private, uuid4(), "h", NOW) is None
    assert same_texts.same_text(private, congress, "h", NOW + timedelta(days=61)) is None
