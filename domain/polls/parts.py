"""The parts of a count: ballots in the electronic box, on paper, on keypads. They are one sum (ballot.md, "Paper").

Where a part holds fewer ballots than the profile's `min_group_size` its marks are shown nowhere but in the sum, and
nothing is shown from which they could be subtracted (rule 12): then no part shows marks.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from domain.polls.columns import (
    Columns,
    GradeColumn,
    GradeColumns,
    VoteColumn,
    VoteColumns,
    add_up,
    reconcile,
    same_items,
)
from domain.polls.outcome import Item, Outcome, Turnout
from domain.polls.poll import PollPrepared
from domain.polls.rules import BlankItem, Form, RuleProfile
from domain.polls.tally import ColumnsOfAnotherForm, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The columns of each part; None: the poll has no such part, or no ballot lies in it."""

    electronic: Columns | None = None
    paper: Columns | None = None
    keypad: Columns | None = None

    @property
    def filled(self) -> tuple[Columns, ...]:
        """The columns of the parts that hold ballots."""
        return tuple(part for part in (self.electronic, self.paper, self.keypad) if part and part.returned)

    def may_be_told_apart(self, min_group_size: int) -> bool:
        """Whether marks may be shown by part: there are two at least, and none is smaller than the group size."""
        return len(self.filled) > 1 and all(part.returned >= min_group_size for part in self.filled)


def rules_of(prepared: PollPrepared) -> RuleProfile:
    """The profile by which a poll is counted: on keypads "not pressed" is a column of its own (rule 5)."""
    if prepared.keypad and prepared.profile.form is Form.PER_ITEM:
        return replace(prepared.profile, blank_item=BlankItem.NOT_PRESSED)
    return prepared.profile


def tally_parts(profile: RuleProfile, items: Sequence[Item], turnout: Turnout, parts: Parts) -> Outcome:
    """The outcome that follows from the sum of the parts.

    Raises as `tally` does; a part that does not reconcile is refused too, though another one might make up for it.
    """
    for part in parts.filled:
        reconcile(profile, part)
    return tally(profile, items, turnout, merged(profile, [item.id for item in items], parts.filled))


def merged(profile: RuleProfile, items: Sequence[str], parts: Sequence[Columns]) -> Columns:
    """The parts added up, items in the order of the poll; in which order the parts come does not matter.

    Raises ItemsDiffer or ColumnsOfAnotherForm for a part of another poll.
    """
    for part in parts:
        same_items(items, [column.id for column in part.items])
    return reduce(lambda one, other: _added(profile, one, other), parts, add_up(profile, items, ()))


def _added(profile: RuleProfile, one: Columns, other: Columns) -> Columns:
    match one, other:
        case VoteColumns(), VoteColumns():
            votes = {column.id: column for column in other.items}
            return VoteColumns(
                returned=one.returned + other.returned,
                void_ballots=one.void_ballots + other.void_ballots,
                items=tuple(_votes_added(column, votes[column.id]) for column in one.items),
            )
        case GradeColumns(), GradeColumns():
            grades = {column.id: column for column in other.items}
            return GradeColumns(
                returned=one.returned + other.returned,
                items=tuple(_grades_added(column, grades[column.id]) for column in one.items),
            )
        case _:
            raise ColumnsOfAnotherForm(form=profile.form.value)


def _votes_added(one: VoteColumn, other: VoteColumn) -> VoteColumn:
    return VoteColumn(
        id=one.id,
        votes_for=one.votes_for + other.votes_for,
        against=one.against + other.against,
        abstain=one.abstain + other.abstain,
        not_ticked=one.not_ticked + other.not_ticked,
        not_pressed=one.not_pressed + other.not_pressed,
        void=one.void + other.void,
    )


def _grades_added(one: GradeColumn, other: GradeColumn) -> GradeColumn:
    counts = Counter(one.counts)
    counts.update(other.counts)
    return GradeColumn(
        id=one.id,
        counts={option: counts[option] for option in one.counts},
        blank=one.blank + other.blank,
        void=one.void + other.void,
    )
