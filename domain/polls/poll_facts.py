"""The facts of a poll 票决: prepared, opened, closed, counted, signed, declared. Those of its parts lie beside them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.polls.accounting import IncidentDecided, IncidentReported, UnusedCardHandedIn
from domain.polls.ballot import VoidReason
from domain.polls.box_opening import BoxOpened, SealedBallotsDeleted
from domain.polls.paper import (
    BatchEntered,
    DoubtfulMarkDecided,
    KeypadTotalsEntered,
    PapersPrinted,
    PapersReturned,
    SpoiledPaperReplaced,
)
from domain.polls.places import Again, AgainGivenUp, HeldAgain, PlacesDecided
from domain.polls.rules import RuleProfile
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened
from domain.shared import Year


class Sealing(StrEnum):
    """Who can read marks before the count: with `unsealed`, whoever controls the database; sealed, nobody."""

    SEALED = "sealed"
    UNSEALED = "unsealed"


class SignerRole(StrEnum):
    """In which office a count is signed (rule 14)."""

    CHIEF = "chief"
    SCRUTINEER = "scrutineer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollItem:
    """One question of the ballot. `id` is what the ballot and the tally call it: the listed number."""

    id: str
    name: str
    project: UUID
    lead_unit: str = ""
    summary: str = ""
    """What the ballot page shows under the name: lead unit, funds, beneficiaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPrepared:
    """A poll takes its items from the fixed list and its rules from the adopted profile."""

    congress: UUID
    session: UUID
    session_title: str
    year: Year
    title: str
    items: tuple[PollItem, ...]
    profile_id: UUID
    profile_version: int
    profile: RuleProfile
    card_set: UUID | None
    sealing: Sealing
    sent_on: date
    """The day the cards reached the delegates, for rule 16."""
    waiver: str = ""
    """The presidium's decision that lets an equal election 等额 stand (rule 10)."""
    rehearsal: bool = False
    """A rehearsal 演练: it decides nothing and never touches projects, lists or asks."""
    keypad: bool = False
    """The hall's keypads count; their totals are entered, there are no cards and no papers."""
    parent: UUID | None = None
    """The poll this one follows: a second ballot or a repetition."""
    again: Again | None = None
    """Why it follows its parent."""
    paper_colour: str = ""
    """The colour of this matter's ballot papers; empty: the card set's, or white."""
    electorate: tuple[UUID, ...] = ()
    """Delegates who may vote, such as the standing committee's members; empty: everybody on the roll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrutineersApproved:
    """The plenary approved the chief 总监票人 and the scrutineers 监票人 (delegates, rule 14)."""

    chief: UUID
    scrutineers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardVoidingNoted:
    """Somebody voided a card at the desk: that and why, never which. Now noted beside the poll (VoidingNoted)."""

    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened:
    """Voting began; N, A and I are frozen here, but for late arrivals who are handed a paper."""

    all_delegates: int
    attending: int
    issued: int
    """Cards drawn and papers handed out; where keypads count, everybody who attends holds one."""
    form: str
    """Hash of the form every ballot names."""
    papers: int = 0
    """How many of the issued are papers."""
    cards_spoiled: int = 0
    """Spoiled cards that were voided and replaced before; each counts as issued once (rule 13)."""
    page: str = ""
    """SHA-256 in hex of the ballot page as it was served, in Chinese; empty: not known to who opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBallotsCalled:
    """The chair called for the last ballots; the gate stays open for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed:
    """The gate of the box closed over so many ballots; `root` is the tree hash over the sorted receipts."""

    ballots: int
    root: str
    cards_printed: int
    cards_voided: int
    cards_drawn: int | None = None
    """Cards in delegates' hands when the gate closed; None: as many as at the opening."""
    papers: int = 0
    """Papers handed out, net."""
    late: int = 0
    """How many of these papers went to delegates who came after the opening; they count into A."""
    cards_spoiled: int | None = None
    """Spoiled cards that were voided and replaced until then; None: as many as at the opening."""

    @property
    def cards_live(self) -> int:
        """Cards that could still be cast when the gate closed."""
        return self.cards_printed - self.cards_voided


@dataclass(frozen=True, slots=True, kw_only=True)
class PollCounted:
    """A count: the canonical text that is signed, and its SHA-256. A new version voids signatures."""

    version: int
    count: str
    """Canonical JSON of profile, items, numbers, columns and outcome."""
    count_hash: str
    void_because: str = ""
    """Why the whole poll is void (rules 1 and 2); empty for a valid one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSigned:
    """The chief or a scrutineer put their name to exactly this count, proving it by their password."""

    version: int
    role: SignerRole
    delegate: UUID
    name: str
    count_hash: str
    form: str = "password"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDeclared:
    """The chair declared the signed result."""

    on: date
    notice_number: str
    count_hash: str
    adopted: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollCancelled:
    """The poll ends without a result: before it opened, or void by its count (rules 1 and 2)."""

    reason: str


PollFact = (
    PollPrepared
    | ScrutineersApproved
    | CardVoidingNoted
    | PollOpened
    | LastBallotsCalled
    | PollClosed
    | PollCounted
    | CountSigned
    | PollDeclared
    | PollCancelled
    | SealingKeyMade
    | TrialBallotOpened
    | UnusedCardHandedIn
    | IncidentReported
    | IncidentDecided
    | PapersPrinted
    | SpoiledPaperReplaced
    | PapersReturned
    | BatchEntered
    | DoubtfulMarkDecided
    | KeypadTotalsEntered
    | BoxOpened
    | SealedBallotsDeleted
    | PlacesDecided
    | HeldAgain
    | AgainGivenUp
)
