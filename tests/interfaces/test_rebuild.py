"""Pages are computed from the facts: emptied and filled again, the read models give the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from interfaces.composition import House
from interfaces.web.app import create_app
from projections.reading.rebuild import rebuild
from projections.reading.shelf import ALL
from tests.support import demonstration, visitors
from tests.support.visitors import Visitor
from tests.support.walking import settled, walk

PICTURES = (".pdf", ".png")
"""Printed anew each time, with the moment of printing in them; what they print comes from pages compared here."""

ONE_OF_EACH_DESK = ("dh-office", "qc-office", "qingcheng-0023")

SAME_FOR_ALL = "/staff/"
"""What stands there is the same for whoever may see it: it is compared as the first of them sees it."""


@pytest.fixture
def house(store: str, database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    if store == "sqlite":
        told = demonstration.copied(request.getfixturevalue("told_folder"), tmp_path)
    else:
        told = demonstration.told(database_url, tmp_path)
    yield told
    told.close()


@pytest.fixture
def everybody(house: House, site: FastAPI, store: str) -> dict[str, Visitor]:
    """The public, and one of each who signs in to the demonstration; on PostgreSQL one of each desk."""
    signed_in = {
        login: visitors.sign_in(house, visitors.visitor(site), demonstration.account_of(house, login))
        for login in (demonstration.LOGINS if store == "sqlite" else ONE_OF_EACH_DESK)
    }
    return {"": visitors.visitor(site), **signed_in}


@pytest.fixture
def site(house: House) -> FastAPI:
    return create_app(house)


def test_all_read_models_dropped_and_filled_again_give_the_same_pages(
    house: House, everybody: dict[str, Visitor]
) -> None:
    within_reach = _within_reach(everybody)
    _caught_up(house)
    before = {login: _contents(everybody[login], paths) for login, paths in within_reach.items()}
    house.followers.stop()
    for projection in ALL:
        rebuild(house.history, house.reading, projection)
    house.followers.start()
    _caught_up(house)
    after = {login: _contents(everybody[login], paths) for login, paths in within_reach.items()}
    assert sum(map(len, before.values())) > 200
    assert _differences(before, after) == []


def _within_reach(everybody: dict[str, Visitor]) -> dict[str, list[str]]:
    """What everybody finds by following links, except what others found before and see alike."""
    within_reach: dict[str, list[str]] = {}
    found_by_others: set[str] = set()
    for login, who in everybody.items():
        starts = ("/", "/account/desk") if login else ("/", "/sign-in", "/v")
        walked = walk(who, *starts, of_a_kind=1, past=PICTURES, known=found_by_others)
        within_reach[login] = [visited.path for visited in walked]
        found_by_others |= {path for path in within_reach[login] if path.startswith(SAME_FOR_ALL)}
    return within_reach


def _caught_up(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=60)


def _contents(who: Visitor, paths: list[str]) -> dict[str, bytes]:
    return {path: settled(who.open(path).content) for path in paths}


def _differences(before: dict[str, dict[str, bytes]], after: dict[str, dict[str, bytes]]) -> list[str]:
    return [
        f"{login or 'public'} {path}"
        for login, pages in before.items()
        for path, content in pages.items()
        if after[login][path] != content
    ]
