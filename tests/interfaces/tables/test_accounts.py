"""Accounts of offices as a table: every mistake with its row and column."""

from uuid import uuid4

from domain.accounts.permissions import Role
from interfaces.tables.accounts import logins_in, read_accounts
from interfaces.tables.faults import Reason, sentence
from interfaces.tables.reading import read_table
from tests.interfaces.tables.sheets import csv_of

HEADINGS = ("姓名", "登录名", "角色", "单位")
TRAFFIC, WATER = uuid4(), uuid4()
UNITS = {"交通运输局": TRAFFIC, "水务局": WATER}
ROLES = {"责任单位": Role.DEPARTMENT, "政府办": Role.GOVERNMENT, "会务人员": Role.VENUE}


def test_who_has_no_role_written_is_an_officer_of_a_unit() -> None:
    table = read_table(csv_of(HEADINGS, ("周南", "ZhouNan", "", "交通运输局"), ("李 涛", "litao", "政府办", "")))
    people, faults = read_accounts(table, roles=ROLES, units=UNITS)
    assert faults == ()
    assert [(p.name, p.login, p.role, p.unit) for p in people] == [
        ("周南", "zhounan", Role.DEPARTMENT, TRAFFIC),
        ("李涛", "litao", Role.GOVERNMENT, None),
    ]
    assert logins_in(table) == ["zhounan", "litao"]


def test_every_mistake_is_named_with_its_row_and_nothing_is_guessed() -> None:
    table = read_table(
        csv_of(
            HEADINGS,
            ("周南", "zhounan", "", "交通运输局"),
            ("李红", "ZHOUNAN", "", "水务局"),
            ("王五", "13912345678", "", "水务局"),
            ("", "zhaoliu", "", "水务局"),
            ("孙莉", "sunli", "局长", "水务局"),
            ("吴华", "wuhua", "", "交通局"),
            ("郑洁", "zhengjie", "责任单位", ""),
            ("陈晓", "chenxiao", "会务人员", ""),
        )
    )
    people, faults = read_accounts(table, roles=ROLES, units=UNITS, taken={"chenxiao"})
    assert [person.login for person in people] == ["zhounan"]
    assert [(fault.row, fault.column, fault.reason, fault.value) for fault in faults] == [
        (3, "登录名", Reason.TWICE, "zhounan"),
        (4, "登录名", Reason.NOT_A_LOGIN, "13912345678"),
        (5, "姓名", Reason.MISSING, ""),
        (6, "角色", Reason.NOT_A_ROLE, "局长"),
        (7, "单位", Reason.UNKNOWN_UNIT, "交通局"),
        (8, "单位", Reason.MISSING, ""),
        (9, "登录名", Reason.TAKEN, "chenxiao"),
    ]
    assert sentence(faults[3]) == "没有「局长」这个角色，可以填：责任单位、政府办、会务人员。"
    assert sentence(faults[4]) == "单位名录里没有「交通局」。是不是「交通运输局」？"


def test_a_table_without_sign_in_names_is_refused_whole() -> None:
    people, faults = read_accounts(read_table(csv_of(("姓名",), ("周南",))), roles=ROLES, units=UNITS)
    assert people == ()
    assert [fault.reason for fault in faults] == [Reason.HEADING_MISSING]
    assert logins_in(read_table(csv_of(("姓名",), ("周南",)))) == []
