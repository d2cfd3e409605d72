"""Whether a box is blank or marked, or must be looked at by a person: a wide band of doubt, never a guess.

A box is blank only if there is next to nothing in it, and marked only if there is plenty, in its middle, and not
around it. How the bounds were found, and how often what happens, says docs/ballot-papers.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from domain.polls.columns import Mark
from interfaces.paper.layout import BOX, FRAME, Area, PaperColumn, PaperRow
from interfaces.scanning.result import DOUBTFUL
from interfaces.scanning.straightening import DOTS, Ink

FAINT, FIRM = 0.13, 0.32
"""How dark a dot is that may be a pencil's, and one that is certainly ink."""
MOST_OF_BLANK: Final = 0.010
"""Share of faint dots up to which a box is blank: a speck of half a millimetre."""
LEAST_OF_MARK: Final = 0.045
"""Share of firm dots from which a box is marked: a stroke of 2.5 mm with a ballpoint."""

_AWAY: Final = 1.6
"""Millimetres by which a frame may lie beside its place: paper is never quite flat."""
_LEAST_FRAME: Final = 0.3
"""How dark the frame must be to be seen at all; paler ones hide pale marks as well."""
_INSIDE: Final = FRAME + 0.5
_OUTSIDE: Final = 0.7
_CELL_EDGE: Final = 1.0
_STRAY: Final = 0.006
"""Share of the cell around the box: beside an item without any mark, this much ink is looked at."""
_MUCH_STRAY: Final = 0.03
"""So much is no tail of a tick: a line across the table, a fold, the edge of a shadow."""
_LEAST_SPAN: Final = 0.35
"""Of the box, from end to end of a mark; a shorter one may be a blot."""
_SECOND: Final = 0.5
"""A second mark of less than this share of the first may be a slip of the pen."""


class BoxState(StrEnum):
    """What is certain about a box."""

    BLANK = "blank"
    MARKED = "marked"
    DOUBTFUL = "doubtful"
    UNSEEN = "unseen"
    """Its frame cannot be made out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSeen:
    """A box as it was seen; `ink` is the share of firm dots in it, `around` that of the cell around it."""

    state: BoxState
    ink: float = 0.0
    around: float = 0.0


def seen_boxes(ink: Ink, row: PaperRow, columns: Sequence[PaperColumn]) -> tuple[BoxSeen, ...]:
    """The boxes of an item."""
    return tuple(
        _seen(ink, box.area, _cell(row.area, column.area)) for box, column in zip(row.boxes, columns, strict=True)
    )


def mark_of(row: PaperRow, seen: Sequence[BoxSeen]) -> str:
    """The mark on an item: one of the form's, none, `?` for two certain ones, or DOUBTFUL."""
    if any(box.state in {BoxState.DOUBTFUL, BoxState.UNSEEN} for box in seen):
        return DOUBTFUL
    marked = [box for box in seen if box.state is BoxState.MARKED]
    around = [box.around for box in seen if box.state is BoxState.BLANK]
    if max(around, default=0.0) > (_MUCH_STRAY if marked else _STRAY):
        return DOUBTFUL
    if len(marked) > 1:
        shares = sorted((box.ink for box in marked), reverse=True)
        return Mark.UNREADABLE if shares[1] >= _SECOND * shares[0] else DOUBTFUL
    return next((box.mark for box, one in zip(row.boxes, seen, strict=True) if one.state is BoxState.MARKED), "")


def _cell(row: Area, column: Area) -> Area:
    return Area(left=column.left, top=row.top, width=column.width, height=row.height)


def _seen(ink: Ink, box: Area, cell: Area) -> BoxSeen:
    found = _found_frame(ink, box)
    if found is None:
        return BoxSeen(state=BoxState.UNSEEN)
    right, down = found
    inside = _cut(ink, _shrunk(box, _INSIDE), right, down)
    firm = inside > FIRM
    share, around = float(firm.mean()), _around(ink, box, cell, right, down)
    if float((inside > FAINT).mean()) <= MOST_OF_BLANK:
        return BoxSeen(state=BoxState.BLANK, ink=share, around=around)
    is_mark = share >= LEAST_OF_MARK and around <= _MUCH_STRAY and _holds_the_middle(firm)
    return BoxSeen(state=BoxState.MARKED if is_mark else BoxState.DOUBTFUL, ink=share, around=around)


def _found_frame(ink: Ink, box: Area) -> tuple[int, int] | None:
    """How many dots the frame lies to the right of its place and below it; None if it cannot be made out."""
    away, side, line = (round(length * DOTS) for length in (_AWAY, BOX, FRAME))
    left, top = round(box.left * DOTS), round(box.top * DOTS)
    patch = ink[top - away : top + side + away, left - away : left + side + away]
    middle = slice(away + side // 4, away + side - side // 4)
    right = _offset(patch[middle, :].mean(axis=0), side, line)
    down = _offset(patch[:, middle].mean(axis=1), side, line)
    return None if right is None or down is None else (right - away, down - away)


def _offset(profile: npt.NDArray[np.float32], side: int, line: int) -> int | None:
    """Where two dark lines stand a side apart, both as dark as can be."""
    lines = np.convolve(profile, np.full(line, 1 / line, np.float32), mode="valid")
    apart = side - line
    far = np.max([lines[apart + d : len(lines) - 2 + d] for d in (-2, -1, 0, 1, 2)], axis=0) if apart > 2 else lines
    both = np.minimum(lines[: len(far)], far)
    best = int(both.argmax())
    return best if both[best] >= _LEAST_FRAME else None


def _shrunk(area: Area, by: float) -> Area:
    return Area(left=area.left + by, top=area.top + by, width=area.width - 2 * by, height=area.height - 2 * by)


def _cut(ink: Ink, area: Area, right: int, down: int) -> Ink:
    left, top = round(area.left * DOTS) + right, round(area.top * DOTS) + down
    return ink[top : top + round(area.height * DOTS), left : left + round(area.width * DOTS)]


def _around(ink: Ink, box: Area, cell: Area, right: int, down: int) -> float:
    """Share of firm dots in the cell, without the box and the lines of the table."""
    whole, hole = _shrunk(cell, _CELL_EDGE), _shrunk(box, -_OUTSIDE)
    dots = _cut(ink, whole, right, down) > FIRM
    held = _cut(ink, hole, right, down) > FIRM
    return float(int(dots.sum()) - int(held.sum())) / max(dots.size - held.size, 1)


def _holds_the_middle(firm: npt.NDArray[np.bool_]) -> bool:
    """Whether the mark lies around or over the middle of the box and is no blot.

    A stroke that comes over from the next row ends near an edge.
    """
    rows, columns = np.flatnonzero(firm.any(axis=1)), np.flatnonzero(firm.any(axis=0))
    if not rows.size:
        return False
    tall, wide = firm.shape
    spans = (rows[-1] - rows[0]) / tall, (columns[-1] - columns[0]) / wide
    middle = rows[0] <= tall / 2 <= rows[-1] and columns[0] <= wide / 2 <= columns[-1]
    return bool(middle and max(spans) >= _LEAST_SPAN)
