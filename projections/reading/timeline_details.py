"""What a line of a project's timeline keeps of answers, votes and evaluations."""

from typing import Any

from domain.asks.answers import ProgressAnswer, SummaryAnswer
from domain.polls.reckoning import half_up
from domain.projects.project import ProjectEvaluated, VoteOnProject


def told(answer: object) -> dict[str, object]:
    """Of the answers that residents read once they are approved; nothing of the others."""
    match answer:
        case ProgressAnswer():
            return {
                "percent": answer.percent,
                "funds_spent": str(answer.funds_spent),
                "milestones": answer.milestones,
                "problems": answer.problems,
                "inspections": answer.inspections,
                "photos": [str(photo.file) for photo in answer.photos],
            }
        case SummaryAnswer():
            return {"completion": answer.completion.value, "results": answer.results, "leftovers": answer.leftovers}
        case _:
            return {}


def voted(vote: VoteOnProject) -> dict[str, Any]:
    """How the poll decided."""
    return {
        "votes_for": vote.votes_for,
        "needed": vote.needed,
        "all_delegates": vote.all_delegates,
        "attending": vote.attending,
        "rank": vote.rank,
        "passed": vote.passed,
        "candidates": vote.candidates,
        "again": vote.first.again if vote.first else "",
    }


def evaluated(fact: ProjectEvaluated) -> dict[str, Any]:
    """Rates as they are printed, in percent of the valid marks, two decimals (rule 24)."""
    return {
        "poll": str(fact.poll),
        "title": fact.title,
        "notice_number": fact.notice_number,
        "grade": fact.grade,
        "band": fact.band,
        "score": None if fact.score is None else str(fact.score),
        "rank": fact.rank,
        "items": fact.evaluated,
        "satisfaction": None if fact.satisfaction is None else half_up(fact.satisfaction * 100, 2),
        "overall": None if fact.overall is None else half_up(fact.overall * 100, 2),
    }
