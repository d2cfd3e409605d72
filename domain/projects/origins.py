"""Where a project comes from: the proposals behind it. Its timeline begins with the first of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.projects.card import CandidateCard
from domain.proposals.proposal import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalTakenUp:
    """A proposal, with what was merged into it, stands behind the project."""

    proposal: UUID
    code: str
    title: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalGivenBack:
    """A proposal no longer stands behind the project: it is open again."""

    proposal: UUID


OriginFact = ProposalTakenUp | ProposalGivenBack


def first_card(suggestion: Suggestion, number: int | None = None) -> CandidateCard:
    """What a proposal already says of the candidate it becomes; the rest is for the office to fill in."""
    return CandidateCard(
        number=number,
        name=suggestion.title,
        content=suggestion.content,
        place=suggestion.place,
        longitude=suggestion.longitude,
        latitude=suggestion.latitude,
        category=suggestion.category,
        beneficiaries=suggestion.beneficiaries,
        total_funds=suggestion.estimated_funds,
    )


def evolve_origins(proposals: tuple[UUID, ...], fact: OriginFact) -> tuple[UUID, ...]:
    """The proposals behind a project after one more fact, in the order of taking up."""
    others = tuple(one for one in proposals if one != fact.proposal)
    return (*others, fact.proposal) if isinstance(fact, ProposalTakenUp) else others
