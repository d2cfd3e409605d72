"""The key that signs checkpoints: Ed25519, in the form of Go's `note` package, in a setting or in the data folder.

The file `checkpoint.key` is made when it is first needed, readable by its owner alone. It is in no backup of ours: who
held a lost backup could sign a false history. Where it is lost, checkpoints are signed by a new key from then on, and
the earlier ones are still checked with the former verification key, which is public.
"""

import hashlib
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from application.private.made_once import made_once
from domain.checkpoints.checkpoint import Algorithm, origin_of
from domain.checkpoints.note import ED25519, KEY_BYTES, KeyUnreadable, Signature, SignedNote, VerifierKey, require_name
from domain.checkpoints.spelling import base64_of, bytes_of

KEY_FILE: Final = "checkpoint.key"
_WORDS: Final = "PRIVATE+KEY"


class CheckpointKey:
    """A private key and the name that it signs under."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self.name = name
        self._private = private

    @classmethod
    def new(cls, name: str) -> "CheckpointKey":
        """A fresh one. Raises KeyUnreadable for a name that no key can have."""
        require_name(name)
        return cls(name, Ed25519PrivateKey.generate())

    def verifier(self, algorithm: Algorithm = Algorithm.SHA256) -> VerifierKey:
        """What others check the checkpoints of a tree with."""
        return VerifierKey(name=origin_of(self.name, algorithm), public=self._private.public_key().public_bytes_raw())

    def sign(self, text: str, algorithm: Algorithm) -> SignedNote:
        """The text with our signature below it."""
        key = self.verifier(algorithm)
        signature = Signature(name=key.name, key_id=key.id, signature=self._private.sign(text.encode()))
        return SignedNote(text=text, signatures=(signature,))

    def written(self) -> str:
        """The private key as text."""
        secret = base64_of(bytes([ED25519]) + self._private.private_bytes_raw())
        return f"{_WORDS}+{self.name}+{self.verifier().id.hex()}+{secret}"


def read_private_key(text: str) -> CheckpointKey:
    """Raises KeyUnreadable, whose words hold nothing of the key."""
    if not text.strip().startswith(f"{_WORDS}+"):
        raise KeyUnreadable(reason="form")
    name, _, rest = text.strip().removeprefix(f"{_WORDS}+").partition("+")
    key_id, _, encoded = rest.partition("+")
    require_name(name)
    try:
        content = bytes_of(encoded)
    except ValueError:
        raise KeyUnreadable(reason="base64") from None
    if len(content) != 1 + KEY_BYTES or content[0] != ED25519:
        raise KeyUnreadable(reason="type")
    key = CheckpointKey(name, Ed25519PrivateKey.from_private_bytes(content[1:]))
    if key.verifier().id.hex() != key_id:
        raise KeyUnreadable(reason="id")
    return key


class KeyPlace:
    """Where the key is: given by a setting, or in the data folder."""

    def __init__(self, folder: Path, name: str, given: str = "") -> None:
        self.file = folder / KEY_FILE
        self._name = name
        self._given = given

    def key(self) -> CheckpointKey:
        """Made if there is none yet. Raises KeyUnreadable or OSError."""
        return read_private_key(self._given or made_once(self.file, self._fresh).decode("utf-8", "replace"))

    def known(self) -> CheckpointKey | None:
        """The key if there is one; none is made. Raises KeyUnreadable or OSError."""
        if self._given:
            return read_private_key(self._given)
        return read_private_key(self.file.read_text(encoding="utf-8", errors="replace")) if self.file.exists() else None

    def _fresh(self) -> bytes:
        return f"{CheckpointKey.new(self._name).written()}\n".encode()


def verify(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether an Ed25519 signature is right."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: VerifierKey) -> str:
    """SHA-256 of the public key in hex, to be compared aloud."""
    return hashlib.sha256(key.public).hexdigest()
