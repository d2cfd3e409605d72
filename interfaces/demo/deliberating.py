"""Before the city's session in the story: materials and their receipts, remarks of delegations, questions, answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application import deliberation, materials
from application.deliberation import Said
from application.materials import Written
from domain.accounts.permissions import Actor
from domain.projects.remark import RemarkKind
from interfaces.demo.town_hall import TownHall

REMARKS = (
    (0, "西河区", RemarkKind.SUGGESTION, "建议把易涝点清单附在项目卡后，注明每一处的完成月份，便于代表汛期前检查。"),
    (3, "开发区", RemarkKind.SUPPORT, "赞成列入。断头路打通后，园区职工上下班可以少绕三公里。"),
    (4, "新城区", RemarkKind.OBJECTION, "改造小区数量多、资金紧，担心质量，建议减少数量，先做漏水和外墙脱落的小区。"),
    (8, "教科文卫", RemarkKind.SUGGESTION, "新建学校应当同步落实教师编制，避免有楼没人。"),
    (10, "东河镇", RemarkKind.SUGGESTION, "充电端口的电价建议写进项目卡，按居民电价执行。"),
)
QUESTIONS = (
    (1, "污水处理厂是跨年度项目，今年完成的工程量占多大比例？资金缺口怎么补？"),
    (5, "适老化改造怎样确定对象？农村困难老人能不能申请？"),
    (11, "街心公园建成以后由谁管护，费用从哪里出？"),
)
ANSWERS = (
    "已补充易涝点清单，23处中19处在6月底以前完成，其余4处因管线迁改于9月底以前完成。",
    "代表意见已采纳：优先安排渗漏和外墙脱落的小区，改造前逐户征求意见，数量暂不调减，质量由第三方检测。",
    "新增教师编制已与编办、教育局商定，随学校建成分两年落实。",
    "电价按居民合表电价执行，服务费不超过每千瓦时0.3元，已写入项目卡。",
    "今年完成管网55公里和一座处理厂的主体工程，约占总量的六成；资金由本级财政和专项债承担，没有缺口。",
    "由社区入户评估，低保、特困和失能老年人优先；农村困难老年人通过乡镇民政办申请。",
)


@dataclass(frozen=True, kw_only=True)
class Deliberating:
    """The weeks before one session, by the office, the government and those delegates who have accounts."""

    hall: TownHall
    congress: UUID
    session: UUID
    staff: Actor
    government: Actor
    delegates: Sequence[Actor]
    sent: list[UUID]
    said: list[tuple[UUID, UUID]]

    def send(self) -> None:
        """The office sends three materials, one of them to some delegations."""
        written = (
            ("候选项目情况说明", "现将市政府提请的候选项目及情况说明发给各位代表，请对照项目卡审阅。", ()),
            ("票决办法和注意事项", "票决采用无记名投票，每个项目单独表决；请携带代表证，凭票卡领取选票。", ()),
            (
                "农村项目现场视察安排",
                "请东河镇、西河镇、北山镇、南店镇代表团参加农村公路和供电项目的视察。",
                ("东河镇", "西河镇", "北山镇", "南店镇"),
            ),
        )
        for title, words, delegations in written:
            by = self.hall.by(self.staff)
            material = self.hall.office.new_id(by, "material")
            materials.send_material(
                self.hall.office,
                by,
                self.congress,
                self.session,
                material,
                Written(title=title, words=words),
                delegations,
            )
            self.sent.append(material)

    def read(self) -> None:
        """Some delegates open what was sent to all, one of them the first alone; then the office reminds."""
        for place, actor in enumerate(self.delegates):
            for material in self.sent[: 1 if place == 3 else 2]:
                materials.read_material(self.hall.office, self.hall.by(actor), material, 1)
        materials.remind_of_material(self.hall.office, self.hall.by(self.staff), self.sent[1])

    def remark(self, listed: Sequence[UUID]) -> None:
        """The office records what the delegations remarked, delegates ask."""
        office = self.hall.office
        for number, delegation, kind, words in REMARKS:
            by = self.hall.by(self.staff)
            remark = office.new_id(by, "remark")
            said = Said(kind=kind, words=words, delegation=delegation)
            deliberation.record_remark(office, by, listed[number], remark, said)
            if kind is not RemarkKind.SUPPORT:
                self.said.append((listed[number], remark))
        for place, (number, words) in enumerate(QUESTIONS):
            by = self.hall.by(self.delegates[place % len(self.delegates)])
            remark = office.new_id(by, "remark")
            deliberation.ask_question(office, by, listed[number], remark, words)
            self.said.append((listed[number], remark))

    def answer(self) -> None:
        """The government answers all but the last question; one answer is sent back, the others are accepted."""
        office = self.hall.office
        for place, ((project, remark), words) in enumerate(zip(self.said, ANSWERS, strict=False)):
            deliberation.answer_remark(office, self.hall.by(self.government), project, remark, words)
            if place == 1:
                reason = "请说明第三方检测由谁委托、结果怎样公布。"
                deliberation.send_back_answer(office, self.hall.by(self.staff), project, remark, reason)
            elif place != 2:
                deliberation.accept_answer(office, self.hall.by(self.staff), project, remark)
