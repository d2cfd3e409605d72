"""Plans as pages compare them, and as their documents print them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from domain.projects.adjustment import departures
from domain.projects.adjustment_facts import AdjustedField
from domain.projects.card import Target
from domain.projects.implementation import Standing
from domain.projects.plan import ImplementationPlan
from interfaces.documents.duty_list import DutyLine, DutyMilestone, DutyOfUnit
from interfaces.documents.written import money as money_printed
from interfaces.tables.plan_cells import annual_told, duties_told, milestones_told, plain
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web._base.shown import day, money
from interfaces.web.plans.desk import ListedPlan
from interfaces.web.plans.words import LABELS, STANDINGS, amount_said


class Compared(NamedTuple):
    """One field that a change touches. `step` is the change itself, `total` against what was adopted, in percent."""

    label: str
    before: str
    after: str
    step: Decimal | None
    total: Decimal | None
    is_major: bool


def compared(before: ImplementationPlan, after: ImplementationPlan, measure: ImplementationPlan) -> list[Compared]:
    """What a change touches, the major first as they stand in the plan (rule 20)."""
    major = {(one.field, one.name) for one in departures(measure, after, before)}
    found = [*_targets(before, after, measure, major), *_funds(before, after, measure, major)]
    found += _texts(before, after, major)
    return sorted(found, key=lambda one: not one.is_major)


def _targets(
    before: ImplementationPlan,
    after: ImplementationPlan,
    measure: ImplementationPlan,
    major: set[tuple[AdjustedField, str]],
) -> Iterable[Compared]:
    for name, unit in dict.fromkeys((one.name, one.unit) for one in (*before.targets, *after.targets)):
        old, new = _amount(before, name, unit), _amount(after, name, unit)
        if old != new:
            yield Compared(
                label=_("年度目标“%(name)s”", name=name),
                before=_("（没有）") if old is None else amount_said(old, unit),
                after=_("（没有）") if new is None else amount_said(new, unit),
                step=change(old, new),
                total=change(_amount(measure, name, unit), new),
                is_major=(AdjustedField.TARGET, name) in major,
            )


def _funds(
    before: ImplementationPlan,
    after: ImplementationPlan,
    measure: ImplementationPlan,
    major: set[tuple[AdjustedField, str]],
) -> Iterable[Compared]:
    for field in (AdjustedField.TOTAL_FUNDS, AdjustedField.YEAR_FUNDS):
        old, new = getattr(before, field.value), getattr(after, field.value)
        if old != new:
            total = change(getattr(measure, field.value), new)
            label = str(LABELS[field.value])
            yield Compared(label, money(old), money(new), change(old, new), total, (field, "") in major)


_FIELD_OF = {
    "place": AdjustedField.PLACE,
    "lead_unit_name": AdjustedField.LEAD_UNIT,
    "deadline": AdjustedField.DEADLINE,
}


def _texts(
    before: ImplementationPlan, after: ImplementationPlan, major: set[tuple[AdjustedField, str]]
) -> Iterable[Compared]:
    for name in (
        "lead_unit_name",
        "place",
        "deadline",
        "starts_on",
        "assisting_units",
        "responsible",
        "duty_phone",
        "milestones",
        "duties",
        "annual",
        "safeguards",
    ):
        if getattr(before, name) != getattr(after, name):
            is_major = name in _FIELD_OF and (_FIELD_OF[name], "") in major
            yield Compared(str(LABELS[name]), _text(before, name), _text(after, name), None, None, is_major)


def _text(plan: ImplementationPlan, name: str) -> str:
    match name:
        case "deadline" | "starts_on":
            return day(getattr(plan, name))
        case "assisting_units":
            return "\n".join(plan.assisting_units) or "–"
        case "milestones":
            return "\n".join(milestones_told(plan.milestones)) or "–"
        case "duties":
            return "\n".join(duties_told(plan.duties)) or "–"
        case "annual":
            return "\n".join(annual_told(plan.annual)) or "–"
    return str(getattr(plan, name)) or "–"


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """The change in percent of the value before, exact enough to print two decimals; None where there was nothing."""
    return ((after or Decimal(0)) / before - 1) * 100 if before else None


def _amount(plan: ImplementationPlan, name: str, unit: str) -> Decimal | None:
    same = [one.amount for one in plan.targets if (one.name, one.unit) == (name, unit)]
    return sum(same, Decimal(0)) if same else None


def duty_line(one: ListedPlan, *, first: bool) -> DutyLine:
    """A project as the duty list prints it: `first` as it was published, else as it is now."""
    published = one.row.as_published if one.row else None
    plan = published if first and published is not None else one.plan
    stands_still = not first and one.row is not None and one.row.standing != Standing.UNDER_WAY
    note = STANDINGS[one.row.standing].message if one.row and stands_still else ""
    return DutyLine(
        number=one.number,
        name=one.name,
        lead_unit=plan.lead_unit_name,
        assisting_units=plan.assisting_units,
        responsible=plan.responsible,
        duty_phone=plan.duty_phone,
        targets=tuple(target_printed(target) for target in plan.targets),
        place=plan.place,
        starts_on=plan.starts_on,
        deadline=plan.deadline,
        total_funds=plan.total_funds,
        year_funds=plan.year_funds,
        safeguards=plan.safeguards,
        milestones=tuple(
            DutyMilestone(name=step.name, due_on=step.due_on, percent=plain(step.percent)) for step in plan.milestones
        ),
        duties=tuple(DutyOfUnit(unit=duty.unit_name, words=duty.words, due_on=duty.due_on) for duty in plan.duties),
        annual=tuple(f"{year.year}年：{money_printed(year.funds)}，{year.words}" for year in plan.annual),
        note=note,
    )


def target_printed(target: Target) -> str:
    """雨水管网42公里."""
    return f"{target.name}{plain(target.amount)}{target.unit}"


_BODIES = ("人民代表大会", "居民议事会")


def place_of(congress: str) -> str:
    """青城市 of 青城市人民代表大会."""
    return next((congress.removesuffix(body) for body in _BODIES if congress.endswith(body)), congress)


def issuer_of(congress: str) -> str:
    """The office that publishes: 青城市人民代表大会常务委员会办公室."""
    if congress.endswith(_BODIES[0]):
        return f"{congress}{worded('常务委员会')}办公室"
    return f"{congress}办公室"


def issuers_of(congress: str) -> list[str]:
    """Who signs duty lists in practice: the office of the congress, or that of the government that carries them out."""
    if congress.endswith(_BODIES[0]):
        return [issuer_of(congress), f"{place_of(congress)}人民政府办公室"]
    return [issuer_of(congress), f"{place_of(congress)}办事处"]
