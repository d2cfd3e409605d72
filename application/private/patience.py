"""Slowing down guesses: each account waits longer after failures, nobody is ever locked out.

A hall of delegates shares one address, so addresses are slowed only far beyond what a hall produces,
and are remembered in memory alone.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, delete, select

from application.private.store import PrivateStore, attempts, put
from domain.shared import Refused

FREE_FAILURES = 5
LONGEST_WAIT = 60
LONGEST_WAIT_FOR_CODES = 900
"""A code has a million values only: who knows the password and guesses tries some hundred a day."""
FORGOTTEN_AFTER = 3600
ADDRESS_FAILURES = 300
ADDRESS_WINDOW = 300
_MOST_ADDRESSES = 10_000


@dataclass(eq=False)
class TooManyAttempts(Refused):
    """Too many wrong passwords: wait before trying again."""

    seconds: int


def wait_of(failures: int, longest: int = LONGEST_WAIT) -> int:
    """Seconds to wait after so many failures in a row: 0 up to five, then 2, 4, 8 … at most `longest`."""
    return 0 if failures < FREE_FAILURES else min(longest, 2 ** min(failures - FREE_FAILURES + 1, 20))


def take_turn(store: PrivateStore, login: str, now: datetime, longest: int = LONGEST_WAIT) -> None:
    """Counts one more attempt for the sign-in name, whether it exists or not, before the password is looked at.

    Counting first keeps many attempts at once from passing together. Raises TooManyAttempts, uncounted,
    while the name has to wait.
    """
    with store.writing() as connection:
        failures, failed_at = _failures(connection, login, now)
        left = failed_at + wait_of(failures, longest) - int(now.timestamp())
        if left > 0:
            raise TooManyAttempts(seconds=left)
        put(connection, attempts, login_hash=_hash(login), failures=failures + 1, failed_at=int(now.timestamp()))


def codes_of(account: UUID) -> str:
    """Under which name wrong codes are counted; no sign-in name has capitals.

    Apart from passwords, so that only who knows the password can make the owner wait here.
    """
    return f"CODES OF {account}"


def forget_failures(store: PrivateStore, login: str) -> None:
    """The right password was given."""
    with store.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.login_hash == _hash(login)))


def sweep(store: PrivateStore, now: datetime) -> None:
    """Removes failures that are forgotten, also those for names that nobody has."""
    with store.writing() as connection:
        forgotten = attempts.c.failed_at < int(now.timestamp()) - FORGOTTEN_AFTER
        connection.execute(delete(attempts).where(forgotten))


class Addresses:
    """Failures by address within the last minutes."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def require_patience(self, address: str, now: datetime) -> None:
        """Raises TooManyAttempts for an address that fails more than a full hall would."""
        with self._lock:
            recent = self._recent(address, now.timestamp())
            if len(recent) >= ADDRESS_FAILURES:
                raise TooManyAttempts(seconds=int(recent[0] + ADDRESS_WINDOW - now.timestamp()) + 1)

    def note_failure(self, address: str, now: datetime) -> None:
        """One more wrong password from this address."""
        with self._lock:
            self._failures[address] = [*self._recent(address, now.timestamp()), now.timestamp()]
            self._failures.move_to_end(address)
            while len(self._failures) > _MOST_ADDRESSES:
                self._failures.popitem(last=False)

    def _recent(self, address: str, now: float) -> list[float]:
        return [moment for moment in self._failures.get(address, []) if moment > now - ADDRESS_WINDOW]


def _failures(connection: Connection, login: str, now: datetime) -> tuple[int, int]:
    row = connection.execute(
        select(attempts.c.failures, attempts.c.failed_at).where(attempts.c.login_hash == _hash(login)).with_for_update()
    ).first()
    if row is None or row.failed_at < now.timestamp() - FORGOTTEN_AFTER:
        return 0, 0
    return int(row.failures), int(row.failed_at)


def _hash(login: str) -> str:
    return sha256(login.encode()).hexdigest()
