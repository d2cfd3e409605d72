"""What an outside provider calls the owners of accounts, and the steps of those who are on their way from it.

A subject may be a personal number, so it is kept here, where it can be erased, and in no fact. A step binds the
provider's answer to the browser that asked: it is found by the state of the address together with what that
browser alone holds, it is taken away when it is used, and it lasts ten minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from application.private.store import PrivateStore, identities, identity_steps, put
from domain.accounts.identity import IdentityTaken

STEP_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityStep:
    """Somebody was sent to the provider: `state` goes along, `browser` stays here, the rest proves the answer."""

    state: str
    browser: str
    nonce: str
    verifier: str
    leads_to: str


def link(store: PrivateStore, account: UUID, issuer: str, subject: str) -> None:
    """From now on this subject is the account's owner. Raises IdentityTaken."""
    try:
        with store.writing() as connection:
            put(connection, identities, account=account, issuer=issuer, subject=subject)
    except IntegrityError:
        raise IdentityTaken from None


def unlink(store: PrivateStore, account: UUID) -> None:
    """Nobody of any provider is the account's owner any more."""
    with store.writing() as connection:
        connection.execute(delete(identities).where(identities.c.account == account))


def account_of(store: PrivateStore, issuer: str, subject: str) -> UUID | None:
    """Whose account it is, exactly as the provider writes it."""
    known = (identities.c.issuer == issuer, identities.c.subject == subject)
    with store.reading() as connection:
        found: UUID | None = connection.scalar(select(identities.c.account).where(*known))
    return found


def subject_of(store: PrivateStore, issuer: str, account: UUID) -> str:
    """What the provider calls the account's owner, empty where it is not linked."""
    known = (identities.c.issuer == issuer, identities.c.account == account)
    with store.reading() as connection:
        return connection.scalar(select(identities.c.subject).where(*known)) or ""


def begin_step(store: PrivateStore, leads_to: str, now: datetime) -> IdentityStep:
    """Everything about it is random; steps that were never finished are forgotten."""
    step = IdentityStep(
        state=token_urlsafe(32),
        browser=token_urlsafe(32),
        nonce=token_urlsafe(32),
        verifier=token_urlsafe(48),
        leads_to=leads_to,
    )
    with store.writing() as connection:
        connection.execute(delete(identity_steps).where(identity_steps.c.until <= int(now.timestamp())))
        connection.execute(
            insert(identity_steps).values(
                state_hash=_hash(step.state),
                browser_hash=_hash(step.browser),
                nonce=step.nonce,
                verifier=step.verifier,
                leads_to=leads_to,
                until=int((now + STEP_LASTS).timestamp()),
            )
        )
    return step


def take_step(store: PrivateStore, state: str, browser: str, now: datetime) -> IdentityStep | None:
    """The step, once and for the browser that began it; None for any other."""
    known = (identity_steps.c.state_hash == _hash(state), identity_steps.c.browser_hash == _hash(browser))
    with store.writing() as connection:
        row = connection.execute(select(identity_steps).where(*known)).first()
        if row is None or connection.execute(delete(identity_steps).where(*known)).rowcount == 0:
            return None
    if row.until <= now.timestamp():
        return None
    return IdentityStep(state=state, browser=browser, nonce=row.nonce, verifier=row.verifier, leads_to=row.leads_to)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
