"""What a page keeps of a candidate's card and of the vote."""

from datetime import date

from domain.projects.card import CandidateCard
from domain.projects.project import FirstVote, VoteOnProject


def of_card(card: CandidateCard) -> dict[str, object]:
    """What was promised, and the unit."""
    shown = {
        "name": card.name,
        "category": card.category,
        "purpose": card.purpose,
        "content": card.content,
        "targets": [[target.name, str(target.amount), target.unit] for target in card.targets],
        "place": card.place,
        "total_funds": None if card.total_funds is None else str(card.total_funds),
        "year_funds": None if card.year_funds is None else str(card.year_funds),
        "sources": [[source.name, str(source.percent)] for source in card.sources],
        "beneficiaries": card.beneficiaries,
        "beneficiary_count": card.beneficiary_count,
        "starts_on": None if card.starts_on is None else card.starts_on.isoformat(),
        "finishes_on": None if card.finishes_on is None else card.finishes_on.isoformat(),
        "cross_year": card.cross_year,
        "annual_targets": card.annual_targets,
        "lead_unit_name": card.lead_unit_name,
        "assisting_units": list(card.assisting_units),
        "responsible": card.responsible,
        "support_proposals": card.support_proposals,
        "supporters": card.supporters,
    }
    return {"card": shown, "lead_unit": card.lead_unit}


def of_vote(vote: VoteOnProject, on: date) -> dict[str, object]:
    """How it was decided; the title of the session is asked of the poll."""
    return {
        "poll": str(vote.poll),
        "on": on.isoformat(),
        "votes_for": vote.votes_for,
        "against": vote.against,
        "abstain": vote.abstain,
        "all_delegates": vote.all_delegates,
        "attending": vote.attending,
        "needed": vote.needed,
        "rank": vote.rank,
        "passed": vote.passed,
        "candidates": vote.candidates,
        "first": _of_first(vote.first) if vote.first else None,
    }


def _of_first(first: FirstVote) -> dict[str, object]:
    told = {"votes_for": first.votes_for, "rank": first.rank, "candidates": first.candidates}
    return {"poll": str(first.poll), "again": first.again, **told}
