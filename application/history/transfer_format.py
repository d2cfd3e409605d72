"""How the history travels between stores: JSON Lines, sealed, each fact as it was stored, byte for byte.

The first line is a header, then comes one line for each fact in the one order, one for each command key in the order of
account and key, one for each checkpoint by number (since format version 2), and last the seal with the numbers of lines
and the SHA-256 over all lines before it. The line of a fact is also its leaf in the hash tree (tree_leaf).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Final, TypeVar, cast
from uuid import UUID

import msgspec

from application.history.book import BOOK
from application.history.fact_book import FactBook, UnknownFact
from application.history.transfer_checks import BrokenFile, Versions
from application.history.transfer_lines import (
    CheckpointLine,
    FactLine,
    Header,
    KeyLine,
    Seal,
    StoredFact,
    StoredKey,
    checkpoint_line,
    fact_line,
    key_line,
    prefix,
)
from application.history.tree_store import StoredCheckpoint
from application.release import RELEASE

FORMAT: Final = "piaojue-history"
FORMAT_VERSION: Final = 2
PART: Final = "history.jsonl"


@dataclass(slots=True)
class Tally:
    """How much has passed so far."""

    facts: int = 0
    keys: int = 0
    position: int = 0
    checkpoints: int = 0


T = TypeVar("T")

_header = msgspec.json.Decoder(Header)
_fact = msgspec.json.Decoder(FactLine)
_key = msgspec.json.Decoder(KeyLine)
_checkpoint = msgspec.json.Decoder(CheckpointLine)
_seal = msgspec.json.Decoder(Seal)


def lines_of(
    facts: Iterable[StoredFact],
    keys: Iterable[StoredKey],
    at: datetime,
    *,
    checkpoints: Iterable[StoredCheckpoint] = (),
    tally: Tally | None = None,
    book: FactBook = BOOK,
) -> Iterator[bytes]:
    """The lines of a file, in constant memory; `tally` follows what has been written.

    What could not be read back is not written: raises BrokenFile for a row that no file may hold.
    """
    digest = sha256()
    checked = _Checks(book, tally or Tally())
    header = {"format": FORMAT, "format_version": FORMAT_VERSION, "release": RELEASE, "at": at.isoformat()}
    parts = map(fact_line, facts), map(key_line, keys), map(checkpoint_line, checkpoints)
    with closing(checked):
        for number, line in enumerate(chain([json.dumps(header).encode()], *parts), 1):
            checked.line(number, line)
            whole = line + b"\n"
            digest.update(whole)
            yield whole
    passed = checked.tally
    seal = Seal(facts=passed.facts, keys=passed.keys, sha256=digest.hexdigest(), checkpoints=passed.checkpoints)
    yield msgspec.json.encode(seal) + b"\n"


class HistoryFile:
    """A file read line by line: first all `facts()`, then all `keys()`, then all `checkpoints()`, checked as they pass.

    All raise BrokenFile, `checkpoints()` also for what the seal finds at the end: nothing may be kept before it has
    ended. To be closed, as by `contextlib.closing`.
    """

    def __init__(self, lines: Iterable[bytes], *, tally: Tally | None = None, book: FactBook = BOOK) -> None:
        self._lines = enumerate(lines, 1)
        self._digest = sha256()
        self._checks = _Checks(book, tally or Tally())
        self._waiting: StoredKey | StoredCheckpoint | None = None
        self._sealed = False

    def facts(self) -> Iterator[StoredFact]:
        """In the one order."""
        return self._these(StoredFact)

    def keys(self) -> Iterator[StoredKey]:
        """By account and key."""
        return self._these(StoredKey)

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """By number."""
        return self._these(StoredCheckpoint)

    def _these(self, kind: type[T]) -> Iterator[T]:
        """What comes of this kind before another one does."""
        waiting, self._waiting = self._waiting, None
        for read in chain(() if waiting is None else (waiting,), self._read()):
            if not isinstance(read, kind):
                self._waiting = cast("StoredKey | StoredCheckpoint", read)  # the checks let no fact pass after others
                return
            yield read

    def close(self) -> None:
        """Lets go of what was remembered."""
        self._checks.close()

    def _read(self) -> Iterator[StoredFact | StoredKey | StoredCheckpoint]:
        number = 0
        if self._sealed:
            return
        for number, whole in self._lines:
            line = whole.removesuffix(b"\n")
            if line.startswith(b'{"facts":'):
                self._check_seal(number, line)
                return
            if line == whole:
                raise BrokenFile(part=PART, line=number, reason="cut")
            self._digest.update(whole)
            read = self._checks.line(number, line)
            if read is not None:
                yield read
        raise BrokenFile(part=PART, line=number + 1, reason="cut" if number else "not_ours")

    def _check_seal(self, number: int, line: bytes) -> None:
        seal = _decoded(_seal, line, number)
        tally = self._checks.tally
        said, passed = (seal.facts, seal.keys, seal.checkpoints), (tally.facts, tally.keys, tally.checkpoints)
        if said != passed or seal.sha256 != self._digest.hexdigest():
            raise BrokenFile(part=PART, line=number, reason="seal")
        for after, _ in self._lines:
            raise BrokenFile(part=PART, line=after, reason="after_seal")
        self._sealed = True


class _Checks:
    """What holds for every line, read or written."""

    def __init__(self, book: FactBook, tally: Tally) -> None:
        self._book = book
        self._versions = Versions()
        self._last_key: tuple[UUID, str] | None = None
        self._last_checkpoint = 0
        self.tally = tally

    def line(self, number: int, line: bytes) -> StoredFact | StoredKey | StoredCheckpoint | None:
        """What stands in a line, None for the header."""
        if number == 1:
            self._check_header(line)
            return None
        if line.startswith(b'{"position":') and self._last_key is None and not self.tally.checkpoints:
            return self._fact(number, line)
        if line.startswith(b'{"checkpoint":'):
            return self._checkpoint(number, line)
        if self.tally.checkpoints:
            raise BrokenFile(part=PART, line=number, reason="order")
        return self._key(number, line)

    def close(self) -> None:
        """Lets go of what was remembered of the streams."""
        self._versions.close()

    def _check_header(self, line: bytes) -> None:
        try:
            header = _header.decode(line)
        except msgspec.MsgspecError:
            raise BrokenFile(part=PART, line=1, reason="not_ours") from None
        if header.format != FORMAT:
            raise BrokenFile(part=PART, line=1, reason="not_ours")
        if header.format_version > FORMAT_VERSION:
            raise BrokenFile(part=PART, line=1, reason="newer", detail=header.release)

    def _fact(self, number: int, line: bytes) -> StoredFact:
        said = _decoded(_fact, line, number)
        beginning = prefix(said.position, said.stream, said.version, said.name)
        if not line.startswith(beginning + b'"v":') or said.at.tzinfo is None:
            raise BrokenFile(part=PART, line=number, reason="json")
        if said.position <= self.tally.position:
            raise BrokenFile(part=PART, line=number, reason="order", detail=str(said.position))
        try:
            self._book.decoded(said.name, said.v, said.fact)
        except UnknownFact as error:
            raise BrokenFile(part=PART, line=number, reason="unknown_fact", detail=str(error)) from None
        except (msgspec.MsgspecError, ValueError, TypeError, LookupError) as error:
            detail = f"{said.name}: {error}"
            raise BrokenFile(part=PART, line=number, reason="fact", detail=detail) from None
        if not self._versions.follows(said.stream, said.version):
            detail = f"{said.stream} {said.version}"
            raise BrokenFile(part=PART, line=number, reason="gap", detail=detail)
        self.tally.position = said.position
        self.tally.facts += 1
        state = b"{" + line[len(beginning) :]
        return StoredFact(said.position, said.stream, said.version, said.name, state)

    def _checkpoint(self, number: int, line: bytes) -> StoredCheckpoint:
        """Whether it is signed and says what the facts are is for an audit."""
        said = _decoded(_checkpoint, line, number)
        if said.at.tzinfo is None:
            raise BrokenFile(part=PART, line=number, reason="json")
        if said.checkpoint <= self._last_checkpoint:
            raise BrokenFile(part=PART, line=number, reason="order", detail=str(said.checkpoint))
        self._last_checkpoint = said.checkpoint
        self.tally.checkpoints += 1
        return StoredCheckpoint(
            number=said.checkpoint,
            algorithm=said.algorithm,
            size=said.size,
            position=said.position,
            at=said.at,
            note=said.note,
            key=said.key,
        )

    def _key(self, number: int, line: bytes) -> StoredKey:
        said = _decoded(_key, line, number)
        place = said.account, said.key
        if self._last_key is not None and place <= self._last_key:
            raise BrokenFile(part=PART, line=number, reason="order", detail=said.key)
        if not 1 <= said.position <= self.tally.position:
            raise BrokenFile(part=PART, line=number, reason="key", detail=str(said.position))
        self._last_key = place
        self.tally.keys += 1
        return StoredKey(said.account, said.key, said.command, said.position)


def _decoded(decoder: "msgspec.json.Decoder[T]", line: bytes, number: int) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BrokenFile(part=PART, line=number, reason="json") from None
