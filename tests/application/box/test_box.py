import asyncio
from uuid import UUID, uuid4

import pytest

from application.history.box import Box, Turnout, open_box
from domain.polls.ballot import (
    BallotCast,
    BallotSeenElsewhere,
    BallotUnreadable,
    BoxClosed,
    BoxNotPrepared,
    BoxStillOpen,
    CardHasBallot,
    CardIsVoid,
    CardUsed,
    VoidReason,
    box_root,
    receipt,
    unpacked,
)
from tests.support.ballots import FORM, ballot, card, receipt_of


def test_a_ballot_gets_the_hash_of_its_bytes_as_receipt(box: Box, poll: UUID) -> None:
    assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))


def test_a_card_is_used_once_and_the_second_ballot_is_told_which_one_counts(box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    with pytest.raises(CardUsed) as refusal:
        box.cast(poll, card(1), ballot(2))
    assert refusal.value.receipt == receipt_of(ballot(1))
    assert box.counts(poll) == Turnout(cast=1, voided=0)


def test_the_same_ballot_sent_again_gets_the_same_receipt(box: Box, poll: UUID) -> None:
    assert {box.cast(poll, card(1), ballot(1)) for _ in range(3)} == {receipt_of(ballot(1))}
    assert box.counts(poll).cast == 1


def test_the_same_ballot_under_another_card_is_refused(box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    with pytest.raises(BallotSeenElsewhere):
        box.cast(poll, card(2), ballot(1))
    assert not box.has(poll, card(2))
    box.cast(poll, card(2), ballot(2))


def test_a_void_card_casts_no_ballot(box: Box, poll: UUID) -> None:
    box.void(poll, card(1), VoidReason.SPOILED)
    with pytest.raises(CardIsVoid):
        box.cast(poll, card(1), ballot(1))
    assert box.is_void(poll, card(1))
    assert not box.has(poll, card(1))


def test_voiding_again_changes_nothing(box: Box, poll: UUID) -> None:
    box.void(poll, card(1), VoidReason.SPOILED)
    box.void(poll, card(1), VoidReason.LEFT_OVER)
    box.void(poll, card(2), VoidReason.LEFT_OVER)
    assert box.counts(poll) == Turnout(cast=0, voided=2)


def test_a_used_card_is_not_voided(box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    with pytest.raises(CardHasBallot):
        box.void(poll, card(1), VoidReason.SPOILED)
    assert box.has(poll, card(1))


def test_after_the_gate_closed_nothing_enters_but_repeats_are_answered(box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    box.void(poll, card(2), VoidReason.SPOILED)
    box.close(poll)
    assert box.cast(poll, card(1), ballot(1)) == receipt_of(ballot(1))
    with pytest.raises(CardUsed):
        box.cast(poll, card(1), ballot(9))
    with pytest.raises(CardIsVoid):
        box.cast(poll, card(2), ballot(2))
    with pytest.raises(BoxClosed):
        box.cast(poll, card(3), ballot(3))
    with pytest.raises(BoxClosed):
        box.void(poll, card(3), VoidReason.LEFT_OVER)
    assert box.counts(poll) == Turnout(cast=1, voided=1)


def test_closing_tells_number_and_root_and_closing_again_the_same(box: Box, poll: UUID) -> None:
    expected = sorted(box.cast(poll, card(n), ballot(n)) for n in range(30))
    box.void(poll, card(99), VoidReason.LEFT_OVER)
    closing = box.close(poll)
    assert (closing.ballots, closing.root) == (30, box_root(expected))
    assert box.close(poll) == box.closing(poll) == closing
    assert box.receipts(poll) == expected


def test_ballots_are_taken_out_sorted_by_receipt_and_without_cards(box: Box, poll: UUID) -> None:
    for n in range(20):
        box.cast(poll, card(n), ballot(n))
    box.close(poll)
    assert sorted(box.ballots(poll)) == sorted(unpacked(ballot(n).ballot) for n in range(20))
    assert [receipt(one) for one in box.ballots(poll)] == sorted(receipt(one) for one in box.ballots(poll))


def test_nothing_is_taken_out_while_the_box_is_open(box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    for look in (box.ballots, box.receipts, box.closing):
        with pytest.raises(BoxStillOpen):
            look(poll)


def test_an_empty_box_closes_too(box: Box, poll: UUID) -> None:
    assert (box.close(poll).ballots, box.receipts(poll)) == (0, [])
    assert box.closing(poll).root == box_root([])


def test_a_poll_without_a_box_is_told_so(box: Box, poll: UUID) -> None:
    other = uuid4()
    for attempt in (
        lambda: box.cast(other, card(1), ballot(1)),
        lambda: box.void(other, card(1), VoidReason.SPOILED),
        lambda: box.counts(other),
        lambda: box.has(other, card(1)),
        lambda: box.close(other),
        lambda: box.closing(other),
        lambda: box.ballots(other),
    ):
        with pytest.raises(BoxNotPrepared):
            attempt()


def test_the_boxes_of_two_polls_know_nothing_of_each_other(box: Box, poll: UUID) -> None:
    other = uuid4()
    box.prepare(other)
    box.cast(poll, card(1), ballot(1))
    box.cast(other, card(1), ballot(1))
    assert box.close(poll).ballots == 1
    box.cast(other, card(2), ballot(2))
    assert box.counts(other).cast == 2


def test_preparing_again_changes_nothing_and_never_opens_a_closed_box(box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    box.prepare(poll)
    box.close(poll)
    box.prepare(poll)
    with pytest.raises(BoxClosed):
        box.cast(poll, card(2), ballot(2))
    assert box.closing(poll).ballots == 1


def test_what_is_not_base64_never_reaches_the_box(box: Box, poll: UUID) -> None:
    with pytest.raises(BallotUnreadable):
        box.cast(poll, card(1), BallotCast(ballot="not base64!", form=FORM))


def test_everything_is_there_after_a_restart(database_url: str) -> None:
    poll = uuid4()
    with open_box(database_url) as before:
        before.prepare(poll)
        given = before.cast(poll, card(1), ballot(1))
        before.void(poll, card(2), VoidReason.SPOILED)
    with open_box(database_url) as after:
        assert after.cast(poll, card(1), ballot(1)) == given
        with pytest.raises(CardIsVoid):
            after.cast(poll, card(2), ballot(2))
        assert after.close(poll).ballots == 1
    with open_box(database_url) as at_last:
        assert at_last.receipts(poll) == [given]


def test_a_task_waits_for_its_receipt_without_stopping_the_loop(box: Box, poll: UUID) -> None:
    async def hall() -> list[object]:
        sent = [box.cast_soon(poll, card(n), ballot(n)) for n in range(200)]
        again = [box.cast_soon(poll, card(n), ballot(n + 1000)) for n in range(3)]
        return await asyncio.gather(*sent, *again, return_exceptions=True)

    answers = asyncio.run(hall())
    assert answers[:200] == [receipt_of(ballot(n)) for n in range(200)]
    assert all(isinstance(answer, CardUsed) for answer in answers[200:])


def test_only_addresses_of_known_databases_are_opened() -> None:
    with pytest.raises(ValueError, match="mysql"):
        open_box("mysql://root@localhost/box")
