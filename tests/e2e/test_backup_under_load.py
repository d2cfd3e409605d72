"""A backup by the command line while phones vote and a clerk works, restored elsewhere, in the other kind too."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from application.backups.taking import verify
from application.history.box import open_box
from application.history.history import open_history
from domain.polls.card import card_id
from interfaces.composition import House
from tests.e2e.clerks import add_all, clerk_of, client_of
from tests.e2e.conftest import OpenHall
from tests.e2e.phones import Burst, cast_all, filled_in
from tests.e2e.servers import serving
from tests.support.browser import ROOT
from tests.support.postgres import Server

VOTERS = 300


@pytest.fixture
def other_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A store of the other kind, where nothing is yet."""
    if store != "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


def piaojue(url: str, folder: Path, *words: str) -> "subprocess.Popen[str]":
    """The command as an office's administrator runs it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIAOJUE_", "PG"))}
    return subprocess.Popen(
        [sys.executable, "-m", "interfaces.cli", *words],
        cwd=ROOT,
        env={**kept, "PIAOJUE_DATA": str(folder), "PIAOJUE_DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def succeeded(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def test_a_backup_of_a_server_at_work_holds_what_was_acknowledged_before_it_began(
    house: House, hall_of: OpenHall, database_url: str, other_url: str, tmp_path: Path
) -> None:
    hall = hall_of(VOTERS)
    cookies = clerk_of(house, hall.congress)
    file = tmp_path / "backup.zip"
    burst = Burst()
    before: dict[str, str] = {}
    recorded: list[int] = []
    backups: list[subprocess.Popen[str]] = []

    def begin(given: int) -> None:
        if given == VOTERS // 4:
            before.update(burst.receipts)
            recorded.append(house.history.last_position())
            backups.append(piaojue(database_url, tmp_path, "backup", str(file)))

    async def a_busy_hour(url: str) -> None:
        async with client_of(url, cookies) as client:
            names = [f"第{number}局" for number in range(60)]
            _, answers = await asyncio.gather(
                cast_all([url], filled_in(hall, hall.cards), at_once=4, each=begin, into=burst),
                add_all(client, names),
            )
            assert 303 in answers.status.values()  # on a slow machine some are told to come back

    with serving(database_url, tmp_path) as server:
        try:
            asyncio.run(a_busy_hour(server.url))
        finally:
            said = "".join(succeeded(backup) for backup in backups)
    assert "SHA-256" in said
    manifest = verify(file)
    assert manifest.position >= recorded[0]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    assert "已恢复" in succeeded(piaojue(other_url, elsewhere, "restore", str(file)))
    with open_box(other_url) as box:
        for card, receipt in before.items():
            assert box.receipt_of(hall.poll, card_id(card)) == receipt  # type: ignore[arg-type]  # a secret
        assert len(before) <= box.counts(hall.poll).cast <= VOTERS
    with closing(open_history(other_url)) as there:
        assert there.last_position() == manifest.position
        assert there.select(0, 10_000) == house.history.select(0, 10_000, upto=manifest.position)
