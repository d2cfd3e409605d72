"""Delegate groups of a whole year from a table: sent, checked, confirmed; the template holds those that stand."""

from typing import Any, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.supervision import groups as commands
from application.supervision.groups import GroupOf
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, sheet
from interfaces.tables.faults import Fault
from interfaces.tables.groups import COLUMNS, GroupedProject, OnTheRoll, People, ReadGroup, read_groups
from interfaces.tables.table import Table
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web._base.sent_tables import MOST_MEGABYTES, CheckedTable, TableImport
from interfaces.web.roll.views import as_workbook
from interfaces.web.supervision.desk import (
    Keeper,
    Watched,
    current_year,
    delegates_by_delegation,
    names_of,
    watched_of,
)
from projections import groups, roll
from projections.groups import GroupRow

router = APIRouter()

PATH = "/staff/{slug}/supervision/import"
_WIDTHS = {"project": 26, "name": 26, "members": 50}
_NOTES = (
    "一行一个项目、一个小组，第一行是标题，不要改标题的文字，不要合并单元格。",
    "项目序号照年度票决清单。小组名称可以不填。",
    "组长和成员写姓名，几个人用顿号隔开；组长也算成员，不用再写一遍。",
    "名册上有同名的，在姓名后面写明代表证号，如“张伟（0042）”。",
    "已有小组的项目，导入后以表里的为准：多出的加入，少了的退出。表里没有的项目不变。",
)


class ComingGroup(NamedTuple):
    """A good row beside what stands."""

    read: ReadGroup
    leader: str
    is_new: bool
    joining: list[str]
    leaving: list[str]
    other: list[str]
    """What else changes."""

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return not (self.is_new or self.joining or self.leaving or self.other)


@router.get(PATH)
def start(request: Request, house: TheHouse, here: Keeper, year: int = 0) -> Response:
    """The form for a table."""
    return GROUPS.start(request, house, here, year)


@router.get("/staff/{slug}/supervision/template.xlsx")
def template(house: TheHouse, here: Keeper, year: int = 0) -> Response:
    """The year's projects with the groups that stand."""
    with house.reading.connect() as conn:
        chosen = year or current_year(conn, here.congress.id, house.office.today())
        watched = watched_of(conn, here.congress.id, chosen)
        standing = {one.project: one for one in groups.groups_of(conn, here.congress.id, chosen)}
        on_roll = _on_the_roll(house, here)
    headings = [SheetHeading(words=column.heading, width=_WIDTHS.get(column.field, 0)) for column in COLUMNS]
    rows = [_row(one, standing.get(one.project), on_roll) for one in watched]
    title = worded("代表小组")
    content = sheet(f"{chosen}{title}", headings, rows, notes=[worded(note) for note in _NOTES])
    return as_workbook(content, f"{title}-{here.congress.short_name}-{chosen}.xlsx")


@router.post(PATH)
def send(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Keeps the table for an hour and leads to what is right and wrong in it."""
    return GROUPS.take(request, house, here, typed)


@router.get(f"{PATH}/{{upload}}")
def preview(request: Request, house: TheHouse, here: Keeper, upload: UUID, year: int) -> Response:
    """Every mistake, and the groups that would be formed or changed."""
    return GROUPS.preview(request, house, here, upload, year)


@router.post(f"{PATH}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: Keeper, upload: UUID, typed: Form) -> Response:
    """Forms and changes the groups of the good rows."""

    def act(by: By, _year: int, rows: tuple[ReadGroup, ...]) -> int:
        return keep_groups(house, by, here.congress.id, rows)

    return GROUPS.confirm(request, house, here, upload, typed, act, lambda n: _("已保存 %(n)s 个代表小组。", n=n))


def keep_groups(house: House, by: By, congress: UUID, rows: tuple[ReadGroup, ...]) -> int:
    """Forms and changes them, all or none. Raises as application.supervision.groups.keep_groups."""
    wanted = [(one.project, GroupOf(name=one.name, leader=one.leader, members=one.members)) for one in rows]
    return commands.keep_groups(house.office, by, congress, wanted)


def grouped(watched: list[Watched]) -> list[GroupedProject]:
    """The projects as tables know them."""
    return [GroupedProject(project=one.project, number=one.number, name=one.name) for one in watched]


def _read(house: House, here: Place, table: Table, year: int) -> tuple[tuple[ReadGroup, ...], tuple[Fault, ...]]:
    """Against the year's list, the roll and the groups as they are now."""
    with house.reading.connect() as conn:
        watched = watched_of(conn, here.congress.id, year)
        standing = {one.project: one.name for one in groups.groups_of(conn, here.congress.id, year)}
    usual = {one.project: standing.get(one.project) or _usual_name(one) for one in watched}
    return read_groups(table, grouped(watched), People(_on_the_roll(house, here)), usual)


def _coming(house: House, here: Place, checked: CheckedTable[ReadGroup], year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        standing = {one.project: one for one in groups.groups_of(conn, here.congress.id, year)}
        names = names_of(delegates_by_delegation(conn, here.congress.id))
    return {"coming": [_beside(one, standing.get(one.project), names) for one in checked.rows]}


def _beside(read: ReadGroup, row: GroupRow | None, names: dict[UUID, str]) -> ComingGroup:
    before = row.members if row else ()
    other = []
    if row and row.name != read.name:
        other.append(_("更名"))
    if row and row.leader != read.leader:
        other.append(_("更换组长"))
    return ComingGroup(
        read=read,
        leader=names[read.leader],
        is_new=row is None,
        joining=[names[one] for one in read.members if one not in before],
        leaving=[names[one] for one in before if one not in read.members],
        other=other,
    )


def _row(one: Watched, row: GroupRow | None, on_roll: list[OnTheRoll]) -> list[str | int]:
    people, known = People(on_roll), {each.delegate: each for each in on_roll}
    if row is None:
        return [one.number, one.name, _usual_name(one), "", ""]
    members = [people.written(known[each]) for each in row.members if each in known]
    leader = people.written(known[row.leader]) if row.leader in known else ""
    return [one.number, one.name, row.name, leader, "、".join(members)]


def _usual_name(one: Watched) -> str:
    """The name of a project may be nearly as long as that of a group."""
    return f"{one.name[:70]}{worded('代表小组')}"


def _on_the_roll(house: House, here: Place) -> list[OnTheRoll]:
    with house.reading.connect() as conn:
        listed = roll.delegates_of(conn, here.congress.id)[0]
    return [OnTheRoll(delegate=one.id, number=one.number, name=one.name) for one in listed]


def _root(_request: Request, here: Place) -> str:
    return f"/staff/{here.congress.slug}/supervision"


def _form(request: Request, house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        chosen = year or current_year(conn, here.congress.id, house.office.today())
    return {
        "headings": [(column.heading, column.required) for column in COLUMNS],
        "root": _root(request, here),
        "year": chosen,
        "most_mb": MOST_MEGABYTES,
    }


GROUPS = TableImport(kind="supervision", read=_read, root=_root, form=_form, coming=_coming)
