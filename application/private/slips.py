"""The secrets on one-time slips: printed once, kept as hashes only, one living slip an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import randbits
from uuid import UUID

from sqlalchemy import Connection, delete, select

from application.private.store import PrivateStore, put, slips
from domain.shared import code_from, is_code, normal_code

SECRET_DIGITS = 20
"""A hundred random bits, and a check symbol that catches a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSlip:
    """A slip that can be used: whose, which, and until when."""

    account: UUID
    slip: UUID
    expires_at: datetime


def new_secret() -> str:
    """A secret whose check symbol is a letter or digit too, so that it stands in an address as it is."""
    while True:
        secret = code_from(randbits(SECRET_DIGITS * 5), SECRET_DIGITS)
        if secret[-1].isalnum():
            return secret


def keep(store: PrivateStore, secrets: Sequence[tuple[KnownSlip, str]]) -> None:
    """From now on these are the living slips of their accounts."""
    with store.writing() as connection:
        for known, secret in secrets:
            put(
                connection,
                slips,
                account=known.account,
                secret_hash=_hash(secret),
                slip=known.slip,
                expires_at=int(known.expires_at.timestamp()),
            )


def find(store: PrivateStore, typed: str, now: datetime) -> KnownSlip | None:
    """The living slip of this secret, however it was typed; None for any other."""
    secret = normal_code(typed)
    if not is_code(secret, SECRET_DIGITS):
        return None
    with store.reading() as connection:
        row = connection.execute(select(slips).where(slips.c.secret_hash == _hash(secret))).first()
    if row is None or row.expires_at <= now.timestamp():
        return None
    expires_at = datetime.fromtimestamp(row.expires_at, tz=now.tzinfo)
    return KnownSlip(account=row.account, slip=row.slip, expires_at=expires_at)


def is_kept(store: PrivateStore, slip: UUID) -> bool:
    """Whether this slip was printed and is alive."""
    with store.reading() as connection:
        return connection.scalar(select(slips.c.slip).where(slips.c.slip == slip)) is not None


def use(connection: Connection, known: KnownSlip) -> bool:
    """Takes the slip away; whether it was still there."""
    used = delete(slips).where(slips.c.account == known.account, slips.c.slip == known.slip)
    return connection.execute(used).rowcount == 1


def burn(store: PrivateStore, account: UUID) -> None:
    """The account has no living slip any more."""
    with store.writing() as connection:
        connection.execute(delete(slips).where(slips.c.account == account))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
