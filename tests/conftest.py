"""Fixtures for all layers. What needs a store runs on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings

from application.history.history import History, open_history
from application.office import Office
from projections.reading.follower import Followers
from tests.support.once import folder_of_the_run, made_once
from tests.support.postgres import Server, shared_server
from tests.support.stores import Clock, furnish

# On the checking machine every run tries the same examples, and nowhere does the pace of a busy machine count.
settings.register_profile(
    "piaojue",
    deadline=None,
    derandomize="PIAOJUE_CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("piaojue")


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Server:
    """The one server of this run; under xdist all workers share it and it ends with their parent."""
    worker = getattr(request.config, "workerinput", None)
    if worker is None:
        return shared_server(str(os.getpid()), os.getpid())
    return shared_server(str(worker["testrunuid"]), os.getppid())


@pytest.fixture(scope="session", autouse=True)
def patient_followers() -> None:
    """What a test does is shown before it looks, however busy the machine is."""
    Followers.patience = 15.0


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> str:
    """The kind of database. One kind only: `@pytest.mark.parametrize("store", ["sqlite"], indirect=True)`."""
    return str(request.param)


@pytest.fixture
def database_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a store where nothing is yet; a house finds its tables there, copied: that is quicker."""
    furnished = "house" in request.fixturenames
    if store == "sqlite":
        if furnished:
            shutil.copytree(request.getfixturevalue("furnished_folder"), tmp_path, dirs_exist_ok=True)
        yield f"sqlite:///{tmp_path}/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("furnished_database") if furnished else "template0"
    with server.fresh_database(template) as url:
        yield url


@pytest.fixture(scope="session")
def furnished_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SQLite files of an installation in which nothing has happened."""
    folder = tmp_path_factory.mktemp("furnished")
    furnish(f"sqlite:///{folder}/piaojue.db", folder)
    for left in folder.iterdir():
        if ".db" not in left.name:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    return folder


@pytest.fixture(scope="session")
def furnished_database(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of such an installation's database in PostgreSQL, for copying."""
    with postgres_server.fresh_database() as url:
        furnish(url, tmp_path_factory.mktemp("furnished"))
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
def told_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration in SQLite files, for copying: told once a run."""
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop may run in this thread
        told = folder_of_the_run(tmp_path_factory) / "told"
        return aside.submit(made_once, told, _tell_the_demonstration).result()


def _tell_the_demonstration(folder: Path) -> None:
    from tests.support import demonstration  # noqa: PLC0415  # most tests need no edge

    demonstration.tell_into(folder)


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
