"""A city with its counties and townships and years of proposals, written in bulk as an import writes them.

`fill(url, proposals=200_000)` makes sixty congresses; half of everything happens in the city and the first county.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from application.history.book import BOOK
from application.history.mapper import FactMapper
from application.history.recorded import Recorded
from application.history.transfer import filling
from application.history.transfer_lines import StoredFact
from domain.congress.congress import CongressFounded, Level, SlugTakenBy, UnitAdded, slug_stream
from domain.projects.card import CandidateCard
from domain.projects.origins import ProposalTakenUp
from domain.projects.project import CandidateDrafted
from domain.proposals.call import OFFERED, CallPublished, Channel, call_stream
from domain.proposals.proposal import (
    DeclineReason,
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalForm,
    ProposalMerged,
    ProposalReceived,
    ProposalReserved,
    ProposalShown,
    ProposalTookIn,
    ProposalTransferred,
    Suggestion,
    TransferTo,
    tracking_code,
)
from domain.proposals.support import SupportGiven, support_stream
from domain.shared import CHINA, Year, project_code

HOME = UUID("00000000-0000-5000-8000-0000000005a5")
YEARS = (2026, 2027)
CITY, COUNTIES, TOWNSHIPS = 1, 9, 50

_ROADS = "东西南北青山河城新兴和平安康乐园华光明胜利解放人民友谊团结振兴建设文化"
_WANTED = (
    "老旧小区加装电梯",
    "背街小巷改造",
    "加装路灯",
    "口袋公园建设",
    "社区养老服务站",
    "农村公路安全防护",
    "雨水管网改造",
    "公共停车位",
    "新能源汽车充电桩",
    "中小学午餐配送",
    "乡镇卫生院设备更新",
    "公共厕所提升",
    "农贸市场改造",
    "自来水管道更换",
    "公交站台和线路",
    "儿童活动场地",
)
_WHY = (
    "晚上没有灯，老人出行不安全，希望尽快解决。",
    "下大雨就积水，车和人都过不去，已经两年了。",
    "住在六楼的老人下楼困难，整栋楼都盼着。",
    "孩子放学没有地方活动，只能在马路边玩。",
    "路面坑洼，电动车经常摔倒，请列入明年的项目。",
    "附近三个村共用一个点，排队时间太长。",
)


def congress_id(number: int) -> UUID:
    """The number-th congress; 0 is the city's, 1 the first county's."""
    return uuid5(HOME, f"congress {number}")


def fill(url: str, *, proposals: int) -> None:
    """Writes everything into an empty history."""
    with filling(url) as into:
        into.fill_facts(_stored(proposals))


def _stored(proposals: int) -> Iterator[StoredFact]:
    mapper, versions = FactMapper(BOOK), dict[UUID, int]()
    for position, (stream, at, fact) in enumerate(_facts(proposals), start=1):
        version = versions[stream] = versions.get(stream, 0) + 1
        event = mapper.to_stored_event(Recorded(stream, version, at, None, fact))
        yield StoredFact(position, stream, version, event.topic, event.state)


Told = tuple[UUID, datetime, object]


def _facts(proposals: int) -> Iterator[Told]:
    chance, many = Random(5), CITY + COUNTIES + TOWNSHIPS
    for number in range(many):
        yield from _congress(number)
    leads: dict[tuple[UUID, int], UUID] = {}
    weights = [many] * 2 + [2] * (many - 2)
    told = {year: datetime(year - 1, 8, 1, 8, tzinfo=CHINA) for year in YEARS}
    for year in YEARS:
        share = proposals // len(YEARS)
        for place, number in enumerate(chance.choices(range(many), weights, k=share)):
            told[year] += timedelta(seconds=25)
            yield from _Coming(chance, leads, congress_id(number), year, told[year]).proposal(place)


def _congress(number: int) -> Iterator[Told]:
    congress, at = congress_id(number), datetime(2025, 7, 1, 9, tzinfo=CHINA)
    level = Level.CITY if number == 0 else Level.COUNTY if number <= COUNTIES else Level.TOWNSHIP
    parent = None if number == 0 else congress_id(0 if number <= COUNTIES else 1 + number % COUNTIES)
    slug, name = f"b{number}", f"第{number}号{'市县乡'[(number > 0) + (number > COUNTIES)]}人大"
    yield slug_stream(slug), at, SlugTakenBy(slug=slug, congress=congress)
    yield (
        congress,
        at,
        CongressFounded(name=name, short_name=name, slug=slug, level=level, parent=parent, term=17),
    )
    yield congress, at, UnitAdded(unit=uuid5(congress, "unit"), name="住房和城乡建设局", duty_phone="12345")
    for year in YEARS:
        opens = date(year - 1, 8, 1)
        called = CallPublished(
            congress=congress,
            year=Year(year),
            title=f"{year}年度民生实事项目征集公告",
            words="面向社会征集。",
            opens_on=opens,
            closes_on=opens + timedelta(days=60),
            channels=OFFERED,
        )
        yield call_stream(congress, year), at, called


class _Coming:
    """One proposal with what becomes of it; each thirtieth leads to a candidate that later ones are merged into."""

    def __init__(
        self, chance: Random, leads: dict[tuple[UUID, int], UUID], congress: UUID, year: int, at: datetime
    ) -> None:
        """`leads` holds the leading proposal of each congress and year so far."""
        self.chance, self._leads, self.congress, self.year, self.at = chance, leads, congress, year, at

    def proposal(self, place: int) -> Iterator[Told]:
        proposal = uuid5(self.congress, f"{self.year}/{place}")
        road = "".join(self.chance.choices(_ROADS, k=2))
        wanted, why = self.chance.choice(_WANTED), self.chance.choice(_WHY)
        title = f"{road}路{self.chance.randrange(1, 300)}号{wanted}"
        received = ProposalReceived(
            congress=self.congress,
            year=Year(self.year),
            code=tracking_code(proposal),
            form=ProposalForm.PERSON,
            channel=self.chance.choice((Channel.WEB, Channel.QR, Channel.PAPER, Channel.TELEPHONE, Channel.MEETING)),
            received_on=self.at.date(),
            suggestion=Suggestion(
                title=title,
                content=f"{road}路一带{why}建议{wanted}，惠及周边居民。{self.chance.choice(_WHY)}",
                place=f"{road}路",
                category=wanted[:4],
            ),
        )
        yield proposal, self.at, received
        for stream, fact in self._fate(proposal, received):
            yield stream, self.at + timedelta(seconds=10), fact

    def _fate(self, proposal: UUID, received: ProposalReceived) -> Sequence[tuple[UUID, object]]:
        drawn, key = self.chance.random(), (self.congress, self.year)
        title = received.suggestion.title
        if drawn < 0.10:
            shown = ProposalShown(title=title, content=received.suggestion.content)
            given = SupportGiven(congress=self.congress, year=received.year, proposal=proposal)
            return ((proposal, shown), *((support_stream(proposal), given) for _ in range(3)))
        if drawn < 0.104 or key not in self._leads:
            self._leads[key] = proposal
            return self._candidate(proposal, received)
        if drawn < 0.40:
            lead = self._leads[key]
            return ((proposal, ProposalMerged(into=lead)), (lead, ProposalTookIn(proposal=proposal)))
        if drawn < 0.60:
            return ((proposal, ProposalDeclined(reason=DeclineReason.OUTSIDE_POWERS, words="不属于本级职权")),)
        if drawn < 0.70:
            return ((proposal, ProposalTransferred(to=TransferTo.HOTLINE, name="", reason="日常维修")),)
        return ((proposal, ProposalReserved(reason="条件成熟后再办")),) if drawn < 0.75 else ()

    def _candidate(self, proposal: UUID, received: ProposalReceived) -> Sequence[tuple[UUID, object]]:
        project, title = uuid5(proposal, "project"), received.suggestion.title
        card = CandidateCard(name=title, content=received.suggestion.content, place=received.suggestion.place)
        drafted = CandidateDrafted(congress=self.congress, year=received.year, code=project_code(project), card=card)
        taken_up = ProposalTakenUp(proposal=proposal, code=received.code, title=title, received_on=received.received_on)
        return (
            (project, drafted),
            (project, taken_up),
            (proposal, ProposalBecameCandidate(project=project, name=title)),
        )
