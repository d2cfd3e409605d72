"""Measurements are printed, whatever pytest does with output."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.postgres import kept_server, own_server

Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Prints a line of figures."""

    def to_the_terminal(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}", end="", flush=True)

    return to_the_terminal


@contextmanager
def durable_store(store: str, folder: Path) -> Iterator[str]:
    """The address of an empty store that flushes to disk as in an office."""
    if store == "sqlite":
        yield f"sqlite:///{folder}/piaojue.db"
        return
    with own_server(durable=True) as server, server.fresh_database() as url:
        yield url


@contextmanager
def kept_store(store: str, folder: Path) -> Iterator[str]:
    """The address of a store that stays in this folder: empty the first time, as it was left the next."""
    folder.mkdir(parents=True, exist_ok=True)
    if store == "sqlite":
        yield f"sqlite:///{folder}/piaojue.db"
        return
    with kept_server(folder / "server") as server:
        yield server.url
