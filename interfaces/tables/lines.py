"""Rows under known headings, read cell by cell; mistakes are collected, never raised."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from interfaces.tables.cells import CellRefused, half_width
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.table import LONGEST_CELL, Row, Table

_LOOK_FOR_HEADINGS: Final = 10
"""A title and notes may stand above the headings."""
_SHOWN: Final = 60
"""Characters of a wrong value that a fault repeats."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by the heading that templates print and the other headings offices use for it."""

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the columns of a table are, and what the file itself calls them.

    `unread` are headings that nothing is read from.
    """

    heading_row: int
    places: Mapping[str, int]
    headings: Mapping[str, str]
    width: int
    rows: tuple[Row, ...]
    unread: tuple[str, ...]
    faults: tuple[Fault, ...]


def lay_out(table: Table, columns: Sequence[Column]) -> Layout:
    """Finds the heading row, among the first ten the one with the most known headings, and its columns.

    Required headings that are missing and headings that come twice are faults of the layout.
    """
    known = {_heading(name): column for column in columns for name in (column.heading, *column.aliases)}
    index = _heading_index(table, known)
    row = table.rows[index]
    found: dict[str, list[int]] = {}
    unread: list[str] = []
    for place, text in enumerate(row.cells):
        column = known.get(_heading(text))
        if column is not None:
            found.setdefault(column.field, []).append(place)
        elif text:
            unread.append(text)
    headings = {c.field: row.cells[found[c.field][0]] if c.field in found else c.heading for c in columns}
    return Layout(
        heading_row=row.number,
        places={name: places[0] for name, places in found.items()},
        headings=headings,
        width=len(row.cells),
        rows=table.rows[index + 1 :],
        unread=tuple(unread),
        faults=_heading_faults(row.number, columns, found, is_empty=index + 1 == len(table.rows)),
    )


class Line:
    """One row while it is read: hands out values and keeps what was wrong."""

    def __init__(self, row: Row, layout: Layout) -> None:
        self.row = row
        self.faults: list[Fault] = []
        self._layout = layout
        for place in range(layout.width, len(row.cells)):
            if row.cells[place]:
                self._add(row.cells[place], Reason.BEYOND_HEADINGS, row.cells[place])

    def text(self, field: str) -> str:
        """The text of a cell; empty for a cell whose content cannot be taken, which is then a fault."""
        place = self._layout.places.get(field)
        if place is None:
            return ""
        text, flaw = self.row.cell(place), self.row.flaws.get(place)
        if flaw is None:
            return text
        self.refuse(field, flaw, text, str(LONGEST_CELL) if flaw is Reason.TOO_LONG else "")
        return ""

    def read(self, field: str, meaning: Callable[[str], T], otherwise: T) -> T:
        """What a cell means, or `otherwise` where it is empty or wrong."""
        text = self.text(field)
        if not text:
            return otherwise
        try:
            return meaning(text)
        except CellRefused as wrong:
            self.refuse(field, wrong.reason, wrong.value or text, wrong.hint)
            return otherwise

    def need(self, *fields: str) -> None:
        """Adds a fault for each of the cells that is empty."""
        for field in fields:
            place = self._layout.places.get(field)
            if place is not None and not self.row.cell(place):
                self.refuse(field, Reason.MISSING)

    def refuse(self, field: str, reason: Reason, value: str = "", hint: str = "") -> None:
        """Adds a fault under the column's heading."""
        self._add(self._layout.headings[field], reason, value, hint)

    def is_wrong(self, field: str) -> bool:
        """Whether the cell already has a fault."""
        return any(fault.column == self._layout.headings[field] for fault in self.faults)

    def in_order(self) -> list[Fault]:
        """The faults in the order of the columns."""
        order = {self._layout.headings[name]: place for name, place in self._layout.places.items()}
        return sorted(self.faults, key=lambda fault: order.get(fault.column, len(order)))

    def _add(self, column: str, reason: Reason, value: str = "", hint: str = "") -> None:
        shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        self.faults.append(Fault(row=self.row.number, column=column, reason=reason, value=shown, hint=hint))


def _heading(text: str) -> str:
    return re.sub(r"[\s*]", "", half_width(text)).lower()


def _heading_index(table: Table, known: Mapping[str, Column]) -> int:
    matches = [sum(_heading(text) in known for text in row.cells) for row in table.rows[:_LOOK_FOR_HEADINGS]]
    return max(range(len(matches)), key=matches.__getitem__)


def _heading_faults(
    row: int, columns: Sequence[Column], found: Mapping[str, list[int]], *, is_empty: bool
) -> tuple[Fault, ...]:
    faults: list[Fault] = []
    for column in columns:
        places = found.get(column.field, [])
        if column.required and not places:
            faults.append(Fault(row=row, column=column.heading, reason=Reason.HEADING_MISSING))
        elif len(places) > 1:
            hint = "、".join(str(place + 1) for place in places)
            faults.append(Fault(row=row, column=column.heading, reason=Reason.HEADING_TWICE, hint=hint))
    if is_empty and not faults:
        faults.append(Fault(row=row, column="", reason=Reason.NO_ROWS))
    return tuple(faults)
