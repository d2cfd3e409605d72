"""Accounts from the command line, for whoever has a shell on the server."""

import argparse
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.private import passwords
from application.signing_in import living_slip
from domain.accounts import account as accounts
from domain.accounts import login as logins
from domain.accounts.second_factor import SecondFactorTurnedOn
from interfaces.commands import accounts as command
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from tests.support.stores import by

PASSWORD = "three short words"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIAOJUE_DATA", str(tmp_path))
    monkeypatch.setenv("PIAOJUE_PUBLIC_URL", "https://rd.example.cn")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


@pytest.fixture
def opened() -> Iterator[House]:
    house = open_house(Settings())
    yield house
    house.close()


def given(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_the_first_administrator_signs_in_with_the_password_that_was_typed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert given("create-admin", "--login", "wangmin", "--name", "王敏") == 0
    assert capsys.readouterr().out == "https://rd.example.cn/sign-in\n"


def test_a_sign_in_name_is_taken_once(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    given("create-admin", "--login", "wangmin", "--name", "王敏")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert given("create-admin", "--login", "wangmin", "--name", "王敏") == 1
    assert "“wangmin”已经有人使用" in capsys.readouterr().err


def test_an_easily_guessed_password_is_refused_here_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("wangmin2026\n"))
    assert given("create-admin", "--login", "wangmin", "--name", "王敏") == 1
    assert "请换一个" in capsys.readouterr().err


def test_somebody_who_cannot_get_in_gets_a_slip(capsys: pytest.CaptureFixture[str], opened: House) -> None:
    given("create-admin", "--login", "wangmin", "--name", "王敏")
    capsys.readouterr()
    assert given("slip", "--login", "WangMin", "--at-once") == 0
    secret = re.fullmatch(r"https://rd\.example\.cn/a/(\w{21})\n", capsys.readouterr().out)
    assert secret is not None
    known, state = living_slip(opened.office, opened.private, secret[1])
    assert state.name == "王敏"
    assert not passwords.matches(opened.private, known.account, PASSWORD)


def test_a_lost_second_factor_is_reset_with_a_reason(capsys: pytest.CaptureFixture[str], opened: House) -> None:
    given("create-admin", "--login", "wangmin", "--name", "王敏")
    holder = opened.office.state_of(logins.login_stream("wangmin"), logins.evolve_login)
    assert holder is not None
    opened.office.change(by(), holder.account, accounts.evolve, lambda _: SecondFactorTurnedOn())
    assert given("reset-second-factor", "--login", "wangmin", "--reason", "手机丢失") == 0
    state = opened.office.state_of(holder.account, accounts.evolve)
    assert state is not None
    assert not state.second_factor
    capsys.readouterr()
    assert given("reset-second-factor", "--login", "wangmin", "--reason", "手机丢失") == 1
    assert "没有开启二次验证" in capsys.readouterr().err


def test_nobody_of_that_name_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert given("slip", "--login", "nobody") == 1
    assert "没有找到这个账号" in capsys.readouterr().err
