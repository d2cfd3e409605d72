"""profile.json: the counting rules. Every field is required; there are no defaults."""

from typing import NoReturn

from domain.polls.profile_check import evaluation_faults
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
    Shortfall,
    TieAtCut,
)
from interfaces.tally.given import Given, read_json
from interfaces.tally.refusing import CannotBeCounted

_WITHOUT_EFFECT = ("title", "publication", "min_group_size")
_VOTE = (
    "form",
    "quota",
    "max_for",
    "quorum",
    "pass",
    "blank_item",
    "tie_at_cut",
    "shortfall",
    "min_surplus_rate",
    "allow_equal",
)
_VOTE_BLANKS = (BlankItem.ABSTAIN, BlankItem.INVALID, BlankItem.NOT_PRESSED)
_GRADE = ("form", "options", "base", "blank_item", "quorum", "grades")
_GRADE_BASES = (PassBase.ALL_DELEGATES, PassBase.ATTENDING, PassBase.RETURNED, PassBase.VALID_MARKS)
_ODD_BUT_COUNTABLE = frozenset({"never_met", "too_few"})


def read_profile(file: str) -> RuleProfile:
    """The rules in the file; what a count does not need is left at its default. Raises CannotBeCounted."""
    return profile_in(read_json(file))


def profile_in(given: Given) -> RuleProfile:
    """The rules a value describes. Raises CannotBeCounted."""
    form = given.field("form").one_of(tuple(Form))
    return _evaluation(given) if form is Form.GRADE else _vote(given, form)


def _vote(given: Given, form: Form) -> RuleProfile:
    fields = given.fields(_VOTE, _WITHOUT_EFFECT)
    majority = fields["pass"].fields(("base", "fraction", "operator"))
    return RuleProfile(
        title=_title(fields),
        form=form,
        quota=_quota(fields["quota"]),
        max_for=fields["max_for"].one_of(tuple(MaxFor)),
        quorum=_threshold(fields["quorum"]),
        pass_base=majority["base"].one_of(tuple(PassBase)),
        pass_operator=majority["operator"].one_of(tuple(Operator)),
        pass_fraction=majority["fraction"].share(),
        blank_item=fields["blank_item"].one_of(_VOTE_BLANKS),
        tie_at_cut=fields["tie_at_cut"].one_of(tuple(TieAtCut)),
        shortfall=fields["shortfall"].one_of(tuple(Shortfall)),
        min_surplus_rate=fields["min_surplus_rate"].decimal(),
        allow_equal=fields["allow_equal"].flag(),
    )


def _title(fields: dict[str, Given]) -> str:
    return fields["title"].text() if "title" in fields else ""


def _quota(given: Given) -> int | None:
    if isinstance(given.value, str):
        return None if given.value == "open" else given.refuse("not_a_quota")
    return given.whole(least=1)


def _threshold(given: Given) -> Threshold:
    fields = given.fields(("fraction", "operator"))
    return Threshold(fraction=fields["fraction"].share(), operator=fields["operator"].one_of(tuple(Operator)))


def _evaluation(given: Given) -> RuleProfile:
    fields = given.fields(_GRADE, _WITHOUT_EFFECT)
    rules = EvaluationRules(
        options=tuple(_option(option) for option in fields["options"].entries()),
        grades=_grades(fields["grades"].entries()),
        base=fields["base"].one_of(_GRADE_BASES),
    )
    for fault in evaluation_faults(rules):
        if fault.reason not in _ODD_BUT_COUNTABLE:
            _refuse(given, fault.field, fault.reason, fault.value)
    return RuleProfile(
        title=_title(fields),
        form=Form.GRADE,
        quota=None,
        quorum=_threshold(fields["quorum"]),
        blank_item=fields["blank_item"].one_of((BlankItem.INVALID, BlankItem.BLANK)),
        evaluation=rules,
    )


def _option(given: Given) -> Option:
    fields = given.fields(("id", "score"))
    return Option(id=fields["id"].name(), score=fields["score"].decimal())


def _grades(given: list[Given]) -> tuple[GradeRule, ...]:
    """All grades but the last have a condition; the last must have none."""
    *conditional, last = given
    return (*(_grade(grade) for grade in conditional), GradeRule(grade=last.fields(("grade",))["grade"].name()))


def _grade(given: Given) -> GradeRule:
    fields = given.fields(("grade", "of", "operator", "fraction"))
    return GradeRule(
        grade=fields["grade"].name(),
        of=tuple(option.name() for option in fields["of"].entries()),
        threshold=Threshold(fraction=fields["fraction"].share(), operator=fields["operator"].one_of(tuple(Operator))),
    )


def _refuse(given: Given, field: str, reason: str, value: str) -> NoReturn:
    """A fault of the evaluation rules, said of the place in this file; the domain counts entries from 0."""
    path = tuple(int(step) + 1 if step.isdigit() else step for step in field.split("."))
    raise CannotBeCounted(file=given.file, path=path, reason=reason, values={"value": value})
