"""Delegate groups and a draw's pool from tables, on the pages and by program."""

import io
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from domain.accounts.permissions import Role
from domain.supervision import draw as draws
from domain.supervision import group as groups
from interfaces.composition import House
from tests.interfaces.tables.sheets import csv_of, xlsx_of
from tests.interfaces.web.supervision.test_supervision_pages import STAFF, Room, hall, room
from tests.support.polls import Hall
from tests.support.programs import Programs
from tests.support.visitors import Page, Visitor

__all__ = ["hall", "room"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

IMPORT, JZ = f"{STAFF}/supervision/import", "/congresses/jz"
HEADINGS = ("项目序号", "项目名称", "小组名称", "组长", "成员")


def send(staff: Visitor, path: str, content: bytes = b"", **typed: str) -> Page:
    staff.open(path)
    files = {"table": ("表.xlsx", content, "application/octet-stream")} if content else None
    return staff.send(path, files=files, **typed)


def confirm(staff: Visitor, page: Page) -> Page:
    [action] = [one for one in page.forms() if "/import/" in one]
    return staff.send(action)


def standing(house: House, project: UUID) -> tuple[str, list[UUID], UUID]:
    state = house.office.state_of(groups.group_stream(project), groups.evolve)
    assert state is not None
    return state.name, list(state.members), state.leader


def test_groups_come_from_a_table(house: House, room: Room, program: Programs) -> None:
    staff, names, ids = room.staff, room.names, room.ids
    assert f"{IMPORT}?year=2026" in staff.open(f"{STAFF}/supervision").links()
    rows = [(1, "", "第一组", names[0], names[1]), (2, "", "", names[2], "查无此人"), (9, "", "", names[0], names[1])]
    page = send(staff, IMPORT, xlsx_of(HEADINGS, *rows), year="2026")
    assert "2 行有问题" in page.words
    assert "代表名册上没有「查无此人」。" in page.words
    assert house.office.state_of(groups.group_stream(room.project), groups.evolve) is None, "nothing is saved yet"
    assert confirm(staff, page).said == "已保存 1 个代表小组。"
    assert standing(house, room.project) == ("第一组", ids[:2], ids[0])

    pasted = "\n".join("\t".join(row) for row in (HEADINGS, ("1", "", "第一组", names[1], names[2])))
    page = send(staff, IMPORT, year="2026", pasted=pasted)
    assert "粘贴的表格" in page.words
    assert f"加入：{names[2]}" in page.words
    assert f"退出：{names[0]}" in page.words
    confirm(staff, page)
    assert standing(house, room.project) == ("第一组", ids[1:3], ids[1])

    filled = staff.client.get(f"{STAFF}/supervision/template.xlsx?year=2026").content
    page = send(staff, IMPORT, filled, year="2026")
    assert "没有变化" in page.words
    _merged_and_empty(staff, filled)
    _by_program(program, room, house)


def _merged_and_empty(staff: Visitor, filled: bytes) -> None:
    assert send(staff, IMPORT, year="2026").errors == ["代表小组文件：请选择文件。"]
    title = xlsx_of(
        ("2026年代表小组",), HEADINGS, (1, "", "组", "查无此人", "查无此人"), then=lambda s: s.merge_cells("A1:E1")
    )
    page = send(staff, IMPORT, title, year="2026")
    assert "1 行有问题" in page.words, "a title above the headings is no row"
    assert "将要保存的小组" not in page.words


def _by_program(program: Programs, room: Room, house: House) -> None:
    staff = program(Role.STAFF, room.hall.congress)
    at = f"{JZ}/delegate-groups/2026"
    content = csv_of(HEADINGS, ("2", "", "第二组", room.names[0], room.names[1]), ("8", "", "", "甲", "乙"))
    checked = staff.post(f"{at}/check-import", files={"table": ("小组.csv", content, "text/csv")}).json()
    assert (checked["rows"], checked["faults"][0]["code"]) == (1, "unknown_project")
    body = {"upload": checked["upload"], "rows": 2}
    assert staff.post(f"{at}/import", body).json()["refused"] == "Invalid"
    made = staff.post(f"{at}/import", {**body, "rows": 1}, key="groups")
    assert made.json()["projects"] == [str(room.other)], made.text
    assert staff.post(f"{at}/import", {**body, "rows": 1}, key="groups").status_code == 201
    assert standing(house, room.other)[0] == "第二组"
    assert staff.get(f"{at}/template.xlsx").status_code == 200


def announced(staff: Any) -> str:
    body = {"title": "抽点", "year": 2026, "takes": 1, "spread": "pool"}
    return str(staff.post(f"{JZ}/draws", body).json()["id"])


def test_a_pool_comes_from_a_table_whole_or_not_at_all(house: House, hall: Hall, room: Room, program: Programs) -> None:
    staff, other = room.staff, program(Role.STAFF, hall.congress)
    draw = announced(other)
    path = f"{STAFF}/draws/{draw}/import"
    content = staff.client.get(f"{STAFF}/draws/{draw}/template.xlsx").content
    assert load_workbook_rows(content)[0] == ["点位", "地点", "项目序号", "项目名称"]
    bad = xlsx_of(("点位", "项目序号"), ("甲院", 1), ("", 1), ("乙院", 77))
    page = send(staff, path, bad)
    assert "2 行有问题" in page.words
    assert not [one for one in page.forms() if "/import/" in one], "no row is left out of a pool"
    checked = other.post(f"{JZ}/draws/{draw}/check-import", files={"table": ("点位.xlsx", bad, "")}).json()
    refused = other.post(f"{JZ}/draws/{draw}/import", {"upload": checked["upload"], "rows": checked["rows"]})
    assert (refused.status_code, "还有 2 行有问题" in refused.json()["detail"]) == (422, True), refused.text

    page = send(
        staff, path, xlsx_of(("点位", "地点", "项目"), ("甲院", "北街", ""), ("乙院", "", ""), ("丙院", "", ""))
    )
    assert confirm(staff, page).said == "点位名单已封闭并公布，不能再改。"
    state = house.office.state_of(UUID(draw), draws.evolve)
    assert state is not None
    assert state.pool is not None
    assert [(one.number, one.name) for one in state.pool.sites] == [(1, "甲院"), (2, "乙院"), (3, "丙院")]
    page = confirm(staff, send(staff, path, content))
    assert "这次抽点现在是“" in page.words, "a second table is refused"

    second = announced(other)
    good = {"table": ("点位.csv", csv_of(("点位", "项目序号"), ("甲院", "1"), ("乙院", "1")), "text/csv")}
    checked = other.post(f"{JZ}/draws/{second}/check-import", files=good).json()
    closed = other.post(f"{JZ}/draws/{second}/import", {"upload": checked["upload"], "rows": 2}, key="pool")
    assert [one["name"] for one in closed.json()["sites"]] == ["甲院", "乙院"], closed.text
    again = other.post(f"{JZ}/draws/{second}/import", {"upload": checked["upload"], "rows": 2}, key="pool")
    assert again.status_code == 200


def test_a_typed_line_of_a_pool_is_never_left_out(room: Room, program: Programs, hall: Hall) -> None:
    path = f"{STAFF}/draws/{announced(program(Role.STAFF, hall.congress))}"
    room.staff.open(path)
    page = room.staff.send(f"{path}/close", sites="甲院，北街，1\n乙院，西街，12号，1")
    assert "这一行读不懂：乙院，西街，12号，1。" in page.words


def load_workbook_rows(content: bytes) -> list[list[object]]:
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)]
