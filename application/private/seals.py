"""Secrets of the installation that every process needs: made once, when the first one asks."""

from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from secrets import token_bytes
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from sqlalchemy import select

from application.private.proposal_tables import seals
from application.private.store import PrivateStore, put_if_new
from domain.shared import CROCKFORD, normal_code

_BYTES = 32
_SIGNED = 16
"""Bytes of a signature: nobody guesses 128 bits in the hours that a form lives."""

_DIGITS = 26
"""Crockford digits for 128 bits."""


class Seals:
    """Signs, hashes and disguises with keys made from the installation's one secret, a key for each purpose."""

    def __init__(self, store: PrivateStore) -> None:
        self._store = store
        self._secret = b""

    def hashed(self, purpose: str, *parts: str) -> str:
        """64 hexadecimal digits that nobody without the secret can make or trace back."""
        return hmac(self._key(purpose), "\0".join(parts).encode(), sha256).hexdigest()

    def signature(self, purpose: str, text: str) -> str:
        """Goes with a text that comes back from outside."""
        return self.hashed(purpose, text)[: 2 * _SIGNED]

    def is_signed(self, purpose: str, text: str, signature: str) -> bool:
        """Whether it is our signature of this text; constant in time."""
        return compare_digest(self.signature(purpose, text).encode(), signature.encode())

    def public_name(self, identity: UUID) -> str:
        """A name for addresses from which nobody can tell the identity, nor the tracking code made from it."""
        number = int.from_bytes(self._block().encryptor().update(identity.bytes), "big")
        digits = ""
        for _ in range(_DIGITS):
            number, rest = divmod(number, 32)
            digits = CROCKFORD[rest] + digits
        return digits.lower()

    def identity_of(self, public_name: str) -> UUID | None:
        """What the name stands for, None for what cannot be one."""
        digits = normal_code(public_name)
        if len(digits) != _DIGITS or any(digit not in CROCKFORD for digit in digits):
            return None
        number = 0
        for digit in digits:
            number = number * 32 + CROCKFORD.index(digit)
        if number >= 1 << 128:
            return None
        return UUID(bytes=self._block().decryptor().update(number.to_bytes(16, "big")))

    def _block(self) -> "Cipher[ECB]":
        """One block is one identity, so the plainest mode is enough."""
        return Cipher(AES(self._key("public names")), ECB())  # noqa: S305  # identities are single blocks, never equal

    def _key(self, purpose: str) -> bytes:
        return hmac(self._secret or self._made(), purpose.encode(), sha256).digest()

    def _made(self) -> bytes:
        """The secret; of processes that make it at once one wins."""
        asked = select(seals.c.secret).where(seals.c.name == "installation")
        with self._store.reading() as connection:
            found = connection.scalar(asked)
        if found is None:
            with self._store.writing() as connection:
                put_if_new(connection, seals, name="installation", secret=token_bytes(_BYTES))
                found = connection.scalar(asked)
        self._secret = bytes(found or b"")
        return self._secret
