"""Cards and papers in one poll: rules 2 and 13 with their numbers, late arrivals, keypads."""

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.polls.opening import (
    CardNumbers,
    CardSetNeeded,
    CardsNotAccounted,
    MoreCardsThanAttending,
    NothingIssued,
    TooLateForThisPoll,
    VotesByKeypad,
    obstacles,
    open_poll,
    require_cards,
    require_papers,
)
from domain.polls.poll import LastBallotsCalled, PollClosed, PollFact, PollInWrongStage, PollOpened, evolve
from domain.polls.rules import LateArrivals
from tests.support.given import Outcome, given
from tests.support.poll_facts import (
    APPROVED,
    CARDS,
    folded,
    prepared,
    until_closed,
    until_open,
    until_prepared,
    with_rules,
)

FORM = "f" * 64
PAPER_ONLY = (replace(prepared(), card_set=None), APPROVED)
KEYPADS = (replace(prepared(), card_set=None, keypad=True), APPROVED)
NOT_LATE = with_rules(late_arrivals=LateArrivals.NOT_IN_THIS_POLL)


def opening(cards: CardNumbers, *facts: PollFact, attending: int = 314) -> Outcome:
    known = facts or until_prepared()
    return given(*known, evolve=evolve).when(
        lambda poll: open_poll(poll, all_delegates=327, attending=attending, quorum=218, cards=cards, form=FORM)
    )


def opened(attending: int, issued: int, papers: int = 0) -> PollOpened:
    return PollOpened(all_delegates=327, attending=attending, issued=issued, form=FORM, papers=papers)


def test_cards_and_papers_are_issued_together() -> None:
    """300 cards and 14 papers: I = 314."""
    numbers = CardNumbers(printed=330, voided=30, drawn=300, papers=14)
    opening(numbers).then(opened(314, 314, papers=14))


def test_rule_2_the_315th_card_or_paper_for_314_delegates_is_refused() -> None:
    numbers = CardNumbers(printed=330, voided=30, drawn=300, papers=15)
    opening(numbers).refused(MoreCardsThanAttending, drawn=300, papers=15, attending=314)


def test_papers_do_not_account_for_cards() -> None:
    opening(CardNumbers(printed=330, voided=16, drawn=300, papers=14)).refused(CardsNotAccounted, drawn=300)


def test_a_poll_on_paper_alone_opens_when_somebody_holds_one() -> None:
    opening(CardNumbers(papers=314), *PAPER_ONLY).then(opened(314, 314, papers=314))
    opening(CardNumbers(), *PAPER_ONLY).refused(NothingIssued)


def test_where_keypads_count_everybody_who_attends_holds_one() -> None:
    opening(CardNumbers(), *KEYPADS).then(opened(314, 314))
    poll = folded(*KEYPADS, opened(314, 314))
    assert (poll.issued, poll.cards_drawn, poll.papers_issued) == (314, 0, 0)


def test_cards_are_drawn_where_there_are_cards() -> None:
    assert require_cards(folded(*until_prepared())) == CARDS
    given(*PAPER_ONLY, evolve=evolve).when(require_cards).refused(CardSetNeeded)
    given(*KEYPADS, evolve=evolve).when(require_cards).refused(VotesByKeypad)
    given(*until_open(), evolve=evolve).when(require_cards).refused(PollInWrongStage, stage="open")


def test_papers_are_handed_out_before_the_opening_and_to_late_arrivals() -> None:
    for facts in (until_prepared(), PAPER_ONLY, until_open()):
        assert require_papers(folded(*facts)).chief is not None
    given(*KEYPADS, evolve=evolve).when(require_papers).refused(VotesByKeypad)
    given(*until_closed(), evolve=evolve).when(require_papers).refused(PollInWrongStage, stage="closed")


def test_late_arrivals_get_nothing_where_the_profile_says_so() -> None:
    assert require_papers(folded(*until_prepared(NOT_LATE))).chief is not None
    given(*until_open(rules=NOT_LATE), evolve=evolve).when(require_papers).refused(TooLateForThisPoll)


def test_late_arrivals_with_a_paper_count_into_a_and_i_at_the_closing() -> None:
    """A = 314 and I = 300 + 14; two come later and are handed a paper: A = 316, I = 316."""
    facts = (*until_prepared(), opened(314, 314, papers=14), LastBallotsCalled(seconds=60))
    closed = PollClosed(
        ballots=299, root="ab" * 32, cards_printed=330, cards_voided=30, cards_drawn=300, papers=16, late=2
    )
    poll = folded(*facts, closed)
    assert (poll.attending, poll.issued, poll.cards_drawn, poll.papers_issued) == (316, 316, 300, 16)
    assert poll.cards_add_up


def test_a_poll_from_before_papers_has_the_numbers_it_had() -> None:
    poll = folded(*until_closed())
    assert (poll.attending, poll.issued, poll.cards_drawn, poll.papers_issued) == (314, 314, 314, 0)
    assert poll.cards_add_up


def test_rule_13_spoiled_cards_that_were_replaced_are_told_and_count_once() -> None:
    """314 issued and 2 issued again for 2 that came back spoiled: I = 314, spoiled 2."""
    numbers = CardNumbers(printed=330, voided=2 + 14, drawn=314, spoiled=2)
    outcome = opening(numbers)
    assert outcome.refusal is None
    poll = folded(*until_prepared(), *outcome.facts)  # type: ignore[arg-type]  # the fact of an opening
    assert (poll.issued, poll.cards_spoiled) == (314, 2)


def test_a_poll_that_has_not_opened_has_issued_nothing_yet() -> None:
    with pytest.raises(PollInWrongStage):
        _ = folded(*until_prepared()).issued


@for_all(st.integers(0, 330), st.integers(0, 340), st.integers(0, 330), st.integers(0, 330), st.integers(218, 327))
def test_whatever_opens_has_every_card_accounted_for_and_no_more_out_than_people_there(
    printed: int, voided: int, drawn: int, papers: int, attending: int
) -> None:
    numbers = CardNumbers(printed=printed, voided=voided, drawn=drawn, papers=papers)
    blocking = obstacles(folded(*until_prepared()), all_delegates=327, attending=attending, quorum=218, cards=numbers)
    holds = printed - voided == drawn and 0 < drawn + papers <= attending
    assert holds == (not blocking)
