"""The vault: what has to be read back, such as the secrets of second factors, sealed with a key kept elsewhere.

Protects against whoever gets hold of a database, a dump or a backup: without the key they hold noise. Does not
protect against whoever commands the running computer. The key is 32 random bytes, either a setting or the file
`second-factor.key` in the data folder, made when it is first needed and readable by its owner alone. It is in no
backup of ours, so that a lost backup gives nothing away: keep a copy of the file apart. Where it is lost, second
factors cannot be read any more; recovery codes still work, and an administrator can reset each account's.
"""

from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.private.made_once import made_once
from domain.shared import Refused

KEY_FILE = "second-factor.key"
_KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(eq=False)
class SecretUnreadable(Refused):
    """It was sealed with a key that is not here, or for another account."""


class Vault:
    """Seals and opens (AES-256-GCM, bound to the account); looks for the key only when something is in it."""

    def __init__(self, folder: Path, key: str = "") -> None:
        self._file = folder / KEY_FILE
        self._given = bytes.fromhex(key)

    def seal(self, account: UUID, secret: str) -> bytes:
        """Makes the key if there is none yet."""
        nonce = token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._given or self._made()).encrypt(nonce, secret.encode(), account.bytes)

    def open(self, account: UUID, sealed: bytes) -> str:
        """Raises SecretUnreadable."""
        try:
            key = AESGCM(self._given or self._file.read_bytes())
            return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], account.bytes).decode()
        except (InvalidTag, OSError, ValueError):
            raise SecretUnreadable from None

    def _made(self) -> bytes:
        """The key of the file."""
        return made_once(self._file, lambda: token_bytes(_KEY_BYTES))
