"""Files as offices, and people who mean no good, send them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

IMPORTS = Path(__file__).parents[2] / "data" / "imports"
DELEGATE_HEADINGS = ("代表证号", "姓名", "性别", "代表团", "民族", "专门委员会成员", "所在单位")


def sent(name: str) -> bytes:
    return (IMPORTS / name).read_bytes()


def csv_of(*rows: Sequence[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows without quoting, so that a test can break them."""
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def xlsx_of(*rows: Sequence[object], then: Callable[[Worksheet], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if then is not None:
        then(sheet)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def repacked(archive: bytes, *, changed: Mapping[str, bytes]) -> bytes:
    """The same zip with some parts put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def with_shared_strings(archive: bytes) -> bytes:
    """The list of contents of a workbook, naming a part of shared strings as Excel writes it."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        listed = opened.read("[Content_Types].xml").decode()
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    return listed.replace("</Types>", entry + "</Types>").encode()
