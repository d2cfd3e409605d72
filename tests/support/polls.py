"""A congress in its session with a vote to hold, built by the commands an office would give.

`hall = prepared(office, box)` has a roll, an adopted profile, a published list, a printed set and approved
scrutineers; `hall.seat()` checks everybody in and lets them draw a card; `hall.open()`, `hall.last_call()` and
`hall.close()` are the chair's. `open_hall(office, box)` does all up to the opening. The secrets of the cards are in
`hall.cards` (drawn, one a delegate who attends) and `hall.left_over` (voided before the opening).
"""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4, uuid5

from sqlalchemy import StaticPool, create_engine

from application import check_in as desk
from application.congress import add_units, convene_session, found_congress, import_delegates
from application.history.box import Box
from application.office import Office
from application.polls import cards as card_commands
from application.polls import preparing, voting
from application.private.store import PrivateStore
from application.profiles import adopt_profile, draft_profile
from application.projects import import_candidates, publish_list
from domain.accounts import account as accounts
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress.congress import Level
from domain.congress.roll import DelegateEntry
from domain.congress.session import session_id
from domain.polls.ballot import VoidReason
from domain.polls.ballot_form import BallotForm
from domain.polls.card import Secret
from domain.polls.card_set import PrintAs, SetName, card_set_stream
from domain.polls.count import form_hash_of, form_of
from domain.polls.poll import Poll, Sealing
from domain.polls.rules import RuleProfile
from domain.projects.card import CandidateCard, FundSource, Target
from domain.shared import Money
from tests.support.stores import by

TERM = 17
UNIT = "市水务局"
CLERK = "周文书"
RULES = RuleProfile(title="江州市民生实事项目票决办法", quota=3, unsealed_allowed=True)
BLUE = SetName(colour="蓝色", word="山茶", number=1)
GREEN = SetName(colour="绿色", word="香樟", number=2)
NAMES = ("城区排水防涝改造", "老旧小区加装电梯", "乡镇卫生院提升", "农村公路安全防护", "社区养老食堂", "中小学午休改造")


def _throwaway() -> PrivateStore:
    return PrivateStore(create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}))


@dataclass
class Hall:
    """One session of one congress, and the poll held in it."""

    office: Office
    box: Box
    congress: UUID
    session: UUID
    poll: UUID
    delegates: list[DelegateEntry]
    projects: list[UUID]
    set_name: SetName
    secrets: list[Secret]
    """All cards of the set that was printed."""
    clerk: Actor
    private: PrivateStore = field(default_factory=_throwaway)
    """A store of the test's own, for figures before a count; an installation's is `house.private`."""
    cards: list[Secret] = field(default_factory=list)
    left_over: list[Secret] = field(default_factory=list)

    @property
    def chief(self) -> Actor:
        return self.delegate(0)

    @property
    def scrutineers(self) -> tuple[Actor, Actor]:
        return self.delegate(1), self.delegate(2)

    def delegate(self, place: int) -> Actor:
        """A delegate with what the account's record grants; without one, a delegate's rights."""
        entry = self.delegates[place]
        account = accounts.account_of_delegate(entry.delegate)
        state = self.office.state_of(account, accounts.evolve)
        grant = Grant(role=Role.DELEGATE, congress=self.congress, delegate=entry.delegate)
        return state.actor(account) if state else Actor(account=account, name=entry.name, grants=(grant,))

    @property
    def state(self) -> Poll:
        return preparing.known_poll(self.office, self.poll)

    @property
    def form(self) -> BallotForm:
        return form_of(self.poll, self.state.prepared)

    @property
    def form_hash(self) -> str:
        return form_hash_of(self.poll, self.state.prepared)

    def check_in(self, place: int) -> None:
        desk.check_in(self.office, by(self.clerk), self.session, self.delegates[place].delegate)

    def draw(self, place: int) -> None:
        """A delegate draws a card face down; nobody records which."""
        desk.draw_card(self.office, by(self.clerk), self.session, self.poll, self.delegates[place].delegate)

    def release(self) -> None:
        card_commands.release_card_set(self.office, by(self.chief), self.poll, self.scrutineers[0])

    def seat(self, attending: int | None = None, *, hands: int = 8) -> None:
        """So many delegates (all) come in and draw a card; the rest of the set is voided."""
        places = range(len(self.delegates) if attending is None else attending)
        with ThreadPoolExecutor(hands) as many:
            list(many.map(self.check_in, places))
            list(many.map(self.draw, places))
        self.account_for_cards(len(places))

    def account_for_cards(self, drawn: int) -> None:
        """The first cards are in the delegates' hands, the others lie on the desk and are voided by scan."""
        self.cards, self.left_over = self.secrets[:drawn], self.secrets[drawn:]
        for card in self.left_over:
            self.void(card)

    def void(self, card: Secret, reason: VoidReason = VoidReason.LEFT_OVER) -> None:
        card_commands.void_card(self.office, self.box, by(self.clerk), self.poll, card, reason)

    def open(self) -> int:
        return voting.open_poll(self.office, self.box, by(self.clerk), self.poll)

    def last_call(self) -> int:
        return voting.call_last_ballots(self.office, by(self.clerk), self.poll)

    def close(self) -> int:
        """Both steps of closing."""
        if not self.state.last_call:
            self.last_call()
        return voting.close_poll(self.office, self.box, by(self.clerk), self.poll)

    def print_set(self, name: SetName, cards: int) -> list[Secret]:
        """One more set of this session, bound to no poll."""
        return print_set_of(self.office, self.clerk, self.session, self.delegates, name, cards)[1]


def open_hall(
    office: Office, box: Box, *, delegates: int = 12, attending: int | None = None, rules: RuleProfile = RULES
) -> Hall:
    """A poll that is open: every delegate who attends holds a card."""
    hall = prepared(office, box, delegates=delegates, rules=rules)
    hall.release()
    hall.seat(attending)
    hall.open()
    return hall


def prepared(
    office: Office,
    box: Box,
    *,
    delegates: int = 12,
    spare_cards: int = 2,
    rules: RuleProfile = RULES,
    projects: Sequence[str] = NAMES,
    slug: str = "jz",
    randomness: Callable[[int], bytes] = secrets.token_bytes,
    sealing: Sealing = Sealing.UNSEALED,
    waiver: str = "",
) -> Hall:
    """A poll that is prepared, its scrutineers approved, its cards printed and dead."""
    today = office.today()
    congress, clerk = founded(office, slug)
    entries = roll_of(office, clerk, congress, delegates)
    session = convened(office, clerk, congress, today)
    sent_on = today - timedelta(days=rules.pre_reading_days + 3)
    listed = published(office, clerk, congress, session, today.year, projects, sent_on)
    profile = adopted(office, clerk, congress, session, rules, today)
    card_set, printed = print_set_of(office, clerk, session, entries, BLUE, delegates + spare_cards, randomness)
    poll = uuid4()
    preparing.prepare_poll(
        office,
        box,
        by(clerk),
        poll,
        session=session,
        profile=profile,
        card_set=card_set,
        title=f"{today.year}年民生实事项目表决票",
        summaries={project: f"{UNIT} · 1,200 万元 · {place}.5 万人受益" for place, project in enumerate(listed, 1)},
        waiver=waiver,
        sealing=sealing,
    )
    chief, *scrutineers = [entry.delegate for entry in entries[:3]]
    preparing.approve_scrutineers(office, by(clerk), poll, chief, scrutineers)
    return Hall(office, box, congress, session, poll, entries, listed, BLUE, printed, clerk)


def founded(office: Office, slug: str = "jz") -> tuple[UUID, Actor]:
    """A city's congress with one unit, and a clerk of its office."""
    congress = uuid4()
    administrator = Actor(
        account=uuid5(congress, "administrator"),
        name="系统管理员",
        grants=(Grant(role=Role.ADMINISTRATOR, congress=None),),
    )
    clerk = Actor(account=uuid5(congress, CLERK), name=CLERK, grants=(Grant(role=Role.STAFF, congress=congress),))
    found_congress(
        office,
        by(administrator),
        congress,
        name="江州市人民代表大会",
        short_name="江州市人大",
        slug=slug,
        level=Level.CITY,
        term=TERM,
    )
    add_units(office, by(clerk), congress, [(UNIT, "12345")])
    return congress, clerk


def roll_of(office: Office, clerk: Actor, congress: UUID, delegates: int) -> list[DelegateEntry]:
    """So many delegates in two delegations."""
    import_id = uuid4()
    entries = [
        DelegateEntry(
            delegate=uuid5(import_id, str(number)),
            number=f"{number:04}",
            name=f"代表{number}",
            delegation=("城东代表团", "城西代表团")[number % 2],
        )
        for number in range(1, delegates + 1)
    ]
    import_delegates(office, by(clerk), congress, import_id, "代表名册.xlsx", entries)
    return entries


def convened(office: Office, clerk: Actor, congress: UUID, today: date) -> UUID:
    convene_session(
        office,
        by(clerk),
        congress,
        number=4,
        title="江州市第十七届人民代表大会第四次会议",
        year=today.year,
        starts_on=today,
        ends_on=today + timedelta(days=3),
    )
    return session_id(congress, TERM, 4)


def published(
    office: Office, clerk: Actor, congress: UUID, session: UUID, year: int, names: Sequence[str], on: date
) -> list[UUID]:
    """A published list of complete candidates, numbered from 1."""
    import_id = uuid4()
    cards = [candidate(name, number, year) for number, name in enumerate(names, 1)]
    import_candidates(office, by(clerk), congress, year, import_id, cards)
    projects = [uuid5(import_id, str(place)) for place in range(len(cards))]
    chosen = [(project, number) for number, project in enumerate(projects, 1)]
    publish_list(office, by(clerk), congress, year, session, chosen, "常委会第三十次会议决定", on)
    return projects


def candidate(name: str, number: int, year: int) -> CandidateCard:
    """A card without gaps."""
    return CandidateCard(
        number=number,
        name=name,
        category="城市更新",
        purpose=f"解决{name}中群众反映强烈的问题。",
        content=f"今年完成{name}十处。",
        targets=(Target(name="改造点位", amount=Decimal(10), unit="处"),),
        place="城东区",
        total_funds=Money(Decimal(12_000_000)),
        year_funds=Money(Decimal(12_000_000)),
        sources=(FundSource(name="市级财政", percent=Decimal(100)),),
        beneficiaries="城东区居民",
        beneficiary_count=15_000,
        starts_on=date(year, 3, 1),
        finishes_on=date(year, 11, 30),
        lead_unit_name=UNIT,
        responsible="张工",
    )


def adopted(office: Office, clerk: Actor, congress: UUID, session: UUID, rules: RuleProfile, today: date) -> UUID:
    """A profile the session adopted."""
    profile = uuid4()
    draft_profile(office, by(clerk), congress, profile, rules)
    adopt_profile(office, by(clerk), profile, session=session, on=today, decision="大会预备会议通过")
    return profile


def print_set_of(
    office: Office,
    clerk: Actor,
    session: UUID,
    delegates: Sequence[DelegateEntry],
    name: SetName,
    cards: int,
    randomness: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[UUID, list[Secret]]:
    _, printed = card_commands.print_card_set(
        office,
        by(clerk),
        session,
        name=name,
        print_as=PrintAs.ADDRESS,
        cards=cards,
        per_sheet=10,
        present=[entry.delegate for entry in delegates[1:3]],
        randomness=randomness,
    )
    return card_set_stream(session, name.number), printed
