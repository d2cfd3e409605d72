"""A record as a zip: one way of packing, so that equal records are equal files and no byte of it can be changed."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 200_000_000
"""Unpacked; a record of 100,000 ballots has some seven million."""

_MADE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16


class NotARecord(ValueError):
    """The file cannot be opened as a zip, or is too large to be a record."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip: names in order, stored as they are, no times."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MADE)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, files[name])
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files in a zip. Raises NotARecord."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            small = sum(entry.file_size for entry in entries) <= MOST_BYTES
            files = {entry.filename: archive.read(entry) for entry in entries} if small else {}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as problem:
        raise NotARecord(str(problem)) from None
    if not small or len(files) != len(entries):
        raise NotARecord("size")
    return files


def read_record(path: Path) -> tuple[dict[str, bytes], bytes | None]:
    """The files of a zip, with the zip's bytes, or of the folder it was unpacked to. Raises NotARecord or OSError."""
    if path.is_dir():
        return {entry.name: entry.read_bytes() for entry in sorted(path.iterdir())}, None
    content = path.read_bytes()
    return unpacked(content), content
