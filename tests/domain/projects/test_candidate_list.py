from datetime import date
from uuid import UUID

import pytest

from domain.projects import candidate_list as lists
from domain.projects.candidate_list import (
    CandidateList,
    CandidateListFact,
    CardRead,
    ListAlreadyPublished,
    ListAtVote,
    ListedCandidate,
    ListNotPublished,
    NumberRepeated,
    PreReadingTooShort,
)
from domain.shared import Missing

CONGRESS, SESSION, POLL = UUID(int=1), UUID(int=2), UUID(int=3)
LINES = tuple(ListedCandidate(project=UUID(int=100 + n), number=n, name=f"项目{n}") for n in (2, 1, 3))


def publish(current: CandidateList | None = None, lines: tuple[ListedCandidate, ...] = LINES) -> CandidateListFact:
    return lists.publish_list(
        current,
        congress=CONGRESS,
        year=2026,
        session=SESSION,
        candidates=lines,
        decision=lists.PresidiumDecision(words="主席团第二次会议"),
        on=date(2026, 1, 10),
    )


PUBLISHED = lists.evolve(None, publish())


@pytest.mark.parametrize("vote_on", [date(2026, 3, 8), date(2026, 3, 9)])
def test_rule_16_cards_sent_seven_days_before_the_vote_are_in_time(vote_on: date) -> None:
    lists.require_pre_reading(date(2026, 3, 1), vote_on, 7)


def test_rule_16_six_days_are_too_few_and_the_first_possible_day_is_told() -> None:
    with pytest.raises(PreReadingTooShort) as refused:
        lists.require_pre_reading(date(2026, 3, 1), date(2026, 3, 7), 7)
    assert (refused.value.days, refused.value.required, refused.value.earliest) == (6, 7, date(2026, 3, 8))


def test_the_list_is_in_the_order_of_its_numbers() -> None:
    assert [candidate.number for candidate in PUBLISHED.candidates] == [1, 2, 3]


def test_two_candidates_cannot_carry_one_number() -> None:
    with pytest.raises(NumberRepeated) as refused:
        publish(lines=(*LINES, ListedCandidate(project=UUID(int=9), number=3, name="又一个")))
    assert refused.value.number == 3


def test_a_list_needs_candidates() -> None:
    with pytest.raises(Missing):
        publish(lines=())


def test_a_second_list_needs_the_first_to_be_taken_back() -> None:
    with pytest.raises(ListAlreadyPublished):
        publish(PUBLISHED)
    withdrawn = lists.evolve(PUBLISHED, lists.withdraw_list(PUBLISHED, 2026, "更正规模"))
    assert lists.evolve(withdrawn, publish(withdrawn)).published


def test_a_list_at_vote_cannot_be_taken_back_until_the_poll_is_cancelled() -> None:
    voting = lists.evolve(PUBLISHED, lists.put_to_vote(PUBLISHED, 2026, POLL))
    with pytest.raises(ListAtVote):
        lists.withdraw_list(voting, 2026, "更正")
    with pytest.raises(ListAtVote):
        lists.put_to_vote(voting, 2026, UUID(int=4))
    released = lists.evolve(voting, lists.release_list(voting, 2026, POLL))
    assert lists.withdraw_list(released, 2026, "更正").reason == "更正"


def test_without_a_list_there_is_nothing_to_vote_on() -> None:
    with pytest.raises(ListNotPublished):
        lists.put_to_vote(None, 2026, POLL)


def test_a_read_receipt_is_given_once() -> None:
    receipt = CardRead(congress=CONGRESS, delegate=UUID(int=7), project=UUID(int=101))
    assert lists.read_card(None, receipt) == (receipt,)
    assert lists.read_card(lists.evolve_reading(None, receipt), receipt) == ()
