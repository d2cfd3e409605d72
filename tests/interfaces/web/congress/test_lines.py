"""Lines that are pasted as units."""

import pytest

from domain.shared import Invalid
from interfaces.web.congress.units import read_lines


def test_a_line_is_a_name_with_a_phone_behind_it() -> None:
    assert read_lines("教育局\t123\n\n 民政局 ， 456 \n财政局；") == [
        ("教育局", "123"),
        ("民政局", "456"),
        ("财政局", ""),
    ]


def test_at_most_five_hundred_lines_are_read_at_once() -> None:
    assert len(read_lines("局\n" * 500)) == 500
    with pytest.raises(Invalid):
        read_lines("局\n" * 501)
