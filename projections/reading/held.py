"""Rows that a batch of facts reads and changes: read together, changed in memory, written together.

A statement a fact costs many times what the fact itself does.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, insert, select, update

Row = dict[str, Any]

_THIS: Final = "held_row"


class Held:
    """Rows of one table, known by the unique column `key`, as they are after the facts so far.

    Of the rows that are stored already these `columns` are read; without them, all.
    """

    def __init__(self, conn: Connection, table: Table, key: str, columns: Iterable[str] = ()) -> None:
        self._conn = conn
        self._table = table
        self._key = table.c[key]
        self._read = [table.c[name] for name in dict.fromkeys((key, *columns))] if columns else list(table.c)
        self._rows: dict[Hashable, Row | None] = {}
        self._new: set[Hashable] = set()
        self._changed = defaultdict[Hashable, Row](dict)

    def look_up(self, keys: Iterable[Hashable]) -> None:
        """Reads those that are not known yet, in one query."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._rows]
        if not wanted:
            return
        self._rows.update(dict.fromkeys(wanted))
        for row in self._conn.execute(select(*self._read).where(self._key.in_(wanted))).mappings():
            self._rows[row[self._key.name]] = dict(row)

    def get(self, key: Hashable) -> Row | None:
        """The row, to be read and not to be changed; None where there is none."""
        self.look_up((key,))
        return self._rows[key]

    def add(self, row: Row) -> None:
        """A row that is not there yet."""
        key = row[self._key.name]
        self._rows[key] = row
        self._new.add(key)

    def change(self, key: Hashable, **values: object) -> None:
        """Other values in some columns; nothing where there is no such row."""
        row = self.get(key)
        if row is None:
            return
        row.update(values)
        if key not in self._new:
            self._changed[key].update(values)

    def write(self) -> None:
        """Everything so far: a statement for all new rows, one for each set of columns that was changed."""
        for rows in _alike(self._rows[key] or {} for key in self._new):
            self._conn.execute(insert(self._table), rows)
        this = update(self._table).where(self._key == bindparam(_THIS, type_=self._key.type))
        for rows in _alike({**values, _THIS: key} for key, values in self._changed.items()):
            self._conn.execute(this, rows)
        self._new.clear()
        self._changed.clear()


def _alike(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows with the same columns can be written by the same statement."""
    alike = defaultdict[frozenset[str], list[Row]](list)
    for row in rows:
        alike[frozenset(row)].append(row)
    yield from alike.values()
