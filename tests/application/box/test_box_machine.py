"""Whatever happens in whatever order, the box answers as a small model of it does."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from application.history.box import Box, Turnout, open_box
from domain.polls.ballot import (
    BallotSeenElsewhere,
    BoxClosed,
    BoxNotPrepared,
    BoxStillOpen,
    CardHasBallot,
    CardIsVoid,
    CardUsed,
    VoidReason,
    box_root,
)
from domain.shared import Refused
from tests.support.ballots import ballot, card, receipt_of

cards = st.integers(min_value=0, max_value=5)
ballots = st.integers(min_value=0, max_value=7)
VOID = -1


def answered(attempt: Any) -> object:
    try:
        return attempt()
    except Refused as refusal:
        return type(refusal)


class Hall(RuleBasedStateMachine):
    """One poll; `held` is what every card holds: a ballot's number, or VOID."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.box: Box = open_box(url)
        self.poll: UUID = uuid4()
        self.prepared = False
        self.closed = False
        self.held: dict[int, int] = {}

    @initialize(prepare=st.booleans())
    def begin(self, prepare: bool) -> None:  # noqa: FBT001  # drawn by name
        if prepare:
            self.prepare()

    @rule()
    def prepare(self) -> None:
        self.box.prepare(self.poll)
        self.prepared = True

    @rule(c=cards, b=ballots)
    def cast(self, c: int, b: int) -> None:
        expected = self.expected_of_cast(c, b)
        assert answered(lambda: self.box.cast(self.poll, card(c), ballot(b))) == expected
        if isinstance(expected, str):
            self.held[c] = b

    def expected_of_cast(self, c: int, b: int) -> object:
        if not self.prepared:
            return BoxNotPrepared
        if c in self.held:
            if self.held[c] == VOID:
                return CardIsVoid
            return receipt_of(ballot(b)) if self.held[c] == b else CardUsed
        if self.closed:
            return BoxClosed
        return BallotSeenElsewhere if b in self.held.values() else receipt_of(ballot(b))

    @rule(c=cards, reason=st.sampled_from(VoidReason))
    def void(self, c: int, reason: VoidReason) -> None:
        if not self.prepared:
            expected: object = BoxNotPrepared
        elif c in self.held:
            expected = None if self.held[c] == VOID else CardHasBallot
        else:
            expected = BoxClosed if self.closed else None
        assert answered(lambda: self.box.void(self.poll, card(c), reason)) == expected
        if expected is None:
            self.held[c] = VOID

    @rule()
    def close(self) -> None:
        if not self.prepared:
            assert answered(lambda: self.box.close(self.poll)) is BoxNotPrepared
            return
        closing = self.box.close(self.poll)
        self.closed = True
        assert (closing.ballots, closing.root) == (len(self.receipts()), box_root(self.receipts()))

    def receipts(self) -> list[Any]:
        return sorted(receipt_of(ballot(b)) for b in self.held.values() if b != VOID)

    @rule()
    def restart(self) -> None:
        self.box.stop()
        self.box = open_box(self.url)

    @invariant()
    def the_box_holds_what_the_model_holds(self) -> None:
        if not self.prepared:
            assert answered(lambda: self.box.counts(self.poll)) is BoxNotPrepared
            return
        cast = len(self.receipts())
        assert self.box.counts(self.poll) == Turnout(cast=cast, voided=len(self.held) - cast)
        assert answered(lambda: self.box.receipts(self.poll)) == (self.receipts() if self.closed else BoxStillOpen)

    def teardown(self) -> None:
        self.box.stop()


def test_the_box_answers_as_its_model_does(database_url: str) -> None:
    examples = 60 if database_url.startswith("sqlite") else 25

    class HallHere(Hall):
        def __init__(self) -> None:
            super().__init__(database_url)

    checks = settings(
        max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(HallHere, settings=checks)
