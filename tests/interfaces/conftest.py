"""Fixtures for the edges: an open installation, its site, and people who visit it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI

from application.history.history import History
from application.office import Office
from domain.accounts.permissions import Grant, Role
from interfaces.composition import House, open_house
from interfaces.public import changes
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.support import visitors
from tests.support.stores import Clock
from tests.support.visitors import SignedIn, Visitor


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


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """An installation where nothing is yet."""
    opened = open_house(Settings(data=tmp_path, database_url=database_url, public_url="https://rd.example.cn"), clock)
    yield opened
    opened.close()


@pytest.fixture
def office(house: House) -> Office:
    return house.office


@pytest.fixture
def history(house: House) -> History:
    return house.history


@pytest.fixture
def site(house: House) -> FastAPI:
    return create_app(house)


@pytest.fixture
def visitor(site: FastAPI) -> Visitor:
    """Somebody who is not signed in."""
    return visitors.visitor(site)


@pytest.fixture
def signed_in(house: House, site: FastAPI) -> SignedIn:
    """Signs in somebody new: `signed_in(Role.STAFF, congress)`, `signed_in(Role.DEPARTMENT, congress, unit=u)`."""

    def somebody(role: Role, congress: UUID | None = None, *, name: str = "王敏", **of: UUID) -> Visitor:
        made = visitors.account(house, Grant(role=role, congress=congress, **of), name=name)
        return visitors.sign_in(house, visitors.visitor(site), made)

    return somebody
