"""A counted evaluation in the words of its rule profile: grades and grade table by name, rates labelled (rule 24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from domain.polls.evaluation import score_band
from domain.polls.reckoning import half_up
from domain.polls.rules import EvaluationRules, RuleProfile

SCORE_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One item as people speak of it. Without a valid mark there is no grade, rate, score or rank."""

    id: str
    name: str
    counts: Mapping[str, int]
    """By option id."""
    blank: int
    void: int
    valid_marks: int
    base: int
    """Whose marks the grade was measured against."""
    grade: str | None
    grade_name: str | None
    band: str
    """By the exact mean score, not the printed one; empty below the table."""
    score: Decimal | None
    rank: int | None
    satisfaction: Fraction | None
    """满意率: the best option over the valid marks."""
    overall: Fraction | None
    """总体满意率: the two best options over the valid marks."""


def graded(profile: RuleProfile, count: Mapping[str, Any]) -> tuple[Graded, ...]:
    """Every item of a valid evaluation's count, in the order of the ballot; none for a void one."""
    rules = profile.evaluation
    if rules is None or not count["outcome"]["valid"]:
        return ()
    return tuple(_graded(rules, item) for item in count["outcome"]["items"])


def _graded(rules: EvaluationRules, item: Mapping[str, Any]) -> Graded:
    counts, valid = item["counts"], item["valid_marks"]
    marks = [counts[option.id] for option in rules.options]
    points = sum((Fraction(option.score) * counts[option.id] for option in rules.options), Fraction())
    mean = points / valid if valid else None
    band = score_band(rules, mean) if mean is not None else None
    names = {rule.grade: rule.name or rule.grade for rule in rules.grades}
    return Graded(
        id=item["id"],
        name=item["name"],
        counts=counts,
        blank=item["blank"],
        void=item["void"],
        valid_marks=valid,
        base=item["base"],
        grade=item["grade"],
        grade_name=names[item["grade"]] if item["grade"] is not None else None,
        band=band.name if band else "",
        score=Decimal(half_up(mean, SCORE_PLACES)) if mean is not None else None,
        rank=item["rank"],
        satisfaction=Fraction(marks[0], valid) if valid else None,
        overall=Fraction(sum(marks[:2]), valid) if valid else None,
    )
