"""Where the bytes of kept files lie: outside of the databases, sealed, each under a name that says nothing.

Which files there are, and their keys, is known to the private store alone; whoever holds this place holds noise.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.shared import Refused


@dataclass(eq=False)
class FilesNotAnswering(Refused):
    """The place where files lie cannot be read or written now; `reason` is what the computer says of it."""

    reason: str


class FileStore(Protocol):
    """A folder or a bucket. Places are 32 hexadecimal digits. Every call raises FilesNotAnswering when it fails."""

    def put(self, place: str, sealed: bytes) -> None:
        """Returns when the bytes are safe."""

    def get(self, place: str) -> bytes | None:
        """The bytes, None where there are none."""

    def remove(self, place: str) -> None:
        """Nothing of it is left; no matter whether anything was there."""

    def listed(self) -> Iterator[tuple[str, int]]:
        """Every place that holds something, with its bytes."""

    def told(self) -> str:
        """Where it is, for whoever keeps the installation."""


class LocalFiles:
    """A folder of this computer, or one that all computers of the installation share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, place: str, sealed: bytes) -> None:
        """Under another name first, so that what has its name is whole."""
        file, draft = self._file(place), self._draft(place)
        with _answering():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
                written.write(sealed)
                written.flush()
                os.fsync(written.fileno())
            draft.replace(file)
            _flush(file.parent)

    def get(self, place: str) -> bytes | None:
        with _answering(), suppress(FileNotFoundError):
            return self._file(place).read_bytes()
        return None

    def remove(self, place: str) -> None:
        with _answering():
            self._file(place).unlink(missing_ok=True)
            self._draft(place).unlink(missing_ok=True)

    def listed(self) -> Iterator[tuple[str, int]]:
        with _answering():
            for file in sorted(self._folder.glob("??/*")):
                if not file.name.startswith("."):
                    yield file.name, file.stat().st_size

    def told(self) -> str:
        return str(self._folder.absolute())

    def _file(self, place: str) -> Path:
        """Folders of a few hundred names each."""
        return self._folder / place[:2] / place

    def _draft(self, place: str) -> Path:
        return self._folder / place[:2] / f".{place}.part"


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FilesNotAnswering(reason=error.strerror or type(error).__name__) from error


def _flush(folder: Path) -> None:
    """The name too is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
