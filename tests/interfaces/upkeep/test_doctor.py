"""The doctor: a test for each check that can fail, and the command as a whole."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from application.checkpoint_key import KEY_FILE, KeyPlace
from application.checkpoints import Notary
from application.history.history import open_history
from application.history.recorded import Recorded
from application.migrating import migrate
from application.office import system_clock
from domain.accounts.account import AccountEnabled
from domain.shared import CHINA
from interfaces.cli import main
from interfaces.settings import Settings
from interfaces.upkeep.checks import address, checkpoints, database, machine, record
from interfaces.upkeep.checks.found import Found, Level
from projections.reading.engine import open_reading
from projections.reading.position import Stage
from projections.reading.rebuild import rebuild_all
from projections.reading.shelf import ALL
from tests.support import first_release

NOW = datetime(2026, 1, 20, 9, tzinfo=CHINA)
SOUND = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "track_commit_timestamp": "off",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "wal_keep_size": "0",
    "archive_mode": "off",
}


def is_told(found: Found, level: Level) -> bool:
    """Every line that is not ok says what to do."""
    return found.level is level and bool(found.words) and (level is Level.OK or bool(found.advice))


@pytest.mark.parametrize(
    ("version", "level"), [((3, 10), Level.BAD), ((3, 11), Level.OK), ((3, 14), Level.OK), ((3, 15), Level.WARN)]
)
def test_python_is_one_that_was_tested(version: tuple[int, int], level: Level) -> None:
    assert is_told(machine.python(version), level)


def test_files_of_others_must_be_installed(tmp_path: Path) -> None:
    assert is_told(machine.installed_files(), Level.OK)
    found = machine.installed_files(tmp_path)
    assert is_told(found, Level.BAD)
    assert "vendor/htmx.min.js" in found.words


def test_the_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert is_told(machine.data_folder(folder), Level.BAD)
    folder.mkdir(mode=0o700)
    assert is_told(machine.data_folder(folder), Level.OK)
    assert is_told(machine.data_folder(folder, user=folder.stat().st_uid + 1), Level.BAD)
    folder.chmod(0o750)
    found = machine.data_folder(folder)
    assert is_told(found, Level.BAD)
    assert f"chmod 700 {folder}" in found.advice


@pytest.mark.parametrize(("free", "level"), [(10**8, Level.BAD), (10**9, Level.WARN), (10**10, Level.OK)])
def test_a_disk_that_fills_up_is_told(free: int, level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert is_told(machine.disk(tmp_path), level)


@pytest.mark.parametrize(("kind", "level"), [("ext4", Level.OK), ("nfs4", Level.WARN), ("cifs", Level.WARN)])
def test_files_on_a_network_drive_are_warned_of(kind: str, level: Level) -> None:
    mounts = f"/dev/sda1 / xfs rw 0 0\nserver:/x /srv/piaojue {kind} rw 0 0\n"
    found = machine.file_system(Path("/srv/piaojue/data"), mounts)
    assert is_told(found, level)
    assert kind in found.words
    assert "xfs" in machine.file_system(Path("/srv/piaojue2"), mounts).words


@pytest.mark.parametrize(("seconds", "level"), [(0.5, Level.OK), (10, Level.WARN), (-90, Level.BAD)])
def test_two_clocks_that_differ_are_told(seconds: float, level: Level) -> None:
    theirs = NOW.astimezone(UTC) + timedelta(seconds=seconds)
    assert is_told(machine.clock_against("postgresql.clock", "数据库服务器的时钟", theirs, NOW), level)


def test_a_fact_from_the_future_is_bad() -> None:
    assert is_told(machine.clock_behind(None, NOW), Level.OK)
    assert is_told(machine.clock_behind(NOW, NOW), Level.OK)
    assert is_told(machine.clock_behind(NOW + timedelta(minutes=1), NOW), Level.BAD)


@pytest.mark.parametrize(("answer", "level"), [("yes", Level.OK), ("no", Level.WARN), (None, Level.OK)])
def test_network_time_that_is_off_is_warned_of(answer: str | None, level: Level) -> None:
    assert is_told(machine.network_time(answer), level)


def test_sound_settings_of_postgresql_are_one_line() -> None:
    assert [found.level for found in database.of_settings(SOUND)] == [Level.OK]


@pytest.mark.parametrize(
    ("setting", "value", "level"),
    [
        ("fsync", "off", Level.BAD),
        ("full_page_writes", "off", Level.BAD),
        ("synchronous_commit", "off", Level.BAD),
        ("track_commit_timestamp", "on", Level.BAD),
        ("log_statement", "all", Level.BAD),
        ("log_min_duration_statement", "0", Level.BAD),
        ("log_error_verbosity", "default", Level.WARN),
        ("log_min_error_statement", "error", Level.WARN),
        ("log_parameter_max_length", "-1", Level.WARN),
        ("log_parameter_max_length_on_error", "-1", Level.WARN),
        ("wal_keep_size", "1024", Level.WARN),
        ("archive_mode", "on", Level.WARN),
    ],
)
def test_each_setting_that_could_lose_or_betray_a_ballot_is_told(setting: str, value: str, level: Level) -> None:
    (found,) = database.of_settings(SOUND | {setting: value})
    assert is_told(found, level)
    assert setting in found.words
    assert setting in found.advice


@pytest.mark.parametrize(("number", "level"), [(140_012, Level.BAD), (150_004, Level.OK), (180_001, Level.OK)])
def test_postgresql_is_15_or_newer(number: int, level: Level) -> None:
    assert is_told(database.of_version(number), level)


def test_a_database_that_does_not_answer_is_bad() -> None:
    settings = Settings(database_url="postgresql://nobody@127.0.0.1:1/none")
    (found,) = database.check(settings, system_clock)
    assert is_told(found, Level.BAD)


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_the_tests_own_server_is_told_to_lose_what_it_has_not_flushed(database_url: str) -> None:
    found = {one.check: one for one in database.check(Settings(database_url=database_url), system_clock)}
    assert found["postgresql"].level is Level.OK
    assert found["postgresql.fsync"].level is Level.BAD
    assert found["postgresql.clock"].level is Level.OK


def test_a_damaged_file_is_bad_and_a_missing_one_is_told(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert is_told(database.check(settings, system_clock)[0], Level.WARN)
    assert not (tmp_path / "piaojue.db").exists()
    open_history(settings.storage_url).close()
    assert is_told(database.check(settings, system_clock)[0], Level.OK)
    (tmp_path / "piaojue.db").write_bytes(b"not a database" * 1000)
    assert is_told(database.check(settings, system_clock)[0], Level.BAD)
    assert is_told(database.of_file("delete", "ok"), Level.WARN)


@pytest.mark.parametrize(
    ("url", "level"),
    [
        ("http://localhost:8000", Level.WARN),
        ("http://rd.example.cn", Level.WARN),
        ("https://rd.example.cn", Level.OK),
    ],
)
def test_the_public_address_is_one_that_phones_can_follow_safely(url: str, level: Level) -> None:
    assert is_told(address.of_address(Settings(public_url=url)), level)


@pytest.mark.parametrize(("status", "level"), [(200, Level.OK), (404, Level.BAD), (None, Level.BAD)])
def test_the_public_address_leads_here(status: int | None, level: Level) -> None:
    assert is_told(address.of_answer("https://rd.example.cn", status), level)


@pytest.mark.parametrize(("days", "level"), [(3, Level.BAD), (20, Level.WARN), (60, Level.OK)])
def test_a_certificate_that_ends_is_told_in_time(days: int, level: Level) -> None:
    assert is_told(address.of_certificate(NOW + timedelta(days=days, hours=1), NOW), level)
    assert is_told(address.of_certificate(None, NOW), Level.BAD)


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"trusted_proxies": "0.0.0.0/0"}, Level.BAD),
        ({"public_url": "https://rd.example.cn"}, Level.WARN),
        ({"public_url": "https://rd.example.cn", "trusted_proxies": "127.0.0.1"}, Level.OK),
        ({"unix_socket": Path("/run/piaojue.sock")}, Level.WARN),
        ({"unix_socket": Path("/run/piaojue.sock"), "trusted_proxies": "unix"}, Level.OK),
        ({}, Level.OK),
    ],
)
def test_who_is_believed_about_visitors_is_plausible(given: dict[str, Any], level: Level) -> None:
    assert is_told(address.of_proxies(Settings(**given)), level)


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Quiet."""


@pytest.fixture
def answering() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Answering) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_address_is_really_asked(answering: str) -> None:
    assert address.answered_by(f"{answering}/healthz") == 200
    assert address.answered_by(f"{answering}/else") == 404
    assert address.answered_by("http://127.0.0.1:1/healthz") is None
    port = int(answering.rpartition(":")[2])
    assert address.certificate_ends("127.0.0.1", port) is None


def test_stores_of_another_release_are_told(database_url: str) -> None:
    first_release.laid_out(database_url)
    found, usable = record.of_stores(database_url)
    assert is_told(found, Level.BAD)
    assert found.advice == "piaojue migrate"
    assert not usable
    migrate(database_url, NOW)
    assert record.of_stores(database_url)[1]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_read_models_that_are_behind_and_backups_that_are_old_are_told(database_url: str) -> None:
    migrate(database_url, NOW)
    reading = open_reading(database_url)
    with closing(open_history(database_url)) as history:
        history.append([Recorded(uuid4(), 1, NOW, None, AccountEnabled())], seen={})
        before = record.check(history, reading, NOW)
        assert {found.level for found in before if found.check == "projections"} == {Level.WARN}
        rebuild_all(history, reading, ALL)
        assert [found.level for found in record.check(history, reading, NOW)] == [Level.OK] * 3
        late = record.check(history, reading, NOW + timedelta(days=8))
        assert [found.check for found in late if found.level is Level.WARN] == ["backup"]
        early = record.check(history, reading, NOW - timedelta(hours=1))
        assert [found.check for found in early if found.level is Level.BAD] == ["clock"]
    reading.dispose()


def test_a_broken_read_model_is_bad() -> None:
    known = {one.name: SimpleNamespace(position=5, stage=Stage.SERVING, fault=None) for one in ALL}
    assert [found.level for found in record.of_models(known, 5)] == [Level.OK]  # type: ignore[arg-type]  # stand-ins
    known["roll"].fault = "KeyError('x')"
    (found,) = record.of_models(known, 5)  # type: ignore[arg-type]  # as above
    assert is_told(found, Level.BAD)
    assert "projections retry roll" in found.advice


def test_the_command_says_all_and_ends_with_1_when_something_is_bad(
    answering: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("PIAOJUE_DATA", str(tmp_path))
    monkeypatch.delenv("PIAOJUE_DATABASE_URL", raising=False)
    monkeypatch.setenv("PIAOJUE_PUBLIC_URL", answering)
    assert main(["migrate"]) == 0
    capsys.readouterr()
    assert main(["doctor"]) == 0
    assert "✓ ok" in capsys.readouterr().out
    tmp_path.chmod(0o755)
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [line["check"] for line in told if line["level"] == "bad"] == ["folder"]


def test_settings_that_cannot_be_read_are_bad_and_end_the_looking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIAOJUE_PORT", "many")
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told[-1]["check"] == "settings"
    assert "PIAOJUE_PORT" in told[-1]["words"]


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[tuple[Settings, Any]]:
    """An installation with one event, and what signs it."""
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path}/piaojue.db", public_url="https://rd.cn")
    history = open_history(settings.storage_url)
    stream = uuid4()
    history.append([Recorded(stream, 1, NOW, None, AccountEnabled())], seen={stream: 0})
    notary = Notary(history, KeyPlace(tmp_path, settings.checkpoint_name), lambda: NOW)
    yield settings, SimpleNamespace(history=history, make=notary.make, file=tmp_path / KEY_FILE)
    history.close()


def test_checkpoints_are_missed_where_something_is_recorded(signing: tuple[Settings, Any]) -> None:
    settings, office = signing
    assert is_told(checkpoints.check(office.history, settings, NOW), Level.WARN)
    office.make()
    assert is_told(checkpoints.check(office.history, settings, NOW), Level.OK)


def test_an_old_checkpoint_is_told_when_something_came_after_it(signing: tuple[Settings, Any]) -> None:
    settings, office = signing
    office.make()
    later = NOW + timedelta(days=3)
    assert is_told(checkpoints.check(office.history, settings, later), Level.OK)
    stream = uuid4()
    office.history.append([Recorded(stream, 1, later, None, AccountEnabled())], seen={stream: 0})
    assert is_told(checkpoints.check(office.history, settings, later), Level.WARN)


def test_a_key_that_others_can_read_is_bad(signing: tuple[Settings, Any]) -> None:
    settings, office = signing
    office.make()
    office.file.chmod(0o640)
    assert is_told(checkpoints.check(office.history, settings, NOW), Level.BAD)


@pytest.mark.parametrize("damage", ["lost", "another", "unreadable"])
def test_a_key_that_did_not_sign_the_last_checkpoint_is_bad(signing: tuple[Settings, Any], damage: str) -> None:
    settings, office = signing
    made = office.make()
    office.file.unlink()
    if damage == "another":
        KeyPlace(settings.data, settings.checkpoint_name).key()
    elif damage == "unreadable":
        office.file.write_text("nothing")
    found = checkpoints.check(office.history, settings, NOW)
    assert is_told(found, Level.BAD)
    assert (made.key in str(found.advice)) == (damage != "unreadable")
    known = Settings(**{**settings.model_dump(exclude_unset=True), "checkpoint_former_keys": made.key})
    expected = Level.BAD if damage == "unreadable" else Level.OK
    assert is_told(checkpoints.check(office.history, known, NOW), expected)
