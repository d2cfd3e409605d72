"""Where every card of a closed poll is: in the box, handed in unused, or not handed in; and what does not fit."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class IncidentKind(StrEnum):
    """What was found that must not be."""

    UNUSED_CARD_HAS_BALLOT = "unused_card_has_ballot"
    """A card handed in as unused has a ballot in the box: somebody used a copy."""
    OTHER = "other"
    """Anything else that puts the result in doubt, such as wrong figures that can no longer be changed."""
    USED_BUT_NOT_VOTED = "used_but_not_voted"
    """"Already used" was shown to somebody who says they have not voted."""


class IncidentDecision(StrEnum):
    """What the chief decides; single ballots are never removed (ballot.md, step 3)."""

    REPEAT = "repeat"
    """The poll is void and repeated."""
    PROCEED = "proceed"
    """The incident was cleared up; the box may be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedCardHandedIn:
    """A delegate who did not vote handed a card in after closing; which card is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReported:
    """Something that blocks the opening of the box; incidents of a poll are numbered from 1."""

    number: int
    kind: IncidentKind
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDecided:
    """The chief's decision on an incident, with the reason."""

    number: int
    decision: IncidentDecision
    reason: str


AccountingFact = UnusedCardHandedIn | IncidentReported | IncidentDecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident as it stands."""

    number: int
    kind: IncidentKind
    note: str
    decision: IncidentDecision | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsAfterClosing:
    """Cards handed in unused, and the incidents."""

    handed_in: int = 0
    incidents: dict[int, Incident] = field(default_factory=dict)

    @property
    def undecided(self) -> tuple[Incident, ...]:
        """Incidents that still block the opening of the box."""
        return tuple(one for one in self.incidents.values() if one.decision is None)

    @property
    def must_repeat(self) -> bool:
        """Whether the chief decided that the poll is repeated."""
        return any(one.decision is IncidentDecision.REPEAT for one in self.incidents.values())


def evolve(cards: CardsAfterClosing, fact: AccountingFact) -> CardsAfterClosing:
    """The account after one more fact."""
    match fact:
        case UnusedCardHandedIn():
            return replace(cards, handed_in=cards.handed_in + 1)
        case IncidentReported():
            found = Incident(number=fact.number, kind=fact.kind, note=fact.note)
            return replace(cards, incidents=cards.incidents | {fact.number: found})
        case IncidentDecided():
            decided = replace(cards.incidents[fact.number], decision=fact.decision, reason=fact.reason)
            return replace(cards, incidents=cards.incidents | {fact.number: decided})
