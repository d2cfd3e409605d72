"""A box whose sealed bytes were deleted travels like any other: its receipts still make up its root."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from application.history.box import Box, Turnout, open_box
from application.history.transfer import box_lines, check_box, fill_box, filling, snapshot
from application.history.transfer_box_format import BoxTally
from application.history.transfer_checks import BrokenFile
from domain.polls.ballot import VoidReason, packed
from tests.support.ballots import FORM, card


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


def test_deleted_ballots_are_carried_over_by_their_receipts(box: Box, database_url: str, tmp_path: Path) -> None:
    poll = uuid4()
    box.prepare(poll)
    box.void(poll, card(9), VoidReason.LEFT_OVER)
    for number in range(5):
        box.cast(poll, card(number), packed(bytes((number,)) * 60, form=FORM, key="ab" * 32))
    closing = box.close(poll)
    box.delete_sealed(poll)
    with snapshot(database_url) as taken:
        lines = list(box_lines(taken, BoxTally()))
    tally = check_box(lines)
    assert (tally.ballots, tally.voided) == (5, 1)

    elsewhere = f"sqlite:///{tmp_path}/elsewhere/piaojue.db"
    with filling(elsewhere) as into:
        fill_box(into, lines)
    with open_box(elsewhere) as other:
        assert other.receipts(poll) == box.receipts(poll)
        assert other.closing(poll) == closing
        assert other.counts(poll) == Turnout(cast=5, voided=1)
        assert other.ballots(poll) == []

    first = next(number for number, line in enumerate(lines) if b"sealed-ballot-deleted" in line)
    digit = lines[first].index(b'"receipt":"') + len(b'"receipt":"')
    line = bytearray(lines[first])
    line[digit] = ord("0") if line[digit] != ord("0") else ord("1")
    with pytest.raises(BrokenFile):
        check_box([*lines[:first], bytes(line), *lines[first + 1 :]])
