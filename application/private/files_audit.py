"""Whether every kept file is still what it was when a fact named it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from application.history.history import History
from application.private.files import opened
from application.private.proposal_tables import file_keys, files, loose_files
from application.private.store import PrivateStore

SEALING_ADDS = 16
"""Bytes that sealing adds to a file."""
_BATCH: Final = 1000
"""Facts read at once."""


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


def digests_told(history: History) -> dict[UUID, str]:
    """The digest of every file that a fact names: whoever has the private store in hand cannot change it there.

    Facts are read as they are stored; one that cannot be read any more is for the audit of the facts to name.
    """
    found: dict[UUID, str] = {}

    def note(told: dict[str, Any]) -> dict[str, Any]:
        if isinstance(told.get("file"), str) and isinstance(told.get("digest"), str):
            found[UUID(told["file"])] = told["digest"]
        return told

    after = 0
    while notices := history.recorder.select_notifications(after, _BATCH, inclusive_of_start=False):
        for notice in notices:
            if b'"digest"' in notice.state:
                with suppress(ValueError):
                    json.loads(notice.state, object_hook=note)
        after = notices[-1].id
    return found


def audit_files(
    store: PrivateStore,
    told: Mapping[UUID, str] = MappingProxyType({}),
    passed: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[FaultyFile]:
    """Reads every file and compares it with the digest kept beside it and with the one `told` by a fact.

    Raises FilesNotAnswering.
    """
    with store.reading() as connection:
        asked = connection.scalars(select(files.c.file).order_by(files.c.file)).all()
    return list(_faults(store, asked, told, passed))


def _faults(
    store: PrivateStore, asked: Sequence[UUID], told: Mapping[UUID, str], passed: Callable[[int, int], None]
) -> Iterator[FaultyFile]:
    for number, file in enumerate(asked, 1):
        fault = _fault_of(store, file, told.get(file))
        if fault is not None:
            yield FaultyFile(file=file, fault=fault)
        passed(number, len(asked))


def _fault_of(store: PrivateStore, file: UUID, told: str | None) -> FileFault | None:
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
    digest = None if content is None else sha256(content).hexdigest()
    return None if digest == row.digest == (told or digest) else FileFault.CHANGED
