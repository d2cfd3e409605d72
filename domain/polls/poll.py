"""A poll 票决: prepared, opened, closed, counted, signed, declared. Ballots themselves lie in the box."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.polls.ballot import VoidReason
from domain.polls.rules import RuleProfile
from domain.shared import NotFound, Refused, Year


class Sealing(StrEnum):
    """Who can read marks before the count: with `unsealed`, whoever controls the database."""

    UNSEALED = "unsealed"


class PollStage(StrEnum):
    """Where a poll stands."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    DECLARED = "declared"
    CANCELLED = "cancelled"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrutineersApproved:
    """The plenary approved the chief 总监票人 and the scrutineers 监票人 (delegates, rule 14)."""

    chief: UUID
    scrutineers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardVoidingNoted:
    """Somebody voided a card at the desk: that and why, never which."""

    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened:
    """Voting began; N, A and I are frozen here."""

    all_delegates: int
    attending: int
    issued: int
    form: str
    """Hash of the form every ballot names."""


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
)


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

    @property
    def cards_add_up(self) -> bool:
        """The equation of the opening holds at the closing too: cards that could be cast are the cards issued."""
        return self.opened is not None and self.closed is not None and self.closed.cards_live == self.opened.issued

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
            return known(poll)
        case PollOpened():
            return replace(known(poll), stage=PollStage.OPEN, opened=fact)
        case LastBallotsCalled():
            return replace(known(poll), last_call=True)
        case PollClosed():
            return replace(known(poll), stage=PollStage.CLOSED, closed=fact)
        case PollCounted():
            return replace(known(poll), stage=PollStage.COUNTED, counted=fact, signatures=())
        case CountSigned():
            return replace(known(poll), signatures=(*known(poll).signatures, fact))
        case PollDeclared():
            return replace(known(poll), stage=PollStage.DECLARED, declared=fact)
        case PollCancelled():
            return replace(known(poll), stage=PollStage.CANCELLED)


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


def counted_in(poll: Poll) -> PollCounted:
    """The current count. Raises PollInWrongStage while there is none."""
    if poll.counted is None:
        raise PollInWrongStage(stage=poll.stage.value)
    return poll.counted
