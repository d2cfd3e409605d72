"""One congress's session of one year: candidates, the list, the vote on keypads, the voted list, the duty list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from random import Random
from typing import Final
from uuid import UUID, uuid5

from domain.congress.session import SessionConvened, SessionEntered, calendar_stream, session_id
from domain.polls.columns import VoteColumn, VoteColumns
from domain.polls.count import canonical_count, count_hash, form_hash_of
from domain.polls.outcome import Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.poll import Poll, PollClosed, PollCounted, PollDeclared, PollItem, PollOpened, PollPrepared, Sealing
from domain.polls.profile import ProfileAdopted
from domain.projects.candidate_list import CandidateListPublished, CandidateListPutToVote, ListedCandidate, list_stream
from domain.projects.card import CandidateCard, FundSource, Target
from domain.projects.duty_list import DutyListPublished, duty_list_stream
from domain.projects.project import CandidateDrafted, ProjectAdopted, ProjectListed, ProjectNotAdopted, VoteOnProject
from domain.projects.voted_list import AdoptedProject, VotedListAnnounced, voted_list_stream
from domain.shared import CHINA, Money, Year, project_code
from interfaces.demo.scale.bodies import FIRST_TERM, PROFILE, QUOTA, TERM_YEARS, Body, Told

CANDIDATES: Final = QUOTA + 2
"""Rule 10: 10 % more than may be adopted."""

NO_BOX: Final = "0" * 64
"""Keypads count: there is no box whose ballots had a tree."""

_WANTED: Final = (
    ("老旧小区改造", "城镇更新", "个小区", 30, 2400),
    ("背街小巷提升", "城镇更新", "条", 40, 800),
    ("公办幼儿园新建", "教育", "所", 3, 1800),
    ("中小学操场更新", "教育", "所", 12, 600),
    ("社区养老服务站", "养老助残", "处", 15, 450),
    ("无障碍设施改造", "养老助残", "户", 600, 300),
    ("乡镇卫生院设备更新", "医疗卫生", "台（套）", 60, 900),
    ("农村公路安全防护", "交通出行", "公里", 80, 1100),
    ("公共停车位", "交通出行", "个", 1500, 700),
    ("雨水管网改造", "供水排水", "公里", 18, 2200),
    ("自来水管道更换", "供水排水", "公里", 25, 1600),
    ("口袋公园", "生态环境", "处", 10, 500),
    ("公共厕所提升", "生态环境", "座", 20, 260),
    ("农贸市场改造", "商贸便民", "个", 6, 720),
    ("充电桩", "商贸便民", "个", 400, 380),
    ("文体广场", "文化体育", "处", 9, 340),
)


@dataclass(frozen=True, eq=False)
class Vote:
    """The vote of a body on the projects of a year."""

    body: Body
    year: int

    @cached_property
    def chance(self) -> Random:
        """Makes up the same year every time."""
        return Random(self.body.number * 10_000 + self.year)  # noqa: S311 -- made-up figures, no secrets

    @cached_property
    def on(self) -> date:
        """When it is held: the upper levels later than the lower ones."""
        return date(self.year, 1, 8) + timedelta(days=self.body.number % 9 + (0 if self.body.number > 9 else 9))

    @property
    def number(self) -> int:
        """Of the session in its term."""
        return (self.year - 1) % TERM_YEARS + 1

    @property
    def term(self) -> int:
        """The term the year falls into."""
        return FIRST_TERM + (self.year - 1) // TERM_YEARS % 3

    @cached_property
    def session(self) -> UUID:
        """Its session."""
        return session_id(self.body.id, self.term, self.number)

    @property
    def poll(self) -> UUID:
        """Its poll."""
        return uuid5(self.body.id, f"poll {self.year}")

    @property
    def notice(self) -> str:
        """The number of its notice."""
        return f"{self.body.area[0]}人公〔{self.year}〕1号"

    def project(self, place: int) -> UUID:
        """The candidate at a place, counted from 0; the first twenty are adopted."""
        return uuid5(self.body.id, f"project {self.year}/{place}")

    @cached_property
    def cards(self) -> tuple[CandidateCard, ...]:
        """What was voted on."""
        return tuple(self._card(place) for place in range(CANDIDATES))

    def told(self) -> Iterator[Told]:
        """Everything until the lists are out."""
        yield from self._gathered()
        yield from self._convened()
        yield from self._voted()
        yield from self._announced()

    def _card(self, place: int) -> CandidateCard:
        name, category, unit, amount, funds = _WANTED[(place + self.body.number + self.year) % len(_WANTED)]
        lead, lead_name = self.body.units[(place + self.year) % len(self.body.units)]
        total = Money(Decimal(funds * 10_000 * self.chance.randrange(60, 140) // 100))
        crosses = place % 10 == 9
        return CandidateCard(
            number=place + 1,
            name=f"{self.body.area}{name}项目" if place < len(_WANTED) else f"{self.body.area}{name}二期项目",
            category=category,
            purpose="回应群众反映集中的问题。",
            content=f"在{self.body.area}范围内实施{name}，完善配套设施。",
            targets=(Target(name=name, amount=Decimal(amount), unit=unit),),
            place=self.body.area,
            total_funds=total,
            year_funds=Money(total * 6 / 10) if crosses else total,
            sources=(FundSource(name="本级财政", percent=Decimal(100)),),
            beneficiaries="周边居民",
            beneficiary_count=amount * 80,
            starts_on=date(self.year, 3, 1),
            finishes_on=date(self.year + 1, 9, 30) if crosses else date(self.year, 11, 30),
            cross_year=crosses,
            annual_targets="主体工程完工。" if crosses else "",
            lead_unit=lead,
            lead_unit_name=lead_name,
            responsible="分管负责人",
            support_proposals=self.chance.randrange(3, 40),
            supporters=self.chance.randrange(10, 400),
        )

    def _gathered(self) -> Iterator[Told]:
        drafted = self._at(date(self.year - 1, 11, 5), 9)
        for place, card in enumerate(self.cards):
            fact = CandidateDrafted(
                congress=self.body.id, year=Year(self.year), code=project_code(self.project(place)), card=card
            )
            yield self.project(place), drafted, fact
        listed = self.on - timedelta(days=14)
        for place in range(CANDIDATES):
            yield self.project(place), self._at(listed, 10), ProjectListed(number=place + 1, on=listed)

    def _convened(self) -> Iterator[Told]:
        at, title = (
            self._at(self.on - timedelta(days=30), 9),
            f"{self.body.area}第{self.term}届人大第{self.number}次会议",
        )
        convened = SessionConvened(
            congress=self.body.id,
            term=self.term,
            number=self.number,
            title=title,
            year=Year(self.year),
            starts_on=self.on - timedelta(days=2),
            ends_on=self.on,
        )
        yield self.session, at, convened
        yield calendar_stream(self.body.id), at, SessionEntered(session=self.session)
        lines = tuple(
            ListedCandidate(project=self.project(place), number=place + 1, name=card.name)
            for place, card in enumerate(self.cards)
        )
        published = CandidateListPublished(
            congress=self.body.id,
            year=Year(self.year),
            session=self.session,
            candidates=lines,
            decision="主席团第一次会议通过",
            published_on=self.on - timedelta(days=14),
        )
        candidates = list_stream(self.body.id, self.year)
        yield candidates, self._at(self.on - timedelta(days=14), 11), published
        yield candidates, self._at(self.on, 8), CandidateListPutToVote(poll=self.poll)

    def _voted(self) -> Iterator[Told]:
        attending = self.body.delegates * 96 // 100
        if self.year == self.body.founded.year + 1:
            adopted = ProfileAdopted(session=self.session, on=self.on, decision="大会通过")
            yield self.body.profile, self._at(self.on - timedelta(days=2), 9), adopted
        prepared = self._prepared()
        opened = PollOpened(
            all_delegates=self.body.delegates,
            attending=attending,
            issued=attending,
            form=form_hash_of(self.poll, prepared),
        )
        closed = PollClosed(ballots=0, root=NO_BOX, cards_printed=0, cards_voided=0)
        yield self.poll, self._at(self.on, 8, 30), prepared
        yield self.poll, self._at(self.on, 9), opened
        yield self.poll, self._at(self.on, 9, 20), closed
        counted = self._counted(Poll(prepared=prepared, opened=opened, closed=closed), attending)
        yield self.poll, self._at(self.on, 9, 40), counted
        declared = PollDeclared(
            on=self.on,
            notice_number=self.notice,
            count_hash=counted.count_hash,
            adopted=tuple(self.project(place) for place in range(QUOTA)),
        )
        yield self.poll, self._at(self.on, 10), declared

    def _prepared(self) -> PollPrepared:
        items = tuple(
            PollItem(id=str(place + 1), name=card.name, project=self.project(place), lead_unit=card.lead_unit_name)
            for place, card in enumerate(self.cards)
        )
        return PollPrepared(
            congress=self.body.id,
            session=self.session,
            session_title=f"{self.body.area}第{self.term}届人大第{self.number}次会议",
            year=Year(self.year),
            title=f"{self.year}年民生实事项目票决",
            items=items,
            profile_id=self.body.profile,
            profile_version=1,
            profile=PROFILE,
            card_set=None,
            sealing=Sealing.UNSEALED,
            sent_on=self.on - timedelta(days=14),
            keypad=True,
        )

    def _counted(self, state: Poll, attending: int) -> PollCounted:
        items = tuple(
            VoteColumn(
                id=str(place + 1),
                votes_for=self._votes_for(place),
                against=attending - self._votes_for(place) - place % 3,
                abstain=place % 3,
                not_ticked=0,
                not_pressed=0,
                void=0,
            )
            for place in range(CANDIDATES)
        )
        turnout = Turnout(all_delegates=self.body.delegates, attending=attending, issued=attending)
        parts = Parts(keypad=VoteColumns(returned=attending, void_ballots=0, items=items))
        outcome = tally_parts(state.prepared.profile, state.prepared.items, turnout, parts)
        text = canonical_count(self.poll, state, turnout, parts, outcome)
        return PollCounted(version=1, count=text, count_hash=count_hash(text))

    def _votes_for(self, place: int) -> int:
        """Each has a little less than the one before; the last two have no majority."""
        share = (95 - place * 2) if place < QUOTA else 44 - place
        return self.body.delegates * share // 100

    def _announced(self) -> Iterator[Told]:
        for place in range(CANDIDATES):
            vote = VoteOnProject(
                poll=self.poll,
                votes_for=self._votes_for(place),
                against=self.body.delegates * 96 // 100 - self._votes_for(place) - place % 3,
                abstain=place % 3,
                all_delegates=self.body.delegates,
                attending=self.body.delegates * 96 // 100,
                needed=self.body.delegates // 2 + 1,
                rank=place + 1,
                passed=place < QUOTA,
                candidates=CANDIDATES,
            )
            decided: object = ProjectNotAdopted(on=self.on, vote=vote)
            if place < QUOTA:
                decided = ProjectAdopted(number=place + 1, on=self.on, notice_number=self.notice, vote=vote)
            yield self.project(place), self._at(self.on, 10), decided
        lines = tuple(
            AdoptedProject(project=self.project(place), number=place + 1, name=self.cards[place].name)
            for place in range(QUOTA)
        )
        announced = VotedListAnnounced(
            congress=self.body.id,
            year=Year(self.year),
            poll=self.poll,
            notice_number=self.notice,
            announced_on=self.on,
            projects=lines,
        )
        yield voted_list_stream(self.body.id, self.year), self._at(self.on, 11), announced
        duties = DutyListPublished(
            congress=self.body.id,
            year=Year(self.year),
            projects=tuple(line.project for line in lines),
            number=f"{self.body.area[0]}人办发〔{self.year}〕9号",
            on=self.on + timedelta(days=16),
        )
        yield duty_list_stream(self.body.id, self.year), self._at(duties.on, 15), duties

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), CHINA)
