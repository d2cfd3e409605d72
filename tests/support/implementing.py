"""Plans and facts of a project under way, as tests need them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.projects.card import CandidateCard, Target
from domain.projects.implementation_facts import PlanFiled, PlanPublished
from domain.projects.plan import ImplementationPlan, Milestone
from domain.projects.project import Project, Stage
from domain.shared import Money, Year

CONGRESS, PROJECT, UNIT = (UUID(int=number) for number in (1, 2, 3))
YEAR = Year(2026)

CARD = CandidateCard(
    number=1,
    name="老旧小区雨污分流改造",
    category="城市更新",
    purpose="消除积水",
    content="改造管网",
    targets=(Target(name="雨水管网", amount=Decimal(1000), unit="米"),),
    place="东河街道",
    total_funds=Money(Decimal(10_000_000)),
    year_funds=Money(Decimal(6_000_000)),
    starts_on=date(2026, 3, 1),
    finishes_on=date(2026, 11, 30),
    lead_unit=UNIT,
    lead_unit_name="区住建局",
    responsible="张工",
)
ADOPTED = Project(congress=CONGRESS, year=YEAR, code="0000000", card=CARD, stage=Stage.ADOPTED, number=1)


def milestone(number: int, due_on: date, percent: int) -> Milestone:
    """A step of the plan."""
    return Milestone(number=number, name=f"节点{number}", due_on=due_on, percent=Decimal(percent))


PLAN = ImplementationPlan(
    lead_unit=UNIT,
    lead_unit_name="区住建局",
    responsible="张工",
    targets=CARD.targets,
    place=CARD.place,
    starts_on=date(2026, 3, 1),
    deadline=date(2026, 11, 30),
    total_funds=CARD.total_funds,
    year_funds=CARD.year_funds,
    safeguards="专班每周调度，资金按月拨付。",
    milestones=(milestone(1, date(2026, 5, 31), 30), milestone(2, date(2026, 9, 30), 80)),
)


def plan(**other: Any) -> ImplementationPlan:
    """The plan with these fields otherwise."""
    return replace(PLAN, **other)


FILED = PlanFiled(
    congress=CONGRESS, year=YEAR, project=PROJECT, name=CARD.name, adopted=PLAN, plan=PLAN, on=date(2026, 2, 1)
)
PUBLISHED = PlanPublished(plan=PLAN, on=date(2026, 2, 10))


@dataclass(frozen=True)
class DaysOff:
    """A calendar that knows weekends and these holidays and make-up working days."""

    holidays: Collection[date] = field(default=())
    make_up: Collection[date] = field(default=())

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day."""
        while day in self.holidays or (day.weekday() >= 5 and day not in self.make_up):
            day += timedelta(days=1)
        return day
