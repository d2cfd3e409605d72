"""A file that an office sends, as rows of text; CSV and XLSX are told apart by content, never by name."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from interfaces.tables.faults import Reason, UnreadableTable

LARGEST_FILE: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 5_000
"""Characters of one cell."""

_SPACES: Final = str.maketrans(
    {"\u00a0": " ", "\u3000": " ", "\r": None, "\u200b": None, "\ufeff": None, "\u00ad": None}
)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
_JOINERS: Final = frozenset("\u200c\u200d\u180e")
"""Mongolian and some other scripts need these between letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that holds something; `number` is the one the spreadsheet shows beside it.

    `flaws` are cells whose content cannot be taken as text, by their place from 0.
    """

    number: int
    cells: tuple[str, ...]
    flaws: Mapping[int, Reason] = field(default_factory=dict)

    def cell(self, place: int) -> str:
        """The text at a place; nothing where the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows of a file that hold something, the headings among them."""

    rows: tuple[Row, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row."""
        return self.rows[0].cells


def row_of(number: int, raw: list[str], flaws: Mapping[int, Reason] | None = None) -> Row | None:
    """A row with tidy cells and their flaws; nothing for a row without any content."""
    cells = [tidy(text) for text in raw]
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        return None
    found = {place: flaw for place, text in enumerate(cells) if (flaw := flaw_of(text)) is not None}
    return Row(number=number, cells=tuple(cells), flaws={**found, **(flaws or {})})


def tidy(text: str) -> str:
    """Text without the spaces and invisible marks that copying from pages and documents leaves behind."""
    return unicodedata.normalize("NFC", text.translate(_SPACES)).strip()


def flaw_of(text: str) -> Reason | None:
    """Why this text may not stand in a cell, if so: too long, control characters, or a formula's beginning."""
    if len(text) > LONGEST_CELL:
        return Reason.TOO_LONG
    if any(unicodedata.category(c) in _INVISIBLE and c not in "\n\t" and c not in _JOINERS for c in text):
        return Reason.CONTROL_CHARACTER
    return Reason.FORMULA if text.startswith("=") else None


def refuse_unless_within(rows: int, columns: int) -> None:
    """Raises UnreadableTable for more rows or columns than an import takes."""
    if rows > MOST_ROWS:
        raise UnreadableTable(reason=Reason.TOO_MANY_ROWS, hint=str(MOST_ROWS))
    if columns > MOST_COLUMNS:
        raise UnreadableTable(reason=Reason.TOO_MANY_COLUMNS, hint=str(MOST_COLUMNS))
