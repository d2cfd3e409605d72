"""A year of the story that is over: its candidates, session and vote, what became of them, and its four asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from random import Random
from uuid import UUID

from application import projects
from domain.accounts.permissions import Actor
from domain.congress.roll import DelegateEntry
from domain.polls.card_set import SetName
from domain.projects import voted_list as voted_lists
from domain.projects.card import CandidateCard
from interfaces.demo import ceremony
from interfaces.demo.asks import Asking
from interfaces.demo.carrying_over import CarryingOver
from interfaces.demo.diary import Diary
from interfaces.demo.founding import TERM
from interfaces.demo.implementing import Implementing
from interfaces.demo.session_day import SessionDay
from interfaces.demo.steering import Steering
from interfaces.demo.supervising import Supervising
from interfaces.demo.town_hall import TownHall, candidates_in

SUPPORT = (0.95, 0.92, 0.97, 0.88, 0.9, 0.83, 0.52)
"""Shares of votes for each candidate; the last one is passed over."""
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八")


@dataclass(frozen=True, kw_only=True)
class Body:
    """Whose years they are."""

    congress: UUID
    name: str
    """As in 青城市第十六届人民代表大会."""
    staff: Actor
    government: Actor
    department: Actor | None = None
    roll: Sequence[DelegateEntry]
    attending: int
    present: Sequence[tuple[Actor, UUID]] = ()
    """Delegates with accounts, who watch the projects."""


@dataclass(kw_only=True)
class PastYear:
    """One year that is over; its session hears what was adjusted in the year `before`."""

    hall: TownHall
    body: Body
    year: int
    number: int
    """Of the session within the term."""
    cards: Sequence[CandidateCard]
    quota: int
    today: date
    before: "PastYear | None" = None
    _made: list[UUID] = field(default_factory=list)
    _profile: UUID = field(init=False)

    @cached_property
    def day(self) -> SessionDay:
        """The session that voted."""
        return SessionDay(
            hall=self.hall,
            congress=self.body.congress,
            term=TERM,
            number=self.number,
            title=f"{self.body.name}第十六届人民代表大会第{ORDINALS[self.number - 1]}次会议",
            year=self.year,
            voting_on=date(self.year, 1, 18),
            staff=self.body.staff,
            roll=self.body.roll,
        )

    @cached_property
    def implementing(self) -> Implementing:
        """What becomes of the adopted ones."""
        return Implementing(
            hall=self.hall,
            congress=self.body.congress,
            body=self.body.name,
            year=self.year,
            staff=self.body.staff,
            government=self.body.government,
            department=self.body.department,
            settled=True,
        )

    @cached_property
    def steering(self) -> Steering:
        """What the office and the committee do about them."""
        return Steering(of=self.implementing)

    def write(self, diary: Diary) -> None:
        """Writes down the year."""
        diary.on(date(self.year - 1, 11, 22), self._draft)
        diary.on(self.day.voting_on - timedelta(days=40), self.day.convene)
        diary.on(self.day.voting_on - timedelta(days=12), self._list)
        diary.on(self.day.voting_on, partial(self._vote, diary))

    def _draft(self) -> None:
        by = self.hall.by(self.body.staff)
        import_id = self.hall.office.new_id(by, "candidates")
        projects.import_candidates(self.hall.office, by, self.body.congress, self.year, import_id, self.cards)
        self._made = [projects.imported_project(import_id, place) for place in range(len(self.cards))]

    def _list(self) -> None:
        self.day.publish(self._made, "大会主席团第一次会议通过")
        self._profile = self.day.adopt_profile("per_item_majority", self.quota, "大会主席团第一次会议通过")

    def _vote(self, diary: Diary) -> None:
        day, staff, roll = self.day, self.body.staff, self.body.roll
        codes = day.print_cards(SetName(colour="红色", word="竹", number=1), self.body.attending + 2)
        listed = dict(zip(self._made, self.cards, strict=True))
        poll = day.prepare(self._profile, 1, f"{self.year}年民生实事项目票决", listed)
        first = 20 + 3 * self.number  # others every year: who guards keys gets no second slip from the office
        three = [entry for entry in roll if not entry.unit][first : first + 3]
        scrutineers = day.approve_scrutineers(poll, three)
        shares = ceremony.seal(self.hall, poll, scrutineers)
        day.release_cards(poll, scrutineers)
        present = roll[: self.body.attending]
        day.check_in(present, poll, staff)
        day.void_left_over(poll, codes[len(present) :])
        day.vote(poll, codes[: len(present)], SUPPORT[-len(self.cards) :])
        ceremony.open_twice(self.hall, poll, scrutineers, shares)
        day.declare(poll, scrutineers, f"{self.body.name[0]}人公〔{self.year}〕2号")
        if self.before is not None:
            self.before.steering.tell_session(day.session)
        announced = self.hall.office.state_of(
            voted_lists.voted_list_stream(self.body.congress, self.year), voted_lists.evolve
        )
        if announced is None:
            raise LookupError(self.year)
        self.implementing.write(diary, announced.projects)
        self.steering.write(diary)
        CarryingOver(of=self.implementing).write(diary)
        if self.body.present:
            chance = Random(self.year)  # noqa: S311 -- made-up pictures, no secrets
            watched = Supervising(of=self.implementing, roll=self.body.roll, present=self.body.present, chance=chance)
            watched.write(diary)
        Asking(of=self.implementing, today=self.today).write(diary)


def past_years(hall: TownHall, body: Body, tables: Mapping[int, str], today: date, number: int) -> list[PastYear]:
    """Years that are over, oldest first, each with the table of its candidates.

    `number` is that of the session after the last of them. All candidates but the last come onto the list.
    """
    units, made = hall.units_of(body.congress), list[PastYear]()
    for place, (year, table) in enumerate(sorted(tables.items())):
        cards = candidates_in(f"{table}.csv", units, year)
        one = PastYear(
            hall=hall,
            body=body,
            year=year,
            number=number - len(tables) + place,
            cards=cards,
            quota=len(cards) - 1,
            today=today,
            before=made[-1] if made else None,
        )
        made.append(one)
    return made
