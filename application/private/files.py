"""Photos, scans and documents that facts name: their bytes lie here, each sealed with a key of its own, and can go.

A fact carries the digest, so that a file cannot be exchanged unnoticed; when the file is erased, the fact stays true
and nothing of the file is left: its key is overwritten wherever it stood, which is less work than for the file.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select

from application.private.proposal_tables import file_keys, files
from application.private.store import PrivateStore, put_if_new
from domain.files import Attached, FileType

_KEY_BYTES = 32
_NONCE = bytes(12)
"""A key seals one file only, so the number may always be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was looked through and made harmless at the edge."""

    name: str
    type: FileType
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it is handed out."""

    file: UUID
    congress: UUID
    name: str
    type: FileType
    content: bytes


def keep_file(store: PrivateStore, congress: UUID, upload: Upload, now: datetime, file: UUID) -> Attached:
    """Keeps it under this identity and says what a fact is to carry; the same identity again keeps what was first."""
    key = token_bytes(_KEY_BYTES)
    attached = Attached(
        file=file,
        name=upload.name,
        type=upload.type,
        size=len(upload.content),
        digest=sha256(upload.content).hexdigest(),
    )
    with store.writing() as connection:
        known = connection.execute(
            select(files.c.name, files.c.type, files.c.size, files.c.digest).where(files.c.file == file)
        ).first()
        if known is not None:
            return Attached(file=file, name=known.name, type=FileType(known.type), size=known.size, digest=known.digest)
        put_if_new(
            connection,
            files,
            file=file,
            congress=congress,
            name=attached.name,
            type=attached.type.value,
            size=attached.size,
            digest=attached.digest,
            sealed=AESGCM(key).encrypt(_NONCE, upload.content, file.bytes),
            kept_at=int(now.timestamp()),
        )
        put_if_new(connection, file_keys, file=file, key=key)
    return attached


def file_at(store: PrivateStore, file: UUID) -> KeptFile | None:
    """The file, None when it was erased or never kept."""
    asked = (
        select(files.c.congress, files.c.name, files.c.type, files.c.sealed, file_keys.c.key)
        .join(file_keys, file_keys.c.file == files.c.file)
        .where(files.c.file == file)
    )
    with store.reading() as connection:
        row = connection.execute(asked).first()
    if row is None:
        return None
    try:
        content = AESGCM(row.key).decrypt(_NONCE, row.sealed, file.bytes)
    except InvalidTag:
        return None
    return KeptFile(file=file, congress=row.congress, name=row.name, type=FileType(row.type), content=content)


def erase_file(store: PrivateStore, file: UUID) -> None:
    """Deletes the file and overwrites its key; what was erased before stays erased."""
    with store.writing() as connection:
        connection.execute(delete(file_keys).where(file_keys.c.file == file))
        connection.execute(delete(files).where(files.c.file == file))
    store.wipe(file_keys)
