"""Evaluations in the words of their rules: rules 23 and 24 with their numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.polls.columns import GradeColumn, GradeColumns
from domain.polls.evaluation import grade_items
from domain.polls.grading import Graded, graded
from domain.polls.outcome import Turnout
from domain.polls.ready_made import READY_MADE
from domain.polls.reckoning import Operator, Threshold, half_up
from domain.polls.rules import EvaluationRules, RuleProfile
from domain.polls.written import written_outcome
from tests.support.counting import listed

PROFILE = READY_MADE["committee_evaluation"]


def rules_of(profile: RuleProfile) -> EvaluationRules:
    assert profile.evaluation is not None
    return profile.evaluation


def result(*marks: int, blank: int = 0, profile: RuleProfile = PROFILE, members: int | None = None) -> Graded:
    """One item with these marks, from the count as it is written."""
    rules = rules_of(profile)
    returned = sum(marks) + blank
    counts = {option.id: number for option, number in zip(rules.options, marks, strict=True)}
    columns = GradeColumns(returned=returned, items=(GradeColumn(id="1", counts=counts, blank=0, void=blank),))
    turnout = Turnout(all_delegates=members or returned, attending=returned, issued=returned)
    outcome = grade_items(rules, listed(1), turnout, columns)
    return graded(profile, {"outcome": written_outcome(outcome)})[0]


@pytest.mark.parametrize(("marks", "grade"), [((17, 11, 1), "满意"), ((14, 10, 5), "基本满意"), ((9, 5, 15), "不满意")])
def test_rule_23_grades_of_twenty_nine_members(marks: tuple[int, ...], grade: str) -> None:
    assert result(*marks).grade_name == grade


def test_rule_23_at_exactly_half_the_operator_decides() -> None:
    """M = 30, 15/0/15: satisfied under at least, unsatisfied under over."""
    assert result(15, 0, 15).grade_name == "满意"
    rules = rules_of(PROFILE)
    over = replace(rules.grades[0], threshold=Threshold(fraction="1/2", operator=Operator.OVER))
    strict = replace(PROFILE, evaluation=replace(rules, grades=(over, *rules.grades[1:])))
    assert result(15, 0, 15, profile=strict).grade_name == "不满意"


def test_rule_23_the_absent_stay_in_the_base() -> None:
    """Fourteen of twenty who came are more than half of them, but not of thirty members."""
    assert result(14, 6, 0, members=30).grade_name == "基本满意"
    assert result(14, 6, 0, members=20).grade_name == "满意"


def test_rule_24_rates_are_labelled_and_exact() -> None:
    """175/43/4: satisfaction 78.83 %, overall 98.20 %."""
    one = result(175, 43, 4)
    assert (one.satisfaction, one.overall) == (Fraction(175, 222), Fraction(218, 222))
    assert [half_up(rate * 100, 2) for rate in (one.satisfaction, one.overall) if rate] == ["78.83", "98.20"]


@pytest.mark.parametrize(("basic", "score"), [(60, "90.45"), (80, "94.32")])
def test_rule_24_scores_follow_the_options(basic: int, score: str) -> None:
    rules = rules_of(PROFILE)
    options = (rules.options[0], replace(rules.options[1], score=Decimal(basic)), rules.options[2])
    profile = replace(PROFILE, evaluation=replace(rules, options=options))
    assert str(result(175, 43, 4, profile=profile).score) == score


def test_rule_5_a_blank_mark_leaves_the_rates() -> None:
    """R = 29, one blank, 27/1/0: 28 valid marks, 96.43 %."""
    one = result(27, 1, 0, blank=1)
    assert one.valid_marks == 28
    assert one.satisfaction is not None
    assert half_up(one.satisfaction * 100, 2) == "96.43"


@pytest.mark.parametrize(
    ("marks", "score", "band"),
    [
        ((85, 0, 15), "85.00", "优秀"),
        ((849_999, 0, 150_001), "85.00", "良好"),
        ((75, 0, 25), "75.00", "良好"),
        ((60, 0, 40), "60.00", "合格"),
        ((59, 0, 41), "59.00", ""),
    ],
)
def test_rule_24_the_grade_table_is_read_with_the_exact_score(marks: tuple[int, ...], score: str, band: str) -> None:
    """84.9999 is printed as 85.00 and is still below 85."""
    one = result(*marks)
    assert (str(one.score), one.band) == (score, band)


def test_without_a_valid_mark_there_is_nothing_to_say() -> None:
    one = result(0, 0, 0, blank=5)
    assert (one.grade, one.score, one.rank, one.satisfaction, one.overall, one.band) == (
        None,
        None,
        None,
        None,
        None,
        "",
    )


def test_a_void_evaluation_and_a_vote_have_no_grades() -> None:
    assert graded(PROFILE, {"outcome": {"valid": False, "reason": "quorum"}}) == ()
    assert graded(READY_MADE["per_item_majority"], {"outcome": {"valid": True}}) == ()
