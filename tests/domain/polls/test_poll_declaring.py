"""Counting, signing and declaring: rules 2, 11 and 14."""

from datetime import date
from uuid import UUID

import pytest

from domain.polls.declaring import (
    AlreadySigned,
    CountChanged,
    CountNotValid,
    NotThisPollsScrutineer,
    SignaturesMissing,
    cancel_poll,
    declare_poll,
    record_count,
    sign_count,
)
from domain.polls.opening import CardsNotAccounted
from domain.polls.poll import (
    CountSigned,
    Poll,
    PollCancelled,
    PollCounted,
    PollDeclared,
    PollFact,
    PollInWrongStage,
    SignerRole,
    evolve,
)
from domain.shared import Missing
from tests.support.given import Outcome, given
from tests.support.poll_facts import (
    CHIEF,
    LI,
    NAMES,
    WANG,
    ZHAO,
    count_after,
    folded,
    signature,
    until_closed,
    until_counted,
    until_open,
    until_prepared,
    until_signed,
)

VOID = until_counted(ballots=315)


def signing(person: UUID, *facts: PollFact, shown: str | None = None) -> Outcome:
    known = facts or until_counted()
    shown = count_after(*known).count_hash if shown is None else shown
    return given(*known, evolve=evolve).when(
        lambda poll: sign_count(poll, delegate=person, name=NAMES[person], shown_hash=shown)
    )


def declaring(*facts: PollFact, notice_number: str = "〔2026〕5号") -> Outcome:
    return given(*facts, evolve=evolve).when(
        lambda poll: declare_poll(poll, on=date(2026, 3, 9), notice_number=notice_number, adopted=())
    )


def cancelling(*facts: PollFact, reason: str = "重新投票") -> Outcome:
    return given(*facts, evolve=evolve).when(lambda poll: cancel_poll(poll, reason))


def test_the_first_count_is_version_one() -> None:
    count = count_after(*until_counted())
    given(*until_closed(), evolve=evolve).when(lambda poll: record_count(poll, count)).then(count)


@pytest.mark.parametrize("facts", [until_prepared(), until_open()])
def test_nothing_is_counted_before_the_box_is_closed(facts: tuple[PollFact, ...]) -> None:
    count = count_after(*until_counted())
    given(*facts, evolve=evolve).when(lambda poll: record_count(poll, count)).refused(PollInWrongStage)


def test_the_chief_signs_as_chief_and_the_others_as_scrutineers() -> None:
    count = count_after(*until_counted())
    signing(CHIEF).then(
        CountSigned(
            version=1,
            role=SignerRole.CHIEF,
            delegate=CHIEF,
            name=NAMES[CHIEF],
            count_hash=count.count_hash,
            form="password",
        )
    )
    signing(LI).then(signature(LI, count))


def test_only_the_scrutineers_of_the_poll_sign() -> None:
    signing(ZHAO).refused(NotThisPollsScrutineer, name=NAMES[ZHAO])


def test_each_signs_once() -> None:
    signed = (*until_counted(), signature(LI, count_after(*until_counted())))
    signing(LI, *signed).refused(AlreadySigned, name=NAMES[LI])


def test_what_is_signed_is_the_count_that_was_shown() -> None:
    current = count_after(*until_counted()).count_hash
    signing(LI, shown="0" * 64).refused(CountChanged, shown="0" * 64, current=current)


def test_rule_11_a_recount_is_a_new_version_and_voids_the_signatures() -> None:
    count = count_after(*until_counted())
    outcome = given(*until_signed(), evolve=evolve).when(lambda poll: record_count(poll, count))
    (again,) = outcome.facts
    assert isinstance(again, PollCounted)
    assert again.version == 2
    poll = folded(*until_signed(), again)
    assert poll.signatures == ()
    assert not poll.is_signed
    declaring(*until_signed(), again).refused(SignaturesMissing, chief=False, scrutineers=0)
    signing(LI, *until_signed(), again).then(signature(LI, again))


@pytest.mark.parametrize(
    ("people", "chief", "scrutineers"),
    [((), False, 0), ((CHIEF,), True, 0), ((CHIEF, LI), True, 1), ((LI, WANG), False, 2)],
)
def test_rule_14_no_declaration_without_the_chief_and_two_scrutineers(
    people: tuple[UUID, ...],
    *,
    chief: bool,
    scrutineers: int,
) -> None:
    count = count_after(*until_counted())
    facts = (*until_counted(), *(signature(person, count) for person in people))
    declaring(*facts).refused(SignaturesMissing, chief=chief, scrutineers=scrutineers)


def test_a_signed_count_is_declared_under_the_number_of_its_notice() -> None:
    count = count_after(*until_signed())
    declaring(*until_signed(), notice_number=" 〔2026〕5号 ").then(
        PollDeclared(on=date(2026, 3, 9), notice_number="〔2026〕5号", count_hash=count.count_hash, adopted=())
    )
    declaring(*until_signed(), notice_number=" ").refused(Missing, fields=("notice_number",))


def test_a_poll_is_declared_once() -> None:
    declared = PollDeclared(on=date(2026, 3, 9), notice_number="5", count_hash="", adopted=())
    declaring(*until_signed(), declared).refused(PollInWrongStage, stage="declared")
    signing(LI, *until_signed(), declared).refused(PollInWrongStage, stage="declared")
    count = count_after(*until_signed())
    given(*until_signed(), declared, evolve=evolve).when(lambda poll: record_count(poll, count)).refused(
        PollInWrongStage, stage="declared"
    )


def test_rule_2_more_ballots_than_cards_void_the_poll_and_nobody_signs() -> None:
    why = "returned_exceeds_issued"
    assert count_after(*VOID).void_because == why
    signing(CHIEF, *VOID).refused(CountNotValid, reason=why)
    declaring(*VOID).refused(CountNotValid, reason=why)
    cancelling(*VOID).then(PollCancelled(reason="重新投票"))


def test_a_drawn_card_that_was_voided_after_all_stops_the_count() -> None:
    """330 printed, 17 voided, 314 drawn: one of them can no longer have voted."""
    count = count_after(*until_counted())
    given(*until_closed(voided=17), evolve=evolve).when(lambda poll: record_count(poll, count)).refused(
        CardsNotAccounted, printed=330, voided=17, drawn=314
    )
    cancelling(*until_closed(voided=17)).then(PollCancelled(reason="重新投票"))


def test_a_poll_is_cancelled_with_a_reason_before_it_opens() -> None:
    cancelling(*until_prepared(), reason=" 会议改期 ").then(PollCancelled(reason="会议改期"))
    cancelling(*until_prepared(), reason=" ").refused(Missing, fields=("reason",))


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (until_open(), "open"),
        (until_closed(), "closed"),
        (until_counted(), "counted"),
        ((*until_prepared(), PollCancelled(reason="改期")), "cancelled"),
    ],
)
def test_a_poll_that_can_give_a_result_is_not_cancelled(facts: tuple[PollFact, ...], stage: str) -> None:
    cancelling(*facts).refused(PollInWrongStage, stage=stage)


def test_signatures_are_counted_by_office() -> None:
    poll: Poll = folded(*until_signed())
    assert poll.is_signed
    assert poll.signed_by_chief
    assert poll.scrutineers_signed == 2
