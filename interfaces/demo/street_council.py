"""A meeting of the street's council in the story: hands shown, its own list, one matter passed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application import council
from application.council import NewItem
from domain.congress import council as councils
from domain.congress.council import Hands, ItemResult, Matter
from domain.proposals.proposal import Suggestion
from interfaces.demo.session_day import SessionDay

ITEMS = (
    ("砖厂家属院到邮电巷加装路灯", "巷子晚上太黑，老人摔过跤；建议装十二盏节能灯。", "第一居民组", (22, 1, 1, 0)),
    ("菜园小区的空地建口袋公园", "空地堆着建筑垃圾；清理后种树、放椅子，居民愿意看护。", "第二居民组", (21, 2, 1, 0)),
    ("粮库院建公共停车场", "要拆一排旧库房，产权还没有理清。", "第三居民组", (9, 12, 3, 0)),
    ("南店大街建老年食堂", "需要区里支持用房和补贴，街道自己办不了。", "街道办事处", (23, 0, 1, 0)),
    ("邮电巷统一规整空中线缆", "涉及多家运营单位，等三家都答复以后再议。", "第一居民组", None),
)
"""Title, content, who presents it, and the hands for, against, abstaining and not raised."""

FROM_PROPOSALS = {0: "背街小巷照明", 1: "口袋公园", 3: "社区食堂与助餐点"}
"""Items that residents' proposals of these themes led to."""

SAID = (
    (0, "第一居民组成员", "灯装在转角和台阶处，亮度不要照进窗户。"),
    (1, "第二居民组成员", "座椅请放在背风的一面，冬天也能坐。"),
    (2, "第三居民组成员", "库房是谁的还说不清，建议先确权再议。"),
    (3, "街道办事处", "建议报区里，与社区食堂项目一并考虑。"),
    (4, "通信公司代表", "我们愿意配合，需要三家一起施工。"),
)
PASSED_ON = 3


@dataclass(frozen=True, kw_only=True)
class StreetMeeting:
    """One meeting of the council. `day` has convened it and adopts its rules."""

    day: SessionDay

    def hold(self, proposals: Mapping[int, UUID], profile: UUID) -> None:
        """Goes through the agenda: what is said, hands, results."""
        hall, session, staff = self.day.hall, self.day.session, self.day.staff
        new = [
            NewItem(
                matter=Matter(title=title, content=content, presenter=presenter),
                proposal=proposals.get(place),
            )
            for place, (title, content, presenter, _) in enumerate(ITEMS)
        ]
        council.enter_items(hall.office, hall.by(staff), session, new)
        items = [one.id for one in self._agenda().items]
        for place, speaker, words in SAID:
            council.note_discussion(hall.office, hall.by(staff), session, items[place], speaker, words)
        for item, (_, _, _, hands) in zip(items, ITEMS, strict=True):
            if hands is None:
                reason = "等三家运营单位答复后再议。"
                council.decide_item(hall.office, hall.by(staff), session, item, ItemResult.DEFERRED, reason)
                continue
            votes_for, against, abstain, not_voting = hands
            shown = Hands(
                present=sum(hands),
                votes_for=votes_for,
                against=against,
                abstain=abstain,
                not_voting=not_voting,
                counted_by="监督委员两人",
            )
            council.show_hands(hall.office, hall.by(staff), session, item, shown, profile=profile)
            result = ItemResult.CHOSEN if votes_for > against + abstain else ItemResult.NOT_CHOSEN
            council.decide_item(hall.office, hall.by(staff), session, item, result)

    def finish(self, notice: str) -> None:
        """One matter goes to the district's call, the others chosen come onto the street's own list."""
        hall, session, staff = self.day.hall, self.day.session, self.day.staff
        items = self._agenda().items
        title, content, _, (votes_for, against, abstain, _) = (
            ITEMS[PASSED_ON][0],
            ITEMS[PASSED_ON][1],
            "",
            (23, 0, 1, 0),
        )
        words = f"{content}经居民议事会会商，赞成{votes_for}票、反对{against}票、弃权{abstain}票。"
        suggestion = Suggestion(title=title, content=words, place="南店街道南店大街", category="养老助残")
        council.pass_on(hall.office, hall.by(staff), session, {items[PASSED_ON].id: suggestion})
        chosen = [one.id for one in items if one.is_chosen and one.id != items[PASSED_ON].id]
        council.announce_street_list(hall.office, hall.by(staff), session, chosen, notice)

    def _agenda(self) -> councils.Agenda:
        agenda = self.day.hall.office.state_of(councils.agenda_stream(self.day.session), councils.evolve)
        return councils.known_agenda(agenda)
