"""Ballots to columns: rules 3, 4 and 5 of the domain document, with its numbers."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.polls.columns import (
    GradeColumns,
    Mark,
    RaggedBallot,
    UnknownMark,
    VoteColumn,
    VoteColumns,
    add_up,
)
from domain.polls.ready_made import READY_MADE
from domain.polls.rules import BlankItem, Form, MaxFor, RuleProfile
from tests.support.counting import PER_ITEM

CHOOSE = replace(PER_ITEM, form=Form.CHOOSE)
EVALUATION = READY_MADE["committee_evaluation"]
IDS = [str(number) for number in range(1, 13)]


def ticked(number: int) -> list[str]:
    return [Mark.TICK if at < number else Mark.BLANK for at in range(12)]


def added(profile: RuleProfile, *ballots: Sequence[str], undecodable: int = 0) -> VoteColumns:
    columns = add_up(profile, IDS[: len(ballots[0])], ballots, undecodable=undecodable)
    assert isinstance(columns, VoteColumns)
    return columns


def one_item(profile: RuleProfile, *marks: str) -> VoteColumn:
    return added(profile, *[[mark] for mark in marks]).items[0]


def test_rule_3_ten_or_seven_ticks_are_valid_eleven_void_and_none_is_blank() -> None:
    columns = added(CHOOSE, ticked(10), ticked(7), ticked(11), ticked(0))
    assert (columns.returned, columns.void_ballots) == (4, 1)
    first, eighth, last = columns.items[0], columns.items[7], columns.items[11]
    assert (first.votes_for, first.not_ticked, first.void) == (2, 1, 1)
    assert (eighth.votes_for, eighth.not_ticked, eighth.void) == (1, 2, 1)
    assert (last.votes_for, last.not_ticked, last.void) == (0, 3, 1)


def test_rule_3_an_open_quota_knows_no_too_many() -> None:
    assert added(replace(CHOOSE, quota=None), ticked(12)).void_ballots == 0


def test_a_limit_on_per_item_ballots_voids_them_as_a_whole() -> None:
    profile = replace(PER_ITEM, quota=2, max_for=MaxFor.QUOTA)
    columns = added(profile, ["for", "for", "for"], ["for", "for", "?"])
    assert columns.void_ballots == 1
    assert [column.void for column in columns.items] == [1, 1, 2]
    assert [column.votes_for for column in columns.items] == [1, 1, 0]
    assert added(replace(profile, max_for=MaxFor.NONE), ["for", "for", "for"]).void_ballots == 0


def test_rule_4_a_mark_that_cannot_be_accepted_voids_its_item_only() -> None:
    columns = added(PER_ITEM, ["?", "for"])
    assert [(column.void, column.votes_for) for column in columns.items] == [(1, 0), (0, 1)]


def test_rule_5_a_blank_item_is_an_abstention_in_a_vote() -> None:
    column = one_item(PER_ITEM, "for", "", "abstain", "against")
    assert (column.votes_for, column.against, column.abstain, column.total) == (1, 1, 2, 4)


def test_rule_5_not_pressed_is_a_column_of_its_own() -> None:
    profile = replace(PER_ITEM, blank_item=BlankItem.NOT_PRESSED)
    column = one_item(profile, *["for"] * 2639, *["against"] * 160, *["abstain"] * 57, *[""] * 16)
    assert (column.votes_for, column.against, column.abstain, column.not_pressed) == (2639, 160, 57, 16)
    assert column.total == 2872


def test_rule_5_a_blank_item_may_be_invalid() -> None:
    assert one_item(replace(PER_ITEM, blank_item=BlankItem.INVALID), "for", "", "?").void == 2


def test_an_undecodable_ballot_is_returned_and_void_for_every_item() -> None:
    columns = added(PER_ITEM, ["for", "for"], undecodable=2)
    assert (columns.returned, columns.void_ballots) == (3, 2)
    assert [column.void for column in columns.items] == [2, 2]
    graded = add_up(EVALUATION, ["1"], [["basic"]], undecodable=1)
    assert isinstance(graded, GradeColumns)
    assert (graded.returned, graded.items[0].void) == (2, 1)


@pytest.mark.parametrize(
    ("profile", "mark"),
    [(PER_ITEM, "x"), (PER_ITEM, "For"), (CHOOSE, "for"), (EVALUATION, "good"), (EVALUATION, "for")],
)
def test_a_mark_of_another_form_is_refused_with_its_place(profile: RuleProfile, mark: str) -> None:
    marks = [[""], ["?"], [mark]]
    with pytest.raises(UnknownMark) as refused:
        add_up(profile, ["7"], marks)
    assert (refused.value.ballot, refused.value.item, refused.value.mark) == (3, "7", mark)


def test_a_wrong_mark_deep_in_a_large_box_is_found() -> None:
    def box(last: list[str]) -> list[list[str]]:
        return [*[["for", "for"]] * 9000, last]

    with pytest.raises(UnknownMark) as refused:
        add_up(PER_ITEM, ["1", "2"], box(["for", "yes"]))
    assert (refused.value.ballot, refused.value.item) == (9001, "2")
    with pytest.raises(RaggedBallot) as ragged:
        add_up(PER_ITEM, ["1", "2"], box(["for"]))
    assert (ragged.value.ballot, ragged.value.cells, ragged.value.expected) == (9001, 1, 2)


def test_an_unknown_mark_is_refused_even_on_a_ballot_that_is_void_anyway() -> None:
    with pytest.raises(UnknownMark):
        add_up(replace(CHOOSE, quota=1), ["1", "2", "3"], [["x", "x", "for"]])


def test_no_ballot_at_all_makes_columns_of_nothing() -> None:
    columns = add_up(PER_ITEM, ["1"], [])
    assert isinstance(columns, VoteColumns)
    assert (columns.returned, columns.items[0].total) == (0, 0)
