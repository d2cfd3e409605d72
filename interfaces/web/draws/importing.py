"""The pool of a draw from a table: sent, checked, confirmed. A closed pool is never changed, so no row is left out."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.supervision import draws as commands
from application.supervision.draws import OfferedSite
from domain.shared import Invalid, NotFound
from domain.supervision import draw as rules
from domain.supervision.draw import Draw
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, Value, sheet
from interfaces.tables.faults import Fault
from interfaces.tables.sites import COLUMNS, ReadSite, read_sites
from interfaces.tables.table import Table
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sent_tables import MOST_MEGABYTES, CheckedTable, TableImport
from interfaces.web.roll.views import as_workbook
from interfaces.web.supervision.desk import Keeper, watched_of
from interfaces.web.supervision.importing import grouped

router = APIRouter()

PATH = "/staff/{slug}/draws/{draw}/import"
_WIDTHS = {"name": 34, "place": 34, "project": 26}
_NOTES = (
    "一行一个点位，第一行是标题，不要改标题的文字，不要合并单元格。",
    "点位按表里的先后从 1 编号。项目写序号或者名称，写一样就可以；不属于哪个项目的都空着。",
    "表里已经填好各项目的实施地点，请改成可以到现场看的点位，一个项目可以有许多行。",
)


@router.get(PATH)
def start(request: Request, house: TheHouse, here: Keeper, draw: UUID) -> Response:
    """The form for a table."""
    return POOL.start(request, house, here, known_draw(house, here, draw).announced.year)


@router.get("/staff/{slug}/draws/{draw}/template.xlsx")
def template(house: TheHouse, here: Keeper, draw: UUID) -> Response:
    """The projects' own places, to begin with."""
    year = known_draw(house, here, draw).announced.year
    with house.reading.connect() as conn:
        watched = watched_of(conn, here.congress.id, year)
    headings = [SheetHeading(words=column.heading, width=_WIDTHS.get(column.field, 0)) for column in COLUMNS]
    rows: list[list[Value]] = [[one.name, one.place[: rules.LONGEST_NAME], one.number, one.name] for one in watched]
    content = sheet(f"{year}点位名单", headings, rows, notes=_NOTES)
    return as_workbook(content, f"点位名单-{here.congress.short_name}-{year}.xlsx")


@router.post(PATH)
def send(request: Request, house: TheHouse, here: Keeper, draw: UUID, typed: Form) -> Response:
    """Keeps the table for an hour and leads to what is right and wrong in it."""
    known_draw(house, here, draw)
    return POOL.take(request, house, here, typed)


@router.get(f"{PATH}/{{upload}}")
def preview(request: Request, house: TheHouse, here: Keeper, draw: UUID, upload: UUID) -> Response:
    """Every mistake, or the pool as it would be closed."""
    return POOL.preview(request, house, here, upload, known_draw(house, here, draw).announced.year)


@router.post(f"{PATH}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: Keeper, draw: UUID, upload: UUID, typed: Form) -> Response:
    """Closes the pool with all rows, and publishes it."""
    known_draw(house, here, draw)

    def act(by: By, year: int, _rows: tuple[ReadSite, ...]) -> int:
        return close_pool(house, by, draw, POOL.check(house, here, upload, year))

    said = _("点位名单已封闭并公布，不能再改。")
    return POOL.confirm(request, house, here, upload, typed, act, lambda _n: said)


def close_pool(house: House, by: By, draw: UUID, checked: CheckedTable[ReadSite]) -> int:
    """Closes the pool with what the table holds.

    Raises Invalid (table) while a row is wrong: what is left out of a pool can never be drawn; else as `close_pool`.
    """
    if checked.faults:
        raise Invalid(field="table", reason="pool_with_faults", value=str(checked.bad_rows))
    sites = [
        OfferedSite(name=one.name, place=one.place, project=one.project.project if one.project else None)
        for one in checked.rows
    ]
    return commands.close_pool(house.office, by, draw, sites)


def known_draw(house: House, here: Place, draw: UUID) -> Draw:
    """A draw of this congress. Raises NotFound."""
    state = house.office.state_of(draw, rules.evolve)
    if state is None or state.announced.congress != here.congress.id:
        raise NotFound(kind="draw", id=str(draw))
    return state


def _read(house: House, here: Place, table: Table, year: int) -> tuple[tuple[ReadSite, ...], tuple[Fault, ...]]:
    """Against the list of the draw's year."""
    with house.reading.connect() as conn:
        watched = watched_of(conn, here.congress.id, year)
    return read_sites(table, grouped(watched))


def _root(request: Request, here: Place) -> str:
    return f"/staff/{here.congress.slug}/draws/{request.path_params['draw']}"


def _form(request: Request, house: House, here: Place, _year: int) -> dict[str, Any]:
    state = known_draw(house, here, UUID(str(request.path_params["draw"])))
    return {
        "headings": [(column.heading, column.required) for column in COLUMNS],
        "root": _root(request, here),
        "year": state.announced.year,
        "state": state,
        "most_mb": MOST_MEGABYTES,
    }


def _coming(_house: House, here: Place, _checked: CheckedTable[ReadSite], _year: int) -> dict[str, Any]:
    return {"desk": f"/staff/{here.congress.slug}"}


POOL = TableImport(kind="draws", read=_read, root=_root, form=_form, coming=_coming)
