"""Made-up ballots come to a clear result or to a tie, and never to a void ballot."""

from random import Random
from uuid import uuid4

import pytest

from domain.polls.ballot_form import BallotForm, FormEntry
from domain.polls.made_up import MadeUp, made_up_rows
from domain.polls.rules import Form

VOTERS = 327


def form(kind: Form, items: int = 12, most_for: int | None = None) -> BallotForm:
    options = tuple(FormEntry(id=id, name=id) for id in ("good", "fair", "bad")) if kind is Form.GRADE else ()
    entries = tuple(FormEntry(id=str(number), name=f"项目{number}") for number in range(1, items + 1))
    return BallotForm(poll=uuid4(), form=kind, items=entries, options=options, most_for=most_for)


def votes(rows: list[tuple[str, ...]], yes: str) -> list[int]:
    return [sum(row[item] == yes for row in rows) for item in range(len(rows[0]))]


def test_a_clear_result_has_no_two_items_with_equal_votes() -> None:
    rows = made_up_rows(form(Form.PER_ITEM), VOTERS, MadeUp.CLEAR, 10, Random(1))
    assert len(rows) == VOTERS
    assert len(set(votes(rows, "for"))) == 12


def test_a_tie_is_at_the_last_of_ten_places() -> None:
    found = sorted(votes(made_up_rows(form(Form.PER_ITEM), VOTERS, MadeUp.TIE, 10, Random(1)), "for"), reverse=True)
    assert found[9] == found[10]
    assert len(set(found)) == 11


@pytest.mark.parametrize("outcome", list(MadeUp))
@pytest.mark.parametrize("places", [1, 3, 10])
def test_no_ballot_carries_more_than_its_places(outcome: MadeUp, places: int) -> None:
    rows = made_up_rows(form(Form.CHOOSE, most_for=places), VOTERS, outcome, places, Random(2))
    assert max(row.count("x") for row in rows) <= places
    if outcome is MadeUp.TIE:
        found = votes(rows, "x")
        assert found[places] == found[places - 1]


def test_evaluations_get_one_option_an_item() -> None:
    rows = made_up_rows(form(Form.GRADE, items=4), VOTERS, MadeUp.CLEAR, None, Random(3))
    assert {mark for row in rows for mark in row} == {"good", "fair", "bad"}
