"""The life of a poll under any order of steps: what the rules allow, and nothing else."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.polls.declaring import cancel_poll, declare_poll, record_count, sign_count
from domain.polls.opening import (
    CardNumbers,
    approve_scrutineers,
    call_last_ballots,
    close_poll,
    open_poll,
)
from domain.polls.poll import (
    CountSigned,
    Poll,
    PollCancelled,
    PollClosed,
    PollCounted,
    PollDeclared,
    PollFact,
    PollOpened,
    PollStage,
    SignerRole,
    evolve,
)
from domain.shared import Refused
from tests.support.poll_facts import APPROVED, CHIEF, LI, NAMES, ROOT, WANG, ZHAO, counted, prepared

Step = Callable[[Poll], PollFact]

QUORUM = 218
NEXT = {
    PollStage.PREPARED: {PollStage.OPEN, PollStage.CANCELLED},
    PollStage.OPEN: {PollStage.CLOSED},
    PollStage.CLOSED: {PollStage.COUNTED, PollStage.CANCELLED},
    PollStage.COUNTED: {PollStage.DECLARED, PollStage.CANCELLED},
    PollStage.DECLARED: set[PollStage](),
    PollStage.CANCELLED: set[PollStage](),
}


class PollLife(RuleBasedStateMachine):
    """Steps come in any order with any numbers; the machine keeps what was accepted."""

    facts: list[PollFact]
    poll: Poll

    @initialize()
    def prepare(self) -> None:
        self.facts = []
        self.take(prepared())

    def take(self, fact: PollFact) -> None:
        before = self.poll.stage if self.facts else None
        self.poll = evolve(self.poll if self.facts else None, fact)
        self.facts.append(fact)
        if before is not None and self.poll.stage is not before:
            assert self.poll.stage in NEXT[before]

    def attempt(self, decide: Step) -> None:
        """Takes what the step decides; a refusal changes nothing."""
        kept = self.poll
        try:
            self.take(decide(self.poll))
        except Refused:
            assert self.poll is kept

    @rule()
    def approve(self) -> None:
        self.attempt(lambda poll: approve_scrutineers(poll, APPROVED))

    @rule(attending=st.integers(210, 230), drawn=st.integers(0, 232), printed=st.integers(0, 240))
    def try_to_open(self, attending: int, drawn: int, printed: int) -> None:
        self.open_with(attending, CardNumbers(printed=printed, voided=0, drawn=drawn))

    @rule(attending=st.integers(QUORUM, 230), absent=st.integers(0, 3), left=st.integers(0, 5))
    def open_with_all_cards_accounted(self, attending: int, absent: int, left: int) -> None:
        drawn = attending - absent
        self.open_with(attending, CardNumbers(printed=drawn + left, voided=left, drawn=drawn))

    def open_with(self, attending: int, cards: CardNumbers) -> None:
        self.attempt(
            lambda poll: open_poll(
                poll, all_delegates=327, attending=attending, quorum=QUORUM, cards=cards, form="f" * 64
            )
        )

    @rule()
    def last_call(self) -> None:
        self.attempt(call_last_ballots)

    @precondition(lambda self: self.poll.opened is not None)
    @rule(more=st.integers(-230, 2), lost=st.sampled_from([0, 0, 0, 1]))
    def close(self, more: int, lost: int) -> None:
        issued = self.poll.opened.issued if self.poll.opened else 0
        fact = PollClosed(ballots=max(0, issued + more), root=ROOT, cards_printed=issued + 5, cards_voided=5 + lost)
        self.attempt(lambda poll: close_poll(poll, fact))

    @precondition(lambda self: self.poll.closed is not None)
    @rule()
    def count(self) -> None:
        ballots = self.poll.closed.ballots if self.poll.closed else 0
        self.attempt(lambda poll: record_count(poll, counted(poll, ballots)))

    @rule(person=st.sampled_from([CHIEF, LI, WANG, ZHAO]), stale=st.sampled_from([False, False, True]))
    def sign(self, *, person: UUID, stale: bool) -> None:
        shown = self.poll.counted.count_hash if self.poll.counted and not stale else "0" * 64
        self.attempt(lambda poll: sign_count(poll, delegate=person, name=NAMES[person], shown_hash=shown))

    @rule(notice=st.sampled_from(["", "〔2026〕5号"]))
    def declare(self, notice: str) -> None:
        self.attempt(lambda poll: declare_poll(poll, on=date(2026, 3, 9), notice_number=notice, adopted=()))

    @rule(reason=st.sampled_from(["", "改期"]))
    def cancel(self, reason: str) -> None:
        self.attempt(lambda poll: cancel_poll(poll, reason))

    @invariant()
    def what_opened_was_in_order(self) -> None:
        opened = next((fact for fact in self.facts if isinstance(fact, PollOpened)), None)
        if opened is not None:
            assert opened.attending >= QUORUM
            assert 0 < opened.issued <= opened.attending
            assert self.poll.chief is not None

    @invariant()
    def nothing_happens_twice_or_after_the_end(self) -> None:
        for kind in (PollOpened, PollClosed, PollDeclared, PollCancelled):
            assert sum(isinstance(fact, kind) for fact in self.facts) <= 1
        ends = [place for place, fact in enumerate(self.facts) if isinstance(fact, PollDeclared | PollCancelled)]
        assert ends in ([], [len(self.facts) - 1])

    @invariant()
    def what_was_declared_was_valid_accounted_for_and_signed_over_one_hash(self) -> None:
        if self.poll.stage is not PollStage.DECLARED:
            return
        assert self.poll.opened is not None
        assert self.poll.closed is not None
        assert self.poll.counted is not None
        assert self.poll.closed.ballots <= self.poll.opened.issued == self.poll.closed.cards_live
        assert self.poll.counted.void_because == ""
        counts = [fact for fact in self.facts if isinstance(fact, PollCounted)]
        since = self.facts[self.facts.index(counts[-1]) :]
        signed = [fact for fact in since if isinstance(fact, CountSigned)]
        assert {one.count_hash for one in signed} == {counts[-1].count_hash}
        assert len({one.delegate for one in signed}) == len(signed) >= 3
        assert [one.role for one in signed].count(SignerRole.CHIEF) == 1

    @invariant()
    def versions_of_the_count_follow_each_other(self) -> None:
        versions = [fact.version for fact in self.facts if isinstance(fact, PollCounted)]
        assert versions == list(range(1, len(versions) + 1))


PollLife.TestCase.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
test_the_life_of_a_poll = PollLife.TestCase
