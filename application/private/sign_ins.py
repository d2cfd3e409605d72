"""Who is signed in: random tokens, of which only hashes are stored, that end by themselves and can be ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update

from application.private.store import PrivateStore, preferences, put, sign_ins

_NOTED_EVERY = 60
"""Seconds between two writes of when a sign-in was last used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endurance:
    """How long a sign-in lasts without a request, and in any case."""

    idle: timedelta
    longest: timedelta


def begin(store: PrivateStore, account: UUID, now: datetime) -> str:
    """The token of a new sign-in, never one that the browser brought along."""
    token = token_urlsafe(32)
    moment = int(now.timestamp())
    with store.writing() as connection:
        connection.execute(
            insert(sign_ins).values(token_hash=_hash(token), account=account, started_at=moment, seen_at=moment)
        )
    return token


def account_of(store: PrivateStore, token: str, now: datetime, endurance: Endurance) -> UUID | None:
    """Whose sign-in the token is, None when it has ended."""
    moment = now.timestamp()
    with store.reading() as connection:
        row = connection.execute(select(sign_ins).where(sign_ins.c.token_hash == _hash(token))).first()
    if row is None or moment >= row.seen_at + endurance.idle.total_seconds():
        return None
    if moment >= row.started_at + endurance.longest.total_seconds():
        return None
    if moment >= row.seen_at + _NOTED_EVERY:
        with store.writing() as connection:
            seen = update(sign_ins).where(sign_ins.c.token_hash == row.token_hash).values(seen_at=int(moment))
            connection.execute(seen)
    account: UUID = row.account
    return account


def end(store: PrivateStore, token: str) -> None:
    """Signs the browser out that holds the token."""
    with store.writing() as connection:
        connection.execute(delete(sign_ins).where(sign_ins.c.token_hash == _hash(token)))


def end_all(store: PrivateStore, account: UUID, *, but: str | None = None) -> None:
    """Every browser of the account signs out, except the one that holds the token `but`."""
    ending = delete(sign_ins).where(sign_ins.c.account == account)
    if but is not None:
        ending = ending.where(sign_ins.c.token_hash != _hash(but))
    with store.writing() as connection:
        connection.execute(ending)


def sweep(store: PrivateStore, now: datetime, endurance: Endurance) -> None:
    """Removes what has ended."""
    moment = now.timestamp()
    with store.writing() as connection:
        connection.execute(
            delete(sign_ins).where(
                or_(
                    sign_ins.c.seen_at < moment - endurance.idle.total_seconds(),
                    sign_ins.c.started_at < moment - endurance.longest.total_seconds(),
                )
            )
        )


def language_of(store: PrivateStore, account: UUID) -> str | None:
    """The language the person chose, if any."""
    with store.reading() as connection:
        return connection.scalar(select(preferences.c.language).where(preferences.c.account == account))


def choose_language(store: PrivateStore, account: UUID, language: str) -> None:
    """Remembers the language for the next sign-in on any device."""
    with store.writing() as connection:
        put(connection, preferences, account=account, language=language)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
