"""Every page within anybody's reach: it answers, says what it is, fits a phone, and can be used by everybody.

The demonstration is walked through; a sealed poll is looked at by every page it has, at every step of its day.
What was found is shared by the workers of a run, and each looks at a part of it.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from playwright.sync_api import Browser

from interfaces.composition import open_house
from interfaces.settings import Settings
from interfaces.web._base.discovery import all_routes
from interfaces.web.app import create_app
from tests.support import browser as browsers
from tests.support import demonstration, visitors
from tests.support.browser import LiveSite
from tests.support.once import folder_of_the_run, known_once
from tests.support.ports import free_port
from tests.support.standing import Standing, all_steps
from tests.support.stores import Clock
from tests.support.sweeping import OK, Seen, of_different_make, seen, share, wrong
from tests.support.visitors import Visitor
from tests.support.walking import Visited, pattern, walk

MOST_OF_A_KIND = 2
PUBLIC = "public"
EVERYBODY = (PUBLIC, *demonstration.LOGINS)
PARTS = 8
"""So many tests look at the demonstration's pages, as long as each other: no worker is left with all of them."""
PARTS_OF_THE_DAY = 3
ENDLESS_OR_PARTS = ("/events", "/numbers")
"""Addresses of a poll that are no pages: what flows to the hall's screen, what is loaded into a page."""
A_PICTURE = "/scrutineer/{slug}/polls/{poll}/papers/doubtful/{batch}/{item}/{number}"


class Walks:
    """What everybody finds by following links in the demonstration, walked once a run."""

    def __init__(self, demo: LiveSite, site: FastAPI, folder: Path) -> None:
        self._demo, self._site, self._folder = demo, site, folder

    def of(self, login: str) -> list[Seen]:
        return known_once(self._folder / f"walk-{login}", lambda: self._walk(login))

    def _walk(self, login: str) -> list[Seen]:
        who, account = visitors.visitor(self._site), None
        if login != PUBLIC:
            account = demonstration.account_of(self._demo.house, login)
            visitors.sign_in(self._demo.house, who, account)
        starts = ("/", "/account/desk") if account else ("/", "/sign-in", "/a", "/v", "/v?view=large")
        return [seen(login, account, visited) for visited in walk(who, *starts, of_a_kind=MOST_OF_A_KIND)]


class Day(NamedTuple):
    """Polls at every step, and a site that shows them."""

    site: LiveSite
    steps: list[Standing]


@pytest.fixture(scope="module")
def demo(told_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The demonstration on a free port."""
    port = free_port()
    house = demonstration.copied(told_folder, tmp_path_factory.mktemp("demo"), f"http://127.0.0.1:{port}")
    with browsers.serving(house, port) as site:
        yield site
    house.close()


@pytest.fixture(scope="module")
def walks(demo: LiveSite, tmp_path_factory: pytest.TempPathFactory) -> Walks:
    return Walks(demo, create_app(demo.house), folder_of_the_run(tmp_path_factory))


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    port = free_port()
    folder = tmp_path_factory.mktemp("day")
    house = open_house(Settings(data=folder, public_url=f"http://127.0.0.1:{port}"), Clock())
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop may run in this thread
        steps = aside.submit(all_steps, house).result()
    with browsers.serving(house, port) as site:
        yield Day(site, steps)
    house.close()


@pytest.fixture(scope="module")
def on_the_day(day: Day) -> list[Seen]:
    """Every page a poll has, by those who may see it, as far as it is there at a step."""
    app, found = create_app(day.site.house), []
    for standing in day.steps:
        for who, account, paths in _desks(standing):
            visitor = visitors.visitor(app)
            if account:
                visitors.sign_in(day.site.house, visitor, account)
            found += [seen(f"{standing.step}, {who}", account, visited) for visited in _opened(visitor, paths)]
    walked = walk(visitors.visitor(app), "/checkpoints", of_a_kind=2)
    found += [seen(PUBLIC, None, visited) for visited in walked if visited.is_page]
    return found


@pytest.mark.parametrize("login", EVERYBODY)
def test_every_link_leads_to_something_and_every_page_says_what_it_is(walks: Walks, login: str) -> None:
    reached = walks.of(login)
    assert [f"{one.path}: {one.status}" for one in reached if one.status != OK] == []
    assert [one.path for one in reached if one.is_page and not one.says_what_it_is] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits_its_screen(
    walks: Walks, demo: LiveSite, chromium: Browser, part: int
) -> None:
    chosen = of_different_make(one for login in EVERYBODY for one in walks.of(login))
    assert wrong(chromium, demo, share(chosen, part, PARTS)) == []


def test_every_page_of_a_poll_is_there_at_some_step(on_the_day: list[Seen]) -> None:
    found = {pattern(one.path) for one in on_the_day}
    assert [path for path in sorted(_pages_of_a_poll()) if _pattern_of(path) not in found] == [A_PICTURE]


def test_every_page_of_a_poll_says_what_it_is(on_the_day: list[Seen]) -> None:
    assert [f"{one.who} {one.path}" for one in on_the_day if not one.says_what_it_is] == []


@pytest.mark.parametrize("part", range(PARTS_OF_THE_DAY))
def test_every_page_of_a_poll_is_accessible_and_fits_its_screen(
    on_the_day: list[Seen], day: Day, chromium: Browser, part: int
) -> None:
    assert wrong(chromium, day.site, share(of_different_make(on_the_day), part, PARTS_OF_THE_DAY)) == []


def _pages_of_a_poll() -> set[str]:
    """The addresses of pages about one poll or rehearsal, as the site knows them."""
    routes = [route for route in all_routes() if isinstance(route, APIRoute)]
    paths = {route.path for route in routes if "GET" in (route.methods or ())}
    about = {path for path in paths if "{poll" in path or "{rehearsal}" in path}
    return {path for path in about if not path.endswith(ENDLESS_OR_PARTS) and "." not in path}


def _pattern_of(path: str) -> str:
    filled = path.replace("{poll:uuid}", "{poll}")
    for name in ("{batch}", "{team}", "{number}", "{item}"):
        filled = filled.replace(name, "1")
    return pattern(filled.replace("{poll}", str(UUID(int=0))).replace("{rehearsal}", str(UUID(int=0))))


def _desks(standing: Standing) -> Iterator[tuple[str, UUID | None, list[str]]]:
    """Who looks, as whom, at which addresses."""
    poll, session = str(standing.hall.poll), str(standing.hall.session)
    paths = sorted(_pages_of_a_poll())
    filled = [
        path.replace("{slug}", standing.slug)
        .replace("{poll:uuid}", poll)
        .replace("{poll}", poll)
        .replace("{rehearsal}", session)
        .replace("{batch}", "1")
        .replace("{team}", team)
        .replace("{number}", "1")
        .replace("{item}", "1")
        for path in paths
        for team in "12"
        if "{team}" in path or team == "1"
    ]
    yield "office", standing.clerk, [path for path in filled if path.startswith("/staff/")]
    yield "chief", standing.chief, [path for path in filled if path.startswith("/scrutineer/")]
    yield "public", None, [path for path in filled if not path.startswith(("/staff/", "/scrutineer/"))]


def _opened(visitor: Visitor, paths: Iterable[str]) -> Iterator[Visited]:
    """Only what is there, and is a page."""
    for path in paths:
        visited = Visited(path, visitor.open(path))
        if visited.page.status == OK and visited.is_page:
            yield visited
