"""CSV files: which encoding, which separator, which rows."""

import csv
import io
import re
from typing import Final

from interfaces.tables.faults import Reason, UnreadableTable
from interfaces.tables.table import Row, Table, refuse_unless_within, row_of

_SEPARATORS: Final = ",;\t"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff]")
_TELLING: Final = 6
"""So many Chinese characters in a line that is right UTF-8 do not come about in GB 18030 by chance."""


def read_plain_text(data: bytes) -> Table:
    """The table in a CSV file; raises UnreadableTable.

    UTF-8 with or without its mark, GB 18030 (Excel's own in China) and UTF-16 with a mark are read; the separator is
    the one most frequent in the first line of comma, semicolon and tab. Rows count as a spreadsheet counts them: a
    cell of several lines is still one row.
    """
    text = decoded(data)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, raw in enumerate(reader, start=1):
            row = row_of(number, raw)
            if row is not None:
                refuse_unless_within(len(rows) + 1, len(row.cells))
                rows.append(row)
    except csv.Error as error:
        raise UnreadableTable(reason=Reason.BROKEN_QUOTES, row=number + 1) from error
    if not rows:
        raise UnreadableTable(reason=Reason.EMPTY)
    return Table(rows=tuple(rows))


def decoded(data: bytes) -> str:
    """The text of the bytes; raises UnreadableTable with the row where the encoding is unknown or changes."""
    if data.startswith(_UTF_16_MARKS):
        return _or_refuse(data, "utf-16")
    if b"\0" in data:
        raise UnreadableTable(reason=Reason.NOT_A_TABLE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _gb18030(data)


def _gb18030(data: bytes) -> str:
    lines = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if _is_telling_utf8(line):
            raise UnreadableTable(reason=Reason.MIXED_ENCODINGS, row=_first_other(lines) or number)
    text = _or_refuse(data, "gb18030")
    private = _PRIVATE.search(text)
    if private:
        raise UnreadableTable(reason=Reason.UNKNOWN_ENCODING, row=text.count("\n", 0, private.start()) + 1)
    return text


def _or_refuse(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(reason=Reason.UNKNOWN_ENCODING, row=row) from error


def _is_telling_utf8(line: bytes) -> bool:
    try:
        return len(_HAN.findall(line.decode("utf-8"))) >= _TELLING
    except UnicodeDecodeError:
        return False


def _first_other(lines: list[bytes]) -> int:
    """The first line that is no UTF-8, where the file changes its encoding."""
    for number, line in enumerate(lines, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 0


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=unquoted.count)
