"""Plans of a whole year from a table: sent, checked, confirmed; the template holds what is known already."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import plans as commands
from application.office import By
from domain.projects.adjustment import departures
from domain.projects.plan import plan_gaps
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, Value, sheet
from interfaces.documents.written import ten_thousands
from interfaces.tables.faults import Fault
from interfaces.tables.plan_cells import annual_told, duties_told, milestones_told, targets_told
from interfaces.tables.plans import COLUMNS, REQUIRED_COLUMNS, ReadPlan, read_plans
from interfaces.tables.table import Table
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web._base.sent_tables import MOST_MEGABYTES, CheckedTable, TableImport
from interfaces.web.plans.desk import (
    Filer,
    ListedPlan,
    addresses,
    adopted_plans,
    chosen_year,
    listed_plans,
    planned_projects,
    units_by_name,
)
from interfaces.web.plans.words import departures_said, gaps_said
from interfaces.web.roll.views import as_workbook

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/duty-list/import", "/unit/{slug}/duty-list/import"

_NOTES = (
    "一行一个项目，第一行是标题，不要改标题的文字。票决时已经有的内容已填好，只补空着的。",
    "序号和项目名称照年度票决清单，不要改。金额以万元为单位，只填数字。日期写成 2026-03-15。",
    "年度目标写成“雨水管网=42公里;泵站=3座”。",
    "时间节点写成“2026-06-30 主体完工 60%;2026-12-20 完工验收 100%”，百分数是到那时的累计进度。",
    "责任分工写成“水务局：组织实施;自然资源局：办理用地手续（2026-03-31前）”。",
    "完成时限跨年度的，年度节点写成“2026年：24700万元，完成主体工程;2027年：13500万元，全部完工”，至少写票决当年。",
)
_WIDTHS = {"targets": 26, "milestones": 34, "duties": 34, "safeguards": 26, "annual": 26, "name": 22}


@router.get(STAFF)
@router.get(UNIT)
def start(request: Request, house: TheHouse, here: Filer, year: int = 0) -> Response:
    """The form for a file."""
    return PLANS.start(request, house, here, year)


@router.get("/staff/{slug}/duty-list/template.xlsx")
@router.get("/unit/{slug}/duty-list/template.xlsx")
def template(house: TheHouse, here: Filer, year: int = 0) -> Response:
    """The plans that are still to be published, with everything that is known of them."""
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, year, house.office.today().year)
    listed = [one for one in listed_plans(house, here, chosen) if one.may_file and one.standing != "published"]
    headings = [SheetHeading(words=column.heading, width=_WIDTHS.get(column.field, 0)) for column in COLUMNS]
    content = sheet(
        f"{chosen}实施计划", headings, [_row(one) for one in listed], notes=[worded(note) for note in _NOTES]
    )
    return as_workbook(content, f"实施计划-{here.congress.short_name}-{chosen}.xlsx")


@router.post(STAFF)
@router.post(UNIT)
def send(request: Request, house: TheHouse, here: Filer, typed: Form) -> Response:
    """Keeps the file for an hour and leads to what is right and wrong in it."""
    return PLANS.take(request, house, here, typed)


@router.get(f"{STAFF}/{{upload}}")
@router.get(f"{UNIT}/{{upload}}")
def preview(request: Request, house: TheHouse, here: Filer, upload: UUID, year: int) -> Response:
    """Every mistake, and the plans that would be filed with what they lack."""
    return PLANS.preview(request, house, here, upload, year)


@router.post(f"{STAFF}/{{upload}}")
@router.post(f"{UNIT}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: Filer, upload: UUID, typed: Form) -> Response:
    """Files the good rows."""

    def act(by: By, _year: int, rows: tuple[ReadPlan, ...]) -> int:
        import_id = house.office.new_id(by, "plans")
        filed = [(one.project, one.plan) for one in rows]
        return commands.import_plans(house.office, by, here.congress.id, import_id, filed)

    return PLANS.confirm(request, house, here, upload, typed, act, lambda n: _("已填报 %(n)s 个项目的实施计划。", n=n))


def _read(house: House, here: Place, table: Table, year: int) -> tuple[tuple[ReadPlan, ...], tuple[Fault, ...]]:
    """Against the year as it is now."""
    projects = planned_projects(adopted_plans(house, here, year))
    return read_plans(table, units_by_name(house, here), projects)


def _coming(house: House, here: Place, checked: CheckedTable[ReadPlan], year: int) -> dict[str, Any]:
    known = {one.project: one for one in listed_plans(house, here, year)}
    return {"coming": [(one, _lacking(one, known[one.project], year)) for one in checked.rows]}


def _lacking(read: ReadPlan, known: ListedPlan, year: int) -> str:
    """What will still keep the plan from being published."""
    gaps = plan_gaps(read.plan, year)
    adopted = known.row.adopted if known.row else known.card_plan
    departed = departures(adopted, read.plan)
    parts = [gaps_said(gaps)] if gaps else []
    if departed:
        parts.append(_("改变了票决的内容：%(what)s", what=departures_said(departed)))
    return _("；").join(parts)


def _form(request: Request, house: House, here: Place, asked: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        year, _years = chosen_year(conn, here, asked, house.office.today().year)
    return {
        "headings": [(column.heading, column.heading in REQUIRED_COLUMNS) for column in COLUMNS],
        "year": year,
        "most_mb": MOST_MEGABYTES,
        **addresses(request, here),
    }


def _row(one: ListedPlan) -> list[Value]:
    plan = one.plan
    row: dict[str, Value] = {
        "number": one.number,
        "name": one.name,
        "lead_unit_name": plan.lead_unit_name,
        "assisting_units": ";".join(plan.assisting_units),
        "responsible": plan.responsible,
        "duty_phone": plan.duty_phone,
        "targets": ";\n".join(targets_told(plan.targets)),
        "place": plan.place,
        "starts_on": plan.starts_on,
        "deadline": plan.deadline,
        "total_funds": None if plan.total_funds is None else ten_thousands(plan.total_funds),
        "year_funds": None if plan.year_funds is None else ten_thousands(plan.year_funds),
        "milestones": ";\n".join(milestones_told(plan.milestones)),
        "duties": ";\n".join(duties_told(plan.duties)),
        "safeguards": plan.safeguards,
        "annual": ";\n".join(annual_told(plan.annual)),
    }
    return [row[column.field] for column in COLUMNS]


def _root(request: Request, here: Place) -> str:
    return str(addresses(request, here)["root"])


PLANS = TableImport(kind="plans", read=_read, root=_root, form=_form, coming=_coming)
