"""Preparing, opening and closing: rules 1, 2, 10, 13 and 14 with their numbers."""

from uuid import UUID

import pytest

from domain.polls.ballot import VoidReason
from domain.polls.opening import (
    CardNumbers,
    CardsNotAccounted,
    MoreCardsThanAttending,
    NothingIssued,
    QuorumNotMet,
    TooFewScrutineers,
    approve_scrutineers,
    call_last_ballots,
    close_poll,
    open_poll,
    require_closable,
)
from domain.polls.poll import (
    LastBallotsCalled,
    PollCancelled,
    PollClosed,
    PollFact,
    PollInWrongStage,
    PollOpened,
    PollStage,
    ScrutineersApproved,
    evolve,
)
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import RuleProfile, quorum_number
from domain.polls.voiding import VoidingNoted, note_voiding
from domain.shared import Invalid, NotFound, Refused
from tests.support.given import Outcome, given
from tests.support.poll_facts import (
    APPROVED,
    CHIEF,
    CONGRESS,
    LI,
    POLL,
    WANG,
    ZHAO,
    prepared,
    until_closed,
    until_open,
    until_prepared,
    with_rules,
)

FORM = "f" * 64
CLOSED = PollClosed(ballots=313, root="ab" * 32, cards_printed=330, cards_voided=16)


def opening(
    *facts: PollFact,
    printed: int = 330,
    voided: int = 16,
    drawn: int = 314,
    all_delegates: int = 327,
    attending: int = 314,
    rules: RuleProfile | None = None,
) -> Outcome:
    """What comes of opening after these facts (after the preparation if none are given)."""
    known = facts or until_prepared()
    quorum = quorum_number(rules or with_rules(), all_delegates)
    return given(*known, evolve=evolve).when(
        lambda poll: open_poll(
            poll,
            all_delegates=all_delegates,
            attending=attending,
            quorum=quorum,
            cards=CardNumbers(printed=printed, voided=voided, drawn=drawn),
            form=FORM,
        )
    )


def test_rule_14_a_chief_and_two_scrutineers_are_approved() -> None:
    given(prepared(), evolve=evolve).when(lambda poll: approve_scrutineers(poll, APPROVED)).then(APPROVED)


@pytest.mark.parametrize("scrutineers", [(), (LI,)])
def test_rule_14_fewer_than_two_scrutineers_are_refused(scrutineers: tuple[UUID, ...]) -> None:
    too_few = ScrutineersApproved(chief=CHIEF, scrutineers=scrutineers)
    given(prepared(), evolve=evolve).when(lambda poll: approve_scrutineers(poll, too_few)).refused(
        TooFewScrutineers, appointed=len(scrutineers), needed=2
    )


@pytest.mark.parametrize("scrutineers", [(LI, LI), (CHIEF, LI)])
def test_rule_14_nobody_holds_two_of_the_offices(scrutineers: tuple[UUID, ...]) -> None:
    doubled = ScrutineersApproved(chief=CHIEF, scrutineers=scrutineers)
    given(prepared(), evolve=evolve).when(lambda poll: approve_scrutineers(poll, doubled)).refused(
        Invalid, field="scrutineers", reason="repeated"
    )


def test_scrutineers_may_be_replaced_until_voting_begins() -> None:
    other = ScrutineersApproved(chief=LI, scrutineers=(WANG, ZHAO))
    given(*until_prepared(), evolve=evolve).when(lambda poll: approve_scrutineers(poll, other)).then(other)
    given(*until_open(), evolve=evolve).when(lambda poll: approve_scrutineers(poll, other)).refused(
        PollInWrongStage, stage="open"
    )


def test_the_opening_freezes_how_many_delegates_there_are_attend_and_hold_a_card() -> None:
    opening().then(PollOpened(all_delegates=327, attending=314, issued=314, form=FORM))


@pytest.mark.parametrize(
    ("all_delegates", "operator", "attending", "needed"),
    [
        (327, Operator.AT_LEAST, 217, 218),
        (327, Operator.OVER, 217, 219),
        (327, Operator.OVER, 218, 219),
        (60, Operator.OVER, 40, 41),
    ],
)
def test_rule_1_too_few_delegates_open_nothing(
    all_delegates: int, operator: Operator, attending: int, needed: int
) -> None:
    rules = with_rules(quorum=Threshold(fraction="2/3", operator=operator))
    opening(all_delegates=all_delegates, attending=attending, drawn=attending, rules=rules).refused(
        QuorumNotMet, attending=attending, needed=needed, all_delegates=all_delegates
    )


@pytest.mark.parametrize(
    ("all_delegates", "operator", "attending"),
    [(327, Operator.AT_LEAST, 218), (327, Operator.OVER, 219), (60, Operator.OVER, 41)],
)
def test_rule_1_the_quorum_opens(all_delegates: int, operator: Operator, attending: int) -> None:
    rules = with_rules(quorum=Threshold(fraction="2/3", operator=operator))
    outcome = opening(
        all_delegates=all_delegates,
        attending=attending,
        printed=attending,
        voided=0,
        drawn=attending,
        rules=rules,
    )
    assert outcome.refusal is None


def test_rule_14_nothing_opens_without_scrutineers() -> None:
    opening(prepared()).refused(TooFewScrutineers, appointed=0, needed=2)


def test_rule_2_the_315th_card_for_314_delegates_is_refused() -> None:
    opening(drawn=315, voided=15).refused(MoreCardsThanAttending, drawn=315, attending=314)


@pytest.mark.parametrize("voided", [15, 17])
def test_the_poll_opens_only_when_live_cards_are_the_cards_drawn(voided: int) -> None:
    opening(voided=voided).refused(CardsNotAccounted, printed=330, voided=voided, drawn=314)


def test_rule_13_a_spoiled_card_that_was_replaced_counts_once() -> None:
    """314 issued and 2 issued again for 2 that came back spoiled: 330 printed, 2 + 14 voided, 314 live."""
    opening(printed=330, voided=2 + 14, drawn=314).then(
        PollOpened(all_delegates=327, attending=314, issued=314, form=FORM)
    )


def test_fewer_delegates_may_hold_a_card_than_attend() -> None:
    opening(drawn=310, voided=20).then(PollOpened(all_delegates=327, attending=314, issued=310, form=FORM))


def test_nothing_opens_for_nobody() -> None:
    opening(drawn=0, voided=330).refused(NothingIssued)


def test_a_poll_opens_once() -> None:
    opening(*until_open()).refused(PollInWrongStage, stage="open")
    opening(prepared(), PollCancelled(reason="改期")).refused(PollInWrongStage, stage="cancelled")


def test_cards_are_voided_before_voting_begins_only() -> None:
    given(*until_prepared(), evolve=evolve).when(lambda poll: note_voiding(poll, POLL, VoidReason.SPOILED)).then(
        VoidingNoted(congress=CONGRESS, poll=POLL, reason=VoidReason.SPOILED)
    )
    given(*until_open(), evolve=evolve).when(lambda poll: note_voiding(poll, POLL, VoidReason.SPOILED)).refused(
        PollInWrongStage, stage="open"
    )


def test_a_poll_closes_in_two_steps() -> None:
    given(*until_open(), evolve=evolve).when(lambda poll: close_poll(poll, CLOSED)).refused(
        PollInWrongStage, stage="open"
    )
    given(*until_open(), evolve=evolve).when(call_last_ballots).then(LastBallotsCalled(seconds=60))
    called = (*until_open(), LastBallotsCalled(seconds=60))
    given(*called, evolve=evolve).when(lambda poll: close_poll(poll, CLOSED)).then(CLOSED)


def test_last_ballots_are_called_once() -> None:
    called = (*until_open(), LastBallotsCalled(seconds=60))
    given(*called, evolve=evolve).when(call_last_ballots).refused(PollInWrongStage, stage="last_call")


@pytest.mark.parametrize("facts", [until_prepared(), until_closed()])
def test_only_an_open_poll_is_closed(facts: tuple[PollFact, ...]) -> None:
    given(*facts, evolve=evolve).when(call_last_ballots).refused(PollInWrongStage)
    given(*facts, evolve=evolve).when(require_closable).refused(PollInWrongStage)


def test_the_stage_is_told_by_the_last_step() -> None:
    poll = None
    for fact in until_closed():
        poll = evolve(poll, fact)
    assert poll is not None
    assert poll.stage is PollStage.CLOSED
    assert poll.closed is not None
    assert poll.closed.cards_live == 314


@pytest.mark.parametrize("decide", [call_last_ballots, require_closable])
def test_a_poll_that_was_never_prepared_is_not_found(decide: object) -> None:
    with pytest.raises(NotFound) as refusal:
        decide(None)  # type: ignore[operator]  # one of the two above
    assert isinstance(refusal.value, Refused)
