"""The first half of a poll's life as a state machine: the check-in desk, the cards, the vote, until it is closed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from nacl.public import SealedBox

from application import check_in as desk
from application.history.box import Box, open_box
from application.history.history import History
from application.office import By, Office
from application.polls.cards import void_card
from application.polls.casting import CastingDesk
from application.polls.voting import call_last_ballots, close_poll, open_poll
from application.private import passwords
from application.private.store import PrivateStore
from domain.accounts.permissions import Actor
from domain.polls.ballot import CardHasBallot, CardUsed, VoidReason, receipt
from domain.polls.ballot_form import encoded
from domain.polls.card import card_id
from domain.polls.poll import PollStage, Sealing
from domain.shared import Refused
from tests.support import polls, sealing
from tests.support.poll_model import CARDS, LEAST_GROUP, MARKS, PEOPLE, Expected, PollModel
from tests.support.stores import by

PASSWORD = "four quiet evening walks"
RULES = replace(polls.RULES, quota=1, min_group_size=LEAST_GROUP)

places = st.integers(0, PEOPLE - 1)
cards = st.integers(0, CARDS - 1)
ballots = st.integers(0, 9)
stages = st.sampled_from([PollStage.PREPARED, PollStage.OPEN, PollStage.CLOSED, PollStage.CLOSED, PollStage.COUNTED])
BEFORE_CLOSING = (PollStage.PREPARED, PollStage.OPEN)
AFTER_CLOSING = (PollStage.CLOSED, PollStage.COUNTED)
_numbers = count(1)


@dataclass
class World:
    """One store, in which every example holds a congress of its own."""

    url: str
    office: Office
    history: History
    private: PrivateStore
    hashed: str
    box: Box
    door: CastingDesk

    def restart(self) -> None:
        """The process that holds the box ends and another one opens it."""
        self.box.stop()
        self.box = open_box(self.url)
        self.door = self.new_door(self.history, self.box)

    @staticmethod
    def new_door(history: History, box: Box) -> CastingDesk:
        """Looks again whenever it is asked."""
        return CastingDesk(history, box, partial(next, count(0.0)))


class PollUntilClosing(RuleBasedStateMachine):
    """One poll of six delegates, eight cards and two items, of which one can be adopted."""

    world: ClassVar[World]

    @initialize(is_sealed=st.booleans(), start=stages, strays=st.integers(0, 3).map(lambda drawn: drawn == 0))
    def prepare(self, is_sealed: bool, start: PollStage, strays: bool) -> None:  # noqa: FBT001  # drawn by name
        world = self.world
        self.twice, self.strays = False, strays
        self.model = PollModel(sealed=is_sealed)
        self.hall = polls.prepared(
            world.office,
            world.box,
            delegates=PEOPLE,
            spare_cards=CARDS - PEOPLE,
            rules=RULES,
            projects=polls.NAMES[:2],
            slug=f"m{next(_numbers)}",
            sealing=Sealing.SEALED if is_sealed else Sealing.UNSEALED,
        )
        self.hall.private = world.private
        self.key = sealing.guarded(self.hall) if is_sealed else None
        self.hall.release()
        self.table = [self.hall.delegate(place) for place in range(3)]
        with world.private.writing() as connection:
            for person in self.table:
                passwords.keep(connection, person.account, world.hashed)
        self.sent: dict[int, bytes] = {}
        for _ in range(list(PollStage).index(start)):
            self.go_on()

    def comes(self, *stages: PollStage) -> bool:
        """Whether a step that belongs there is tried now: who strays tries everything everywhere."""
        return self.strays or self.model.stage in stages

    @rule()
    def go_on(self) -> None:
        """The honest way to the next stage, whatever happened before."""
        raise NotImplementedError

    @property
    def office(self) -> Office:
        return self.world.office

    def ask(self, expected: Expected, command: Callable[[By], int], who: Actor | None = None) -> bool:
        """Whether the step was taken; where hands tremble it is sent twice under one key."""
        asked, before = by(who or self.hall.clerk), self.world.history.last_position()
        refused, position = _answer(lambda: command(asked))
        assert refused is expected
        if expected is not None:
            # an incident is what stays of a card that was handed in and had been used
            assert self.world.history.last_position() == before or refused is CardHasBallot
            return False
        if self.twice:
            again = self.world.history.last_position()
            assert _answer(lambda: command(asked)) == (None, position)
            assert self.world.history.last_position() == again
        return True

    @rule()
    def hands_tremble(self) -> None:
        self.twice = not self.twice

    @rule()
    def restart(self) -> None:
        self.world.restart()
        self.hall.box = self.world.box
        self.model.copies = set()  # which cards were reported is known to the process alone

    # the check-in desk

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places)
    def check_in(self, place: int) -> None:
        at, who = self.hall.session, self.hall.delegates[place].delegate
        if self.ask(self.model.expected_of_check_in(place), lambda by: desk.check_in(self.office, by, at, who)):
            self.model.present.add(place)

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places)
    def leave(self, place: int) -> None:
        at, who = self.hall.session, self.hall.delegates[place].delegate
        if self.ask(self.model.expected_of_leaving(place), lambda by: desk.undo_check_in(self.office, by, at, who)):
            self.model.present.remove(place)

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places)
    def draw(self, place: int) -> None:
        if self.ask(self.model.expected_of_drawing(place), self._at_the_desk(desk.draw_card, place)):
            self.model.drawn.add(place)

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places)
    def give_card_back(self, place: int) -> None:
        if self.ask(self.model.expected_of_giving_back_a_card(place), self._at_the_desk(desk.undo_draw, place)):
            self.model.drawn.remove(place)

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places)
    def hand_out_paper(self, place: int) -> None:
        if self.ask(self.model.expected_of_paper(place), self._at_the_desk(desk.issue_paper, place)):
            is_late = self.model.stage is PollStage.OPEN and place not in self.model.there_at_opening
            self.model.papers[place] = is_late

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places)
    def give_paper_back(self, place: int) -> None:
        if self.ask(self.model.expected_of_giving_back_a_paper(place), self._at_the_desk(desk.undo_paper, place)):
            del self.model.papers[place]

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(place=places, card=cards)
    def exchange(self, place: int, card: int) -> None:
        hall, code = self.hall, self.hall.secrets[card]
        who = hall.delegates[place].delegate
        if self.ask(
            self.model.expected_of_exchange(place, card),
            lambda by: desk.exchange_card(self.office, hall.box, by, hall.session, hall.poll, who, code),
        ):
            self.model.drawn.remove(place)
            self.model.papers[place] = False
            self.model.voided.add(card)
            self.model.spoiled += 1

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule(card=cards, reason=st.sampled_from(VoidReason))
    def void(self, card: int, reason: VoidReason = VoidReason.LEFT_OVER) -> None:
        code = self.hall.secrets[card]
        if self.ask(
            self.model.expected_of_voiding(card),
            lambda by: void_card(self.office, self.hall.box, by, self.hall.poll, code, reason),
        ):
            self.model.voided.add(card)
            self.model.spoiled += reason is VoidReason.SPOILED

    def _at_the_desk(self, command: Callable[..., int], place: int) -> Callable[[By], int]:
        hall, who = self.hall, self.hall.delegates[place].delegate
        return lambda by: command(self.office, by, hall.session, hall.poll, who)

    # the vote

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule()
    def open(self) -> None:
        hall, model = self.hall, self.model
        if self.ask(model.expected_of_opening(), lambda by: open_poll(self.office, hall.box, by, hall.poll)):
            model.stage, model.there_at_opening = PollStage.OPEN, set(model.present)

    @precondition(lambda self: self.comes(*BEFORE_CLOSING, PollStage.CLOSED))
    @rule(card=cards, ballot=ballots)
    def cast(self, card: int, ballot: int) -> None:
        expected = self.model.expected_of_cast(card, ballot)
        sent, key = self._filled_in(ballot), self.key
        for _ in range(2 if self.twice else 1):
            self.world.door.look_again()
            cast = self.world.door.cast(
                card_id(self.hall.secrets[card]),
                sent,
                seen=self.hall.form_hash,
                key=key.fingerprint if key else None,
            )
            if expected is None:
                assert asyncio.run(cast) == receipt(sent)
                continue
            with pytest.raises(expected) as refused:
                asyncio.run(cast)
            if isinstance(refused.value, CardUsed):
                assert refused.value.receipt == receipt(self._filled_in(self.model.cast[card]))
        if expected is None:
            self.model.cast[card] = ballot

    def _filled_in(self, ballot: int) -> bytes:
        """The bytes of the ballot of this number: sealed once, they stay."""
        if ballot not in self.sent:
            marks = MARKS[ballot % len(MARKS)]
            if self.key is None:
                self.sent[ballot] = ballot.to_bytes(32, "big") + encoded(marks, self.hall.form)
            else:
                box = SealedBox(self.key.secret.public_key)
                self.sent[ballot] = box.encrypt(encoded(marks, self.hall.form))
        return self.sent[ballot]

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule()
    def call_last_ballots(self) -> None:
        poll = self.hall.poll
        if self.ask(self.model.expected_of_last_call(), lambda by: call_last_ballots(self.office, by, poll)):
            self.model.last_call = True

    @precondition(lambda self: self.comes(*BEFORE_CLOSING))
    @rule()
    def close(self) -> None:
        hall = self.hall
        if self.ask(self.model.expected_of_closing(), lambda by: close_poll(self.office, hall.box, by, hall.poll)):
            self.model.stage = PollStage.CLOSED


def _answer(command: Callable[[], int]) -> tuple[Expected, int]:
    """The class of the refusal, or None and the position."""
    try:
        return None, command()
    except Refused as refused:
        return type(refused), 0
