"""Writing very many rows: one statement a table and batch, past the layers that look at every value."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Processors = tuple[Callable[[Any], Any] | None, ...]


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]], *, new: bool = False) -> None:
    """Inserts rows whose values are in the order of the table's columns; with `new`, those that are there stay.

    A statement a row costs PostgreSQL a multiple of the row: it is given a stream of rows, or where some may
    be there a list a column.
    """
    if not rows:
        return
    statement, processors = _prepared(table, connection.dialect, new)
    columns = [
        _processed(column, processor) for column, processor in zip(zip(*rows, strict=True), processors, strict=True)
    ]
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))
    elif new:
        connection.exec_driver_sql(statement, tuple(columns))
    else:
        _copy(connection, statement, columns)


def _copy(connection: Connection, statement: str, columns: Sequence[Sequence[object]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in zip(*columns, strict=True):
            copy.write_row(row)


def _processed(column: tuple[object, ...], processor: Callable[[Any], Any] | None) -> list[object]:
    if processor is None:
        return list(column)
    return [None if value is None else processor(value) for value in column]


@cache
def _prepared(table: Table, dialect: Dialect, new: bool) -> tuple[str, Processors]:  # noqa: FBT001 -- a key of the cache
    quote = dialect.identifier_preparer.quote
    columns = list(table.columns)
    named = f"{quote(table.name)} ({', '.join(quote(column.name) for column in columns)})"
    if dialect.name != "postgresql":
        given = ", ".join("?" for _ in columns)
        statement = f"INSERT INTO {named} VALUES ({given})"  # noqa: S608 -- names of our own tables
    elif new:
        given = ", ".join(f"%s::{column.type.compile(dialect)}[]" for column in columns)
        statement = f"INSERT INTO {named} SELECT * FROM unnest({given})"  # noqa: S608 -- names of our own tables and types
    else:
        statement = f"COPY {named} FROM STDIN"
    if new:
        statement += " ON CONFLICT DO NOTHING"
    return statement, tuple(column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns)
