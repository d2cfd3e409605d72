"""The district of the demonstration: last year's call, its session and vote, projects under way, and an open call."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from random import Random
from uuid import UUID

from application.implementation.lights import adopt_progress_rules
from application.proposals import handling
from domain.accounts.permissions import Actor, Role
from domain.congress.congress import Level
from domain.congress.roll import DelegateEntry
from domain.polls.card_set import SetName
from domain.projects import voted_list as voted_lists
from domain.projects.card import CandidateCard
from domain.projects.periods import ProgressRules, Rhythm
from domain.shared import Year
from interfaces.demo import ceremony
from interfaces.demo.asks import Asking
from interfaces.demo.choosing import Choosing
from interfaces.demo.diary import Diary
from interfaces.demo.founding import TERM, Founding, add_units, import_roll
from interfaces.demo.gathering import Gathering, window
from interfaces.demo.implementing import Implementing
from interfaces.demo.matters import matters_of, some_of
from interfaces.demo.past_year import Body, PastYear, past_years
from interfaces.demo.session_day import SessionDay
from interfaces.demo.steering import Steering
from interfaces.demo.suggestions import Pen, Theme
from interfaces.demo.supervising import Supervising
from interfaces.demo.town_hall import TownHall, candidates_in, role

SUPPORT = (0.97, 0.93, 0.95, 0.89, 0.91, 0.83, 0.77, 0.86, 0.68, 0.43)
HOUSES = (
    ("城中街道代表之家", "鼓楼社区党群服务中心二楼"),
    ("河滨街道代表之家", "柳岸社区服务站"),
    ("东河镇代表联络站", "上营村便民服务中心"),
)
A_DAY = 16
"""Proposals entered on one of the five days of last year's call."""


@dataclass(kw_only=True)
class DistrictStory:
    """Its days, from the first call to today. `year` is voted and under way, `next_year` is called for."""

    hall: TownHall
    founded: Founding
    today: date
    year: int
    next_year: int
    units: dict[str, UUID] = field(default_factory=dict)
    roll: list[DelegateEntry] = field(default_factory=list)
    cards: list[CandidateCard] = field(default_factory=list)
    delegates: list[tuple[Actor, UUID]] = field(default_factory=list)
    department: Actor = field(init=False)
    past: list[PastYear] = field(default_factory=list)
    _choosing: Choosing = field(init=False)
    _profile: UUID = field(init=False)

    @cached_property
    def day(self) -> SessionDay:
        """The session that has voted."""
        return SessionDay(
            hall=self.hall,
            congress=self.founded.district,
            term=TERM,
            number=5,
            title="东河区第十六届人民代表大会第五次会议",
            year=self.year,
            voting_on=date(self.year, 1, 16),
            staff=self.founded.district_staff,
            roll=self.roll,
        )

    def write(self, diary: Diary) -> None:
        """Writes down what the district does."""
        self._settle_in()
        self._write_past(diary)
        first = self._gathering(self.year)
        pen, chance = Pen("donghe", Random(3)), Random(4)  # noqa: S311 -- made-up texts, no secrets
        matters = matters_of(self.cards)
        opens_on = date(self.year - 1, 9, 1)
        diary.on(opens_on - timedelta(days=6), lambda: first.open_houses(HOUSES))
        diary.on(
            opens_on - timedelta(days=5),
            lambda: first.publish("东河区", f"东人办〔{self.year - 1}〕18号", opens_on, date(self.year - 1, 10, 15)),
        )
        for on in window(opens_on, 44):
            diary.on(on, lambda: first.receive(some_of(matters, A_DAY, chance), pen, chance))
        self._write_choosing(diary, first, matters, chance)
        self._write_session(diary)
        self._write_next_call(diary, first)

    def _settle_in(self) -> None:
        hall, district, staff = self.hall, self.founded.district, self.founded.district_staff
        self.units = add_units(hall, staff, district, "donghe-candidates.csv")
        housing = self.units["住房和城乡建设局"]
        self.department = hall.person("dh-zhujian", "陈立新", role(Role.DEPARTMENT, district, housing))
        self.roll = import_roll(hall, staff, district, "donghe-delegates.csv")
        rules = ProgressRules(title="东河区民生实事项目进度管理办法", rhythm=Rhythm.MONTHLY)
        adopt_progress_rules(hall.office, hall.by(staff), district, rules)
        self.cards = candidates_in("donghe-candidates.csv", self.units, self.year)
        self.delegates = [(hall.delegate(staff, district, entry.delegate), entry.delegate) for entry in self.roll[:2]]

    def _write_past(self, diary: Diary) -> None:
        """Two years that are over."""
        body = Body(
            congress=self.founded.district,
            name="东河区",
            staff=self.founded.district_staff,
            government=self.founded.district_government,
            department=self.department,
            roll=self.roll,
            attending=len(self.roll) - 7,
        )
        self.past = past_years(
            self.hall, body, {self.year - 2: "donghe-two-years-ago", self.year - 1: "donghe-last-year"}, self.today, 5
        )
        for one in self.past:
            one.write(diary)

    def _gathering(self, year: int) -> Gathering:
        housing = "住房和城乡建设局"
        return Gathering(
            hall=self.hall,
            congress=self.founded.district,
            level=Level.COUNTY,
            year=Year(year),
            staff=self.founded.district_staff,
            delegates=self.delegates,
            department=(self.department, self.units[housing], housing),
        )

    def _write_choosing(self, diary: Diary, first: Gathering, matters: list[Theme], chance: Random) -> None:
        choosing = Choosing(gathering=first, cards=self.cards, government=self.founded.district_government, drafted={})
        self._choosing = choosing
        wanted = [theme for theme in matters if theme.is_candidate]
        for theme in wanted:
            diary.on(date(self.year - 1, 10, 18), partial(first.show, theme, chance.randrange(12, 400), chance))
        diary.on(date(self.year - 1, 10, 30), lambda: choosing.screen(wanted))
        for theme in matters:
            if not theme.is_candidate:
                diary.on(date(self.year - 1, 11, 4), partial(first.settle, theme, self.units))
        diary.on(date(self.year - 1, 11, 12), lambda: choosing.draft(wanted))

    def _write_session(self, diary: Diary) -> None:
        voting_on = self.day.voting_on
        diary.on(voting_on - timedelta(days=40), self.day.convene)
        diary.on(voting_on - timedelta(days=12), self._list)
        diary.on(voting_on, partial(self._vote, diary))

    def _list(self) -> None:
        self.day.publish(self._choosing.projects, "大会主席团第一次会议通过")
        self._profile = self.day.adopt_profile("per_item_majority", 8, "大会主席团第一次会议通过")

    def _vote(self, diary: Diary) -> None:
        day, roll, staff = self.day, self.roll, self.founded.district_staff
        codes = day.print_cards(SetName(colour="绿色", word="松", number=1), len(roll) + 5)
        listed = dict(zip(self._choosing.projects, self.cards, strict=True))
        poll = day.prepare(self._profile, 1, f"{self.year}年民生实事项目票决", listed)
        scrutineers = day.approve_scrutineers(poll, roll[10:13])
        shares = ceremony.seal(self.hall, poll, scrutineers)
        day.release_cards(poll, scrutineers)
        present = roll[: len(roll) - 5]
        day.check_in(present, poll, staff)
        day.void_left_over(poll, codes[len(present) :])
        day.vote(poll, codes[: len(present)], SUPPORT)
        ceremony.open_twice(self.hall, poll, scrutineers, shares)
        day.declare(poll, scrutineers, f"东人公〔{self.year}〕3号")
        if self.past:
            self.past[-1].steering.tell_session(day.session)
        self._carry_out(diary)

    def _carry_out(self, diary: Diary) -> None:
        """The year under way, from the plans to what the day of the story has reached."""
        congress = self.founded.district
        announced = voted_lists.voted_list_stream(congress, self.year)
        listed = self.hall.office.state_of(announced, voted_lists.evolve)
        if listed is None:
            raise LookupError(self.year)
        implementing = Implementing(
            hall=self.hall,
            congress=congress,
            body="东河区",
            year=self.year,
            staff=self.founded.district_staff,
            government=self.founded.district_government,
            department=self.department,
        )
        implementing.write(diary, listed.projects)
        Steering(of=implementing).write(diary)
        chance = Random(9)  # noqa: S311 -- made-up pictures, no secrets
        Supervising(of=implementing, roll=self.roll, present=self.delegates, chance=chance).write(diary)
        Asking(of=implementing, today=self.today).write(diary)

    def _write_next_call(self, diary: Diary, first: Gathering) -> None:
        """The call for next year is open today: fresh proposals, some decided, some from the reserve."""
        opens_on = self.today - timedelta(days=18)
        following = self._gathering(self.next_year)
        pen, chance = Pen("donghe", Random(5)), Random(6)  # noqa: S311 -- as above
        matters = matters_of(self.cards)
        diary.on(
            opens_on - timedelta(days=3),
            lambda: following.publish(
                "东河区", f"东人办〔{opens_on.year}〕21号", opens_on, self.today + timedelta(days=20)
            ),
        )
        diary.on(opens_on - timedelta(days=2), lambda: following.houses.extend(first.houses))
        for on in (opens_on, *(self.today - timedelta(days=back) for back in (14, 9, 5, 2))):
            diary.on(on, lambda: following.receive(some_of(matters, 10, chance), pen, chance))
        diary.on(self.today - timedelta(days=8), lambda: self._draw(first))
        for theme in matters:
            if theme.leads_to in {"热线", "权限", "财力", "负4"}:
                diary.on(self.today - timedelta(days=7), partial(following.settle, theme, self.units))
        for theme in [theme for theme in matters if theme.is_candidate][:2]:
            diary.on(self.today - timedelta(days=6), partial(following.merge_all, theme))
        for place, theme in enumerate([theme for theme in matters if theme.is_candidate][:5]):
            diary.on(self.today - timedelta(days=4), partial(following.show, theme, 12 + 9 * place, chance))

    def _draw(self, first: Gathering) -> None:
        pool = [theme.name for theme in matters_of(self.cards) if theme.leads_to == "储备"]
        kept = [proposal for name in pool for proposal in first.received[name]]
        handling.draw_from_reserve(
            self.hall.office, self.hall.by(self.founded.district_staff), kept[:3], self.next_year
        )
