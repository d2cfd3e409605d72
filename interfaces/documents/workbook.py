"""Lists as .xlsx with Chinese headings: ready to print, numbers as numbers, and no cell that could run as a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
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
from interfaces.documents.written import printable

Value = str | int | Decimal | date | bool | None

LONGEST_TEXT: Final = 32_767
"""Characters that a cell of a spreadsheet holds."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHeading:
    """A column: its heading, a width in characters (measured from the content where it is 0), its number format."""

    words: str
    width: int = 0
    number_format: str = ""


def sheet(
    title: str,
    headings: Sequence[str | SheetHeading],
    rows: Sequence[Sequence[Value]],
    *,
    caption: str = "",
    notes: Sequence[str] = (),
) -> bytes:
    """One list as a workbook; also a template for imports, where `rows` is empty or holds an example.

    `caption` is printed above the headings, `notes` on a second sheet, which an import does not read. Texts stay
    texts whatever they begin with; numbers keep their exact value as far as a spreadsheet can (15 digits).
    """
    columns = [heading if isinstance(heading, SheetHeading) else SheetHeading(words=heading) for heading in headings]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedListLine:
    """One adopted project. Funds in yuan, exported in 万元."""

    number: int
    name: str
    category: str = ""
    content: str = ""
    place: str = ""
    total_funds: Decimal | None = None
    year_funds: Decimal | None = None
    starts_on: date | None = None
    finishes_on: date | None = None
    lead_unit: str = ""
    assisting_units: str = ""
    responsible: str = ""
    votes_for: int | None = None
    code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedListSheet:
    """The annual voted list as a workbook. Votes are left out where the profile publishes the adopted only."""

    congress: str
    year: int
    notice_number: str = ""
    lines: tuple[VotedListLine, ...]
    full_counts: bool = True


def voted_list_workbook(listed: VotedListSheet) -> bytes:
    """The .xlsx of the annual voted list, in the order given."""
    headings = [
        SheetHeading(words="序号", width=5),
        SheetHeading(words="项目名称", width=20),
        SheetHeading(words="类别", width=9),
        SheetHeading(words="建设内容与规模", width=32),
        SheetHeading(words="地点", width=13),
        SheetHeading(words="总投资（万元）", width=11),
        SheetHeading(words="当年投资（万元）", width=11),
        SheetHeading(words="开工时间", width=11),
        SheetHeading(words="完成时间", width=11),
        SheetHeading(words="牵头单位", width=14),
        SheetHeading(words="配合单位", width=15),
        SheetHeading(words="责任人", width=8),
        SheetHeading(words="赞成票", width=7),
        SheetHeading(words="项目编码", width=10),
        SheetHeading(words="公开页", width=21),
    ]
    rows = [_cells(line) for line in listed.lines]
    if not listed.full_counts:
        place = next(n for n, heading in enumerate(headings) if heading.words == "赞成票")
        headings.pop(place)
        rows = [row[:place] + row[place + 1 :] for row in rows]
    notice = f"（{listed.notice_number}）" if listed.notice_number else ""
    caption = f"{listed.congress}{listed.year}年度民生实事项目票决清单{notice}"
    return sheet(f"{listed.year}年度票决清单", headings, rows, caption=caption)


def _cells(line: VotedListLine) -> list[Value]:
    return [
        line.number,
        line.name,
        line.category,
        line.content,
        line.place,
        _in_ten_thousands(line.total_funds),
        _in_ten_thousands(line.year_funds),
        line.starts_on,
        line.finishes_on,
        line.lead_unit,
        line.assisting_units,
        line.responsible,
        line.votes_for,
        line.code,
        line.address,
    ]


def _in_ten_thousands(yuan: Decimal | None) -> Decimal | None:
    return None if yuan is None else yuan / 10_000


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
