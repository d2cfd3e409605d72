"""Accounts of offices as a table: 姓名, 登录名, 角色, 单位."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from application.accounts import NewAccount
from domain.accounts.login import check_login, normal_login
from domain.accounts.permissions import Role
from domain.shared import Invalid
from interfaces.tables import cells
from interfaces.tables.cells import CellRefused
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.lines import Column, Line, lay_out
from interfaces.tables.table import Table

COLUMNS: Final = (
    Column(field="name", heading="姓名", required=True),
    Column(field="login", heading="登录名", aliases=("账号", "用户名"), required=True),
    Column(field="role", heading="角色"),
    Column(field="unit", heading="单位", aliases=("所在单位", "责任单位", "单位名称")),
)


def read_accounts(
    table: Table, *, roles: Mapping[str, Role], units: Mapping[str, UUID], taken: Collection[str] = ()
) -> tuple[tuple[NewAccount, ...], tuple[Fault, ...]]:
    """The accounts of the rows without a mistake, and every mistake with its row and column.

    `roles` by the words offices use for them; an empty cell is an officer of a unit. `units` by name; who is an
    officer of a unit needs one. `taken` are sign-in names that somebody has.
    """
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    people: list[NewAccount] = []
    first_rows: dict[str, int] = {}
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    for row in layout.rows:
        line = Line(row, layout)
        person = _person(line, roles, units)
        _refuse_repeated(line, person.login, first_rows, taken)
        faults += line.in_order()
        if not line.faults:
            people.append(person)
    return tuple(people), tuple(faults)


def logins_in(table: Table) -> list[str]:
    """The sign-in names that stand in the table, right or wrong, to be looked up."""
    layout = lay_out(table, COLUMNS)
    place = layout.places.get("login")
    return [] if place is None else [normal_login(row.cell(place)) for row in layout.rows if row.cell(place)]


def _person(line: Line, roles: Mapping[str, Role], units: Mapping[str, UUID]) -> NewAccount:
    line.need("name", "login")
    role = _role(line, roles)
    return NewAccount(
        name=line.read("name", cells.person, ""),
        login=line.read("login", _login, ""),
        role=role,
        unit=_unit(line, units) if role is Role.DEPARTMENT else None,
    )


def _login(text: str) -> str:
    login = normal_login(text)
    try:
        check_login(login)
    except Invalid:
        raise CellRefused(reason=Reason.NOT_A_LOGIN) from None
    return login


def _role(line: Line, roles: Mapping[str, Role]) -> Role:
    words = line.text("role")
    if words and words not in roles:
        line.refuse("role", Reason.NOT_A_ROLE, words, "、".join(roles))
    return roles.get(words, Role.DEPARTMENT)


def _unit(line: Line, units: Mapping[str, UUID]) -> UUID | None:
    name = cells.without_padding(line.text("unit"))
    if not name:
        line.refuse("unit", Reason.MISSING)
    elif name not in units:
        line.refuse("unit", Reason.UNKNOWN_UNIT, name, *get_close_matches(name, sorted(units), n=1, cutoff=0.5))
    return units.get(name)


def _refuse_repeated(line: Line, login: str, first_rows: dict[str, int], taken: Collection[str]) -> None:
    if not login:
        return
    if login in first_rows:
        line.refuse("login", Reason.TWICE, login, str(first_rows[login]))
    elif login in taken:
        line.refuse("login", Reason.TAKEN, login)
    first_rows.setdefault(login, line.row.number)
