"""Where a year of the story does not go by itself: adjustments, difficulties, the leading group, urging."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from application.implementation import adjusting, difficulties
from domain.polls.places import DecidedBy
from domain.projects import implementation
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.plan import ImplementationPlan
from domain.projects.voted_list import AdoptedProject
from domain.shared import Year
from interfaces.demo.diary import Diary
from interfaces.demo.implementing import Implementing
from interfaces.demo.town_hall import TownHall


@dataclass(kw_only=True)
class Steering:
    """What the office, the leading group and the standing committee do about the projects of a year."""

    of: Implementing
    moved: dict[UUID, UUID] = field(default_factory=dict)
    """Adjustments that the committee decided, by project."""
    _difficulty: UUID = field(init=False)

    @property
    def hall(self) -> TownHall:
        """Whose story it is."""
        return self.of.hall

    def write(self, diary: Diary) -> None:
        """Writes down the days; the projects are known."""
        year, adopted = self.of.year, self.of.adopted
        most = max(adopted, key=lambda line: self.of.project(line).card.targets[0].amount)
        diary.on(date(year, 5, 12), partial(self._log_change, most))
        diary.on(date(year, 6, 29), partial(self._raise, adopted[-1]))
        diary.on(date(year, 7, 10), partial(self._meet, adopted[-1]))
        if len(adopted) > 4:
            diary.on(date(year, 7, 20), partial(self._lay_before_committee, adopted[4]))
            diary.on(date(year, 8, 6), partial(self._decide, adopted[4]))
        if not self.of.settled and len(adopted) > 6:
            diary.on(date(year, 9, 25), partial(self._urge, adopted[6]))

    def tell_session(self, session: UUID) -> None:
        """Reports the decided adjustments of the year to the next session (rule 20)."""
        if self.moved:
            adjusting.inform_session(
                self.hall.office, self.hall.by(self.of.staff), self.of.congress, session, tuple(self.moved.items())
            )

    def _log_change(self, line: AdoptedProject) -> None:
        """A target less by one is logged only (rule 20)."""
        plan = implementation.in_force(self.of.state(line))
        first, *others = plan.targets
        less = replace(first, amount=first.amount - 1)
        self._propose(line, AdjustmentKind.CHANGE, replace(plan, targets=(less, *others)), "现场踏勘后核减点位。")

    def _lay_before_committee(self, line: AdoptedProject) -> None:
        plan = implementation.in_force(self.of.state(line))
        first, *others = plan.targets
        less = replace(first, amount=first.amount * 7 // 10)
        reason = "部分点位与城市更新规划冲突，移至下一年度实施。"
        self.moved[line.project] = self._propose(
            line, AdjustmentKind.CHANGE, replace(plan, targets=(less, *others)), reason
        )

    def _decide(self, line: AdoptedProject) -> None:
        today = self.hall.office.today()
        decision = adjusting.Decision(
            body=DecidedBy.STANDING_COMMITTEE,
            number=f"{self.of.body[:1]}人常〔{self.of.year}〕{14 + self.of.year % 5}号",
            notice_on=today - timedelta(days=1),
        )
        adjusting.decide_adjustment(
            self.hall.office, self.hall.by(self.of.staff), line.project, self.moved[line.project], decision
        )

    def _propose(
        self, line: AdoptedProject, kind: AdjustmentKind, plan: ImplementationPlan | None, reason: str
    ) -> UUID:
        by = self.hall.by(self.of.leads(line))
        adjustment = self.hall.office.new_id(by, "adjustment")
        adjusting.propose_adjustment(self.hall.office, by, line.project, adjustment, kind, plan, reason)
        return adjustment

    def _raise(self, line: AdoptedProject) -> None:
        by = self.hall.by(self.of.leads(line))
        self._difficulty = self.hall.office.new_id(by, "difficulty")
        words, needs = "三处点位的地下管线权属单位尚未同意迁改。", "请领导小组协调供电、通信单位月底前完成迁改。"
        difficulties.raise_difficulty(self.hall.office, by, line.project, self._difficulty, words, needs)

    def _meet(self, line: AdoptedProject) -> None:
        by, today = self.hall.by(self.of.staff), self.hall.office.today()
        met = LeadingGroupMet(
            congress=self.of.congress,
            year=Year(self.of.year),
            title=f"{self.of.year}年民生实事项目领导小组第二次会议",
            held_on=today,
            chair="常务副区长 韩立" if self.of.body.endswith("区") else "常务副市长 韩立",
            words="听取上半年进展情况汇报，研究解决推进中的困难。",
        )
        settled = difficulties.Settled(
            project=line.project,
            difficulty=self._difficulty,
            words="由供电公司牵头，7月底前完成管线迁改；住房和城乡建设部门做好现场配合。",
            unit_name="供电公司",
            due_on=today + timedelta(days=21),
        )
        meeting = self.hall.office.new_id(by, "meeting")
        difficulties.record_meeting(self.hall.office, by, meeting, met, [settled])
        if self.of.settled:
            difficulties.resolve_difficulty(
                self.hall.office, self.hall.by(self.of.staff), line.project, self._difficulty, "管线迁改已完成。"
            )

    def _urge(self, line: AdoptedProject) -> None:
        due_on = self.hall.office.today() + timedelta(days=14)
        words = "进度落后计划二十个百分点以上，请两周内报送赶工方案。"
        for level in (UrgingLevel.REMINDER, UrgingLevel.SUPERVISION):
            difficulties.urge_project(self.hall.office, self.hall.by(self.of.staff), line.project, level, words, due_on)
