"""The parts of a count are one sum; small parts are told nowhere (rule 12)."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.polls.columns import Columns, DoesNotAddUp, ItemsDiffer, VoteColumns, add_up, columns_of
from domain.polls.count import canonical_count, read_count, turnout_of
from domain.polls.paper import PapersReturned
from domain.polls.parts import Parts, merged, rules_of, tally_parts
from domain.polls.poll import Poll, PollClosed, PollOpened
from domain.polls.ready_made import READY_MADE
from domain.polls.rules import BlankItem, Form
from domain.polls.tally import ColumnsOfAnotherForm
from tests.support.poll_facts import POLL, ROOT, RULES, folded, prepared, with_rules

EXAMPLES = settings(deadline=None, max_examples=150)
ITEMS = ("1", "2", "3")
POLL_RULES = with_rules(quota=2)
ROWS = st.lists(st.tuples(*[st.sampled_from(["for", "against", "abstain", "", "?"])] * 3), max_size=30)


def added(rows: list[tuple[str, str, str]]) -> Columns:
    return add_up(POLL_RULES, ITEMS, rows)


def closed(electronic: int, papers: int) -> Poll:
    opened = PollOpened(all_delegates=70, attending=60, issued=60, papers=papers, form="")
    shut = PollClosed(
        ballots=electronic, root=ROOT, cards_printed=60 - papers, cards_voided=0, cards_drawn=60 - papers, papers=papers
    )
    batches = (papers,) if papers else ()
    return folded(prepared(3, POLL_RULES), opened, shut, PapersReturned(batches=batches))


def text_of(poll: Poll, electronic: Columns, paper: Columns) -> str:
    parts = Parts(electronic=electronic, paper=paper)
    outcome = tally_parts(POLL_RULES, poll.prepared.items, turnout_of(poll), parts)
    return canonical_count(POLL, poll, turnout_of(poll), parts, outcome)


@given(ROWS, ROWS)
@EXAMPLES
def test_the_parts_add_up_to_what_all_ballots_together_give(
    one: list[tuple[str, str, str]], other: list[tuple[str, str, str]]
) -> None:
    assert merged(POLL_RULES, ITEMS, [added(one), added(other)]) == added(one + other)


@given(st.lists(ROWS, max_size=4), st.data())
@EXAMPLES
def test_the_order_of_parts_does_not_matter(parts: list[list[tuple[str, str, str]]], data: st.DataObject) -> None:
    columns = [added(rows) for rows in parts]
    shuffled = data.draw(st.permutations(columns))
    assert merged(POLL_RULES, ITEMS, shuffled) == merged(POLL_RULES, ITEMS, columns)


@given(ROWS, st.data())
@EXAMPLES
def test_rule_12_how_a_small_part_was_marked_leaves_no_trace_in_the_count(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    """Two splits of the same ballots, the same numbers of them on paper: the signed bytes are the same."""
    papers = data.draw(st.integers(0, min(9, len(rows))))
    shuffled = data.draw(st.permutations(rows))
    poll = closed(len(rows) - papers, papers)
    assert text_of(poll, added(rows[papers:]), added(rows[:papers])) == text_of(
        poll, added(shuffled[papers:]), added(shuffled[:papers])
    )


@pytest.mark.parametrize(
    ("electronic", "papers", "shown"),
    [(50, 9, False), (9, 50, False), (50, 10, True), (10, 10, True), (60, 0, False), (0, 60, False)],
)
def test_rule_12_parts_are_told_apart_from_ten_ballots_each(
    electronic: int,
    papers: int,
    shown: bool,  # noqa: FBT001  # a column of the table above
) -> None:
    row = ("for", "against", "")
    said = read_count(text_of(closed(electronic, papers), added([row] * electronic), added([row] * papers)))
    parts = said["parts"]
    assert (parts["electronic"]["ballots"], parts["paper"]["ballots"]) == (electronic, papers)
    assert (parts["electronic"]["columns"] is not None) is shown
    assert (parts["paper"]["columns"] is not None) is shown
    assert parts["keypad"] == {"ballots": 0, "columns": None}
    assert said["returned"] == said["columns"]["returned"] == electronic + papers


def test_rule_12_nothing_is_told_apart_when_one_of_three_parts_is_small() -> None:
    row = ("for", "against", "")
    parts = Parts(electronic=added([row] * 50), paper=added([row] * 50), keypad=added([row] * 3))
    assert not parts.may_be_told_apart(10)


def test_rule_11_a_part_that_is_short_is_refused_though_another_makes_up_for_it() -> None:
    short = columns_of(POLL_RULES, {id: {"for": 19} for id in ITEMS}, returned=20)
    over = columns_of(POLL_RULES, {id: {"for": 21} for id in ITEMS}, returned=20)
    poll = closed(20, 20)
    with pytest.raises(DoesNotAddUp) as refusal:
        tally_parts(POLL_RULES, poll.prepared.items, turnout_of(poll), Parts(electronic=short, paper=over))
    assert refusal.value.short == 1


def test_a_part_of_other_items_or_of_another_form_is_refused() -> None:
    with pytest.raises(ItemsDiffer):
        merged(POLL_RULES, ITEMS, [add_up(POLL_RULES, ("1", "2", "4"), [])])
    graded = next(rules for rules in READY_MADE.values() if rules.form is Form.GRADE)
    with pytest.raises(ColumnsOfAnotherForm):
        merged(POLL_RULES, ITEMS, [add_up(graded, ITEMS, [])])


def test_evaluations_are_merged_option_by_option() -> None:
    graded = next(rules for rules in READY_MADE.values() if rules.form is Form.GRADE)
    assert graded.evaluation is not None
    options = [option.id for option in graded.evaluation.options]
    rows = [[options[0], options[1], ""], [options[0], "?", options[-1]]]
    together = add_up(graded, ITEMS, rows)
    assert merged(graded, ITEMS, [add_up(graded, ITEMS, [row]) for row in rows]) == together


def test_rule_5_keypads_count_not_pressed_by_itself() -> None:
    assert rules_of(replace(prepared(), keypad=True)).blank_item is BlankItem.NOT_PRESSED
    assert rules_of(prepared()) == RULES


def test_numbers_of_cards_and_papers_stand_beside_the_sum() -> None:
    row = ("for", "against", "")
    said = read_count(text_of(closed(38, 20), added([row] * 38), added([row] * 20)))
    assert said["cards"] == {
        "printed": 40,
        "voided": 0,
        "issued": 40,
        "reissued": 0,
        "in_box": 38,
        "handed_in": 0,
        "not_handed_in": 2,
    }
    assert (said["papers"]["issued"], said["papers"]["returned"], said["papers"]["not_returned"]) == (20, 20, 0)
    assert said["issued"] == said["cards"]["issued"] + said["papers"]["issued"]


def test_marks_are_counted_as_the_profile_says() -> None:
    columns = columns_of(POLL_RULES, {"1": Counter({"for": 5, "": 2, "?": 1})}, returned=10, void=2)
    assert isinstance(columns, VoteColumns)
    (item,) = columns.items
    assert (item.votes_for, item.abstain, item.void, item.total) == (5, 2, 3, 10)


def test_a_count_of_the_earlier_format_is_still_read() -> None:
    assert read_count('{"box":{"ballots":313,"root":""},"format":"piaojue-count/1"}')["returned"] == 313
