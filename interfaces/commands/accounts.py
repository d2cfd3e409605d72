"""账号:开设第一个管理员 / accounts: create the first administrator."""

import argparse
import getpass
import sys
from uuid import uuid4

from application.signing_in import create_administrator
from domain.shared import Refused
from interfaces.composition import open_house
from interfaces.settings import Settings
from interfaces.web._base.sentences import sentence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The password is asked for, or read from standard input when that is no terminal."""
    acts = parser.add_subparsers(dest="act", required=True)
    create = acts.add_parser("create-admin", help="an administrator of the whole installation")
    create.add_argument("--login", required=True, help="sign-in name, e.g. wangmin")
    create.add_argument("--name", required=True, help="the person's name")


def run(arguments: argparse.Namespace) -> int:
    """0 when the account is open, 1 with one sentence when it cannot be."""
    password = _password()
    house = open_house(Settings())
    try:
        create_administrator(
            house.office,
            house.private,
            str(uuid4()),
            login=arguments.login,
            name=arguments.name,
            password=password,
        )
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    finally:
        house.close()
    print(f"{house.settings.public_url}/sign-in")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("密码 / password: ")
    if getpass.getpass("再输一次 / again: ") != first:
        sys.exit("两次输入的密码不一样 / the passwords differ")
    return first
