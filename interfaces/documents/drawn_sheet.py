"""Draws a list into a workbook; what it is and what may be in it says `workbook`."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from interfaces.documents.archive import settled
from interfaces.documents.workbook import LONGEST_TEXT, SheetHeading, Value
from interfaces.documents.written import printable

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDEST, _NARROWEST = 48, 8
_MEASURED_ROWS: Final = 500
_LINE_POINTS, _HIGHEST = 14.5, 409.0
_NARROW_MARGIN: Final = 0.4
"""Inches, so that wide lists print larger."""
_FORMATS: Final = {int: "0", Decimal: "#,##0.######", date: "yyyy-mm-dd"}
_HEADING_FONT: Final = Font(name="宋体", size=11, bold=True)
_FONT: Final = Font(name="宋体", size=11)
_TITLE_FONT: Final = Font(name="宋体", size=16, bold=True)
_LINE: Final = Side(style="thin", color="FF999999")
_GRID: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SOFT: Final = PatternFill("solid", fgColor="FFF0F1F3")
_MOMENT: Final = b"2000-01-01T00:00:00Z"
"""In place of the time of writing, so that the same list gives the same bytes."""


def drawn(
    title: str,
    columns: Sequence[SheetHeading],
    rows: Sequence[Sequence[Value]],
    *,
    caption: str,
    notes: Sequence[str],
) -> bytes:
    """The workbook with its list and, where there are notes, a second sheet with these."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = _sheet_name(title)
    top = _write_caption(page, caption, len(columns))
    _write_row(page, top, [column.words for column in columns], _HEADING_FONT, columns=(), centred=True)
    for number, row in enumerate(rows, start=top + 1):
        _write_row(page, number, row, _FONT, columns=columns)
    widths = _set_widths(page, columns, rows)
    _set_heights(page, top, widths, [[column.words for column in columns], *rows])
    _set_up_print(page, top, is_wide=len(columns) > 6)
    if notes:
        _write_notes(book.create_sheet("填写说明"), notes)
    return _saved(book, caption or title)


def _write_caption(page: Worksheet, caption: str, width: int) -> int:
    """The row of the headings, below the caption if there is one."""
    if not caption:
        return 1
    _put(page.cell(row=1, column=1), caption, _TITLE_FONT, "")
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    page.cell(row=1, column=1).alignment = Alignment(horizontal="center", vertical="center")
    page.row_dimensions[1].height = 30
    return 2


def _write_row(
    page: Worksheet,
    number: int,
    values: Sequence[Value],
    font: Font,
    *,
    columns: Sequence[SheetHeading],
    centred: bool = False,
) -> None:
    for place, value in enumerate(values):
        cell = page.cell(row=number, column=place + 1)
        _put(cell, value, font, columns[place].number_format if columns else "")
        cell.border = _GRID
        side = "center" if centred or isinstance(value, (int, date)) else None
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        if centred:
            cell.fill = _SOFT


def _put(cell: Cell | object, value: Value, font: Font, number_format: str) -> None:
    if not isinstance(cell, Cell):
        raise TypeError(cell)
    cell.font = font
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, str):
        _put_text(cell, value)
    elif value is not None:
        cell.value = value
        cell.number_format = number_format or _FORMATS[type(value)]


def _put_text(cell: Cell, text: str) -> None:
    """A text that stays one: its type is set by hand, and the sign for "text" keeps it so when somebody edits it."""
    cell.value = printable(text)[:LONGEST_TEXT]
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(_FORMULA_SIGNS)


def _set_widths(page: Worksheet, columns: Sequence[SheetHeading], rows: Sequence[Sequence[Value]]) -> list[int]:
    widths: list[int] = []
    for place, column in enumerate(columns):
        longest = max((_width(row[place]) for row in rows[:_MEASURED_ROWS]), default=0)
        measured = min(_WIDEST, max(_NARROWEST, _width(column.words) + 2, longest + 2))
        widths.append(column.width or measured)
        page.column_dimensions[get_column_letter(place + 1)].width = widths[-1]
    return widths


def _set_heights(page: Worksheet, first: int, widths: Sequence[int], rows: Sequence[Sequence[Value]]) -> None:
    """Rows of several lines get their height, which not every program finds by itself."""
    for number, row in enumerate(rows, start=first):
        lines = max((_lines(value, width) for value, width in zip(row, widths, strict=True)), default=1)
        if lines > 1:
            page.row_dimensions[number].height = min(_HIGHEST, lines * _LINE_POINTS + 2)


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(_width(line) / (width - 1))) for line in value.splitlines()) or 1


def _width(value: Value) -> int:
    """Columns of half characters that a value takes in its longest line."""
    return max((sum(1 if c.isascii() else 2 for c in line) for line in str(value or "").splitlines()), default=0)


def _set_up_print(page: Worksheet, heading_row: int, *, is_wide: bool) -> None:
    page.freeze_panes = f"A{heading_row + 1}"
    page.print_title_rows = f"{heading_row}:{heading_row}"
    page.page_setup.paperSize = 9
    page.page_setup.orientation = "landscape" if is_wide else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    if page.sheet_properties.pageSetUpPr is not None:
        page.sheet_properties.pageSetUpPr.fitToPage = True
    footer = page.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "第 &P 页 共 &N 页"
    page.page_margins.left = page.page_margins.right = _NARROW_MARGIN
    page.print_options.horizontalCentered = True


def _write_notes(page: Worksheet, notes: Sequence[str]) -> None:
    page.column_dimensions["A"].width = 90
    for number, note in enumerate(notes, start=1):
        cell = page.cell(row=number, column=1)
        _put(cell, note, _FONT, "")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those that a spreadsheet refuses."""
    return printable(title).translate(_FORBIDDEN_IN_NAMES).strip()[:31] or "表"


def _saved(book: Workbook, title: str) -> bytes:
    book.properties.title, book.properties.creator = printable(title), "票决"
    book.properties.language = "zh-CN"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), _MOMENT)
