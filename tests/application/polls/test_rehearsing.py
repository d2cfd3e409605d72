"""A rehearsal: the whole roll, made-up ballots, and nothing of it reaches the real session."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest
from nacl.public import PrivateKey, SealedBox

from application.history.box import Box
from application.office import Office
from application.polls import cards, counting, preparing, rehearsal_day, rehearsing, voting
from application.polls.preparing import known_poll
from application.private.rehearsal_cards import kept_cards
from application.private.store import PrivateStore, open_private
from domain.accounts.permissions import Role
from domain.congress import rehearsal as rehearsals
from domain.congress import session as sessions
from domain.congress.rehearsal import NotInRehearsal, OnlyInRehearsal, RehearsalIsOver, RehearsalUnderWay
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls.ballot_form import decoded
from domain.polls.card_set import SetIsReal, SetOfRehearsal, card_set_stream
from domain.polls.count import form_of, read_count
from domain.polls.made_up import MadeUp
from domain.polls.poll import Poll, PollStage, Sealing
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened, key_fingerprint
from domain.shared import Missing, NotPermitted
from tests.support.polls import GREEN, RULES, Hall, adopted, open_hall, prepared
from tests.support.stores import by, granted

DELEGATES = 24


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    store = open_private(database_url)
    yield store
    store.close()


@pytest.fixture
def hall(office: Office, box: Box) -> Hall:
    return prepared(office, box, delegates=DELEGATES)


class Rehearsal:
    """One run through the rehearsal of a hall's session."""

    def __init__(self, hall: Hall, private: PrivateStore) -> None:
        self.hall, self.private, self.poll = hall, private, uuid4()
        self.profile = hall.state.prepared.profile_id
        self.sealing = Sealing.UNSEALED

    @property
    def state(self) -> Poll:
        return known_poll(self.hall.office, self.poll)

    @property
    def session(self) -> UUID:
        return self.state.prepared.session

    def begin(self) -> int:
        return rehearsing.begin_rehearsal(
            self.hall.office,
            self.hall.box,
            self.private,
            by(self.hall.clerk),
            self.hall.session,
            self.poll,
            profile=self.profile,
            sealing=self.sealing,
        )

    def approve(self) -> None:
        chief, *others = [entry.delegate for entry in self.hall.delegates[:3]]
        preparing.approve_scrutineers(self.hall.office, by(self.hall.clerk), self.poll, chief, others)

    def seat(self) -> None:
        cards.release_card_set(self.hall.office, by(self.hall.chief), self.poll, self.hall.scrutineers[0])
        rehearsal_day.seat_everybody(self.hall.office, self.hall.box, self.private, by(self.hall.clerk), self.poll)

    def open(self) -> None:
        self.begin()
        self.approve()
        self.seat()
        voting.open_poll(self.hall.office, self.hall.box, by(self.hall.clerk), self.poll)

    def cast(self, outcome: MadeUp = MadeUp.CLEAR, leave: int = 0) -> rehearsal_day.MadeUpCast:
        return rehearsal_day.cast_made_up(
            self.hall.office,
            self.hall.box,
            self.private,
            by(self.hall.clerk),
            self.poll,
            outcome=outcome,
            leave=leave,
            chance=Random(7),
        )

    def close(self) -> None:
        voting.call_last_ballots(self.hall.office, by(self.hall.clerk), self.poll)
        voting.close_poll(self.hall.office, self.hall.box, by(self.hall.clerk), self.poll)

    def throw_away(self, reason: str = "演练结束") -> int:
        return rehearsing.end_rehearsal(
            self.hall.office,
            self.hall.box,
            self.private,
            by(self.hall.clerk),
            self.session,
            held=[self.poll],
            reason=reason,
        )


@pytest.fixture
def rehearsal(hall: Hall, private: PrivateStore) -> Rehearsal:
    return Rehearsal(hall, private)


def everything(office: Office) -> dict[UUID, int]:
    """Every stream of the record with the number of its facts."""
    found: dict[UUID, int] = {}
    for noticed in office.history.select(0, 100_000):
        found[noticed.stream] = noticed.version
    return found


def test_a_rehearsal_runs_to_the_count_with_the_whole_roll(rehearsal: Rehearsal) -> None:
    rehearsal.open()
    assert rehearsal.cast(leave=3) == rehearsal_day.MadeUpCast(cast=DELEGATES - 3, left=3)
    rehearsal.close()
    assert rehearsal.state.opened is not None
    assert rehearsal.state.opened.all_delegates == rehearsal.state.opened.attending == DELEGATES
    assert rehearsal.state.closed is not None
    assert rehearsal.state.closed.ballots == DELEGATES - 3


def test_a_rehearsal_touches_no_stream_that_was_there(rehearsal: Rehearsal, hall: Hall) -> None:
    office = hall.office
    before = everything(office)
    rehearsal.open()
    rehearsal.cast()
    rehearsal.close()
    rehearsal.throw_away()
    after = everything(office)
    touched = {stream for stream, version in before.items() if after[stream] != version}
    assert touched == set()
    real = [sessions.attendance_stream(hall.session, entry.delegate) for entry in hall.delegates]
    assert not set(real) & set(after)
    assert hall.state.stage is PollStage.PREPARED


def test_the_real_poll_goes_on_beside_a_rehearsal(rehearsal: Rehearsal, hall: Hall) -> None:
    rehearsal.open()
    hall.release()
    hall.seat()
    hall.open()
    assert hall.state.stage is PollStage.OPEN
    assert rehearsal.state.stage is PollStage.OPEN


def test_made_up_ballots_can_tie_at_the_last_place(rehearsal: Rehearsal, hall: Hall) -> None:
    rehearsal.open()
    rehearsal.cast(MadeUp.TIE)
    rehearsal.close()
    counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), rehearsal.poll)
    assert rehearsal.state.counted is not None
    outcome = read_count(rehearsal.state.counted.count)["outcome"]
    assert outcome["second_ballot"]["reason"] == "tie"
    assert len(outcome["second_ballot"]["items"]) == 2


def test_made_up_ballots_are_sealed_where_the_poll_is(rehearsal: Rehearsal, hall: Hall) -> None:
    mine = PrivateKey.generate()
    rehearsal.sealing = Sealing.SEALED
    rehearsal.begin()
    rehearsal.approve()
    made = SealingKeyMade(
        public_key=bytes(mine.public_key).hex(), threshold=1, holders=(hall.delegates[0].delegate,), shares=("0" * 64,)
    )
    tried = TrialBallotOpened(key=key_fingerprint(made.public_key), combinations=1)
    hall.office.change(by(hall.clerk), rehearsal.poll, polls.evolve, lambda _: (made, tried))
    rehearsal.seat()
    voting.open_poll(hall.office, hall.box, by(hall.clerk), rehearsal.poll)
    assert rehearsal.cast().cast == DELEGATES
    rehearsal.close()
    form = form_of(rehearsal.poll, rehearsal.state.prepared)
    rows = [decoded(SealedBox(mine).decrypt(sealed), form) for sealed in hall.box.ballots(rehearsal.poll)]
    assert len(rows) == DELEGATES


def test_made_up_ballots_are_only_for_rehearsals(office: Office, box: Box, private: PrivateStore) -> None:
    hall = open_hall(office, box)
    with pytest.raises(OnlyInRehearsal):
        rehearsal_day.cast_made_up(
            office, box, private, by(hall.clerk), hall.poll, outcome=MadeUp.CLEAR, leave=0, chance=Random(1)
        )
    with pytest.raises(OnlyInRehearsal):
        rehearsal_day.seat_everybody(office, box, private, by(hall.clerk), hall.poll)
    assert box.counts(hall.poll).cast == 0


def test_a_rehearsal_set_serves_no_real_poll_and_a_real_one_no_rehearsal(rehearsal: Rehearsal, hall: Hall) -> None:
    rehearsal.begin()
    spare = hall.office.state_of(card_set_stream(rehearsal.session, 2), card_sets.evolve)
    assert spare is not None
    with pytest.raises(SetOfRehearsal):
        card_sets.bind_card_set(spare, poll=uuid4())
    hall.print_set(GREEN, 10)
    real = hall.office.state_of(card_set_stream(hall.session, GREEN.number), card_sets.evolve)
    assert real is not None
    with pytest.raises(SetIsReal):
        card_sets.bind_card_set(real, poll=uuid4(), rehearsal=True)


def test_one_rehearsal_at_a_time_and_then_another(rehearsal: Rehearsal, private: PrivateStore) -> None:
    rehearsal.begin()
    again = Rehearsal(rehearsal.hall, private)
    with pytest.raises(RehearsalUnderWay):
        again.begin()
    rehearsal.throw_away()
    again.open()
    assert again.session == rehearsals.rehearsal_id(rehearsal.hall.session, 2)
    assert again.state.prepared.session_title.startswith("演练2：")


def test_a_rehearsal_that_is_thrown_away_leaves_no_code_and_no_open_door(
    rehearsal: Rehearsal, private: PrivateStore
) -> None:
    rehearsal.open()
    assert kept_cards(private, rehearsal.session, 1)
    rehearsal.throw_away()
    assert not kept_cards(private, rehearsal.session, 1)
    assert rehearsal.state.stage is PollStage.CANCELLED
    with pytest.raises(RehearsalIsOver):
        rehearsal.throw_away()


def test_throwing_away_says_why(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    with pytest.raises(Missing):
        rehearsal.throw_away(" ")


def test_a_rehearsal_is_not_rehearsed(rehearsal: Rehearsal, private: PrivateStore) -> None:
    rehearsal.begin()
    nested = Rehearsal(replace(rehearsal.hall, session=rehearsal.session), private)
    with pytest.raises(NotInRehearsal):
        nested.begin()


def test_only_the_office_rehearses(rehearsal: Rehearsal, hall: Hall) -> None:
    hall.clerk = granted(Role.AUDITOR, hall.congress)
    with pytest.raises(NotPermitted):
        rehearsal.begin()


def test_the_rules_may_still_be_a_draft(rehearsal: Rehearsal, hall: Hall) -> None:
    rehearsal.profile = adopted(
        hall.office,
        hall.clerk,
        hall.congress,
        hall.session,
        replace(RULES, title="另一办法", quota=2),
        date(2026, 1, 20),
    )
    rehearsal.begin()
    assert rehearsal.state.prepared.profile.quota == 2
    assert rehearsal.state.prepared.title.startswith("演练：")


def test_cards_for_trying_by_hand_are_those_left_last(rehearsal: Rehearsal, hall: Hall) -> None:
    rehearsal.open()
    name, codes = rehearsal_day.codes_for_trying(hall.office, rehearsal.private, rehearsal.poll, 5)
    assert name.colour == "灰色"
    rehearsal.cast(leave=5)
    assert len(codes) == 5
    assert hall.box.counts(rehearsal.poll).cast == DELEGATES - 5
