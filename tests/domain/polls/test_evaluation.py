"""Rules 5, 23 and 24 of the domain document, with their numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.polls.columns import GradeColumn, GradeColumns
from domain.polls.evaluation import score_band
from domain.polls.outcome import GradedItem, GradeOutcome, Turnout
from domain.polls.ready_made import READY_MADE
from domain.polls.reckoning import Operator, Threshold, half_up
from domain.polls.rules import EvaluationRules, Option, PassBase, RuleProfile
from domain.polls.tally import tally
from tests.support.counting import listed

PROFILE = READY_MADE["committee_evaluation"]
OPTIONS = ("satisfied", "basic", "unsatisfied")


def rules_of(profile: RuleProfile) -> EvaluationRules:
    assert profile.evaluation is not None
    return profile.evaluation


def with_rules(rules: EvaluationRules) -> RuleProfile:
    return replace(PROFILE, evaluation=rules)


def counted(
    *marks: tuple[int, int, int], members: int, profile: RuleProfile = PROFILE, void: int = 0
) -> list[GradedItem]:
    """The items with so many satisfied, basic and unsatisfied; who is missing did not attend."""
    returned = sum(marks[0]) + void
    columns = tuple(
        GradeColumn(id=str(id), counts=dict(zip(OPTIONS, counts, strict=True)), blank=0, void=void)
        for id, counts in enumerate(marks, start=1)
    )
    turnout = Turnout(all_delegates=members, attending=returned, issued=returned)
    outcome = tally(profile, listed(len(marks)), turnout, GradeColumns(returned=returned, items=columns))
    assert isinstance(outcome, GradeOutcome)
    return list(outcome.items)


def scored(*scores: int) -> RuleProfile:
    options = tuple(Option(id=id, score=Decimal(score)) for id, score in zip(OPTIONS, scores, strict=True))
    return with_rules(replace(rules_of(PROFILE), options=options))


@pytest.mark.parametrize(
    ("marks", "grade"),
    [((17, 11, 1), "satisfied"), ((14, 10, 5), "basic"), ((9, 5, 15), "unsatisfied")],
)
def test_rule_23_grades_of_29_members(marks: tuple[int, int, int], grade: str) -> None:
    assert counted(marks, members=29)[0].grade == grade


def test_rule_23_absent_members_stay_in_the_base() -> None:
    """15 of 29 are more than half; of 31 members, two of them absent, they are not."""
    assert counted((15, 0, 14), members=29)[0].grade == "satisfied"
    assert counted((15, 0, 14), members=31)[0].grade == "unsatisfied"


@pytest.mark.parametrize(("operator", "grade"), [(">=", "satisfied"), (">", "unsatisfied")])
def test_rule_23_at_exactly_half_the_operator_decides(operator: str, grade: str) -> None:
    rules = rules_of(PROFILE)
    half = Threshold(fraction="1/2", operator=Operator(operator))
    first = replace(rules.grades[0], threshold=half)
    profile = with_rules(replace(rules, grades=(first, *rules.grades[1:])))
    assert counted((15, 0, 15), members=30, profile=profile)[0].grade == grade


def test_rule_5_a_blank_evaluation_is_invalid_and_leaves_the_base() -> None:
    profile = with_rules(replace(rules_of(PROFILE), base=PassBase.VALID_MARKS))
    item = counted((27, 1, 0), members=29, profile=profile, void=1)[0]
    assert (item.base, item.column.valid_marks) == (28, 28)
    assert item.rates is not None
    assert half_up(item.rates["satisfied"] * 100, 2) == "96.43"


@pytest.mark.parametrize(
    ("base", "number"),
    [(PassBase.ALL_DELEGATES, 40), (PassBase.ATTENDING, 30), (PassBase.RETURNED, 30), (PassBase.VALID_MARKS, 28)],
)
def test_every_base_an_evaluation_may_have(base: PassBase, number: int) -> None:
    profile = with_rules(replace(rules_of(PROFILE), base=base))
    assert counted((20, 4, 4), members=40, profile=profile, void=2)[0].base == number


def test_rule_24_satisfaction_and_overall_rate() -> None:
    item = counted((175, 43, 4), members=222)[0]
    assert item.rates is not None
    assert item.cumulative_rates is not None
    assert half_up(item.rates["satisfied"] * 100, 2) == "78.83"
    assert half_up(item.cumulative_rates["basic"] * 100, 2) == "98.20"
    assert item.cumulative_rates["unsatisfied"] == 1


@pytest.mark.parametrize(("scores", "mean"), [((100, 60, 0), "90.45"), ((100, 80, 0), "94.32")])
def test_rule_24_mean_scores(scores: tuple[int, int, int], mean: str) -> None:
    item = counted((175, 43, 4), members=222, profile=scored(*scores))[0]
    assert item.score is not None
    assert half_up(item.score, 2) == mean


def test_rule_24_dense_ranks_by_the_exact_score() -> None:
    """Means of 97.1, 97.1, 95.0 and 94.8."""
    tenths = scored(100, 0, 0)
    items = counted((971, 29, 0), (971, 0, 29), (950, 50, 0), (948, 52, 0), members=1000, profile=tenths)
    assert [item.rank for item in items] == [1, 1, 2, 3]


def test_scores_that_only_look_equal_when_printed_have_different_ranks() -> None:
    items = counted((99999, 1, 0), (100000, 0, 0), members=100000, profile=scored(100, 99, 0))
    assert items[0].score is not None
    assert half_up(items[0].score, 2) == "100.00"
    assert [item.rank for item in items] == [2, 1]


def test_without_a_valid_mark_nothing_is_computed() -> None:
    items = counted((0, 0, 0), members=2, void=2)
    assert items == [replace(items[0], rates=None, cumulative_rates=None, score=None, grade=None, rank=None)]
    assert items[0].column.void == 2


def test_an_item_without_marks_takes_no_rank_from_the_others() -> None:
    columns = (
        GradeColumn(id="1", counts={"satisfied": 0, "basic": 0, "unsatisfied": 0}, blank=0, void=3),
        GradeColumn(id="2", counts={"satisfied": 3, "basic": 0, "unsatisfied": 0}, blank=0, void=0),
    )
    turnout = Turnout(all_delegates=3, attending=3, issued=3)
    outcome = tally(PROFILE, listed(2), turnout, GradeColumns(returned=3, items=columns))
    assert isinstance(outcome, GradeOutcome)
    assert [item.rank for item in outcome.items] == [None, 1]


@pytest.mark.parametrize(
    ("score", "band"), [("85", "优秀"), ("84.999", "良好"), ("75", "良好"), ("60", "合格"), ("59.995", None)]
)
def test_a_grade_table_includes_its_lower_bounds_and_rounds_nothing(score: str, band: str | None) -> None:
    found = score_band(rules_of(PROFILE), Fraction(score))
    assert (found and found.name) == band


@given(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)), st.integers(0, 3))
@settings(deadline=None)
def test_rates_of_an_item_add_up_to_one(marks: tuple[int, int, int], void: int) -> None:
    item = counted(
        marks,
        members=200,
        profile=replace(PROFILE, quorum=Threshold(fraction="0", operator=Operator.AT_LEAST)),
        void=void,
    )[0]
    assert item.column.total == sum(marks) + void
    if item.rates is None:
        assert not sum(marks)
    else:
        assert sum(item.rates.values()) == 1
