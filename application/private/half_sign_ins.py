"""Between the password and the second factor: who has proven the first half, for a few minutes.

Nothing of a signed-in person's can be done with it; it is no sign-in yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, insert, select

from application.private.store import PrivateStore, half_sign_ins

LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfSignIn:
    """Whose, and how the first half was proven, on which kind of device."""

    account: UUID
    way: str
    device: str


def begin(store: PrivateStore, half: HalfSignIn, now: datetime) -> str:
    """The token of the browser that waits for the second half; forgets those that waited too long."""
    token = token_urlsafe(32)
    moment = int(now.timestamp())
    with store.writing() as connection:
        connection.execute(delete(half_sign_ins).where(half_sign_ins.c.until <= moment))
        connection.execute(
            insert(half_sign_ins).values(
                token_hash=_hash(token),
                account=half.account,
                way=half.way,
                device=half.device,
                until=int((now + LASTS).timestamp()),
            )
        )
    return token


def find(store: PrivateStore, token: str, now: datetime) -> HalfSignIn | None:
    """The half that this token stands for, None when it has ended."""
    with store.reading() as connection:
        row = connection.execute(select(half_sign_ins).where(half_sign_ins.c.token_hash == _hash(token))).first()
    if row is None or row.until <= now.timestamp():
        return None
    return HalfSignIn(account=row.account, way=row.way, device=row.device)


def end(store: PrivateStore, token: str) -> None:
    """It was completed or given up."""
    with store.writing() as connection:
        connection.execute(delete(half_sign_ins).where(half_sign_ins.c.token_hash == _hash(token)))


def end_all(store: PrivateStore, account: UUID) -> None:
    """What was proven before counts no more, e.g. because the password is another one."""
    with store.writing() as connection:
        connection.execute(delete(half_sign_ins).where(half_sign_ins.c.account == account))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
