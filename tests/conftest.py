"""Fixtures for all layers. What needs a store runs on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.history.history import History, open_history
from application.office import Office
from tests.support.postgres import Server, shared_server
from tests.support.stores import Clock


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Server:
    """The one server of this run; under xdist all workers share it and it ends with their parent."""
    worker = getattr(request.config, "workerinput", None)
    if worker is None:
        return shared_server(str(os.getpid()), os.getpid())
    return shared_server(str(worker["testrunuid"]), os.getppid())


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> str:
    """The kind of database. One kind only: `@pytest.mark.parametrize("store", ["sqlite"], indirect=True)`."""
    return str(request.param)


@pytest.fixture
def database_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a store where nothing is yet."""
    if store == "sqlite":
        yield f"sqlite:///{tmp_path}/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    opened = open_history(database_url)
    yield opened
    opened.close()


@pytest.fixture
def office(history: History, clock: Clock) -> Office:
    return Office(history, clock)
