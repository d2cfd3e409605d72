"""Turnout changes in steps, so that nobody sees whose card just went in."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid4

from application.history.box import Box, Turnout
from interfaces.web.polls.turnout import STEP, Turnouts


@dataclass
class GrowingBox:
    """A box into which a ballot falls whenever somebody looks."""

    ballots: int = 0

    def counts(self, _: UUID) -> Turnout:
        self.ballots += 1
        return Turnout(cast=self.ballots, voided=0)


@dataclass
class Hands:
    """A watch set by hand."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def test_the_number_stands_for_ten_seconds_however_often_it_is_asked() -> None:
    watch, poll = Hands(), uuid4()
    turnouts = Turnouts(cast("Box", GrowingBox()), watch)
    assert STEP >= 10
    for second in range(10):
        watch.at = float(second)
        assert turnouts.cast(poll) == 1
    watch.at = 10.0
    assert turnouts.cast(poll) == 2
    watch.at = 19.9
    assert turnouts.cast(poll) == 2


def test_every_poll_has_steps_of_its_own() -> None:
    watch = Hands()
    turnouts = Turnouts(cast("Box", GrowingBox()), watch)
    first, second = uuid4(), uuid4()
    assert (turnouts.cast(first), turnouts.cast(second), turnouts.cast(first)) == (1, 2, 1)
