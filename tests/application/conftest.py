"""A history of diaries: facts without a meaning in a congress."""

from collections.abc import Iterator

import pytest

from application.history.history import History, open_history
from application.office import Office
from tests.support.diary import BOOK
from tests.support.stores import Clock


@pytest.fixture
def diaries(database_url: str) -> Iterator[History]:
    opened = open_history(database_url, BOOK)
    yield opened
    opened.close()


@pytest.fixture
def desk_office(diaries: History, clock: Clock) -> Office:
    """An office that keeps diaries."""
    return Office(diaries, clock)
