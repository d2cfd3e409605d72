"""Sign-in names: kept in one form, held by one account for ever, never a telephone number or a mail address."""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.shared import Invalid, Refused

LOGINS = UUID("0c0f5b0e-9a0f-5d57-9b1e-55a1f2a0f6c3")
_LOGIN = re.compile(r"\w(?:[\w.\-]{0,62}\w)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginTakenBy:
    """A sign-in name belongs to an account for ever."""

    login: str
    account: UUID


@dataclass(eq=False)
class LoginTaken(Refused):
    """Another account already signs in under this name."""

    login: str


def normal_login(typed: str) -> str:
    """A sign-in name as it is kept: full-width forms folded, lower case, no spaces around."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def check_login(login: str) -> None:
    """Raises Invalid for other than letters, digits, dots and hyphens, or for digits alone."""
    if not _LOGIN.fullmatch(login) or login.isdecimal():
        raise Invalid(field="login", reason="login", value=login)


def login_stream(login: str) -> UUID:
    """The stream that holds a sign-in name, so that two accounts cannot take it at once."""
    return uuid5(LOGINS, normal_login(login))


def delegate_login(slug: str, number: str, turn: int = 1) -> str:
    """The sign-in name printed on a delegate's slip; characters that a name cannot hold become hyphens.

    A certificate number may be given again after an office ended: its next holder gets the next `turn`.
    """
    login = re.sub(r"[^\w.\-]+", "-", normal_login(f"{slug}-{number.strip()}")).strip("-.")
    return login if turn == 1 else f"{login}-{turn}"


def hold_login(holder: LoginTakenBy | None, login: str, account: UUID) -> LoginTakenBy:
    """Raises LoginTaken when the name belongs to an account."""
    if holder is not None:
        raise LoginTaken(login=login)
    return LoginTakenBy(login=login, account=account)


def evolve_login(holder: LoginTakenBy | None, fact: LoginTakenBy) -> LoginTakenBy:
    """The first holder stays."""
    return holder or fact
