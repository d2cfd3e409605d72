"""A proposal 建议项目: one person's or unit's suggestion, which ends in exactly one outcome with a reason."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.proposals.call import Channel
from domain.proposals.screening import Criterion, Screening
from domain.shared import Money, NotFound, Year, code_from


class ProposalForm(StrEnum):
    """Which of the two forms was filled in."""

    PERSON = "person"
    UNIT = "unit"


class Outcome(StrEnum):
    """How a proposal ends; every proposal has exactly one, or is open."""

    BECAME_CANDIDATE = "became_candidate"
    MERGED = "merged"
    TRANSFERRED = "transferred"
    RESERVE = "reserve"
    DECLINED = "declined"


class DeclineReason(StrEnum):
    """Why a proposal was declined; words go with every one."""

    NEGATIVE_LIST = "negative_list"
    OUTSIDE_POWERS = "outside_powers"
    ALREADY_PLANNED = "already_planned"
    CONDITIONS_LACKING = "conditions_lacking"
    NOT_WITHIN_THE_YEAR = "not_within_the_year"
    BEYOND_MEANS = "beyond_means"
    UNCLEAR = "unclear"
    OTHER = "other"


class TransferTo(StrEnum):
    """Where a proposal belongs that is no project of this congress."""

    HOTLINE = "hotline"
    """12345."""
    UNIT = "unit"
    CONGRESS = "congress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What is proposed, one matter only. Nothing in it names or reaches a person."""

    title: str
    content: str
    """What should be done, and why."""
    place: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    category: str = ""
    beneficiaries: str = ""
    estimated_funds: Money | None = None
    """Yuan; asked on the form for units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalReceived:
    """A proposal came in; `code` is its tracking code for life."""

    congress: UUID
    year: Year
    code: str
    form: ProposalForm
    channel: Channel
    received_on: date
    suggestion: Suggestion
    signatories: int = 1
    """How many people put it forward together."""
    photos: tuple[Attached, ...] = ()
    contact: UUID | None = None
    """Of the erasable contact data; None where nobody left any."""
    unit_name: str = ""
    """Of the unit that proposes, on the form for units."""
    unit: UUID | None = None
    """A department of the congress, when it proposes from its own pages."""
    delegate: UUID | None = None
    """The delegate who proposes, or who brought it from a visit."""
    house: UUID | None = None
    """The delegates' house whose code or desk it came by."""
    origin: UUID | None = None
    """What it goes back to: a council's choice, a proposal in the reserve or of another congress."""
    split_from: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPutRight:
    """The office corrected the wording, place or category; the first wording stays in the history."""

    suggestion: Suggestion
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalShown:
    """Residents may read the proposal and support it, in the office's public wording."""

    title: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalHidden:
    """The proposal is no longer shown to residents; its author still follows it by the code."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalScreened:
    """The proposal was held against the positive and the negative list."""

    screening: Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMerged:
    """The proposal goes on as part of another one, also when it moves there from a third."""

    into: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalTookIn:
    """Another proposal was merged into this one."""

    proposal: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLetGo:
    """A merged proposal stands on its own again, or went elsewhere."""

    proposal: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalTransferred:
    """The proposal was handed to whom it belongs; `onward` is the proposal it became in another congress."""

    to: TransferTo
    name: str
    """Of the unit or congress; for the hotline the number of its work order, if known."""
    unit: UUID | None = None
    congress: UUID | None = None
    onward: UUID | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalReserved:
    """The proposal went into the reserve pool 储备库, for a later year."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined:
    """The proposal will not become a project of this year."""

    reason: DeclineReason
    words: str
    rules: tuple[Criterion, ...] = ()
    """The negative-list rules it hit, where they are the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalBecameCandidate:
    """The proposal, with what was merged into it, stands behind a candidate project."""

    project: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalReopened:
    """The outcome was taken back: the proposal is open again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposerForgotten:
    """The contact data of whoever proposed were erased."""

    asked_by_proposer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPhotoErased:
    """A photo that came with the proposal was erased, wherever it stood; what the fact of its receipt says stays."""

    file: UUID
    reason: str


ProposalFact = (
    ProposalReceived
    | ProposalPutRight
    | ProposalShown
    | ProposalHidden
    | ProposalScreened
    | ProposalMerged
    | ProposalTookIn
    | ProposalLetGo
    | ProposalTransferred
    | ProposalReserved
    | ProposalDeclined
    | ProposalBecameCandidate
    | ProposalReopened
    | ProposerForgotten
    | ProposalPhotoErased
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal as it stands; `outcome` is None while it is open."""

    received: ProposalReceived
    suggestion: Suggestion
    outcome: Outcome | None = None
    into: UUID | None = None
    """The proposal it was merged into."""
    taken_in: tuple[UUID, ...] = ()
    """What was merged into it, in that order."""
    project: UUID | None = None
    onward: UUID | None = None
    """The proposal it became in another congress."""
    screening: Screening | None = None
    shown: bool = False
    contact: UUID | None = None
    photos: tuple[Attached, ...] = ()
    """Those that were not erased."""

    @property
    def congress(self) -> UUID:
        """Whose proposal it is."""
        return self.received.congress

    @property
    def year(self) -> Year:
        """For which year."""
        return self.received.year


TRACKING_DIGITS = 10
"""Fifty bits: nobody finds another's proposal by trying."""


def tracking_code(proposal: UUID) -> str:
    """The code printed for the author, ten Crockford digits and a check symbol that fits into an address."""
    number = proposal.int
    while not (code := code_from(number, TRACKING_DIGITS))[-1].isalnum():
        number += 1
    return code


def evolve(proposal: Proposal | None, fact: ProposalFact) -> Proposal:
    """The proposal after one more fact."""
    if isinstance(fact, ProposalReceived):
        return Proposal(received=fact, suggestion=fact.suggestion, contact=fact.contact, photos=fact.photos)
    known = _known(proposal)
    match fact:
        case ProposalPutRight():
            return replace(known, suggestion=fact.suggestion)
        case ProposalShown() | ProposalHidden():
            return replace(known, shown=isinstance(fact, ProposalShown))
        case ProposalScreened():
            return replace(known, screening=fact.screening)
        case ProposalTookIn():
            return replace(known, taken_in=(*known.taken_in, fact.proposal))
        case ProposalLetGo():
            return replace(known, taken_in=tuple(one for one in known.taken_in if one != fact.proposal))
        case ProposerForgotten():
            return replace(known, contact=None)
        case ProposalPhotoErased():
            return replace(known, photos=tuple(one for one in known.photos if one.file != fact.file))
        case _:
            return _with_outcome(known, fact)


def _with_outcome(
    known: Proposal,
    fact: ProposalMerged
    | ProposalTransferred
    | ProposalReserved
    | ProposalDeclined
    | ProposalBecameCandidate
    | ProposalReopened,
) -> Proposal:
    match fact:
        case ProposalMerged():
            return replace(known, outcome=Outcome.MERGED, into=fact.into)
        case ProposalTransferred():
            return replace(known, outcome=Outcome.TRANSFERRED, onward=fact.onward)
        case ProposalReserved():
            return replace(known, outcome=Outcome.RESERVE)
        case ProposalDeclined():
            return replace(known, outcome=Outcome.DECLINED)
        case ProposalBecameCandidate():
            return replace(known, outcome=Outcome.BECAME_CANDIDATE, project=fact.project)
        case ProposalReopened():
            return replace(known, outcome=None, into=None, project=None)


def _known(proposal: Proposal | None) -> Proposal:
    if proposal is None:
        raise NotFound(kind="proposal", id="")
    return proposal
