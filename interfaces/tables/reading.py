"""The one way in for a file that somebody sends."""

from typing import Final

from interfaces.tables.faults import Reason, UnreadableTable
from interfaces.tables.plain_text import read_plain_text
from interfaces.tables.table import LARGEST_FILE, Table

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"<")


def read_table(data: bytes) -> Table:
    """The table in a file of at most five MB, by its content; raises UnreadableTable.

    Old .xls files and workbooks with a password are the same container and refused alike.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableTable(reason=Reason.TOO_LARGE, hint=str(LARGEST_FILE // 1024 // 1024))
    if not data.strip():
        raise UnreadableTable(reason=Reason.EMPTY)
    if data.startswith(_OLE):
        raise UnreadableTable(reason=Reason.OLD_EXCEL)
    if data.startswith(_ZIP):
        from interfaces.tables.spreadsheet import read_spreadsheet  # noqa: PLC0415 -- openpyxl takes long to load

        return read_spreadsheet(data)
    if data.lstrip().startswith(_OTHERS):
        raise UnreadableTable(reason=Reason.NOT_A_TABLE)
    return read_plain_text(data)
