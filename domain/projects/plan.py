"""The implementation plan 实施计划 of an adopted project: who does what by when, with what money (rule 19)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import count, pairwise
from operator import attrgetter
from uuid import UUID

from domain.projects.card import CandidateCard, Target
from domain.shared import Money, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated step 节点. `percent` is the physical progress planned for that day, of the year it falls into."""

    number: int
    name: str
    due_on: date
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDuty:
    """One line of the duty list 责任分解: what a unit has to do, by when."""

    unit_name: str
    words: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualMilestone:
    """What a project that crosses years has to reach in one of them, and the yuan to be spent there (rule 21)."""

    year: int
    funds: Money
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplementationPlan:
    """The plan of one project. A filed plan may have gaps; a published one has none."""

    lead_unit: UUID | None = None
    lead_unit_name: str = ""
    assisting_units: tuple[str, ...] = ()
    responsible: str = ""
    duty_phone: str = ""
    """An office's telephone, published on the project's page; never a person's own."""
    targets: tuple[Target, ...] = ()
    place: str = ""
    starts_on: date | None = None
    deadline: date | None = None
    total_funds: Money | None = None
    year_funds: Money | None = None
    """Yuan to be spent in the voted year."""
    safeguards: str = ""
    """保障措施."""
    milestones: tuple[Milestone, ...] = ()
    """In the order of their days."""
    duties: tuple[UnitDuty, ...] = ()
    annual: tuple[AnnualMilestone, ...] = ()
    """Of a project that crosses years: the voted year's, and later ones once they are settled."""

    def crosses(self, year: int) -> bool:
        """Whether the project of this voted year is finished in a later one."""
        return self.deadline is not None and self.deadline.year > year

    def annual_of(self, year: int) -> AnnualMilestone | None:
        """What is to be reached in this year."""
        return next((one for one in self.annual if one.year == year), None)


class PlanFault(StrEnum):
    """What keeps a plan from being published."""

    MISSING = "missing"
    NOT_POSITIVE = "not_positive"
    YEAR_ABOVE_TOTAL = "year_above_total"
    DEADLINE_BEFORE_START = "deadline_before_start"
    MILESTONE_OUTSIDE = "milestone_outside"
    """Due before the start or after the deadline."""
    MILESTONE_OUT_OF_RANGE = "milestone_out_of_range"
    """Its percent is not between 0 and 100."""
    MILESTONES_FALL = "milestones_fall"
    """A later milestone of the same year plans less than an earlier one."""
    MILESTONE_REPEATED = "milestone_repeated"
    ANNUAL_MILESTONE_MISSING = "annual_milestone_missing"
    """A project that crosses years has none for the voted year, or one without words (rule 21)."""
    ANNUAL_FUNDS_DIFFER = "annual_funds_differ"
    """The annual milestone of the voted year has other funds than the plan has for it."""
    ANNUAL_ABOVE_TOTAL = "annual_above_total"
    ANNUAL_OUTSIDE = "annual_outside"
    """An annual milestone of a year in which the project is not built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGap:
    """One field that keeps a plan from being published; `value` shows what is there instead."""

    field: str
    fault: PlanFault
    value: str = ""


@dataclass(eq=False)
class PlanIncomplete(Refused):
    """The plan cannot be published; every gap is named (rules 19 and 21)."""

    name: str
    gaps: tuple[PlanGap, ...]


REQUIRED = ("lead_unit_name", "targets", "deadline", "total_funds", "year_funds", "safeguards")
"""Rule 19: lead unit, targets, deadline, funds and safeguards."""


def plan_of(card: CandidateCard, year: int) -> ImplementationPlan:
    """What the card that was voted on already says of the plan: it is not typed twice."""
    crosses = card.finishes_on is not None and card.finishes_on.year > year
    annual = (
        (AnnualMilestone(year=year, funds=card.year_funds, words=card.annual_targets),)
        if crosses and card.year_funds is not None
        else ()
    )
    return ImplementationPlan(
        lead_unit=card.lead_unit,
        lead_unit_name=card.lead_unit_name,
        assisting_units=card.assisting_units,
        responsible=card.responsible,
        targets=card.targets,
        place=card.place,
        starts_on=card.starts_on,
        deadline=card.finishes_on,
        total_funds=card.total_funds,
        year_funds=card.year_funds,
        annual=annual,
    )


def plan_gaps(plan: ImplementationPlan, year: int) -> tuple[PlanGap, ...]:
    """Everything that keeps the plan of a project of this year from being published, in the order of the form."""
    missing = tuple(
        PlanGap(field=name, fault=PlanFault.MISSING)
        for name in REQUIRED
        if getattr(plan, name) in (None, "", ()) or (name == "safeguards" and not plan.safeguards.strip())
    )
    return missing + _money_gaps(plan) + _time_gaps(plan) + _milestone_gaps(plan) + _annual_gaps(plan, year)


def completion_rate(plan: ImplementationPlan, year: int, spent: Money) -> Fraction | None:
    """Share of the year's funds that is spent; of the annual milestone where the project crosses years (rule 21).

    `spent` is yuan of that year alone. None where the plan names no funds for the year.
    """
    annual = plan.annual_of(year)
    funds = annual.funds if annual is not None else plan.year_funds
    return Fraction(spent) / Fraction(funds) if funds else None


def with_known_numbers(
    milestones: Sequence[Milestone], before: Sequence[Milestone], used: Collection[int]
) -> tuple[Milestone, ...]:
    """The milestones of an adjusted plan, each under the number it had before, by its name and day, else by its name.

    What was reached is remembered by number: a step put in front of it must not inherit it. New ones get numbers that
    were never used.
    """
    left, numbers = list(before), dict[int, int]()
    for fields in (attrgetter("name", "due_on"), attrgetter("name")):
        for place, one in enumerate(milestones):
            same = next((each for each in left if fields(each) == fields(one)), None)
            if place not in numbers and same is not None:
                numbers[place] = same.number
                left.remove(same)
    fresh = count(max((*used, *(one.number for one in before)), default=0) + 1)
    return tuple(
        replace(one, number=numbers[place] if place in numbers else next(fresh)) for place, one in enumerate(milestones)
    )


def _money_gaps(plan: ImplementationPlan) -> tuple[PlanGap, ...]:
    found = []
    if plan.total_funds is not None and plan.total_funds <= 0:
        found.append(PlanGap(field="total_funds", fault=PlanFault.NOT_POSITIVE, value=str(plan.total_funds)))
    if plan.year_funds is not None and plan.year_funds < 0:
        found.append(PlanGap(field="year_funds", fault=PlanFault.NOT_POSITIVE, value=str(plan.year_funds)))
    if plan.total_funds is not None and plan.year_funds is not None and plan.year_funds > plan.total_funds:
        found.append(PlanGap(field="year_funds", fault=PlanFault.YEAR_ABOVE_TOTAL, value=str(plan.year_funds)))
    return tuple(found)


def _time_gaps(plan: ImplementationPlan) -> tuple[PlanGap, ...]:
    if plan.starts_on and plan.deadline and plan.deadline < plan.starts_on:
        fault = PlanFault.DEADLINE_BEFORE_START
        return (PlanGap(field="deadline", fault=fault, value=plan.deadline.isoformat()),)
    return ()


def _milestone_gaps(plan: ImplementationPlan) -> tuple[PlanGap, ...]:
    def gap(of: Milestone, fault: PlanFault) -> PlanGap:
        return PlanGap(field="milestones", fault=fault, value=of.name or str(of.number))

    found = [gap(one, PlanFault.MISSING) for one in plan.milestones if not one.name.strip()]
    found += [gap(one, PlanFault.MILESTONE_OUT_OF_RANGE) for one in plan.milestones if not 0 <= one.percent <= 100]
    found += [
        gap(one, PlanFault.MILESTONE_OUTSIDE)
        for one in plan.milestones
        if (plan.starts_on and one.due_on < plan.starts_on) or (plan.deadline and one.due_on > plan.deadline)
    ]
    numbers = [one.number for one in plan.milestones]
    found += [gap(one, PlanFault.MILESTONE_REPEATED) for one in plan.milestones if numbers.count(one.number) > 1]
    by_day = sorted(plan.milestones, key=lambda one: (one.due_on, one.percent))
    found += [
        gap(later, PlanFault.MILESTONES_FALL)
        for earlier, later in pairwise(by_day)
        if earlier.due_on.year == later.due_on.year and later.percent < earlier.percent
    ]
    return tuple(found)


def _annual_gaps(plan: ImplementationPlan, year: int) -> tuple[PlanGap, ...]:
    """A project that ends in its own year has none; one that crosses years has at least the voted year's (rule 21).

    Those of later years may follow by an adjustment, when their budgets are known.
    """
    last = plan.deadline.year if plan.deadline is not None else year
    years = range(year, last + 1) if last > year else range(0)
    have = [one.year for one in plan.annual]
    found = [
        PlanGap(field="annual", fault=PlanFault.ANNUAL_MILESTONE_MISSING, value=str(one))
        for one in sorted({*years[:1], *(one.year for one in plan.annual if one.year in years)})
        if not any(each.year == one and each.words.strip() for each in plan.annual)
    ]
    found += [
        PlanGap(field="annual", fault=PlanFault.ANNUAL_OUTSIDE, value=str(one.year))
        for one in plan.annual
        if one.year not in years or have.count(one.year) > 1
    ]
    of_year = plan.annual_of(year)
    if of_year is not None and plan.year_funds is not None and of_year.funds != plan.year_funds:
        found.append(PlanGap(field="annual", fault=PlanFault.ANNUAL_FUNDS_DIFFER, value=str(year)))
    if plan.total_funds is not None and sum((one.funds for one in plan.annual), Decimal(0)) > plan.total_funds:
        found.append(PlanGap(field="annual", fault=PlanFault.ANNUAL_ABOVE_TOTAL))
    return tuple(found)
