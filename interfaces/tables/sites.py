"""A pool of sites 点位 as a table, one row a site; its project by number or name, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.supervision.draw import LONGEST_NAME, MOST_SITES
from interfaces.tables import cells
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.groups import GroupedProject
from interfaces.tables.lines import Column, Layout, Line, lay_out
from interfaces.tables.table import Row, Table

COLUMNS: Final = (
    Column(field="name", heading="点位", aliases=("点位名称", "视察点", "现场"), required=True),
    Column(field="place", heading="地点", aliases=("地址", "位置", "详细地址")),
    Column(field="number", heading="项目序号", aliases=("项目编号", "项目号")),
    Column(field="project", heading="项目名称", aliases=("项目", "所属项目")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSite:
    """One good row."""

    row: int
    name: str
    place: str
    project: GroupedProject | None


def read_sites(table: Table, projects: Sequence[GroupedProject]) -> tuple[tuple[ReadSite, ...], tuple[Fault, ...]]:
    """The sites of the rows without a mistake, in their order, and every mistake with its row and column."""
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    found: list[ReadSite] = []
    first_rows: dict[tuple[UUID | None, str, str], int] = {}
    for row in layout.rows:
        line = Line(row, layout)
        site = _site(line, projects, first_rows)
        faults += line.in_order()
        if not line.faults:
            found.append(site)
    faults += _too_many(layout)
    return tuple(found), tuple(faults)


def _site(
    line: Line, projects: Sequence[GroupedProject], first_rows: dict[tuple[UUID | None, str, str], int]
) -> ReadSite:
    line.need("name")
    name, place = (" ".join(line.text(field).split()) for field in ("name", "place"))
    for field, words in (("name", name), ("place", place)):
        if len(words) > LONGEST_NAME:
            line.refuse(field, Reason.TOO_LONG, words, str(LONGEST_NAME))
    project = _project(line, projects)
    same = (project.project if project else None, name, place)
    if name and not (line.is_wrong("number") or line.is_wrong("project")):
        if same in first_rows:
            line.refuse("name", Reason.TWICE, name, str(first_rows[same]))
        first_rows.setdefault(same, line.row.number)
    return ReadSite(row=line.row.number, name=name, place=place, project=project)


def _project(line: Line, projects: Sequence[GroupedProject]) -> GroupedProject | None:
    """By number or by name; where both are given they must mean the same one."""
    number, name = line.read("number", _number, 0), cells.without_padding(line.text("project"))
    by_name = next((one for one in projects if name and one.name == name), None)
    if not number:
        if name and by_name is None and not line.is_wrong("number"):
            line.refuse("project", Reason.NO_SUCH_PROJECT, name)
        return by_name
    known = next((one for one in projects if one.number == number), None)
    if known is None:
        line.refuse("number", Reason.UNKNOWN_PROJECT, str(number))
    elif name and known.name != name:
        line.refuse("project", Reason.OTHER_PROJECT, name, known.name)
    return known


def _number(text: str) -> int:
    """Offices write 第 3 号 and 3 号 as well."""
    return cells.whole_number(text.strip().removeprefix("第").removesuffix("号").removesuffix("项").strip())


def _too_many(layout: Layout) -> list[Fault]:
    """One mistake at the first row that is too much."""
    if len(layout.rows) <= MOST_SITES:
        return []
    first: Row = layout.rows[MOST_SITES]
    return [
        Fault(
            row=first.number,
            column=layout.headings["name"],
            reason=Reason.TOO_MANY,
            value=str(len(layout.rows)),
            hint=str(MOST_SITES),
        )
    ]
