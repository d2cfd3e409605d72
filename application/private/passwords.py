"""Passwords: kept as argon2 hashes only, checked in the same time for accounts that do not exist."""

import unicodedata
from contextlib import suppress
from os import cpu_count
from threading import BoundedSemaphore
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import Connection, delete, select

from application.private.store import PrivateStore, credentials, put

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's first choice of argon2id; 19 MiB each, so that a hall may sign in at once."""

_AT_ONCE = BoundedSemaphore(max(2, cpu_count() or 2))
_NOBODY = _HASHER.hash("nobody's password")


def matches(store: PrivateStore, account: UUID | None, password: str) -> bool:
    """Whether this is the account's password; takes as long when there is no such account or password."""
    with store.reading() as connection:
        stored = connection.scalar(select(credentials.c.password_hash).where(credentials.c.account == account))
    right = _verified(stored or _NOBODY, _normal(password))
    if not right and stored and _normal(password) != password:
        right = _verified(stored, password)  # kept before passwords were kept in one form
    if not right or stored is None or account is None:
        return False
    if _HASHER.check_needs_rehash(stored):
        with store.writing() as connection:
            keep(connection, account, hashed(password))
    return True


def hashed(password: str) -> str:
    """The text to keep. Costs some 30 ms of a processor: call it outside of transactions."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def keep(connection: Connection, account: UUID, password_hash: str) -> None:
    """From now on this is the account's password."""
    put(connection, credentials, account=account, password_hash=password_hash)


def is_set(store: PrivateStore, account: UUID) -> bool:
    """Whether the account has a password; who comes in through a provider may have none."""
    with store.reading() as connection:
        found = connection.scalar(select(credentials.c.account).where(credentials.c.account == account))
    return found is not None


def forget(store: PrivateStore, account: UUID) -> None:
    """The account has no password any more."""
    with store.writing() as connection:
        connection.execute(delete(credentials).where(credentials.c.account == account))


def _normal(password: str) -> str:
    """The same password from every keyboard (NIST SP 800-63B-4 recommends NFKC before hashing)."""
    return unicodedata.normalize("NFKC", password)


def _verified(stored: str, password: str) -> bool:
    with _AT_ONCE, suppress(Argon2Error, InvalidHashError):
        return _HASHER.verify(stored, password)
    return False
