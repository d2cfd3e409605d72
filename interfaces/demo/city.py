"""The city of the demonstration: its call, the way to its list, the delegates' reading, and the vote of today."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from random import Random
from uuid import UUID

from application import projects
from domain.accounts.login import delegate_login
from domain.accounts.permissions import Actor
from domain.congress.congress import Level
from domain.congress.roll import DelegateEntry
from domain.polls.card import Secret
from domain.polls.card_set import SetName
from domain.projects.candidate_list import PresidiumDecision
from domain.projects.card import CandidateCard
from domain.proposals.screening import ApprovalKind
from domain.shared import Year
from interfaces.demo import ceremony
from interfaces.demo.choosing import Choosing
from interfaces.demo.deliberating import Deliberating
from interfaces.demo.diary import Diary
from interfaces.demo.founding import TERM, Founding, add_units, import_roll
from interfaces.demo.gathering import Gathering, window
from interfaces.demo.matters import matters_of, some_of
from interfaces.demo.past_year import Body, PastYear, past_years
from interfaces.demo.session_day import SessionDay
from interfaces.demo.suggestions import Pen
from interfaces.demo.town_hall import TownHall, candidates_in

ATTENDING = 314
ATTENDED_BEFORE = 246
"""In the years that are over."""
CARDS = 330
A_DAY = 28
"""Proposals entered on one of the five days of the call."""

HOUSES = (
    ("新城区代表之家", "学府路22号"),
    ("西河区代表之家", "西关大街110号"),
    ("开发区代表联络站", "创业路8号政务大厅"),
    ("南店镇代表之家", "前店村村委会"),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """What lies on the city's table on the day of the vote."""

    poll: UUID
    cards: tuple[Secret, ...]
    set_name: SetName
    shares: tuple[str, ...]
    scrutineers: tuple[str, ...]


@dataclass(kw_only=True)
class CityStory:
    """Its days, from the call to the open table."""

    hall: TownHall
    founded: Founding
    today: date
    units: dict[str, UUID] = field(default_factory=dict)
    roll: list[DelegateEntry] = field(default_factory=list)
    cards: list[CandidateCard] = field(default_factory=list)
    delegates: list[tuple[Actor, UUID]] = field(default_factory=list)
    past: list[PastYear] = field(default_factory=list)
    table: Table = field(init=False)
    _choosing: Choosing = field(init=False)
    _profile: UUID = field(init=False)

    @property
    def year(self) -> int:
        """A session late in the year votes on the next year's projects."""
        return (self.today + timedelta(days=60)).year

    @property
    def poll_title(self) -> str:
        """As on the ballot."""
        return f"{self.year}年民生实事项目票决"

    @cached_property
    def day(self) -> SessionDay:
        """The session of today."""
        return SessionDay(
            hall=self.hall,
            congress=self.founded.city,
            term=TERM,
            number=6,
            title="青城市第十六届人民代表大会第六次会议",
            year=self.year,
            voting_on=self.today,
            staff=self.founded.city_staff,
            roll=self.roll,
        )

    def write(self, diary: Diary) -> None:
        """Writes down what the city does."""
        self._settle_in()
        self._write_past(diary)
        gathering = Gathering(
            hall=self.hall,
            congress=self.founded.city,
            level=Level.CITY,
            year=Year(self.year),
            staff=self.founded.city_staff,
            delegates=self.delegates,
        )
        self._choosing = Choosing(
            gathering=gathering, cards=self.cards, government=self.founded.city_government, drafted={}
        )
        self._write_gathering(diary, gathering)
        self._write_choosing(diary, gathering)
        self._write_session(diary)

    def _before(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _settle_in(self) -> None:
        hall, city, staff = self.hall, self.founded.city, self.founded.city_staff
        self.units = add_units(hall, staff, city, "qingcheng-candidates.csv")
        self.roll.extend(import_roll(hall, staff, city, "qingcheng-delegates.csv"))
        self.cards = candidates_in("qingcheng-candidates.csv", self.units, self.year)
        self.delegates = [(hall.delegate(staff, city, one.delegate), one.delegate) for one in self.roll[:4]]

    def _write_past(self, diary: Diary) -> None:
        """Three years that are over."""
        body = Body(
            congress=self.founded.city,
            name="青城市",
            staff=self.founded.city_staff,
            government=self.founded.city_government,
            roll=self.roll,
            attending=ATTENDED_BEFORE,
            present=self.delegates,
        )
        tables = {
            self.year - 3: "qingcheng-three-years-ago",
            self.year - 2: "qingcheng-two-years-ago",
            self.year - 1: "qingcheng-last-year",
        }
        self.past = past_years(self.hall, body, tables, self.today, self.day.number)
        for one in self.past:
            one.write(diary)

    def _write_gathering(self, diary: Diary, gathering: Gathering) -> None:
        opens_on = self._before(125)
        pen, chance = Pen("qingcheng", Random(1)), Random(2)  # noqa: S311 -- made-up texts, no secrets
        matters = matters_of(self.cards)
        diary.on(self._before(127), partial(gathering.open_houses, HOUSES))
        notice = f"青人办〔{self._before(126).year}〕32号"
        diary.on(self._before(126), partial(gathering.publish, "青城市", notice, opens_on, self._before(88)))
        for on in window(opens_on, 37):
            diary.on(on, lambda: gathering.receive(some_of(matters, A_DAY, chance), pen, chance))
        for place, theme in enumerate(theme for theme in matters if theme.is_candidate):
            diary.on(self._before(86), partial(gathering.show, theme, 60 + 83 * place, chance))

    def _write_choosing(self, diary: Diary, gathering: Gathering) -> None:
        choosing, matters = self._choosing, matters_of(self.cards)
        wanted = [theme for theme in matters if theme.is_candidate]
        diary.on(self._before(84), partial(choosing.adopt_rules, "市人大常委会主任会议通过"))
        diary.on(self._before(80), partial(choosing.screen, wanted))
        diary.on(self._before(76), partial(gathering.split_first, "物业服务"))
        for theme in matters:
            if not theme.is_candidate:
                diary.on(self._before(75), partial(gathering.settle, theme, self.units))
        diary.on(self._before(72), partial(choosing.draft, wanted))
        consents = (
            (60, ApprovalKind.DEPARTMENTS, "", ""),
            (47, ApprovalKind.EXECUTIVE_MEETING, "市政府第42次常务会议", "青政纪要〔42〕"),
            (39, ApprovalKind.PARTY_COMMITTEE, "市委常委会会议", "青委纪要〔18〕"),
        )
        for days, kind, body, number in consents:
            diary.on(self._before(days), partial(choosing.approve, kind, body, number))

    def _write_session(self, diary: Diary) -> None:
        day = self.day
        diary.on(self._before(28), day.convene)
        diary.on(self._before(10), self._list)
        before = Deliberating(
            hall=self.hall,
            congress=self.founded.city,
            session=day.session,
            staff=self.founded.city_staff,
            government=self.founded.city_government,
            delegates=[actor for actor, _ in self.delegates],
            sent=[],
            said=[],
        )
        diary.on(self._before(9), before.send)
        diary.on(self._before(8), before.read)
        diary.on(self._before(7), lambda: before.remark(self._choosing.projects))
        diary.on(self._before(4), before.answer)
        diary.on(self.today, self._lay_the_table, hour=0)

    def _list(self) -> None:
        decided = PresidiumDecision(
            words="大会主席团第一次会议通过", number=f"青人主〔{self.today.year}〕2号", on=self.hall.office.today()
        )
        self.day.publish(self._choosing.projects, decided)
        self._profile = self.day.adopt_profile("per_item_majority", 10, decided.words)
        listed = self._choosing.projects
        for (actor, _), cards in zip(self.delegates, (listed, listed, listed, listed[:5]), strict=True):
            for project in cards:
                projects.read_card(self.hall.office, self.hall.by(actor), project)

    def _lay_the_table(self) -> None:
        day, staff = self.day, self.founded.city_staff
        self.past[-1].steering.tell_session(day.session)
        name = SetName(colour="蓝色", word="山茶", number=1)
        codes = day.print_cards(name, CARDS)
        listed = dict(zip(self._choosing.projects, self.cards, strict=True))
        poll = day.prepare(self._profile, 1, self.poll_title, listed)
        three = [entry for entry in self.roll if not entry.unit][20:23]
        scrutineers = day.approve_scrutineers(poll, three)
        shares = ceremony.seal(self.hall, poll, scrutineers)
        day.release_cards(poll, scrutineers)
        day.check_in(self.roll[:ATTENDING], poll, staff)
        day.void_left_over(poll, codes[ATTENDING:])
        self.table = Table(
            poll=poll,
            cards=tuple(codes[:ATTENDING]),
            set_name=name,
            shares=shares,
            scrutineers=tuple(delegate_login("qingcheng", entry.number) for entry in three),
        )
