"""Where everything is on a ballot paper, in millimetres from the upper left corner of the page.

The one place that knows: papers are printed from it and pictures of them are read by it. It follows from the form
alone, so that equal form codes mean equal places; a change here takes the next LAYOUT (`form_code`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.polls.ballot_form import BallotForm, FormEntry
from domain.polls.rules import Form
from domain.shared import Invalid
from interfaces.paper.lines import EM, lines_of, width_of

MOST_OPTIONS: Final = 8
MOST_ITEMS: Final = 200
LINE: Final = 1.36 * EM
"""From line to line of 12 pt text."""
BOX: Final = 7.0
"""The side of a box, measured to the outer edge of its frame."""
FRAME: Final = 0.4
"""The thickness of a box's frame."""

_EDGE: Final = 11.0
_MARKER: Final = 12.0
_QUIET: Final = 4.0
"""White around markers and code."""
_CODE: Final = 18.0
_BAND: Final = 10.0
_HEADING: Final = 26.0
_SHORT_HEADING: Final = 8.0
_ROWS: Final = (14.0, 12.5, 11.0)
"""Least heights of a row: as roomy as takes no further page."""
_ROW_SPACE: Final = 4.6
"""Above and below the lines of a row together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on the page, in millimetres."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBox:
    """A box that stands for one mark of the form."""

    mark: str
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One item: its number, its name in lines, its boxes."""

    item: str
    lines: tuple[str, ...]
    area: Area
    boxes: tuple[MarkBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperColumn:
    """The heading over the boxes of one mark."""

    mark: str
    lines: tuple[str, ...]
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """A page of a paper; the first one also says what to do, in `advice`."""

    number: int
    heading: Area
    advice: Area | None
    columns: tuple[PaperColumn, ...]
    names: Area
    """The heading over numbers and names."""
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLayout:
    """A ballot paper. The four corner markers stand in reading order: upper left and right, lower left and right."""

    size: str
    width: float
    height: float
    markers: tuple[Area, Area, Area, Area]
    band: Area
    code: Area
    foot: Area
    number_width: float
    pages: tuple[PaperPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    name: str
    width: float
    height: float
    advice: float
    column: float
    """Width of the column of a mark."""

    @property
    def inner(self) -> float:
        return self.width - 2 * _EDGE

    @property
    def lowest(self) -> float:
        """Where rows must end, so that the code keeps its quiet zone."""
        return self.height - _EDGE - _CODE - _QUIET


_FEW_ITEMS: Final = 6


@lru_cache(maxsize=16)
def layout_of(form: BallotForm) -> PaperLayout:
    """The paper of a form: A5 if it has few items that fit on one page, else A4 with as many pages as it takes.

    Raises Invalid for more options or items than a paper can hold.
    """
    marks = _marks_of(form)
    if len(marks) > MOST_OPTIONS:
        raise Invalid(field="options", reason="paper_options", value=str(len(marks)))
    if len(form.items) > MOST_ITEMS:
        raise Invalid(field="items", reason="paper_items", value=str(len(form.items)))
    large = _Size(name="a4", width=210, height=297, advice=35, column=_column(len(marks)))
    return _small_paper(form.items, marks) or _laid_out(large, form.items, marks)


def _small_paper(items: Sequence[FormEntry], marks: Sequence[FormEntry]) -> PaperLayout | None:
    """One page of A5, or None if that is too small."""
    if len(items) > _FEW_ITEMS or len(marks) > 3:
        return None
    try:
        paper = _laid_out(_Size(name="a5", width=148, height=210, advice=46, column=16), items, marks)
    except Invalid:  # a name or a number that only a larger page holds
        return None
    return paper if len(paper.pages) == 1 else None


def _marks_of(form: BallotForm) -> tuple[FormEntry, ...]:
    match form.form:
        case Form.PER_ITEM:
            words = {"for": "赞成", "against": "反对", "abstain": "弃权"}
            return tuple(FormEntry(id=mark, name=word) for mark, word in words.items())
        case Form.CHOOSE:
            return (FormEntry(id="x", name="赞成"),)
        case Form.GRADE:
            return tuple(FormEntry(id=option.id, name=option.name or option.id) for option in form.options)


def _column(marks: int) -> float:
    return 18.0 if marks <= 4 else 15.0 if marks <= 6 else 13.0


def _laid_out(size: _Size, items: Sequence[FormEntry], marks: Sequence[FormEntry]) -> PaperLayout:
    """Raises Invalid for a name that a page cannot hold."""
    number_width = max(9.0, 4 + max(width_of(item.id) for item in items))
    name_width = size.inner - number_width - size.column * len(marks) - 2
    if name_width < 10 * EM:
        raise Invalid(field="items", reason="paper_number", value=max((item.id for item in items), key=width_of))
    named = [(item.id, lines_of(item.name, name_width)) for item in items]
    far, low = size.width - _EDGE - _MARKER, size.height - _EDGE - _MARKER
    between = _EDGE + _MARKER + _QUIET
    code = Area(left=between, top=size.height - _EDGE - _CODE, width=_CODE, height=_CODE)
    foot = code.right + _QUIET
    return PaperLayout(
        size=size.name,
        width=size.width,
        height=size.height,
        markers=(_marker(_EDGE, _EDGE), _marker(far, _EDGE), _marker(_EDGE, low), _marker(far, low)),
        band=Area(left=between, top=_EDGE + 1, width=size.width - 2 * between, height=_BAND),
        code=code,
        foot=Area(left=foot, top=code.top, width=size.width - between - foot, height=_CODE),
        number_width=number_width,
        pages=_pages(size, named, marks),
    )


def _marker(left: float, top: float) -> Area:
    return Area(left=left, top=top, width=_MARKER, height=_MARKER)


def _pages(
    size: _Size, named: Sequence[tuple[str, tuple[str, ...]]], marks: Sequence[FormEntry]
) -> tuple[PaperPage, ...]:
    return min((_pages_of_rows(size, named, marks, least) for least in _ROWS), key=len)


def _pages_of_rows(
    size: _Size, named: Sequence[tuple[str, tuple[str, ...]]], marks: Sequence[FormEntry], least: float
) -> tuple[PaperPage, ...]:
    pages: list[PaperPage] = []
    rest = list(named)
    while rest:
        page = _page(size, len(pages) + 1, rest, marks, least)
        if not page.rows:
            raise Invalid(field="items", reason="paper_name", value="".join(rest[0][1])[:40])
        pages.append(page)
        rest = rest[len(page.rows) :]
    return tuple(pages)


def _page(
    size: _Size, number: int, named: Sequence[tuple[str, tuple[str, ...]]], marks: Sequence[FormEntry], least: float
) -> PaperPage:
    top = _EDGE + _MARKER + _QUIET / 2
    heading = Area(left=_EDGE, top=top, width=size.inner, height=_HEADING if number == 1 else _SHORT_HEADING)
    advice = Area(left=_EDGE, top=heading.bottom, width=size.inner, height=size.advice) if number == 1 else None
    columns, names = _columns(size, (advice or heading).bottom + 1, marks)
    return PaperPage(
        number=number,
        heading=heading,
        advice=advice,
        columns=columns,
        names=names,
        rows=_rows(size, names.bottom, columns, named, least),
    )


def _columns(size: _Size, top: float, marks: Sequence[FormEntry]) -> tuple[tuple[PaperColumn, ...], Area]:
    words = [lines_of(mark.name, size.column - 1) for mark in marks]
    height = max(len(lines) for lines in words) * LINE + 3.5
    first = size.width - _EDGE - size.column * len(marks)
    columns = tuple(
        PaperColumn(
            mark=mark.id,
            lines=lines,
            area=Area(left=first + size.column * place, top=top, width=size.column, height=height),
        )
        for place, (mark, lines) in enumerate(zip(marks, words, strict=True))
    )
    return columns, Area(left=_EDGE, top=top, width=first - _EDGE, height=height)


def _rows(
    size: _Size,
    top: float,
    columns: Sequence[PaperColumn],
    named: Sequence[tuple[str, tuple[str, ...]]],
    least: float,
) -> tuple[PaperRow, ...]:
    """As many rows as the page holds."""
    rows: list[PaperRow] = []
    for item, lines in named:
        height = max(least, len(lines) * LINE + _ROW_SPACE)
        if top + height > size.lowest:
            break
        area = Area(left=_EDGE, top=top, width=size.inner, height=height)
        rows.append(PaperRow(item=item, lines=lines, area=area, boxes=_boxes(area, columns)))
        top = area.bottom
    return tuple(rows)


def _boxes(row: Area, columns: Sequence[PaperColumn]) -> tuple[MarkBox, ...]:
    top = row.top + (row.height - BOX) / 2
    return tuple(
        MarkBox(
            mark=column.mark,
            area=Area(left=column.area.left + (column.area.width - BOX) / 2, top=top, width=BOX, height=BOX),
        )
        for column in columns
    )
