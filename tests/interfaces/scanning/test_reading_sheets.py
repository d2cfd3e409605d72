"""Sheets printed by the system itself, filled in by made-up hands, scanned badly: what is certain is right."""

from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from domain.polls.rules import RuleProfile
from interfaces.documents.ballot_paper import ballot_papers
from interfaces.paper.form_code import form_code
from interfaces.paper.layout import Area, PaperRow
from interfaces.paper.markers import MARKERS
from interfaces.scanning.pictures import pages_of
from interfaces.scanning.result import DOUBTFUL
from interfaces.scanning.sheet import PageRead, read_page
from tests.support import pens
from tests.support.paper_polls import CHOICE, EVALUATION, VOTE, Paper, paper_of, poll_of
from tests.support.pens import CAMERAS, FLATBED, PHONE, Camera, Picture, filled_in, photographed
from tests.support.poll_facts import POLL


@pytest.fixture(scope="module")
def paper() -> Paper:
    """Twenty items on two pages."""
    return paper_of(poll_of(20))


@pytest.fixture(scope="module")
def small() -> Paper:
    """Four items on a page of A5."""
    return paper_of(poll_of(4))


def read(picture: Picture, paper: Paper) -> PageRead:
    return read_page(picture, paper.layout, form_code(paper.form))


def truth(row: PaperRow, chosen: frozenset[int]) -> str:
    match sorted(chosen):
        case []:
            return ""
        case [place]:
            return row.boxes[place].mark
    return "?"


def marked(paper: Paper, pen: pens.Pen, chosen: Sequence[int], page: int = 0) -> Picture:
    """A page with one mark on every item, in the boxes chosen in turn."""
    picture, chance = paper.blanks[page].copy(), np.random.default_rng(7)
    for place, row in enumerate(paper.layout.pages[page].rows):
        pen(picture, row.boxes[chosen[place % len(chosen)]].area, pens.SCALE, chance)
    return picture


def test_the_corner_markers_are_those_that_readers_know() -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for number, rows in enumerate(MARKERS):
        drawn = cv2.aruco.generateImageMarker(dictionary, number, 6) > 0
        assert tuple("".join("1" if field else "0" for field in row) for row in drawn) == rows


@pytest.mark.parametrize("camera", CAMERAS.values(), ids=CAMERAS)
def test_no_box_is_certain_and_wrong(paper: Paper, camera: Camera) -> None:
    chance, found = np.random.default_rng(11), Counter[str]()
    for sheet in range(4):
        page = filled_in(paper.blanks[sheet % 2], paper.form, sheet % 2, chance)
        content = pens.jpeg(photographed(page.picture, camera, chance), camera.quality)
        seen = read(next(pages_of(content)), paper)
        for row, mark, chosen in zip(paper.layout.pages[sheet % 2].rows, seen.marks, page.meant, strict=True):
            found["doubtful" if mark == DOUBTFUL else "right" if mark == truth(row, chosen) else "wrong"] += 1
        assert [doubt.item for doubt in seen.doubts] == [
            row.item
            for row, mark in zip(paper.layout.pages[sheet % 2].rows, seen.marks, strict=True)
            if mark == DOUBTFUL
        ]
    assert found["wrong"] == 0
    assert found["right"] >= 0.7 * found.total()


@pytest.mark.parametrize("pen", pens.MARKS, ids=lambda pen: str(pen.__name__))
def test_every_kind_of_mark_is_read_from_a_scan(small: Paper, pen: pens.Pen) -> None:
    picture = photographed(marked(small, pen, (0, 1, 2)), FLATBED, np.random.default_rng(2))
    rows = small.layout.pages[0].rows
    assert read(picture, small).marks == tuple(("for", "against", "abstain")[place % 3] for place in range(len(rows)))


@pytest.mark.parametrize("rules", [VOTE, CHOICE, EVALUATION], ids=lambda rules: rules.form.value)
def test_every_form_is_read(rules: RuleProfile) -> None:
    paper = paper_of(poll_of(5, rules))
    boxes = len(paper.layout.pages[0].rows[0].boxes)
    picture = marked(paper, pens.tick, range(boxes))
    marks = paper.form.marks[1:]
    assert read(picture, paper).marks == tuple(marks[place % boxes] for place in range(5))


def test_a_paper_without_marks_is_blank_on_every_item(small: Paper) -> None:
    picture = photographed(small.blanks[0], PHONE, np.random.default_rng(1))
    assert set(read(picture, small).marks) == {""}


def test_rule_4_two_certain_marks_void_the_item_only(small: Paper) -> None:
    picture, chance = marked(small, pens.cross, (1,)), np.random.default_rng(1)
    pens.cross(picture, small.layout.pages[0].rows[3].boxes[0].area, pens.SCALE, chance)
    marks = read(picture, small).marks
    assert marks[3] == "?"
    assert set(marks[:3] + marks[4:]) == {"against"}


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_paper_may_lie_upside_down_or_on_its_side(small: Paper, turns: int) -> None:
    straight = marked(small, pens.fill, (2, 0))
    turned = np.ascontiguousarray(np.rot90(straight, turns))
    assert read(turned, small).marks == read(straight, small).marks


def test_a_paper_printed_on_a_tray_of_another_size_is_read() -> None:
    """An A5 paper that the printer laid in the middle of an A4 sheet."""
    paper = paper_of(poll_of(4))
    sheet = np.full((2376, 1680), 255, np.uint8)
    tall, wide = paper.blanks[0].shape
    sheet[300 : 300 + tall, 250 : 250 + wide] = marked(paper, pens.tick, (0,))
    assert read(sheet, paper).marks == ("for",) * 4


def test_coloured_paper_is_read(small: Paper) -> None:
    tinted = np.asarray(marked(small, pens.tick, (1,)) * 0.72, np.uint8)
    assert set(read(tinted, small).marks) == {"against"}


def test_a_watermark_is_no_mark() -> None:
    poll = poll_of(12)
    paper = paper_of(poll)
    rehearsal = pens.rendered(ballot_papers(POLL, poll, 1, colour="蓝", watermark="演练"))[0]
    assert (rehearsal != paper.blanks[0]).any()
    assert set(read(photographed(rehearsal, PHONE, np.random.default_rng(3)), paper).marks) == {""}


# ------------------------------------------------------------------ doubt


def faint(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
    pens.tick(picture, area, dots, chance, 195, 0.45)


def beside(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
    pens.stroke(picture, [(1.2, 0.5), (1.35, 0.8), (1.75, 0.15)], area, dots, pens.INK, 0.5)


def around(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
    turn = np.linspace(0, 2 * np.pi, 30)
    ring = [(0.5 + 0.85 * float(np.cos(t)), 0.5 + 0.85 * float(np.sin(t))) for t in turn]
    pens.stroke(picture, ring, area, dots, pens.INK, 0.5)


def half_below(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
    pens.stroke(picture, [(0.0, 1.2), (0.3, 1.7), (0.95, 0.55)], area, dots, pens.INK, 0.5)


def blot(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
    pens.stroke(picture, [(0.48, 0.5), (0.52, 0.5)], area, dots, pens.INK, 1.2)


@pytest.mark.parametrize("pen", [faint, beside, around, half_below, blot], ids=lambda pen: str(pen.__name__))
@pytest.mark.parametrize("camera", [FLATBED, PHONE], ids=["flatbed", "phone"])
def test_what_may_be_a_mark_goes_to_people(small: Paper, pen: pens.Pen, camera: Camera) -> None:
    picture = photographed(marked(small, pen, (0, 1, 2)), camera, np.random.default_rng(5))
    assert set(read(picture, small).marks) == {DOUBTFUL}


def test_the_long_tail_of_a_tick_is_no_mark_on_the_next_item() -> None:
    paper = paper_of(poll_of(60))

    def long_tailed(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
        pens.stroke(picture, [(0.2, 0.5), (0.42, 0.85), (1.3, -0.9)], area, dots, pens.INK, 0.5)

    marks = read(marked(paper, long_tailed, (0, 1, 2), page=1), paper).marks
    wanted = tuple(("for", "against", "abstain")[place % 3] for place in range(len(marks)))
    assert all(mark in {meant, DOUBTFUL} for mark, meant in zip(marks, wanted, strict=True))


def test_a_tail_that_ends_in_the_box_above_is_no_second_mark() -> None:
    paper = paper_of(poll_of(60))

    def into_the_next(picture: Picture, area: Area, dots: float, chance: np.random.Generator) -> None:
        pens.stroke(picture, [(0.2, 0.5), (0.42, 0.85), (0.6, -0.85)], area, dots, pens.INK, 0.5)

    picture = paper.blanks[1].copy()
    rows = paper.layout.pages[1].rows
    short = [place for place, row in enumerate(rows) if place and rows[place - 1].area.height == row.area.height == 11]
    into_the_next(picture, rows[short[0]].boxes[0].area, pens.SCALE, np.random.default_rng(1))
    marks = read(picture, paper).marks
    assert marks[short[0] - 1] in {"", DOUBTFUL}
    assert marks[short[0]] in {"for", DOUBTFUL}


@pytest.mark.parametrize("edge", [2, 8])
def test_a_shadow_across_the_page_makes_no_mark(small: Paper, edge: float) -> None:
    chance = np.random.default_rng(4)
    picture = photographed(marked(small, pens.tick, (1,)), PHONE, chance).astype(np.float32)
    tall, wide = picture.shape
    shade = np.zeros((tall, wide), np.float32)
    cv2.fillConvexPoly(shade, np.array([(0, 0), (wide * 0.8, 0), (wide * 0.9, tall), (0, tall)], np.int32), 1.0)
    picture *= 1 - 0.5 * cv2.GaussianBlur(shade, (0, 0), edge)
    assert set(read(picture.astype(np.uint8), small).marks) <= {"against", DOUBTFUL}


@pytest.mark.parametrize("pale", [150, 190, 225])
def test_a_fold_through_the_boxes_makes_no_mark(small: Paper, pale: int) -> None:
    """Down through every box of a column, and across through those of an item."""
    page = small.blanks[0].copy()
    row = small.layout.pages[0].rows[1]
    box = row.boxes[0].area
    x, y = (round((edge + 3.2) * 8) for edge in (box.left, box.top))
    page[:, x : x + 3] = np.minimum(page[:, x : x + 3], pale)
    page[y : y + 3, :] = np.minimum(page[y : y + 3, :], pale)
    picture = photographed(page, PHONE, np.random.default_rng(6))
    assert set(read(picture, small).marks) <= {"", DOUBTFUL}


def test_a_doubt_comes_with_the_picture_of_its_row(small: Paper) -> None:
    seen = read(marked(small, faint, (0,)), small)
    first = cv2.imdecode(np.frombuffer(seen.doubts[0].picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert first is not None
    row = small.layout.pages[0].rows[0].area
    assert abs(first.shape[1] / first.shape[0] - (row.width + 1) / (row.height + 1)) < 0.2
    assert len(seen.doubts[0].picture) < 60_000
