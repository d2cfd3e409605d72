"""Photos, scans and documents that facts name: which there are and their keys lie here, and can go.

A fact carries the digest, so that a file cannot be exchanged unnoticed; when the file is erased, the fact stays true
and nothing of the file is left: its key is overwritten wherever it stood, which is less work than for the file. The
bytes lie outside of the database, in a place of their own each (`file_store.py`). Before anything is put there, and
before it is forgotten here, a row says that it may be left over: so whatever is interrupted is swept up later.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes, token_hex
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, delete, select, update

from application.private.file_store import FilesNotAnswering, FileStore
from application.private.proposal_tables import file_keys, files, loose_files
from application.private.store import PrivateStore, put_if_new
from domain.files import Attached, FileType

LEFT_OVER_AFTER: Final = timedelta(hours=1)
"""Nobody takes as long to put a file where it belongs."""

_KEY_BYTES = 32
_PLACE_BYTES = 16
_NONCE = bytes(12)
"""A key seals one file only, so the number may always be the same."""

logger = logging.getLogger(__name__)


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
    """Keeps it under this identity and says what a fact is to carry; the same identity again keeps what was first.

    Raises FilesNotAnswering; then nothing is kept.
    """
    with store.reading() as connection:
        known = _attached(connection, file)
    if known is not None:
        return known
    key = token_bytes(_KEY_BYTES)
    sealed = AESGCM(key).encrypt(_NONCE, upload.content, file.bytes)
    place = placed(store, sealed, now)
    row = {
        "file": file,
        "congress": congress,
        "name": upload.name,
        "type": upload.type.value,
        "size": len(upload.content),
        "digest": sha256(upload.content).hexdigest(),
        "sealed": b"" if place else sealed,
        "place": place,
        "kept_at": int(now.timestamp()),
    }
    with store.writing() as connection:
        if _belongs(connection, place) and put_if_new(connection, files, **row):
            put_if_new(connection, file_keys, file=file, key=key)
        else:
            _may_be_left(connection, place, since=0)
        known = _attached(connection, file)
    if known is None:
        raise FilesNotAnswering(reason="timeout")
    return known


def file_at(store: PrivateStore, file: UUID) -> KeptFile | None:
    """The file, None when it was erased or never kept. Raises FilesNotAnswering."""
    asked = select(files, file_keys.c.key).join(file_keys, file_keys.c.file == files.c.file).where(files.c.file == file)
    with store.reading() as connection:
        row = connection.execute(asked).first()
    content = opened(store.files, row) if row is not None else None
    if row is None or content is None:
        return None
    return KeptFile(file=file, congress=row.congress, name=row.name, type=FileType(row.type), content=content)


def opened(kept: FileStore | None, row: "Row[Any]") -> bytes | None:
    """What is in the file of a row that has its key beside; None where nothing of it is left."""
    sealed = kept.get(row.place) if row.place and kept else row.sealed
    if sealed is None:
        logger.warning("the content of file %s is not where it belongs; see piaojue doctor", row.file)
        return None
    try:
        return AESGCM(row.key).decrypt(_NONCE, sealed, row.file.bytes)
    except InvalidTag:
        return None


def erase_file(store: PrivateStore, file: UUID) -> None:
    """Deletes the file and overwrites its key; what was erased before stays erased.

    Where the bytes cannot be reached now they are noise already, and are swept up later.
    """
    with store.writing() as connection:
        place = connection.scalar(select(files.c.place).where(files.c.file == file))
        connection.execute(delete(file_keys).where(file_keys.c.file == file))
        connection.execute(delete(files).where(files.c.file == file))
        _may_be_left(connection, place, since=0)
    store.wipe(file_keys)
    if place:
        with suppress(FilesNotAnswering):
            _clear(store, place)


def sweep(store: PrivateStore, now: datetime) -> None:
    """Takes away what interrupted commands have left where files lie. Raises FilesNotAnswering."""
    old = loose_files.c.since <= int((now - LEFT_OVER_AFTER).timestamp())
    with store.reading() as connection:
        left = connection.scalars(select(loose_files.c.place).where(old).order_by(loose_files.c.place)).all()
    for place in left:
        _clear(store, place)


def move_out(store: PrivateStore, now: datetime, most: int | None = None) -> int:
    """Brings files that earlier releases kept in the table to where files lie; returns how many.

    May run beside everything else, and again after an interruption. Raises FilesNotAnswering.
    """
    moved = 0
    for file in _in_the_table(store, most) if store.files else ():
        with store.reading() as connection:
            sealed = connection.scalar(select(files.c.sealed).where(files.c.file == file, files.c.place.is_(None)))
        if not sealed:
            continue
        place = placed(store, sealed, now)
        still_here = update(files).where(files.c.file == file, files.c.place.is_(None))
        with store.writing() as connection:
            if _belongs(connection, place) and connection.execute(still_here.values(place=place, sealed=b"")).rowcount:
                moved += 1
            else:
                _may_be_left(connection, place, since=0)
    return moved


def in_the_table(connection: Connection) -> int:
    """How many files still lie in the database."""
    return len(connection.scalars(select(files.c.file).where(files.c.place.is_(None), files.c.sealed != b"")).all())


def placed(store: PrivateStore, sealed: bytes, now: datetime) -> str | None:
    """Puts the bytes where files lie and says where, to be written into their row; None where the table is the place.

    Raises FilesNotAnswering.
    """
    if store.files is None:
        return None
    place = token_hex(_PLACE_BYTES)
    with store.writing() as connection:
        _may_be_left(connection, place, since=int(now.timestamp()))
    store.files.put(place, sealed)
    return place


def _attached(connection: Connection, file: UUID) -> Attached | None:
    row = connection.execute(select(files).where(files.c.file == file)).first()
    if row is None:
        return None
    return Attached(file=file, name=row.name, type=FileType(row.type), size=row.size, digest=row.digest)


def _belongs(connection: Connection, place: str | None) -> bool:
    """From now on a row names the place; False where it was swept up meanwhile."""
    return place is None or bool(connection.execute(delete(loose_files).where(loose_files.c.place == place)).rowcount)


def _may_be_left(connection: Connection, place: str | None, *, since: int) -> None:
    if place:
        put_if_new(connection, loose_files, place=place, since=since)


def _clear(store: PrivateStore, place: str) -> None:
    if store.files is not None:
        store.files.remove(place)
        with store.writing() as connection:
            connection.execute(delete(loose_files).where(loose_files.c.place == place))


def _in_the_table(store: PrivateStore, most: int | None) -> Iterator[UUID]:
    asked = select(files.c.file).where(files.c.place.is_(None), files.c.sealed != b"").order_by(files.c.file)
    with store.reading() as connection:
        found = connection.scalars(asked.limit(most)).all()
    yield from found
