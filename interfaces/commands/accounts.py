"""账号：开设第一个管理员，或帮进不来的人进来 / accounts: the first administrator, and ways back in."""

import argparse
import getpass
import sys
from uuid import UUID, uuid4

from application import second_factor
from application.account_slips import issue_slip
from application.accounts import COMMAND_LINE
from application.office import By
from application.signing_in import create_administrator
from domain.accounts import login as logins
from domain.shared import NotFound, Refused
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web._base.sentences import sentence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The password is asked for, or read from standard input when that is no terminal."""
    acts = parser.add_subparsers(dest="act", required=True)
    create = acts.add_parser("create-admin", help="an administrator of the whole installation")
    create.add_argument("--login", required=True, help="sign-in name, e.g. wangmin")
    create.add_argument("--name", required=True, help="the person's name")
    slip = acts.add_parser("slip", help="a one-time address to choose a new password with")
    slip.add_argument("--login", required=True)
    slip.add_argument("--at-once", action="store_true", help="the old password and every sign-in end now")
    reset = acts.add_parser("reset-second-factor", help="for an owner who lost device and recovery codes")
    reset.add_argument("--login", required=True)
    reset.add_argument("--reason", required=True, help="goes on record")


def run(arguments: argparse.Namespace) -> int:
    """0 when it is done, 1 with one sentence when it cannot be."""
    password = _password() if arguments.act == "create-admin" else ""
    house = open_house(Settings())
    try:
        print(_done(house, arguments, password))
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    finally:
        house.close()
    return 0


def _done(house: House, arguments: argparse.Namespace, password: str) -> str:
    by = By(actor=COMMAND_LINE, key=str(uuid4()))
    if arguments.act == "create-admin":
        create_administrator(
            house.office,
            house.private,
            by.key,
            login=arguments.login,
            name=arguments.name,
            password=password,
            rules=house.password_rules,
        )
        return f"{house.settings.public_url}/sign-in"
    account = _account(house, arguments.login)
    if arguments.act == "slip":
        _, slip = issue_slip(
            house.office, house.private, by, account, house.slips_last, stops_password=arguments.at_once
        )
        return f"{house.settings.public_url}/a/{slip.secret}"
    second_factor.reset(house.office, house.private, by, account, arguments.reason)
    return f"{house.settings.public_url}/sign-in"


def _account(house: House, login: str) -> UUID:
    holder = house.office.state_of(logins.login_stream(login), logins.evolve_login)
    if holder is None:
        raise NotFound(kind="account", id=login)
    return holder.account


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("密码 / password: ")
    if getpass.getpass("再输一次 / again: ") != first:
        sys.exit("两次输入的密码不一样 / the passwords differ")
    return first
