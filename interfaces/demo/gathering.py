"""A call of the story and what comes of it: proposals on every way, day after day, and an end for each of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from application.private.contacts import Contact, keep_contacts
from application.proposals import calls, handling, houses, screening, support
from application.proposals.receiving import receive_proposals
from domain.accounts.permissions import RESIDENT, Actor
from domain.congress.congress import Level
from domain.proposals import proposal as proposals
from domain.proposals.call import OFFERED, ONLINE, CallPublished, Channel
from domain.proposals.proposal import DeclineReason, ProposalForm, ProposalReceived, Suggestion
from domain.shared import Year
from interfaces.demo.suggestions import Pen, Theme
from interfaces.demo.town_hall import TownHall
from interfaces.web.calls.wording import usual_words

WAYS = (
    Channel.WEB,
    Channel.QR,
    Channel.QR,
    Channel.HOUSE,
    Channel.PAPER,
    Channel.QR,
    Channel.TELEPHONE,
    Channel.WEB,
    Channel.HOUSE,
    Channel.VISIT,
    Channel.MEETING,
    Channel.LETTER,
)
"""How proposals come in, by turns."""

DECLINED = {
    "权限": (DeclineReason.OUTSIDE_POWERS, "养老金标准由国家和自治区统一确定，不属于本级职权；意见已转告人社部门。"),
    "财力": (DeclineReason.BEYOND_MEANS, "所需资金远超本级财力，也须由国家批准规划，当年不能实施。"),
    "已列": (DeclineReason.ALREADY_PLANNED, "供热管网改造已列入今年的计划，由供热单位组织实施，请关注停暖公告。"),
    "不清": (DeclineReason.UNCLEAR, "感谢您的来信。没有说明具体事项和地点，暂时无法办理，欢迎补充后再提。"),
}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """One body's call for a year, in the hands of its office."""

    hall: TownHall
    congress: UUID
    level: Level
    year: Year
    staff: Actor
    delegates: Sequence[tuple[Actor, UUID]] = ()
    """Some who have accounts, with their places on the roll."""
    department: tuple[Actor, UUID, str] | None = None
    houses: list[UUID] = field(default_factory=list)
    received: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """The proposals by theme, in the order in which they came."""

    def publish(self, name: str, notice: str, opens_on: date, closes_on: date) -> None:
        """Publishes the call on all ways."""
        fact = CallPublished(
            congress=self.congress,
            year=self.year,
            title=f"关于征集{name}{self.year}年民生实事项目建议的公告",
            words=usual_words(self.year, self.level),
            opens_on=opens_on,
            closes_on=closes_on,
            channels=OFFERED,
            address=f"{name}机关办公楼205室",
            telephone="0471-5550066",
            notice_number=notice,
        )
        calls.publish_call(self.hall.office, self.hall.by(self.staff), fact)

    def open_houses(self, places: Sequence[tuple[str, str]]) -> None:
        """Enters the delegates' houses, named with their addresses."""
        for number, (name, address) in enumerate(places, 1):
            by = self.hall.by(self.staff)
            house = self.hall.office.new_id(by, "house")
            houses.open_house(
                self.hall.office,
                by,
                self.congress,
                house,
                name=name,
                address=address,
                hours="每周三 14:30–17:30",
                telephone=f"0471-555{1000 + number}",
            )
            self.houses.append(house)

    def receive(self, themes: Sequence[Theme], pen: Pen, chance: Random) -> None:
        """One day's proposals: what residents sent, what the office typed, what delegates and a department brought."""
        facts = [(theme, self._fact(theme, pen, place)) for place, theme in enumerate(themes)]
        online = [one for one in facts if one[1].channel in ONLINE]
        self._take_in(RESIDENT, online, chance)
        self._take_in(self.staff, [one for one in facts if one[1].channel not in ONLINE], chance)
        for actor, delegate in self.delegates[:1]:
            theme = chance.choice(themes)
            own = replace(self._fact(theme, pen, 0), channel=Channel.DELEGATE, house=None, delegate=delegate)
            self._take_in(actor, [(theme, own)], chance, with_contact=False)
        if self.department is not None:
            actor, unit, name = self.department
            theme = next((one for one in themes if one.category == "安居保障"), themes[-1])
            bare = replace(self._fact(theme, pen, 0), channel=Channel.UNIT, house=None, form=ProposalForm.UNIT)
            own = replace(bare, unit=unit, unit_name=name)
            self._take_in(actor, [(theme, own)], chance, with_contact=False)

    def _take_in(
        self,
        actor: Actor,
        facts: Sequence[tuple[Theme, ProposalReceived]],
        chance: Random,
        *,
        with_contact: bool = True,
    ) -> None:
        if not facts:
            return
        office, by = self.hall.office, self.hall.by(actor)
        left: dict[UUID, Contact] = {}
        received = []
        for place, (theme, fact) in enumerate(facts):
            proposal = office.new_id(by, f"proposal/{place}")
            if with_contact and place % 3:
                contact = office.new_id(by, f"contact/{place}")
                left[contact] = _contact(chance)
                fact = replace(fact, contact=contact)  # noqa: PLW2901 -- the same fact, with its contact data
            received.append((proposal, fact))
            self.received[theme.name].append(proposal)
        keep_contacts(self.hall.house.private, self.congress, left, office.now())
        receive_proposals(office, by, received)

    def _fact(self, theme: Theme, pen: Pen, place: int) -> ProposalReceived:
        channel = WAYS[place % len(WAYS)]
        delegate = self.delegates[place % len(self.delegates)][1] if self.delegates else None
        if channel is Channel.VISIT and delegate is None:
            channel = Channel.MEETING
        return ProposalReceived(
            congress=self.congress,
            year=self.year,
            code="",
            form=ProposalForm.PERSON,
            channel=channel,
            received_on=self.hall.office.today(),
            suggestion=pen.write(theme),
            signatories=1 + (place * 7) % 5 if channel in {Channel.PAPER, Channel.LETTER} else 1,
            house=self.houses[place % len(self.houses)] if channel is Channel.HOUSE else None,
            delegate=delegate if channel is Channel.VISIT else None,
        )

    # ------------------------------------------------------------------ what becomes of them

    def show(self, theme: Theme, voices: int, chance: Random) -> None:
        """Residents read the first of a theme; the office counts signatures, some phones add their voices."""
        if not self.received[theme.name]:
            return
        office, first = self.hall.office, self.received[theme.name][0]
        known = _suggestion(self.hall, first)
        handling.show(office, self.hall.by(self.staff), first, known.title, known.content)
        words = f"{known.place}居民联名附议单"
        support.count_signatures(office, self.hall.by(self.staff), self.congress, first, voices, words)
        for _ in range(2):
            device = f"{chance.getrandbits(256):064x}"
            support.support_online(office, self.hall.house.private, self.hall.by(RESIDENT), first, device)

    def merge_all(self, theme: Theme) -> None:
        """What came in on one matter so far is treated as one."""
        came = self.received[theme.name]
        if len(came) > 1:
            words = "事项相同，合并办理。"
            handling.merge(self.hall.office, self.hall.by(self.staff), came[1:], came[0], words)

    def split_first(self, name: str) -> None:
        """The first of a theme holds two matters: one stays under its code, the other is received anew."""
        for proposal in self.received[name][:1]:
            known, by = _suggestion(self.hall, proposal), self.hall.by(self.staff)
            second = replace(known, title=f"{known.place}门禁损坏无人维修", content="单元门禁坏了半年，外人随意进出。")
            handling.split(self.hall.office, by, proposal, (known, second), "一件建议写了两件事，分开办理。")
            self.received[name].append(handling.split_part(self.hall.office, by, 1))

    def settle(self, theme: Theme, units: dict[str, UUID]) -> None:
        """An end with its reason for everything of a theme that leads to no candidate."""
        hall, chosen = self.hall, self.received[theme.name]
        if not chosen:
            return
        if theme.leads_to == "储备":
            words = "符合正面清单，用地尚未落实，列入储备库，条件具备时优先考虑。"
            handling.reserve(hall.office, hall.by(self.staff), chosen, words)
        elif theme.leads_to == "热线":
            for place, proposal in enumerate(chosen, 1):
                order = f"12345-{hall.office.today():%Y%m%d}{place:03d}"
                handling.transfer_to_hotline(
                    hall.office, hall.by(self.staff), proposal, order, "属于日常维修事项，已转12345热线限时办理。"
                )
        elif theme.leads_to == "单位":
            unit = next(iter(units.values()))
            for proposal in chosen:
                handling.transfer_to_unit(
                    hall.office, hall.by(self.staff), proposal, unit, "属于部门日常工作，转主管部门研究并答复。"
                )
        elif theme.leads_to.startswith("负"):
            self._decline_as_listed(theme, chosen)
        else:
            reason, words = DECLINED[theme.leads_to]
            handling.decline(hall.office, hall.by(self.staff), chosen, reason, words)

    def _decline_as_listed(self, theme: Theme, chosen: Sequence[UUID]) -> None:
        for proposal in chosen:
            found = screening.Findings(hits=(theme.leads_to,), note="经初筛，触及负面清单。")
            screening.screen_proposal(self.hall.office, self.hall.by(self.staff), proposal, found)
        words = "属于负面清单所列事项，不能作为民生实事项目，谢谢您的关心。"
        handling.decline(self.hall.office, self.hall.by(self.staff), chosen, DeclineReason.NEGATIVE_LIST, words)


def window(opens_on: date, days: int) -> list[date]:
    """Five days on which the office enters what came, spread over a window that begins here."""
    return [opens_on + timedelta(days=days * place // 5 + 1) for place in range(5)]


def _suggestion(hall: TownHall, proposal: UUID) -> Suggestion:
    state = hall.office.state_of(proposal, proposals.evolve)
    if state is None:
        raise LookupError(proposal)
    return state.suggestion


def _contact(chance: Random) -> Contact:
    name = chance.choice(SURNAMES) + chance.choice(("女士", "先生", "大爷", "阿姨"))
    return Contact(name=name, phone=f"0471-555{chance.randrange(1000, 9999)}")
