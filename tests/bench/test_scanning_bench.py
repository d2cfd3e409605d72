"""Two hundred sheets for each kind of picture: what is read rightly, what goes to people, what is certain and wrong."""

from collections import Counter
from collections.abc import Sequence
from time import process_time

import cv2
import numpy as np
import pytest

from interfaces.paper.form_code import form_code
from interfaces.paper.layout import PaperRow
from interfaces.scanning.pictures import pages_of
from interfaces.scanning.result import DOUBTFUL
from interfaces.scanning.sheet import CannotRead, read_page
from interfaces.scanning.straightening import CannotStraighten
from tests.bench.conftest import Say
from tests.support import pens
from tests.support.paper_polls import paper_of, poll_of
from tests.support.pens import CAMERAS, Filled, filled_in, jpeg, photographed

pytestmark = pytest.mark.bench

SHEETS, ITEMS = 200, 20
HANDS = {"ballpoint": pens.MARKS[:4], "with light pencil": pens.MARKS}


@pytest.mark.parametrize("hand", HANDS)
def test_degraded_sheets(hand: str, say: Say) -> None:
    """A4 papers of twenty items on two pages; the order of the rows is that of docs/ballot-papers.md."""
    cv2.setNumThreads(1)
    paper = paper_of(poll_of(ITEMS))
    code = form_code(paper.form)
    say(f"{hand}: | pictures | sheets unread | items read | to people | certain and wrong | ms CPU a sheet |")
    for name, camera in CAMERAS.items():
        chance, found, spent = np.random.default_rng(2026), Counter[str](), 0.0
        for sheet in range(SHEETS):
            page = sheet % len(paper.blanks)
            filled = filled_in(paper.blanks[page], paper.form, page, chance, HANDS[hand])
            picture = np.rot90(photographed(filled.picture, camera, chance), 2 * (sheet % 3 == 0))
            content = jpeg(np.ascontiguousarray(picture), camera.quality)
            begun = process_time()
            try:
                marks = read_page(next(pages_of(content)), paper.layout, code).marks
            except (CannotRead, CannotStraighten):
                found["unread"] += 1
            else:
                found.update(_compared(filled, marks, paper.layout.pages[page].rows))
            spent += process_time() - begun
        items = found["right"] + found["doubtful"] + found["wrong"]
        say(
            f"| {name} | {found['unread']} | {items} | {found['doubtful']} | {found['wrong']}"
            f" | {spent / SHEETS * 1000:.0f} |"
        )
        assert found["wrong"] == 0


def _compared(filled: Filled, marks: tuple[str, ...], rows: Sequence[PaperRow]) -> Counter[str]:
    found = Counter[str]()
    for chosen, mark, row in zip(filled.meant, marks, rows, strict=True):
        meant = "?" if len(chosen) > 1 else "".join(row.boxes[place].mark for place in chosen)
        found["doubtful" if mark == DOUBTFUL else "right" if mark == meant else "wrong"] += 1
    return found
