"""The mark of a congress on sheets for the public: its characters drawn like a seal, in its colour."""

from dataclasses import dataclass
from typing import Final

from domain.congress.look import Colour

INKS: Final = {
    Colour.CRIMSON: "#9f1d20",
    Colour.INDIGO: "#1f4e8c",
    Colour.PINE: "#15573c",
    Colour.PLUM: "#6a2c6b",
    Colour.UMBER: "#6f4300",
    Colour.SLATE: "#37474f",
}
"""The same as in tokens.css; white on each, and each on white, is above 7 : 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One to four characters, empty for none, and the colour of the sheet."""

    emblem: str = ""
    ink: str = INKS[Colour.CRIMSON]


def mark_of(emblem: str, colour: str) -> Mark:
    """The mark in the colour that was chosen."""
    return Mark(emblem=emblem, ink=INKS[Colour(colour)])
