"""Whether every kept file is still what it was when a fact named it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from application.private.files import opened
from application.private.proposal_tables import file_keys, files, loose_files
from application.private.store import PrivateStore

SEALING_ADDS = 16
"""Bytes that sealing adds to a file."""


class FileFault(StrEnum):
    """What is wrong with a file."""

    GONE = "gone"
    """Nothing lies where its bytes belong."""
    CHANGED = "changed"
    """What lies there is not what was kept."""
    NO_KEY = "no_key"
    """It is not erased, and still nobody can read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyFile:
    """A file that is not what it was. Its name is not told: it may be somebody's."""

    file: UUID
    fault: FileFault


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesSeen:
    """What lies where files lie."""

    kept: int
    bytes: int
    in_the_table: int
    """Files that earlier releases kept in the database."""
    gone: tuple[UUID, ...]
    """Files whose bytes are missing or of another size."""
    strangers: int
    """Places that no row names, e.g. from before a restore into the same place."""


def look_at_places(store: PrivateStore) -> PlacesSeen:
    """By the list of places alone; nothing is read. Raises FilesNotAnswering."""
    listed = dict(store.files.listed()) if store.files else {}
    with store.reading() as connection:
        rows = connection.execute(select(files.c.file, files.c.size, files.c.place).order_by(files.c.file)).all()
        known = {row.place for row in rows} | set(connection.scalars(select(loose_files.c.place)))
    outside = [row for row in rows if row.place]
    return PlacesSeen(
        kept=len(rows),
        bytes=sum(row.size for row in rows),
        in_the_table=len(rows) - len(outside),
        gone=tuple(row.file for row in outside if listed.get(row.place) != row.size + SEALING_ADDS),
        strangers=len(listed.keys() - known),
    )


def audit_files(store: PrivateStore, passed: Callable[[int, int], None] = lambda _done, _of: None) -> list[FaultyFile]:
    """Reads every file and compares it with the digest that its fact carries too. Raises FilesNotAnswering."""
    with store.reading() as connection:
        asked = connection.scalars(select(files.c.file).order_by(files.c.file)).all()
    return list(_faults(store, asked, passed))


def _faults(store: PrivateStore, asked: Sequence[UUID], passed: Callable[[int, int], None]) -> Iterator[FaultyFile]:
    for number, file in enumerate(asked, 1):
        fault = _fault_of(store, file)
        if fault is not None:
            yield FaultyFile(file=file, fault=fault)
        passed(number, len(asked))


def _fault_of(store: PrivateStore, file: UUID) -> FileFault | None:
    joined = files.outerjoin(file_keys, file_keys.c.file == files.c.file)
    with store.reading() as connection:
        row = connection.execute(select(files, file_keys.c.key).select_from(joined).where(files.c.file == file)).first()
    if row is None:  # erased meanwhile
        return None
    if row.key is None:
        return FileFault.NO_KEY
    if row.place and store.files and store.files.get(row.place) is None:
        return FileFault.GONE
    content = opened(store.files, row)
    return None if content is not None and sha256(content).hexdigest() == row.digest else FileFault.CHANGED
