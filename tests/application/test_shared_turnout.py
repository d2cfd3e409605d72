"""However many processes show the turnout, together they show no finer step than one."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from application.private.store import PrivateStore, open_private
from application.private.turnouts import shared_turnout

STEP = 10_000
BEGIN = 1_800_000_000_000


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[PrivateStore, PrivateStore]]:
    """Two processes of one installation."""
    first, second = open_private(database_url), open_private(database_url)
    yield first, second
    first.close()
    second.close()


def test_two_processes_show_one_step(two: tuple[PrivateStore, PrivateStore]) -> None:
    poll, box = uuid4(), iter(range(1, 100))
    shown = {
        (second, shared_turnout(two[second % 2], poll, BEGIN + second * 1000, STEP, lambda: next(box)))
        for second in range(30)
    }
    changes = [min(at for at, number in shown if number == one) for one in sorted({number for _, number in shown})]
    assert changes == [0, 10, 20]


def test_a_clock_that_is_set_back_does_not_stop_the_number(two: tuple[PrivateStore, PrivateStore]) -> None:
    poll = uuid4()
    assert shared_turnout(two[0], poll, BEGIN, STEP, lambda: 1) == 1
    assert shared_turnout(two[0], poll, BEGIN - 3_600_000, STEP, lambda: 2) == 2
