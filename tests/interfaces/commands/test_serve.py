"""`piaojue serve` and what it writes."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest

from interfaces import cli
from interfaces.commands import serve
from interfaces.commands.serve import configured
from interfaces.serving.listening import CannotListen, bound
from interfaces.settings import Settings, WrongSettings
from tests.support.browser import ROOT
from tests.support.ports import free_port

PATIENCE = 120


def asked(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIAOJUE_")]:
        monkeypatch.delenv(name)


def test_by_default_only_this_computer_is_served() -> None:
    settings = configured(asked("--port", "8123"))
    assert (settings.host, settings.public_url, settings.is_local) == ("127.0.0.1", "http://localhost:8123", True)


def test_on_the_local_network_qr_codes_lead_to_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "own_address", lambda: "192.168.1.20")
    settings = configured(asked("--lan"))
    assert (settings.host, settings.public_url, settings.is_local) == ("0.0.0.0", "http://192.168.1.20:8000", False)


def test_a_public_address_that_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIAOJUE_PUBLIC_URL", "https://rd.example.cn/")
    settings = configured(asked("--lan", "--port", "9000"))
    assert settings.public_url == "https://rd.example.cn"
    assert settings.is_https


@pytest.mark.parametrize("url", ["rd.example.cn", "ftp://x", "https://", "https://x/?a", "https://x/#a"])
def test_a_public_address_is_one_that_a_phone_can_open(url: str) -> None:
    with pytest.raises(ValueError, match="PIAOJUE_PUBLIC_URL"):
        Settings(public_url=url)


def test_without_an_address_the_history_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert Settings(data=tmp_path).storage_url == f"sqlite:///{tmp_path}/piaojue.db"
    assert Settings(data=tmp_path, database_url="postgresql:///x").storage_url == "postgresql:///x"


@pytest.mark.parametrize("words", [("--processes", "2"), ("--no-worker",)])
def test_sqlite_is_served_by_one_process(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIAOJUE_DATA", str(tmp_path))
    assert cli.main(["serve", *words]) == 2
    assert "PostgreSQL" in capsys.readouterr().err
    assert cli.main(["worker"]) == 2
    assert "SQLite" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "SECRET"),
        ("LOG_LEVEL", "SECRET"),
        ("DATABASE_URL", "oracle://SECRET"),
        ("PROCESSES", "0"),
        ("PORT_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_the_status_2(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"PIAOJUE_{name}", value)
    assert cli.main(["serve"]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"PIAOJUE_{name}：")
    assert "SECRET" not in said


def test_a_setting_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_text("three-words\n", encoding="utf-8")
    monkeypatch.setenv("PIAOJUE_METRICS_TOKEN_FILE", str(secret))
    assert Settings().metrics_token.get_secret_value() == "three-words"
    monkeypatch.setenv("PIAOJUE_METRICS_TOKEN", "another")
    with pytest.raises(WrongSettings, match="PIAOJUE_METRICS_TOKEN_FILE"):
        Settings()


def test_an_address_that_is_taken_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert cli.main(["serve", "--port", str(taken.getsockname()[1])]) == 1
    (said,) = [line for line in capsys.readouterr().err.splitlines() if line]
    assert "127.0.0.1" in said


def test_a_socket_left_behind_is_taken_over_and_one_that_answers_is_not(tmp_path: Path) -> None:
    settings = Settings(unix_socket=tmp_path / "piaojue.sock")
    bound(settings).close()  # as if killed: the file stays
    with bound(settings) as here:
        here.listen()
        with pytest.raises(CannotListen):
            bound(settings)


def test_a_server_started_from_the_command_line_answers_and_stops(tmp_path: Path) -> None:
    port = free_port()
    env = {**os.environ, "PIAOJUE_DATA": str(tmp_path)}
    made = subprocess.run(
        [sys.executable, "-m", "interfaces.cli", "accounts", "create-admin", "--login", "wangmin", "--name", "王敏"],
        cwd=ROOT,
        env=env,
        input="three short words\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    server = subprocess.Popen(
        [sys.executable, "-m", "interfaces.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert _status(port, "/sign-in?next=SECRETQUERY") == 200
        assert _status(port, "/v?card=SECRETCARD") == 200
        assert _status(port, "/a/SECRETSLIP") == 410
    finally:
        server.send_signal(signal.SIGINT)
        _, log = server.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [line["page"] for line in lines if line["log"] == "piaojue.access"] == ["/sign-in", "/a/{secret}"]
    assert "SECRET" not in log
    assert "127.0.0.1" not in log


def test_a_weak_first_password_is_refused_in_one_sentence(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "interfaces.cli", "accounts", "create-admin", "--login", "wangmin", "--name", "王敏"],
        cwd=ROOT,
        env={**os.environ, "PIAOJUE_DATA": str(tmp_path)},
        input="12345678\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.strip() == "密码：密码至少 10 位。"


def _status(port: int, path: str) -> int:
    until = monotonic() + PATIENCE
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionRefusedError:
            if monotonic() > until:
                raise
            sleep(0.05)
        finally:
            connection.close()
