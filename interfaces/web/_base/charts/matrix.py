"""A field of cells, each with a mark: congress × ask, project × month."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from markupsafe import Markup, escape

from interfaces.web._base.charts import inks
from interfaces.web._base.charts.canvas import SMALL, Canvas, cut, legend, reach
from interfaces.web._base.charts.chart import NARROW, Chart, said_of
from interfaces.web._base.charts.inks import Kind

_HIGH: Final = 28.0
_MARK: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its mark and what that means; `small` (few characters) stands beside the mark where there is room."""

    kind: Kind
    words: str
    small: str = ""


def mark(kind: Kind, words: str) -> Markup:
    """A sign in the line, named for screen readers; for tables whose cells have no room for a tag."""
    drawn = inks.shape(kind, _MARK / 2, _MARK / 2, 11)
    return Markup(  # noqa: S704 -- the words are escaped, the rest is drawn here
        f'<svg class="chart-mark" viewBox="0 0 {_MARK} {_MARK}" width="{_MARK}" height="{_MARK}" role="img" '
        f'aria-label="{escape(words)}">{drawn}</svg>'
    )


def matrix(
    title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell | None]]], *, names: str, note: str = ""
) -> Chart:
    """Names down, columns across; None where nothing belongs."""
    kinds = {cell.kind: cell.words for _name, cells in rows for cell in cells if cell is not None}
    counts = {
        words: sum(cell is not None and cell.words == words for _n, cells in rows for cell in cells)
        for words in kinds.values()
    }
    return Chart(
        title=title,
        says=said_of([(words, str(count)) for words, count in counts.items()]),
        headings=(names, *columns),
        rows=tuple((name, *("–" if cell is None else _told(cell) for cell in cells)) for name, cells in rows),
        draw=partial(_draw, tuple(columns), tuple((name, tuple(cells)) for name, cells in rows), tuple(kinds.items())),
        note=note,
    )


def _told(cell: Cell) -> str:
    return f"{cell.words} {cell.small}" if cell.small else cell.words


def _draw(
    columns: tuple[str, ...],
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...],
    kinds: tuple[tuple[Kind, str], ...],
    width: float,
) -> Canvas:
    canvas = Canvas(width)
    legend(canvas, kinds)
    most = 0.38 if width <= NARROW else 0.3
    left = min(width * most, max((reach(name) for name, _cells in rows), default=0) + 10)
    step = (width - left) / max(len(columns), 1)
    head = canvas.below(26) + 18
    for place, words in enumerate(columns):
        canvas.words(
            left + step * (place + 0.5), head, cut(words, step - 4, SMALL), size=SMALL, anchor="middle", muted=True
        )
    for name, cells in rows:
        top = canvas.below(_HIGH)
        canvas.line([(0, top + 0.5), (width, top + 0.5)], colour=inks.LINE, width=1)
        canvas.words(0, top + 19, cut(name, left - 8))
        for place, cell in enumerate(cells):
            _cell(canvas, cell, left + step * (place + 0.5), top + _HIGH / 2, step)
    return canvas


def _cell(canvas: Canvas, cell: Cell | None, x: float, y: float, room: float) -> None:
    if cell is None:
        canvas.words(x, y + 4, "–", size=SMALL, anchor="middle", muted=True)
        return
    wide = reach(cell.small, SMALL) + 18 if cell.small else 0.0
    if not wide or wide > room - 4:
        canvas.mark(cell.kind, x, y, 12)
        return
    canvas.mark(cell.kind, x - wide / 2 + 6, y, 11)
    canvas.words(x - wide / 2 + 16, y + 4, cell.small, size=SMALL)
