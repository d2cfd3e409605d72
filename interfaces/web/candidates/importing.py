"""Importing a list of candidates: sent, checked, confirmed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import projects as commands
from application.private import uploads
from domain.projects.card import CandidateCard
from domain.projects.project import Stage
from domain.shared import Refused
from interfaces.composition import House
from interfaces.documents.workbook import sheet
from interfaces.tables.candidates import COLUMNS, REQUIRED_COLUMNS, read_candidates
from interfaces.tables.faults import Fault, sentence
from interfaces.tables.reading import read_table
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web._base.sent_tables import MOST_MEGABYTES, sent_table
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCards:
    """What a file would bring: its good rows and its mistakes."""

    source: str
    cards: tuple[CandidateCard, ...]
    faults: tuple[Fault, ...]

    @property
    def bad_rows(self) -> int:
        """Rows with at least one mistake."""
        return len({fault.row for fault in self.faults})


@router.get(STAFF)
@router.get(UNIT)
def start(request: Request, house: TheHouse, here: Editor, year: int = 0) -> Response:
    """The form for a file."""
    return page(request, "candidates/import.html", **_context(request, house, here, year))


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
    try:
        year = typed.integer("year")
        sent = sent_table(typed)
        read_table(sent.content)
    except Refused as refused:
        return again(request, "candidates/import.html", typed, refused, **_context(request, house, here, 0))
    upload = uploads.keep(house.private, here.actor.account, purpose(here), sent, house.office.now())
    return led_to(request, f"{root_of(request, here)}/import/{upload}?year={year}")


@router.get(f"{STAFF}/{{upload}}")
@router.get(f"{UNIT}/{{upload}}")
def preview(request: Request, house: TheHouse, here: Editor, upload: UUID, year: int) -> Response:
    """Every mistake, and the rows that would be taken in."""
    return page(request, "candidates/check.html", **_checked(request, house, here, upload, year))


@router.post(f"{STAFF}/{{upload}}")
@router.post(f"{UNIT}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: Editor, upload: UUID, typed: Form) -> Response:
    """Takes the good rows in."""
    by, year = here.by(typed), typed.integer("year")
    import_id = house.office.new_id(by, "candidates")
    try:
        typed.settle()
        cards = check(house, here, upload, year).cards
        position = commands.import_candidates(house.office, by, here.congress.id, year, import_id, cards)
    except Refused as refused:
        return again(request, "candidates/check.html", typed, refused, **_checked(request, house, here, upload, year))
    said = _("已导入 %(n)s 个候选项目。", n=typed.text("rows"))
    return done(request, position, f"{root_of(request, here)}?year={year}", said)


def check(house: House, here: Place, upload: UUID, year: int) -> CheckedCards:
    """The kept file against the year's file as it is now. Raises UploadForgotten."""
    kept = uploads.kept(house.private, here.actor.account, purpose(here), upload, house.office.now())
    with house.reading.connect() as conn:
        known = candidate_board.candidates_of(conn, here.congress.id, year)
    taken = [one.number for one in known if one.number is not None and one.stage != Stage.WITHDRAWN]
    units = units_by_name(house, here)
    cards, faults = read_candidates(read_table(kept.content), units or None, taken=taken)
    return CheckedCards(source=kept.name, cards=cards, faults=faults)


def _checked(request: Request, house: House, here: Place, upload: UUID, year: int) -> dict[str, Any]:
    checked = check(house, here, upload, year)
    return {
        "checked": checked,
        "faults": [(fault, sentence(fault)) for fault in checked.faults],
        "upload": upload,
        "year": year,
        "root": root_of(request, here),
    }


def _context(request: Request, house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
    return {
        "headings": [(column.heading, column.heading in REQUIRED_COLUMNS) for column in COLUMNS],
        "root": root_of(request, here),
        "year": chosen,
        "most_mb": MOST_MEGABYTES,
    }


def purpose(here: Place) -> str:
    """What files are kept for."""
    return f"candidates/{here.congress.id}"
