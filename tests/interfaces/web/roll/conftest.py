"""A congress with nobody on its roll, and a clerk."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from tests.support import polls
from tests.support.visitors import SignedIn, Visitor


@pytest.fixture
def congress(house: House) -> UUID:
    made, _clerk = polls.founded(house.office, "jz")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(signed_in: SignedIn, congress: UUID) -> Visitor:
    return signed_in(Role.STAFF, congress)
