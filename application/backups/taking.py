"""Takes a backup of an installation that goes on working."""

import os
import shutil
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from typing import IO, Final

from application.backups import private_rows
from application.backups.archive import BOX, HISTORY, PRIVATE, Backup, Manifest, opened, write_manifest, write_part
from application.history.transfer import Snapshot, box_lines, check_box, check_history, history_lines, snapshot
from application.history.transfer_box_format import BoxTally
from application.history.transfer_format import Tally
from application.private.store import PrivateStore
from application.release import RELEASE
from domain.shared import Refused

SPARE: Final = 32 * 1024 * 1024
"""Bytes that must stay free on the disk."""

Told = Callable[[str, int, int], None]
"""Takes what is being done ("write" or "verify"), how many facts have passed, and of how many."""


@dataclass(eq=False)
class BackupExists(Refused):
    """There is a file of this name; a backup never takes another one's place."""

    name: str


@dataclass(eq=False)
class NoRoom(Refused):
    """The disk has not enough free space, in megabytes."""

    needed: int
    free: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A backup that was written and read back."""

    manifest: Manifest
    bytes: int
    sha256: str
    lost: int = 0
    """Files whose bytes were not where they belong: the backup has all about them but those."""


def nobody_listens(_doing: str, _done: int, _of: int) -> None:
    """Who takes a backup without telling anybody how it goes on."""


def take(
    database_url: str,
    private: PrivateStore,
    file: Path,
    at: datetime,
    told: Told = nobody_listens,
    *,
    while_voting: bool = True,
) -> Taken:
    """Writes under another name, reads everything back, and only then gives the file its name.

    `while_voting` is for whoever commands the database anyway; for others an open box with ballots is a refusal.
    Raises BackupExists, VotingGoesOn, NoRoom, NotAnswering, FilesNotAnswering, OSError, or BrokenFile for a row that
    cannot be read back.
    """
    if file.exists():
        raise BackupExists(name=str(file))
    draft = file.with_name(f".{file.name}.{token_hex(4)}.part")
    try:
        with _readable_by_us(draft) as written:
            manifest, lost = _write(written, file.parent, database_url, private, at, told, while_voting=while_voting)
        verify(draft, told)
        taken = replace(_measured(draft, manifest), lost=lost)
        if file.exists():
            raise BackupExists(name=str(file))
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    _flush(file.parent)
    return taken


def verify(file: Path | IO[bytes], told: Told = nobody_listens) -> Manifest:
    """Reads a whole backup: every digest, every fact, every ballot. Raises BrokenBackup, BrokenFile or OSError."""
    with opened(file) as backup:
        check(backup, told)
        return backup.manifest


def check(backup: Backup, told: Told = nobody_listens) -> None:
    """The parts of an open backup. Raises BrokenBackup or BrokenFile."""
    tally = Tally()
    with backup.lines(BOX) as lines:
        check_box(lines)
    with backup.lines(HISTORY) as lines:
        check_history(watched(lines, "verify", tally, backup.manifest.facts, told), tally)
    with backup.lines(PRIVATE) as lines:
        deque(private_rows.rows_in(lines), maxlen=0)


def watched(lines: Iterable[bytes], doing: str, tally: Tally, total: int, told: Told) -> Iterator[bytes]:
    """Passes lines on and tells every thousandth."""
    for number, line in enumerate(lines):
        if number % 1000 == 0:
            told(doing, tally.facts, total)
        yield line
    told(doing, tally.facts, total)


def require_room(folder: Path, needed: int) -> None:
    """Raises NoRoom."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise NoRoom(needed=(needed + SPARE) // 10**6 + 1, free=free // 10**6, folder=str(folder.absolute()))


def _write(
    out: IO[bytes],
    folder: Path,
    database_url: str,
    private: PrivateStore,
    at: datetime,
    told: Told,
    *,
    while_voting: bool,
) -> tuple[Manifest, int]:
    """The boxes first, see Snapshot; the parts are compressed, so the size of the tables is room enough."""
    boxes, facts, rows = BoxTally(), Tally(), private_rows.Counted()
    with (
        snapshot(database_url) as taken,
        private_rows.seen(private, taken.exported) as connection,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
    ):
        require_room(folder, taken.size() + private_rows.size(connection))
        parts = {
            BOX: write_part(archive, BOX, box_lines(taken, boxes, while_voting=while_voting)),
            HISTORY: write_part(archive, HISTORY, _history(taken, at, facts, told)),
            PRIVATE: write_part(archive, PRIVATE, private_rows.lines_of(connection, rows, private.files)),
        }
        manifest = Manifest(
            release=RELEASE,
            at=at.isoformat(),
            database="sqlite" if database_url.startswith("sqlite") else "postgresql",
            position=facts.position,
            facts=facts.facts,
            keys=facts.keys,
            polls=boxes.polls,
            ballots=boxes.ballots,
            voided=boxes.voided,
            private_rows=rows.number,
            parts=parts,
        )
        write_manifest(archive, manifest)
    return manifest, rows.lost


def _history(taken: Snapshot, at: datetime, tally: Tally, told: Told) -> Iterator[bytes]:
    return watched(history_lines(taken, at, tally=tally), "write", tally, taken.number(), told)


@contextmanager
def _readable_by_us(path: Path) -> Iterator[IO[bytes]]:
    """A new file of mode 0600, on the disk when the block has ended."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _measured(file: Path, manifest: Manifest) -> Taken:
    with file.open("rb") as read:
        return Taken(manifest=manifest, bytes=file.stat().st_size, sha256=file_digest(read, "sha256").hexdigest())


def _flush(folder: Path) -> None:
    """The new name too is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
