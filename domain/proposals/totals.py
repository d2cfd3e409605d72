"""Totals of a year's proposals: received is the sum of outcomes and open ones, at any moment (rule 18)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.proposals.proposal import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How the proposals of a congress and year stand: 37 = 12 became candidates + 20 merged + 5 declined + 0 open."""

    received: int
    became_candidate: int = 0
    merged: int = 0
    transferred: int = 0
    reserve: int = 0
    declined: int = 0
    open: int = 0

    @property
    def reconciles(self) -> bool:
        """Whether nothing is lost or counted twice."""
        ended = (self.became_candidate, self.merged, self.transferred, self.reserve, self.declined)
        return self.received == self.open + sum(ended)


def totals_of(outcomes: Iterable[Outcome | None]) -> Totals:
    """Counted from what became of each proposal, None for open ones."""
    counted = Counter(outcomes)
    ended = {outcome.value: counted[outcome] for outcome in Outcome}
    return Totals(received=counted.total(), open=counted[None], **ended)
