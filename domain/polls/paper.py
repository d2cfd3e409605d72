"""Paper ballots of a poll: printed, replaced when spoiled, cut into batches, entered by two teams (rule 15).

What was entered is kept in the poll's workings until the declaration; facts hold numbers of papers and digests,
never marks (rule 12).
"""

from dataclasses import dataclass, field, replace
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPrinted:
    """Ballot papers were printed; papers of a poll are all alike."""

    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoiledPaperReplaced:
    """A spoiled paper came back and another was handed out: it counts as issued once (rule 13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersReturned:
    """The papers found in the ballot boxes, mixed and cut into entry batches."""

    batches: tuple[int, ...]
    """Papers of each batch; batches are numbered from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchEntered:
    """A team entered a batch, for the first time or after a recount; the figures are in the workings."""

    team: int
    """1 or 2; `scanned` entries are one team's."""
    batch: int
    entrant: UUID
    """Account of who answers for the entry."""
    digest: str
    """SHA-256 in hex over salt and figures."""
    scanned: bool = False
    doubtful: int = 0
    """Marks of the batch that wait for the chief's decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulMarkDecided:
    """The chief decided how a doubtful mark counts; the mark itself is in the workings until declaration."""

    batch: int
    item: str
    reason: str
    digest: str
    number: int = 1
    """Doubtful marks of one item in one batch are numbered from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeypadTotalsEntered:
    """A team entered the totals of the hall's keypads, "not pressed" among them (rule 5)."""

    team: int
    entrant: UUID
    returned: int
    digest: str


PaperFact = (
    PapersPrinted | SpoiledPaperReplaced | PapersReturned | BatchEntered | DoubtfulMarkDecided | KeypadTotalsEntered
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The paper part of a poll; `entries` and `keypad` hold the digests of what each team entered last."""

    printed: int = 0
    replaced: int = 0
    taken_out: bool = False
    """Whether the paper boxes were opened and what lay in them was counted out, be it nothing."""
    batches: tuple[int, ...] = ()
    entries: dict[tuple[int, int], BatchEntered] = field(default_factory=dict)
    """By batch and team."""
    decisions: dict[tuple[int, str, int], DoubtfulMarkDecided] = field(default_factory=dict)
    """By batch, item and number of the mark."""
    keypad: dict[int, KeypadTotalsEntered] = field(default_factory=dict)
    teams: dict[UUID, int] = field(default_factory=dict)
    """Who entered for which team: nobody enters for both (rule 15)."""

    @property
    def returned(self) -> int:
        """Papers found in the boxes."""
        return sum(self.batches)

    @property
    def decided(self) -> tuple[DoubtfulMarkDecided, ...]:
        """The decisions that stand, in the order of batch, item and number."""
        return tuple(self.decisions[key] for key in sorted(self.decisions))

    @property
    def keypad_ballots(self) -> int:
        """How many keypads were counted, by the entry made last; both teams' must be equal before a count."""
        return self.keypad[max(self.keypad)].returned if self.keypad else 0


def evolve(papers: Papers, fact: PaperFact) -> Papers:
    """The paper part after one more fact."""
    match fact:
        case PapersPrinted():
            return replace(papers, printed=papers.printed + fact.papers)
        case SpoiledPaperReplaced():
            return replace(papers, replaced=papers.replaced + 1)
        case PapersReturned():
            return replace(papers, taken_out=True, batches=fact.batches, entries={}, decisions={})
        case BatchEntered():
            return replace(
                papers,
                entries=papers.entries | {(fact.batch, fact.team): fact},
                decisions={key: one for key, one in papers.decisions.items() if key[0] != fact.batch},
                teams=papers.teams | {fact.entrant: fact.team},
            )
        case DoubtfulMarkDecided():
            return replace(papers, decisions=papers.decisions | {(fact.batch, fact.item, fact.number): fact})
        case KeypadTotalsEntered():
            return replace(
                papers,
                keypad=papers.keypad | {fact.team: fact},
                teams=papers.teams | {fact.entrant: fact.team},
            )
