"""The demonstration's city as an installation for tests: told on a fixed day, then opened with its clock at rest."""

import shutil
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.accounts import login as logins
from interfaces.composition import House, open_house
from interfaces.demo import story
from interfaces.demo.clock import DemoClock
from interfaces.demo.story import Told
from interfaces.demo.town_hall import TownHall
from interfaces.settings import Settings
from tests.support.stores import Clock

TODAY = date(2026, 10, 12)
"""A day on which the district's projects are under way and its asks stand in every state."""

LOGINS = (
    "admin",
    "qc-office",
    "dh-office",
    "xh-office",
    "nd-office",
    "dh-gov",
    "dh-zhujian",
    "qc-gov",
    "qc-venue",
    "qc-upper",
    "qc-audit",
    "qingcheng-0001",
    "qingcheng-0023",
)
"""One of each who signs in to the demonstration; the last is a scrutineer besides."""


def told(database_url: str, folder: Path, public_url: str = "http://127.0.0.1:8000") -> House:
    """Makes the demonstration and opens it again at nine in the morning of its day; the caller closes it."""
    return told_with_cards(database_url, folder, public_url)[0]


def told_with_cards(database_url: str, folder: Path, public_url: str) -> tuple[House, Told]:
    """The same, with the cards that lie on the city's tables."""
    settings = Settings(data=folder, database_url=database_url, public_url=public_url)
    made = _tell(settings)
    return _opened(settings), made


def tell_into(folder: Path) -> None:
    """Makes the demonstration in files that can be copied."""
    folder.mkdir()
    _tell(Settings(data=folder))


def copied(told_in: Path, folder: Path, public_url: str = "http://127.0.0.1:8000") -> House:
    """A demonstration that was told before, opened in files of its own; the caller closes it."""
    shutil.copytree(told_in, folder, dirs_exist_ok=True)
    return _opened(Settings(data=folder, public_url=public_url))


def _tell(settings: Settings) -> Told:
    making = DemoClock(story.beginning(TODAY))
    house = open_house(settings, making)
    try:
        return story.tell(TownHall(house, making, seed=1), TODAY)
    finally:
        house.close()


def _opened(settings: Settings) -> House:
    clock = Clock()
    clock.set(TODAY.year, TODAY.month, TODAY.day, 9)
    house = open_house(settings, clock)
    house.followers.wait_for(house.history.last_position(), timeout=60)
    return house


def account_of(house: House, login: str) -> UUID:
    """The account that signs in with this name."""
    state = house.office.state_of(logins.login_stream(login), logins.evolve_login)
    if state is None:
        raise LookupError(login)
    return state.account
