"""Breaks a text into lines of a given width without a font: a little too early sometimes, never too late.

What is printed and what is read from a picture must agree on where every box is, so the height of a row may not
depend on the machine that sets the page.
"""

from itertools import pairwise
from typing import Final

EM: Final = 12 * 25.4 / 72
"""Millimetres of a full-width character of the 12 pt text of ballot papers."""

_NOT_FIRST: Final = frozenset("，。、；：？！）》〉”’】」』〕％%,.;:?!)]}…—·")
_NOT_LAST: Final = frozenset("（《〈“‘【「『〔([{")
_WIDE_LETTERS: Final = frozenset("MWmw@%&")
_GAP: Final = 0.25
"""Of an em, set between Chinese and Latin letters."""


def width_of(text: str) -> float:
    """At least the width of a line of 12 pt text, in millimetres."""
    letters = sum(_share_of(letter) for letter in text)
    gaps = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return (letters + _GAP * gaps) * EM


def lines_of(text: str, width: float) -> tuple[str, ...]:
    """The text in lines of at most so many millimetres; words of Latin letters stay whole where they fit."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest:
        end = _end_of_line(rest, width)
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    return tuple(lines) or ("",)


def _end_of_line(text: str, width: float) -> int:
    most = next((end - 1 for end in range(2, len(text) + 1) if width_of(text[:end]) > width), len(text))
    if most == len(text):
        return most
    return next((end for end in range(most, 0, -1) if _may_break(text[end - 1], text[end])), most)


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


def _share_of(letter: str) -> float:
    """Of an em; the widths of Noto Sans SC, rounded up."""
    if not letter.isascii() or letter in _WIDE_LETTERS:
        return 1.0
    return 0.76 if letter.isupper() else 0.66
