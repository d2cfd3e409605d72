"""Which devices have supported which proposal: one keyed hash of both a row, which names neither, until it expires."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from application.private.proposal_tables import supporters
from application.private.store import PrivateStore, put_if_new

REMEMBERED_FOR = timedelta(days=400)
"""Longer than a year's call and deliberation."""


def count_once(store: PrivateStore, device_hash: str, now: datetime) -> bool:
    """Notes the device; False when it was noted before."""
    until = int((now + REMEMBERED_FOR).timestamp())
    with store.writing() as connection:
        return put_if_new(connection, supporters, device_hash=device_hash, until=until)


def has_supported(store: PrivateStore, device_hashes: set[str]) -> set[str]:
    """Those that are noted."""
    asked = select(supporters.c.device_hash).where(supporters.c.device_hash.in_(device_hashes))
    with store.reading() as connection:
        return set(connection.scalars(asked))


def take_back(store: PrivateStore, device_hash: str) -> None:
    """The voice was not recorded after all."""
    with store.writing() as connection:
        connection.execute(delete(supporters).where(supporters.c.device_hash == device_hash))


def sweep(store: PrivateStore, now: datetime) -> None:
    """Forgets what has expired."""
    with store.writing() as connection:
        connection.execute(delete(supporters).where(supporters.c.until < int(now.timestamp())))
