"""A hall full of phones asks for the same page at once; pages are kept up to a limit."""

import asyncio
from datetime import date
from time import perf_counter
from typing import Any
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Connection

from interfaces.composition import House
from interfaces.public import changes
from interfaces.public.changes import Changes
from interfaces.public.kept import Page, Pages
from interfaces.public.projects import views
from interfaces.web.app import Site
from projections.reading.position import Standing, standings
from tests.support import year
from tests.support.residents import PAGE, Answer, ask
from tests.support.year import CONGRESS


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a look may take long; nothing is about that here."""
    monkeypatch.setattr(changes, "PATIENCE", 60.0)


@pytest.fixture
def house(house: House) -> House:
    """An installation with a congress whose year is over."""
    assert house.followers.wait_for(year.record(house.history, year.in_short()), timeout=60)
    return house


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the project pages that were rendered."""
    codes: list[str] = []
    context = views.context

    def counting(conn: Any, code: str, today: date) -> dict[str, Any] | None:
        codes.append(code)
        return context(conn, code, today)

    monkeypatch.setattr(views, "context", counting)
    return codes


def test_many_who_ask_for_a_page_at_once_have_it_rendered_once(site: Site, rendered: list[str]) -> None:
    async def crowd() -> list[Answer]:
        await ask(site, "/")
        return await asyncio.gather(*(ask(site, PAGE) for _ in range(60)))

    answers = asyncio.run(crowd())
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert len(rendered) == 1


def test_many_who_ask_for_a_page_that_is_not_there_are_all_told(site: Site) -> None:
    async def crowd() -> list[Answer]:
        return await asyncio.gather(*(ask(site, "/p/UNKNOWN1") for _ in range(10)))

    assert {answer.status for answer in asyncio.run(crowd())} == {404}


def test_those_who_give_up_take_nobody_along(site: Site) -> None:
    async def impatient() -> list[Answer]:
        await ask(site, "/")
        waiting = [asyncio.create_task(ask(site, PAGE)) for _ in range(6)]
        await asyncio.sleep(0.001)
        for task in waiting[::2]:
            task.cancel()
        return await asyncio.gather(*waiting[1::2])

    assert {answer.status for answer in asyncio.run(impatient())} == {200}


def page_of(size: int, congress: UUID | None = CONGRESS) -> Page:
    """A page of so many bytes that cannot be packed into fewer than it is counted for."""
    return Page({"piaojue.kept_of": congress}, 200, [], b"x" * size)


def test_pages_are_kept_up_to_a_number_of_bytes_and_those_asked_for_stay() -> None:
    pages = Pages(limit=10 * page_of(100).size)
    for number in range(30):
        pages.keep(number, page_of(100), pages.drops)
        assert pages.find(0) is not None
    assert len(pages) == 10
    assert pages.size <= 10 * page_of(100).size
    assert pages.find(28) is not None
    assert pages.find(5) is None
    pages.drop(None)
    assert (len(pages), pages.size) == (0, 0)


def test_a_page_whose_rendering_began_before_a_change_is_not_kept() -> None:
    pages = Pages()
    before = pages.drops
    pages.drop({CONGRESS})
    pages.keep("late", page_of(10), before)
    assert pages.find("late") is None


def test_a_change_takes_the_pages_of_its_congress_and_what_lists_all() -> None:
    pages = Pages()
    other = uuid5(CONGRESS, "other")
    for key, congress in {"here": CONGRESS, "there": other, "home": None}.items():
        pages.keep(key, page_of(10, congress), pages.drops)
    pages.drop({CONGRESS})
    assert [key for key in ("here", "there", "home") if pages.find(key)] == ["there"]


def test_many_who_wait_look_together_and_not_too_often(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Connection] = []

    def counting(conn: Connection) -> dict[str, Standing]:
        begun.append(conn)
        return standings(conn)

    monkeypatch.setattr(changes, "standings", counting)
    monkeypatch.setattr(changes, "LOOK_AGAIN_AFTER", 0.1)  # far longer than a crowd needs to come together
    looks = Changes(house, lambda _: None)

    async def crowd() -> None:
        for _ in range(3):
            house.history.wake.set()
            await asyncio.gather(*(looks.looked_up() for _ in range(50)))

    started = perf_counter()
    asyncio.run(crowd())
    assert len(begun) <= 6
    assert perf_counter() - started >= (len(begun) - 1) * changes.LOOK_AGAIN_AFTER
