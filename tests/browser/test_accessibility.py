"""Every page within anybody's reach: it answers, says what it is, fits a phone, and can be used by everybody.

The demonstration is walked through; a sealed poll is looked at by every page it has, at every step of its day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser

from interfaces.composition import open_house
from interfaces.settings import Settings
from interfaces.web._base.discovery import all_routes
from interfaces.web.app import create_app
from tests.support import browser as browsers
from tests.support import demonstration, visitors
from tests.support.browser import DESKTOP, PHONE, LiveSite, faults, sideways, window
from tests.support.ports import free_port
from tests.support.standing import Standing, all_steps
from tests.support.stores import Clock
from tests.support.visitors import Visitor
from tests.support.walking import Visited, pattern, walk

MOST_OF_A_KIND = 2
OK = 200
ENDLESS_OR_PARTS = ("/events", "/numbers")
"""Addresses of a poll that are no pages: what flows to the hall's screen, what is loaded into a page."""
A_PICTURE = "/scrutineer/{slug}/polls/{poll}/papers/doubtful/{batch}/{item}/{number}"


class Reached(NamedTuple):
    """What somebody came across; nobody's account is the public."""

    who: str
    visited: Visited
    account: UUID | None = None


class Day(NamedTuple):
    """Polls at every step, and a site that shows them."""

    site: LiveSite
    steps: list[Standing]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The demonstration on a free port."""
    port = free_port()
    folder = tmp_path_factory.mktemp("demo")
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop may run in this thread
        house = aside.submit(demonstration.told, "", folder, f"http://127.0.0.1:{port}").result()
    with browsers.serving(house, port) as site:
        yield site
    house.close()


@pytest.fixture(scope="module")
def reached(demo: LiveSite) -> list[Reached]:
    """Everything that everybody finds by following links."""
    found = []
    for login in ("", *demonstration.LOGINS):
        who = visitors.visitor(create_app(demo.house))
        if login:
            visitors.sign_in(demo.house, who, demonstration.account_of(demo.house, login))
        starts = ("/", "/account/desk") if login else ("/", "/sign-in", "/a", "/v", "/v?view=large")
        account = demonstration.account_of(demo.house, login) if login else None
        found += [Reached(login, visited, account) for visited in walk(who, *starts, of_a_kind=MOST_OF_A_KIND)]
    return found


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
def on_the_day(day: Day) -> list[Reached]:
    """Every page a poll has, by those who may see it, as far as it is there at a step."""
    app, found = create_app(day.site.house), []
    for standing in day.steps:
        for who, account, paths in _desks(standing):
            visitor = visitors.visitor(app)
            if account:
                visitors.sign_in(day.site.house, visitor, account)
            found += [Reached(f"{standing.step}, {who}", seen, account) for seen in _opened(visitor, paths)]
    walked = walk(visitors.visitor(app), "/checkpoints", of_a_kind=2)
    found += [Reached("public", seen) for seen in walked if seen.is_page]
    return found


def test_every_link_leads_to_something(reached: list[Reached]) -> None:
    wrong = [
        f"{login} {visited.path}: {visited.page.status}"
        for login, visited, _account in reached
        if visited.page.status != OK
    ]
    assert wrong == []


def test_every_page_has_one_heading_and_a_title(reached: list[Reached]) -> None:
    wrong = [
        f"{login} {visited.path}"
        for login, visited, _account in reached
        if visited.is_page and not _says_what_it_is(visited)
    ]
    assert wrong == []


def test_every_page_is_accessible_and_fits_its_screen(
    reached: list[Reached], demo: LiveSite, chromium: Browser
) -> None:
    assert _wrong(chromium, demo, reached) == []


def test_every_page_of_a_poll_is_there_at_some_step(on_the_day: list[Reached]) -> None:
    found = {pattern(reached.visited.path) for reached in on_the_day}
    assert [path for path in sorted(_pages_of_a_poll()) if _pattern_of(path) not in found] == [A_PICTURE]


def test_every_page_of_a_poll_says_what_it_is(on_the_day: list[Reached]) -> None:
    assert [f"{one.who} {one.visited.path}" for one in on_the_day if not _says_what_it_is(one.visited)] == []


def test_every_page_of_a_poll_is_accessible_and_fits_its_screen(
    on_the_day: list[Reached], day: Day, chromium: Browser
) -> None:
    assert _wrong(chromium, day.site, on_the_day) == []


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


def _wrong(chromium: Browser, site: LiveSite, reached: list[Reached]) -> list[str]:
    """Each page once on a phone and, made wide without loading it again, as on a desk.

    What is wrong on the desk alone is a matter of layout, the same for pages of one pattern.
    """
    wrong: list[str] = []
    seen_wide: set[str] = set()
    accounts = {one.who: one.account for one in reached}
    for who, paths in _of_different_make(reached).items():
        page = window(chromium, site, PHONE, accounts[who])
        for path in paths:
            page.goto(path)
            for size in (PHONE, DESKTOP):
                page.set_viewport_size({"width": size["width"], "height": size["height"]})
                known = size is DESKTOP and pattern(path) in seen_wide
                found = (*sideways(page), *(() if known else faults(page)))
                wrong += [f"{who} {path} at {size['width']}: {fault}" for fault in found]
            seen_wide.add(pattern(path))
        page.context.close()
    return wrong


def _says_what_it_is(visited: Visited) -> bool:
    """One heading and a title; of headings that a script shows in turn, as on the ballot page, none to begin with."""
    document = visited.page.document
    shown, hidden = document.xpath("//h1[not(ancestor-or-self::*[@hidden])]"), document.xpath("//h1")
    return len(shown or hidden[:1]) == 1 and bool(document.xpath("normalize-space(//title)").strip(" ·"))


def _of_different_make(reached: list[Reached]) -> dict[str, list[str]]:
    """By who looks, the pages that hold some element that pages of their pattern did not hold before."""
    known: dict[str, set[str]] = defaultdict(set)
    chosen: dict[str, list[str]] = defaultdict(list)
    for who, visited, _account in reached:
        if not visited.is_page:
            continue
        made_of = _elements(visited)
        if not made_of <= known[pattern(visited.page.path)]:
            known[pattern(visited.page.path)] |= made_of
            chosen[who].append(visited.path)
    return chosen


def _elements(visited: Visited) -> set[str]:
    """The kinds of elements on a page."""
    return {
        f"{element.tag}.{element.get('class', '')}[{element.get('type', '')}]"
        for element in visited.page.document.iterfind(".//body//*")
        if isinstance(element.tag, str)
    }
