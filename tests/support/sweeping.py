"""Which of the many pages that people come across have to be looked at in a browser, and what is wrong with those."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from playwright.sync_api import Browser

from tests.support.browser import DESKTOP, PHONE, LiveSite, faults, sideways, window
from tests.support.walking import Visited, pattern

OK = 200
PATIENCE = 180_000
"""Milliseconds: a page that a busy machine is slow to show for the first time is no fault of the page."""
Part = tuple[str, str]
"""Where something stands, and what kind of element it is."""


class Seen(NamedTuple):
    """A page or a file that somebody came across; nobody's account is the public."""

    who: str
    account: UUID | None
    path: str
    address: str
    status: int
    is_page: bool
    says_what_it_is: bool
    made_of: frozenset[Part]


class Chosen(NamedTuple):
    """A page to look at on a phone, and on a desk too."""

    seen: Seen
    on_a_desk: bool


def seen(who: str, account: UUID | None, visited: Visited) -> Seen:
    """What matters of something that was opened."""
    page = visited.is_page
    return Seen(
        who=who,
        account=account,
        path=visited.path,
        address=_address(visited.page.path),
        status=visited.page.status,
        is_page=page,
        says_what_it_is=page and _says_what_it_is(visited),
        made_of=_made_of(visited) if page else frozenset(),
    )


def of_different_make(reached: Iterable[Seen]) -> list[Chosen]:
    """As few pages as hold every kind of element that any page of their address holds, whoever looks at it.

    The frame around the content comes from one layout in each area of the site: its elements count by area. Of each
    address the first page is looked at on a desk too: what is wrong there alone is a matter of layout.
    """
    pages = sorted((one for one in reached if one.is_page), key=lambda one: -len(one.made_of))
    known: set[Part] = set()
    wide: set[str] = set()
    chosen: list[Chosen] = []
    for one in pages:
        if not one.made_of <= known:
            known |= one.made_of
            chosen.append(Chosen(one, one.address not in wide))
            wide.add(one.address)
    return sorted(chosen, key=lambda page: (page.seen.who, page.seen.path))


def share(chosen: Sequence[Chosen], part: int, parts: int) -> Sequence[Chosen]:
    """One part of the pages, as many as in the others."""
    return chosen[len(chosen) * part // parts : len(chosen) * (part + 1) // parts]


def wrong(chromium: Browser, site: LiveSite, chosen: Iterable[Chosen]) -> list[str]:
    """Each page on a phone and, made wide without loading it again, as on a desk."""
    found: list[str] = []
    for (who, account), pages in groupby(chosen, key=lambda page: (page.seen.who, page.seen.account)):
        page = window(chromium, site, PHONE, account)
        page.set_default_timeout(PATIENCE)
        for one in pages:
            page.goto(one.seen.path)
            for size in (PHONE, DESKTOP):
                page.set_viewport_size({"width": size["width"], "height": size["height"]})
                here = (*sideways(page), *(faults(page) if size is PHONE or one.on_a_desk else ()))
                found += [f"{who} {one.seen.path} at {size['width']}: {fault}" for fault in here]
        page.context.close()
    return found


def _says_what_it_is(visited: Visited) -> bool:
    """One heading and a title; of headings that a script shows in turn, as on the ballot page, none to begin with."""
    document = visited.page.document
    shown, hidden = document.xpath("//h1[not(ancestor-or-self::*[@hidden])]"), document.xpath("//h1")
    return len(shown or hidden[:1]) == 1 and bool(document.xpath("normalize-space(//title)").strip(" ·"))


def _address(path: str) -> str:
    """The pattern of an address, whatever is asked for there."""
    return pattern(path).partition("?")[0]


def _made_of(visited: Visited) -> frozenset[Part]:
    """The kinds of elements on a page: those of its content by address, those around it by area of the site."""
    body, address = visited.page.document.find(".//body"), _address(visited.page.path)
    inner = {element for main in body.iter("main") for element in main.iter()}
    area = address.split("/")[1]
    return frozenset(
        (address if element in inner else area, f"{element.tag}.{element.get('class', '')}[{element.get('type', '')}]")
        for element in body.iter()
        if isinstance(element.tag, str)
    )
