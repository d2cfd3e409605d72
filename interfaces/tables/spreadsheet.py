"""XLSX files: opened only after their parts were weighed, read for values alone, never for formulas or macros."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Final

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell

from interfaces.tables.faults import Reason, UnreadableTable
from interfaces.tables.table import MOST_COLUMNS, MOST_ROWS, Row, Table, refuse_unless_within, row_of

_LARGEST_UNPACKED: Final = 40 * 1024 * 1024
_HIGHEST_RATIO: Final = 200
_SMALL_PART: Final = 1024 * 1024
_MOST_PARTS: Final = 500
_MOST_WRITTEN_ROWS: Final = 3 * MOST_ROWS
_WORKBOOK: Final = "xl/workbook.xml"
_MACRO_PARTS: Final = re.compile(r"vbaproject|\.bin$|/macrosheets/|/dialogsheets/", re.IGNORECASE)
_HARMLESS_BINARY: Final = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
_FLAWS: Final = {"f": Reason.FORMULA, "e": Reason.ERROR_CELL}
_ZEROS: Final = re.compile(r"0+")
_SIGNIFICANT_DIGITS: Final = 15
"""As many as a spreadsheet keeps; 0.1 + 0.2 is stored with 17 and shown as 0.3."""


def read_spreadsheet(data: bytes) -> Table:
    """The first visible sheet of a workbook as text; raises UnreadableTable."""
    _weigh(data)
    try:
        rows = tuple(_rows_of(data))
    except UnreadableTable:
        raise
    except Exception as error:  # a crafted file makes the libraries below raise nearly anything
        raise UnreadableTable(reason=Reason.DAMAGED) from error
    if not rows:
        raise UnreadableTable(reason=Reason.EMPTY)
    return Table(rows=rows)


def number_text(value: float, number_format: str = "General") -> str:
    """A number as exact text: 1 for 1.0, no exponent, leading zeros where the cell's format shows them."""
    if not isfinite(value):
        return str(value)
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}")
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) and text.isdigit() else text


def _weigh(data: bytes) -> None:
    """The sizes a zip states bind its reader, so a bomb is known before a byte of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise UnreadableTable(reason=Reason.DAMAGED) from error
    names = {part.filename for part in parts}
    if _WORKBOOK not in names:
        raise UnreadableTable(reason=Reason.NOT_A_TABLE)
    if any(_MACRO_PARTS.search(name) and not _HARMLESS_BINARY.search(name) for name in names):
        raise UnreadableTable(reason=Reason.MACROS)
    swollen = any(p.file_size > max(_SMALL_PART, p.compress_size * _HIGHEST_RATIO) for p in parts)
    if swollen or len(parts) > _MOST_PARTS or sum(p.file_size for p in parts) > _LARGEST_UNPACKED:
        raise UnreadableTable(reason=Reason.UNPACKS_TOO_LARGE)


def _rows_of(data: bytes) -> Iterator[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise UnreadableTable(reason=Reason.EMPTY)
        sheet = visible[0]
        sheet.reset_dimensions()  # the size that a file states for a sheet is often wrong
        for number, line in _written_lines(sheet.iter_rows(max_col=MOST_COLUMNS + 1)):
            row = _row(number, line)
            if row is not None:
                refuse_unless_within(number, len(row.cells))
                yield row


def _written_lines(lines: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The rows that the file holds with their numbers; the gaps between them are left out.

    A row far below all others is still seen, so that nothing is left out silently; formatted rows without content are
    borne with up to a limit.
    """
    written = 0
    gap: tuple[object, ...] | None = None
    for number, line in enumerate(lines, start=1):
        if line is gap:
            continue
        gap = line  # the library hands out one and the same tuple for every row of a gap
        written += 1
        if written > _MOST_WRITTEN_ROWS:
            raise UnreadableTable(reason=Reason.TOO_MANY_ROWS, hint=str(MOST_ROWS))
        yield number, line


def _row(number: int, line: Iterable[object]) -> Row | None:
    flaws: dict[int, Reason] = {}
    texts: list[str] = []
    for place, cell in enumerate(line):
        if not isinstance(cell, ReadOnlyCell):
            texts.append("")
            continue
        if cell.data_type in _FLAWS:
            flaws[place] = _FLAWS[cell.data_type]
        texts.append(_text(cell))
    return row_of(number, texts, flaws)


def _text(cell: ReadOnlyCell) -> str:
    match value := cell.value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return number_text(value, cell.number_format or "General")
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
    return str(value)
