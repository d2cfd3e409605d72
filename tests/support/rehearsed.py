"""A rehearsal that ended in a tie, by the commands and buttons an office would use."""

from datetime import date
from random import Random
from uuid import UUID, uuid4

from application.polls import rehearsal_day, rehearsing, voting
from application.polls.cards import release_card_set
from application.polls.counting import count_poll, declare_poll, sign_count
from application.polls.preparing import approve_scrutineers, known_poll
from application.private import passwords
from domain.accounts import account as accounts
from domain.accounts.permissions import Actor
from domain.polls.made_up import MadeUp
from domain.polls.poll import Sealing
from interfaces.composition import House
from tests.support.polls import Hall
from tests.support.stores import by

PASSWORD = "three short words"


def with_password(house: House, person: Actor) -> str:
    """Gives somebody a password and says their sign-in name."""
    with house.private.writing() as connection:
        passwords.keep(connection, person.account, passwords.hashed(PASSWORD))
    state = house.office.state_of(person.account, accounts.evolve)
    assert state is not None
    return state.login


def declared_tie(house: House, hall: Hall) -> UUID:
    """A rehearsal whose first ballot ended equal at the last place, counted, signed and declared."""
    office, box, private, poll = house.office, house.box, house.private, uuid4()
    profile = hall.state.prepared.profile_id
    rehearsing.begin_rehearsal(
        office, box, private, by(hall.clerk), hall.session, poll, profile=profile, sealing=Sealing.UNSEALED
    )
    chief, *others = [entry.delegate for entry in hall.delegates[:3]]
    approve_scrutineers(office, by(hall.clerk), poll, chief, others)
    release_card_set(office, by(hall.chief), poll, hall.scrutineers[0])
    rehearsal_day.seat_everybody(office, box, private, by(hall.clerk), poll)
    voting.open_poll(office, box, by(hall.clerk), poll)
    rehearsal_day.cast_made_up(
        office, box, private, by(hall.clerk), poll, outcome=MadeUp.TIE, leave=0, chance=Random(5)
    )
    voting.call_last_ballots(office, by(hall.clerk), poll)
    voting.close_poll(office, box, by(hall.clerk), poll)
    count_poll(office, box, private, by(hall.clerk), poll)
    counted = known_poll(office, poll).counted
    assert counted is not None
    for person in (hall.chief, *hall.scrutineers):
        with_password(house, person)
        sign_count(office, private, by(person), poll, password=PASSWORD, shown_hash=counted.count_hash)
    declare_poll(office, private, by(hall.clerk), poll, notice_number="演练1号", on=date(2026, 1, 20))
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return poll
