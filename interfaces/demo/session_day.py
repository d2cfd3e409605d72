"""A session of the story, step by step: convene, list, profile, cards, check-in, vote, count, declaration."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from application import check_in, congress, profiles, projects
from application.polls import cards, counting, preparing, voting
from domain.accounts.permissions import Actor
from domain.congress.roll import DelegateEntry
from domain.congress.session import session_id
from domain.polls import poll as polls
from domain.polls.ballot import VoidReason
from domain.polls.card import Secret, printed_code
from domain.polls.card_set import PrintAs, SetName, card_set_stream
from domain.polls.profile import READY_MADE
from domain.polls.rules import RuleProfile
from domain.projects.candidate_list import PresidiumDecision
from domain.projects.card import CandidateCard
from interfaces.demo.town_hall import PASSWORD, TownHall
from interfaces.documents.cards import CARDS_A_SHEET
from interfaces.public.projects.views import people
from interfaces.web._base.shown import money


@dataclass(frozen=True, kw_only=True)
class SessionDay:
    """One congress's session in the story."""

    hall: TownHall
    congress: UUID
    term: int
    number: int
    title: str
    year: int
    voting_on: date
    staff: Actor
    roll: Sequence[DelegateEntry]

    @property
    def session(self) -> UUID:
        """The session's identity."""
        return session_id(self.congress, self.term, self.number)

    def convene(self) -> None:
        """Calls the session around the day of the vote."""
        congress.convene_session(
            self.hall.office,
            self.hall.by(self.staff),
            self.congress,
            number=self.number,
            title=self.title,
            year=self.year,
            starts_on=self.voting_on - timedelta(days=1),
            ends_on=self.voting_on + timedelta(days=2),
        )

    def publish(self, made: Sequence[UUID], decision: PresidiumDecision | str) -> None:
        """Publishes the candidates as the list, numbered in this order."""
        projects.publish_list(
            self.hall.office,
            self.hall.by(self.staff),
            self.congress,
            self.year,
            self.session,
            [(project, number) for number, project in enumerate(made, 1)],
            decision,
            self.hall.office.today(),
        )

    def adopt_profile(self, ready_made: str, quota: int, decision: str) -> UUID:
        """Drafts the profile from a ready-made one and has the session adopt it."""
        rules: RuleProfile = replace(READY_MADE[ready_made], quota=quota)
        by = self.hall.by(self.staff)
        profile = self.hall.office.new_id(by, "profile")
        profiles.draft_profile(self.hall.office, by, self.congress, profile, rules)
        profiles.adopt_profile(
            self.hall.office,
            self.hall.by(self.staff),
            profile,
            session=self.session,
            on=self.hall.office.today(),
            decision=decision,
        )
        return profile

    def print_cards(self, name: SetName, count: int) -> list[Secret]:
        """Prints a set before two delegates; the secrets are what lies on the printed sheets."""
        _, made = cards.print_card_set(
            self.hall.office,
            self.hall.by(self.staff),
            self.session,
            name=name,
            print_as=PrintAs.ADDRESS,
            cards=count,
            per_sheet=CARDS_A_SHEET,
            present=[entry.delegate for entry in self.roll[:2]],
            randomness=secrets.token_bytes,
        )
        return sorted(made)

    def prepare(self, profile: UUID, set_number: int, title: str, listed: dict[UUID, CandidateCard]) -> UUID:
        """Prepares the poll with its card set."""
        by = self.hall.by(self.staff)
        poll = self.hall.office.new_id(by, "poll")
        preparing.prepare_poll(
            self.hall.office,
            self.hall.house.box,
            by,
            poll,
            session=self.session,
            profile=profile,
            card_set=card_set_stream(self.session, set_number),
            title=title,
            summaries={project: _summary(card) for project, card in listed.items()},
        )
        return poll

    def approve_scrutineers(self, poll: UUID, three: Sequence[DelegateEntry]) -> list[Actor]:
        """The plenary approves a chief and two scrutineers, who use their accounts already."""
        actors = [self.hall.delegate(self.staff, self.congress, entry.delegate) for entry in three]
        chief, *others = (entry.delegate for entry in three)
        preparing.approve_scrutineers(self.hall.office, self.hall.by(self.staff), poll, chief, others)
        return [self.hall.actor(actor.account) for actor in actors]

    def release_cards(self, poll: UUID, scrutineers: Sequence[Actor]) -> None:
        """The chief and one scrutineer let the cards be drawn."""
        cards.release_card_set(self.hall.office, self.hall.by(scrutineers[0]), poll, scrutineers[1])

    def check_in(self, present: Sequence[DelegateEntry], poll: UUID, venue: Actor) -> None:
        """Everybody present is checked in and draws a card."""
        for entry in present:
            check_in.check_in(self.hall.office, self.hall.by(venue), self.session, entry.delegate)
            check_in.draw_card(self.hall.office, self.hall.by(venue), self.session, poll, entry.delegate)

    def void_left_over(self, poll: UUID, left_over: Sequence[Secret]) -> None:
        """The cards nobody drew are voided one by one."""
        for code in left_over:
            cards.void_card(
                self.hall.office,
                self.hall.house.box,
                self.hall.by(self.staff),
                poll,
                printed_code(code),
                VoidReason.LEFT_OVER,
            )

    def vote(self, poll: UUID, codes: Sequence[Secret], support: Sequence[float]) -> None:
        """Opens, casts a ballot for every card, and closes in two steps."""
        hall = self.hall
        voting.open_poll(hall.office, hall.house.box, hall.by(self.staff), poll)
        hall.cast_all(poll, codes, (_marks(hall, support) for _ in codes))
        voting.call_last_ballots(hall.office, hall.by(self.staff), poll)
        voting.close_poll(hall.office, hall.house.box, hall.by(self.staff), poll)

    def declare(self, poll: UUID, scrutineers: Sequence[Actor], notice_number: str) -> None:
        """Counts, has the count signed by all three, and declares."""
        hall = self.hall
        counting.count_poll(hall.office, hall.house.box, hall.house.private, hall.by(self.staff), poll)
        shown = polls.counted_in(preparing.known_poll(hall.office, poll)).count_hash
        for actor in scrutineers:
            counting.sign_count(
                hall.office, hall.house.private, hall.by(actor), poll, password=PASSWORD, shown_hash=shown
            )
        counting.declare_poll(
            hall.office,
            hall.house.private,
            hall.by(self.staff),
            poll,
            notice_number=notice_number,
            on=hall.office.today(),
        )


def _marks(hall: TownHall, support: Sequence[float]) -> list[str]:
    return [
        "for" if hall.chance.random() < share else hall.chance.choice(("against", "abstain", "")) for share in support
    ]


def _summary(card: CandidateCard) -> str:
    return f"{card.lead_unit_name} · {money(card.total_funds)} · {people(card.beneficiary_count)}受益"
