"""Lists as .csv: readable by every spreadsheet, and no cell that one of them would run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from interfaces.documents.written import printable

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets of Chinese Windows read UTF-8 as GBK."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The list line by line, its headings first; texts that begin like a formula get an apostrophe in front."""
    yield _BYTE_ORDER_MARK + _line(headings)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_harmless(printable(cell)) for cell in cells])
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
