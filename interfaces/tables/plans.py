"""Implementation plans as a table, one row an adopted project; money in 万元."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from domain.projects.plan import REQUIRED, ImplementationPlan
from interfaces.tables import cells, plan_cells
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.lines import Column, Line, lay_out
from interfaces.tables.table import Row, Table, row_of

COLUMNS: Final = (
    Column(field="number", heading="序号", aliases=("编号", "项目编号"), required=True),
    Column(field="name", heading="项目名称", aliases=("名称",), required=True),
    Column(field="lead_unit_name", heading="牵头单位", aliases=("责任单位",), required=True),
    Column(field="assisting_units", heading="配合单位"),
    Column(field="responsible", heading="责任人"),
    Column(field="duty_phone", heading="值班电话", aliases=("联系电话",)),
    Column(field="targets", heading="年度目标", aliases=("量化指标", "目标任务"), required=True),
    Column(field="place", heading="实施地点", aliases=("地点", "建设地点")),
    Column(field="starts_on", heading="开工时间", aliases=("开工日期", "开始时间")),
    Column(field="deadline", heading="完成时限", aliases=("完成时间", "完工时间"), required=True),
    Column(field="total_funds", heading="总投资(万元)", required=True),
    Column(field="year_funds", heading="当年投资(万元)", aliases=("年度投资(万元)",), required=True),
    Column(field="milestones", heading="时间节点", aliases=("节点",)),
    Column(field="duties", heading="责任分工", aliases=("责任分解",)),
    Column(field="safeguards", heading="保障措施", required=True),
    Column(field="annual", heading="年度节点"),
)
REQUIRED_COLUMNS: Final = tuple(column.heading for column in COLUMNS if column.required or column.field in REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedProject:
    """An adopted project for which a plan may be read."""

    project: UUID
    number: int
    name: str
    is_own: bool = True
    """Whether who sends the table may file its plan."""
    is_published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan:
    """One good row."""

    row: int
    project: UUID
    number: int
    name: str
    plan: ImplementationPlan


def read_plans(
    table: Table, units: Mapping[str, UUID], projects: Sequence[PlannedProject]
) -> tuple[tuple[ReadPlan, ...], tuple[Fault, ...]]:
    """The plans of the rows without a mistake, and every mistake with its row and column.

    What a plan still lacks is no mistake: it may be filed with gaps, and is published without any (rule 19).
    """
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    found: list[ReadPlan] = []
    first_rows: dict[UUID, int] = {}
    for row in layout.rows:
        line = Line(row, layout)
        project = _project(line, projects)
        plan = _plan(line, units)
        if project is not None:
            _refuse_unfit(line, project, first_rows)
        faults += line.in_order()
        if project is not None and not line.faults:
            found.append(
                ReadPlan(row=row.number, project=project.project, number=project.number, name=project.name, plan=plan)
            )
    return tuple(found), tuple(faults)


def read_typed_plan(
    values: Mapping[str, str], units: Mapping[str, UUID]
) -> tuple[ImplementationPlan, dict[str, Fault]]:
    """A plan as a form holds it, by the fields' names, and what could not be read, by field."""
    headings = Row(number=1, cells=tuple(column.heading for column in COLUMNS))
    typed = row_of(2, [values.get(column.field, "") for column in COLUMNS]) or Row(number=2, cells=())
    line = Line(typed, lay_out(Table(rows=(headings, typed)), COLUMNS))
    plan = _plan(line, units)
    fields = {column.heading: column.field for column in COLUMNS}
    return plan, {fields[fault.column]: fault for fault in line.in_order() if fault.column in fields}


def _project(line: Line, projects: Sequence[PlannedProject]) -> PlannedProject | None:
    """The project of a row, by number and name: both must mean the same one."""
    number, name = line.read("number", cells.whole_number, 0), cells.without_padding(line.text("name"))
    if line.is_wrong("number"):
        return None
    line.need("number", "name")
    known = next((one for one in projects if one.number == number), None)
    if known is None and number:
        line.refuse("number", Reason.UNKNOWN_PROJECT, str(number))
    elif known is not None and name and known.name != name:
        line.refuse("name", Reason.OTHER_PROJECT, name, known.name)
    return known


def _refuse_unfit(line: Line, project: PlannedProject, first_rows: dict[UUID, int]) -> None:
    if not project.is_own:
        line.refuse("name", Reason.NOT_YOURS, project.name)
    elif project.is_published:
        line.refuse("name", Reason.PLAN_IN_FORCE, project.name)
    if project.project in first_rows:
        line.refuse("number", Reason.TWICE, str(project.number), str(first_rows[project.project]))
    first_rows.setdefault(project.project, line.row.number)


def _plan(line: Line, units: Mapping[str, UUID]) -> ImplementationPlan:
    lead_unit_name = cells.without_padding(line.text("lead_unit_name"))
    if units and lead_unit_name and lead_unit_name not in units:
        nearest = get_close_matches(lead_unit_name, sorted(units), n=1, cutoff=0.5)
        line.refuse("lead_unit_name", Reason.UNKNOWN_UNIT, lead_unit_name, *nearest)
    return ImplementationPlan(
        lead_unit=units.get(lead_unit_name),
        lead_unit_name=lead_unit_name,
        assisting_units=line.read("assisting_units", cells.names, ()),
        responsible=line.text("responsible"),
        duty_phone=line.read("duty_phone", plan_cells.office_phone, ""),
        targets=line.read("targets", cells.targets, ()),
        place=line.text("place"),
        starts_on=line.read("starts_on", cells.day, None),
        deadline=line.read("deadline", cells.day, None),
        total_funds=line.read("total_funds", cells.ten_thousand_yuan, None),
        year_funds=line.read("year_funds", cells.ten_thousand_yuan, None),
        safeguards=line.text("safeguards"),
        milestones=line.read("milestones", plan_cells.milestones, ()),
        duties=line.read("duties", plan_cells.duties, ()),
        annual=line.read("annual", plan_cells.annual_milestones, ()),
    )
