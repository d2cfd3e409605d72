"""`piaojue projections`: how read models stand, rebuilding them under a running program, going on after a fault."""

import json
import os
import pty
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from application.history.history import History
from application.history.recorded import Recorded
from domain.accounts.account import AccountOpened
from interfaces.cli import main
from interfaces.composition import House
from projections.reading.position import Fault, note_fault, standings
from projections.reading.shelf import ALL
from tests.support import year

ROOT = Path(__file__).parents[3]


@pytest.fixture
def reading(house: House, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Of an installation with a year in it that was followed up to the end and is stopped now."""
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", database_url)
    monkeypatch.setenv("PIAOJUE_DATA", str(tmp_path))
    year.record(house.history)
    house.followers.stop()
    house.followers.catch_up()
    return house.reading


def break_one(engine: Engine, name: str) -> None:
    with engine.begin() as conn:
        found = standings(conn)[name]
        fault = Fault(reason="KeyError('unit')", position=found.position + 1, fact="asks.ask-issued")
        note_fault(conn, (name, found.shape, found.generation), fault)


def test_status_is_a_line_for_each_and_zero_when_all_is_well(
    reading: Engine, history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["projections", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == [one.name for one in ALL]
    assert all("正常" in line for line in lines[1:-1])
    assert lines[-1].endswith(str(history.last_position()))


def test_status_tells_what_broke_and_where(reading: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    break_one(reading, "asks_board")
    assert main(["projections", "status"]) == 1
    assert "asks.ask-issued: KeyError('unit')" in capsys.readouterr().out
    assert main(["projections", "status", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (broken,) = [line for line in told["projections"] if line["state"] == "broken"]
    assert (broken["name"], broken["fault_position"]) == ("asks_board", told["position"] + 1)


def test_status_tells_how_far_behind_a_model_is(
    reading: Engine, history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    (last,) = history.select(history.last_position() - 1, 1)
    opened = Recorded(uuid4(), 1, last.at, None, year.of(AccountOpened, login="later"))
    history.append([opened], seen={})
    assert main(["projections", "status", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)["projections"][0]
    assert line["lag_facts"] == 1
    assert line["lag_seconds"] > 0


def test_rebuild_tells_its_progress_and_names_what_it_did(
    reading: Engine, history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    break_one(reading, "roll")
    assert main(["projections", "rebuild", "roll", "accounts"]) == 0
    told = capsys.readouterr()
    assert sorted(told.out.split()) == sorted(["accounts", "roll", *[str(history.last_position())] * 2])
    assert "100%" in told.err
    with reading.connect() as conn:
        found = standings(conn)
    assert found["roll"].fault is None
    assert (found["roll"].generation, found["attendance"].generation) == (2, 1)


def test_on_a_terminal_there_is_a_bar(reading: Engine) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "interfaces.cli", "projections", "rebuild", "roll"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ}) as rebuilding:
        os.close(theirs)
        assert rebuilding.wait(60) == 0
    shown = ""
    with suppress(OSError):  # the other end is closed
        while more := os.read(ours, 10_000).decode(errors="replace"):
            shown += more
    os.close(ours)
    assert "100%|" in shown


def test_retry_lets_broken_models_go_on(reading: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    break_one(reading, "roll")
    break_one(reading, "accounts")
    assert main(["projections", "retry", "roll"]) == 0
    assert capsys.readouterr().out.startswith("roll ")
    with reading.connect() as conn:
        assert [name for name, one in standings(conn).items() if one.fault] == ["accounts"]
    assert main(["projections", "retry"]) == 0
    assert main(["projections", "retry"]) == 0
    assert "没有出错的读模型" in capsys.readouterr().out


def test_an_unknown_name_is_refused_with_those_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["projections", "rebuild", "rolls"]) == 2
    told = capsys.readouterr().err
    assert "rolls" in told
    assert "voted_list" in told
