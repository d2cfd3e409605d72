"""A delegate's record 履职记录 as pages and tables show it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from interfaces.documents.workbook import SheetHeading, Value, sheet
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web.supervision.words import DEEDS
from projections.delegate_record import DeedRow
from projections.roll import ListedDelegate


class ShownDeed(NamedTuple):
    """One thing done, in words."""

    row: DeedRow
    deed: str
    words: str
    about: str
    """The project it concerns, where the words do not name it."""


class RecordLine(NamedTuple):
    """A delegate in the office's table."""

    delegate: ListedDelegate
    counts: Counter[str]

    @property
    def total(self) -> int:
        """Everything done in the year."""
        return self.counts.total()


def shown(row: DeedRow) -> ShownDeed:
    """One thing done."""
    words = row.words or row.project_name or _("（照片）")
    about = row.project_name if row.words and row.project_name != row.words else ""
    return ShownDeed(row=row, deed=str(DEEDS[row.deed]), words=words, about=about)


def counted(rows: Iterable[DeedRow]) -> list[tuple[str, int]]:
    """How often each was done, in the order of the year; what was not done is left out."""
    counts = Counter(row.deed for row in rows)
    return [(str(words), counts[deed]) for deed, words in DEEDS.items() if counts[deed]]


def by_month(rows: Sequence[DeedRow]) -> list[tuple[str, list[ShownDeed]]]:
    """Newest month first."""
    return [
        (_("%(year)s 年 %(month)s 月", year=year, month=month), [shown(row) for row in group])
        for (year, month), group in groupby(rows, key=lambda row: (row.on.year, row.on.month))
    ]


def lines(delegates: Iterable[ListedDelegate], counts: Mapping[UUID, Counter[str]]) -> list[RecordLine]:
    """Everybody on the roll, in its order, also who has done nothing."""
    return [RecordLine(one, counts.get(one.id, Counter())) for one in delegates]


def own_workbook(name: str, year: int, rows: Sequence[DeedRow]) -> bytes:
    """One delegate's year."""
    headings = [
        SheetHeading(words="日期", width=12),
        SheetHeading(words="履职方式", width=16),
        SheetHeading(words="内容", width=60),
        SheetHeading(words="项目", width=28),
    ]
    told = [shown(row) for row in reversed(rows)]
    cells: list[list[Value]] = [[one.row.on, one.deed, one.words, one.about] for one in told]
    return sheet(f"{year}年履职记录", headings, cells, caption=f"{name}{worded('代表')} {year} 年履职记录")


def all_workbook(congress: str, year: int, listed: Sequence[RecordLine]) -> bytes:
    """The year of everybody on the roll, in figures."""
    headings = [
        SheetHeading(words=worded("代表证号"), width=9),
        SheetHeading(words="姓名", width=10),
        SheetHeading(words=worded("代表团"), width=16),
        *(SheetHeading(words=str(words), width=9) for words in DEEDS.values()),
        SheetHeading(words="合计", width=7),
    ]
    cells: list[list[Value]] = [
        [
            one.delegate.number,
            one.delegate.name,
            one.delegate.delegation,
            *(one.counts[deed] for deed in DEEDS),
            one.total,
        ]
        for one in listed
    ]
    caption = f"{congress} {year} 年{worded('代表')}履职情况"
    return sheet(f"{year}年履职情况", headings, cells, caption=caption, notes=["只记做了什么，不记怎样投票。"])
