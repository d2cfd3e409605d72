"""Who signed in when, and how often somebody failed before: for the owner's own eyes, kept for a while.

Signing in is no fact of the history. The history is for ever, and what it tells about each working day of a
person serves no congress; but China's Cybersecurity Law (article 21) demands such a log for six months, and an
owner who reads it notices a stranger first. So it is kept privately and erased by time: the moment, the way
(password, slip, provider; recovery code), the coarse kind of device, the failures since the time before. Never
an address. Of failures for sign-in names that nobody has, only the number is known.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update

from application.private.store import PrivateStore, last_sign_ins, put, sign_in_log
from domain.shared import CHINA

NOBODY = UUID(int=0)
"""Counts the failures for names that nobody has, so that they cost the same work."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSignIn:
    """One line; `failures` are wrong passwords and codes since the sign-in before."""

    at: datetime
    way: str
    device: str
    failures: int


def note(store: PrivateStore, account: UUID, *, way: str, device: str, now: datetime, kept_for: timedelta) -> None:
    """Somebody has signed in; what is older than `kept_for` is erased."""
    moment = int(now.timestamp())
    with store.writing() as connection:
        failures = _failures(connection, account)
        connection.execute(delete(sign_in_log).where(sign_in_log.c.at <= moment - kept_for.total_seconds()))
        connection.execute(
            insert(sign_in_log).values(
                entry=uuid4(), account=account, at=moment, way=way, device=device, failures=failures
            )
        )
        put(connection, last_sign_ins, account=account, at=moment, failures=0)


def note_failure(store: PrivateStore, account: UUID | None) -> None:
    """A password or a code was wrong."""
    whose = account or NOBODY
    with store.writing() as connection:
        counted = update(last_sign_ins).where(last_sign_ins.c.account == whose)
        if connection.execute(counted.values(failures=last_sign_ins.c.failures + 1)).rowcount == 0:
            put(connection, last_sign_ins, account=whose, at=None, failures=1)


def past(store: PrivateStore, account: UUID, limit: int = 10) -> list[PastSignIn]:
    """The newest first."""
    asked = select(sign_in_log).where(sign_in_log.c.account == account)
    ordered = asked.order_by(sign_in_log.c.at.desc(), sign_in_log.c.entry).limit(limit)
    with store.reading() as connection:
        return [
            PastSignIn(at=datetime.fromtimestamp(row.at, CHINA), way=row.way, device=row.device, failures=row.failures)
            for row in connection.execute(ordered)
        ]


def last_days(store: PrivateStore, accounts: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these last signed in; those who never did are left out. Kept as long as the account is."""
    asked = sorted(accounts)
    found: dict[UUID, datetime] = {}
    with store.reading() as connection:
        for start in range(0, len(asked), _AT_ONCE):
            some = last_sign_ins.c.account.in_(asked[start : start + _AT_ONCE])
            for row in connection.execute(select(last_sign_ins).where(some, last_sign_ins.c.at.is_not(None))):
                found[row.account] = datetime.fromtimestamp(row.at, CHINA)
    return found


def _failures(connection: Connection, account: UUID) -> int:
    return connection.scalar(select(last_sign_ins.c.failures).where(last_sign_ins.c.account == account)) or 0
