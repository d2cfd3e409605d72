"""Rule 18 as a state machine on both stores: whatever the office does with proposals, the totals add up."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import ClassVar
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from application import projects as candidates
from application.history.history import open_history
from application.office import Office
from application.proposals import becoming, handling, screening
from application.proposals.receiving import receive_proposals
from application.proposals.screening import Findings
from domain.accounts.permissions import RESIDENT
from domain.proposals import proposal as proposals
from domain.proposals.proposal import DeclineReason, Outcome, Suggestion
from domain.proposals.totals import totals_of
from domain.shared import Refused
from projections import proposal_register
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support import polls
from tests.support.proposals import Calling, calling
from tests.support.stores import Clock, by

places = st.integers(0, 11)
_numbers = count(1)


@dataclass
class World:
    """One store, in which every example is a congress of its own."""

    office: Office
    followers: Followers
    reading: Engine


@dataclass
class Expected:
    """What one proposal should have come to, told without the domain's words."""

    outcome: Outcome | None = None
    into: int | None = None
    project: UUID | None = None
    hit: bool = False


class ProposalsOfAYear(RuleBasedStateMachine):
    """The inbox of a congress; the model keeps a list of outcomes."""

    world: ClassVar[World]

    @initialize(first=st.integers(2, 6))
    def call(self, first: int) -> None:
        self.place: Calling = calling(self.world.office, slug=f"t{next(_numbers)}")
        self.ids: list[UUID] = []
        self.model: list[Expected] = []
        self.receive(first)

    @rule(many=st.integers(1, 3))
    def receive(self, many: int) -> None:
        lines = [(uuid4(), self.place.fact()) for _ in range(many)]
        receive_proposals(self.world.office, by(RESIDENT), lines)
        self._note(line for line, _ in lines)

    @rule(place=places, parts=st.integers(1, 4))
    def split(self, place: int, parts: int) -> None:
        number = self._at(place)
        asked, said = (
            by(self.place.clerk),
            [Suggestion(title=f"第 {part} 部分", content="一事一议") for part in range(parts)],
        )
        if self._happens(
            lambda: handling.split(self.world.office, asked, self.ids[number], said, "一事一议"),
            self.model[number].outcome is None and parts > 1,
        ):
            self._note(handling.split_part(self.world.office, asked, part) for part in range(1, parts))

    @rule(place=places, into=places)
    def merge(self, place: int, into: int) -> None:
        number, target = self._at(place), self._at(into)
        is_taker = self.model[target].outcome in (None, Outcome.BECAME_CANDIDATE)
        if self._happens(
            lambda: handling.merge(self.world.office, by(self.place.clerk), [self.ids[number]], self.ids[target]),
            self.model[number].outcome is None and is_taker and number != target,
        ):
            for one in self.model:
                if one.into == number:
                    one.into = target
            self.model[number] = replace(self.model[number], outcome=Outcome.MERGED, into=target)

    @rule(place=places, merged=st.booleans())
    def unmerge(self, place: int, merged: bool) -> None:  # noqa: FBT001  # drawn by name
        ended = self._ended(Outcome.MERGED)
        number = ended[place % len(ended)] if merged and ended else self._at(place)
        if self._happens(
            lambda: handling.unmerge(self.world.office, by(self.place.clerk), self.ids[number], "看错了"),
            self.model[number].outcome is Outcome.MERGED,
        ):
            self._reopened(number)

    @rule(place=places, outcome=st.sampled_from([Outcome.TRANSFERRED, Outcome.RESERVE, Outcome.DECLINED]))
    def settle(self, place: int, outcome: Outcome) -> None:
        number, office, asked = self._at(place), self.world.office, by(self.place.clerk)
        proposal = self.ids[number]
        acts = {
            Outcome.TRANSFERRED: lambda: handling.transfer_to_hotline(office, asked, proposal, "", "日常维修"),
            Outcome.RESERVE: lambda: handling.reserve(office, asked, [proposal], "明年再办"),
            Outcome.DECLINED: lambda: handling.decline(office, asked, [proposal], DeclineReason.UNCLEAR, "不清楚"),
        }
        if self._happens(acts[outcome], self.model[number].outcome is None):
            self.model[number] = replace(self.model[number], outcome=outcome)

    @rule(place=places, hit=st.booleans())
    def screen(self, place: int, hit: bool) -> None:  # noqa: FBT001  # drawn by name
        number, found = self._at(place), Findings(hits=("负5",) if hit else ())
        if self._happens(
            lambda: screening.screen_proposal(self.world.office, by(self.place.clerk), self.ids[number], found),
            self.model[number].outcome is None,
        ):
            self.model[number] = replace(self.model[number], hit=hit)

    @rule(place=places)
    def become_candidate(self, place: int) -> None:
        number, project = self._at(place), uuid4()
        card = polls.candidate("候选", 1, self.place.year)
        if self._happens(
            lambda: becoming.become_candidate(self.world.office, by(self.place.clerk), self.ids[number], project, card),
            self.model[number].outcome is None and not self.model[number].hit,
        ):
            self.model[number] = replace(self.model[number], outcome=Outcome.BECAME_CANDIDATE, project=project)

    @precondition(lambda self: self._ended(Outcome.BECAME_CANDIDATE))
    @rule(place=places, behind=places)
    def stand_behind(self, place: int, behind: int) -> None:
        ended, number = self._ended(Outcome.BECAME_CANDIDATE), self._at(place)
        project = self.model[ended[behind % len(ended)]].project
        assert project is not None
        if self._happens(
            lambda: becoming.stand_behind(self.world.office, by(self.place.clerk), self.ids[number], project),
            self.model[number].outcome is None and not self.model[number].hit,
        ):
            self.model[number] = replace(self.model[number], outcome=Outcome.BECAME_CANDIDATE, project=project)

    @rule(place=places)
    def step_back(self, place: int) -> None:
        number = self._at(place)
        if self._happens(
            lambda: becoming.step_back(self.world.office, by(self.place.clerk), self.ids[number], "放错了"),
            self.model[number].outcome is Outcome.BECAME_CANDIDATE,
        ):
            self._reopened(number)

    @precondition(lambda self: self._ended(Outcome.BECAME_CANDIDATE))
    @rule(place=places)
    def withdraw_the_candidate(self, place: int) -> None:
        ended = self._ended(Outcome.BECAME_CANDIDATE)
        project = self.model[ended[place % len(ended)]].project
        assert project is not None
        candidates.withdraw_candidate(self.world.office, by(self.place.clerk), project, "不再列入")
        for number, one in enumerate(self.model):
            if one.project == project:
                self._reopened(number)

    @rule(place=places)
    def reopen(self, place: int) -> None:
        number = self._at(place)
        if self._happens(
            lambda: handling.reopen(self.world.office, by(self.place.clerk), self.ids[number], "重新研究"),
            self.model[number].outcome not in (None, Outcome.BECAME_CANDIDATE),
        ):
            self._reopened(number)

    @invariant()
    def every_total_adds_up(self) -> None:
        if not hasattr(self, "model"):
            return
        office, expected = self.world.office, [one.outcome for one in self.model]
        stand = office.states_of(self.ids, proposals.evolve)
        assert [stand[one].outcome for one in self.ids] == expected
        assert [stand[one].into for one in self.ids] == [
            None if one.into is None else self.ids[one.into] for one in self.model
        ]
        for number, proposal in enumerate(self.ids):
            merged_here = {self.ids[other] for other, one in enumerate(self.model) if one.into == number}
            assert set(stand[proposal].taken_in) == merged_here

    def teardown(self) -> None:
        """The register that the pages show, once an example: what is counted while facts come is what there is."""
        if not hasattr(self, "model"):
            return
        self.world.followers.catch_up()
        with self.world.reading.connect() as conn:
            shown = proposal_register.totals(conn, self.place.congress, self.place.year)
        assert shown == totals_of(one.outcome for one in self.model)
        assert shown.reconciles
        assert shown.received == len(self.ids)

    def _at(self, place: int) -> int:
        return place % len(self.ids)

    def _ended(self, outcome: Outcome) -> list[int]:
        return [number for number, one in enumerate(self.model) if one.outcome is outcome]

    def _note(self, came: Iterable[UUID]) -> None:
        self.ids += came
        self.model += [Expected() for _ in range(len(self.ids) - len(self.model))]

    def _reopened(self, number: int) -> None:
        self.model[number] = Expected(hit=self.model[number].hit)

    def _happens(self, act: Callable[[], int], expected: bool) -> bool:  # noqa: FBT001  # reads as a sentence
        try:
            act()
        except Refused:
            assert not expected
            return False
        assert expected
        return True


@contextmanager
def world_at(url: str) -> Iterator[World]:
    history, reading = open_history(url), open_reading(url)
    followers = Followers(history, reading, [proposal_register.PROJECTION])
    followers.prepare()
    try:
        yield World(Office(history, Clock()), followers, reading)
    finally:
        followers.stop()
        reading.dispose()
        history.close()


def test_whatever_becomes_of_proposals_the_totals_reconcile(database_url: str) -> None:
    with world_at(database_url) as world:
        here = type("ProposalsHere", (ProposalsOfAYear,), {"world": world})
        checks = settings(
            max_examples=100 if database_url.startswith("sqlite") else 30,
            stateful_step_count=50,
            deadline=None,
            derandomize="PIAOJUE_CI" in os.environ,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(here, settings=checks)
