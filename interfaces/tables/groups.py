"""Delegate groups 代表小组 as a table, one row an adopted project; delegates by name, where two share one by number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from domain.supervision.group import LARGEST
from interfaces.tables import cells
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.lines import Column, Line, lay_out
from interfaces.tables.table import Table

COLUMNS: Final = (
    Column(field="number", heading="项目序号", aliases=("序号", "编号", "项目编号"), required=True),
    Column(field="project", heading="项目名称", aliases=("项目", "名称")),
    Column(field="name", heading="小组名称", aliases=("小组", "代表小组")),
    Column(field="leader", heading="组长", aliases=("小组组长",), required=True),
    Column(field="members", heading="成员", aliases=("组员", "小组成员", "代表"), required=True),
)
LONGEST_NAME: Final = 80
_WITH_NUMBER: Final = re.compile(r"(.+?)\s*[(（]\s*([0-9A-Za-z-]{1,20})\s*[)）]")
_BETWEEN: Final = re.compile(r"[;；、,，\n]")
_MOST_PIECES: Final = 6
"""Blanks that may stand inside a name with its number."""

_MOST_HINTS: Final = 100
"""To look for the nearest name takes long; a table with more unknown names is not of this roll."""

_MOST_TOLD: Final = 10
"""Unknown names of one cell that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedProject:
    """An adopted project that a group may watch."""

    project: UUID
    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheRoll:
    """A delegate who may belong to a group."""

    delegate: UUID
    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGroup:
    """One good row; the leader is the first of the members."""

    row: int
    project: UUID
    number: int
    project_name: str
    name: str
    leader: UUID
    members: tuple[UUID, ...]


class People:
    """The roll, to be asked by what stands in a cell."""

    def __init__(self, roll: Sequence[OnTheRoll]) -> None:
        self._numbers: Mapping[str, OnTheRoll] = {one.number: one for one in roll}
        self._names: dict[str, list[OnTheRoll]] = {}
        for one in roll:
            self._names.setdefault(one.name, []).append(one)
        self._hints: dict[str, list[str]] = {}

    def written(self, one: OnTheRoll) -> str:
        """How a cell means this delegate: the name, with the number where others are called the same."""
        return one.name if len(self._names[one.name]) == 1 else f"{one.name}（{one.number}）"

    def in_cell(self, text: str, line: Line, field: str) -> tuple[UUID, ...]:
        """Everybody a cell names, each once; who is not found is a fault of the line."""
        found: dict[UUID, None] = {}
        for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            for written in self._apart(part):
                if len(line.faults) > _MOST_TOLD:
                    return tuple(found)
                one = self._meant(written, line, field)
                if one is not None:
                    found.setdefault(one.delegate)
        return tuple(found)

    def _apart(self, part: str) -> list[str]:
        """Names are often parted by blanks alone, and a name of two characters may be padded with one."""
        pieces, found = part.split(), []
        while pieces:
            written = [
                cells.without_padding(" ".join(pieces[:taken]))
                for taken in range(1, min(len(pieces), _MOST_PIECES) + 1)
            ]
            taken = max((number for number, one in enumerate(written, 1) if self._is_known(one)), default=0)
            if not taken:
                return [cells.without_padding(part)]
            found.append(written[taken - 1])
            pieces = pieces[taken:]
        return found

    def _nearest(self, written: str) -> list[str]:
        if written not in self._hints:
            if len(self._hints) == _MOST_HINTS:
                return []
            self._hints[written] = get_close_matches(written, sorted(self._names), n=1, cutoff=0.5)
        return self._hints[written]

    def _is_known(self, written: str) -> bool:
        with_number = _WITH_NUMBER.fullmatch(written)
        return (with_number[1] if with_number else written) in self._names

    def _meant(self, written: str, line: Line, field: str) -> OnTheRoll | None:
        with_number = _WITH_NUMBER.fullmatch(written)
        name, number = with_number.groups() if with_number else ("", cells.half_width(written))
        by_number = self._numbers.get(cells.half_width(number))
        same = self._names.get(written, [])
        if by_number is not None and name in ("", by_number.name):
            return by_number
        if by_number is not None:
            line.refuse(field, Reason.OTHER_DELEGATE, written, by_number.name)
        elif len(same) == 1:
            return same[0]
        elif same:
            line.refuse(field, Reason.SAME_NAME, written, f"{written}（{same[0].number}）")
        else:
            line.refuse(field, Reason.UNKNOWN_DELEGATE, written, *self._nearest(name or written))
        return None


def read_groups(
    table: Table, projects: Sequence[GroupedProject], people: People, usual_name: Mapping[UUID, str]
) -> tuple[tuple[ReadGroup, ...], tuple[Fault, ...]]:
    """The groups of the rows without a mistake, and every mistake with its row and column.

    `usual_name`: what a project's group is called where its cell is empty. Leaders count as members.
    """
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    found: list[ReadGroup] = []
    first_rows: dict[UUID, int] = {}
    for row in layout.rows:
        line = Line(row, layout)
        project = _project(line, projects, first_rows)
        read = _group(line, project, people, usual_name)
        faults += line.in_order()
        if read is not None and not line.faults:
            found.append(read)
    return tuple(found), tuple(faults)


def _project(line: Line, projects: Sequence[GroupedProject], first_rows: dict[UUID, int]) -> GroupedProject | None:
    """The project of a row by its number; a name that stands beside it must be the same one's."""
    line.need("number", "leader", "members")
    number, name = line.read("number", cells.whole_number, 0), cells.without_padding(line.text("project"))
    known = next((one for one in projects if one.number == number), None)
    if known is None:
        if number and not line.is_wrong("number"):
            line.refuse("number", Reason.UNKNOWN_PROJECT, str(number))
        return None
    if name and name != known.name:
        line.refuse("project", Reason.OTHER_PROJECT, name, known.name)
    if known.project in first_rows:
        line.refuse("number", Reason.TWICE, str(number), str(first_rows[known.project]))
    first_rows.setdefault(known.project, line.row.number)
    return known


def _group(
    line: Line, project: GroupedProject | None, people: People, usual_name: Mapping[UUID, str]
) -> ReadGroup | None:
    name = line.text("name")
    if len(name) > LONGEST_NAME:
        line.refuse("name", Reason.TOO_LONG, name, str(LONGEST_NAME))
    leaders = people.in_cell(line.text("leader"), line, "leader")
    if len(leaders) > 1:
        line.refuse("leader", Reason.TOO_MANY, str(len(leaders)), "1")
    others = people.in_cell(line.text("members"), line, "members")
    members = tuple(dict.fromkeys((*leaders, *others)))
    if len(members) > LARGEST:
        line.refuse("members", Reason.TOO_MANY, str(len(members)), str(LARGEST))
    if project is None or not leaders:
        return None
    return ReadGroup(
        row=line.row.number,
        project=project.project,
        number=project.number,
        project_name=project.name,
        name=name or usual_name[project.project],
        leader=leaders[0],
        members=members,
    )
