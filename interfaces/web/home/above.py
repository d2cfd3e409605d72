"""What the office of an upper level sees first of the congresses below it: sums, the matrix in small, lights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from domain.asks.ask import AskKind
from interfaces.web._base.charts import Chart
from interfaces.web._base.language import gettext as _
from interfaces.web.home import plots
from interfaces.web.home.plots import Asked
from interfaces.web.progress.views import Lit, lit
from interfaces.web.year_reports.desk import OverYears, over_years
from projections import asks_board, progress_board, year_figures
from projections.congress_directory import ListedCongress, congresses_below

YEARS: Final = 3
"""Added up on the first page."""
MOST: Final = 12
"""Congresses of the matrix here; all of them stand in the overview and in the whole matrix."""
MOST_LIT: Final = 8
"""Congresses of the lights: each has to be computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What stands below, for one year and for several."""

    congresses: int
    added: OverYears
    matrix: Chart | None
    lights: Chart | None
    more: int
    """Congresses that the plots leave out."""


def below_of(conn: Connection, congress: ListedCongress, year: int, today: date) -> Below | None:
    """None where nothing stands below."""
    listed = congresses_below(conn, congress.id)
    if not listed:
        return None
    year = year_figures.newest_year(conn, [congress.id, *(one.id for one in listed)], year) or year
    cells = asks_board.cells(conn, [one.id for one in listed], [year], today)
    asked: dict[UUID, dict[AskKind, Asked]] = {}
    for cell in cells:
        asked.setdefault(cell.congress, {})[AskKind(cell.kind)] = cell
    pressing = sorted(listed, key=lambda one: -_overdue(asked.get(one.id, {})))
    shown = [one for one in pressing if one.id in asked][:MOST]
    rows = [(one.short_name, asked[one.id]) for one in shown]
    return Below(
        congresses=len(listed),
        added=over_years(conn, congress, year - YEARS + 1, year, listed),
        matrix=plots.asks(_("下级四问"), rows, names=_("单位")) if rows else None,
        lights=_lights(conn, pressing[:MOST_LIT], year, today),
        more=max(len(listed) - MOST, 0),
    )


def _overdue(asked: Mapping[AskKind, Asked]) -> int:
    return sum(one.overdue for one in asked.values())


def _lights(conn: Connection, listed: list[ListedCongress], year: int, today: date) -> Chart | None:
    names = {one.id: one.short_name for one in listed}
    rules = progress_board.rules_of_all(conn, names)
    rows: dict[UUID, list[Lit]] = {one: [] for one in names}
    for row in progress_board.boards(conn, names, (year,)):
        rows[row.congress].append(lit(row, rules[row.congress], today))
    found = [(names[of], one) for of, those in rows.items() for one in those]
    return plots.lights_of(found, _("下级项目亮灯"), _("单位")) if found else None
