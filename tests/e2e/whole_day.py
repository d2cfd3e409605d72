"""A day on which everything happens that can happen to a sealed poll, with voters whom only the test knows.

Cards and papers, a spoiled card, left-over cards, late arrivals, an exchange, a copied card, unused cards, two
openings of the box, two teams that first differ, a doubtful mark, count, signatures, declaration.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import httpx2

from application import check_in as desk
from application.polls import after_closing, counting, opening_the_box, paper_count
from application.private import passwords
from application.private.store import workings
from domain.polls.accounting import IncidentDecision
from domain.polls.ballot import CardHasBallot, VoidReason
from domain.polls.ballot_form import Row
from domain.polls.card import Secret
from domain.polls.poll import Sealing
from interfaces.composition import House
from tests.e2e.delegates_browsers import Voter
from tests.e2e.phones import phone_for
from tests.e2e.stores import outside_the_box
from tests.support import polls
from tests.support.papers import both_enter, enter, entry_of, hand_out, returned
from tests.support.polls import Hall
from tests.support.sealing import MadeKey, guarded, open_twice
from tests.support.stores import Clock, by

NAMES = tuple(f"民生实事项目之{number}" for number in range(1, 15))
DELEGATES = 30
DRAWN = 14
PAPERS = 8
LATE = 3
VOTERS = 11
PASSWORD = "three tall willow trees"
ON = date(2026, 1, 20)


@dataclass(frozen=True)
class Cast:
    """What one browser sent and was answered."""

    card: Secret
    row: Row
    ballot: str
    receipt: str
    sent: int
    """Bytes of the request's body."""
    answered: int
    """Bytes of the answer's."""


@dataclass
class Day:
    """What the test knows of the day, and nobody else."""

    hall: Hall
    key: MadeKey
    cast: list[Cast] = field(default_factory=list)
    papers: list[Row] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    """The workings as they were before the declaration, the salt among them."""
    changed: list[str] = field(default_factory=list)
    """Tables outside the box that were not the same after a ballot as before it."""


def prepared(house: House) -> Day:
    """Cards and papers are handed out, a card is spoiled and another drawn, the rest is voided; the poll is open."""
    hall = polls.prepared(
        house.office, house.box, delegates=DELEGATES, projects=NAMES, sealing=Sealing.SEALED, spare_cards=2
    )
    hall.private = house.private
    day = Day(hall, guarded(hall))
    hall.release()
    for place in range(DRAWN + PAPERS):
        hall.check_in(place)
    for place in range(DRAWN):
        hall.draw(place)
    for place in range(DRAWN, DRAWN + PAPERS):
        hand_out(hall, place)
    spoiled, *others = hall.secrets
    hall.void(spoiled, VoidReason.SPOILED)
    hall.cards, hall.left_over = others[:DRAWN], others[DRAWN:]
    for card in hall.left_over:
        hall.void(card)
    hall.open()
    return day


def vote(day: Day, house: House, database_url: str, clock: Clock, voters: Sequence[Voter]) -> None:
    """Between two check-ins at known times one signed-in delegate votes; the last two are odd (see below)."""
    hall, chance = day.hall, Random(17)
    rows = [_row(hall, chance) for _ in range(VOTERS + 1)]
    order = chance.sample(range(VOTERS + 1), VOTERS + 1)  # who votes after whom has nothing to do with the seats
    for nth, place in enumerate(order):
        clock.forward(minutes=1)
        if nth < LATE:
            hall.check_in(DRAWN + PAPERS + nth)
            hand_out(hall, DRAWN + PAPERS + nth)
        house.followers.wait_for(house.history.last_position(), timeout=20)
        before = outside_the_box(database_url)
        day.cast.append(_cast(day, voters[place % VOTERS], hall.cards[place], rows[place]))
        after = outside_the_box(database_url)
        day.changed += [table for table in before.keys() | after.keys() if before.get(table) != after.get(table)]
    with suppress(httpx2.HTTPStatusError):
        _cast(day, voters[0], day.cast[0].card, rows[1])  # other bytes: "card used"
    desk.exchange_card(
        hall.office,
        hall.box,
        by(hall.clerk),
        hall.session,
        hall.poll,
        hall.delegates[VOTERS + 2].delegate,
        hall.cards[VOTERS + 2],
    )
    clock.forward(minutes=1)


def _row(hall: Hall, chance: Random) -> Row:
    """A mark of each kind on at least one item, so that no row is a row of zeros."""
    row = [*hall.form.marks, *(chance.choice(hall.form.marks) for _ in hall.form.items[len(hall.form.marks) :])]
    chance.shuffle(row)
    return tuple(row)


def _cast(day: Day, voter: Voter, card: Secret, row: Row) -> Cast:
    said = phone_for(day.hall)(card, row)
    voter.client.get("/v", headers=voter.headers()).raise_for_status()
    voter.client.post("/v/form", json={"card": card}, headers=voter.headers()).raise_for_status()
    answer = voter.client.post("/v/cast", json=said, headers=voter.headers()).raise_for_status()
    sent = len(answer.request.content)
    return Cast(card, row, said["ballot"], answer.json()["receipt"], sent, len(answer.content))


def close_and_count(day: Day, house: House, clock: Clock) -> None:
    """After the last ballot: unused cards, a copied one among them, both openings, the papers, the count."""
    hall, chance = day.hall, Random(18)
    hall.close()
    clock.forward(minutes=5)
    after_closing.hand_in_unused(hall.office, hall.box, by(hall.chief), hall.poll, hall.cards[VOTERS + 1])
    with suppress(CardHasBallot):
        # the holder of this card never voted: what lies in the box was cast with a copy
        after_closing.hand_in_unused(hall.office, hall.box, by(hall.chief), hall.poll, hall.cards[VOTERS])
    after_closing.decide_incident(
        hall.office, by(hall.chief), hall.poll, 1, IncidentDecision.PROCEED, "一张复印的票，不影响结果"
    )
    open_twice(hall, day.key)
    day.papers = [_row(hall, chance) for _ in range(PAPERS + LATE)]
    enter_papers(day)
    counting.count_poll(hall.office, hall.box, house.private, by(hall.clerk), hall.poll)
    with house.private.reading() as connection:
        kept = connection.execute(workings.select().where(workings.c.poll == hall.poll)).all()
    day.figures = [row.figures for row in kept if len(row.figures) > len('{"mark":"abstain"}')]


def enter_papers(day: Day) -> None:
    """Two teams that first differ, and a mark in doubt that the chief decides."""
    hall, rows = day.hall, day.papers
    returned(hall, len(rows))
    doubtful = [("?", *rows[0][1:]), *rows[1:]]
    enter(hall, 1, entry_of(hall, rows))
    both_enter(hall, entry_of(hall, doubtful, doubtful={"1": 1}))
    paper_count.decide_doubtful(
        hall.office,
        hall.private,
        by(hall.chief),
        hall.poll,
        batch=1,
        item="1",
        number=1,
        mark=rows[0][0],
        reason="勾出格，意思清楚",
    )


def declare(hall: Hall, house: House) -> None:
    """Signed by all three with their passwords, and declared."""
    counted = hall.state.counted
    assert counted is not None
    for person in (hall.chief, *hall.scrutineers):
        with house.private.writing() as connection:
            passwords.keep(connection, person.account, passwords.hashed(PASSWORD))
        counting.sign_count(
            hall.office, house.private, by(person), hall.poll, password=PASSWORD, shown_hash=counted.count_hash
        )
    position = counting.declare_poll(
        hall.office, house.private, by(hall.clerk), hall.poll, notice_number="江人公〔2026〕5号", on=ON
    )
    assert house.followers.wait_for(position)


def delete_sealed(day: Day, house: House, clock: Clock) -> None:
    """After the time for objections the shares are destroyed and the sealed bytes go."""
    clock.now += timedelta(days=31)
    key = day.hall.state.key
    assert key is not None
    position = opening_the_box.delete_sealed_ballots(
        day.hall.office, day.hall.box, by(day.hall.chief), day.hall.poll, destroyed=key.holders
    )
    assert house.followers.wait_for(position)
