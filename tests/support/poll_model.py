"""What a poll of six delegates must answer, said a second time and in few words: the model of its state machine.

`expected_…` gives the class of the refusal, or None where the step is taken; then the machine tells the model by
setting what has changed. Delegates are numbered by their places, cards and ballots as they were printed and filled in.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.congress.session import (
    AlreadyCheckedIn,
    CardAlreadyDrawn,
    HoldsCard,
    HoldsPaper,
    NotCheckedIn,
    PaperAlreadyIssued,
)
from domain.polls.accounting import IncidentDecision
from domain.polls.after_closing import (
    CardCountedAlready,
    IncidentAlreadyDecided,
    IncidentsUndecided,
    PollToBeRepeated,
)
from domain.polls.ballot import BallotSeenElsewhere, CardHasBallot, CardIsVoid, CardUsed
from domain.polls.before_count import BatchesNotEntered, DoubtfulUndecided, EntriesDiffer, PapersNotTakenOut
from domain.polls.box_opening import OpenedOn
from domain.polls.card_set import SetDiscarded
from domain.polls.declaring import AlreadySigned, CountChanged, CountNotValid, SignaturesMissing
from domain.polls.key_ceremony import PollNotSealed
from domain.polls.opening import CardsNotAccounted, NothingIssued, PollIsClosed, PollNotOpen, QuorumNotMet
from domain.polls.opening_the_box import BoxNotOpened, OpeningsDiffer
from domain.polls.paper_count import BatchTooSmall, EnteredForOtherTeam, EntriesNotEqual, FiguresFixed, PapersFixed
from domain.polls.poll import PollInWrongStage, PollStage
from domain.shared import Missing, NotFound, Refused

PEOPLE, CARDS, QUORUM, LEAST_GROUP = 6, 8, 4, 2
MARKS = (("for", "against"), ("for", "abstain"), ("against", ""), ("abstain", "for"))
"""What ballot or paper number n says on the two items, n counted round."""

TRUE, MISCOUNTED, DOUBTED = "true", "miscounted", "doubted"
"""A team's entry: right; one mark of item 1 in the wrong column; the first paper's mark on item 1 left to the chief."""

Expected = type[Refused] | None
_MATTERING = (PollStage.OPEN, PollStage.CLOSED, PollStage.COUNTED)
_COUNTING = (PollStage.CLOSED, PollStage.COUNTED)


@dataclass
class PollModel:
    """One poll as it must be."""

    sealed: bool
    stage: PollStage = PollStage.PREPARED
    present: set[int] = field(default_factory=set)
    drawn: set[int] = field(default_factory=set)
    papers: dict[int, bool] = field(default_factory=dict)
    """By delegate; whether a late arrival's."""
    there_at_opening: set[int] = field(default_factory=set)
    voided: set[int] = field(default_factory=set)
    spoiled: int = 0
    cast: dict[int, int] = field(default_factory=dict)
    """The ballot each card holds."""
    last_call: bool = False
    handed_in: set[int] = field(default_factory=set)
    copies: set[int] = field(default_factory=set)
    """Cards handed in that had a ballot, each reported once."""
    incidents: list[IncidentDecision | None] = field(default_factory=list)
    openings: dict[OpenedOn, str] = field(default_factory=dict)
    batches: tuple[int, ...] | None = None
    entries: dict[tuple[int, int], str] = field(default_factory=dict)
    """By batch and team."""
    teams: dict[int, int] = field(default_factory=dict)
    decided: dict[int, str] = field(default_factory=dict)
    """The mark a batch's doubtful one counts as."""
    counts: int = 0
    void: bool = False
    """Whether the current count says the poll is void."""
    signed: set[int] = field(default_factory=set)

    # what follows

    @property
    def live(self) -> int:
        return CARDS - len(self.voided)

    @property
    def attending(self) -> int:
        """A."""
        return len(self.there_at_opening) + sum(self.papers.values())

    @property
    def issued(self) -> int:
        """I."""
        return len(self.drawn) + len(self.papers)

    @property
    def returned(self) -> int:
        """R."""
        return len(self.cast) + sum(self.batches or ())

    @property
    def has_opened(self) -> bool:
        return bool(self.there_at_opening)

    # the check-in desk

    def expected_of_check_in(self, place: int) -> Expected:
        return AlreadyCheckedIn if place in self.present else None

    def expected_of_leaving(self, place: int) -> Expected:
        if place not in self.present:
            return NotCheckedIn
        if self.stage not in (PollStage.PREPARED, PollStage.OPEN):
            return None
        return HoldsCard if place in self.drawn else HoldsPaper if place in self.papers else None

    def expected_of_drawing(self, place: int) -> Expected:
        if self.stage is not PollStage.PREPARED:
            return PollInWrongStage
        if place not in self.present:
            return NotCheckedIn
        return CardAlreadyDrawn if place in self.drawn else HoldsPaper if place in self.papers else None

    def expected_of_giving_back_a_card(self, place: int) -> Expected:
        if self.stage is not PollStage.PREPARED and not self._ended_unopened:
            return PollInWrongStage
        return None if place in self.drawn else NotFound

    def expected_of_paper(self, place: int) -> Expected:
        if self.stage not in (PollStage.PREPARED, PollStage.OPEN):
            return PollInWrongStage
        if place not in self.present:
            return NotCheckedIn
        return PaperAlreadyIssued if place in self.papers else HoldsCard if place in self.drawn else None

    def expected_of_giving_back_a_paper(self, place: int) -> Expected:
        if self.stage not in (PollStage.PREPARED, PollStage.OPEN) and not self._ended_unopened:
            return PollInWrongStage
        return None if place in self.papers else NotFound

    @property
    def _ended_unopened(self) -> bool:
        return self.stage is PollStage.CANCELLED and not self.has_opened

    def expected_of_exchange(self, place: int, card: int) -> Expected:
        if self.stage is not PollStage.OPEN:
            return PollInWrongStage
        if place not in self.drawn:
            return NotFound
        return CardIsVoid if card in self.voided else CardHasBallot if card in self.cast else None

    def expected_of_voiding(self, card: int) -> Expected:
        if self.stage is not PollStage.PREPARED:
            return PollInWrongStage
        return CardIsVoid if card in self.voided else None

    # the vote

    def expected_of_opening(self) -> Expected:
        if self.stage is not PollStage.PREPARED:
            return PollInWrongStage
        if len(self.present) < QUORUM:
            return QuorumNotMet
        if self.live != len(self.drawn):
            return CardsNotAccounted
        return None if self.issued else NothingIssued

    def expected_of_cast(self, card: int, ballot: int) -> Expected:
        if self.stage is PollStage.PREPARED:
            return PollNotOpen
        if self._ended_unopened:
            return SetDiscarded
        if card in self.voided:
            return CardIsVoid
        if card in self.cast:
            return None if self.cast[card] == ballot else CardUsed
        if self.stage is not PollStage.OPEN:
            return PollIsClosed
        return BallotSeenElsewhere if ballot in self.cast.values() else None

    def expected_of_last_call(self) -> Expected:
        return None if self.stage is PollStage.OPEN and not self.last_call else PollInWrongStage

    def expected_of_closing(self) -> Expected:
        return None if self.stage is PollStage.OPEN and self.last_call else PollInWrongStage

    # after closing

    def expected_of_handing_in(self, card: int) -> Expected:
        if self.stage is not PollStage.CLOSED:
            return PollInWrongStage
        if card in self.voided:
            return CardIsVoid
        if card in self.cast:
            return CardHasBallot
        return CardCountedAlready if card in self.handed_in else None

    def expected_of_incident(self) -> Expected:
        return None if self.stage in _MATTERING else PollInWrongStage

    def expected_of_deciding(self, number: int) -> Expected:
        if self.stage not in _MATTERING:
            return PollInWrongStage
        if number > len(self.incidents):
            return NotFound
        return IncidentAlreadyDecided if self.incidents[number - 1] else None

    def _not_cleared(self) -> Iterator[type[Refused]]:
        if IncidentDecision.REPEAT in self.incidents:
            yield PollToBeRepeated
        if None in self.incidents:
            yield IncidentsUndecided

    def expected_of_opening_the_box(self) -> Expected:
        if self.stage is not PollStage.CLOSED:
            return PollInWrongStage
        if not self.sealed:
            return PollNotSealed
        return next(self._not_cleared(), None)

    # papers

    def expected_of_returning(self, batches: tuple[int, ...]) -> Expected:
        if self.stage not in _COUNTING:
            return PollInWrongStage
        if self.counts:
            return PapersFixed
        return BatchTooSmall if len(batches) > 1 and min(batches) < LEAST_GROUP else None

    @property
    def _figures_fixed(self) -> bool:
        parts = (len(self.cast), sum(self.batches or ()))
        return self.counts > 0 and all(parts) and min(parts) < LEAST_GROUP

    def expected_of_entering(self, person: int, team: int, batch: int) -> Expected:
        if self.stage not in _COUNTING:
            return PollInWrongStage
        if self._figures_fixed:
            return FiguresFixed
        if self.teams.get(person, team) != team:
            return EnteredForOtherTeam
        return None if batch <= len(self.batches or ()) else NotFound

    def agreed(self, batch: int) -> str | None:
        first, second = (self.entries.get((batch, team)) for team in (1, 2))
        return first if first == second else None

    def expected_of_deciding_a_mark(self, batch: int) -> Expected:
        if self.stage not in _COUNTING:
            return PollInWrongStage
        if self._figures_fixed:
            return FiguresFixed
        if batch > len(self.batches or ()):
            return NotFound
        if self.agreed(batch) is None:
            return EntriesNotEqual
        return None if self.agreed(batch) == DOUBTED else NotFound

    # counting

    def expected_of_count(self) -> Expected:
        return next(self._before_a_count(), None)

    def _before_a_count(self) -> Iterator[type[Refused]]:
        if self.stage not in _COUNTING:
            yield PollInWrongStage
        yield from self._not_cleared()
        if self.papers and self.batches is None:
            yield PapersNotTakenOut
        if self.returned > self.issued:
            return  # void whatever the figures are (rule 2)
        numbers = range(1, len(self.batches or ()) + 1)
        if not all((batch, team) in self.entries for batch in numbers for team in (1, 2)):
            yield BatchesNotEntered
        if not all(self.agreed(batch) for batch in numbers):
            yield EntriesDiffer
        if any(self.agreed(batch) == DOUBTED and batch not in self.decided for batch in numbers):
            yield DoubtfulUndecided
        if self.sealed and self.cast:
            if len(self.openings) < len(OpenedOn):
                yield BoxNotOpened
            if len(set(self.openings.values())) > 1:
                yield OpeningsDiffer

    def columns(self) -> list[Counter[str]]:
        """The sum of box and papers as agreed, item by item; what nobody marked is an abstention (the profile)."""
        items: list[Counter[str]] = [Counter(), Counter()]
        for ballot in self.cast.values():
            _add(items, MARKS[ballot % len(MARKS)])
        if self.sealed and self.cast and self.openings[OpenedOn.BROWSER] == MISCOUNTED:
            _miscount(items[0])
        for batch, size in enumerate(self.batches or (), start=1):
            counted: list[Counter[str]] = [Counter(), Counter()]
            for paper in range(size):
                _add(counted, MARKS[paper % len(MARKS)])
            if self.agreed(batch) == MISCOUNTED:
                _miscount(counted[0])
            if self.agreed(batch) == DOUBTED:
                counted[0][_column(MARKS[0][0])] -= 1
                counted[0][_column(self.decided[batch])] += 1
            for item, more in zip(items, counted, strict=True):
                item.update(more)
        return items

    def expected_of_signing(self, place: int, *, as_shown: bool) -> Expected:
        if self.stage is not PollStage.COUNTED:
            return PollInWrongStage
        if self.void:
            return CountNotValid
        if refused := next(self._not_cleared(), None):
            return refused
        if not as_shown:
            return CountChanged
        return AlreadySigned if place in self.signed else None

    def expected_of_declaring(self, notice: str) -> Expected:
        if self.stage is not PollStage.COUNTED:
            return PollInWrongStage
        if self.void:
            return CountNotValid
        if refused := next(self._not_cleared(), None):
            return refused
        if len(self.signed) < 3:
            return SignaturesMissing
        return None if notice else Missing

    def expected_of_cancelling(self, reason: str) -> Expected:
        repeated = self.stage in _COUNTING and IncidentDecision.REPEAT in self.incidents
        if self.stage is PollStage.PREPARED or repeated or (self.stage is PollStage.COUNTED and self.void):
            return None if reason else Missing
        return PollInWrongStage

    def count_is_old(self) -> None:
        """A figure was entered: the poll is to be counted anew (rule 11)."""
        if self.stage is PollStage.COUNTED:
            self.stage = PollStage.CLOSED
        self.signed = set()


def _column(mark: str) -> str:
    return {"": "abstain", "?": "void"}.get(mark, mark)


def _add(items: list[Counter[str]], marks: tuple[str, ...]) -> None:
    for item, mark in zip(items, marks, strict=True):
        item[_column(mark)] += 1


def _miscount(item: Counter[str]) -> None:
    """See `miscounted` of the machine: one more against, one less of the first mark there is."""
    taken = next(mark for mark in ("for", "abstain") if item[mark])
    item[taken] -= 1
    item["against"] += 1
