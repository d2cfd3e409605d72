"""An implementation plan as a row keeps it: plain JSON, read back as the plan it was."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.projects.card import Target
from domain.projects.plan import AnnualMilestone, ImplementationPlan, Milestone, UnitDuty
from domain.shared import Money


def kept(plan: ImplementationPlan) -> dict[str, Any]:
    """The plan for a JSON column."""
    return {
        "lead_unit": None if plan.lead_unit is None else str(plan.lead_unit),
        "lead_unit_name": plan.lead_unit_name,
        "assisting_units": list(plan.assisting_units),
        "responsible": plan.responsible,
        "duty_phone": plan.duty_phone,
        "targets": [[one.name, str(one.amount), one.unit] for one in plan.targets],
        "place": plan.place,
        "starts_on": _day(plan.starts_on),
        "deadline": _day(plan.deadline),
        "total_funds": _amount(plan.total_funds),
        "year_funds": _amount(plan.year_funds),
        "safeguards": plan.safeguards,
        "milestones": [[one.number, one.name, one.due_on.isoformat(), str(one.percent)] for one in plan.milestones],
        "duties": [[one.unit_name, one.words, _day(one.due_on)] for one in plan.duties],
        "annual": [[one.year, str(one.funds), one.words] for one in plan.annual],
    }


def read(told: dict[str, Any]) -> ImplementationPlan:
    """The plan that `kept` was given."""
    return ImplementationPlan(
        lead_unit=UUID(told["lead_unit"]) if told["lead_unit"] else None,
        lead_unit_name=told["lead_unit_name"],
        assisting_units=tuple(told["assisting_units"]),
        responsible=told["responsible"],
        duty_phone=told["duty_phone"],
        targets=tuple(Target(name=name, amount=Decimal(amount), unit=unit) for name, amount, unit in told["targets"]),
        place=told["place"],
        starts_on=_as_day(told["starts_on"]),
        deadline=_as_day(told["deadline"]),
        total_funds=_as_money(told["total_funds"]),
        year_funds=_as_money(told["year_funds"]),
        safeguards=told["safeguards"],
        milestones=tuple(
            _milestone(number, name, due_on, percent) for number, name, due_on, percent in told["milestones"]
        ),
        duties=tuple(
            UnitDuty(unit_name=unit, words=words, due_on=_as_day(due_on)) for unit, words, due_on in told["duties"]
        ),
        annual=tuple(
            AnnualMilestone(year=year, funds=Money(Decimal(funds)), words=words)
            for year, funds, words in told["annual"]
        ),
    )


@lru_cache(maxsize=16_384)
def _milestone(number: int, name: str, due_on: str, percent: str) -> Milestone:
    """First pages read hundreds of plans, mostly the same again."""
    return Milestone(number=number, name=name, due_on=date.fromisoformat(due_on), percent=Decimal(percent))


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(value: Money | None) -> str | None:
    return None if value is None else str(value)


def _as_money(text: str | None) -> Money | None:
    return None if text is None else Money(Decimal(text))
