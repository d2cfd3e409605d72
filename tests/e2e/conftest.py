"""A session whose poll is open, in a store that servers of their own use too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interfaces.composition import House, open_house
from interfaces.settings import Settings
from projections.reading import follower
from tests.e2e.sealed import open_sealed
from tests.support.browser import LiveSite, serving
from tests.support.polls import Hall
from tests.support.ports import free_port
from tests.support.stores import Clock

OpenHall = Callable[[int], Hall]


@pytest.fixture(autouse=True)
def _no_notes_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast facts are shown is noted by the clock of the machine; here stored rows are compared."""
    monkeypatch.setattr(follower, "NOTE_AFTER", follower.NOTE_AT_LEAST)


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[House]:
    opened = open_house(Settings(data=tmp_path, database_url=database_url), clock)
    yield opened
    opened.close()


@pytest.fixture
def near(house: House) -> Iterator[LiveSite]:
    """A server within the process of the test: it starts at once, but cannot be killed."""
    with serving(house, free_port()) as site:
        yield site


@pytest.fixture
def hall_of(house: House) -> OpenHall:
    """A sealed poll that is open for so many delegates."""
    return lambda delegates: open_sealed(house, delegates=delegates)[0]
