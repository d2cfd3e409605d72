"""How the private store travels: JSON Lines, a row each, by table and key."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import token_hex
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Connection, LargeBinary, RowMapping, Select, Table, func, insert, select

from application.history.transfer_checks import BrokenFile, NotEmpty
from application.private.file_store import FilesNotAnswering, FileStore
from application.private.metadata import metadata
from application.private.proposal_tables import files
from application.private.store import PrivateStore

PART: Final = "private.jsonl"

PASSING: Final = frozenset(
    {
        "private_sign_in",
        "private_working",
        "private_doubtful_picture",
        "private_device",
        "private_half_sign_in",
        "private_identity_step",
        "private_attempt",
        "private_turn",
        "private_same_text",
        "private_loose_file",
    }
)
"""Who is signed in or about to: a backup that gets lost must let nobody in, so people sign in again. And figures of a
count that is going on: they are to be erased at its end, so after a restore they are entered again. And what may lie
around where files lie: they get places of their own here."""

_LARGE: Final = frozenset({"private_file", "private_upload"})
"""A file may have 20 MB, an upload 12 MB: read one by one."""

_AT_ONCE = 20
"""Rows of the other tables held together."""

Row = tuple[Table, dict[str, Any]]


@dataclass(slots=True)
class Counted:
    """How many rows have passed, and of how many files the bytes were not where they belong."""

    number: int = 0
    lost: int = 0


@dataclass(slots=True)
class Placed:
    """Puts the bytes of files where they lie in this installation; `undo` when the restoring was in vain."""

    kept: FileStore | None
    places: list[str] = field(default_factory=list)

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        """The row with where its bytes are now. Raises FilesNotAnswering."""
        if self.kept is None or not values["sealed"]:
            return values
        place = token_hex(16)
        self.places.append(place)
        self.kept.put(place, values["sealed"])
        return {**values, "sealed": b"", "place": place}

    def undo(self) -> None:
        """Nothing of it is left."""
        for place in self.places:
            with suppress(FilesNotAnswering):
                if self.kept is not None:
                    self.kept.remove(place)


def carried() -> list[Table]:
    """The tables that a backup holds."""
    return [table for name, table in sorted(metadata.tables.items()) if name not in PASSING]


@contextmanager
def seen(store: PrivateStore, exported: str | None) -> Iterator[Connection]:
    """One moment of the store; on PostgreSQL the one that another connection has exported."""
    with store.reading() as connection:
        if exported is not None:
            connection.execution_options(isolation_level="REPEATABLE READ")
            connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{exported}'")
        yield connection


def size(connection: Connection) -> int:
    """Bytes of the store's own file and of files that lie outside; tables in PostgreSQL are counted with the others."""
    outside = int(connection.scalar(select(func.sum(files.c.size)).where(files.c.place.is_not(None))) or 0)
    if connection.dialect.name != "sqlite":
        return outside
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return outside + int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def lines_of(connection: Connection, counted: Counted, kept: FileStore | None) -> Iterator[bytes]:
    """Every row, those of files with the bytes that lie outside, and a last line that says how many.

    Raises FilesNotAnswering. A file whose bytes are not where they belong is counted and carried without them.
    """
    for table in carried():
        held = {"yield_per": 1 if table.name in _LARGE else _AT_ONCE}
        for row in connection.execute(_by_key(table), execution_options=held).mappings():
            said = {column.name: _said(row[column.name]) for column in table.columns}
            if table is files:
                said["sealed"] = _said(_bytes_of(row, counted, kept))
                del said["place"]
            counted.number += 1
            yield _line({"table": table.name, "row": said})
    yield _line({"rows": counted.number})


def rows_in(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows of a file. Raises BrokenFile."""
    at = 0
    known = {table.name: table for table in carried()}
    reading = enumerate(lines, 1)
    for at, line in reading:
        said = _read(at, line)
        if said.keys() == {"rows"}:
            if said["rows"] != at - 1:
                raise BrokenFile(part=PART, line=at, reason="seal")
            for after, _ in reading:
                raise BrokenFile(part=PART, line=after, reason="after_seal")
            return
        yield _row(at, said, known)
    raise BrokenFile(part=PART, line=at + 1, reason="cut")


def fill(connection: Connection, lines: Iterable[bytes], placed: Placed) -> int:
    """Writes the rows in a transaction of the caller's and returns their number.

    The bytes of files go where they belong here. Raises NotEmpty, BrokenFile or FilesNotAnswering.
    """
    require_empty(connection)
    number = 0
    for number, (table, values) in enumerate(rows_in(lines), 1):  # noqa: B007  # the last one is the number of rows
        connection.execute(insert(table), placed.row(values) if table is files else values)
    return number


def require_empty(connection: Connection) -> None:
    """Raises NotEmpty."""
    for table in metadata.tables.values():
        if connection.execute(select(*table.primary_key).limit(1)).first() is not None:
            raise NotEmpty(store="private")


def _by_key(table: Table) -> "Select[Any]":
    """Keys are identities and hashes, which every collation puts in the same order."""
    return select(table).order_by(*table.primary_key)


def _bytes_of(row: RowMapping, counted: Counted, kept: FileStore | None) -> bytes:
    if not row["place"]:
        return bytes(row["sealed"])
    found = kept.get(row["place"]) if kept else None
    counted.lost += found is None
    return found or b""


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _said(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
    return value


def _read(at: int, line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        raise BrokenFile(part=PART, line=at, reason="json") from None
    if not isinstance(said, dict):
        raise BrokenFile(part=PART, line=at, reason="json")
    return said


def _row(at: int, said: dict[str, Any], known: dict[str, Table]) -> Row:
    if said.keys() != {"table", "row"} or not isinstance(said["row"], dict):
        raise BrokenFile(part=PART, line=at, reason="json")
    table = known.get(str(said["table"]))
    if table is None:
        raise BrokenFile(part=PART, line=at, reason="column", detail=str(said["table"]))
    for name in said["row"]:
        if name not in table.columns:
            raise BrokenFile(part=PART, line=at, reason="column", detail=f"{table.name}.{name}")
    try:
        return table, {name: _meant(table.columns[name], value) for name, value in said["row"].items()}
    except (ValueError, TypeError, binascii.Error):
        raise BrokenFile(part=PART, line=at, reason="row") from None


def _meant(column: "Column[Any]", value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise ValueError(column.name)
        return None
    kind = column.type.python_type
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value, validate=True)
    if kind is UUID:
        return UUID(value)
    if kind in {date, datetime}:
        return kind.fromisoformat(value)
    if not isinstance(value, kind):
        raise TypeError(column.name)
    return value
