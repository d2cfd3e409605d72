"""Ballots added up to columns: for every item how many of each mark. Every column must reconcile (rule 11)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from domain.polls.rules import BlankItem, EvaluationRules, Form, RuleProfile
from domain.shared import Refused

_AT_ONCE = 4096  # ballots added up in one go: large enough to be fast, small enough to stay small


class Mark(StrEnum):
    """What a voter can leave on an item of a vote; in an evaluation the options' ids stand for the first four."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    TICK = "x"
    BLANK = ""
    UNREADABLE = "?"
    """Doubled or not to be made out: cannot be accepted (rule 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteColumn:
    """How often each mark was given to one item of a vote."""

    id: str
    votes_for: int
    against: int
    abstain: int
    not_ticked: int
    not_pressed: int
    void: int

    @property
    def total(self) -> int:
        """All ballots this column accounts for."""
        return self.votes_for + self.against + self.abstain + self.not_ticked + self.not_pressed + self.void


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeColumn:
    """How often each option was given to one item of an evaluation."""

    id: str
    counts: Mapping[str, int]
    """By option id; options nobody chose are there with 0."""
    blank: int
    void: int

    @property
    def valid_marks(self) -> int:
        """Marks that chose an option."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """All ballots this column accounts for."""
        return self.valid_marks + self.blank + self.void


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteColumns:
    """The columns of a vote; `void_ballots` were void as a whole and are in `void` of every item."""

    returned: int
    void_ballots: int
    items: tuple[VoteColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeColumns:
    """The columns of an evaluation."""

    returned: int
    items: tuple[GradeColumn, ...]


Columns = VoteColumns | GradeColumns


@dataclass(eq=False)
class ItemsDiffer(Refused):
    """The columns are not those of the poll's items, each once."""

    unknown: tuple[str, ...]
    doubled: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(eq=False)
class RaggedBallot(Refused):
    """A ballot with more or fewer cells than there are items; ballots are numbered from 1."""

    ballot: int
    cells: int
    expected: int


@dataclass(eq=False)
class UnknownMark(Refused):
    """A cell that holds no mark of this form; ballots are numbered from 1."""

    ballot: int
    item: str
    mark: str


@dataclass(eq=False)
class DoesNotAddUp(Refused):
    """A column whose marks are not as many as the ballots returned; `short` is negative when there are too many."""

    item: str
    total: int
    returned: int

    @property
    def short(self) -> int:
        """How many marks are missing."""
        return self.returned - self.total


@dataclass(eq=False)
class FewerVoidThanBallots(Refused):
    """A ballot void as a whole is void for every item."""

    item: str
    void: int
    void_ballots: int


@dataclass(eq=False)
class NotOfThisForm(Refused):
    """A column that no ballot of this form and profile can fill."""

    item: str
    column: str
    number: int


def same_items(listed: Sequence[str], found: Sequence[str]) -> None:
    """Raises ItemsDiffer unless `found` names every listed item exactly once, in any order."""
    often = Counter(found)
    unknown = tuple(dict.fromkeys(id for id in found if id not in listed))
    doubled = tuple(id for id, number in often.items() if number > 1 and id not in unknown)
    missing = tuple(id for id in listed if id not in often)
    if unknown or doubled or missing:
        raise ItemsDiffer(unknown=unknown, doubled=doubled, missing=missing)


def add_up(
    profile: RuleProfile, items: Sequence[str], ballots: Iterable[Sequence[str]], *, undecodable: int = 0
) -> Columns:
    """The columns of the returned ballots, each a row of marks in the order of `items`.

    `undecodable` ballots were returned too but hold no readable marks: they are void as a whole. The order
    of the ballots leaves no trace in the columns. Raises RaggedBallot, UnknownMark.
    """
    often = tuple(Counter[str]() for _ in items)
    returned = void = undecodable
    for some in _batches(ballots):
        _refuse_unreadable(some, items, _marks_of(profile), returned - undecodable)
        accepted = _within_limit(profile, some)
        returned += len(some)
        void += len(some) - len(accepted)
        for column, marks in zip(often, zip(*accepted, strict=True), strict=False):
            column.update(marks)
    return columns_of(profile, dict(zip(items, often, strict=True)), returned=returned, void=void)


def columns_of(
    profile: RuleProfile, often: Mapping[str, Mapping[str, int]], *, returned: int, void: int = 0
) -> Columns:
    """The columns of items whose marks are counted already: by item, how often each mark was given.

    `void` ballots are void as a whole; they are among the `returned` and their marks are not counted. What does not
    add up is left to `reconcile`.
    """
    if profile.evaluation is not None:
        evaluation, blank = profile.evaluation, profile.blank_item
        graded = tuple(_grade_column(evaluation, blank, id, Counter(marks), void) for id, marks in often.items())
        return GradeColumns(returned=returned, items=graded)
    voted = tuple(_vote_column(profile, id, Counter(marks), void) for id, marks in often.items())
    return VoteColumns(returned=returned, void_ballots=void, items=voted)


def _batches(ballots: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    rest = iter(ballots)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _marks_of(profile: RuleProfile) -> frozenset[str]:
    if profile.evaluation is not None:
        return frozenset({option.id for option in profile.evaluation.options} | {Mark.BLANK, Mark.UNREADABLE})
    if profile.form is Form.CHOOSE:
        return frozenset({Mark.TICK, Mark.BLANK, Mark.UNREADABLE})
    return frozenset(Mark) - {Mark.TICK}


def _refuse_unreadable(some: list[Sequence[str]], items: Sequence[str], known: frozenset[str], before: int) -> None:
    for number, ballot in enumerate(some, start=before + 1):
        if len(ballot) != len(items):
            raise RaggedBallot(ballot=number, cells=len(ballot), expected=len(items))
    if all(known.issuperset(marks) for marks in zip(*some, strict=True)):
        return
    for number, ballot in enumerate(some, start=before + 1):
        for item, mark in zip(items, ballot, strict=True):
            if mark not in known:
                raise UnknownMark(ballot=number, item=item, mark=mark)


def _within_limit(profile: RuleProfile, some: list[Sequence[str]]) -> list[Sequence[str]]:
    """The ballots that do not carry too many "for" marks (rule 3); a mark that cannot be accepted is none."""
    limit = profile.most_for
    if limit is None:
        return some
    mark = Mark.TICK if profile.form is Form.CHOOSE else Mark.FOR
    return [ballot for ballot in some if ballot.count(mark) <= limit]


def _vote_column(profile: RuleProfile, id: str, marks: Counter[str], void_ballots: int) -> VoteColumn:
    chosen = profile.form is Form.CHOOSE
    blank = {} if chosen else {profile.blank_item: marks[Mark.BLANK]}
    return VoteColumn(
        id=id,
        votes_for=marks[Mark.TICK if chosen else Mark.FOR],
        against=marks[Mark.AGAINST],
        abstain=marks[Mark.ABSTAIN] + blank.get(BlankItem.ABSTAIN, 0),
        not_ticked=marks[Mark.BLANK] if chosen else 0,
        not_pressed=blank.get(BlankItem.NOT_PRESSED, 0),
        void=marks[Mark.UNREADABLE] + blank.get(BlankItem.INVALID, 0) + void_ballots,
    )


def _grade_column(
    rules: EvaluationRules, blank_item: BlankItem, id: str, marks: Counter[str], void_ballots: int
) -> GradeColumn:
    leaves = blank_item is BlankItem.INVALID
    return GradeColumn(
        id=id,
        counts={option.id: marks[option.id] for option in rules.options},
        blank=0 if leaves else marks[Mark.BLANK],
        void=marks[Mark.UNREADABLE] + void_ballots + (marks[Mark.BLANK] if leaves else 0),
    )


def reconcile(profile: RuleProfile, columns: Columns) -> None:
    """Every item accounts for every returned ballot, in columns that its form has (rule 11).

    Raises DoesNotAddUp, FewerVoidThanBallots, NotOfThisForm for the first item that is wrong.
    """
    for column in columns.items:
        if column.total != columns.returned:
            raise DoesNotAddUp(item=column.id, total=column.total, returned=columns.returned)
        if isinstance(columns, VoteColumns) and column.void < columns.void_ballots:
            raise FewerVoidThanBallots(item=column.id, void=column.void, void_ballots=columns.void_ballots)
        for name in _impossible(profile):
            if number := getattr(column, name):
                raise NotOfThisForm(item=column.id, column=name, number=number)


def _impossible(profile: RuleProfile) -> tuple[str, ...]:
    """The columns that stay 0, by form and by where blank items go."""
    match profile.form, profile.blank_item:
        case Form.CHOOSE, _:
            return ("against", "abstain", "not_pressed")
        case Form.PER_ITEM, BlankItem.NOT_PRESSED:
            return ("not_ticked",)
        case Form.PER_ITEM, _:
            return ("not_ticked", "not_pressed")
        case _, BlankItem.BLANK:
            return ()
        case _:
            return ("blank",)
