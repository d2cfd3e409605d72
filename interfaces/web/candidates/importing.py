"""Importing a list of candidates: sent, checked, confirmed."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import projects as commands
from application.office import By
from domain.projects.card import CandidateCard
from domain.projects.project import Stage
from interfaces.composition import House
from interfaces.documents.workbook import sheet
from interfaces.tables.candidates import COLUMNS, REQUIRED_COLUMNS, read_candidates
from interfaces.tables.faults import Fault
from interfaces.tables.table import Table
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sent_tables import MOST_MEGABYTES, TableImport
from interfaces.web.candidates.desk import Editor, chosen_year, root_of, units_by_name
from interfaces.web.roll.views import as_workbook
from projections import candidate_board

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/projects/import", "/unit/{slug}/projects/import"

_NOTES = (
    "一行一个候选项目，第一行是标题，不要改标题的文字。",
    "金额以万元为单位，只填数字；资金来源写成“本级财政60%;上级专项40%”，合计 100%。",
    "量化指标写成“雨水管网=42公里;泵站=3座”。日期写成 2026-03-15。",
    "跨年度填“是”或“否”；填“是”的必须写明年度目标。",
)


@router.get(STAFF)
@router.get(UNIT)
def start(request: Request, house: TheHouse, here: Editor, year: int = 0) -> Response:
    """The form for a file."""
    return CARDS.start(request, house, here, year)


@router.get("/staff/{slug}/projects/template.xlsx")
@router.get("/unit/{slug}/projects/template.xlsx")
def template(here: Editor) -> Response:
    """An empty list with the headings and how to fill it in."""
    content = sheet("候选项目", [column.heading for column in COLUMNS], [], notes=_NOTES)
    return as_workbook(content, f"候选项目模板-{here.congress.short_name}.xlsx")


@router.post(STAFF)
@router.post(UNIT)
def send(request: Request, house: TheHouse, here: Editor, typed: Form) -> Response:
    """Keeps the file for an hour and leads to what is right and wrong in it."""
    return CARDS.take(request, house, here, typed)


@router.get(f"{STAFF}/{{upload}}")
@router.get(f"{UNIT}/{{upload}}")
def preview(request: Request, house: TheHouse, here: Editor, upload: UUID, year: int) -> Response:
    """Every mistake, and the rows that would be taken in."""
    return CARDS.preview(request, house, here, upload, year)


@router.post(f"{STAFF}/{{upload}}")
@router.post(f"{UNIT}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: Editor, upload: UUID, typed: Form) -> Response:
    """Takes the good rows in."""

    def act(by: By, year: int, cards: tuple[CandidateCard, ...]) -> int:
        import_id = house.office.new_id(by, "candidates")
        return commands.import_candidates(house.office, by, here.congress.id, year, import_id, cards)

    # Sent once more, the rows are on the list already: it is said how many were taken in then.
    return CARDS.confirm(
        request, house, here, upload, typed, act, lambda _n: _("已导入 %(n)s 个候选项目。", n=typed.text("rows"))
    )


def _read(house: House, here: Place, table: Table, year: int) -> tuple[tuple[CandidateCard, ...], tuple[Fault, ...]]:
    """Against the year's file as it is now."""
    with house.reading.connect() as conn:
        known = candidate_board.candidates_of(conn, here.congress.id, year)
    taken = [one.number for one in known if one.number is not None and one.stage != Stage.WITHDRAWN]
    return read_candidates(table, units_by_name(house, here) or None, taken=taken)


def _form(request: Request, house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
    return {
        "headings": [(column.heading, column.heading in REQUIRED_COLUMNS) for column in COLUMNS],
        "root": root_of(request, here),
        "year": chosen,
        "most_mb": MOST_MEGABYTES,
    }


CARDS = TableImport(kind="candidates", read=_read, root=root_of, form=_form)
