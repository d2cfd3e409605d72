"""A rehearsal that was declared has changed nothing outside itself, and nobody outside the office hears of it."""

from uuid import UUID

import pytest

from application.polls.preparing import known_poll
from domain.accounts.permissions import Role
from domain.projects import candidate_list as lists
from interfaces.composition import House
from tests.support import polls
from tests.support.polls import Hall
from tests.support.rehearsed import declared_tie
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall(house: House) -> Hall:
    return polls.prepared(house.office, house.box, delegates=20)


@pytest.fixture
def rehearsed(house: House, hall: Hall) -> UUID:
    return declared_tie(house, hall)


def versions(house: House) -> dict[UUID, int]:
    return {noticed.stream: noticed.version for noticed in house.history.select(0, 10_000)}


def test_no_stream_that_was_there_has_grown(house: House, hall: Hall) -> None:
    before = versions(house)
    declared_tie(house, hall)
    after = versions(house)
    assert {stream for stream in before if after[stream] != before[stream]} == set()
    listed = house.office.state_of(lists.list_stream(hall.congress, hall.state.prepared.year), lists.evolve)
    assert listed is not None
    assert listed.poll == hall.poll


def test_no_public_page_knows_of_it(house: House, hall: Hall, rehearsed: UUID, visitor: Visitor) -> None:
    year = hall.state.prepared.year
    for path in ("/", f"/jz/{year}", "/jz"):
        page = visitor.open(path)
        assert "演练" not in page.text
        assert str(rehearsed) not in page.text
    for path in (f"/records/{rehearsed}", f"/records/{rehearsed}/record.zip"):
        assert visitor.open(path).status == 404
    items = {item.project for item in known_poll(house.office, rehearsed).prepared.items}
    assert not items & set(versions(house))


def test_the_years_page_goes_on_with_the_real_poll(hall: Hall, rehearsed: UUID, signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, hall.congress)
    home = staff.open("/staff/jz")
    assert home.status == 200
    assert str(rehearsed) not in home.text
    assert "演练" not in staff.open("/staff/jz/sessions").words
    assert staff.open(f"/staff/jz/polls/{rehearsed}/report").status == 200
    assert staff.open(f"/staff/jz/polls/{rehearsed}/poll.pb").status == 404
