"""The city's committee over its districts in the story: asks to their offices, and a guidance visit."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from application import asks as commands
from application.supervision import visits
from domain.accounts.permissions import Actor
from domain.asks.answers import Answer, Completion, CompletionCount, PlanAnswer, ProgressAnswer, SummaryAnswer
from domain.asks.ask import AskKind, ask_id
from domain.shared import Money
from domain.supervision.visit import VisitPlan
from interfaces.demo.diary import Diary
from interfaces.demo.founding import Founding
from interfaces.demo.town_hall import TownHall


@dataclass(kw_only=True)
class UpperLevel:
    """What the city asks its districts in two years; the west is late with the second one."""

    hall: TownHall
    founded: Founding
    today: date
    year: int
    """The district's year under way."""
    _visit: UUID = field(init=False)
    _finding: UUID = field(init=False)

    def write(self, diary: Diary) -> None:
        """Writes down the days."""
        east, west = self.founded.district, self.founded.west
        for year in (self.year - 1, self.year):
            whole = year < self.year
            plan, progress, summary = AskKind.PLAN, AskKind.PROGRESS, AskKind.SUMMARY
            diary.on(date(year - 1, 11, 3), partial(self._ask, plan, year))
            self._write_answer(diary, plan, year, east, date(year - 1, 11, 24), _plan(year, 64, 10))
            diary.on(date(year, 6, 3), partial(self._ask, progress, year))
            self._write_answer(diary, progress, year, east, date(year, 7, 16), _progress(58))
            diary.on(date(year, 11, 4), partial(self._ask, summary, year))
            self._write_answer(diary, summary, year, east, date(year, 12, 22), _summary(3 if whole else 7))
            if whole:
                self._write_answer(diary, plan, year, west, date(year - 1, 12, 18), _plan(year, 31, 6))
                self._write_answer(diary, progress, year, west, date(year, 7, 28), _progress(41))
        diary.on(date(self.year, 5, 18), self._plan_visit)
        diary.on(date(self.year, 5, 27), self._visit_district)
        diary.on(date(self.year, 6, 8), self._answer_finding)

    def _ask(self, kind: AskKind, year: int) -> None:
        below = (self.founded.district, self.founded.west)
        by = self.hall.by(self.founded.city_staff)
        commands.ask_below(self.hall.office, by, self.founded.city, kind, year, below)

    def _write_answer(self, diary: Diary, kind: AskKind, year: int, congress: UUID, day: date, answer: Answer) -> None:
        ask = ask_id(congress, year, kind, asked_by=self.founded.city)
        diary.on(day, partial(self._answer, ask, self._staff(congress), answer), hour=15)
        diary.on(day, partial(self._approve, ask), hour=16)

    def _answer(self, ask: UUID, staff: Actor, answer: Answer) -> None:
        commands.answer_ask(self.hall.office, self.hall.by(staff), ask, answer)

    def _approve(self, ask: UUID) -> None:
        commands.approve_ask(self.hall.office, self.hall.by(self.founded.city_staff), ask)

    def _staff(self, congress: UUID) -> Actor:
        return self.founded.district_staff if congress == self.founded.district else self.founded.west_staff

    def _plan_visit(self) -> None:
        by = self.hall.by(self.founded.city_staff)
        self._visit = self.hall.office.new_id(by, "visit")
        plan = VisitPlan(
            on=date(self.year, 5, 27),
            place="东河区人大常委会会议室",
            topic="民生实事项目监督工作",
            members="市人大常委会代表联络室一行三人",
            projects=(),
        )
        visits.plan_visit(self.hall.office, by, self.founded.city, self._visit, self.founded.district, plan)

    def _visit_district(self) -> None:
        report = visits.Report(
            on=self.hall.office.today(), words="查阅了责任分解清单和代表小组活动记录，察看两处现场。"
        )
        visits.hold_visit(self.hall.office, self.hall.by(self.founded.city_staff), self._visit, report)
        by = self.hall.by(self.founded.city_staff)
        self._finding = self.hall.office.new_id(by, "finding")
        words = "代表小组活动记录不完整，建议每次活动当天登记。"
        visits.note_finding(self.hall.office, by, self._visit, self._finding, words, working_days=10)

    def _answer_finding(self) -> None:
        words = "已补录活动记录，今后由代表在手机上当天登记。"
        by = self.hall.by(self.founded.district_staff)
        visits.answer_finding(self.hall.office, by, self._visit, self._finding, words)
        visits.approve_finding(self.hall.office, self.hall.by(self.founded.city_staff), self._visit, self._finding)


def _plan(year: int, received: int, drafts: int) -> PlanAnswer:
    return PlanAnswer(
        call_from=date(year - 1, 9, 1),
        call_until=date(year - 1, 10, 15),
        channels="线上表单、代表之家、纸质意见箱",
        proposals_received=received,
        draft_candidates=drafts,
        funds=Money(Decimal(drafts) * 19_000_000),
        party_review_on=date(year - 1, 12, 10),
        rule_profile_draft="逐项表决，全体代表过半数通过",
        training="已对代表和计票人员培训一次。",
    )


def _progress(percent: int) -> ProgressAnswer:
    return ProgressAnswer(
        percent=percent,
        funds_spent=Money(Decimal(percent) * 1_200_000),
        milestones="各项目均已开工，总体按计划推进。",
        problems="个别项目管线迁改进度偏慢。",
        inspections=3,
    )


def _summary(completed: int) -> SummaryAnswer:
    return SummaryAnswer(
        completion=Completion.COMPLETED,
        results="年度项目全部完成并通过验收，群众满意度较高。",
        lessons="代表全程监督，问题在现场解决。",
        counts=(CompletionCount(completion=Completion.COMPLETED, projects=completed),),
    )
