"""The four asks of a year in the story: answered, approved, sent back, or not yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from application import asks as commands
from application.implementation.duty_list import duty_list_of
from domain.asks.answers import Completion, ProgressAnswer, SummaryAnswer
from domain.asks.ask import Ask, AskKind, ask_id, evolve
from domain.projects import implementation
from domain.projects.voted_list import AdoptedProject
from domain.shared import Money
from interfaces.demo.diary import Diary
from interfaces.demo.implementing import Implementing
from interfaces.demo.town_hall import TownHall


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who answers what of one year, and when; what lies ahead of today stays open."""

    of: Implementing
    today: date

    @property
    def hall(self) -> TownHall:
        """Whose story it is."""
        return self.of.hall

    def write(self, diary: Diary) -> None:
        """Writes down the answers; to be called once the list is announced."""
        opens_on = self._ask(AskKind.RESULT).opens_on
        if opens_on + timedelta(days=14) < self.today:
            diary.on(opens_on + timedelta(days=12), self._answer_result)
            diary.on(opens_on + timedelta(days=13), partial(self._approve, AskKind.RESULT))
        for line in self.of.adopted:
            self._write_answer(
                diary, AskKind.PROGRESS, line, date(self.of.year, 6, 25) + timedelta(days=2 * line.number)
            )
            self._write_answer(diary, AskKind.SUMMARY, line, date(self.of.year, 12, 8) + timedelta(days=line.number))

    def _write_answer(self, diary: Diary, kind: AskKind, line: AdoptedProject, day: date) -> None:
        """Of the year under way the seventh has not answered in time at mid-year, and the sixth was sent back."""
        if day + timedelta(days=2) >= self.today:
            return
        amiss = kind is AskKind.PROGRESS and not self.of.settled
        if amiss and line.number == 7:
            return
        answer = self._answer_progress if kind is AskKind.PROGRESS else self._answer_summary
        diary.on(day, partial(answer, line), hour=14)
        after = self._send_back if amiss and line.number == 6 else self._approve
        diary.on(day + timedelta(days=1), partial(after, kind, line.project), hour=14)

    def _answer_result(self) -> None:
        ask = self._id(AskKind.RESULT)
        published = duty_list_of(self.hall.office, self.of.congress, self.of.year)
        listed_on = published.first_on if published else None
        commands.answer_result(self.hall.office, self.hall.by(self.of.staff), ask, duty_list_on=listed_on)

    def _answer_progress(self, line: AdoptedProject) -> None:
        now = self.of.state(line)
        percent = int(now.actual_percent(self.hall.office.today()))
        spent = now.reports[-1].given.funds_spent if now.reports else Money(Decimal(0))
        words = now.reports[-1].given.words if now.reports else "正在办理开工手续。"
        answer = ProgressAnswer(
            percent=percent,
            funds_spent=spent,
            milestones=words,
            problems="" if line.number % 3 else "汛期影响，个别点位施工推迟，已增加班组赶工。",
            inspections=1 + line.number % 3,
        )
        self._answer(AskKind.PROGRESS, line, answer)

    def _answer_summary(self, line: AdoptedProject) -> None:
        now = self.of.state(line)
        target = implementation.in_force(now).targets[0]
        done = now.completion.completion if now.completion else Completion.BASICALLY_COMPLETED
        answer = SummaryAnswer(
            completion=done,
            results=f"{target.name}{target.amount:f}{target.unit}已建成投用，群众反映良好。",
            leftovers="" if line.number % 4 else "配套绿化待春季补植。",
            lessons="提前与居民协商选址，可以少走弯路。",
        )
        self._answer(AskKind.SUMMARY, line, answer)

    def _answer(self, kind: AskKind, line: AdoptedProject, answer: ProgressAnswer | SummaryAnswer) -> None:
        by = self.hall.by(self.of.leads(line))
        commands.answer_ask(self.hall.office, by, self._id(kind, line.project), answer)

    def _approve(self, kind: AskKind, project: UUID | None = None) -> None:
        """The office of a year that is over took nothing into the next file."""
        matters = () if self.of.settled and kind is AskKind.SUMMARY else None
        commands.approve_ask(self.hall.office, self.hall.by(self.of.staff), self._id(kind, project), matters=matters)

    def _send_back(self, kind: AskKind, project: UUID) -> None:
        reason = "请补充资金支付进度的说明和现场点位清单。"
        commands.send_back_ask(self.hall.office, self.hall.by(self.of.staff), self._id(kind, project), reason)

    def _id(self, kind: AskKind, project: UUID | None = None) -> UUID:
        return ask_id(self.of.congress, self.of.year, kind, project)

    def _ask(self, kind: AskKind) -> Ask:
        state = self.hall.office.state_of(self._id(kind), evolve)
        if state is None:
            raise LookupError(kind)
        return state
