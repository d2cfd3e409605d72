"""Bars of several parts: how many of each kind a department, a year or a congress has."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from interfaces.web._base.charts.canvas import SIZE, Canvas, cut, legend, reach
from interfaces.web._base.charts.chart import NARROW, Chart, said_of
from interfaces.web._base.charts.inks import Kind
from interfaces.web._base.language import gettext as _

_BAR: Final = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of every bar, e.g. a light with its word."""

    words: str
    kind: Kind


def stacked(
    title: str, parts: Sequence[Part], rows: Sequence[tuple[str, Sequence[int]]], *, names: str, note: str = ""
) -> Chart:
    """Counts by part for each name, over one scale; the numbers stand beside each bar with the shapes of the parts."""
    shown = [place for place in range(len(parts)) if any(counts[place] for _name, counts in rows)]
    kept = tuple(parts[place] for place in shown)
    lines = tuple((name, tuple(counts[place] for place in shown)) for name, counts in rows)
    return Chart(
        title=title,
        says=said_of([(name, _told(kept, counts)) for name, counts in lines]),
        headings=(names, *(part.words for part in kept), _("合计")),
        rows=tuple((name, *map(str, counts), str(sum(counts))) for name, counts in lines),
        draw=partial(_draw, kept, lines),
        note=note,
    )


def _told(parts: tuple[Part, ...], counts: tuple[int, ...]) -> str:
    return " ".join(f"{part.words} {count}" for part, count in zip(parts, counts, strict=True) if count) or "0"


def _draw(parts: tuple[Part, ...], rows: tuple[tuple[str, tuple[int, ...]], ...], width: float) -> Canvas:
    canvas = Canvas(width)
    legend(canvas, [(part.kind, part.words) for part in parts])
    canvas.below(6)
    full = max((sum(counts) for _name, counts in rows), default=0) or 1
    beside = width > NARROW
    room = max((_reach(counts) for _name, counts in rows), default=0.0)
    left = min(width * 0.3, max((reach(name) for name, _counts in rows), default=0) + 12) if beside else 0.0
    for name, counts in rows:
        if beside:
            top = canvas.below(32) + 8
            canvas.words(0, top + 13, cut(name, left - 12))
            _bar(canvas, parts, counts, (left, top, (width - left - room - 8) / full))
            _figures(canvas, parts, counts, width - room, top + 13)
        else:
            top = canvas.below(46)
            canvas.words(0, top + 14, cut(name, width - _reach(counts) - 8))
            _figures(canvas, parts, counts, width - _reach(counts), top + 14)
            _bar(canvas, parts, counts, (0, top + 21, width / full))
    return canvas


def _bar(canvas: Canvas, parts: tuple[Part, ...], counts: tuple[int, ...], place: tuple[float, float, float]) -> None:
    x, top, scale = place
    for part, count in zip(parts, counts, strict=True):
        canvas.box(x, top, max(count * scale - 1.5, 0), _BAR, part.kind)
        x += count * scale


def _reach(counts: tuple[int, ...]) -> float:
    return sum(18 + reach(str(count)) + 8 for count in counts if count)


def _figures(canvas: Canvas, parts: tuple[Part, ...], counts: tuple[int, ...], x: float, foot: float) -> None:
    for part, count in zip(parts, counts, strict=True):
        if count:
            canvas.mark(part.kind, x + 8, foot - SIZE / 2 + 2)
            canvas.words(x + 17, foot, str(count), strong=True)
            x += 18 + reach(str(count)) + 8
