"""A chart as pages and documents take it: the drawing in two widths, its name, and the table behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from markupsafe import Markup

from interfaces.web._base.charts.canvas import Canvas
from interfaces.web._base.language import gettext as _

NARROW: Final = 340.0
"""Fits a phone; on a desk it stands beside others."""
WIDE: Final = 680.0
"""Fills a panel and a printed page."""
PAPER: Final = 560.0
"""Over the type area of an official paper (156 mm) its words are of ten points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Drawn numbers. `{{ chart }}` in a template gives the figure with its table, ready to stand in a page."""

    title: str
    says: str
    """The figures in one sentence, for those who do not see the drawing."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The table behind the drawing."""
    draw: Callable[[float], Canvas]
    note: str = ""
    """What the figures are of, below the drawing."""

    def __html__(self) -> Markup:
        """The figure for a place beside others and for a phone."""
        return self._figure(self.svg(NARROW), "")

    def large(self) -> Markup:
        """The figure over the whole width: two drawings, of which the style sheet shows the one that fits."""
        wide, narrow = self.svg(WIDE), self.svg(NARROW)
        both = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>').format(wide, narrow)
        return self._figure(both, " chart-large")

    def bare(self) -> Markup:
        """The drawing alone, where the page has its numbers beside it."""
        return self.svg(NARROW)

    def svg(self, width: float) -> Markup:
        """The drawing in a width, named for screen readers."""
        said = f"{self.title}{_('：')}{self.says}" if self.says else self.title
        return Markup(self.draw(width).svg(said, self._name(width)))  # noqa: S704 -- the canvas escapes every text

    def picture(self) -> str:
        """The drawing as a file of its own, for a document."""
        return self.draw(PAPER).standing_alone(self._name(PAPER))

    def _name(self, width: float) -> str:
        return f"c{crc32(repr((self.title, self.rows, width)).encode()):08x}"

    def _figure(self, drawn: Markup, css: str) -> Markup:
        note = Markup('<p class="chart-note">{}</p>').format(self.note) if self.note else Markup()
        return Markup(
            '<figure class="chart{}"><figcaption>{}</figcaption>{}{}'
            '<details><summary>{}<span class="visually-hidden">{}{}</span></summary>{}</details></figure>'
        ).format(css, self.title, drawn, note, _("数据表"), _("："), self.title, self._table())

    def _table(self) -> Markup:
        head = Markup().join(Markup('<th scope="col">{}</th>').format(one) for one in self.headings)
        body = Markup().join(
            Markup('<tr><th scope="row">{}</th>{}</tr>').format(
                first, Markup().join(Markup('<td class="num">{}</td>').format(one) for one in rest)
            )
            for first, *rest in self.rows
        )
        return Markup(
            '<div class="scroll" role="group" aria-label="{}" tabindex="0"><table class="table">'
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
        ).format(self.title, head, body)


def said_of(pairs: Sequence[tuple[str, str]], most: int = 12) -> str:
    """Names and figures as one sentence; from a dozen on the table says the rest."""
    told = _("，").join(f"{name} {figure}" for name, figure in pairs[:most])
    return told if len(pairs) <= most else _("%(told)s等 %(n)s 项，见数据表", told=told, n=len(pairs))
