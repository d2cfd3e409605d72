"""What a profile is refused for: every fault at its field, all of them at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.polls.profile import READY_MADE, check
from domain.polls.profile_check import Fault, ProfileFaults
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    GradeRule,
    MaxFor,
    Option,
    PassBase,
    RuleProfile,
    ScoreBand,
)
from tests.support.counting import PER_ITEM

EVALUATION = READY_MADE["committee_evaluation"]


def faults(profile: RuleProfile) -> list[tuple[str, str, str]]:
    with pytest.raises(ProfileFaults) as refused:
        check(profile)
    assert all(isinstance(fault, Fault) for fault in refused.value.faults)
    return [(fault.field, fault.reason, fault.value) for fault in refused.value.faults]


def evaluation(**changes: object) -> RuleProfile:
    assert EVALUATION.evaluation is not None
    fields = {name: getattr(EVALUATION.evaluation, name) for name in ("options", "grades", "base", "score_bands")}
    return replace(EVALUATION, evaluation=EvaluationRules(**{**fields, **changes}))


def share(fraction: str, operator: Operator = Operator.OVER) -> Threshold:
    return Threshold(fraction=fraction, operator=operator)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (replace(PER_ITEM, title=" "), ("title", "missing", "")),
        (replace(PER_ITEM, quota=0), ("quota", "too_small", "0")),
        (replace(PER_ITEM, min_surplus_rate=Decimal("-0.1")), ("min_surplus_rate", "out_of_range", "-0.1")),
        (replace(PER_ITEM, min_surplus_rate=Decimal("NaN")), ("min_surplus_rate", "out_of_range", "NaN")),
        (replace(PER_ITEM, min_group_size=1), ("min_group_size", "too_small", "1")),
        (replace(PER_ITEM, pre_reading_days=-1), ("pre_reading_days", "too_small", "-1")),
        (replace(PER_ITEM, quorum=share("3/2")), ("quorum", "not_a_share", "3/2")),
        (replace(PER_ITEM, quorum=share("1/1")), ("quorum", "never_met", "1/1")),
        (replace(PER_ITEM, pass_fraction="半数"), ("pass_fraction", "not_a_share", "半数")),
        (replace(PER_ITEM, pass_fraction="1/0"), ("pass_fraction", "not_a_share", "1/0")),
        (replace(PER_ITEM, blank_item=BlankItem.BLANK), ("blank_item", "not_for_this_form", "blank")),
        (replace(PER_ITEM, evaluation=EVALUATION.evaluation), ("evaluation", "not_for_this_form", "per_item")),
        (replace(EVALUATION, evaluation=None), ("evaluation", "missing", "")),
        (replace(EVALUATION, quota=3), ("quota", "not_for_this_form", "3")),
        (replace(EVALUATION, blank_item=BlankItem.ABSTAIN), ("blank_item", "not_for_this_form", "abstain")),
        (evaluation(base=PassBase.NONE), ("base", "not_for_this_form", "none")),
        (evaluation(grades=()), ("grades", "missing", "")),
        (
            evaluation(
                score_bands=(ScoreBand(at_least=Decimal(60), name="良"), ScoreBand(at_least=Decimal(85), name="优"))
            ),
            ("score_bands", "not_descending", ""),
        ),
    ],
)
def test_one_fault_at_its_field(profile: RuleProfile, expected: tuple[str, str, str]) -> None:
    assert faults(profile) == [expected]


def option(id: str, score: str = "100") -> Option:
    return Option(id=id, score=Decimal(score))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((option("satisfied"),), ("options", "too_few", "1")),
        ((option("satisfied"), option("basic"), option("")), ("options.2.id", "missing", "")),
        ((option("satisfied"), option("basic"), option("?")), ("options.2.id", "reserved", "?")),
        ((option("satisfied"), option("basic"), option("basic")), ("options.2.id", "doubled", "basic")),
        ((option("satisfied"), option("basic", "-1")), ("options.1.score", "out_of_range", "-1")),
    ],
)
def test_faulty_options(options: tuple[Option, ...], expected: tuple[str, str, str]) -> None:
    assert expected in faults(evaluation(options=options))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (GradeRule(grade=" ", of=("basic",), threshold=share("1/2")), ("grades.0.grade", "missing", "")),
        (GradeRule(grade="A", of=(), threshold=share("1/2")), ("grades.0.of", "missing", "")),
        (GradeRule(grade="A", of=("good",), threshold=share("1/2")), ("grades.0.of", "unknown_option", "good")),
        (GradeRule(grade="A", of=("basic", "basic"), threshold=share("1/2")), ("grades.0.of", "doubled", "basic")),
        (GradeRule(grade="A", of=("basic",)), ("grades.0.threshold", "missing", "")),
        (GradeRule(grade="A", of=("basic",), threshold=share("2")), ("grades.0.threshold", "not_a_share", "2")),
    ],
)
def test_faulty_grades(rule: GradeRule, expected: tuple[str, str, str]) -> None:
    assert faults(evaluation(grades=(rule, GradeRule(grade="B")))) == [expected]


def test_the_last_grade_has_no_condition() -> None:
    last = GradeRule(grade="A", of=("basic",), threshold=share("1/2"))
    assert faults(evaluation(grades=(last,))) == [("grades.0", "last_has_condition", "A")]


def test_all_faults_are_named_together() -> None:
    profile = replace(PER_ITEM, title="", quota=0, quorum=share("x"), min_group_size=0)
    assert [field for field, _, _ in faults(profile)] == ["title", "quota", "min_group_size", "quorum"]


@pytest.mark.parametrize(
    ("form", "max_for", "quota", "most"),
    [
        (Form.PER_ITEM, MaxFor.NONE, 10, None),
        (Form.PER_ITEM, MaxFor.QUOTA, 10, 10),
        (Form.PER_ITEM, MaxFor.QUOTA, None, None),
        (Form.CHOOSE, MaxFor.NONE, 10, 10),
        (Form.CHOOSE, MaxFor.QUOTA, None, None),
        (Form.GRADE, MaxFor.QUOTA, None, None),
    ],
)
def test_how_many_for_marks_a_ballot_may_carry(
    form: Form, max_for: MaxFor, quota: int | None, most: int | None
) -> None:
    assert replace(PER_ITEM, form=form, max_for=max_for, quota=quota).most_for == most
