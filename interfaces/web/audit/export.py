"""The trail as a file: all that a filter finds, newest first."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from interfaces.composition import House
from interfaces.documents.plain_sheet import MEDIA_TYPE, csv_lines
from interfaces.documents.workbook import SheetHeading, sheet
from interfaces.web._base.language import gettext as _
from interfaces.web.audit.reading import Line, lines
from interfaces.web.roll.views import as_workbook
from projections import audit_trail
from projections.audit_trail import Asked

AT_ONCE: Final = 1000
MOST_ROWS: Final = 10_000
"""Lines of a workbook, which must be made as a whole; a .csv has them all."""


def as_xlsx(house: House, asked: Asked, title: str) -> Response:
    """A workbook of the newest lines."""
    rows = [row for _number, row in zip(range(MOST_ROWS + 1), _rows(house, asked), strict=False)]
    notes = []
    if len(rows) > MOST_ROWS:
        notes = [_("只有最近的 %(n)s 条；全部记录请导出 CSV。", n=MOST_ROWS)]
    columns = [
        SheetHeading(words=words, width=width)
        for words, width in zip(_headings(), (8, 20, 12, 18, 24, 48), strict=True)
    ]
    content = sheet(_("操作记录"), columns, rows[:MOST_ROWS], caption=title, notes=notes)
    return as_workbook(content, f"{title}.xlsx")


def as_csv(house: House, asked: Asked, title: str) -> Response:
    """All lines, sent as they are read."""
    disposition = f"attachment; filename*=UTF-8''{quote(title)}.csv"
    return StreamingResponse(
        csv_lines(_headings(), _rows(house, asked)),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": disposition},
    )


def _headings() -> list[str]:
    return [_("序号"), _("时间"), _("谁"), _("做了什么"), _("关于"), _("说明")]


def _rows(house: House, asked: Asked) -> Iterator[list[str]]:
    before: int | None = None
    while True:
        with house.reading.connect() as connection:
            found = audit_trail.entries(connection, asked, before=before, limit=AT_ONCE)
            told = lines(house, connection, found)
        yield from map(_row, told)
        if len(found) < AT_ONCE:
            return
        before = found[-1].position


def _row(line: Line) -> list[str]:
    entry = line.entry
    return [str(entry.position), f"{entry.at:%Y-%m-%d %H:%M:%S}", line.who, line.act, entry.subject, line.said]
