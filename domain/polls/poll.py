"""A poll 票决 as it stands, from its facts. Ballots themselves lie in the box."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from domain.polls import accounting, box_opening, sealing
from domain.polls import paper as papers
from domain.polls.accounting import CardsAfterClosing, IncidentDecided, IncidentReported, UnusedCardHandedIn
from domain.polls.ballot import VoidReason
from domain.polls.box_opening import BoxOpened, OpenedBox, SealedBallotsDeleted
from domain.polls.paper import (
    BatchEntered,
    DoubtfulMarkDecided,
    KeypadTotalsEntered,
    Papers,
    PapersPrinted,
    PapersReturned,
    SpoiledPaperReplaced,
)
from domain.polls.places import AgainGivenUp, HeldAgain, PlacesDecided
from domain.polls.poll_facts import (
    CardVoidingNoted,
    CountSigned,
    LastBallotsCalled,
    PollCancelled,
    PollClosed,
    PollCounted,
    PollDeclared,
    PollFact,
    PollItem,
    PollOpened,
    PollPrepared,
    ScrutineersApproved,
    Sealing,
    SignerRole,
)
from domain.polls.sealing import SealingKey, SealingKeyMade, TrialBallotOpened
from domain.shared import NotFound, Refused

__all__ = [
    "SCRUTINEERS_NEEDED",
    "CardVoidingNoted",
    "CountSigned",
    "LastBallotsCalled",
    "Poll",
    "PollCancelled",
    "PollClosed",
    "PollCounted",
    "PollDeclared",
    "PollFact",
    "PollInWrongStage",
    "PollItem",
    "PollOpened",
    "PollPrepared",
    "PollStage",
    "ScrutineersApproved",
    "Sealing",
    "SignerRole",
    "counted_in",
    "evolve",
    "in_stage",
    "known",
    "opened_in",
]


class PollStage(StrEnum):
    """Where a poll stands."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    DECLARED = "declared"
    CANCELLED = "cancelled"


SCRUTINEERS_NEEDED = 2
"""Beside the chief (rule 14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A poll as it stands."""

    prepared: PollPrepared
    stage: PollStage = PollStage.PREPARED
    chief: UUID | None = None
    scrutineers: tuple[UUID, ...] = ()
    opened: PollOpened | None = None
    last_call: bool = False
    closed: PollClosed | None = None
    counted: PollCounted | None = None
    signatures: tuple[CountSigned, ...] = ()
    """Over the current version of the count only."""
    declared: PollDeclared | None = None
    key: SealingKey | None = None
    cards: CardsAfterClosing = field(default_factory=CardsAfterClosing)
    papers: Papers = field(default_factory=Papers)
    box: OpenedBox = field(default_factory=OpenedBox)
    places: PlacesDecided | None = None
    again_in: UUID | None = None
    """The poll that is held for the places this one left open."""
    cards_spoiled: int = 0
    """Spoiled cards that were voided and replaced; each replacement counts once (rule 13)."""

    @property
    def is_sealed(self) -> bool:
        """Whether ballots are sealed to the scrutineers' key; where there are no cards there is nothing to seal."""
        return self.prepared.sealing is Sealing.SEALED and self.prepared.card_set is not None

    @property
    def attending(self) -> int:
        """A: who attended at the opening, and late arrivals who were handed a paper. Raises PollInWrongStage."""
        return opened_in(self).attending + (self.closed.late if self.closed else 0)

    @property
    def cards_drawn(self) -> int:
        """Cards in delegates' hands, as of the last of opening and closing. Raises PollInWrongStage."""
        opened, keypad = opened_in(self), self.prepared.keypad
        if self.closed is not None and self.closed.cards_drawn is not None:
            return self.closed.cards_drawn
        return 0 if keypad else opened.issued - opened.papers

    @property
    def papers_issued(self) -> int:
        """Papers handed out, net, as of the last of opening and closing. Raises PollInWrongStage."""
        return self.closed.papers if self.closed else opened_in(self).papers

    @property
    def issued(self) -> int:
        """I: cards drawn and papers handed out; keypads are issued at the opening. Raises PollInWrongStage."""
        if self.prepared.keypad:
            return opened_in(self).issued
        return self.cards_drawn + self.papers_issued

    @property
    def cards_add_up(self) -> bool:
        """The equation of the opening holds at the closing too: cards that could be cast are the cards drawn."""
        return self.opened is not None and self.closed is not None and self.closed.cards_live == self.cards_drawn

    @property
    def signed_by_chief(self) -> bool:
        """Whether the chief signed the current count."""
        return any(signature.role is SignerRole.CHIEF for signature in self.signatures)

    @property
    def scrutineers_signed(self) -> int:
        """How many scrutineers signed the current count."""
        return sum(signature.role is SignerRole.SCRUTINEER for signature in self.signatures)

    @property
    def is_signed(self) -> bool:
        """The chief and two scrutineers signed the same count (rule 14)."""
        return self.signed_by_chief and self.scrutineers_signed >= SCRUTINEERS_NEEDED


@dataclass(eq=False)
class PollInWrongStage(Refused):
    """The step does not fit where the poll stands."""

    stage: str


def evolve(poll: Poll | None, fact: PollFact) -> Poll:
    """The poll after one more fact."""
    match fact:
        case PollPrepared():
            return Poll(prepared=fact)
        case ScrutineersApproved():
            return replace(known(poll), chief=fact.chief, scrutineers=fact.scrutineers)
        case CardVoidingNoted():
            spoiled = int(fact.reason is VoidReason.SPOILED)
            return replace(known(poll), cards_spoiled=known(poll).cards_spoiled + spoiled)
        case PollOpened():
            spoiled = known(poll).cards_spoiled + fact.cards_spoiled
            return replace(known(poll), stage=PollStage.OPEN, opened=fact, cards_spoiled=spoiled)
        case LastBallotsCalled():
            return replace(known(poll), last_call=True)
        case PollClosed():
            return replace(known(poll), stage=PollStage.CLOSED, closed=fact, cards_spoiled=_spoiled(known(poll), fact))
        case PollCounted():
            return replace(known(poll), stage=PollStage.COUNTED, counted=fact, signatures=())
        case CountSigned():
            return replace(known(poll), signatures=(*known(poll).signatures, fact))
        case PollDeclared():
            return replace(known(poll), stage=PollStage.DECLARED, declared=fact)
        case PollCancelled():
            return replace(known(poll), stage=PollStage.CANCELLED)
        case PlacesDecided():
            return replace(known(poll), places=fact)
        case HeldAgain():
            return replace(known(poll), again_in=fact.poll)
        case AgainGivenUp():
            return replace(known(poll), again_in=None)
        case _:
            return _evolve_part(known(poll), fact)


def _spoiled(poll: Poll, closed: PollClosed) -> int:
    """The opening's number is part of the closing's; cards noted on the poll itself, in old histories, are not."""
    if closed.cards_spoiled is None or poll.opened is None:
        return poll.cards_spoiled
    return poll.cards_spoiled - poll.opened.cards_spoiled + closed.cards_spoiled


def _evolve_part(poll: Poll, fact: PollFact) -> Poll:
    match fact:
        case SealingKeyMade() | TrialBallotOpened():
            return replace(poll, key=sealing.evolve(poll.key, fact))
        case UnusedCardHandedIn() | IncidentReported() | IncidentDecided():
            return replace(poll, cards=accounting.evolve(poll.cards, fact))
        case BoxOpened() | SealedBallotsDeleted():
            return replace(poll, box=box_opening.evolve(poll.box, fact))
        case (
            PapersPrinted()
            | SpoiledPaperReplaced()
            | PapersReturned()
            | BatchEntered()
            | DoubtfulMarkDecided()
            | KeypadTotalsEntered()
        ):
            return replace(_recount_needed(poll), papers=papers.evolve(poll.papers, fact))
        case _:
            raise ValueError(f"{type(fact).__name__} is no fact of a poll's part")


def _recount_needed(poll: Poll) -> Poll:
    """A figure that changes after the count makes another count necessary; signatures are void (rule 11)."""
    return replace(poll, stage=PollStage.CLOSED, signatures=()) if poll.stage is PollStage.COUNTED else poll


def known(poll: Poll | None) -> Poll:
    """Raises NotFound for a poll that was never prepared."""
    if poll is None:
        raise NotFound(kind="poll", id="")
    return poll


def in_stage(poll: Poll | None, stage: PollStage) -> Poll:
    """Raises PollInWrongStage unless the poll stands exactly there."""
    found = known(poll)
    if found.stage is not stage:
        raise PollInWrongStage(stage=found.stage.value)
    return found


def opened_in(poll: Poll) -> PollOpened:
    """The opening. Raises PollInWrongStage before."""
    if poll.opened is None:
        raise PollInWrongStage(stage=poll.stage.value)
    return poll.opened


def counted_in(poll: Poll) -> PollCounted:
    """The current count. Raises PollInWrongStage while there is none."""
    if poll.counted is None:
        raise PollInWrongStage(stage=poll.stage.value)
    return poll.counted
