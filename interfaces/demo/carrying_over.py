"""What becomes of a project that crosses years in the year after its own: an annual milestone, reports, the end."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from application.implementation import adjusting
from domain.projects import implementation, periods
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.plan import AnnualMilestone, ImplementationPlan, Milestone
from domain.projects.voted_list import AdoptedProject
from domain.shared import Money
from interfaces.demo.diary import Diary
from interfaces.demo.implementing import Implementing

LATER_STEPS: Final = ((45, 40, "剩余工程全面复工过半"), (85, 90, "剩余工程完工，开始调试"))
"""Milestones of the later year: after so many percent of the time so many percent of its work."""


@dataclass(kw_only=True)
class CarryingOver:
    """The later year of every project that crosses into it (rule 21)."""

    of: Implementing

    def write(self, diary: Diary) -> None:
        """Writes down the later year; the projects are known, their plans not yet."""
        diary.on(date(self.of.year + 1, 1, 14), partial(self._begin, diary))

    def _begin(self, diary: Diary) -> None:
        """The later year's money and steps are added to the plan, which is a minor change; then it goes on."""
        later = self.of.year + 1
        for line in self.of.adopted:
            plan = implementation.in_force(self.of.state(line))
            if plan.deadline is None or plan.deadline.year != later:
                continue
            planned = self._add_year(line, plan, plan.deadline)
            for due in periods.due_dates(later, self.of.rules, self.of.calendar):
                if due <= plan.deadline:
                    diary.on(due - timedelta(days=line.number % 4), partial(self.of.report, line, due), hour=10)
            for milestone in planned:
                diary.on(milestone.due_on, partial(self.of.reach, line, milestone.number), hour=11)
            diary.on(plan.deadline + timedelta(days=line.number + 3), partial(self.of.conclude, line))

    def _add_year(self, line: AdoptedProject, plan: ImplementationPlan, deadline: date) -> list[Milestone]:
        """Logged at once: neither targets nor funds nor the end are touched (rule 20)."""
        first, by = date(deadline.year, 1, 1), self.of.hall.by(self.of.leads(line))
        numbers = len(plan.milestones)
        steps = [
            Milestone(
                number=numbers + place,
                name=name,
                due_on=first + (deadline - first) * part // 100,
                percent=Decimal(done),
            )
            for place, (part, done, name) in enumerate(LATER_STEPS, 1)
        ]
        rest = Money((plan.total_funds or Decimal(0)) - (plan.year_funds or Decimal(0)))
        words = f"{deadline.year}年完成剩余建设任务，竣工验收并交付使用"
        annual = AnnualMilestone(year=deadline.year, funds=rest, words=words)
        adjusting.propose_adjustment(
            self.of.hall.office,
            by,
            line.project,
            self.of.hall.office.new_id(by, "adjustment"),
            AdjustmentKind.CHANGE,
            replace(plan, milestones=(*plan.milestones, *steps), annual=(*plan.annual, annual)),
            f"跨年度项目，补充{deadline.year}年度目标、资金和节点。",
        )
        return steps
