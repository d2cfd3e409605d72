"""One-time codes: the sealed secret each device shares with us, and the recovery codes for when it is lost.

RFC 6238 with what every authenticator app expects: SHA-1, six digits, steps of 30 seconds. A code counts one
step early or late, and only once: the step of the last accepted code is kept, none up to it is accepted again
(RFC 6238, section 5.2). A recovery code is 75 random bits (NIST SP 800-63B-4, section 3.1.2.2, asks for 64), kept
as a hash, and works once.
"""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from secrets import randbits
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, insert, select, update

from application.private.store import PrivateStore, put, recovery_codes, second_factors
from application.private.vault import Vault
from domain.shared import code_from, is_code, normal_code

STEP = 30
EARLY_OR_LATE = 1
RECOVERY_CODES = 10
_CODE_DIGITS = 6
_RECOVERY_DIGITS = 15
UNCONFIRMED_FOR = timedelta(minutes=30)
"""How long a secret that was shown may wait for its first code."""


class Proof(StrEnum):
    """By what somebody has shown the second factor."""

    CODE = "code"
    RECOVERY_CODE = "recovery_code"


def make(store: PrivateStore, vault: Vault, account: UUID, now: datetime) -> None:
    """A new secret, to be shown to its owner; any earlier one is forgotten."""
    sealed = vault.seal(account, pyotp.random_base32())
    with store.writing() as connection:
        moment = int(now.timestamp())
        put(connection, second_factors, account=account, secret=sealed, made_at=moment, last_step=0)
        connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))


def waiting_secret(store: PrivateStore, vault: Vault, account: UUID, now: datetime) -> str | None:
    """The secret that waits for its first code, in base32; None when there is none or it has waited too long."""
    with store.reading() as connection:
        row = connection.execute(select(second_factors).where(second_factors.c.account == account)).first()
    if row is None or row.made_at <= now.timestamp() - UNCONFIRMED_FOR.total_seconds():
        return None
    return vault.open(account, row.secret)


def proof(store: PrivateStore, vault: Vault, account: UUID, typed: str, now: datetime) -> Proof | None:
    """What was typed used up, as a code or as a recovery code; None when it is neither.

    Raises SecretUnreadable for a code when the key of the vault is not here.
    """
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    if len(plain) == _CODE_DIGITS and plain.isascii() and plain.isdecimal():
        return Proof.CODE if _uses_step(store, vault, account, plain, now) else None
    return Proof.RECOVERY_CODE if _uses_recovery_code(store, account, typed) else None


def new_recovery_codes(store: PrivateStore, account: UUID) -> list[str]:
    """Ten codes to be printed now; the earlier ones are dead."""
    made = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    with store.writing() as connection:
        connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
        connection.execute(
            insert(recovery_codes), [{"account": account, "code_hash": _hash(account, code)} for code in made]
        )
    return made


def recovery_codes_left(store: PrivateStore, account: UUID) -> int:
    """How many have not been used."""
    counted = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.account == account)
    with store.reading() as connection:
        return connection.scalar(counted) or 0


def forget(store: PrivateStore, account: UUID) -> None:
    """Secret and recovery codes are gone."""
    with store.writing() as connection:
        for table in (second_factors, recovery_codes):
            connection.execute(delete(table).where(table.c.account == account))


def _new_recovery_code() -> str:
    """One whose check symbol is a letter or digit too, for it is typed by hand."""
    while True:
        code = code_from(randbits(_RECOVERY_DIGITS * 5), _RECOVERY_DIGITS)
        if code[-1].isalnum():
            return code


def _uses_step(store: PrivateStore, vault: Vault, account: UUID, code: str, now: datetime) -> bool:
    with store.reading() as connection:
        sealed = connection.scalar(select(second_factors.c.secret).where(second_factors.c.account == account))
    if sealed is None:
        return False
    shown, here = pyotp.TOTP(vault.open(account, sealed)), int(now.timestamp()) // STEP
    around = range(here - EARLY_OR_LATE, here + EARLY_OR_LATE + 1)
    fitting = [step for step in around if compare_digest(shown.at(step * STEP), code)]
    return any(_takes(store, account, step) for step in fitting)


def _takes(store: PrivateStore, account: UUID, step: int) -> bool:
    """Whether the step was still free; of two who show the same code at once one comes in."""
    taken = update(second_factors).where(second_factors.c.account == account, second_factors.c.last_step < step)
    with store.writing() as connection:
        return connection.execute(taken.values(last_step=step)).rowcount == 1


def _uses_recovery_code(store: PrivateStore, account: UUID, typed: str) -> bool:
    code = normal_code(typed)
    if not is_code(code, _RECOVERY_DIGITS):
        return False
    known = (recovery_codes.c.account == account, recovery_codes.c.code_hash == _hash(account, code))
    with store.writing() as connection:
        return connection.execute(delete(recovery_codes).where(*known)).rowcount == 1


def _hash(account: UUID, code: str) -> str:
    return sha256(account.bytes + code.encode()).hexdigest()
