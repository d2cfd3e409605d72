from collections.abc import Callable, Iterator

import pytest

from application.history.box import Box, open_box
from application.office import Office
from application.polls.counting import count_poll, sign_count
from application.private import passwords
from application.private.store import PrivateStore, open_private
from domain.accounts.permissions import Actor
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by
from tests.support.voters import cast_all

PASSWORD = "four quiet evening walks"


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


@pytest.fixture
def hall(office: Office, box: Box) -> Hall:
    """A poll that is prepared, its cards printed and dead."""
    return polls.prepared(office, box)


@pytest.fixture
def open_hall(office: Office, box: Box) -> Hall:
    """A poll that is open for all twelve delegates."""
    return polls.open_hall(office, box)


@pytest.fixture
def counted_hall(open_hall: Hall) -> Hall:
    """A poll that is counted: three adopted, one below the cut, two that failed."""
    cast_all(open_hall)
    open_hall.close()
    count_poll(open_hall.office, open_hall.box, open_hall.private, by(open_hall.clerk), open_hall.poll)
    return open_hall


@pytest.fixture
def sign(private: PrivateStore) -> Callable[..., int]:
    """`sign(hall, person)` signs the count as it stands with the person's password."""

    def signing(hall: Hall, person: Actor, *, password: str = PASSWORD, shown: str | None = None) -> int:
        with private.writing() as connection:
            passwords.keep(connection, person.account, passwords.hashed(PASSWORD))
        count = hall.state.counted
        shown = shown if shown is not None else count.count_hash if count else ""
        return sign_count(hall.office, private, by(person), hall.poll, password=password, shown_hash=shown)

    return signing
