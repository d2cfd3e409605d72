"""Where everything is on a ballot paper, and the code that says which paper it is."""

from dataclasses import replace
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.polls.ballot_form import BallotForm, FormEntry
from domain.polls.count import form_of
from domain.polls.rules import Form, RuleProfile
from domain.shared import Invalid
from interfaces.paper.form_code import PageCode, form_code, read_code, shown_code
from interfaces.paper.form_file import NotAForm, form_file, read_form
from interfaces.paper.layout import Area, PaperLayout, layout_of
from interfaces.paper.lines import lines_of, width_of
from tests.support.paper_polls import CHOICE, EVALUATION, LIMITED, VOTE, poll_of
from tests.support.poll_facts import POLL

PRINTABLE = 10.0
"""Millimetres at the edge of a page that office printers leave white."""


def form(items: int, rules: RuleProfile = VOTE) -> BallotForm:
    return form_of(POLL, poll_of(items, rules))


def apart(one: Area, other: Area) -> bool:
    return one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top


def solid_areas(paper: PaperLayout, page: int) -> list[Area]:
    """What may not touch: corners, code, and every box of a page."""
    boxes = [box.area for row in paper.pages[page].rows for box in row.boxes]
    return [*paper.markers, paper.code, paper.band, *boxes]


@pytest.mark.parametrize("rules", [VOTE, LIMITED, CHOICE, EVALUATION], ids=lambda rules: rules.form.value)
@pytest.mark.parametrize("items", [1, 6, 7, 12, 15, 23, 60])
def test_every_item_has_its_row_and_nothing_touches(items: int, rules: RuleProfile) -> None:
    paper = layout_of(form(items, rules))
    assert [row.item for page in paper.pages for row in page.rows] == [str(n + 1) for n in range(items)]
    for number in range(len(paper.pages)):
        areas = solid_areas(paper, number)
        assert all(apart(one, other) for one, other in combinations(areas, 2))
        for area in areas:
            assert min(area.left, area.top) >= PRINTABLE
            assert area.right <= paper.width - PRINTABLE
            assert area.bottom <= paper.height - PRINTABLE


def test_few_items_take_a5_and_many_take_more_pages_of_a4() -> None:
    sizes = {items: (layout_of(form(items)).size, len(layout_of(form(items)).pages)) for items in (2, 12, 60)}
    assert sizes == {2: ("a5", 1), 12: ("a4", 1), 60: ("a4", 4)}


def test_rows_are_as_high_as_their_names_and_roomier_where_there_is_room() -> None:
    roomy, full = (layout_of(form(items)).pages[0].rows for items in (7, 60))
    assert roomy[2].area.height > roomy[0].area.height > full[0].area.height
    assert len(roomy[2].lines) == 3


@given(st.text(alphabet="供热管网改造，。（）“”、PETmriW3.2- ", max_size=60), st.floats(20, 130))
@settings(max_examples=200, deadline=None)
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = lines_of(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_line_does_not_begin_with_a_full_stop_nor_cut_a_word() -> None:
    assert lines_of("老旧小区供热管网。改造", width_of("老旧小区供热管网")) == ("老旧小区供热管", "网。改造")
    assert lines_of("更新PET-CT设备", width_of("更新PET-C")) == ("更新PET-", "CT设备")


@pytest.mark.parametrize("options", [1, 8])
def test_an_evaluation_has_a_box_for_every_option(options: int) -> None:
    entries = tuple(FormEntry(id=str(n), name="基本满意") for n in range(options))
    asked = BallotForm(poll=POLL, form=Form.GRADE, items=(FormEntry(id="1", name="项目"),), options=entries)
    (page,) = layout_of(asked).pages
    assert [box.mark for box in page.rows[0].boxes] == [option.id for option in entries]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (
            replace(form(2, EVALUATION), options=tuple(FormEntry(id=str(n), name="好") for n in range(9))),
            "paper_options",
        ),
        (replace(form(2), items=tuple(FormEntry(id=str(n), name="项目") for n in range(201))), "paper_items"),
        (replace(form(2), items=(FormEntry(id="1" * 60, name="项目"),)), "paper_number"),
        (replace(form(2), items=(FormEntry(id="1", name="项目" * 900),)), "paper_name"),
    ],
)
def test_what_no_paper_can_hold_is_refused(asked: BallotForm, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        layout_of(asked)
    assert refused.value.reason == reason


def test_the_code_follows_from_the_form_alone_and_differs_between_polls() -> None:
    here = form(3)
    assert form_code(here) == form_code(form(3))
    assert form_code(here) != form_code(replace(here, poll=UUID(int=1)))
    assert len(shown_code(form_code(here))) == 9


def test_a_page_code_says_layout_form_and_page() -> None:
    said = PageCode(form="7K3M9QXW", page=2, pages=4)
    assert said.text == "PJ1:7K3M9QXW:2:4"
    assert read_code(said.text) == said
    assert read_code("https://piaojue.example/v#7K3M") is None


@pytest.mark.parametrize("rules", [VOTE, LIMITED, CHOICE, EVALUATION], ids=lambda rules: rules.form.value)
def test_a_form_read_from_its_file_is_the_same(rules: RuleProfile) -> None:
    assert read_form(form_file(form(4, rules))) == form(4, rules)
    assert read_form(b"\xef\xbb\xbf" + form_file(form(4, rules))) == form(4, rules)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"\xff", b"[" * 99_999, form_file(form(2))[:-1] + b',"more":1}']
)
def test_another_file_is_no_form(content: bytes) -> None:
    with pytest.raises(NotAForm):
        read_form(content)
