"""A drawing in the making: boxes, lines, words and marks become one SVG without style, script or foreign parts."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from markupsafe import escape

from interfaces.web._base.charts import inks
from interfaces.web._base.charts.inks import Kind, Sign

Anchor = Literal["start", "middle", "end"]
SIZE: Final = 13.0
"""Of the words, in units of a drawing that is as many CSS pixels wide as its width says."""
SMALL: Final = 12.0
_FULL: Final = 1.0
_HALF: Final = 0.58
_BROAD: Final = "%@mwMW"
"""Letters and signs that are nearly as wide as a Chinese character."""
_FAMILY: Final = "Noto Sans SC"


def reach(words: str, size: float = SIZE) -> float:
    """How wide words are, near enough: Chinese characters are as wide as high."""
    return sum(_FULL if ord(one) > 0x2000 or one in _BROAD else _HALF for one in words) * size


def cut(words: str, room: float, size: float = SIZE) -> str:
    """As much of the words as there is room for."""
    if reach(words, size) <= room:
        return words
    kept = words
    while kept and reach(kept, size) + size > room:
        kept = kept[:-1]
    return f"{kept}…"


class Canvas:
    """Collects what is drawn; `svg` gives it with a name for screen readers."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._parts: list[str] = []
        self._kinds: dict[Kind, None] = {}

    def below(self, height: float) -> float:
        """Takes so much room below what is there, and says where it begins."""
        top = self.height
        self.height += height
        return top

    def box(self, x: float, y: float, width: float, height: float, kind: Kind | Literal["track"]) -> None:
        """A surface in the pattern of its kind; an idle one is an outline."""
        if width <= 0:
            return
        if kind == "idle":
            edge = f'fill="{inks.PAPER}" stroke="{inks.MUTED}" stroke-width="1"'
            inside = f'width="{max(width - 1, 0.5):.1f}" height="{height - 1:g}"'
            self._add(f'<rect x="{x + 0.5:g}" y="{y + 0.5:g}" {inside} {edge}/>')
            return
        self._add(f'<rect x="{x:g}" y="{y:g}" width="{width:.1f}" height="{height:g}" fill="{self._fill(kind)}"/>')

    def line(
        self, points: Sequence[tuple[float, float]], *, colour: str = inks.INK, width: float = 2, dashes: str = ""
    ) -> None:
        """A line through points."""
        if len(points) < 2:
            return
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._add(f'<path fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed} d="{d}"/>')

    def limit(self, x: float, top: float, bottom: float, *, dashed: bool = False) -> None:
        """An upright line over bars, with an edge of paper so that it is seen on dark ones too."""
        self.line([(x, top), (x, bottom)], colour=inks.PAPER, width=5)
        self.line([(x, top), (x, bottom)], dashes="3 2" if dashed else "")

    def words(
        self,
        x: float,
        y: float,
        said: str,
        *,
        size: float = SIZE,
        anchor: Anchor = "start",
        strong: bool = False,
        muted: bool = False,
    ) -> None:
        """Words whose foot line is at `y`."""
        weight = ' font-weight="600"' if strong else _PLAIN
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        colour = inks.MUTED if muted else inks.INK
        self._add(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"{weight}{place}>{escape(said)}</text>'
        )

    def mark(self, kind: Kind, x: float, y: float, size: float = 10) -> None:
        """The shape of a kind around a point."""
        self._add(inks.shape(kind, x, y, size))

    def dot(self, x: float, y: float, colour: str, *, hollow: bool = False) -> None:
        """A point of a line."""
        fill = inks.PAPER if hollow else colour
        self._add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>')

    def svg(self, says: str, name: str) -> str:
        """The drawing; `says` is its accessible name, `name` a word for its ids."""
        return self._whole(f'role="img" aria-label="{escape(says)}"', name, "")

    def standing_alone(self, name: str) -> str:
        """The drawing as a file of its own, in the font that documents are set in."""
        return self._whole(f'xmlns="http://www.w3.org/2000/svg" font-family="{_FAMILY}"', name, _THICKER)

    def _whole(self, attributes: str, name: str, plain: str) -> str:
        size = f'viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}" height="{self.height:g}"'
        patterns = "".join(inks.pattern(kind, f"{_SLOT}{kind}") for kind in self._kinds)
        drawn = (f"<defs>{patterns}</defs>" if patterns else "") + "".join(self._parts)
        return f"<svg {size} {attributes}>{drawn.replace(_SLOT, f'{name}-').replace(_PLAIN, plain)}</svg>"

    def _fill(self, kind: Kind | Literal["track"]) -> str:
        if kind == "track":
            return inks.TRACK
        if not inks.is_patterned(kind):
            return inks.COLOURS[kind]
        self._kinds[kind] = None
        return f"url(#{_SLOT}{kind})"

    def _add(self, part: str) -> None:
        self._parts.append(part)


_PLAIN: Final = "\x01"
"""Where plain words begin."""
_THICKER: Final = f' stroke="{inks.INK}" stroke-width="0.4"'
"""Drawings in documents get the thinnest letters of the font that changes its weight: an edge makes them plain."""
_SLOT: Final = "\x00"
"""Where a drawing's own name goes into its ids; a character that no text of a page has."""


def legend(canvas: Canvas, entries: Iterable[tuple[Sign, str]]) -> None:
    """What the signs mean, in as many lines as it takes."""
    x, y = 0.0, canvas.below(22) + 15
    for sign, said in entries:
        wide = 18.0 + reach(said, SMALL) + 16
        if x and x + wide - 16 > canvas.width:
            x, y = 0.0, canvas.below(20) + 15
        _sign(canvas, sign, x, y - 4)
        canvas.words(x + 20, y, said, size=SMALL, muted=True)
        x += wide + 4


def _sign(canvas: Canvas, sign: Sign, x: float, y: float) -> None:
    match sign:
        case "line":
            canvas.line([(x + 7, y - 7), (x + 7, y + 7)])
        case "dash":
            canvas.line([(x + 7, y - 7), (x + 7, y + 7)], dashes="3 2")
        case "plan":
            canvas.line([(x, y), (x + 15, y)], dashes="5 3")
        case "actual":
            canvas.line([(x, y), (x + 15, y)], colour=inks.COLOURS["accent"], width=3)
        case _:
            canvas.mark(sign, x + 7, y)
