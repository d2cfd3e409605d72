"""Delegate groups and pools of sites as offices write them, and what is said of every row that is wrong."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from interfaces.tables.faults import Fault, Reason, sentence
from interfaces.tables.groups import COLUMNS, GroupedProject, OnTheRoll, People, ReadGroup, read_groups
from interfaces.tables.reading import read_table
from interfaces.tables.sites import ReadSite, read_sites
from tests.interfaces.tables.sheets import csv_of, xlsx_of

PROJECTS = [
    GroupedProject(project=uuid5(UUID(int=0), name), number=number, name=name)
    for number, name in enumerate(("老旧小区改造", "校园午休"), 1)
]
USUAL = {one.project: f"{one.name}代表小组" for one in PROJECTS}
ROLL = [
    OnTheRoll(delegate=UUID(int=place), number=f"{place:04}", name=name)
    for place, name in enumerate(("张伟", "李小龙", "张伟", "阿古拉", "王芳", "Anna Berg"), 1)
]
PEOPLE = People(ROLL)
GROUP_HEADINGS = tuple(column.heading for column in COLUMNS)
SITE_HEADINGS = ("点位", "地点", "项目序号", "项目名称")


def groups(*rows: tuple[object, ...], headings: tuple[str, ...] = GROUP_HEADINGS) -> tuple[list[ReadGroup], list[str]]:
    found, faults = read_groups(read_table(xlsx_of(headings, *rows)), PROJECTS, PEOPLE, USUAL)
    return list(found), said(faults)


def sites(*rows: tuple[object, ...]) -> tuple[list[ReadSite], list[str]]:
    found, faults = read_sites(read_table(xlsx_of(SITE_HEADINGS, *rows)), PROJECTS)
    return list(found), said(faults)


def said(faults: tuple[Fault, ...]) -> list[str]:
    return [f"{fault.row} {sentence(fault)}" for fault in faults]


def members(cell: str) -> tuple[int, ...]:
    """Who a cell names, by number; nobody may be missing."""
    [read], faults = groups((1, "", "", "阿古拉", cell))
    assert faults == []
    assert read.leader == UUID(int=4) == read.members[0], "the leader is a member too"
    return tuple(one.int for one in read.members[1:])


def test_members_are_named_in_many_ways() -> None:
    assert members("李小龙、王芳，张伟（0003）") == (2, 5, 3)
    assert members("李小龙 王　芳\n张伟(0001)") == (2, 5, 1)
    assert members("0002；Anna Berg；王芳;王芳；阿古拉") == (2, 6, 5)


def test_a_group_without_a_name_is_called_after_its_project() -> None:
    found, _ = groups((1, "老旧小区改造", "", "王芳", "王芳"), (2, "", "午休组", "王芳", "李小龙"))
    assert [one.name for one in found] == ["老旧小区改造代表小组", "午休组"]


def test_every_wrong_row_of_groups_is_named() -> None:
    found, wrong = groups(
        (1, "老旧小区改造", "", "张伟", "王芳"),
        (3, "", "", "王芳", "王芳"),
        (2, "老旧小区改造", "", "王芳", "王方、李小龙"),
        (2, "校园午休", "组" * 81, "王芳、李小龙", "张伟（0004）"),
        ("", "校园午休", "", "", ""),
        ("=1+1", "", "", "王芳", "王芳"),
    )
    assert found == []
    assert wrong == [
        "2 代表名册上不止一位「张伟」，请在姓名后面写明代表证号，如「张伟（0001）」。",
        "3 年度票决清单里没有第 3 项。",
        "4 年度票决清单里这一项是「校园午休」，不是「老旧小区改造」。",
        "4 代表名册上没有「王方」。是不是「王芳」？",
        "5 「项目序号」「2」与第 4 行重复。",
        "5 「小组名称」太长，最多 80 字。",
        "5 「组长」最多 1 个，现在有 2 个。",
        "5 「张伟（0004）」的代表证号在名册上是「阿古拉」，请核对。",
        "6 「项目序号」没有填写。",
        "6 「组长」没有填写。",
        "6 「成员」没有填写。",
        "7 「项目序号」是公式，不能导入。请复制后「选择性粘贴→数值」。",
    ]


def test_a_merged_cell_leaves_rows_that_say_what_is_missing() -> None:
    rows = ((1, "老旧小区改造", "", "王芳", "李小龙"), ("", "", "", "", "阿古拉"))
    content = xlsx_of(GROUP_HEADINGS, *rows, then=lambda sheet: sheet.merge_cells("A2:A3"))
    found, faults = read_groups(read_table(content), PROJECTS, PEOPLE, USUAL)
    assert [one.row for one in found] == [2]
    assert said(faults) == ["3 「项目序号」没有填写。", "3 「组长」没有填写。"]


def test_a_missing_heading_is_named_and_nothing_is_read() -> None:
    assert groups((1, "王芳"), headings=("项目序号", "成员")) == ([], ["1 缺少「组长」这一列。"])
    found, faults = read_sites(read_table(csv_of(("地点", "项目"), ("北街", "1"))), PROJECTS)
    assert (found, said(faults)) == ((), ["1 缺少「点位」这一列。"])


@given(st.lists(st.sampled_from(ROLL), min_size=1, max_size=8, unique=True))
def test_the_template_is_read_back_as_it_is_written(chosen: list[OnTheRoll]) -> None:
    cell = "、".join(PEOPLE.written(one) for one in chosen)
    [read], faults = groups((2, "校园午休", "组", PEOPLE.written(chosen[0]), cell))
    assert faults == []
    assert read.members == tuple(one.delegate for one in chosen)


def test_sites_name_their_project_by_number_or_name_or_not_at_all() -> None:
    found, wrong = sites(
        ("青山路 12 号院", "中段", "第1号", ""),
        ("一中食堂", "", "", "校园午休"),
        ("广场", "北街", 2, "校园午休"),
        ("河边",),
    )
    assert wrong == []
    assert [one.project.number if one.project else 0 for one in found] == [1, 2, 2, 0]


def test_every_wrong_row_of_sites_is_named() -> None:
    _, wrong = sites(
        ("青山路", "中段", 1, ""),
        ("青山路", "中段", "", "老旧小区改造"),
        ("", "北街", 1, ""),
        ("河边", "", 9, ""),
        ("河边", "", "", "修路"),
        ("河边", "", 1, "校园午休"),
        ("长" * 81, "", "", ""),
        ("一格" * 3000, "", "", ""),
    )
    assert wrong == [
        "3 「点位」「青山路」与第 2 行重复。",
        "4 「点位」没有填写。",
        "5 年度票决清单里没有第 9 项。",
        "6 年度票决清单里没有「修路」，请照清单上的名称写，或者填项目序号。",
        "7 年度票决清单里这一项是「老旧小区改造」，不是「校园午休」。",
        "8 「点位」太长，最多 80 字。",
        "9 「点位」太长，最多 5000 字。",
    ]


def test_five_thousand_sites_are_too_many_and_none_is_lost() -> None:
    rows = "\n".join(["点位,项目序号", *(f"{number} 号院,1" for number in range(5000))])
    found, faults = read_sites(read_table(rows.encode()), PROJECTS)
    assert len(found) == 5000
    assert [(fault.row, fault.reason) for fault in faults] == [(2002, Reason.TOO_MANY)]
    assert said(faults) == ["2002 「点位」最多 2000 个，现在有 5000 个。"]
