"""After the time for objections the sealed bytes go; receipts, number and root stay (ballot.md, "The box")."""

from pathlib import Path
from uuid import UUID

import pytest

from application.history.box import Box, Turnout, open_box
from domain.polls.ballot import BoxStillOpen, CardHasBallot, CardUsed, VoidReason, packed, printed_receipt, receipt
from tests.support.ballots import FORM, card

KEY = "ab" * 32


def sealed(number: int) -> bytes:
    return number.to_bytes(2, "big") + bytes(60)


def filled(box: Box, poll: UUID, ballots: int) -> list[str]:
    box.void(poll, card(99), VoidReason.LEFT_OVER)
    return sorted(box.cast(poll, card(n), packed(sealed(n), form=FORM, key=KEY)) for n in range(ballots))


def test_the_bytes_of_an_open_box_cannot_be_deleted(box: Box, poll: UUID) -> None:
    filled(box, poll, 2)
    with pytest.raises(BoxStillOpen):
        box.delete_sealed(poll)


def test_receipts_number_and_root_stay_when_the_bytes_are_deleted(box: Box, poll: UUID) -> None:
    given = filled(box, poll, 7)
    closing = box.close(poll)
    box.delete_sealed(poll)
    box.delete_sealed(poll)
    assert box.ballots(poll) == []
    assert box.receipts(poll) == given
    assert box.closing(poll) == closing
    assert box.counts(poll) == Turnout(cast=7, voided=1)


def test_a_card_still_answers_as_before_when_its_ballot_was_deleted(box: Box, poll: UUID) -> None:
    filled(box, poll, 2)
    box.close(poll)
    box.delete_sealed(poll)
    assert box.has(poll, card(1))
    assert box.receipt_of(poll, card(1)) == receipt(sealed(1))
    assert box.cast(poll, card(1), packed(sealed(1), form=FORM, key=KEY)) == receipt(sealed(1))
    with pytest.raises(CardUsed):
        box.cast(poll, card(1), packed(sealed(5), form=FORM, key=KEY))
    with pytest.raises(CardHasBallot):
        box.void(poll, card(1), VoidReason.SPOILED)
    assert printed_receipt(receipt(sealed(1)))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_byte_of_a_deleted_ballot_is_left_in_the_files(box: Box, poll: UUID, database_url: str) -> None:
    marked = b"\xfe\xdc\xba\x98 remember these bytes \x01"
    box.cast(poll, card(1), packed(marked, form=FORM, key=KEY))
    box.close(poll)
    folder = Path(database_url.removeprefix("sqlite:///")).parent
    stored = packed(marked, form=FORM, key=KEY).ballot.encode()

    def found() -> bool:
        return any(stored in path.read_bytes() for path in folder.iterdir() if path.is_file())

    assert found()
    box.delete_sealed(poll)
    assert not found()
    with open_box(database_url) as again:
        assert again.receipts(poll) == [receipt(marked)]
