import hashlib
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.polls.ballot import BallotForAnotherForm, BallotUnreadable, unpacked
from domain.polls.ballot_form import (
    NONCE_BYTES,
    BallotForm,
    FormEntry,
    Row,
    cast_unsealed,
    decoded,
    encoded,
    form_hash,
    opened,
    unsealed,
)
from domain.polls.rules import Form
from domain.shared import Invalid

POLL = UUID("6b0c5a4e-9d37-4f5e-8a55-0f9f3c1d2e4b")
GRADES = tuple(
    FormEntry(id=id, name=name)
    for id, name in [("satisfied", "满意"), ("basic", "基本满意"), ("unsatisfied", "不满意")]
)
NONCE = bytes(range(32))


def form_of(form: Form = Form.PER_ITEM, items: int = 3) -> BallotForm:
    return BallotForm(
        poll=POLL,
        form=form,
        options=GRADES if form is Form.GRADE else (),
        items=tuple(FormEntry(id=str(n + 1), name=f"项目{n + 1}") for n in range(items)),
    )


@st.composite
def forms_and_rows(draw: st.DrawFn) -> tuple[BallotForm, Row]:
    form = form_of(draw(st.sampled_from(Form)), draw(st.integers(min_value=1, max_value=40)))
    cells = st.sampled_from(form.marks)
    return form, tuple(draw(st.lists(cells, min_size=len(form.items), max_size=len(form.items))))


@given(forms_and_rows())
def test_marks_survive_the_encoding(drawn: tuple[BallotForm, Row]) -> None:
    form, row = drawn
    assert decoded(encoded(row, form), form) == row


@given(forms_and_rows(), st.binary(min_size=NONCE_BYTES, max_size=NONCE_BYTES))
def test_every_ballot_of_a_form_has_the_same_length(drawn: tuple[BallotForm, Row], nonce: bytes) -> None:
    form, row = drawn
    ballot = unsealed(nonce, row, form)
    assert len(ballot) == form.ballot_bytes == 32 + 4 + len(form.items)
    assert opened(ballot, form) == row


def test_the_encoding_is_written_down_byte_by_byte() -> None:
    """The ballot page encodes too: these bytes are the agreement between both."""
    assert encoded(("for", "", "abstain"), form_of()) == bytes([1, 1, 0, 3, 1, 0, 3])
    assert encoded(("x", "", "x"), form_of(Form.CHOOSE)) == bytes([1, 2, 0, 3, 1, 0, 1])
    assert encoded(("basic", "unsatisfied", ""), form_of(Form.GRADE)) == bytes([1, 3, 0, 3, 2, 3, 0])
    assert encoded(("against",) * 300, form_of(items=300))[:5] == bytes([1, 1, 1, 44, 2])


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        (b"", "length"),
        (bytes([1, 1, 0, 3, 1, 0]), "length"),
        (bytes([1, 1, 0, 3, 1, 0, 3, 0]), "length"),
        (bytes([2, 1, 0, 3, 1, 0, 3]), "version"),
        (bytes([1, 2, 0, 3, 1, 0, 1]), "form"),
        (bytes([1, 1, 1, 3, 1, 0, 3]), "items"),
        (bytes([1, 1, 0, 2, 1, 0, 3]), "items"),
        (bytes([1, 1, 0, 3, 1, 0, 4]), "mark"),
    ],
)
def test_an_unreadable_ballot_is_refused_and_the_refusal_says_why(marks: bytes, reason: str) -> None:
    with pytest.raises(BallotUnreadable) as refusal:
        cast_unsealed(NONCE + marks, form=form_of(), seen=form_hash(form_of()))
    assert refusal.value.reason == reason


@given(st.binary(max_size=64))
def test_any_bytes_are_either_a_ballot_or_unreadable(ballot: bytes) -> None:
    form = form_of()
    try:
        row = opened(ballot, form)
    except BallotUnreadable:
        return
    assert unsealed(ballot[:NONCE_BYTES], row, form) == ballot


def test_a_page_made_for_another_form_is_refused() -> None:
    form = form_of()
    ballot = unsealed(NONCE, ("for", "for", "for"), form)
    with pytest.raises(BallotForAnotherForm):
        cast_unsealed(ballot, form=form, seen=form_hash(replace(form, items=form.items[::-1])))
    fact = cast_unsealed(ballot, form=form, seen=form_hash(form))
    assert (unpacked(fact.ballot), fact.form, fact.key) == (ballot, form_hash(form), None)


def test_the_form_hash_changes_with_everything_a_voter_is_asked() -> None:
    form = form_of(Form.GRADE)
    others = [
        replace(form, poll=UUID(int=1)),
        replace(form, form=Form.PER_ITEM),
        replace(form, items=form.items[:2]),
        replace(form, items=form.items[::-1]),
        replace(form, items=(replace(form.items[0], name="别的"), *form.items[1:])),
        replace(form, options=GRADES[:2]),
        replace(form, most_for=2),
    ]
    assert len({form_hash(one) for one in (form, *others)}) == len(others) + 1


def test_the_form_hash_is_that_of_the_canonical_json() -> None:
    text = (
        '{"encoding":1,"form":"per_item","items":[{"id":"1","name":"项目1"},{"id":"2","name":"项目2"},'
        '{"id":"3","name":"项目3"}],"most_for":null,"options":[],"poll":"6b0c5a4e-9d37-4f5e-8a55-0f9f3c1d2e4b"}'
    )
    assert form_hash(form_of()) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("row", [("for",), ("for",) * 4, ("for", "x", ""), ("for", "?", "")])
def test_only_marks_of_the_form_can_be_encoded(row: Row) -> None:
    with pytest.raises(Invalid):
        encoded(row, form_of())
    with pytest.raises(Invalid):
        unsealed(b"short", ("for", "for", "for"), form_of())


def test_a_form_has_items() -> None:
    with pytest.raises(Invalid):
        form_of(items=0)
    with pytest.raises(Invalid):
        replace(form_of(), options=GRADES * 86)
