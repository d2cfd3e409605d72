"""How delegates and residents watch a year's projects in the story: groups, visits, a draw, an inquiry, volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from random import Random
from uuid import UUID

from application.private.contacts import Contact
from application.supervision import draws, duties, groups, inquiries, inspections, notes, observations, volunteers
from domain.accounts.permissions import Actor
from domain.congress.roll import DelegateEntry
from domain.projects.voted_list import AdoptedProject
from domain.supervision.draw import Spread
from domain.supervision.duty import DutyOrder, DutyOutcome
from domain.supervision.inquiry import InquiryKind
from domain.supervision.inspection import InspectionKind, InspectionPlan, Site
from domain.supervision.observation import ObservationKind
from interfaces.demo.diary import Diary
from interfaces.demo.drawn_photos import site_photo
from interfaces.demo.implementing import Implementing
from interfaces.demo.town_hall import TownHall

PER_GROUP = 5


@dataclass(kw_only=True)
class Supervising:
    """The supervision of one year; `present` are delegates who have accounts, with their places on the roll."""

    of: Implementing
    roll: Sequence[DelegateEntry]
    present: Sequence[tuple[Actor, UUID]]
    chance: Random
    _draw: UUID = field(init=False)
    _inspection: UUID = field(init=False)
    _inquiry: UUID = field(init=False)
    _duties: list[UUID] = field(default_factory=list)

    @property
    def hall(self) -> TownHall:
        """Whose story it is."""
        return self.of.hall

    def write(self, diary: Diary) -> None:
        """Writes down the year; the projects are known."""
        year = self.of.year
        diary.on(date(year, 3, 2), self._form_groups)
        diary.on(date(year, 4, 8), self._announce_draw)
        diary.on(date(year, 4, 13), self._close_pool)
        diary.on(date(year, 4, 15), self._draw_sites)
        diary.on(date(year, 4, 16), self._plan_inspection)
        diary.on(date(year, 4, 22), partial(self._take_note, self.of.adopted[0], 20), hour=11)
        diary.on(date(year, 4, 24), self._conclude)
        diary.on(date(year, 4, 29), self._put_right)
        diary.on(date(year, 5, 20), self._enlist)
        diary.on(date(year, 6, 3), self._observe)
        diary.on(date(year, 8, 11), self._plan_inquiry)
        diary.on(date(year, 8, 18), partial(self._take_note, self.of.adopted[1], 60), hour=11)
        diary.on(date(year, 8, 26), self._hold_inquiry)
        diary.on(date(year, 9, 7), self._answer)

    def _form_groups(self) -> None:
        """A group for each project; whoever has an account belongs to the first ones."""
        known = [delegate for _, delegate in self.present]
        others = [entry.delegate for entry in self.roll if entry.delegate not in known]
        for place, line in enumerate(self.of.adopted):
            members = tuple(others[place * PER_GROUP : (place + 1) * PER_GROUP])
            if place < 2:
                members = (*known[:2], *members)
            wanted = groups.GroupOf(name=f"{line.name}监督小组", leader=members[0], members=members)
            groups.form_group(self.hall.office, self.hall.by(self.of.staff), line.project, wanted)

    def _announce_draw(self) -> None:
        by = self.hall.by(self.of.staff)
        self._draw = self.hall.office.new_id(by, "draw")
        terms = draws.DrawTerms(
            title=f"{self.of.year}年第一次视察点位抽取",
            takes=3,
            spread=Spread.POOL,
            year=self.of.year,
            purpose="代表视察民生实事项目，点位由抽签产生。",
            witness=f"福彩3D第{self.of.year}098期开奖号码",
        )
        draws.announce_draw(self.hall.office, self.hall.house.seals, by, self.of.congress, self._draw, terms)

    def _close_pool(self) -> None:
        sites = [
            draws.OfferedSite(name=f"{line.name}{place}号点", place=f"{place}号施工点", project=line.project)
            for line in self.of.adopted[:4]
            for place in (1, 2, 3)
        ]
        draws.close_pool(self.hall.office, self.hall.by(self.of.staff), self._draw, sites)

    def _draw_sites(self) -> None:
        by = self.hall.by(self.of.staff)
        draws.draw_sites(self.hall.office, self.hall.house.seals, by, self._draw, "803")

    def _plan_inspection(self) -> None:
        by = self.hall.by(self.of.staff)
        self._inspection = self.hall.office.new_id(by, "inspection")
        first, second = self.of.adopted[:2]
        members = (*(delegate for _, delegate in self.present[:2]), *(entry.delegate for entry in self.roll[6:12]))
        plan = InspectionPlan(
            title="民生实事项目开工情况视察",
            kind=InspectionKind.INSPECTION,
            projects=(first.project, second.project),
            sites=(Site(name=f"{first.name}1号点", place="1号施工点", project=first.project),),
            on=date(self.of.year, 4, 22),
            gather="上午9点，办公楼前集合",
            leader=members[0],
            members=members,
            focus="开工条件、施工围挡、群众出行。",
            draw=self._draw,
        )
        inspections.plan_inspection(self.hall.office, by, self.of.congress, self._inspection, plan)
        inspections.tell_inspection(self.hall.office, self.hall.by(self.of.staff), self._inspection)
        for actor, _ in self.present[:2]:
            inspections.reply_to_inspection(self.hall.office, self.hall.by(actor), self._inspection, coming=True)

    def _take_note(self, line: AdoptedProject, done: int) -> None:
        actor, _ = self.present[0]
        by = self.hall.by(actor)
        picture = site_photo(self.hall, self.of.congress, self.chance, "现场", done)
        seen = notes.Seen(
            words="围挡占了半幅人行道，行人要绕到机动车道上走。" if done < 50 else "施工有序，居民出行有专人引导。",
            is_problem=done < 50,
            place="1号施工点东侧路口",
            photos=(picture,),
        )
        notes.take_note(self.hall.office, by, line.project, self.hall.office.new_id(by, "note"), seen)

    def _conclude(self) -> None:
        first = self.of.adopted[0]
        members = tuple(delegate for _, delegate in self.present[:2])
        order = DutyOrder(unit=self._unit(first), words="三日内调整围挡，留出人行通道。", project=first.project)
        conclusion = inspections.Conclusion(
            held_on=date(self.of.year, 4, 22),
            attended=members,
            words="两个项目均已开工，组织有序；一处围挡影响出行，已现场交办。",
            public_words="代表视察了两个项目的施工现场，发现的一个问题已交办整改。",
            found=(
                inspections.Found(words="围挡影响行人通行", is_problem=True, project=first.project, order=order),
                inspections.Found(words="公示牌内容完整，群众知晓", is_problem=False, project=first.project),
            ),
        )
        inspections.conclude_inspection(self.hall.office, self.hall.by(self.of.staff), self._inspection, conclusion)

    def _put_right(self) -> None:
        """What the inspection found is put right within the week."""
        concluded = inspections.known_inspection(self.hall.office, self._inspection).concluded
        leads = self.of.leads(self.of.adopted[0])
        words = "围挡已向内移1.5米，留出人行通道，并加设夜间警示灯。"
        for finding in concluded.findings if concluded else ():
            if finding.duty is not None:
                answer = duties.DutyAnswer(words=words, outcome=DutyOutcome.DONE)
                duties.answer_duty(self.hall.office, self.hall.by(leads), finding.duty, answer)
                duties.approve_duty(
                    self.hall.office, self.hall.by(self.of.staff), finding.duty, "已现场核实，同意办结。"
                )

    def _enlist(self) -> None:
        for name, line in zip(("吴桂兰", "马德福", "孙玉梅"), self.of.adopted, strict=False):
            by = self.hall.by(self.of.staff)
            volunteers.enlist_volunteer(
                self.hall.office,
                self.hall.house.private,
                by,
                self.of.congress,
                self.hall.office.new_id(by, "volunteer"),
                Contact(name=name, phone="13800000000"),
                projects=(line.project,),
                origin="社区推荐",
            )

    def _observe(self) -> None:
        known = volunteers.known_volunteers(self.hall.office, self.of.congress)
        volunteer, who = next(iter(known.items()))
        by = self.hall.by(self.of.staff)
        seen = observations.Observed(
            project=who.projects[0],
            kind=ObservationKind.SUGGESTION,
            words="建议夜间施工照明避开居民楼窗户。",
            place="柳岸社区3号楼",
        )
        observation = self.hall.office.new_id(by, "observation")
        observations.enter_observation(self.hall.office, by, self.of.congress, observation, volunteer, seen)

    def _plan_inquiry(self) -> None:
        by = self.hall.by(self.of.staff)
        self._inquiry = self.hall.office.new_id(by, "inquiry")
        first, second = self.of.adopted[:2]
        draft = inquiries.InquiryDraft(
            topic=f"{self.of.year}年民生实事项目实施情况专题询问",
            on=date(self.of.year, 8, 26),
            place="常委会会议厅",
            starts_at="09:00",
            presiding="常委会副主任 郭建平",
            projects=(first.project, second.project),
            delegates=tuple(delegate for _, delegate in self.present[:2]),
            units=tuple(dict.fromkeys((self._unit(first), self._unit(second)))),
            background="上半年进度和资金支付情况。",
        )
        inquiries.plan_inquiry(self.hall.office, by, self.of.congress, self._inquiry, InquiryKind.INQUIRY, draft)

    def _hold_inquiry(self) -> None:
        _, delegate = self.present[0]
        by = self.hall.by(self.of.staff)
        question = self.hall.office.new_id(by, "question")
        said = inquiries.Question(
            words="剩余点位能否在供暖前完工？", delegate=delegate, unit=self._unit(self.of.adopted[0])
        )
        inquiries.put_question(self.hall.office, by, self._inquiry, question, said)
        inquiries.note_answer(
            self.hall.office,
            self.hall.by(self.of.staff),
            self._inquiry,
            question,
            "单位负责人",
            "已倒排工期，十月中旬前全部完工。",
        )
        minutes = inquiries.Minutes(
            on=self.hall.office.today(), conclusion="会议要求按月报送剩余点位进度，确保供暖前完工。", attending=31
        )
        inquiries.hold_inquiry(self.hall.office, self.hall.by(self.of.staff), self._inquiry, minutes)
        for words, line in zip(("报送剩余点位的周计划。", "公开资金支付进度。"), self.of.adopted, strict=False):
            by = self.hall.by(self.of.staff)
            duty = self.hall.office.new_id(by, "duty")
            order = DutyOrder(unit=self._unit(line), words=words, working_days=15, project=line.project)
            inquiries.raise_duty(self.hall.office, by, self._inquiry, duty, order)
            self._duties.append(duty)

    def _answer(self) -> None:
        """The first duty is answered and approved; of a year that is over the second too."""
        answered = self._duties if self.of.settled else self._duties[:1]
        for duty, line in zip(answered, self.of.adopted, strict=False):
            answer = duties.DutyAnswer(words="周计划已报送并在现场公示。", outcome=DutyOutcome.DONE)
            duties.answer_duty(self.hall.office, self.hall.by(self.of.leads(line)), duty, answer)
            duties.approve_duty(self.hall.office, self.hall.by(self.of.staff), duty, "同意办结。")

    def _unit(self, line: AdoptedProject) -> UUID:
        unit = self.of.project(line).card.lead_unit
        if unit is None:
            raise LookupError(line.name)
        return unit
