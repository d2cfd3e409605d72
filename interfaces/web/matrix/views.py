"""Congress × ask × year: what each cell says on a day, sums of rows and columns, and the same as a workbook."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.asks.ask import AskKind
from domain.congress.congress import Level
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, Value, sheet
from interfaces.web._base.asking import Place
from interfaces.web._base.language import gettext as _
from interfaces.web.asks.words import SHORT_KINDS
from interfaces.web.congress.views import ShownCongress, tree
from interfaces.web.congress.words import LEVELS
from projections import asks_board
from projections.asks_board import Cell
from projections.congress_directory import congresses_below

MOST_YEARS: Final = 10
SIDE_BY_SIDE: Final = 2
"""Years shown unless others are asked for."""
SOON: Final = timedelta(days=15)
LATE: Final = "late"
ALL: Final = ""

Key = tuple[UUID, int, str]


class Mark(NamedTuple):
    """What a cell shows: kind of light, figures, and words that say the same without colour."""

    kind: str
    figure: str
    words: str


class Column(NamedTuple):
    """One ask of one year, with all congresses that are shown together."""

    year: int
    kind: str
    issued: int
    answered: int
    overdue: int
    congresses: int
    """With this ask overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The rows that are shown with their cells, and every column's sum."""

    years: tuple[int, ...]
    """Side by side, the newest first."""
    offered: tuple[int, ...]
    rows: tuple[ShownCongress, ...]
    every: tuple[ShownCongress, ...]
    marks: Mapping[Key, Mark]
    cells: Mapping[Key, Cell]
    columns: tuple[Column, ...]
    level: str
    state: str

    @property
    def late(self) -> int:
        """How many congresses have something overdue in these years."""
        return len({cell.congress for cell in self.cells.values() if cell.overdue})

    @property
    def overdue(self) -> int:
        """All overdue asks that are shown."""
        return sum(column.overdue for column in self.columns)

    @property
    def levels(self) -> list[tuple[str, str, int]]:
        """Each level there is, with how many bodies."""
        there: defaultdict[str, int] = defaultdict(int)
        for row in self.every:
            there[row.congress.level] += 1
        return [(level, str(words), there[level]) for level, words in LEVELS.items() if there[level]]


def matrix(house: House, here: Place, years: Iterable[int] = (), level: str = "", state: str = "") -> Matrix:
    """The congress itself and all below it; years and filters that mean nothing are left aside."""
    with house.reading.connect() as conn:
        return _matrix(conn, here, house.office.today(), tuple(years), level, state)


def _matrix(conn: Connection, here: Place, today: date, asked: tuple[int, ...], level: str, state: str) -> Matrix:
    bodies = [here.congress, *congresses_below(conn, here.congress.id)]
    ids = [one.id for one in bodies]
    offered = tuple(asks_board.years_among(conn, ids)) or (today.year,)
    years = tuple(year for year in offered if year in asked)[:MOST_YEARS] or offered[:SIDE_BY_SIDE]
    found = {(cell.congress, cell.year, cell.kind): cell for cell in asks_board.cells(conn, ids, years, today)}
    with_asks = {key[0] for key in found}
    every = tuple(one for one in tree(bodies) if one.congress.level != Level.STREET or one.congress.id in with_asks)
    level = level if level in set(Level) else ALL
    state = LATE if state == LATE else ALL
    late = {key[0] for key, cell in found.items() if cell.overdue}
    rows = tuple(
        one for one in every if level in (ALL, one.congress.level) and (state == ALL or one.congress.id in late)
    )
    shown = {one.congress.id for one in rows}
    cells = {key: cell for key, cell in found.items() if key[0] in shown}
    return Matrix(
        years=years,
        offered=offered,
        rows=rows,
        every=every,
        marks={key: mark_of(cell, today) for key, cell in cells.items()},
        cells=cells,
        columns=_columns(cells, years),
        level=level,
        state=state,
    )


def mark_of(cell: Cell, today: date) -> Mark:
    """The light of a cell on a day: what is most pressing among its asks."""
    figure = f"{cell.answered}/{cell.issued}"
    waiting = cell.issued - cell.answered
    if cell.overdue and cell.due_on is not None:
        days = (today - cell.due_on).days
        words = _("逾期 %(days)s 天", days=days)
        if cell.escalated:
            words = _("逾期 %(days)s 天，%(step)s 级", days=days, step=cell.escalated)
        return Mark("bad", figure, words)
    if cell.sent_back:
        return Mark("warn", figure, _("退回 %(n)s 件", n=cell.sent_back))
    if cell.open and cell.due_on is not None:
        soon = cell.due_on - today <= SOON
        left = _("剩 %(n)s 天", n=(cell.due_on - today).days)
        return Mark("warn" if soon else "info", figure, left if soon else _due(cell.due_on))
    if waiting:
        return Mark("idle", figure, _("未开始"))
    if cell.approved < cell.issued:
        return Mark("info", figure, _("待认可"))
    return Mark("ok", figure, _("已认可"))


def _due(due_on: date) -> str:
    return _("%(month)s月%(day)s日截止", month=due_on.month, day=due_on.day)


def _columns(cells: Mapping[Key, Cell], years: Iterable[int]) -> tuple[Column, ...]:
    of: defaultdict[tuple[int, str], list[Cell]] = defaultdict(list)
    for (_congress, year, kind), cell in cells.items():
        of[year, kind].append(cell)
    return tuple(_column(year, kind, of[year, kind.value]) for year in years for kind in AskKind)


def _column(year: int, kind: AskKind, of: Sequence[Cell]) -> Column:
    return Column(
        year=year,
        kind=kind.value,
        issued=sum(cell.issued for cell in of),
        answered=sum(cell.answered for cell in of),
        overdue=sum(cell.overdue for cell in of),
        congresses=sum(cell.overdue > 0 for cell in of),
    )


def as_sheet(here: Place, seen: Matrix) -> bytes:
    """One line a congress and year, four columns an ask, sums last."""
    headings: list[str | SheetHeading] = [_("大会"), _("层级"), _("年度")]
    for kind in AskKind:
        words = str(SHORT_KINDS[kind])
        headings += [f"{words}{_('发出')}", f"{words}{_('答复')}", f"{words}{_('逾期')}", f"{words}{_('状态')}"]
    lines = [_line(seen, row, year) for year in seen.years for row in seen.rows]
    caption = _("%(name)s四问一览（%(years)s 年）", name=here.congress.name, years=_("、").join(map(str, seen.years)))
    return sheet(_("四问一览"), headings, [*lines, *(_sums(seen, year) for year in seen.years)], caption=caption)


def _line(seen: Matrix, row: ShownCongress, year: int) -> list[Value]:
    line: list[Value] = [row.congress.name, str(row.level), year]
    for kind in AskKind:
        key = (row.congress.id, year, kind.value)
        cell = seen.cells.get(key)
        figures: list[Any] = [cell.issued, cell.answered, cell.overdue] if cell else [None, None, None]
        line += [*figures, seen.marks[key].words if cell else ""]
    return line


def _sums(seen: Matrix, year: int) -> list[Value]:
    line: list[Value] = [_("合计"), "", year]
    for column in seen.columns:
        if column.year == year:
            line += [column.issued, column.answered, column.overdue, ""]
    return line
