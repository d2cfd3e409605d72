"""The implementation plan as it is typed, and as the form shows one that is known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from starlette.datastructures import FormData

from domain.projects.plan import ImplementationPlan, plan_gaps
from domain.shared import Refused
from interfaces.tables.faults import sentence
from interfaces.tables.plan_cells import plain, targets_told
from interfaces.tables.plans import COLUMNS, read_typed_plan
from interfaces.web._base.forms import Sheet, Typed
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.shown import wan
from interfaces.web.plans.words import gap_said

_MOST_LINES: Final = 60
_SEPARATORS: Final = re.compile(r"[;；\n]+")


@dataclass(eq=False)
class UnreadablePlan(Refused):
    """Fields that could not be read; the sentence of each by its name."""

    said: dict[str, str]


class LineColumn(NamedTuple):
    """A column of the fields that are typed line by line."""

    name: str
    label: Lazy
    type: str
    css: str


LINES: Final[dict[str, tuple[LineColumn, ...]]] = {
    "milestones": (
        LineColumn("due_on", lazy("完成时间"), "date", "day"),
        LineColumn("name", lazy("节点"), "text", "words"),
        LineColumn("percent", lazy("累计进度（%%）"), "text", "short"),
    ),
    "duties": (
        LineColumn("unit", lazy("责任单位"), "text", "unit"),
        LineColumn("words", lazy("责任分工"), "text", "words"),
        LineColumn("due_on", lazy("完成时间"), "date", "day"),
    ),
    "annual": (
        LineColumn("year", lazy("年度"), "text", "short"),
        LineColumn("funds", lazy("资金（万元）"), "text", "short"),
        LineColumn("words", lazy("完成到什么程度"), "text", "words"),
    ),
}
_SPARE: Final = {"milestones": 3, "duties": 2, "annual": 2}


def read_plan(typed: Typed, units: Mapping[str, UUID]) -> ImplementationPlan:
    """The plan that was typed, gaps and all. Raises UnreadablePlan for fields that mean nothing."""
    values = {column.field: typed.text(column.field) for column in COLUMNS}
    values["targets"] = ";".join(values["targets"].splitlines())
    values["assisting_units"] = ";".join(values["assisting_units"].splitlines())
    for name in LINES:
        values[name] = ";".join(_line(name, cells) for cells in _typed_lines(typed, name))
    plan, faults = read_typed_plan(values, units)
    if faults:
        raise UnreadablePlan(said={field: sentence(fault) for field, fault in faults.items()})
    return plan


def known_values(plan: ImplementationPlan) -> dict[str, object]:
    """What stands in the form for a plan."""
    lines: dict[str, list[tuple[object, ...]]] = {
        "milestones": [(one.due_on, one.name, plain(one.percent)) for one in plan.milestones],
        "duties": [(one.unit_name, one.words, one.due_on or "") for one in plan.duties],
        "annual": [(one.year, wan(one.funds), one.words) for one in plan.annual],
    }
    return {
        "lead_unit_name": plan.lead_unit_name,
        "assisting_units": "\n".join(plan.assisting_units),
        "responsible": plan.responsible,
        "duty_phone": plan.duty_phone,
        "targets": "\n".join(targets_told(plan.targets)),
        "place": plan.place,
        "starts_on": plan.starts_on,
        "deadline": plan.deadline,
        "total_funds": wan(plan.total_funds),
        "year_funds": wan(plan.year_funds),
        "safeguards": plan.safeguards,
        **{
            f"{name}-{number}-{column.name}": value
            for name, rows in lines.items()
            for number, row in enumerate(rows, 1)
            for column, value in zip(LINES[name], row, strict=True)
        },
    }


def with_gaps(form: Sheet, plan: ImplementationPlan, year: int) -> Sheet:
    """The form with what the plan lacks beside its fields."""
    for gap in plan_gaps(plan, year):
        form.errors.setdefault(gap.field, gap_said(gap))
    return form


def line_counts(form: Sheet) -> dict[str, int]:
    """How many lines of each kind the form shows: those that hold something, and some to write in."""
    names = form.typed.keys() if form.typed is not None else form.values.keys()
    return {name: min(_MOST_LINES, _last_line(form, list(names), name) + _SPARE[name]) for name in LINES}


def _last_line(form: Sheet, names: list[str], name: str) -> int:
    pattern = re.compile(rf"{name}-([1-9][0-9]?)-[a-z_]+")
    numbers = [int(found[1]) for one in names if (found := pattern.fullmatch(one)) and form.value(one)]
    return max(numbers, default=0)


def _typed_lines(typed: Typed, name: str) -> list[list[str]]:
    count = min(_MOST_LINES, _most(typed.data, name))
    lines = [
        [_SEPARATORS.sub("，", typed.text(f"{name}-{number}-{column.name}")) for column in LINES[name]]
        for number in range(1, count + 1)
    ]
    return [line for line in lines if any(line)]


def _most(data: FormData, name: str) -> int:
    pattern = re.compile(rf"{name}-([1-9][0-9]?)-[a-z_]+")
    return max((int(found[1]) for one in data if (found := pattern.fullmatch(one))), default=0)


def _line(name: str, cells: list[str]) -> str:
    """The cells as a table's cell holds them; what is missing makes the whole unreadable, and is said so."""
    first, second, third = cells
    if name == "milestones":
        return f"{first} {second} {third.rstrip('%％')}%"
    if name == "duties":
        return f"{first}：{second}" + (f"（{third}前）" if third else "")
    return f"{first.rstrip('年')}年：{second}万元，{third}"
