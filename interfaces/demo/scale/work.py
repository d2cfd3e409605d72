"""What becomes of one adopted project: plan, reports, difficulties, asks, acceptance, look-backs, some forty lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final
from uuid import UUID, uuid5

from domain.asks.answers import Completion, ProgressAnswer
from domain.asks.ask import AskApproved, AskIssued, AskKind, ProgressAnswered, ask_id
from domain.projects.adjustment_facts import AdjustmentLogged
from domain.projects.implementation import implementation_stream
from domain.projects.implementation_facts import (
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
    LookBackRecorded,
    MilestoneReached,
    PlanFiled,
    PlanPublished,
    ProgressReported,
    ProjectAccepted,
    ProjectUrged,
    ReportApproved,
    UrgingLevel,
)
from domain.projects.plan import ImplementationPlan, Milestone, UnitDuty, plan_of
from domain.shared import CHINA, Money, Year
from interfaces.demo.scale.bodies import Told
from interfaces.demo.scale.vote import Vote

STEPS: Final = (
    (3, 25, 10, "完成施工招标并进场"),
    (6, 10, 40, "基础工程完工"),
    (8, 25, 70, "主体工程完工"),
    (11, 10, 95, "具备验收条件"),
)
REPORTS: Final = range(3, 13)
"""The months at whose end there is a report."""


@dataclass(frozen=True, eq=False)
class Work:
    """One project of a vote, by its place on the list counted from 0."""

    vote: Vote
    place: int

    @property
    def project(self) -> UUID:
        """Its identity."""
        return self.vote.project(self.place)

    @cached_property
    def stream(self) -> UUID:
        """Where its facts go."""
        return implementation_stream(self.project)

    @cached_property
    def ahead(self) -> int:
        """Points by which it is ahead of its plan; some are far behind."""
        return (4, 0, 6, -3, 2, -9, 1, -2, -20, 3)[(self.place + self.vote.body.number) % 10]

    @property
    def ends_well(self) -> bool:
        """Whether it is accepted by the end of its year."""
        return self.ahead > -15 and self.place % 10 != 9

    def told(self) -> Iterator[Told]:
        """All of it, in no order; days to come are the caller's to leave out."""
        yield from self._planned()
        yield from self._reported()
        yield from self._troubled()
        yield from self._asked()
        yield from self._closed()

    @cached_property
    def plan(self) -> ImplementationPlan:
        """The plan in force."""
        year = self.vote.year
        plan = plan_of(self.vote.cards[self.place], year)
        milestones = tuple(
            Milestone(number=number, name=name, due_on=date(year, month, day), percent=Decimal(percent))
            for number, (month, day, percent, name) in enumerate(STEPS, 1)
        )
        return replace(
            plan,
            safeguards="成立专班，每月调度；资金按进度拨付。",
            duty_phone="0470-8000000",
            milestones=milestones,
            duties=(UnitDuty(unit_name=plan.lead_unit_name, words="牵头组织实施。", due_on=date(year, 11, 30)),),
        )

    def _planned(self) -> Iterator[Told]:
        filed_on, published_on = self.vote.on + timedelta(days=10), self.vote.on + timedelta(days=16)
        card = self.vote.cards[self.place]
        filed = PlanFiled(
            congress=self.vote.body.id,
            year=Year(self.vote.year),
            project=self.project,
            name=card.name,
            adopted=plan_of(card, self.vote.year),
            plan=self.plan,
            on=filed_on,
        )
        yield self._line(filed_on, 9, filed)
        yield self._line(published_on, 15, PlanPublished(plan=self.plan, on=published_on))
        if self.place % 4 == 1:
            on = date(self.vote.year, 5, 20)
            change = AdjustmentLogged(
                adjustment=uuid5(self.project, "adjustment"), plan=self.plan, reason="点位名称更正", on=on
            )
            yield self._line(on, 9, change)

    def _reported(self) -> Iterator[Told]:
        for month in REPORTS:
            due = date(self.vote.year, month, 20)
            on, report = due - timedelta(days=self.place % 5), uuid5(self.project, f"report {month}")
            percent = self._percent(month)
            spent = (self.plan.year_funds or Money(Decimal(0))) * percent / 100
            said = ProgressReported(
                report=report,
                due_on=due,
                on=on,
                percent=percent,
                funds_spent=Money(spent.quantize(Decimal(1))),
                words=f"形象进度{percent}%，资金按进度拨付。",
                problems="" if self.ahead >= -5 else "管线迁改滞后，正在协调。",
            )
            yield self._line(on, 10, said)
            yield self._line(due + timedelta(days=2), 10, ReportApproved(report=report, on=due + timedelta(days=2)))
        for number, (month, day, planned, name) in enumerate(STEPS, 1):
            if self._percent(12) >= planned:
                late = max(0, -self.ahead)
                reached = date(self.vote.year, month, day) + timedelta(days=late)
                yield self._line(reached, 11, MilestoneReached(number=number, name=name, on=reached))

    def _percent(self, month: int) -> Decimal:
        """What is planned for that month, and the points ahead."""
        planned = (month - 2) * 10
        return Decimal(max(0, min(100, planned + (self.ahead if month < 12 or not self.ends_well else 4))))

    def _troubled(self) -> Iterator[Told]:
        year, difficulty = self.vote.year, uuid5(self.project, "difficulty")
        raised, met, solved = date(year, 4, 9), date(year, 4, 18), date(year, 5, 30)
        yield self._line(
            raised, 9, DifficultyRaised(difficulty=difficulty, words="管线迁改", needs="请协调权属单位", on=raised)
        )
        decided = DifficultyDecided(
            difficulty=difficulty,
            meeting=uuid5(self.vote.body.id, f"meeting {year}/4"),
            title=f"{year}年领导小组第二次会议",
            held_on=met,
            words="由住建部门牵头，一个月内完成迁改。",
            unit_name=self.plan.lead_unit_name,
            due_on=date(year, 5, 18),
        )
        yield self._line(met, 16, decided)
        yield self._line(solved, 9, DifficultyResolved(difficulty=difficulty, words="迁改完成", on=solved))
        if self.ahead < -5:
            urged = date(year, 8, 5)
            yield self._line(urged, 9, ProjectUrged(level=UrgingLevel.REMINDER, words="进度滞后，请加快。", on=urged))

    def _asked(self) -> Iterator[Told]:
        year, congress = self.vote.year, self.vote.body.id
        ask = ask_id(congress, year, AskKind.PROGRESS, self.project)
        issued, answered, approved = date(year, 6, 1), date(year, 6, 18 + self.place % 10), date(year, 7, 6)
        card = self.vote.cards[self.place]
        asked = AskIssued(
            congress=congress,
            year=Year(year),
            kind=AskKind.PROGRESS,
            project=self.project,
            unit=card.lead_unit,
            unit_name=card.lead_unit_name,
            opens_on=issued,
            due_on=date(year, 7, 31),
        )
        yield ask, self._at(issued, 9), asked
        if self.place == 7 and self.vote.body.number % 5 == 2:
            return
        spent = (self.plan.year_funds or Money(Decimal(0))) * self._percent(6) / 100
        answer = ProgressAnswer(
            percent=int(self._percent(6)),
            funds_spent=Money(spent.quantize(Decimal(1))),
            milestones="基础工程完工。",
            inspections=1,
        )
        yield ask, self._at(answered, 9), ProgressAnswered(answer=answer, on=answered)
        yield ask, self._at(approved, 9), AskApproved(on=approved)

    def _closed(self) -> Iterator[Told]:
        year = self.vote.year
        accepted, ended = date(year, 12, 5 + self.place % 10), date(year, 12, 18)
        if self.ends_well:
            done = ProjectAccepted(
                on=accepted,
                body="民生实事项目验收组",
                number=f"验收〔{year}〕{self.place + 1}号",
                words="合格，同意交付使用。",
            )
            yield self._line(accepted, 9, done)
        carried = self.place % 10 == 9
        how = (
            Completion.COMPLETED if self.ends_well else Completion.CARRIED_OVER if carried else Completion.NOT_COMPLETED
        )
        recorded = CompletionRecorded(
            completion=how, words="按年度目标核定。", on=ended, carried_to=year + 1 if carried else None
        )
        yield self._line(ended, 16, recorded)
        for nth in (1, 2, 3) if self.ends_well else ():
            on = date(year + nth, 10, 9 + self.place)
            sound = (self.place + nth) % 7 != 0
            found = LookBackRecorded(
                look_back=uuid5(self.project, f"look-back {nth}"),
                nth=nth,
                on=on,
                in_use=sound,
                findings="设施完好，使用正常。" if sound else "管护责任未落实。",
                measures="" if sound else "两周内明确管护单位。",
            )
            yield self._line(on, 9, found)

    def _line(self, on: date, hour: int, fact: object) -> Told:
        return self.stream, self._at(on, hour), fact

    def _at(self, on: date, hour: int) -> datetime:
        """Lists are long: each project a minute later."""
        return datetime.combine(on, time(hour, self.place), CHINA)
