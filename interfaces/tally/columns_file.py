"""columns.json: the marks already added up, item by item."""

from domain.polls.columns import Columns, GradeColumn, GradeColumns, VoteColumn, VoteColumns
from domain.polls.rules import EvaluationRules, RuleProfile
from interfaces.tally.given import Given, read_json

_MARKS = ("for", "against", "abstain", "not_ticked", "not_pressed", "void")


def read_columns(file: str, profile: RuleProfile) -> Columns:
    """The columns in the file, not yet reconciled. Raises CannotBeCounted."""
    return columns_in(read_json(file), profile)


def columns_in(given: Given, profile: RuleProfile) -> Columns:
    """The columns a value describes, not yet reconciled. Raises CannotBeCounted."""
    if profile.evaluation is not None:
        return _graded(given, profile.evaluation)
    fields = given.fields(("returned", "void_ballots", "items"))
    return VoteColumns(
        returned=fields["returned"].whole(),
        void_ballots=fields["void_ballots"].whole(),
        items=tuple(_vote_column(entry) for entry in fields["items"].entries()),
    )


def _vote_column(given: Given) -> VoteColumn:
    fields = given.fields(("id", *_MARKS))
    return VoteColumn(
        id=fields["id"].name(),
        votes_for=fields["for"].whole(),
        against=fields["against"].whole(),
        abstain=fields["abstain"].whole(),
        not_ticked=fields["not_ticked"].whole(),
        not_pressed=fields["not_pressed"].whole(),
        void=fields["void"].whole(),
    )


def _graded(given: Given, rules: EvaluationRules) -> GradeColumns:
    fields = given.fields(("returned", "items"))
    columns = tuple(_grade_column(entry, rules) for entry in fields["items"].entries())
    return GradeColumns(returned=fields["returned"].whole(), items=columns)


def _grade_column(given: Given, rules: EvaluationRules) -> GradeColumn:
    fields = given.fields(("id", "counts", "blank", "void"))
    options = [option.id for option in rules.options]
    counts = fields["counts"].fields(options)
    return GradeColumn(
        id=fields["id"].name(),
        counts={option: counts[option].whole() for option in options},
        blank=fields["blank"].whole(),
        void=fields["void"].whole(),
    )
