"""Who is signed in: random tokens, of which only hashes are stored, that end by themselves and can be ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid5

from sqlalchemy import Connection, delete, insert, or_, select, update

from application.private.store import PrivateStore, devices, preferences, put, sign_ins

_SIGN_INS = UUID("6b0c3f5e-7d51-5c0a-9f43-1d1f0a5f7e20")
_NOTED_EVERY = 60
"""Seconds between two writes of when a sign-in was last used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endurance:
    """How long a sign-in lasts without a request, and in any case."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingSignIn:
    """One browser that is signed in. `device` says what kind it was when it signed in, never where it is."""

    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def begin(store: PrivateStore, account: UUID, now: datetime, device: str = "") -> str:
    """The token of a new sign-in, never one that the browser brought along."""
    token = token_urlsafe(32)
    moment = int(now.timestamp())
    with store.writing() as connection:
        connection.execute(
            insert(sign_ins).values(token_hash=_hash(token), account=account, started_at=moment, seen_at=moment)
        )
        connection.execute(insert(devices).values(token_hash=_hash(token), device=device))
    return token


def account_of(
    store: PrivateStore, token: str, now: datetime, endurance: Endurance, *, used: bool = True
) -> UUID | None:
    """Whose sign-in the token is, None when it has ended.

    `used`: somebody did something, so it lasts on. A page that looks for news by itself is no use.
    """
    moment = now.timestamp()
    with store.reading() as connection:
        row = connection.execute(select(sign_ins).where(sign_ins.c.token_hash == _hash(token))).first()
    if row is None or moment >= row.seen_at + endurance.idle.total_seconds():
        return None
    if moment >= row.started_at + endurance.longest.total_seconds():
        return None
    if used and moment >= row.seen_at + _NOTED_EVERY:
        with store.writing() as connection:
            seen = update(sign_ins).where(sign_ins.c.token_hash == row.token_hash).values(seen_at=int(moment))
            connection.execute(seen)
    account: UUID = row.account
    return account


def living(
    store: PrivateStore, account: UUID, now: datetime, endurance: Endurance, token: str = ""
) -> list[LivingSignIn]:
    """The account's sign-ins that have not ended, the last used first; `token` is the one that asks."""
    moment = now.timestamp()
    asked = (
        select(sign_ins, devices.c.device)
        .outerjoin(devices, devices.c.token_hash == sign_ins.c.token_hash)
        .where(
            sign_ins.c.account == account,
            sign_ins.c.seen_at > moment - endurance.idle.total_seconds(),
            sign_ins.c.started_at > moment - endurance.longest.total_seconds(),
        )
    )
    with store.reading() as connection:
        rows = connection.execute(asked.order_by(sign_ins.c.seen_at.desc(), sign_ins.c.token_hash)).all()
    return [
        LivingSignIn(
            id=_id_of(row.token_hash),
            device=row.device or "",
            started_at=datetime.fromtimestamp(row.started_at, now.tzinfo),
            seen_at=datetime.fromtimestamp(row.seen_at, now.tzinfo),
            is_this=row.token_hash == _hash(token),
        )
        for row in rows
    ]


def end(store: PrivateStore, token: str) -> None:
    """Signs the browser out that holds the token."""
    with store.writing() as connection:
        connection.execute(delete(sign_ins).where(sign_ins.c.token_hash == _hash(token)))
        _forget_devices(connection)


def end_one(store: PrivateStore, account: UUID, sign_in: UUID) -> bool:
    """Signs one browser of the account out; whether it was signed in."""
    with store.writing() as connection:
        hashes = connection.scalars(select(sign_ins.c.token_hash).where(sign_ins.c.account == account)).all()
        meant = [token_hash for token_hash in hashes if _id_of(token_hash) == sign_in]
        connection.execute(delete(sign_ins).where(sign_ins.c.token_hash.in_(meant)))
        _forget_devices(connection)
    return bool(meant)


def end_all(store: PrivateStore, account: UUID, *, but: str | None = None) -> None:
    """Every browser of the account signs out, except the one that holds the token `but`."""
    ending = delete(sign_ins).where(sign_ins.c.account == account)
    if but is not None:
        ending = ending.where(sign_ins.c.token_hash != _hash(but))
    with store.writing() as connection:
        connection.execute(ending)
        _forget_devices(connection)


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
        _forget_devices(connection)


def language_of(store: PrivateStore, account: UUID) -> str | None:
    """The language the person chose, if any."""
    with store.reading() as connection:
        return connection.scalar(select(preferences.c.language).where(preferences.c.account == account))


def choose_language(store: PrivateStore, account: UUID, language: str) -> None:
    """Remembers the language for the next sign-in on any device."""
    with store.writing() as connection:
        put(connection, preferences, account=account, language=language)


def _forget_devices(connection: Connection) -> None:
    connection.execute(delete(devices).where(devices.c.token_hash.not_in(select(sign_ins.c.token_hash))))


def _id_of(token_hash: str) -> UUID:
    """What a sign-in is called in forms: nothing that could be used as its token."""
    return uuid5(_SIGN_INS, token_hash)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
