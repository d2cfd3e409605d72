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


WHO_SEE_MOST = ("admin", "dh-office", "qc-office", "qingcheng-0023")


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    told = demonstration.told(database_url, tmp_path)
    yield told
    told.close()


@pytest.fixture
def everybody(house: House, site: FastAPI, store: str) -> dict[str, Visitor]:
    """The public, and one of each who signs in to the demonstration; on PostgreSQL those who see most."""
    signed_in = {
        login: visitors.sign_in(house, visitors.visitor(site), demonstration.account_of(house, login))
        for login in (demonstration.LOGINS if store == "sqlite" else WHO_SEE_MOST)
    }
    return {"": visitors.visitor(site), **signed_in}


@pytest.fixture
def site(house: House) -> FastAPI:
    return create_app(house)


def test_all_read_models_dropped_and_filled_again_give_the_same_pages(
    house: House, everybody: dict[str, Visitor]
) -> None:
    within_reach = {login: _within_reach(who, login) for login, who in everybody.items()}
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


def _within_reach(who: Visitor, login: str) -> list[str]:
    starts = ("/", "/account/desk") if login else ("/", "/sign-in", "/v")
    return [visited.path for visited in walk(who, *starts, of_a_kind=1, past=PICTURES)]


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
