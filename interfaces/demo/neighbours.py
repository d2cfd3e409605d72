"""The smaller bodies of the demonstration: a district that gathers candidates, a street whose council has met."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, partial
from random import Random

from application import projects
from application.proposals import handling
from domain.congress.congress import Level
from domain.congress.roll import DelegateEntry
from domain.shared import Year
from interfaces.demo.diary import Diary
from interfaces.demo.founding import TERM, Founding, add_units, import_roll
from interfaces.demo.gathering import Gathering
from interfaces.demo.matters import some_of
from interfaces.demo.session_day import SessionDay
from interfaces.demo.street_council import FROM_PROPOSALS, StreetMeeting
from interfaces.demo.suggestions import Pen, themes
from interfaces.demo.town_hall import TownHall, candidates_in

OF_A_STREET = ("背街小巷照明", "口袋公园", "社区食堂与助餐点", "窨井盖与路面坑洼", "街心公园与健身设施")
"""What a street's residents write about."""


@dataclass(kw_only=True)
class WestStory:
    """The second district: some candidates, two of them with gaps."""

    hall: TownHall
    founded: Founding
    today: date
    year: int

    def write(self, diary: Diary) -> None:
        """Writes down what the district does."""
        diary.on(self.today - timedelta(days=30), self._gather)

    def _gather(self) -> None:
        hall, west, staff = self.hall, self.founded.west, self.founded.west_staff
        units = add_units(hall, staff, west, "donghe-candidates.csv")
        import_roll(hall, staff, west, "xihe-delegates.csv")
        by = hall.by(staff)
        drafts = candidates_in("donghe-candidates.csv", units, self.year)[:4]
        with_gaps = [replace(drafts[0], purpose=""), replace(drafts[1], responsible="", sources=()), *drafts[2:]]
        projects.import_candidates(hall.office, by, west, self.year, hall.office.new_id(by, "candidates"), with_gaps)


@dataclass(kw_only=True)
class StreetStory:
    """The street: a small call of its own and one meeting of its residents' council."""

    hall: TownHall
    founded: Founding
    today: date
    year: int
    roll: list[DelegateEntry] = field(default_factory=list)

    @cached_property
    def day(self) -> SessionDay:
        """The meeting."""
        return SessionDay(
            hall=self.hall,
            congress=self.founded.street,
            term=TERM,
            number=1,
            title="南店街道居民议事会第一次会议",
            year=self.year,
            voting_on=self._before(6),
            staff=self.founded.street_staff,
            roll=self.roll,
        )

    def write(self, diary: Diary) -> None:
        """Writes down what the street does."""
        opens_on = self._before(45)
        pen, chance = Pen("nandian", Random(7)), Random(8)  # noqa: S311 -- made-up texts, no secrets
        matters = [replace(theme, leads_to="") for theme in themes() if theme.name in OF_A_STREET]
        gathering = Gathering(
            hall=self.hall,
            congress=self.founded.street,
            level=Level.STREET,
            year=Year(self.year),
            staff=self.founded.street_staff,
        )
        diary.on(self._before(50), self._settle_in)
        diary.on(self._before(48), partial(gathering.open_houses, (("南店街道居民议事厅", "南店大街6号"),)))
        notice = f"南街办〔{self._before(46).year}〕9号"
        diary.on(self._before(46), partial(gathering.publish, "南店街道", notice, opens_on, self._before(14)))
        for back in (40, 28, 18):
            diary.on(self._before(back), lambda: gathering.receive(some_of(matters, 6, chance), pen, chance))
        diary.on(self._before(12), self.day.convene)
        diary.on(self._before(10), partial(self._hand_up, gathering))
        diary.on(self._before(6), partial(self._meet, gathering))
        diary.on(self._before(3), lambda: StreetMeeting(day=self.day).finish(f"南街议〔{self.today.year}〕1号"))

    def _before(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _settle_in(self) -> None:
        self.roll.extend(import_roll(self.hall, self.founded.street_staff, self.founded.street, "nandian-members.csv"))

    def _hand_up(self, gathering: Gathering) -> None:
        """What a street cannot do by itself goes to the district's open call."""
        for proposal in gathering.received["社区食堂与助餐点"][:-1]:
            by = self.hall.by(self.founded.street_staff)
            reason = "需要区级统一用房和补贴，转区人大常委会一并考虑。"
            handling.transfer_to_congress(self.hall.office, by, proposal, self.founded.district, reason)

    def _meet(self, gathering: Gathering) -> None:
        profile = self.day.adopt_profile("per_item_majority", 3, "议事会预备会议通过")
        behind = {place: gathering.received[name][-1:] for place, name in FROM_PROPOSALS.items()}
        wanted = {place: found[0] for place, found in behind.items() if found}
        StreetMeeting(day=self.day).hold(wanted, profile)
