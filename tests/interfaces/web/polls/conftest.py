"""A hall built by commands, and the people who run it in the browser."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from application.polls.counting import count_poll
from application.private import passwords
from domain.accounts import account as accounts
from domain.accounts.permissions import Actor, Role
from interfaces.composition import House
from tests.support import polls, visitors
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import VOTES, cast_all

PASSWORD = "three short words"


def settled(house: House) -> None:
    """Pages show everything recorded so far."""
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def url_of(hall: Hall) -> str:
    return f"/staff/jz/polls/{hall.poll}"


def opened(hall: Hall, house: House, votes: tuple[int, ...] = VOTES) -> None:
    hall.release()
    hall.seat()
    hall.open()
    cast_all(hall, votes)
    settled(house)


def counted(hall: Hall, house: House, votes: tuple[int, ...] = VOTES) -> None:
    opened(hall, house, votes)
    hall.close()
    count_poll(house.office, house.box, house.private, by(hall.clerk), hall.poll)
    settled(house)


@pytest.fixture
def hall(house: House) -> Hall:
    """A poll that is prepared, its cards printed and dead."""
    made = polls.prepared(house.office, house.box)
    settled(house)
    return made


@pytest.fixture
def staff(hall: Hall, signed_in: SignedIn) -> Visitor:
    """A clerk of the office."""
    return signed_in(Role.STAFF, hall.congress)


@pytest.fixture
def signs_in(house: House, site: FastAPI) -> Callable[[Actor], Visitor]:
    """A delegate with a password, signed in."""

    def signing_in(person: Actor) -> Visitor:
        with house.private.writing() as connection:
            passwords.keep(connection, person.account, passwords.hashed(PASSWORD))
        settled(house)
        return visitors.sign_in(house, visitors.visitor(site), person.account)

    return signing_in


@pytest.fixture
def login(house: House) -> Callable[[Actor], str]:
    """What a person types to say who they are."""

    def of(person: Actor) -> str:
        state = house.office.state_of(person.account, accounts.evolve)
        assert state is not None
        return state.login

    return of
