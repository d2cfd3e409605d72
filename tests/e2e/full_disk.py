"""A disk that can be filled to the last byte and emptied again: a tmpfs of a few megabytes.

Where nobody may mount one, SQLite gets a limit on the size of its files instead, and PostgreSQL a trigger that says
what a full disk says.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

import psycopg
from psycopg import sql

_BLOCK = bytes(1 << 16)
_FULL = """
CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
"""


@dataclass(frozen=True)
class Disk:
    """`fill` takes what is left, `free` gives it back."""

    fill: Callable[[], object]
    free: Callable[[], object]


@contextmanager
def small_disk(megabytes: int) -> Iterator[tuple[Path, Disk | None]]:
    """A folder on a disk of this size, for everybody to write in; None where none can be mounted."""
    folder = Path(mkdtemp(prefix="piaojue-disk-"))
    try:
        with _mounted(folder, megabytes) as disk:
            yield folder, disk
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _mounted(folder: Path, megabytes: int) -> Iterator[Disk | None]:
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mounting, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        yield None
        return
    filler = folder / "filler"

    def fill() -> None:
        with filler.open("wb", buffering=0) as file:
            left = os.statvfs(folder)
            with suppress(OSError):  # nearly all at once, so that nobody is faster; the rest to the last byte
                os.posix_fallocate(file.fileno(), 0, max(1, left.f_bavail * left.f_frsize - len(_BLOCK)))
            file.seek(0, os.SEEK_END)
            try:
                while file.write(_BLOCK):
                    pass
            except OSError:
                return

    try:
        yield Disk(fill, filler.unlink)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def disk_without_mounting(database_url: str, poll: UUID) -> Disk:
    """See above."""
    if database_url.startswith("sqlite"):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        box = Path(database_url.removeprefix("sqlite:///")).with_name("piaojue-box.db-wal")
        return Disk(
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (box.stat().st_size + 1, hard)),
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard)),
        )
    table = sql.Identifier(f"box_{poll.hex}")
    trigger = sql.SQL("CREATE TRIGGER full_disk BEFORE INSERT ON {} EXECUTE FUNCTION disk_full()").format(table)
    return Disk(
        lambda: _run(database_url, sql.SQL(_FULL), trigger),
        lambda: _run(database_url, sql.SQL("DROP TRIGGER full_disk ON {}").format(table)),
    )


def _run(database_url: str, *statements: sql.SQL | sql.Composed) -> None:
    with psycopg.connect(database_url) as server:
        for statement in statements:
            server.execute(statement)
