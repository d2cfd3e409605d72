"""Lists as .xlsx with Chinese headings: ready to print, numbers as numbers, and no cell that could run as a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from interfaces.web._base.language import worded

Value = str | int | Decimal | date | bool | None

LONGEST_TEXT: Final = 32_767
"""Characters that a cell of a spreadsheet holds."""


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
    from interfaces.documents.drawn_sheet import drawn  # noqa: PLC0415 -- openpyxl takes long to load

    columns = [heading if isinstance(heading, SheetHeading) else SheetHeading(words=heading) for heading in headings]
    return drawn(title, columns, rows, caption=caption, notes=notes)


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
    how: str = ""
    """How it came onto the list where that was not the first ballot."""
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
        SheetHeading(words="列入方式", width=16),
        SheetHeading(words="项目编码", width=10),
        SheetHeading(words="公开页", width=21),
    ]
    rows = [_cells(line) for line in listed.lines]
    left_out = set() if listed.full_counts else {"赞成票"}
    if not any(line.how for line in listed.lines):
        left_out.add("列入方式")
    shown = [place for place, heading in enumerate(headings) if heading.words not in left_out]
    headings, rows = [headings[place] for place in shown], [[row[place] for place in shown] for row in rows]
    notice = f"（{listed.notice_number}）" if listed.notice_number else ""
    list_of = worded("年度票决清单")
    caption = f"{listed.congress}{listed.year}年度民生实事项目{worded('票决清单')}{notice}"
    return sheet(f"{listed.year}{list_of}", headings, rows, caption=caption)


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
        line.how or worded("票决"),
        line.code,
        line.address,
    ]


def _in_ten_thousands(yuan: Decimal | None) -> Decimal | None:
    return None if yuan is None else yuan / 10_000
