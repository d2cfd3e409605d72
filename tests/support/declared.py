"""A session whose vote is over: counted, signed, declared, its list announced and its asks issued."""

from dataclasses import replace
from datetime import date

from application.polls.counting import count_poll, declare_poll
from domain.accounts.permissions import Actor
from domain.polls import declaring
from domain.polls import poll as polls_domain
from domain.polls.rules import Publication
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.voters import cast_all

NOTICE = "江人公〔2026〕5号"


def declared(house: House, publication: Publication = Publication.FULL_COUNTS) -> Hall:
    """Twelve delegates voted 12, 10, 9, 8, 3 and 0 for the six projects; three places, seven votes needed."""
    rules = replace(polls.RULES, publication=publication)
    hall = polls.prepared(house.office, house.box, rules=rules)
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall)
    hall.close()
    count_poll(house.office, house.box, house.private, by(hall.clerk), hall.poll)
    for person in (hall.chief, *hall.scrutineers):
        sign(hall, person)
    on = date(2026, 1, 20)
    position = declare_poll(house.office, house.private, by(hall.clerk), hall.poll, notice_number=NOTICE, on=on)
    assert house.followers.wait_for(position, timeout=20)
    return hall


def sign(hall: Hall, person: Actor) -> None:
    """Signs the count as it stands; the password is the command's business."""
    delegate, counted = person.delegate_in(hall.congress), hall.state.counted
    assert delegate is not None
    assert counted is not None
    signed = declaring.sign_count(hall.state, delegate=delegate, name=person.name, shown_hash=counted.count_hash)

    def decide(_: polls_domain.Poll | None) -> polls_domain.CountSigned:
        return signed

    hall.office.change(by(person), hall.poll, polls_domain.evolve, decide)
