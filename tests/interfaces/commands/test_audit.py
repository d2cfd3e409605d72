"""`piaojue audit` on an installation in which a poll was declared and somebody had the database in their hands."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from application.checkpoint_key import KEY_FILE
from domain.polls.poll import PollClosed
from interfaces.cli import main
from interfaces.composition import House
from tests.support.declared import declared
from tests.support.vandal import Vandal


@pytest.fixture
def audited(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Runs `piaojue audit --json` on the installation, where a poll was declared."""
    declared(house)
    monkeypatch.setenv("PIAOJUE_DATA", str(house.settings.data))
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", house.settings.storage_url)

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        status = main(["audit", "--json", *words])
        return status, json.loads(capsys.readouterr().out or "{}")

    return run


Audited = Callable[..., tuple[int, dict[str, Any]]]


def test_an_untouched_installation_is_as_it_was(audited: Audited, house: House) -> None:
    status, said = audited()
    assert (status, said["as_it_was"], said["boxes"]) == (0, True, 1)
    assert said["covered"] == said["events"] == len(house.history.select(0, 10_000))


def test_the_event_that_was_changed_is_named_in_both_languages(
    audited: Audited, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    vandal = Vandal(house.settings.storage_url)
    (closed,) = house.history.select(0, 1000, kinds=[PollClosed])
    state = vandal.state_at(closed.position)
    vandal.write_state(closed.position, state.replace(b'"ballots":12', b'"ballots":13'))
    status, said = audited()
    assert status == 1
    assert said["findings"][0]["kind"] == "edited"
    assert said["findings"][0]["position"] == closed.position
    assert {one["kind"] for one in said["findings"]} >= {"checkpoint_root", "box_number"}
    assert main(["audit"]) == 1
    assert f"第 {closed.position} 号记录（" in capsys.readouterr().out
    assert main(["audit", "--lang", "en"]) == 1
    assert f"Event no. {closed.position} (" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("DELETE FROM {box} WHERE topic = 'polls.ballot-cast'", {"box_number"}),
        ("DELETE FROM {box} WHERE topic = 'polls.card-voided'", {"box_voided"}),
        ("UPDATE box_gate SET ballots = 11", {"box_gate"}),
        ("UPDATE box_gate SET root = ''", {"box_gate"}),
        ("DROP TABLE {box}", {"box_missing"}),
    ],
)
def test_what_was_done_to_a_box_is_told(audited: Audited, house: House, change: str, kinds: set[str]) -> None:
    (closed,) = house.history.select(0, 1000, kinds=[PollClosed])
    Vandal(house.settings.storage_url)(change.format(box=f"box_{closed.stream.hex}"), box=True)
    status, said = audited()
    assert status == 1
    assert {one["kind"] for one in said["findings"]} == kinds
    assert {one["position"] for one in said["findings"]} == {closed.position}


def test_a_ballot_that_was_replaced_is_told(audited: Audited, house: House) -> None:
    (closed,) = house.history.select(0, 1000, kinds=[PollClosed])
    vandal, box = Vandal(house.settings.storage_url), f"box_{closed.stream.hex}"
    card, state = vandal(
        f"SELECT originator_id, state FROM {box} WHERE topic = 'polls.ballot-cast' ORDER BY state LIMIT 1", box=True
    )[0]
    fact = json.loads(bytes(state))
    ballot = fact["fact"]["ballot"]
    fact["fact"]["ballot"] = ("A" if ballot[0] != "A" else "B") + ballot[1:]
    written = json.dumps(fact, separators=(",", ":")).encode()
    vandal(f"UPDATE {box} SET state = ? WHERE originator_id = ?", written, card, box=True)
    assert [one["kind"] for one in audited()[1]["findings"]] == ["box_root"]
    vandal(f"UPDATE {box} SET state = ? WHERE originator_id = ?", b"{", card, box=True)
    assert [one["kind"] for one in audited()[1]["findings"]] == ["box_unreadable"]


def test_a_checkpoint_kept_elsewhere_is_compared(audited: Audited, house: House, tmp_path: Path) -> None:
    last = house.history.tree_store.last_checkpoint()
    assert last is not None
    outside = tmp_path / "printed.txt"
    outside.write_text(last.note, encoding="utf-8")
    assert audited("--checkpoint", str(outside))[1]["checkpoints"] == 4
    vandal = Vandal(house.settings.storage_url)
    vandal("DELETE FROM checkpoints")
    vandal("DELETE FROM tree_tiles")
    vandal("DELETE FROM command_keys")
    vandal("DELETE FROM EVENTS WHERE POSITION = ?", last.position)
    if house.settings.is_embedded:
        vandal("DELETE FROM sqlite_sequence")
    status, said = audited()
    assert (status, said["findings"]) == (0, [])
    status, said = audited("--checkpoint", str(outside))
    assert status == 1
    assert [one["kind"] for one in said["findings"]] == ["checkpoint_beyond"]


def test_what_cannot_be_looked_at_is_another_status(
    audited: Audited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no-checkpoint.txt").write_text("nothing", encoding="utf-8")
    assert audited("--checkpoint", str(tmp_path / "no-checkpoint.txt"))[0] == 2
    assert audited("--checkpoint", str(tmp_path / "not-there.txt"))[0] == 2
    assert audited("--key", "no+key")[0] == 2
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert audited()[0] == 2
    assert capsys.readouterr().out == ""


def test_without_the_key_signatures_are_not_checked_and_that_is_said(
    audited: Audited, house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = house.history.tree_store.checkpoints()[0].key
    (house.settings.data / KEY_FILE).rename(tmp_path / "elsewhere.key")
    capsys.readouterr()
    assert main(["audit"]) == 0
    assert "没有核对签名" in capsys.readouterr().out
    assert not (house.settings.data / KEY_FILE).exists()
    assert audited("--key", key)[0] == 0
    other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    status, said = audited("--key", other)
    assert status == 1
    assert {one["kind"] for one in said["findings"]} == {"checkpoint_signature"}


def test_checkpoints_are_made_and_listed_at_a_shell(audited: Audited, capsys: pytest.CaptureFixture[str]) -> None:
    assert audited()[0] == 0
    assert main(["checkpoint", "make"]) == 0
    note = capsys.readouterr().out
    assert main(["checkpoint", "list"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["1", "2", "3"]
    assert lines[-1][1] == note.splitlines()[1]
    assert datetime.fromisoformat(lines[-1][2]).year == 2026
    assert main(["checkpoint", "key"]) == 0
    assert capsys.readouterr().out.startswith("rd.example.cn/history+")
    assert main(["checkpoint", "new-key"]) == 0
    assert capsys.readouterr().out.startswith("PRIVATE+KEY+")
