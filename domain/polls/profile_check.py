"""What is wrong with a rule profile, all of it at once, each at its field."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import BlankItem, EvaluationRules, Form, GradeRule, PassBase, RuleProfile
from domain.shared import Refused

UNREADABLE = "?"
_SMALLEST_GROUP = 2  # a group of one is a person
_FEWEST_OPTIONS = 2
_BLANK_OF: dict[Form, frozenset[BlankItem]] = {
    Form.PER_ITEM: frozenset({BlankItem.ABSTAIN, BlankItem.INVALID, BlankItem.NOT_PRESSED}),
    Form.CHOOSE: frozenset(BlankItem),
    Form.GRADE: frozenset({BlankItem.INVALID, BlankItem.BLANK}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong: the field's name in the code, a reason that is a key of the catalogue, the value found."""

    field: str
    reason: str
    value: str = ""


@dataclass(eq=False)
class ProfileFaults(Refused):
    """A profile that cannot be kept, with everything that is wrong with it."""

    faults: tuple[Fault, ...]


def check(profile: RuleProfile) -> None:
    """Raises ProfileFaults naming every faulty field."""
    faults = tuple(_faults(profile))
    if faults:
        raise ProfileFaults(faults=faults)


def _faults(profile: RuleProfile) -> Iterator[Fault]:
    if not profile.title.strip():
        yield Fault(field="title", reason="missing")
    yield from _number_faults(profile)
    yield from threshold_faults("quorum", profile.quorum)
    if profile.form is Form.GRADE:
        yield from _grade_form_faults(profile)
    else:
        yield from _vote_form_faults(profile)
    if profile.blank_item not in _BLANK_OF[profile.form]:
        yield Fault(field="blank_item", reason="not_for_this_form", value=profile.blank_item.value)


def _number_faults(profile: RuleProfile) -> Iterator[Fault]:
    if profile.quota is not None and profile.quota < 1:
        yield Fault(field="quota", reason="too_small", value=str(profile.quota))
    if not profile.min_surplus_rate.is_finite() or profile.min_surplus_rate < 0:
        yield Fault(field="min_surplus_rate", reason="out_of_range", value=str(profile.min_surplus_rate))
    if profile.min_group_size < _SMALLEST_GROUP:
        yield Fault(field="min_group_size", reason="too_small", value=str(profile.min_group_size))
    if profile.pre_reading_days < 0:
        yield Fault(field="pre_reading_days", reason="too_small", value=str(profile.pre_reading_days))


def _vote_form_faults(profile: RuleProfile) -> Iterator[Fault]:
    yield from threshold_faults("pass_fraction", profile.passing)
    if profile.evaluation is not None:
        yield Fault(field="evaluation", reason="not_for_this_form", value=profile.form.value)


def _grade_form_faults(profile: RuleProfile) -> Iterator[Fault]:
    if profile.quota is not None:
        yield Fault(field="quota", reason="not_for_this_form", value=str(profile.quota))
    if profile.evaluation is None:
        yield Fault(field="evaluation", reason="missing")
    else:
        yield from evaluation_faults(profile.evaluation)


def threshold_faults(field: str, threshold: Threshold) -> Iterator[Fault]:
    """What keeps a threshold from being used: no share of a whole, or one that can never be exceeded."""
    try:
        share = threshold.share
    except ValueError:
        yield Fault(field=field, reason="not_a_share", value=threshold.fraction)
        return
    if share == 1 and threshold.operator is Operator.OVER:
        yield Fault(field=field, reason="never_met", value=threshold.fraction)


def evaluation_faults(rules: EvaluationRules) -> Iterator[Fault]:
    """What is wrong with options, grades, base and score bands of an evaluation."""
    ids = [option.id for option in rules.options]
    if len(ids) < _FEWEST_OPTIONS:
        yield Fault(field="options", reason="too_few", value=str(len(ids)))
    for number, option in enumerate(rules.options):
        if not option.id:
            yield Fault(field=f"options.{number}.id", reason="missing")
        if option.id == UNREADABLE:
            yield Fault(field=f"options.{number}.id", reason="reserved", value=option.id)
        if option.id in ids[:number]:
            yield Fault(field=f"options.{number}.id", reason="doubled", value=option.id)
        if not option.score.is_finite() or option.score < 0:
            yield Fault(field=f"options.{number}.score", reason="out_of_range", value=str(option.score))
    if rules.base is PassBase.NONE:
        yield Fault(field="base", reason="not_for_this_form", value=rules.base.value)
    yield from _grades_faults(rules.grades, frozenset(ids))
    bands = [band.at_least for band in rules.score_bands]
    if bands != sorted(set(bands), reverse=True):
        yield Fault(field="score_bands", reason="not_descending")


def _grades_faults(grades: tuple[GradeRule, ...], options: frozenset[str]) -> Iterator[Fault]:
    if not grades:
        yield Fault(field="grades", reason="missing")
    for number, rule in enumerate(grades):
        field = f"grades.{number}"
        if not rule.grade.strip():
            yield Fault(field=f"{field}.grade", reason="missing")
        if number == len(grades) - 1:
            if rule.of or rule.threshold is not None:
                yield Fault(field=field, reason="last_has_condition", value=rule.grade)
        else:
            yield from _condition_faults(field, rule, options)


def _condition_faults(field: str, rule: GradeRule, options: frozenset[str]) -> Iterator[Fault]:
    if rule.threshold is None:
        yield Fault(field=f"{field}.threshold", reason="missing")
    else:
        yield from threshold_faults(f"{field}.threshold", rule.threshold)
    if not rule.of:
        yield Fault(field=f"{field}.of", reason="missing")
    for number, option in enumerate(rule.of):
        if option not in options:
            yield Fault(field=f"{field}.of", reason="unknown_option", value=option)
        if option in rule.of[:number]:
            yield Fault(field=f"{field}.of", reason="doubled", value=option)
