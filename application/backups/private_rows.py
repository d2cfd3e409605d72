"""How the private store travels: JSON Lines, a row each, by table and key."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Connection, LargeBinary, Select, Table, insert, select

from application.history.transfer_checks import BrokenFile, NotEmpty
from application.private.metadata import metadata
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
    }
)
"""Who is signed in or about to: a backup that gets lost must let nobody in, so people sign in again. And figures of a
count that is going on: they are to be erased at its end, so after a restore they are entered again."""

_LARGE: Final = frozenset({"private_file", "private_upload"})
"""A file may have 20 MB, an upload 12 MB: read one by one."""

_AT_ONCE = 20
"""Rows of the other tables held together."""

Row = tuple[Table, dict[str, Any]]


@dataclass(slots=True)
class Counted:
    """How many rows have passed."""

    number: int = 0


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
    """Bytes of the store's own file; the tables in PostgreSQL are counted with the others."""
    if connection.dialect.name != "sqlite":
        return 0
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def lines_of(connection: Connection, counted: Counted) -> Iterator[bytes]:
    """Every row, and a last line that says how many."""
    for table in carried():
        held = {"yield_per": 1 if table.name in _LARGE else _AT_ONCE}
        for row in connection.execute(_by_key(table), execution_options=held).mappings():
            said = {column.name: _said(row[column.name]) for column in table.columns}
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


def fill(connection: Connection, lines: Iterable[bytes]) -> int:
    """Writes the rows in a transaction of the caller's and returns their number. Raises NotEmpty or BrokenFile."""
    require_empty(connection)
    number = 0
    for number, (table, values) in enumerate(rows_in(lines), 1):  # noqa: B007  # the last one is the number of rows
        connection.execute(insert(table), values)
    return number


def require_empty(connection: Connection) -> None:
    """Raises NotEmpty."""
    for table in metadata.tables.values():
        if connection.execute(select(*table.primary_key).limit(1)).first() is not None:
            raise NotEmpty(store="private")


def _by_key(table: Table) -> "Select[Any]":
    """Keys are identities and hashes, which every collation puts in the same order."""
    return select(table).order_by(*table.primary_key)


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
