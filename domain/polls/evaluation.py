"""Evaluations 测评: rates, mean scores, grades and ranks from the columns (rules 23 and 24)."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from domain.polls.columns import GradeColumn, GradeColumns
from domain.polls.outcome import GradedItem, GradeOutcome, Item, Turnout
from domain.polls.reckoning import dense_ranks
from domain.polls.rules import EvaluationRules, PassBase, ScoreBand


def grade_items(rules: EvaluationRules, items: Iterable[Item], turnout: Turnout, columns: GradeColumns) -> GradeOutcome:
    """The outcome of a valid evaluation; columns must be reconciled and name exactly these items."""
    by_id = {column.id: column for column in columns.items}
    graded = [_graded(rules, item, turnout, columns.returned, by_id[item.id]) for item in items]
    ranks = dense_ranks(item.score for item in graded if item.score is not None)
    ranked = (replace(item, rank=None if item.score is None else ranks[item.score]) for item in graded)
    return GradeOutcome(turnout=turnout, returned=columns.returned, items=tuple(ranked))


def _graded(rules: EvaluationRules, item: Item, turnout: Turnout, returned: int, column: GradeColumn) -> GradedItem:
    valid = column.valid_marks
    base = _base(rules.base, turnout, returned, valid)
    if not valid:
        return GradedItem(
            name=item.name,
            column=column,
            base=base,
            rates=None,
            cumulative_rates=None,
            score=None,
            grade=None,
            rank=None,
        )
    marks = [column.counts[option.id] for option in rules.options]
    ids = [option.id for option in rules.options]
    points = sum((Fraction(option.score) * column.counts[option.id] for option in rules.options), Fraction())
    return GradedItem(
        name=item.name,
        column=column,
        base=base,
        rates={id: Fraction(number, valid) for id, number in zip(ids, marks, strict=True)},
        cumulative_rates={id: Fraction(sum_, valid) for id, sum_ in zip(ids, accumulate(marks), strict=True)},
        score=points / valid,
        grade=_grade(rules, column, base),
        rank=None,
    )


def _base(base: PassBase, turnout: Turnout, returned: int, valid_marks: int) -> int:
    """Whose marks a grade is measured against; with all delegates the absent stay in."""
    match base:
        case PassBase.ALL_DELEGATES:
            return turnout.all_delegates
        case PassBase.ATTENDING:
            return turnout.attending
        case PassBase.RETURNED:
            return returned
        case _:
            return valid_marks


def _grade(rules: EvaluationRules, column: GradeColumn, base: int) -> str:
    """The first grade whose marks meet its threshold; the last one asks for nothing."""
    for rule in rules.grades:
        marks = sum(column.counts[option] for option in rule.of)
        if rule.threshold is None or rule.threshold.is_met(marks, base):
            return rule.grade
    return rules.grades[-1].grade


def score_band(rules: EvaluationRules, score: Fraction) -> ScoreBand | None:
    """The line of the grade table a mean score falls into, by its exact value (以上 includes the number)."""
    return next((band for band in rules.score_bands if score >= Fraction(band.at_least)), None)
