"""The roll as a table: 代表证号, 姓名, 性别, 代表团, 民族, 专门委员会成员, 所在单位."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from domain.congress.roll import DelegateEntry, delegate_id
from interfaces.tables import cells
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.lines import Column, Line, lay_out
from interfaces.tables.table import Table

COLUMNS: Final = (
    Column(
        field="number",
        heading="代表证号",
        aliases=("证号", "代表证编号", "代表证号码", "成员编号", "编号"),
        required=True,
    ),
    Column(field="name", heading="姓名", aliases=("代表姓名", "成员姓名"), required=True),
    Column(field="gender", heading="性别"),
    Column(
        field="delegation",
        heading="代表团",
        aliases=("所属代表团", "所在代表团", "代表团名称", "小组", "所属小组", "所在小组", "小组名称"),
        required=True,
    ),
    Column(field="ethnicity", heading="民族"),
    Column(
        field="special_committee",
        heading="专门委员会成员",
        aliases=("专门委员会委员", "是否专门委员会成员", "专委会成员", "是否专委会成员", "专题小组成员"),
    ),
    Column(field="unit", heading="所在单位", aliases=("工作单位", "单位")),
)


def read_delegates(
    table: Table, *, import_id: UUID, delegations: Collection[str] | None = None, taken: Collection[str] = ()
) -> tuple[tuple[DelegateEntry, ...], tuple[Fault, ...]]:
    """The entries of the rows without a mistake, and every mistake with its row and column.

    `delegations` are the names a delegation may have: those on the roll, or those the office fixed. Where there are
    none yet (a first import) the list itself founds them, and only names that no delegation can have (with a
    question mark, as a lost character leaves it) are refused. `taken` are certificate numbers on the roll already.
    A number that comes twice is a mistake of the later row.
    """
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    entries: list[DelegateEntry] = []
    first_rows: dict[str, int] = {}
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    for row in layout.rows:
        line = Line(row, layout)
        entry = _entry(line, import_id, delegations)
        _refuse_repeated(line, entry.number, first_rows, taken)
        faults += line.in_order()
        if not line.faults:
            entries.append(entry)
    return tuple(entries), tuple(faults)


def _entry(line: Line, import_id: UUID, delegations: Collection[str] | None) -> DelegateEntry:
    line.need("number", "name", "delegation")
    number = line.read("number", cells.certificate_number, "")
    return DelegateEntry(
        delegate=delegate_id(import_id, number),
        number=number,
        name=line.read("name", cells.person, ""),
        delegation=_delegation(line, delegations),
        gender=line.read("gender", cells.gender, None),
        ethnicity=cells.without_padding(line.text("ethnicity")),
        special_committee=line.read("special_committee", cells.yes_or_no, otherwise=False),
        unit=cells.without_padding(line.text("unit")),
    )


def _delegation(line: Line, delegations: Collection[str] | None) -> str:
    if not delegations:
        return line.read("delegation", cells.delegation, "")
    name = cells.without_padding(line.text("delegation"))
    if name and name not in delegations:
        nearest = get_close_matches(name, sorted(delegations), n=1, cutoff=0.5)
        line.refuse("delegation", Reason.UNKNOWN_DELEGATION, name, *nearest)
    return name


def _refuse_repeated(line: Line, number: str, first_rows: dict[str, int], taken: Collection[str]) -> None:
    if not number:
        return
    if number in first_rows:
        line.refuse("number", Reason.TWICE, number, str(first_rows[number]))
    elif number in taken:
        line.refuse("number", Reason.TAKEN, number)
    first_rows.setdefault(number, line.row.number)
