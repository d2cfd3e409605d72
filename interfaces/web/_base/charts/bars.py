"""Bars: how much each has, beside where it should be."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from interfaces.web._base.charts.canvas import SIZE, SMALL, Canvas, cut, legend, reach
from interfaces.web._base.charts.chart import NARROW, Chart, said_of
from interfaces.web._base.charts.inks import Kind, Sign
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import money, number

Number = int | float | Decimal
_BAR: Final = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar. `line` is drawn over it: the plan, the votes it takes to pass."""

    label: str
    value: Number
    shown: str = ""
    """The figure in words, the number itself where empty."""
    line: Number | None = None
    line_shown: str = ""
    kind: Kind = "accent"
    kind_words: str = ""
    """What the kind means, where it means something."""

    @property
    def figure(self) -> str:
        """The number as it is written."""
        return self.shown or _written(self.value)

    @property
    def line_figure(self) -> str:
        """The line's number as it is written."""
        return "" if self.line is None else self.line_shown or _written(self.line)


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    names: str,
    values: str,
    lines: str = "",
    most: Number | None = None,
    dashed: bool = False,
    note: str = "",
) -> Chart:
    """Bars over one scale. `names`, `values`, `lines` head the table; `most` is the full width, the largest if None."""
    full = float(most) if most is not None else max((float(max(r.value, r.line or 0)) for r in rows), default=0.0)
    kinds = any(row.kind_words for row in rows)
    headings = (names, values, *((lines,) if lines else ()), *((_("状态"),) if kinds else ()))
    behind = tuple(
        (row.label, row.figure, *((row.line_figure or "–",) if lines else ()), *((row.kind_words,) if kinds else ()))
        for row in rows
    )
    return Chart(
        title=title,
        says=said_of([(row.label, row.figure) for row in rows]),
        headings=headings,
        rows=behind,
        draw=partial(_draw, tuple(rows), full or 1.0, _legend(rows, lines, dashed=dashed), dashed),
        note=note,
    )


def votes(title: str, rows: Sequence[tuple[str, int, bool]], *, base: int, needed: int | None, note: str = "") -> Chart:
    """Votes for each candidate out of `base`, with the line it takes to pass; True for those that were adopted."""
    drawn = [
        Bar(
            label=label,
            value=count,
            line=needed,
            kind="accent" if adopted else "idle",
            kind_words=_("列入") if adopted else _("未列入"),
        )
        for label, count, adopted in rows
    ]
    lines = _("须得票数") if needed is not None else ""
    return bars(title, drawn, names=_("项目"), values=_("赞成"), lines=lines, most=base, dashed=True, note=note)


def funds(title: str, rows: Sequence[tuple[str, Decimal, Decimal]], *, names: str, note: str = "") -> Chart:
    """Money spent as a bar, money planned as the line over it, in yuan: (name, planned, spent)."""
    drawn = [
        Bar(label=label, value=spent, shown=money(spent), line=planned, line_shown=money(planned))
        for label, planned, spent in rows
    ]
    return bars(title, drawn, names=names, values=_("已支出"), lines=_("计划"), note=note)


def _written(value: Number) -> str:
    return number(Decimal(str(value)) if isinstance(value, float) else value)


def _legend(rows: Sequence[Bar], lines: str, *, dashed: bool) -> tuple[tuple[Sign, str], ...]:
    kinds = {row.kind: row.kind_words for row in rows if row.kind_words}
    needed = {row.line_figure for row in rows if row.line is not None}
    said = f"{lines} {needed.pop()}" if len(needed) == 1 else lines
    line: tuple[tuple[Literal["line", "dash"], str], ...] = (("dash" if dashed else "line", said),) if lines else ()
    return (*kinds.items(), *line)


def _draw(
    rows: tuple[Bar, ...],
    full: float,
    signs: tuple[tuple[Sign, str], ...],
    dashed: bool,  # noqa: FBT001 -- given by `bars` alone
    width: float,
) -> Canvas:
    canvas = Canvas(width)
    if signs:
        legend(canvas, signs)
        canvas.below(6)
    beside = width > NARROW
    room = max((reach(row.figure) for row in rows), default=0) + 26
    left = min(width * 0.34, max((reach(row.label) for row in rows), default=0) + 12) if beside else 0.0
    for row in rows:
        if beside:
            top = canvas.below(30) + 8
            canvas.words(0, top + 12, cut(row.label, left - 12))
            _bar(canvas, row, (left, top, width - left - room), full, dashed=dashed)
            _figure(canvas, row, width, top + 12)
        else:
            top = canvas.below(46)
            canvas.words(0, top + 14, cut(row.label, width - room - 8))
            _figure(canvas, row, width, top + 14)
            _bar(canvas, row, (0, top + 22, width), full, dashed=dashed)
    return canvas


def _bar(canvas: Canvas, row: Bar, place: tuple[float, float, float], full: float, *, dashed: bool) -> None:
    left, top, width = place
    canvas.box(left, top, width, _BAR, "track")
    canvas.box(left, top, width * min(max(float(row.value) / full, 0), 1), _BAR, row.kind)
    if row.line is not None:
        x = left + min(max(width * float(row.line) / full, 1), width - 1)
        canvas.limit(x, top - 3, top + _BAR + 3, dashed=dashed)


def _figure(canvas: Canvas, row: Bar, right: float, foot: float) -> None:
    canvas.words(right, foot, row.figure, anchor="end", strong=True)
    if row.kind_words:
        canvas.mark(row.kind, right - reach(row.figure, SIZE) - 12, foot - SMALL / 2 + 1)
