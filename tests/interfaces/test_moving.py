"""Moved into the other kind of database, by a backup or by an export, every page is the same to the byte."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from application.backups.restoring import restore
from application.backups.taking import take
from application.history.transfer import box_lines, fill_box, fill_history, filling, history_lines, snapshot
from application.history.transfer_box_format import BoxTally
from application.private.contacts import erase_contacts, older_than
from application.private.proposal_tables import seals
from application.private.store import open_private, put_if_new
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.support import demonstration, visitors
from tests.support.postgres import Server
from tests.support.visitors import Visitor
from tests.support.walking import settled, walk

WHO = ("", "admin", "qc-office", "qingcheng-0023")
"""The public and some who sign in, each with pages of their own."""

PICTURES = (".pdf", ".png", ".xlsx", ".docx")
"""Made anew each time, with the moment in them; what they show comes from pages compared here."""

PRIVATE = "/account"
"""Passwords and second factors are in no export: whoever moves in sets them anew."""

PHOTOS = "/photos/"
"""Nor are photos: their bytes and keys come with a backup."""

EVER = timedelta(days=1)

Move = Callable[[House, str, Path], None]


@pytest.fixture
def house(store: str, database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    if store == "sqlite":
        told = demonstration.copied(request.getfixturevalue("told_folder"), tmp_path)
    else:
        told = demonstration.told(database_url, tmp_path)
    yield told
    told.close()


@pytest.fixture
def other_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A store of the other kind, where nothing is yet."""
    if store != "sqlite":
        yield f"sqlite:///{tmp_path}/other/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


def by_backup(house: House, url: str, folder: Path) -> None:
    take(house.settings.storage_url, house.private, folder / "b.zip", house.office.now())
    with closing(open_private(url)) as private:
        restore(url, private, folder / "b.zip")


def by_export(house: House, url: str, folder: Path) -> None:
    """Pages of polls look into the box, so it moves along; notes and passwords do not.

    Nor does the secret by which shown proposals are named in addresses: it is put there, so that they are the same.
    """
    with house.private.reading() as taken_from:
        secret = taken_from.scalar(select(seals.c.secret))
    with closing(open_private(url)) as private, private.writing() as connection:
        put_if_new(connection, seals, name="installation", secret=secret)
    with snapshot(house.settings.storage_url) as taken, filling(url) as into:
        fill_box(into, box_lines(taken, BoxTally()))
        fill_history(into, history_lines(taken, house.office.now()))


@pytest.mark.parametrize(("store", "move"), [("sqlite", by_backup), ("postgres", by_export)], indirect=["store"])
def test_every_page_is_the_same_in_the_other_kind_of_database(
    move: Move, house: House, other_url: str, tmp_path: Path
) -> None:
    if move is by_export:  # contact data are in no export either: pages without them are compared
        erase_contacts(house.private, older_than(house.private, house.office.now() + EVER, timedelta()))
    before = _seen(house)
    move(house, other_url, tmp_path)
    settings = Settings(**{**house.settings.model_dump(exclude_unset=True), "database_url": other_url})
    with closing(open_house(settings, house.clock)) as moved:
        after = _seen(moved)
    assert sum(map(len, before.values())) > 100
    assert {who: pages.keys() for who, pages in before.items()} == {who: pages.keys() for who, pages in after.items()}
    different = [
        f"{who or 'public'} {path}"
        for who, pages in before.items()
        for path, content in pages.items()
        if after[who][path] != content and not (move is by_export and (path.startswith(PRIVATE) or PHOTOS in path))
    ]
    assert different == []


def _seen(house: House) -> dict[str, dict[str, bytes]]:
    assert house.followers.wait_for(house.history.last_position(), timeout=60)
    site = create_app(house)
    seen = {}
    for login in WHO:
        visitor = visitors.visitor(site)
        if login:
            visitor = visitors.sign_in(house, visitor, demonstration.account_of(house, login))
        seen[login] = _pages(visitor, "/", *(("/account/desk",) if login else ("/sign-in", "/v")))
    return seen


def _pages(who: Visitor, *starts: str) -> dict[str, bytes]:
    return {visited.path: settled(visited.page.content) for visited in walk(who, *starts, of_a_kind=1, past=PICTURES)}
