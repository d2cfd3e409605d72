"""What charts are drawn with: one colour, one pattern and one shape for each kind, so that none needs the colour.

The colours are those of `static/css/tokens.css` (a test holds them together); an SVG in a document knows no style
sheet, so they stand here as presentation attributes, which a strict Content-Security-Policy allows.
"""

from typing import Final, Literal

Kind = Literal["ok", "warn", "orange", "bad", "info", "idle", "dark", "accent"]
"""The kinds of `tag` in base/macros.html, and `dark` for what has ended; `accent` is the one colour of plain bars."""

Sign = Kind | Literal["line", "dash", "plan", "actual"]
"""What a legend explains: kinds, a mark over bars, and the two lines of a curve."""

INK: Final = "#1f2328"
MUTED: Final = "#57606a"
LINE: Final = "#d8dde3"
TRACK: Final = "#e7eaee"
PAPER: Final = "#fff"

COLOURS: Final[dict[Kind, str]] = {
    "ok": "#187645",
    "warn": "#8a5a00",
    "orange": "#9a3412",
    "bad": "#b42318",
    "info": "#1f5fa8",
    "idle": "#57606a",
    "dark": "#1f2328",
    "accent": "#9f1d20",
}

_STROKES: Final[dict[Kind, str]] = {
    "warn": "M-1 7 7 -1M-1 1 1 -1M5 7 7 5",
    "orange": "M-1 -1 7 7M-1 5 1 7M5 -1 7 1",
    "bad": "M-1 7 7 -1M-1 -1 7 7",
    "info": "M0 3H6",
    "dark": "M3 0V6",
}
"""Tiles of 6 × 6: stripes, a lattice, level and upright lines, in white over the colour. The others are plain."""


def is_patterned(kind: Kind) -> bool:
    """Whether the kind's surface has lines of its own."""
    return kind in _STROKES


def pattern(kind: Kind, name: str) -> str:
    """The `<pattern>` of a kind under an id that no other drawing of the page has."""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path fill="{COLOURS[kind]}" d="M0 0h6v6h-6z"/>'
        f'<path fill="none" stroke="{PAPER}" stroke-width="1.4" d="{_STROKES[kind]}"/></pattern>'
    )


def shape(kind: Kind, x: float, y: float, size: float) -> str:
    """The mark of a kind around a point: circle, diamond, square, triangle up or down, ring or cross."""
    colour, half = COLOURS[kind], size / 2
    outline = f'fill="none" stroke="{colour}" stroke-width="2"'
    match kind:
        case "idle":
            return f'<circle cx="{x:g}" cy="{y:g}" r="{half - 1:g}" {outline}/>'
        case "dark":
            reach = half - 1
            across = f"l{2 * reach:g} {2 * reach:g}m0 {-2 * reach:g}l{-2 * reach:g} {2 * reach:g}"
            return f'<path {outline} d="M{x - reach:g} {y - reach:g}{across}"/>'
        case "warn":
            out = half + 1
            d = f"M{x:g} {y - out:g}l{out:g} {out:g}l{-out:g} {out:g}l{-out:g} {-out:g}z"
        case "bad":
            d = f"M{x - half:g} {y - half:g}h{size:g}v{size:g}h{-size:g}z"
        case "orange":
            d = f"M{x - half:g} {y - half:g}h{size:g}l{-half:g} {size:g}z"
        case "info":
            d = f"M{x:g} {y - half:g}l{half:g} {size:g}h{-size:g}z"
        case _:
            return f'<circle cx="{x:g}" cy="{y:g}" r="{half:g}" fill="{colour}"/>'
    return f'<path fill="{colour}" d="{d}"/>'
