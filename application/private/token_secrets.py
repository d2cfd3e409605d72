"""The secrets of API tokens: shown once, kept as hashes only, with the last day each was used."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from application.private.store import PrivateStore, api_tokens, put

PREFIX: Final = "piaojue_"
"""So that a secret is recognised where it should not lie: in code, in a log, in a message."""

_BYTES: Final = 32
_DIGITS: Final = len(PREFIX) + 43


def new_secret() -> str:
    """256 random bits behind the prefix."""
    return PREFIX + token_urlsafe(_BYTES)


def keep(store: PrivateStore, token: UUID, secret: str) -> None:
    """From now on the secret opens the token."""
    with store.writing() as connection:
        put(connection, api_tokens, token=token, secret_hash=_hash(secret), used_on=None)


def is_kept(store: PrivateStore, token: UUID) -> bool:
    """Whether the token's secret was shown and opens it."""
    with store.reading() as connection:
        return connection.scalar(select(api_tokens.c.token).where(api_tokens.c.token == token)) is not None


def find(store: PrivateStore, secret: str, today: date) -> UUID | None:
    """The token that the secret opens; notes that it is used today."""
    if len(secret) != _DIGITS or not secret.startswith(PREFIX):
        return None
    mine = api_tokens.c.secret_hash == _hash(secret)
    with store.reading() as connection:
        row = connection.execute(select(api_tokens.c.token, api_tokens.c.used_on).where(mine)).first()
    if row is None:
        return None
    if row.used_on != today:
        with store.writing() as connection:
            unseen = or_(api_tokens.c.used_on.is_(None), api_tokens.c.used_on < today)
            connection.execute(update(api_tokens).where(mine, unseen).values(used_on=today))
    token: UUID = row.token
    return token


def burn(store: PrivateStore, token: UUID) -> None:
    """No secret opens the token any more."""
    with store.writing() as connection:
        connection.execute(delete(api_tokens).where(api_tokens.c.token == token))


def last_used(store: PrivateStore, tokens: Collection[UUID]) -> dict[UUID, date]:
    """The day each of these tokens was last used, without those never used."""
    used = select(api_tokens.c.token, api_tokens.c.used_on).where(
        api_tokens.c.token.in_(tokens), api_tokens.c.used_on.is_not(None)
    )
    with store.reading() as connection:
        return {row.token: row.used_on for row in connection.execute(used)}


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
