"""The mark of a congress: the same colours on paper and on the screen, and dark enough everywhere."""

import re
from pathlib import Path

import pytest

from domain.congress.look import Colour
from interfaces.documents.call_sheets import HouseSign, HouseSigns, house_signs
from interfaces.documents.marks import INKS, mark_of

TOKENS = Path(__file__).parents[3] / "interfaces/static/css/tokens.css"


@pytest.mark.parametrize("colour", Colour)
def test_a_colour_is_the_same_on_paper_and_screen_and_dark_enough_for_white_letters(colour: Colour) -> None:
    told = re.search(rf"\.look-{colour.value} {{ --look: (#[0-9a-f]{{6}}); }}", TOKENS.read_text())
    assert told is not None
    assert told[1] == INKS[colour]
    assert contrast_with_white(INKS[colour]) > 7


@pytest.mark.parametrize("emblem", ["", "青", "青城", "青城市", "青城人大"])
def test_marks_of_every_length_are_printed(emblem: str) -> None:
    sign = HouseSign(name="城南代表之家", address="", hours="", telephone="", code="6W093BVX", page="https://a.cn/h/6W")
    told = {"congress": "青城市人大", "house_word": "代表之家", "invitation": "请您来提"}
    assert house_signs(HouseSigns(**told, signs=[sign], mark=mark_of(emblem, "pine"))).startswith(b"%PDF")


def contrast_with_white(ink: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(ink[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05)
