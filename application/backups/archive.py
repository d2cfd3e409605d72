"""The zip of a backup: three parts and a manifest that knows their sizes and SHA-256."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from application.backups import private_rows
from application.history import transfer_box_format, transfer_format
from application.history.transfer_checks import lines_in
from domain.shared import Refused

FORMAT: Final = "piaojue-backup"
FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
HISTORY: Final = transfer_format.PART
BOX: Final = transfer_box_format.PART
PRIVATE: Final = private_rows.PART
PARTS: Final = (BOX, HISTORY, PRIVATE)

LONGEST_MANIFEST: Final = 64 * 1024
MOST_INFLATED: Final = 250
"""Honest lines shrink to a fifth, very even ones to a fiftieth of their size; a bomb to a thousandth."""

_SMALL: Final = 1024 * 1024


@dataclass(eq=False)
class BrokenBackup(Refused):
    """Not a backup, or not whole any more; nothing is taken from it.

    `reason` is "not_a_zip", "foreign", "unknown_part", "missing_part", "double_part", "manifest", "newer", "bomb",
    "encrypted", "damaged" or "sha256"; `detail` names the part.
    """

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Size and digest of a part, before it was compressed."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    release: str
    at: str
    """When it was begun: the moment that it shows."""
    database: str
    """The kind of database it came from."""
    position: int
    facts: int
    keys: int
    polls: int
    ballots: int
    voided: int
    private_rows: int
    parts: dict[str, Part] = field(default_factory=dict)


def write_part(archive: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> Part:
    """Puts the lines into the zip as they come."""
    digest, size = sha256(), 0
    with archive.open(name, "w", force_zip64=True) as raw, io.BufferedWriter(raw, 256 * 1024) as part:
        for line in lines:
            digest.update(line)
            size += len(line)
            part.write(line)
    return Part(bytes=size, sha256=digest.hexdigest())


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Goes in last: it knows the others."""
    said = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(manifest)}
    archive.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=2) + "\n")


class Backup:
    """A zip open for reading, whose directory and manifest are in order."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        _check_directory(archive)
        self.manifest = _manifest(archive)

    @contextmanager
    def lines(self, name: str) -> Iterator[Iterator[bytes]]:
        """The lines of a part; at the end of the block all of it must have been as the manifest says."""
        with _in_order():
            zipped = self._archive.open(name)
        with zipped:
            read = _Digested(zipped, name, self.manifest.parts[name])
            with io.BufferedReader(read, 256 * 1024) as part:
                yield lines_in(part, name)
                read.require_whole()


@contextmanager
def opened(file: Path | IO[bytes]) -> Iterator[Backup]:
    """Raises BrokenBackup, or OSError for a file that cannot be read."""
    with _in_order():
        archive = zipfile.ZipFile(file)
    with archive:
        with _in_order():
            backup = Backup(archive)
        yield backup


class _Digested(io.RawIOBase):
    """Passes the bytes of a part on, counting and digesting; never more than the manifest names."""

    def __init__(self, source: IO[bytes], name: str, promised: Part) -> None:
        super().__init__()
        self._source = source
        self._name = name
        self._promised = promised
        self._digest = sha256()
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        with _in_order():
            content = self._source.read(len(buffer))
        buffer[: len(content)] = content
        self._digest.update(content)
        self._size += len(content)
        if self._size > self._promised.bytes:
            raise BrokenBackup(reason="sha256", detail=self._name)
        return len(content)

    def require_whole(self) -> None:
        """Raises BrokenBackup for a part that is not what the manifest says."""
        if (self._size, self._digest.hexdigest()) != (self._promised.bytes, self._promised.sha256):
            raise BrokenBackup(reason="sha256", detail=self._name)


@contextmanager
def _in_order() -> Iterator[None]:
    """What the library says of damaged bytes, in our words."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError) as error:
        if isinstance(error, zipfile.BadZipFile) and "CRC" not in str(error):
            raise BrokenBackup(reason="not_a_zip") from None
        raise BrokenBackup(reason="damaged") from None


def _check_directory(archive: zipfile.ZipFile) -> None:
    """Only our four names, each once, none larger than it can be. Nothing is ever unpacked under a name."""
    names = [info.filename for info in archive.infolist()]
    if MANIFEST not in names:
        raise BrokenBackup(reason="foreign")
    for info in archive.infolist():
        if info.filename not in {*PARTS, MANIFEST}:
            raise BrokenBackup(reason="unknown_part", detail=info.filename[:80])
        if names.count(info.filename) > 1:
            raise BrokenBackup(reason="double_part", detail=info.filename)
        if info.flag_bits & 0x1:
            raise BrokenBackup(reason="encrypted", detail=info.filename)
        if info.file_size > info.compress_size * MOST_INFLATED + _SMALL:
            raise BrokenBackup(reason="bomb", detail=info.filename)
    for name in PARTS:
        if name not in names:
            raise BrokenBackup(reason="missing_part", detail=name)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise BrokenBackup(reason="bomb", detail=MANIFEST)
    with archive.open(MANIFEST) as part:
        content = part.read(LONGEST_MANIFEST)
    try:
        said = json.loads(content)
        if said.pop("format") != FORMAT:
            raise BrokenBackup(reason="foreign")
        if said.pop("format_version") > FORMAT_VERSION:
            raise BrokenBackup(reason="newer", detail=str(said.get("release", ""))[:20])
        parts = {name: Part(**said["parts"][name]) for name in PARTS}
        manifest = Manifest(**{**said, "parts": parts})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BrokenBackup(reason="manifest") from None
    _check_sizes(archive, manifest)
    return manifest


def _check_sizes(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for name, part in manifest.parts.items():
        if archive.getinfo(name).file_size != part.bytes:
            raise BrokenBackup(reason="sha256", detail=name)
