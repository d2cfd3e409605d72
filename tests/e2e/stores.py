"""Everything an installation has stored, to the last column the database keeps for itself."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import sql

Row = tuple[object, ...]
Dump = dict[str, list[Row]]
"""The rows of every table in their physical order, with row numbers or ctid and xmin."""

BOX = "box_"


def everything(database_url: str) -> Dump:
    if database_url.startswith("sqlite"):
        return _of_files(Path(database_url.removeprefix("sqlite:///")).parent)
    return _of_server(database_url)


def outside_the_box(database_url: str) -> Dump:
    return {table: rows for table, rows in everything(database_url).items() if BOX not in table}


def the_box(database_url: str) -> Dump:
    return {table: rows for table, rows in everything(database_url).items() if BOX in table}


def box_rows(database_url: str, poll: UUID) -> list[tuple[str, tuple[object, ...]]]:
    """What the rows of a poll's box are filed under, as they lie, and what the database keeps for itself of each.

    With SQLite there is nothing of the kind: the table has no row numbers.
    """
    if database_url.startswith("sqlite"):
        names = {name.rsplit("/", 1)[-1]: rows for name, rows in the_box(database_url).items()}
        return [(str(row[0]), ()) for row in names[f"box_{poll.hex}"]]
    with psycopg.connect(database_url) as server:
        asked = f"SELECT originator_id::text, xmin::text, cmin::text, xmax::text FROM box_{poll.hex} ORDER BY ctid"
        return [(str(row[0]), tuple(row[1:])) for row in server.execute(asked.encode()).fetchall()]


def places_of(needle: str, database_url: str, dump: Dump) -> set[str]:
    """Tables and files where these characters stand, as text, bytes, or the hexadecimal of either."""
    found = {table for table, rows in dump.items() if any(_holds(value, needle) for row in rows for value in row)}
    if database_url.startswith("sqlite"):
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        for file in folder.glob("*.db*"):
            if needle.encode() in file.read_bytes():
                found.add(file.name)
    return found


def rows_with(needle: str, dump: Dump) -> list[tuple[str, Row]]:
    return [(table, row) for table, rows in dump.items() for row in rows if any(_holds(value, needle) for value in row)]


def _holds(value: object, needle: str) -> bool:
    if isinstance(value, bytes | memoryview):
        stored = bytes(value)
        return needle.encode() in stored or (_is_hex(needle) and bytes.fromhex(needle) in stored)
    return needle in str(value)


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and all(digit in "0123456789abcdef" for digit in text)


def _of_files(folder: Path) -> Dump:
    dump: Dump = {}
    for file in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(file)) as opened:
            # What a full-text index knows lies in tables of its own beside it, which are looked at like all others.
            stored = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            tables = opened.execute(f"SELECT name, sql FROM sqlite_master WHERE {stored}").fetchall()
            for name, made_by in tables:
                hidden = "" if "WITHOUT ROWID" in (made_by or "") else "rowid, "
                dump[f"{file.name}/{name}"] = opened.execute(f"SELECT {hidden}* FROM {name}").fetchall()
    return dump


def _of_server(database_url: str) -> Dump:
    with psycopg.connect(database_url) as server:
        names = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        return {
            name: server.execute(
                sql.SQL("SELECT ctid::text, xmin::text, * FROM {} ORDER BY ctid").format(sql.Identifier(name))
            ).fetchall()
            for (name,) in names
        }
