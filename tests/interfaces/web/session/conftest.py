"""A session with a poll to come, and the people at its doors."""

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.visitors import SignedIn, Visitor


def settled(house: House) -> None:
    """Pages show everything recorded so far."""
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


@pytest.fixture
def hall(house: House) -> Hall:
    """Twelve delegates, a poll that is prepared, its cards printed and dead."""
    made = polls.prepared(house.office, house.box)
    settled(house)
    return made


@pytest.fixture
def released(hall: Hall, house: House) -> Hall:
    """The same with its cards ready to be drawn."""
    hall.release()
    settled(house)
    return hall


@pytest.fixture
def staff(hall: Hall, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, hall.congress)


@pytest.fixture
def venue(hall: Hall, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.VENUE, hall.congress, name="李会务")
