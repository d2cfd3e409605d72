"""What is wrong with a file that facts or ballots came in, and the checks that need a memory."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from domain.shared import Refused

LONGEST_LINE: Final = 64 * 1024 * 1024
"""Bytes. The longest honest line holds an uploaded table; a longer one is refused before it fills the memory."""


@dataclass(eq=False)
class BrokenFile(Refused):
    """A line that cannot be taken over, so nothing is.

    `reason` is "not_ours", "newer", "json", "order", "gap", "fact", "unknown_fact", "key", "row", "box", "seal",
    "after_seal", "cut" or "long"; `detail` names the thing where it has a name.
    """

    part: str
    line: int
    reason: str
    detail: str = ""


@dataclass(eq=False)
class NotEmpty(Refused):
    """Facts, ballots or accounts are there already: what would be taken over could not be told from them."""

    store: str
    """"history", "box" or "private"."""


class Readable(Protocol):
    """What lines are read from."""

    def readline(self, limit: int = -1, /) -> bytes: ...


def lines_in(source: Readable, part: str) -> Iterator[bytes]:
    """The lines of a file, with their ends. Raises BrokenFile for one that is too long."""
    number = 0
    while line := source.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise BrokenFile(part=part, line=number, reason="long")
        yield line


class Versions:
    """Which version each stream has reached, in a scratch file of SQLite's: streams may be many, memory is not."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._scratch.execute("PRAGMA journal_mode=OFF")
        self._scratch.execute("PRAGMA cache_size=-32768")
        self._scratch.execute("CREATE TABLE reached (stream BLOB PRIMARY KEY, version INTEGER) WITHOUT ROWID")
        self._scratch.execute("BEGIN")

    def follows(self, stream: UUID, version: int) -> bool:
        """Whether this is the next version of the stream; if so it is remembered."""
        if version == 1:
            done = self._scratch.execute("INSERT OR IGNORE INTO reached VALUES (?, 1)", (stream.bytes,))
        else:
            done = self._scratch.execute(
                "UPDATE reached SET version = ? WHERE stream = ? AND version = ?", (version, stream.bytes, version - 1)
            )
        return done.rowcount == 1

    def close(self) -> None:
        """Removes the scratch file."""
        self._scratch.close()
