"""Whatever is done to a poll in whatever order, it answers as a small model of it does, and its equations hold.

Cards, papers, a spoiled card against a paper, ballots sent once and again, last ballots, unused cards, incidents, two
openings of the box, two teams over the papers, doubtful marks, count, signatures, declaration, cancelling: each step
may come at any time, and each may be sent twice.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from application.history.box import Turnout, open_box
from application.history.history import open_history
from application.office import Office
from application.polls import preparing
from application.polls.counting import count_poll, declare_poll, sign_count
from application.private import passwords
from application.private.store import open_private
from application.private.workings import polls_at_work
from domain.polls.accounting import IncidentDecision
from domain.polls.after_closing import account_of
from domain.polls.ballot import receipt
from domain.polls.box_opening import OpenedOn
from domain.polls.card import card_id
from domain.polls.poll import Poll, PollStage
from tests.application.polls.poll_counting import PollUntilCount
from tests.application.polls.poll_life import AFTER_CLOSING, PASSWORD, World
from tests.support.poll_model import CARDS, PEOPLE, TRUE
from tests.support.stores import Clock


class PollLife(PollUntilCount):
    """The whole of it, and what must hold after every step."""

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule()
    def count(self) -> None:
        hall, model = self.hall, self.model
        if self.ask(
            model.expected_of_count(), lambda by: count_poll(self.office, hall.box, hall.private, by, hall.poll)
        ):
            model.stage, model.counts, model.signed = PollStage.COUNTED, model.counts + 1, set()
            model.void = model.returned > model.issued
            self.the_count_says_what_was_marked()

    def the_count_says_what_was_marked(self) -> None:
        """And every item accounts for every ballot (rule 11)."""
        counted, model = self.hall.state.counted, self.model
        assert counted is not None
        said = json.loads(counted.count)
        assert (said["all_delegates"], said["attending"], said["issued"]) == (PEOPLE, model.attending, model.issued)
        assert said["returned"] == model.returned
        assert counted.version == model.counts
        if model.void:
            assert (counted.void_because, said["columns"]) == ("returned_exceeds_issued", None)
            return
        assert counted.void_because == ""
        for column, expected in zip(said["columns"]["items"], model.columns(), strict=True):
            marks = {mark: column[mark] for mark in ("for", "against", "abstain", "void")}
            assert marks == {mark: expected[mark] for mark in marks}
            assert sum(marks.values()) == model.returned

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(place=st.integers(0, 2), as_shown=st.sampled_from([True, True, False]))
    def sign(self, place: int, as_shown: bool = True) -> None:  # noqa: FBT001, FBT002  # drawn by name
        hall = self.hall
        counted = hall.state.counted
        shown = counted.count_hash if counted and as_shown else "0" * 64
        if self.ask(
            self.model.expected_of_signing(place, as_shown=as_shown),
            lambda by: sign_count(self.office, hall.private, by, hall.poll, password=PASSWORD, shown_hash=shown),
            self.table[place],
        ):
            self.model.signed.add(place)

    @precondition(lambda self: self.comes(*AFTER_CLOSING))
    @rule(notice=st.sampled_from(["江人公〔2026〕5号", ""]))
    def declare(self, notice: str) -> None:
        hall, on = self.hall, date(2026, 1, 20)
        if self.ask(
            self.model.expected_of_declaring(notice),
            lambda by: declare_poll(self.office, hall.private, by, hall.poll, notice_number=notice, on=on),
        ):
            self.model.stage = PollStage.DECLARED

    @rule(reason=st.sampled_from(["", "", "重新表决"]))
    def cancel(self, reason: str = "重新表决") -> None:
        poll = self.hall.poll
        if self.ask(
            self.model.expected_of_cancelling(reason), lambda by: preparing.cancel_poll(self.office, by, poll, reason)
        ):
            self.model.stage = PollStage.CANCELLED

    # the honest way

    @rule()
    def go_on(self) -> None:
        match self.model.stage:
            case PollStage.PREPARED:
                self._seat_and_open()
            case PollStage.OPEN:
                self._vote_and_close()
            case PollStage.CLOSED:
                self._settle_and_count()
            case PollStage.COUNTED:
                self._sign_and_declare()

    def _seat_and_open(self) -> None:
        model = self.model
        for place in set(range(PEOPLE - 1)) - model.present:
            self.check_in(place)
        for place in set(range(4)) - model.drawn - set(model.papers):
            self.draw(place)
        for place in {4} - model.drawn - set(model.papers):
            self.hand_out_paper(place)
        for place in sorted(model.drawn)[model.live :]:
            self.give_card_back(place)
        for card in sorted(set(range(CARDS)) - model.voided)[len(model.drawn) :]:
            self.void(card)
        self.open()

    def _vote_and_close(self) -> None:
        model = self.model
        unused = sorted(set(range(CARDS)) - model.voided - set(model.cast))
        left = sorted(set(range(10)) - set(model.cast.values()))
        for card, ballot in zip(unused[1:], left, strict=False):
            self.cast(card, ballot)
        if not model.last_call:
            self.call_last_ballots()
        self.close()

    def _settle_and_count(self) -> None:
        model = self.model
        for number, decision in enumerate(model.incidents, start=1):
            if decision is None:
                self.decide_incident(number, IncidentDecision.PROCEED)
        if IncidentDecision.REPEAT in model.incidents:
            self.cancel()
            return
        if model.sealed and model.cast:
            for place in OpenedOn:
                self.open_box(place)
        if model.papers and model.batches is None:
            self.return_papers((len(model.papers),))
        for batch in range(1, len(model.batches or ()) + 1):
            for team in (1, 2):
                person = next((one for one in (1, 2, 0) if model.teams.get(one, team) == team), 0)
                self.enter(person, team, batch, TRUE)
        self.count()

    def _sign_and_declare(self) -> None:
        if self.model.void or IncidentDecision.REPEAT in self.model.incidents:
            self.cancel()
            return
        for number, decision in enumerate(self.model.incidents, start=1):
            if decision is None:
                self.decide_incident(number, IncidentDecision.PROCEED)
        for place in {0, 1, 2} - self.model.signed:
            self.sign(place)
        self.declare("江人公〔2026〕5号")

    # what holds after every step

    @invariant()
    def the_poll_stands_where_the_model_does(self) -> None:
        state, model = self.hall.state, self.model
        assert (state.stage, state.last_call, state.is_sealed) == (model.stage, model.last_call, model.sealed)
        assert (state.opened is not None) == model.has_opened
        self.receipts_are_the_ballots_in_the_box(state)
        if state.closed is not None:
            self.every_card_and_paper_is_accounted_for(state)
        if state.stage in (PollStage.COUNTED, PollStage.DECLARED):
            self.nothing_is_declared_without_three_signatures(state)
        if state.stage is PollStage.DECLARED:
            assert self.hall.poll not in polls_at_work(self.hall.private)

    def receipts_are_the_ballots_in_the_box(self, state: Poll) -> None:
        """Each receipt given is there once, and nothing else is."""
        hall, model = self.hall, self.model
        assert hall.box.counts(hall.poll) == Turnout(cast=len(model.cast), voided=len(model.voided))
        given = {card: receipt(self.sent[ballot]) for card, ballot in model.cast.items()}
        if state.closed is None:
            for card, one in given.items():
                assert hall.box.receipt_of(hall.poll, card_id(hall.secrets[card])) == one
        else:
            assert hall.box.receipts(hall.poll) == sorted(given.values())

    def every_card_and_paper_is_accounted_for(self, state: Poll) -> None:
        """The equations of the closing: I ≤ A, live = drawn, I = in the box + handed in + not handed in + papers."""
        account, model, closed = account_of(state), self.model, state.closed
        assert closed is not None
        assert (state.attending, state.issued) == (model.attending, model.issued)
        assert state.issued <= state.attending
        assert state.cards_add_up
        assert state.cards_spoiled == model.spoiled
        assert closed.ballots == len(model.cast) <= state.cards_drawn
        assert (account.in_the_box, account.handed_in) == (len(model.cast), len(model.handed_in))
        assert account.cards_missing >= 0
        assert account.issued - account.papers == account.in_the_box + account.handed_in + account.cards_missing

    def nothing_is_declared_without_three_signatures(self, state: Poll) -> None:
        """All of them over the count that stands (rules 11, 14)."""
        assert state.counted is not None
        over = {(one.version, one.count_hash) for one in state.signatures}
        assert over <= {(state.counted.version, state.counted.count_hash)}
        assert len({one.delegate for one in state.signatures}) == len(state.signatures) == len(self.model.signed)
        assert state.stage is PollStage.COUNTED or state.is_signed


@contextmanager
def world_at(url: str) -> Iterator[World]:
    history, box, private = open_history(url), open_box(url), open_private(url)
    office = Office(history, Clock())
    world = World(url, office, history, private, passwords.hashed(PASSWORD), box, World.new_door(history, box))
    try:
        yield world
    finally:
        world.box.stop()
        private.close()
        history.close()


def test_a_poll_answers_as_its_model_does_and_its_equations_hold(database_url: str) -> None:
    with world_at(database_url) as world:
        here = type("PollHere", (PollLife,), {"world": world})
        checks = settings(
            max_examples=40 if database_url.startswith("sqlite") else 8,
            stateful_step_count=40,
            deadline=None,
            derandomize="PIAOJUE_CI" in os.environ,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(here, settings=checks)
