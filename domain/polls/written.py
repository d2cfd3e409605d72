"""Profiles, columns and outcomes as the plain values of the published JSON formats, keys in their order."""

from collections.abc import Mapping
from fractions import Fraction

from domain.polls.columns import Columns, GradeColumn, GradeColumns, VoteColumn
from domain.polls.outcome import (
    Decision,
    GradedItem,
    GradeOutcome,
    NoOutcome,
    Outcome,
    SecondBallot,
    Turnout,
    VotedItem,
    VoteOutcome,
)
from domain.polls.reckoning import Threshold, half_up
from domain.polls.rules import EvaluationRules, GradeRule, RuleProfile

RATE_PLACES = 4
SCORE_PLACES = 2

Written = dict[str, object]


def written_outcome(outcome: Outcome) -> Written:
    """outcome.json; a void poll says only why."""
    match outcome:
        case NoOutcome():
            return {"valid": False, "reason": outcome.reason.value}
        case VoteOutcome():
            return _vote(outcome)
        case GradeOutcome():
            return _evaluation(outcome)


def written_columns(columns: Columns) -> Written:
    """columns.json, from which the same outcome follows as from the ballots."""
    if isinstance(columns, GradeColumns):
        return {"returned": columns.returned, "items": [_grade_column(column) for column in columns.items]}
    return {
        "returned": columns.returned,
        "void_ballots": columns.void_ballots,
        "items": [_vote_column(column) for column in columns.items],
    }


def written_profile(profile: RuleProfile) -> Written:
    """profile.json: what the count depends on."""
    if profile.evaluation is not None:
        return _evaluation_profile(profile, profile.evaluation)
    return {
        "form": profile.form.value,
        "quota": "open" if profile.quota is None else profile.quota,
        "max_for": profile.max_for.value,
        "quorum": _threshold(profile.quorum),
        "pass": {"base": profile.pass_base.value, **_threshold(profile.passing)},
        "blank_item": profile.blank_item.value,
        "tie_at_cut": profile.tie_at_cut.value,
        "shortfall": profile.shortfall.value,
        "min_surplus_rate": f"{profile.min_surplus_rate:f}",
        "allow_equal": profile.allow_equal,
    }


def _evaluation_profile(profile: RuleProfile, rules: EvaluationRules) -> Written:
    return {
        "form": profile.form.value,
        "options": [{"id": option.id, "score": f"{option.score:f}"} for option in rules.options],
        "base": rules.base.value,
        "blank_item": profile.blank_item.value,
        "quorum": _threshold(profile.quorum),
        "grades": [_grade_rule(rule) for rule in rules.grades],
    }


def _grade_rule(rule: GradeRule) -> Written:
    if rule.threshold is None:
        return {"grade": rule.grade}
    operator, fraction = rule.threshold.operator.value, rule.threshold.fraction
    return {"grade": rule.grade, "of": list(rule.of), "operator": operator, "fraction": fraction}


def _threshold(threshold: Threshold) -> Written:
    return {"fraction": threshold.fraction, "operator": threshold.operator.value}


def _head(turnout: Turnout, returned: int) -> Written:
    return {
        "valid": True,
        "reason": None,
        "all_delegates": turnout.all_delegates,
        "attending": turnout.attending,
        "issued": turnout.issued,
        "returned": returned,
        "not_returned": turnout.issued - returned,
    }


def _vote(outcome: VoteOutcome) -> Written:
    surplus = outcome.surplus_rate
    return {
        **_head(outcome.turnout, outcome.returned),
        "void_ballots": outcome.void_ballots,
        "surplus_rate": None if surplus is None else half_up(surplus, RATE_PLACES),
        "items": [_voted_item(item) for item in outcome.items],
        "adopted": list(outcome.adopted),
        "open_places": outcome.open_places,
        "second_ballot": _second_ballot(outcome.second_ballot),
        "decision": _decision(outcome.decision),
        "warnings": [warning.value for warning in outcome.warnings],
    }


def _second_ballot(again: SecondBallot | None) -> Written | None:
    if again is None:
        return None
    return {"reason": again.reason.value, "items": list(again.items), "places": again.places}


def _decision(decision: Decision | None) -> Written | None:
    if decision is None:
        return None
    return {"by": decision.by.value, "items": list(decision.items), "places": decision.places}


def _marks(column: VoteColumn) -> Written:
    return {
        "for": column.votes_for,
        "against": column.against,
        "abstain": column.abstain,
        "not_ticked": column.not_ticked,
        "not_pressed": column.not_pressed,
        "void": column.void,
    }


def _vote_column(column: VoteColumn) -> Written:
    return {"id": column.id, **_marks(column)}


def _grade_column(column: GradeColumn) -> Written:
    return {"id": column.id, "counts": dict(column.counts), "blank": column.blank, "void": column.void}


def _voted_item(item: VotedItem) -> Written:
    return {
        "id": item.column.id,
        "name": item.name,
        **_marks(item.column),
        "base": item.base,
        "needed": item.needed,
        "passed": item.passed,
        "rank": item.rank,
        "adopted": item.adopted,
    }


def _evaluation(outcome: GradeOutcome) -> Written:
    return {**_head(outcome.turnout, outcome.returned), "items": [_graded_item(item) for item in outcome.items]}


def _graded_item(item: GradedItem) -> Written:
    column = item.column
    return {
        "id": column.id,
        "name": item.name,
        "counts": dict(column.counts),
        "blank": column.blank,
        "void": column.void,
        "valid_marks": column.valid_marks,
        "base": item.base,
        "rates": _rates(item.rates),
        "cumulative_rates": _rates(item.cumulative_rates),
        "score": None if item.score is None else half_up(item.score, SCORE_PLACES),
        "grade": item.grade,
        "rank": item.rank,
    }


def _rates(rates: Mapping[str, Fraction] | None) -> Written | None:
    return None if rates is None else {id: half_up(rate, RATE_PLACES) for id, rate in rates.items()}
