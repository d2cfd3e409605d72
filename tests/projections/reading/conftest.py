"""Diaries in a history, and the read models beside it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from application.history.history import History, open_history
from application.office import Office
from tests.support.diary import BOOK, open_diaries
from tests.support.stores import Clock


@pytest.fixture
def diaries(database_url: str) -> Iterator[History]:
    opened = open_history(database_url, BOOK)
    yield opened
    opened.close()


@pytest.fixture
def diary_office(diaries: History, clock: Clock) -> Office:
    return Office(diaries, clock)


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_diaries(database_url)
    yield engine
    engine.dispose()
