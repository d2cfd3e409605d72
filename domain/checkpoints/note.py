"""Signed notes (c2sp.org/signed-note): a text, an empty line, and lines with signatures over the text.

Whether a signature is right is asked of a function that the caller brings; a signature by a key that is not known is
passed over, one by a known key that is wrong spoils the whole note.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.checkpoints.spelling import base64_of, bytes_of
from domain.shared import Refused

ED25519: Final = 1
"""The signature type of the specification."""

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
MOST_SIGNATURES: Final = 16
MOST_BYTES: Final = 64 * 1024

_ID_BYTES: Final = 4
_DASH: Final = "— "
_NAME: Final = re.compile(r"[^\s+]+")

Verify = Callable[[bytes, bytes, bytes], bool]
"""From public key, signature and text: whether the signature is right."""


@dataclass(eq=False)
class NoteUnreadable(Refused):
    """Not a signed note: "utf8", "control", "blank_line", "signatures", "signature_line", "base64" or "too_long"."""

    reason: str


@dataclass(eq=False)
class NotSigned(Refused):
    """`reason` is "unknown_key" (by nobody whose key is known) or "wrong" (one such signature does not fit)."""

    reason: str
    name: str = ""


@dataclass(eq=False)
class KeyUnreadable(Refused):
    """Not a key as it is written in signed notes: "form", "name", "base64", "type" or "id"."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public Ed25519 key and the name it signs under."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([ED25519]) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """`name+id+base64`, as Go's `note` package and others read it."""
        return f"{self.name}+{self.id.hex()}+{base64_of(bytes([ED25519]) + self.public)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who says to have signed, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        """Its line, without the end."""
        return f"{_DASH}{self.name} {base64_of(self.key_id + self.signature)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedNote:
    """A text that ends with a line's end, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """The note as it is written."""
        return f"{self.text}\n" + "".join(f"{signature}\n" for signature in self.signatures)


def read_key(text: str) -> VerifierKey:
    """A verification key. Raises KeyUnreadable."""
    name, plus, rest = text.strip().partition("+")
    key_id, second, encoded = rest.partition("+")
    if not plus or not second:
        raise KeyUnreadable(reason="form")
    require_name(name)
    try:
        content = bytes_of(encoded)
    except ValueError:
        raise KeyUnreadable(reason="base64") from None
    if len(content) != 1 + KEY_BYTES or content[0] != ED25519:
        raise KeyUnreadable(reason="type")
    key = VerifierKey(name=name, public=content[1:])
    if key.id.hex() != key_id:
        raise KeyUnreadable(reason="id")
    return key


def require_name(name: str) -> None:
    """Neither spaces nor plus signs. Raises KeyUnreadable."""
    if not _NAME.fullmatch(name) or not name.isprintable():
        raise KeyUnreadable(reason="name")


def read_note(content: bytes) -> SignedNote:
    """A signed note. Raises NoteUnreadable."""
    if len(content) > MOST_BYTES:
        raise NoteUnreadable(reason="too_long")
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteUnreadable(reason="utf8") from None
    if any(character < " " and character != "\n" for character in written):
        raise NoteUnreadable(reason="control")
    text, blank, below = written.rpartition("\n\n")
    if not blank:
        raise NoteUnreadable(reason="blank_line")
    lines = below.removesuffix("\n").split("\n")
    if not below.endswith("\n") or len(lines) > MOST_SIGNATURES:
        raise NoteUnreadable(reason="signatures")
    return SignedNote(text=f"{text}\n", signatures=tuple(map(_signature, lines)))


def require_signed(note: SignedNote, keys: Sequence[VerifierKey], verify: Verify) -> VerifierKey:
    """The key that signed, of those that are known. Raises NotSigned."""
    known = {(key.name, key.id): key for key in keys}
    signed_by = None
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not verify(key.public, signature.signature, note.text.encode()):
            raise NotSigned(reason="wrong", name=key.name)
        signed_by = signed_by or key
    if signed_by is None:
        raise NotSigned(reason="unknown_key", name=note.signatures[0].name)
    return signed_by


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not _NAME.fullmatch(name):
        raise NoteUnreadable(reason="signature_line")
    try:
        content = bytes_of(encoded)
    except ValueError:
        raise NoteUnreadable(reason="base64") from None
    if len(content) <= _ID_BYTES:
        raise NoteUnreadable(reason="signature_line")
    return Signature(name=name, key_id=content[:_ID_BYTES], signature=content[_ID_BYTES:])
