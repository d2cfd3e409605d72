"""Every page within anybody's reach: it answers, says what it is, fits a phone, and can be used by everybody."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from interfaces.web.app import create_app
from tests.support import browser as browsers
from tests.support import demonstration, visitors
from tests.support.browser import DESKTOP, PHONE, LiveSite, faults, sideways, window
from tests.support.walking import Visited, pattern, walk

MOST_OF_A_KIND = 3
OK = 200


class Reached(NamedTuple):
    """What somebody came across; `login` is empty for the public."""

    login: str
    visited: Visited


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The demonstration on a free port."""
    port = browsers.free_port()
    house = demonstration.told("", tmp_path_factory.mktemp("demo"), f"http://127.0.0.1:{port}")
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
        found += [Reached(login, visited) for visited in walk(who, *starts, of_a_kind=MOST_OF_A_KIND)]
    return found


def test_every_link_leads_to_something(reached: list[Reached]) -> None:
    wrong = [
        f"{login} {visited.path}: {visited.page.status}" for login, visited in reached if visited.page.status != OK
    ]
    assert wrong == []


def test_every_page_has_one_heading_and_a_title(reached: list[Reached]) -> None:
    wrong = [
        f"{login} {visited.path}" for login, visited in reached if visited.is_page and not _says_what_it_is(visited)
    ]
    assert wrong == []


def test_every_page_is_accessible_and_fits_its_screen(
    reached: list[Reached], demo: LiveSite, chromium: Browser
) -> None:
    """Each page once on a phone and, made wide without loading it again, as on a desk.

    What is wrong on the desk alone is a matter of layout, the same for pages of one pattern.
    """
    wrong: list[str] = []
    seen_wide: set[str] = set()
    for login, paths in _of_different_make(reached).items():
        page = window(chromium, demo, PHONE, demonstration.account_of(demo.house, login) if login else None)
        for path in paths:
            page.goto(path)
            for size in (PHONE, DESKTOP):
                page.set_viewport_size({"width": size["width"], "height": size["height"]})
                known = size is DESKTOP and pattern(path) in seen_wide
                found = (*sideways(page), *(() if known else faults(page)))
                wrong += [f"{login} {path} at {size['width']}: {fault}" for fault in found]
            seen_wide.add(pattern(path))
        page.context.close()
    assert wrong == []


def _says_what_it_is(visited: Visited) -> bool:
    """One heading and a title; of headings that a script shows in turn, as on the ballot page, none to begin with."""
    document = visited.page.document
    shown, hidden = document.xpath("//h1[not(ancestor-or-self::*[@hidden])]"), document.xpath("//h1")
    return len(shown or hidden[:1]) == 1 and bool(document.xpath("normalize-space(//title)").strip(" ·"))


def _of_different_make(reached: list[Reached]) -> dict[str, list[str]]:
    """By who looks, the pages that hold some element that pages of their pattern did not hold before."""
    known: dict[str, set[str]] = defaultdict(set)
    chosen: dict[str, list[str]] = defaultdict(list)
    for login, visited in reached:
        if not visited.is_page:
            continue
        made_of = _elements(visited)
        if not made_of <= known[pattern(visited.page.path)]:
            known[pattern(visited.page.path)] |= made_of
            chosen[login].append(visited.path)
    return chosen


def _elements(visited: Visited) -> set[str]:
    """The kinds of elements on a page."""
    return {
        f"{element.tag}.{element.get('class', '')}[{element.get('type', '')}]"
        for element in visited.page.document.iterfind(".//body//*")
        if isinstance(element.tag, str)
    }
