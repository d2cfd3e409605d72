"""What becomes of a year's adopted projects in the story: plans, reports, acceptance, look-backs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from random import Random
from typing import Final
from uuid import UUID

from application.implementation import closing, duty_list, plans, reports
from application.implementation.lights import rules_for
from application.working_days import working_days
from domain.accounts.permissions import Actor
from domain.asks.answers import Completion
from domain.congress import congress as congresses
from domain.congress.working_days import WorkingDays
from domain.files import Attached
from domain.projects import implementation, periods
from domain.projects import project as projects
from domain.projects.implementation import Implementation, implementation_stream
from domain.projects.lights import planned_percent
from domain.projects.periods import ProgressRules
from domain.projects.plan import ImplementationPlan, Milestone, UnitDuty, plan_of
from domain.projects.project import Project
from domain.projects.reporting import Progress
from domain.projects.voted_list import AdoptedProject
from domain.shared import Money
from interfaces.demo.diary import Diary
from interfaces.demo.drawn_photos import site_photo
from interfaces.demo.town_hall import TownHall

STEPS: Final = ((25, 20, "完成施工招标并进场"), (60, 60, "主体工程过半"), (90, 95, "主体工程完工"))
"""Milestones: after so many percent of the time so many percent of the work."""
AHEAD_BY: Final = (9, 0, 12, 15, 6, -2, -20, 10, 4, 12)
"""Percentage points by which each project is ahead of its plan while it is under way, by number on the list."""
BEHIND: Final = -10
"""Whoever is further behind does not finish in time."""
WITH_PHOTOS: Final = 3
SAFEGUARDS: Final = "成立工作专班，每月调度一次；资金列入年度预算，按进度拨付；委托第三方全程监理。"


@dataclass(kw_only=True)
class Implementing:
    """The adopted projects of one year. `settled` years end well, but for what is carried over."""

    hall: TownHall
    congress: UUID
    body: str
    """Short name of the congress's area, e.g. 东河区."""
    year: int
    staff: Actor
    government: Actor
    department: Actor | None = None
    settled: bool = False
    adopted: Sequence[AdoptedProject] = ()

    def write(self, diary: Diary, adopted: Sequence[AdoptedProject]) -> None:
        """Writes down the year from the plans on; to be called once the list is announced."""
        self.adopted = adopted
        diary.on(date(self.year, 1, 24), self._file)
        published_on = date(self.year, 1, 29)
        diary.on(published_on, self._publish)
        for due in periods.due_dates(self.year, self.rules, self.calendar):
            for line in adopted if due > published_on else ():
                late = 3 if line.number == 6 and due.month == 6 else -(line.number % 4)
                diary.on(due + timedelta(days=late), partial(self.report, line, due), hour=10)
        for line in adopted:
            plan = self._planned(line)
            for milestone in plan.milestones:
                diary.on(milestone.due_on, partial(self.reach, line, milestone.number), hour=11)
            finished = min(plan.deadline or date.max, date(self.year, 12, 9)) + timedelta(days=line.number + 3)
            diary.on(finished, partial(self._finish, line))
            ends = plan.deadline.year if plan.deadline else self.year
            for nth in (1, 2, 3):
                day = date(ends + nth, 11, 4) + timedelta(days=line.number)
                diary.on(day, partial(self._look_back, line, nth))

    @cached_property
    def rules(self) -> ProgressRules:
        return rules_for(self.hall.office, self.congress)

    @cached_property
    def calendar(self) -> WorkingDays:
        return working_days(self.hall.office, self.congress)

    def _file(self) -> None:
        for line in self.adopted:
            plan = self._planned(line)
            plans.file_plan(self.hall.office, self.hall.by(self.leads(line)), line.project, plan)

    def _publish(self) -> None:
        number = f"{self.body[:1]}人办发〔{self.year}〕{self.year % 7 + 5}号"
        duty_list.publish_duty_list(
            self.hall.office,
            self.hall.by(self.staff),
            self.congress,
            self.year,
            [line.project for line in self.adopted],
            number,
            self.hall.office.today(),
        )

    def _planned(self, line: AdoptedProject) -> ImplementationPlan:
        """The plan that the card foreshadows, with steps, duties and safeguards."""
        card = self.project(line).card
        plan = plan_of(card, self.year)
        starts_on, deadline = plan.starts_on or date(self.year, 3, 1), plan.deadline or date(self.year, 11, 30)
        ends_on = min(deadline, date(self.year, 12, 20))
        days = (ends_on - starts_on).days
        milestones = tuple(
            Milestone(number=n, name=name, due_on=starts_on + timedelta(days=days * part // 100), percent=Decimal(done))
            for n, (part, done, name) in enumerate(STEPS, 1)
        )
        duties = [UnitDuty(unit_name=plan.lead_unit_name, words="牵头组织实施，按期报送进度。", due_on=ends_on)]
        duties += [UnitDuty(unit_name=unit, words="配合做好本单位职责内的工作。") for unit in plan.assisting_units]
        return replace(
            plan,
            duty_phone=self._phone(card.lead_unit),
            safeguards=SAFEGUARDS,
            milestones=milestones,
            duties=tuple(duties),
        )

    def report(self, line: AdoptedProject, due: date) -> None:
        """Given around its day and approved at once; the sixth's in September waits for the office."""
        now = self.state(line)
        if now.plan is None or now.accepted is not None or now.standing is not implementation.Standing.UNDER_WAY:
            return
        today = self.hall.office.today()
        if due not in periods.dues_since(now.published_on or today, self.year, self.rules, self.calendar, today):
            return
        self._give(line, now, due, self._percent(line, now, due))

    def _give(self, line: AdoptedProject, now: Implementation, due: date, percent: Decimal) -> None:
        plan = implementation.in_force(now)
        annual = plan.annual_of(due.year)
        spent = Decimal((annual.funds if annual else plan.year_funds) or 0) * percent / 100
        report = self.hall.office.new_id(by := self.hall.by(self.leads(line)), "report")
        progress = Progress(
            percent=percent,
            funds_spent=Money(spent.quantize(Decimal(1))),
            words=_done_in_words(plan, due.year, percent),
            problems="个别点位因管线迁改推迟，已增加班组赶工。" if self._is_behind(line) else "",
            photos=self._photos(line, due, int(percent)),
            reached=self._reached(now, percent) if self._is_behind(line) else (),
        )
        reports.report_progress(self.hall.office, by, line.project, report, due, progress)
        if line.number != 6 or due.month != 9:
            reports.approve_report(self.hall.office, self.hall.by(self.staff), line.project, report)

    def _percent(self, line: AdoptedProject, now: Implementation, due: date) -> Decimal:
        plan = implementation.in_force(now)
        planned = planned_percent(plan, now.year, due)
        ahead = AHEAD_BY[self._place(line)]
        wanted = int(planned) + (max(ahead, -2) if self.settled else ahead)
        return max(now.actual_percent(due), Decimal(min(max(wanted, 0), 100)))

    def _photos(self, line: AdoptedProject, due: date, percent: int) -> tuple[Attached, ...]:
        """The first three projects of the year under way show every quarter how far they are."""
        if self.settled or line.number > WITH_PHOTOS or due.month % 3:
            return ()
        chance = Random(self.year * 10 + line.number)  # noqa: S311 -- made-up pictures, no secrets
        return (site_photo(self.hall, self.congress, chance, "施工现场", percent),)

    def _reached(self, now: Implementation, percent: Decimal) -> list[int]:
        """Whoever is behind reaches a milestone when the work has come to its percent, whatever the day."""
        known = {one.number for one in now.reached}
        milestones = implementation.in_force(now).milestones
        return [one.number for one in milestones if one.number not in known and one.percent <= percent]

    def _is_behind(self, line: AdoptedProject) -> bool:
        return not self.settled and AHEAD_BY[self._place(line)] < BEHIND

    def reach(self, line: AdoptedProject, number: int) -> None:
        now = self.state(line)
        under_way = now.accepted is None and now.standing is implementation.Standing.UNDER_WAY
        if under_way and not self._is_behind(line):
            on = self.hall.office.today()
            reports.reach_milestone(self.hall.office, self.hall.by(self.leads(line)), line.project, number, on)

    def _finish(self, line: AdoptedProject) -> None:
        """Accepted and recorded complete; what crosses years is carried over."""
        now = self.state(line)
        if now.plan is None:
            return
        staff = self.staff
        if now.plan.crosses(now.year):
            closing.record_completion(
                self.hall.office,
                self.hall.by(staff),
                line.project,
                Completion.CARRIED_OVER,
                "年度目标已完成，按计划跨年度实施。",
                self.year + 1,
            )
            return
        if self._is_behind(line):
            return
        self.conclude(line)

    def conclude(self, line: AdoptedProject) -> None:
        """Reported to the end where it is not, accepted, and recorded complete."""
        now, today, staff = self.state(line), self.hall.office.today(), self.staff
        dues = periods.dues_since(now.published_on or today, self.year, self.rules, self.calendar, today)
        still_open = [due for due in dues if not any(one.given.due_on == due for one in now.reports)]
        if still_open and now.actual_percent(today) < 100:
            self._give(line, now, still_open[-1], Decimal(100))
        inspected = closing.Inspected(
            on=today,
            body=f"{self.body}民生实事项目验收组",
            number=f"验收〔{self.year}〕{line.number}号",
            words="工程质量合格，资料齐全，同意交付使用。",
        )
        closing.accept_project(self.hall.office, self.hall.by(staff), line.project, inspected)
        closing.record_completion(
            self.hall.office, self.hall.by(staff), line.project, Completion.COMPLETED, "全部目标完成并通过验收。"
        )

    def _look_back(self, line: AdoptedProject, nth: int) -> None:
        now = self.state(line)
        if now.accepted is None or self.hall.office.today() < now.accepted.on:
            return
        sound = (line.number + nth) % 5 != 0
        looked = closing.LookedAt(
            on=self.hall.office.today(),
            in_use=sound,
            findings="设施完好，使用正常，群众反映良好。" if sound else "两处设施损坏停用，管护责任未落实。",
            measures="" if sound else "已交主管部门两周内修复，并明确管护单位。",
        )
        by = self.hall.by(self.staff)
        closing.look_back(self.hall.office, by, line.project, self.hall.office.new_id(by, "look-back"), nth, looked)

    def leads(self, line: AdoptedProject) -> Actor:
        unit = self.project(line).card.lead_unit
        if self.department is not None and unit is not None and self.department.unit_in(self.congress) == unit:
            return self.department
        return self.government

    def _place(self, line: AdoptedProject) -> int:
        return (line.number - 1) % len(AHEAD_BY)

    def project(self, line: AdoptedProject) -> Project:
        state = self.hall.office.state_of(line.project, projects.evolve)
        if state is None:
            raise LookupError(line.project)
        return state

    def state(self, line: AdoptedProject) -> Implementation:
        state = self.hall.office.state_of(implementation_stream(line.project), implementation.evolve)
        if state is None:
            raise LookupError(line.project)
        return state

    def _phone(self, unit: UUID | None) -> str:
        congress = self.hall.office.state_of(self.congress, congresses.evolve)
        return congress.units[unit].duty_phone if congress is not None and unit is not None else ""


def _done_in_words(plan: ImplementationPlan, year: int, percent: Decimal) -> str:
    """Of the target; of the annual milestone where the project crosses years (rule 21)."""
    if not percent:
        return "已完成施工招标准备。"
    annual = plan.annual_of(year)
    if annual is not None:
        return f"年度目标“{annual.words}”完成{percent:f}%，资金按进度拨付。"
    target = plan.targets[0]
    done = (target.amount * percent / 100).to_integral_value()
    return f"已完成{target.name}{done:f}{target.unit}，资金按进度拨付。"
