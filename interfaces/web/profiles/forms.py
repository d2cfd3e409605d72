"""The form of a rule profile: from what was typed to the rules and back."""

from decimal import Decimal, InvalidOperation
from typing import Final

from domain.polls.profile_check import ProfileFaults, check
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    GradeRule,
    LateArrivals,
    MaxFor,
    Option,
    PassBase,
    Publication,
    RuleProfile,
    ScoreBand,
    ScrutineerRule,
    Shortfall,
    TieAtCut,
)
from domain.shared import Refused
from interfaces.web._base.forms import Typed, WrongFields
from interfaces.web._base.shown import number
from interfaces.web.profiles.sentences import at_their_fields

ROWS: Final = 5
"""Rows that the form of an evaluation offers for options, grades and score bands each."""

_HUNDRED = Decimal(100)


def rules_of(typed: Typed, *, evaluation: bool) -> RuleProfile:
    """The rules as typed. Raises WrongFields with everything that is wrong, each at its field."""
    rules = _evaluation(typed) if evaluation else _vote(typed)
    typed.settle()
    try:
        check(rules)
    except ProfileFaults as faults:
        raise at_fields(faults) from None
    return rules


def at_fields(refused: Refused) -> Refused:
    """A refusal with its faults at the form's fields, where it has any."""
    return WrongFields(refusals=at_their_fields(refused)) if isinstance(refused, ProfileFaults) else refused


def _vote(typed: Typed) -> RuleProfile:
    form = typed.choice("form", Form)
    plurality = typed.choice("pass_base", PassBase) is PassBase.NONE
    return RuleProfile(
        title=typed.required("title"),
        form=form,
        quota=typed.integer("quota") if typed.text("places") == "fixed" else None,
        min_surplus_rate=typed.decimal("min_surplus_rate") / _HUNDRED,
        allow_equal=typed.ticked("allow_equal"),
        quorum=_threshold(typed, "quorum_operator", "quorum_fraction"),
        pass_base=typed.choice("pass_base", PassBase),
        pass_operator=Operator.OVER if plurality else typed.choice("pass_operator", Operator),
        pass_fraction="1/2" if plurality else typed.required("pass_fraction"),
        blank_item=BlankItem.ABSTAIN if form is Form.CHOOSE else typed.choice("blank_item", BlankItem),
        max_for=MaxFor.QUOTA if form is Form.CHOOSE else typed.choice("max_for", MaxFor),
        tie_at_cut=typed.choice("tie_at_cut", TieAtCut),
        shortfall=typed.choice("shortfall", Shortfall),
        publication=typed.choice("publication", Publication),
        min_group_size=typed.integer("min_group_size"),
        pre_reading_days=typed.integer("pre_reading_days"),
        unsealed_allowed=typed.ticked("unsealed_allowed"),
        late_arrivals=typed.choice("late_arrivals", LateArrivals),
        hall_word=typed.ticked("hall_word"),
        scrutineers=typed.choice("scrutineers", ScrutineerRule),
    )


def _evaluation(typed: Typed) -> RuleProfile:
    options = tuple(_options(typed))
    return RuleProfile(
        title=typed.required("title"),
        form=Form.GRADE,
        quota=None,
        quorum=_threshold(typed, "quorum_operator", "quorum_fraction"),
        blank_item=typed.choice("blank_item", BlankItem),
        publication=typed.choice("publication", Publication),
        min_group_size=typed.integer("min_group_size"),
        evaluation=EvaluationRules(
            options=options,
            grades=tuple(_grades(typed, {option.name: option.id for option in options})),
            base=typed.choice("base", PassBase),
            score_bands=tuple(_bands(typed)),
        ),
        pre_reading_days=typed.integer("pre_reading_days"),
        unsealed_allowed=typed.ticked("unsealed_allowed"),
        late_arrivals=typed.choice("late_arrivals", LateArrivals),
        hall_word=typed.ticked("hall_word"),
        scrutineers=typed.choice("scrutineers", ScrutineerRule),
    )


def _threshold(typed: Typed, operator: str, fraction: str) -> Threshold:
    return Threshold(fraction=typed.required(fraction), operator=typed.choice(operator, Operator))


def _options(typed: Typed) -> list[Option]:
    return [
        Option(id=typed.text(f"option-{row}-id") or name, score=typed.decimal(f"option-{row}-score"), name=name)
        for row in range(ROWS)
        if (name := typed.text(f"option-{row}-name"))
    ]


def _grades(typed: Typed, ids: dict[str, str]) -> list[GradeRule]:
    """The rows that name a grade; a grade counts the options it names, and the last one has no condition."""
    grades = []
    for row in range(ROWS):
        name = typed.text(f"grade-{row}-name")
        if not name:
            continue
        counted = tuple(ids.get(word, word) for word in _words(typed.text(f"grade-{row}-of")))
        fraction = typed.text(f"grade-{row}-fraction")
        operator = typed.choice(f"grade-{row}-operator", Operator)
        threshold = Threshold(fraction=fraction, operator=operator) if fraction else None
        grades.append(
            GradeRule(grade=typed.text(f"grade-{row}-id") or name, of=counted, threshold=threshold, name=name)
        )
    return grades


def _words(text: str) -> list[str]:
    for separator in "，,+＋；; ":
        text = text.replace(separator, "、")
    return [word.strip() for word in text.split("、") if word.strip()]


def _bands(typed: Typed) -> list[ScoreBand]:
    return [
        ScoreBand(at_least=typed.decimal(f"band-{row}-at_least"), name=name)
        for row in range(ROWS)
        if (name := typed.text(f"band-{row}-name"))
    ]


def values_of(rules: RuleProfile) -> dict[str, object]:
    """The form filled in with these rules."""
    values: dict[str, object] = {
        "title": rules.title,
        "form": rules.form,
        "places": "fixed" if rules.quota is not None else "open",
        "quota": rules.quota,
        "min_surplus_rate": number(rules.min_surplus_rate * _HUNDRED),
        "allow_equal": rules.allow_equal,
        "quorum_operator": rules.quorum.operator,
        "quorum_fraction": rules.quorum.fraction,
        "pass_base": rules.pass_base,
        "pass_operator": rules.pass_operator,
        "pass_fraction": rules.pass_fraction,
        "blank_item": rules.blank_item,
        "max_for": rules.max_for,
        "tie_at_cut": rules.tie_at_cut,
        "shortfall": rules.shortfall,
        "publication": rules.publication,
        "min_group_size": rules.min_group_size,
        "pre_reading_days": rules.pre_reading_days,
        "unsealed_allowed": rules.unsealed_allowed,
        "late_arrivals": rules.late_arrivals,
        "hall_word": rules.hall_word,
        "scrutineers": rules.scrutineers,
    }
    if rules.evaluation is not None:
        values.update(_evaluation_values(rules.evaluation))
    return values


def _evaluation_values(rules: EvaluationRules) -> dict[str, object]:
    names = {option.id: option.name or option.id for option in rules.options}
    values: dict[str, object] = {"base": rules.base}
    for row, option in enumerate(rules.options):
        values |= {f"option-{row}-id": option.id, f"option-{row}-name": names[option.id]}
        values[f"option-{row}-score"] = number(option.score)
    for row, grade in enumerate(rules.grades):
        values |= {f"grade-{row}-id": grade.grade, f"grade-{row}-name": grade.name or grade.grade}
        values[f"grade-{row}-of"] = "、".join(names.get(id, id) for id in grade.of)
        values[f"grade-{row}-operator"] = grade.threshold.operator if grade.threshold else Operator.AT_LEAST
        values[f"grade-{row}-fraction"] = grade.threshold.fraction if grade.threshold else ""
    for row, band in enumerate(rules.score_bands):
        values |= {f"band-{row}-at_least": number(band.at_least), f"band-{row}-name": band.name}
    return values


def whole_number(text: str | None, otherwise: int, most: int) -> int:
    """A number of a query, within bounds; what cannot be read counts as not given."""
    try:
        return min(most, max(1, int(Decimal(text or ""))))
    except (InvalidOperation, ValueError, OverflowError):
        return otherwise
