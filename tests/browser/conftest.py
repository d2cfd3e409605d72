"""Fixtures for tests in a real browser: one Chromium a run, one installation and site a test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.accounts.permissions import Grant, Role
from interfaces.composition import House, open_house
from interfaces.public import changes
from interfaces.settings import Settings
from tests.support import browser as browsers
from tests.support import visitors
from tests.support.browser import DESKTOP, LiveSite
from tests.support.polls import Hall
from tests.support.ports import free_port
from tests.support.stores import Clock

# Of a busy machine; nothing waits longer than it must.
expect.set_options(timeout=60_000)

Window = Callable[..., Page]
Table = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def _one_loop() -> Iterator[None]:
    with visitors.one_loop():
        yield


@pytest.fixture(scope="session", autouse=True)
def _patient_pages() -> Iterator[None]:
    """Whoever asks for a public page waits for the look at what has changed, however busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "PATIENCE", 60.0)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(browsers.CHROMIUM).exists():
        pytest.skip("chromium is not installed")
    with browsers.chromium() as opened:
        yield opened


@pytest.fixture
def store() -> str:
    """In the browser one store is enough: the pages are the same on both."""
    return "sqlite"


@pytest.fixture
def live(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[LiveSite]:
    """An installation where nothing is yet, on a free port."""
    port = free_port()
    settings = Settings(data=tmp_path, database_url=database_url, public_url=f"http://127.0.0.1:{port}")
    house = open_house(settings, clock)
    with browsers.serving(house, port) as site:
        yield site
    house.close()


@pytest.fixture
def house(live: LiveSite) -> House:
    return live.house


@pytest.fixture
def window(chromium: Browser, live: LiveSite) -> Iterator[Window]:
    """Opens a window: `window()`, `window(PHONE)`, `window(DESKTOP, Role.STAFF, congress)`."""
    opened: list[Page] = []

    def a_window(
        size: dict[str, int] = DESKTOP,
        role: Role | None = None,
        congress: UUID | None = None,
        *,
        name: str = "王敏",
        **of: UUID,
    ) -> Page:
        grants = [Grant(role=role, congress=congress, **of)] if role else []
        account = visitors.account(live.house, *grants, name=name) if grants else None
        opened.append(browsers.window(chromium, live, size, account))
        return opened[-1]

    yield a_window
    for page in opened:
        page.context.close()


@pytest.fixture
def table(chromium: Browser, live: LiveSite, hall: Hall) -> Iterator[Table]:
    """The chief's window at the scrutineers' table of the test's own hall: `table()`, `table(PHONE)`."""
    opened: list[Page] = []

    def at_table(size: dict[str, int] = DESKTOP) -> Page:
        live.house.followers.wait_for(live.house.history.last_position(), timeout=20)
        opened.append(browsers.window(chromium, live, size, hall.chief.account))
        return opened[-1]

    yield at_table
    for page in opened:
        page.context.close()


def is_fine(page: Page, name: str) -> None:
    """axe finds nothing and nothing scrolls sideways; with PIAOJUE_PICTURES set a picture is left to look at."""
    if os.environ.get("PIAOJUE_PICTURES"):
        browsers.picture(page, name)
    assert browsers.faults(page) == []
    assert browsers.sideways(page) == []
