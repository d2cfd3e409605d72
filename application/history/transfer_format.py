"""How the history travels between stores: JSON Lines, sealed, each fact as it was stored, byte for byte.

The first line is a header, then comes one line for each fact in the one order, one for each command key in the order of
account and key, and last the seal with the numbers of lines and the SHA-256 over all lines before it.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

import msgspec

from application.history.book import BOOK
from application.history.fact_book import FactBook, UnknownFact
from application.history.transfer_checks import BrokenFile, Versions
from application.release import RELEASE

FORMAT: Final = "piaojue-history"
FORMAT_VERSION: Final = 1
PART: Final = "history.jsonl"


class StoredFact(NamedTuple):
    """A row of the history: `state` holds the version of the shape, time, account and fields, as JSON."""

    position: int
    stream: UUID
    version: int
    name: str
    state: bytes


class StoredKey(NamedTuple):
    """The key of a command, and the position that answers it."""

    account: UUID
    key: str
    command: str
    position: int


@dataclass(slots=True)
class Tally:
    """How much has passed so far."""

    facts: int = 0
    keys: int = 0
    position: int = 0


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    format_version: int
    release: str
    at: str


class _FactLine(msgspec.Struct, forbid_unknown_fields=True):
    position: int
    stream: UUID
    version: int
    name: str
    v: int
    at: datetime
    by: UUID | None
    fact: msgspec.Raw


class _KeyLine(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    account: UUID
    command: str
    position: int


class _Seal(msgspec.Struct, forbid_unknown_fields=True):
    facts: int
    keys: int
    sha256: str


T = TypeVar("T")

_header = msgspec.json.Decoder(_Header)
_fact = msgspec.json.Decoder(_FactLine)
_key = msgspec.json.Decoder(_KeyLine)
_seal = msgspec.json.Decoder(_Seal)


def lines_of(
    facts: Iterable[StoredFact],
    keys: Iterable[StoredKey],
    at: datetime,
    *,
    tally: Tally | None = None,
    book: FactBook = BOOK,
) -> Iterator[bytes]:
    """The lines of a file, in constant memory; `tally` follows what has been written.

    What could not be read back is not written: raises BrokenFile for a row that no file may hold.
    """
    digest = sha256()
    checked = _Checks(book, tally or Tally())
    header = {"format": FORMAT, "format_version": FORMAT_VERSION, "release": RELEASE, "at": at.isoformat()}
    written = (json.dumps(header).encode(),), map(_fact_line, facts), map(_key_line, keys)
    with closing(checked):
        for number, line in enumerate((line for part in written for line in part), 1):
            checked.line(number, line)
            whole = line + b"\n"
            digest.update(whole)
            yield whole
    seal = _Seal(facts=checked.tally.facts, keys=checked.tally.keys, sha256=digest.hexdigest())
    yield msgspec.json.encode(seal) + b"\n"


class HistoryFile:
    """A file read line by line: first all `facts()`, then all `keys()`, checked as they pass.

    Both raise BrokenFile, `keys()` also for what the seal finds at the end: nothing may be kept before it has ended.
    To be closed, as by `contextlib.closing`.
    """

    def __init__(self, lines: Iterable[bytes], *, tally: Tally | None = None, book: FactBook = BOOK) -> None:
        self._lines = enumerate(lines, 1)
        self._digest = sha256()
        self._checks = _Checks(book, tally or Tally())
        self._waiting: StoredKey | None = None
        self._sealed = False

    def facts(self) -> Iterator[StoredFact]:
        """In the one order."""
        for read in self._read():
            if isinstance(read, StoredKey):
                self._waiting = read
                return
            yield read

    def keys(self) -> Iterator[StoredKey]:
        """By account and key."""
        if self._waiting is not None:
            yield self._waiting
        for read in self._read():
            if isinstance(read, StoredFact):  # the checks let no fact pass after a key
                raise TypeError
            yield read

    def close(self) -> None:
        """Lets go of what was remembered."""
        self._checks.close()

    def _read(self) -> Iterator[StoredFact | StoredKey]:
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
        if (seal.facts, seal.keys) != (tally.facts, tally.keys) or seal.sha256 != self._digest.hexdigest():
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
        self.tally = tally

    def line(self, number: int, line: bytes) -> StoredFact | StoredKey | None:
        """What stands in a line, None for the header."""
        if number == 1:
            self._check_header(line)
            return None
        if line.startswith(b'{"position":') and self._last_key is None:
            return self._fact(number, line)
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
        prefix = _prefix(said.position, said.stream, said.version, said.name)
        if not line.startswith(prefix + b'"v":') or said.at.tzinfo is None:
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
        state = b"{" + line[len(prefix) :]
        return StoredFact(said.position, said.stream, said.version, said.name, state)

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


def _fact_line(fact: StoredFact) -> bytes:
    return _prefix(fact.position, fact.stream, fact.version, fact.name) + fact.state[1:]


def _prefix(position: int, stream: UUID, version: int, name: str) -> bytes:
    """What is put before the stored JSON: taking it away again gives the very bytes that were stored."""
    return f'{{"position":{position},"stream":"{stream}","version":{version},"name":"{name}",'.encode()


def _key_line(key: StoredKey) -> bytes:
    return msgspec.json.encode(_KeyLine(key=key.key, account=key.account, command=key.command, position=key.position))
